package routes_test

import (
	"strings"
	"testing"

	"corridor/routes"
)

// Each mistake has one message, which says what to do, and no second one that follows from the first.
func TestAMistakeIsToldOnce(t *testing.T) {
	const nbsp, straight = "write a plain space instead of the wide or non-breaking one (U+00A0)", `write straight quotation marks, " at both ends: “ and ” are not those of YAML`
	for _, tt := range []struct{ file, old, replacement, want string }{
		{"movements.yaml", "count: 45", `count: "40"`, "this must be a whole number and is text; write it without quotation marks: 40"},
		{"movements.yaml", "{count: 45, unit: people, approximate: true, text: {en: people helped, th: ผู้ได้รับความช่วยเหลือ}}", "count: 1,200\n        unit: people\n        text: {en: people helped, th: คน}", "this must be a whole number; write digits only"},
		{"movements.yaml", "count: 45", `count: 12,500`, `unknown field "500"; write the number before it without a comma`},
		{"movements.yaml", "count: 45", `count: about 40`, "this must be a whole number; write digits only"},
		{"movements.yaml", "count: 45, ", "", `"count" is missing`},
		{"lessons/talk.yaml", "minutes: 5", "minutes: 15 min", "this must be a whole number"},
		{"routes/way.yaml", "roles: [transit]", "roles: transit", "this must be a list"},
		{"routes/way.yaml", "citations: [REPORT1 ¶5]", "citations: [“REPORT1 ¶5”]", straight},
		{"routes/way.yaml", "citations: [REPORT1 ¶5]", "citations: [\"REPORT1\u00a0¶5\"]", nbsp},
		{"routes/way.yaml", "said_by: teller", "said_by: “teller”", straight},
		{"routes/way.yaml", "said_by: teller", "said_by:\u00a0teller", nbsp},
		{"routes/way.yaml", "    roles: [transit]", "\u00a0   roles: [transit]", nbsp},
		{"routes/way.yaml", "    roles: [transit]", "    roles: [“transit”]", straight},
		{"routes/way.yaml", "text: {en: It passes here., th", "text: {en: Box #5 passes here., th", "what follows # in a line is a comment"},
		{"places.yaml", "precision: province", "precision: provinces", `unknown code "provinces"; write one of exact,`},
		{"places.yaml", "    precision: province\n", "", `"precision" is missing`},
		{"routes/way.yaml", "id: way", "id: Way", `the id "Way" is ill-formed; write 1 to 64 of a-z, 0-9 and hyphens, such as way`},
		{"routes/way.yaml", "as_of: 2008", `as_of: "2008"`, "write it without quotation marks: 2008"},
		{"sources.yaml", `created: "2008-12-31"`, "created:", "the value is empty; write when it was written, as finely as it says itself: created: 2008-12-31"},
		{"sources.yaml", `created: "2008-12-31"`, `created: ""`, "the value is empty; write when it was written"},
		{"places.yaml", "query: Yunnan, China", `query: ""`, "the value is empty; write a place expression; where the source names no place, leave query out"},
		{"organisations.yaml", "type: ngo", "type:", "the value is empty; write a value or leave the field out"},
		{"routes/way.yaml", "transport: not_stated", "trasport: not_stated", `routes/way.yaml:34:5: unknown field "trasport"; write transport`},
		{"pack.yaml", "licence: CC", "license: CC", `unknown field "license"; write licence`},
		{"sources.yaml", "title: A", "titel: A", `unknown field "titel"; write title`},
		{"sites.yaml", "    kind: training", "    kind: training\n    kin: policy", `unknown field "kin"; write one of as_of,`},
		{"sites.yaml", "    kind: training", "<<<<<<< HEAD\n    kind: training\n=======\n    kind: policy\n>>>>>>> other", "sites.yaml:4:1: the line is a mark of Git"},
		{"sites.yaml", "{en: Training, th", "{en: 'The children's home', th", "put the whole text into double quotation marks"},
		{"sites.yaml", "{en: Training, th: การฝึกอบรม}", "\n      en: 'The children's home'\n      th: ฝึก", "put the whole text into double quotation marks"},
		{"routes/way.yaml", "crossing: not_stated", "crossing: official\n    crossing_place: bangkok", `unknown code "official"`},
	} {
		_, problems := routes.Load(edit(t, tt.file, tt.old, tt.replacement))
		errs := problems.Errors()
		if len(errs) != 1 || !strings.Contains(errs.String(), tt.want) {
			t.Errorf("%s: problems:\n%s\nwant:\n%s", tt.replacement, errs, tt.want)
		}
	}
}

// Countries have other codes than their languages.
func TestALanguageThatIsMeantIsNamed(t *testing.T) {
	for code, says := range map[string]string{
		"kh": `"kh" is the code of a country; write the language, such as km`, "vn": "such as vi", "cn": "such as zh-Hans", "mm": "such as my", "jp": "such as ja",
		"LO": `"LO" is no language tag; write lo`, "zh-hans": "write zh-Hans", "la": `warning: "la" is Latin; write lo if Lao is meant`,
	} {
		_, problems := routes.Load(edit(t, "pack.yaml", "- {code: th, status: draft}", "- {code: th, status: draft}\n  - {code: "+code+", status: draft}"))
		if !strings.Contains(problems.String(), says) {
			t.Errorf("%s: %s, want %s", code, problems, says)
		}
	}
	_, problems := routes.Load(edit(t, "routes/way.yaml", "th: ทาง", "kh: ផ្លូវ"))
	if want := `the pack has no language "kh"; write km, and list it among the languages of the pack`; !strings.Contains(problems.String(), want) {
		t.Errorf("%s, want %s", problems, want)
	}
}

// What stands behind # is shown to nobody, which an author may not know.
func TestACommentBehindATextIsWarnedOf(t *testing.T) {
	const says = "warning: the text ends before #, and what follows is a comment"
	for text, want := range map[string]int{
		"\n      en: They meet # the driver\n      th: พบ":                                                 1,
		"\n      en: They meet\n        here # the driver\n      th: พบ":                                   1,
		"\n      en: Meet # the driver\n      th: พบ # คน":                                                 2,
		"\n      en: \"They meet # the driver\"\n      th: 'พบ' # พบ":                                      0,
		"\n      en: >- # folded\n        They meet # the driver\n      th: พบ\n      # a line of its own": 0,
		" # a text\n      en: They meet#1\n      th: พบ":                                                   0,
	} {
		_, problems := routes.Load(edit(t, "routes/way.yaml", "text: {en: It passes here., th: ผ่านที่นี่}", "text:"+text))
		if got := strings.Count(problems.String(), says); got != want || len(problems.Errors()) > 0 {
			t.Errorf("%s: %d warnings, want %d:\n%s", text, got, want, problems)
		}
	}
	for old, replacement := range map[string]string{
		`created: "2008-12-31"`: "created: 2008 # a year", "    kind: training": "    kind: training # a code", "place: yunnan": "place: yunnan # an id",
	} {
		for _, file := range []string{"sources.yaml", "sites.yaml"} {
			if pack := goodPack(t); strings.Contains(string(pack[file].Data), old) {
				if _, problems := routes.Load(edit(t, file, old, replacement)); len(problems) > 0 {
					t.Errorf("%s: %s", replacement, problems)
				}
			}
		}
	}
}
