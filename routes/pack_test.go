package routes_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"corridor/geo/gazetteer"
	"corridor/routes"
)

var update = flag.Bool("update", false, "write the goldens and schemas again")

// index opens the index of the real packages, which `make build` makes.
func index(t testing.TB) *gazetteer.Index {
	t.Helper()
	ix, err := gazetteer.Open("../build/gazetteer.idx")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}

// goodPack is the small pack of testdata, as files that a test may change.
func goodPack(t testing.TB) fstest.MapFS {
	t.Helper()
	return readTree(t, "testdata/good")
}

func readTree(t testing.TB, root string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		files[filepath.ToSlash(name)] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// problemsOf loads and resolves a pack.
func problemsOf(t testing.TB, pack fs.FS) (*routes.Loaded, map[string]gazetteer.Place, routes.Problems) {
	t.Helper()
	loaded, problems := routes.Load(pack)
	places, more := loaded.Resolve(index(t))
	return loaded, places, append(problems, more...)
}

func TestTheGoodPackHasNoProblem(t *testing.T) {
	_, _, problems := problemsOf(t, goodPack(t))
	if len(problems) > 0 {
		t.Errorf("problems:\n%s", problems)
	}
}

// Each folder of testdata/broken holds the files in which a pack differs from the good one, and in problems.txt every
// problem that must come of it.
func TestBrokenPacks(t *testing.T) {
	folders, err := filepath.Glob("testdata/broken/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no broken packs: %v", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			pack := goodPack(t)
			for name, file := range readTree(t, folder) {
				pack[name] = file
			}
			delete(pack, "problems.txt")
			_, _, problems := problemsOf(t, pack)
			golden(t, filepath.Join(folder, "problems.txt"), problems.String()+"\n")
			if len(problems) == 0 {
				t.Error("it has no problem")
			}
		})
	}
}

// golden compares with a file, or writes it with -update.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; if the change is meant, write it again with `make golden`\n%s", path, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got:  " + g[i] + "\nwant: " + w[i]
		}
	}
	return "one is longer than the other"
}

// edit replaces text in a file of the good pack.
func edit(t *testing.T, file, old, replacement string) fstest.MapFS {
	t.Helper()
	pack := goodPack(t)
	before := string(pack[file].Data)
	if !strings.Contains(before, old) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	pack[file].Data = []byte(strings.Replace(before, old, replacement, 1))
	return pack
}

func TestLanguagesOfAPackAreThoseThatReadersChoose(t *testing.T) {
	for code, says := range map[string]string{
		"zh-Hans": "", "zh-Hant": "", "sr-Latn": "", "shn": "",
		"zh":      `"zh" does not say the script; write zh-Hans`,
		"zh-CN":   `"zh-CN" does not say the script; write zh-Hans`,
		"zh-TW":   `"zh-TW" does not say the script; write zh-Hant`,
		"vi-VN":   `"vi-VN" is the language of a region; write vi`,
		"und":     `"und" is no language tag`,
		"x-foo":   `"x-foo" is no language tag`,
		"zh_Hans": `"zh_Hans" is no language tag; write zh-Hans`,
		"en":      `the language "en" stands twice; list each once`,
	} {
		_, problems := routes.Load(edit(t, "pack.yaml", "- {code: th, status: draft}", "- {code: th, status: draft}\n  - {code: "+code+", status: draft}"))
		if errs := problems.Errors().String(); says == "" && errs != "" || !strings.Contains(errs, says) {
			t.Errorf("%s: %q, want %q", code, errs, says)
		}
	}
}

// Whoever lists a language as they are told must not be told then that no pack may list it.
func TestALanguageThatAPackLacksIsNamedAsPacksTakeIt(t *testing.T) {
	const list = "list it among the languages of the pack"
	for code, mend := range map[string]string{
		"vi": list, "zh-Hans": list, "zh": "write zh-Hans, and " + list, "zh-TW": "write zh-Hant, and " + list, "en-GB": "write en", "TH": "write th",
		"vi-VN": "write vi, and " + list, "kh": "write km, and " + list, "x-foo": "write a BCP 47 tag such as en, zh-Hans or th", "und": "write a BCP 47 tag such as en, zh-Hans or th",
	} {
		_, problems := routes.Load(edit(t, "sources.yaml", "author: {en: An institution", "author: {"+code+": Eine, en: An institution"))
		if errs := problems.Errors().String(); !strings.HasSuffix(errs, fmt.Sprintf("the pack has no language %q; %s", code, mend)) {
			t.Errorf("%s: %s", code, errs)
		}
	}
}

// Pages lead to the text of a licence, so it is one that there is, or none that has a text.
func TestLicencesAreThoseOfContentOrNone(t *testing.T) {
	const by, spdx = "https://creativecommons.org/licenses/by/", "https://spdx.org/licenses/"
	for licence, want := range map[string]string{
		"CC-BY-4.0": by + "4.0/", "CC-BY-3.0": by + "3.0/", "CC0-1.0": spdx + "CC0-1.0.html", "CC-BY-NC-SA-3.0-IGO": spdx + "CC-BY-NC-SA-3.0-IGO.html",
		"CC-BY-3.0-IGO": spdx + "CC-BY-3.0-IGO.html", "CC-BY-NC-ND-4.0": spdx + "CC-BY-NC-ND-4.0.html", "ODbL-1.0": spdx + "ODbL-1.0.html",
		"PDDL-1.0": spdx + "PDDL-1.0.html", "GFDL-1.3-or-later": spdx + "GFDL-1.3-or-later.html", "All rights reserved": "", "LicenseRef-Example-terms": "",
	} {
		_, problems := routes.Load(edit(t, "pack.yaml", "licence: CC-BY-4.0", "licence: "+licence))
		if errs := problems.Errors().String(); errs != "" || routes.LicenceAddress(licence) != want {
			t.Errorf("%s leads to %q, want %q: %s", licence, routes.LicenceAddress(licence), want, errs)
		}
	}
	for licence, mend := range map[string]string{
		"whatever": `"All rights reserved" where nobody may use the content further, and LicenseRef-NAME for terms of your own`,
		"CC-BY":    "such as CC-BY-4.0", "CC BY 4.0": "write CC-BY-4.0", "cc-by-nc-sa-4.0": "write CC-BY-NC-SA-4.0", "CC-BY-5.0": "such as CC-BY-4.0",
		"javascript:alert(1)": "such as CC-BY-4.0", "MIT": "such as CC-BY-4.0", "LicenseRef-": "such as CC-BY-4.0", "CC-BY-4.0 x": "such as CC-BY-4.0",
	} {
		_, problems := routes.Load(edit(t, "pack.yaml", "licence: CC-BY-4.0", "licence: "+licence))
		says := `pack.yaml:4:10: "` + licence + `" is no licence of content that SPDX lists; `
		if errs := problems.Errors().String(); !strings.HasPrefix(errs, says) || !strings.Contains(errs, mend) || routes.LicenceAddress(licence) != "" {
			t.Errorf("%s: %s", licence, errs)
		}
	}
}

func TestPacksThatShareAnIDOfARoute(t *testing.T) {
	first, _ := routes.Load(goodPack(t))
	second, _ := routes.Load(edit(t, "pack.yaml", "id: small", "id: second"))
	taken := map[string]string{}
	if problems := first.Apart(taken); len(problems) > 0 {
		t.Errorf("alone: %s", problems)
	}
	want := `routes/way.yaml:1:5: the pack "small" has a route of the id "way" too; give one of them another id, and its file that name`
	if problems := second.Apart(taken).String(); !strings.Contains(problems, want) {
		t.Errorf("%s, want %s", problems, want)
	}
}

func TestAnErrorOfYAMLSaysWhatToDo(t *testing.T) {
	for text, mend := range map[string]string{
		"a:\n\tb: 1\n":         "indent with spaces",
		"a:\n  b: 1\n\tc: 2\n": "indent with spaces",
		"a: x: y\n":            "into quotation marks, or indent",
		"a: \"x\n":             "close the quotation mark",
		"a: [x\nb: y\n":        "close the bracket",
		"a: 'it's'\n":          "put the whole text into double quotation marks",
		"a: @x\n":              "put the text into quotation marks",
	} {
		pack := goodPack(t)
		pack["sites.yaml"].Data = []byte(text)
		if _, problems := routes.Load(pack); !strings.Contains(problems.String(), mend) {
			t.Errorf("%q: %s, want %s", text, problems, mend)
		}
	}
}

// The parser's memory would not suffice for what is nested without end.
func TestListsThatAreNestedWithoutEndAreRefused(t *testing.T) {
	const deep = ": lists and mappings stand in each other more than 100 deep; close the brackets, or indent the line as those beside it"
	var staircase strings.Builder
	for i := range 110 {
		fmt.Fprintf(&staircase, "%*sa:\n", i, "")
	}
	const many = 500_000
	for text, at := range map[string]string{
		"findings: " + strings.Repeat("[", many):            "findings.yaml:1:111",
		"findings: " + strings.Repeat("{a: ", many):         "findings.yaml:1:411",
		"findings:\n" + strings.Repeat("- ", many):          "findings.yaml:2:199",
		"findings:\n" + strings.Repeat("? ", many):          "findings.yaml:2:199",
		"findings: " + strings.Repeat(`["]",`, 2000):        "findings.yaml:1:511",
		"findings:\n  - " + strings.Repeat("[\n  - ", 1000): "findings.yaml:",
		staircase.String():                                  "findings.yaml:101:101",
		"findings: " + strings.Repeat("[", 100):             "", // another problem
		"findings: # " + strings.Repeat("[(", 99):           "",
		"x:\n" + strings.Repeat("- \"[0, 1)\"\n", 500):      "",
		"x: [" + strings.Repeat("[[1]], ", 500) + "]":       "",
	} {
		pack := goodPack(t)
		pack["findings.yaml"].Data = []byte(text)
		_, problems := routes.Load(pack)
		if said := problems.String(); at == "" && strings.Contains(said, deep) || at != "" && (!strings.Contains(said, deep) || !strings.Contains(said, at)) {
			t.Errorf("%.40q: %.300s\nwant %s%s", text, said, at, deep)
		}
	}
	const line = "x.jsonl:1:10009: the line is no JSON: invalid character '[' exceeded max depth; write one JSON object in each line"
	if _, problems := readLines(t, `{"route":`+strings.Repeat("[", many)); !strings.Contains(problems.String(), line) {
		t.Errorf("%.300s\nwant %s", problems, line)
	}
}

func TestRules(t *testing.T) {
	const way, talk, no = "routes/way.yaml", "lessons/talk.yaml", "th: ไม่}, correct: true}\n"
	const atASite = "    figures:\n      - {count: %d, unit: people, text: {en: people trained, th: ผู้รับการฝึก}}\n    text: {en: It trains."
	other := func(id string) string { return "      - {id: " + id + ", text: {en: Perhaps, th: อาจจะ}}\n" }
	tests := []struct {
		name, file, old, replacement string
		// says is the whole problem; empty where the change is allowed.
		says string
	}{
		{
			"a stop without citation", way, "    text: {en: It begins here., th: เริ่มที่นี่}\n    citations: [REPORT1 ¶5]\n", "    text: {en: It begins here., th: เริ่มที่นี่}\n",
			`routes/way.yaml:10:5: "citations" is missing; say where it stands: citations: ["08BEIJING4697 ¶5"]`,
		},
		{
			"a leg without as_of", way, "    text: {en: By deception., th: ด้วยการหลอกลวง}\n    citations: [REPORT1 ¶5]\n    as_of: 2008\n", "    text: {en: By deception., th: ด้วยการหลอกลวง}\n    citations: [REPORT1 ¶5]\n",
			`routes/way.yaml:29:5: "as_of" is missing; add the year the source speaks of: as_of: 2008`,
		},
		{
			"an empty list of citations", "sites.yaml", "[REPORT1 ¶8]", "[]",
			`sites.yaml:10:16: there is no citation; say where it stands: ["08BEIJING4697 ¶5"]`,
		},
		{
			"a citation without paragraph", "sites.yaml", "[REPORT1 ¶8]", "[REPORT1]",
			`sites.yaml:10:17: the citation "REPORT1" does not say where in the source; add the paragraph, such as ¶5`,
		},
		{
			"a citation of an unknown source", "movements.yaml", "[REPORT1 ¶6]", "[REPORT2 ¶6]",
			`movements.yaml:12:17: no source has the id "REPORT2"; list it among the sources or mend the id`,
		},
		{
			"a finding without citation", "findings.yaml", "[REPORT1 ¶13]", "[]",
			`findings.yaml:8:16: there is no citation; say where it stands: ["08BEIJING4697 ¶5"]`,
		},
		{
			"a finding of an unknown source", "findings.yaml", "[REPORT1 ¶13]", "[REPORT2 ¶13]",
			`findings.yaml:8:17: no source has the id "REPORT2"; list it among the sources or mend the id`,
		},
		{
			"a year after the source", "movements.yaml", "as_of: 2008", "as_of: 2009",
			`movements.yaml:13:12: 2009 is no year that the source can speak of; write the year of the source, or the earlier one it speaks of`,
		},
		{
			"a year before all sources", "movements.yaml", "as_of: 2008", "as_of: 1799",
			`movements.yaml:13:12: 1799 is no year that the source can speak of; write the year of the source, or the earlier one it speaks of`,
		},
		{"the first year of which sources speak", "movements.yaml", "as_of: 2008", "as_of: 1800", ""},
		{
			"a period", "movements.yaml", "time: 2004", "time: last year",
			`movements.yaml:14:11: "last year" is no period; write 2004, 2007-12, 1995/2008, 1995/.. or ../2008`,
		},
		{"an open period", "movements.yaml", "time: 2004", "time: 1995/..", ""},
		{
			"ten people", "movements.yaml", "count: 45", "count: 10",
			`movements.yaml:10:9: a count of 10 people is not published; leave figures under 11 people out`,
		},
		{"eleven people", "movements.yaml", "count: 45", "count: 11", ""},
		{"as many as files can hold", "movements.yaml", "count: 45", "count: 2147483647", ""},
		{
			"more than files can hold", "movements.yaml", "count: 45", "count: 2147483648",
			`movements.yaml:10:9: a count of 2147483648 is more than files can hold; write a number to 2147483647, or tell of it in the text`,
		},
		{
			"ten people at a site", "sites.yaml", "    text: {en: It trains.", fmt.Sprintf(atASite, 10),
			`sites.yaml:10:9: a count of 10 people is not published; leave figures under 11 people out`,
		},
		{"eleven people at a site", "sites.yaml", "    text: {en: It trains.", fmt.Sprintf(atASite, 11), ""},
		{
			"a few centres", "movements.yaml", "count: 45, unit: people, approximate: true, text: {en: people helped, th: ผู้ได้รับความช่วยเหลือ}",
			"count: 3, unit: centres, text: {en: centres for women and girls, th: ศูนย์เด็ก}", "",
		},
		{
			"a few people under another unit", "movements.yaml", "count: 45, unit: people", "count: 3, unit: areas",
			`movements.yaml:10:9: a count of 3 people is not published; leave figures under 11 people out`,
		},
		{
			"a few people in words", "movements.yaml", "Some came back.", "Two girls came back.",
			`movements.yaml:11:16: "Two girls" counts fewer than 11 people; write "a few", or leave the count out`,
		},
		{"a shelter in a province", "sites.yaml", "kind: training", "kind: shelter", ""},
		{
			"an unknown code", way, "transport: not_stated", "transport: elephant",
			`routes/way.yaml:34:16: unknown code "elephant"; write one of foot, motorcycle, car_van, bus, truck, rail, river_boat, sea_vessel, air, mixed, not_stated`,
		},
		{
			"means beside not_stated", way, "means: [deception]", "means: [deception, not_stated]",
			`routes/way.yaml:35:12: not_stated stands beside what is stated; delete not_stated`,
		},
		{
			"a purpose beside not_stated", way, "purpose: [not_stated]", "purpose: [not_stated, servitude]",
			`routes/way.yaml:7:10: not_stated stands beside what is stated; delete not_stated`,
		},
		{
			"no purpose", way, "purpose: [not_stated]", "purpose: []",
			`routes/way.yaml:7:10: the route has no purpose; write not_stated where the source does not say`,
		},
		{
			"no kind of exploitation", way, "exploitation: [not_stated]", "exploitation: []",
			`routes/way.yaml:8:15: the route has no kind of exploitation; write not_stated where the source does not say`,
		},
		{
			"no means", way, "means: [deception]", "means: []",
			`routes/way.yaml:35:12: the leg has no means; write not_stated where the source does not say`,
		},
		{
			"a site of nobody", "sites.yaml", "organisations: [teller]", "organisations: []",
			`sites.yaml:5:20: the site has no organisation; write the id of at least one that runs it`,
		},
		{"a role twice", way, "roles: [transit]", "roles: [transit, transit]", `routes/way.yaml:18:22: "transit" stands twice; delete one of them`},
		{
			"a citation twice", way, "citations: [REPORT1 ¶5]", "citations: [REPORT1 ¶5, REPORT1 ¶5]",
			`routes/way.yaml:5:25: "REPORT1 ¶5" stands twice; delete one of them`,
		},
		{"an organisation twice", "sites.yaml", "[teller]", "[teller, teller]", `sites.yaml:5:29: "teller" stands twice; delete one of them`},
		{"a route twice", "movements.yaml", "routes: [way]", "routes: [way, way]", `movements.yaml:7:19: "way" stands twice; delete one of them`},
		{"a sign twice", talk, "[deception, isolation]", "[deception, isolation, isolation]", `lessons/talk.yaml:24:35: "isolation" stands twice; delete one of them`},
		{
			"a link to a source that names people", "sources.yaml", "names_people: true", "names_people: true\n    url: https://example.org/x",
			`sources.yaml:8:10: a source whose text names people is never linked to; delete url`,
		},
		{
			"a source without encryption", "sources.yaml", "names_people: true", "names_people: false\n    url: http://example.org/x",
			`sources.yaml:8:10: the address is not an https one; write https://…`,
		},
		{
			"legs out of order", way, "from: middle\n    to: finish", "from: finish\n    to: middle",
			`routes/way.yaml:40:11: leg 2 goes from "finish" to "middle"; write from: middle and to: finish, in the order of the stops`,
		},
		{
			"a leg that ends elsewhere", way, "from: middle\n    to: finish", "from: middle\n    to: start",
			`routes/way.yaml:41:9: leg 2 goes from "middle" to "start"; write to: finish, in the order of the stops`,
		},
		{
			"a finding that disagrees with itself", "findings.yaml", "disagrees_with: [more]", "disagrees_with: [more, fewer]",
			`findings.yaml:7:28: no other finding has the id "fewer"; write the id of the finding that says otherwise`,
		},
		{
			"a quiz with two right answers", talk, "th: ใช่}}", "th: ใช่}, correct: true}",
			`lessons/talk.yaml:41:7: 2 answers are correct; write correct: true at one`,
		},
		{
			"a quiz without a right answer", talk, ", correct: true}", "}",
			`lessons/talk.yaml:41:7: 0 answers are correct; write correct: true at one`,
		},
		{"a quiz with five answers", talk, no, no + other("c") + other("d") + other("e"), ""},
		{
			"a quiz with six answers", talk, no, no + other("c") + other("d") + other("e") + other("f"),
			`lessons/talk.yaml:41:7: a question with 6 answers; write two to five`,
		},
		{
			"a one-sided disagreement", "findings.yaml", "    disagrees_with: [fewer]\n", "",
			`findings.yaml:7:22: the finding "more" does not name "fewer" in return; add disagrees_with: [fewer] there`,
		},
		{"a reserved id", way, "id: way", "id: all", `routes/way.yaml:1:5: "all" is reserved; choose another id`},
		{
			"an unknown place", way, "place: bangkok", "place: bangkokk",
			`routes/way.yaml:17:12: nothing has the id "bangkokk"; write one of bangkok, the-border, yunnan`,
		},
		{"an ambiguous place", "places.yaml", "query: city of Bangkok, Thailand", "query: Pingxiang", `"Pingxiang" may mean 4 places`},
		{
			"a misspelt place", "places.yaml", "query: Yunnan, China", "query: Yunann, China",
			`places.yaml:4:12: no place is named "Yunann"; near ones are `,
		},
		{
			"a language the pack has not", "sites.yaml", "{en: It trains., th: ฝึกอบรม}", "{en: It trains., th: ฝึกอบรม, vi: x}",
			`sites.yaml:9:45: the pack has no language "vi"; list it among the languages of the pack`,
		},
		{
			"a text without the original language", "sites.yaml", "{en: It trains., th: ฝึกอบรม}", "{th: ฝึกอบรม}",
			`sites.yaml:9:11: the text has no en, the language the pack is written in; add en: …`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, problems := problemsOf(t, edit(t, tt.file, tt.old, tt.replacement))
			errs := problems.Errors()
			if tt.says == "" {
				if len(errs) > 0 {
					t.Errorf("it is refused:\n%s", errs)
				}
				return
			}
			if !strings.Contains(errs.String(), tt.says) {
				t.Errorf("problems:\n%s\nwant:\n%s", errs, tt.says)
			}
		})
	}
}

// What names an id that is refused itself, or should have been, has nothing to be mended.
func TestAWrongIDIsOneProblem(t *testing.T) {
	const way = "routes/way.yaml"
	for _, tt := range []struct{ file, old, replacement, says string }{
		{way, "to: middle", "to: midle", `routes/way.yaml:31:9: leg 1 goes from "start" to "midle"; write to: middle, in the order of the stops`},
		{way, "- id: middle", "- id: start", `routes/way.yaml:16:9: the id "start" stands twice; give each its own`},
		{way, "- id: middle", "- id: finish", `routes/way.yaml:22:9: the id "finish" stands twice; give each its own`},
		{way, "- id: middle-to-finish", "- id: start-to-middle", `routes/way.yaml:39:9: the id "start-to-middle" stands twice; give each its own`},
		{way, "- id: middle\n    place", "- place", `routes/way.yaml:16:5: "id" is missing; add id: …`},
		{way, "id: way", "id: all", `routes/way.yaml:1:5: "all" is reserved; choose another id`},
		{way, "id: way", "id: wey", `routes/way.yaml:1:5: the route is "wey" in a file named "way.yaml"; give the file the route's id`},
		{"sources.yaml", "id: REPORT1", "id: REPORT 1", `sources.yaml:2:9: the id "REPORT 1" is ill-formed; write 1 to 64 of A-Z, a-z, 0-9 and hyphens`},
		{"pack.yaml", "code: th", "code: TH", `pack.yaml:8:12: "TH" is no language tag; write th`},
		{"pack.yaml", "code: en", "code: EN", `pack.yaml:7:12: "EN" is no language tag; write en`},
	} {
		_, problems := routes.Load(edit(t, tt.file, tt.old, tt.replacement))
		if said := problems.String(); said != tt.says {
			t.Errorf("%s instead of %s:\n%s\nwant:\n%s", tt.replacement, tt.old, said, tt.says)
		}
	}
}

func TestACrossingThatIsNotOfficialStaysCoarse(t *testing.T) {
	const file, old = "routes/way.yaml", "    means: [deception]\n"
	for crossing, refused := range map[string]bool{"unofficial_land": true, "river": true, "official_crossing": false} {
		pack := edit(t, file, old, old+"    crossing_place: bangkok\n")
		pack[file].Data = []byte(strings.Replace(string(pack[file].Data), "crossing: not_stated", "crossing: "+crossing, 1))
		_, _, problems := problemsOf(t, pack)
		if got := strings.Contains(problems.String(), "a crossing that is not an official one may not be shown at a settlement"); got != refused {
			t.Errorf("%s: refused %v, want %v\n%s", crossing, got, refused, problems)
		}
	}
}

func TestLoadedWordingWarnsAndDoesNotForbid(t *testing.T) {
	for lang, texts := range map[string]map[string]string{
		"en": {
			"sex slaves": "person exploited in …", "rescued girls": "survivor", "child prostitution": "child exploited in …",
			"illegal migrants": "person who migrates irregularly", "victims": "trafficked person or survivor",
		},
		"zh-Hans": {"性奴": "在……中受剥削的人", "非法移民": "非正常移徙者"},
		"th":      {"ทาสกาม": "ผู้ถูกแสวงหาประโยชน์", "โสเภณีเด็ก": "เด็กที่ถูกแสวงหาประโยชน์"},
		"my":      {"လိင်ကျွန်": "ခေါင်းပုံဖြတ်ခံရသူ"},
	} {
		for avoided, better := range texts {
			problems := problemsSaying(t, lang, avoided)
			if want := fmt.Sprintf("warning: the field avoids %q; write %q", avoided, better); !strings.Contains(problems.String(), want) {
				t.Errorf("%s: no %s in:\n%s", lang, want, problems)
			}
			if len(problems.Errors()) > 0 {
				t.Errorf("%s: %s is forbidden: %s", lang, avoided, problems.Errors())
			}
		}
	}
}

// A screen is read from the last row: 40 words, 100 Chinese characters, or 230 letters of a script that writes no spaces.
func TestWhatIsTooLongForAScreenIsRefused(t *testing.T) {
	for lang, length := range map[string]struct {
		unit string
		most int
	}{
		"en": {"word ", 40}, "zh-Hans": {"路", 100}, "th": {"ก", 230}, "lo": {"ກ", 230}, "km": {"ក", 230}, "my": {"က", 230}, "vi": {"từ ", 40}, "ms": {"kata ", 40},
	} {
		for more, refused := range map[int]bool{0: false, 1: true} {
			pack := inAllLanguages(t)
			texts := fmt.Sprintf("{en: It passes here., %s: %q}", lang, strings.Repeat(length.unit, length.most+more))
			if lang == "en" {
				texts = fmt.Sprintf("{en: %q}", strings.Repeat(length.unit, length.most+more))
			}
			lesson := pack["lessons/talk.yaml"]
			lesson.Data = []byte(strings.Replace(string(lesson.Data), "{en: It passes here., th: ผ่านที่นี่}", texts, 1))
			_, problems := routes.Load(pack)
			if got := strings.Contains(problems.String(), fmt.Sprintf("at most %d", length.most)); got != refused {
				t.Errorf("%s, %d more: refused %v, want %v:\n%s", lang, more, got, refused, problems)
			}
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, file := range []string{"pack.yaml", "places.yaml", "routes/way.yaml", "movements.yaml"} {
		f.Add(file, goodPack(f)[file].Data)
	}
	f.Add("places.yaml", []byte("places: &a [*a]"))
	f.Add("pack.yaml", []byte("\x00"))
	f.Add("sites.yaml", []byte("sites:\n  - ? {a: b}\n    : c"))
	f.Fuzz(func(t *testing.T, file string, content []byte) {
		pack := goodPack(t)
		if _, known := pack[file]; !known {
			file = "routes/way.yaml"
		}
		pack[file] = &fstest.MapFile{Data: content}
		_, problems := routes.Load(pack)
		for _, p := range problems {
			if p.File == "" || p.Line < 1 || p.Column < 1 || p.What == "" || p.Mend == "" {
				t.Errorf("a problem without place or mend: %+v", p)
			}
		}
	})
}
