package routes_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"corridor/routes"
)

// lineOf is a line of a file as others write it.
type lineOf struct {
	Pack          *routes.About         `json:"pack,omitempty"`
	Sources       []routes.Source       `json:"sources,omitempty"`
	Organisations []routes.Organisation `json:"organisations,omitempty"`
	Places        []routes.Place        `json:"places,omitempty"`
	Route         *routes.Route         `json:"route,omitempty"`
}

func write(t *testing.T, lines ...lineOf) string {
	t.Helper()
	var b strings.Builder
	for _, l := range lines {
		if err := json.NewEncoder(&b).Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// readLines reads a whole file.
func readLines(t *testing.T, content string) ([]routes.Feature, routes.Problems) {
	t.Helper()
	lines := routes.NewLines("x.jsonl", index(t))
	var features []routes.Feature
	var problems routes.Problems
	for i, content := range strings.Split(strings.TrimSuffix(content, "\n"), "\n") {
		line := lines.Parse(i+1, []byte(content))
		lines.Take(line)
		f, p := line.Features()
		features, problems = append(features, f...), append(problems, p...)
	}
	if len(problems.Errors()) == 0 {
		problems = append(problems, lines.Warnings()...)
		for _, f := range lines.Places() {
			features = append(features, f...)
		}
	}
	return features, problems
}

func TestALineGivesTheFeaturesOfAFolder(t *testing.T) {
	for _, folder := range []string{"testdata/good", "../data/content/mekong"} {
		loaded, places, problems := problemsOf(t, os.DirFS(folder))
		if len(problems.Errors()) > 0 {
			t.Fatal(problems)
		}
		p := loaded.Pack
		p.Movements, p.Sites, p.Findings = nil, nil, nil
		p.Places = slices.DeleteFunc(p.Places, func(place routes.Place) bool { return !passes(p.Routes[0], place.ID) })
		p.Routes[0].Legs[0].CrossingPlace = p.Routes[0].Stops[0].Place
		want := routes.Compile(p, places)
		lines := []lineOf{
			{Pack: &p.About, Sources: p.Sources, Organisations: p.Organisations, Places: p.Places}, // found together, as in a folder
			{Sources: p.Sources, Places: p.Places[:1], Route: &p.Routes[0]},                        // some of it a second time
		}
		got, problems := readLines(t, write(t, lines...))
		if len(problems.Errors()) > 0 {
			t.Fatalf("%s: %s", folder, problems)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d features differ from the folder's %d", folder, len(got), len(want))
		}
	}
}

func passes(r routes.Route, place string) bool {
	return slices.ContainsFunc(r.Stops, func(s routes.Stop) bool { return s.Place == place })
}

// What is published is cited, so a place that no document names is left out; nothing is said of it while other problems may be why.
func TestAPlaceThatNothingNamesIsNotPublished(t *testing.T) {
	const place = "\n  - id: safehouse\n    title: {en: A house, th: บ้าน}\n    query: city of Bangkok, Thailand\n    precision: settlement\n"
	pack := edit(t, "places.yaml", "places:\n", "places:"+place)
	loaded, found, problems := problemsOf(t, pack)
	const want = `places.yaml:2:9: warning: no document names the place "safehouse", so it is not published; name it where a source tells of it, or delete it`
	if problems.String() != want {
		t.Errorf("problems:\n%s\nwant:\n%s", problems, want)
	}
	if _, is := found["safehouse"]; is || slices.ContainsFunc(loaded.Places, func(p routes.Place) bool { return p.ID == "safehouse" }) {
		t.Error("it is kept")
	}
	for _, f := range routes.Compile(loaded.Pack, found) {
		if strings.Contains(f.ID, "safehouse") {
			t.Errorf("%s %s is published", f.Collection, f.ID)
		}
	}
	pack["findings.yaml"].Data = []byte("findings: {")
	if _, problems := routes.Load(pack); strings.Contains(problems.String(), "safehouse") {
		t.Errorf("a document that cannot be read may name it:\n%s", problems)
	}
}

// A place that no route names, in no line before or after, is not published; the line that tells of it is named.
func TestAPlaceThatNoLineNamesIsNotPublished(t *testing.T) {
	loaded, _, _ := problemsOf(t, goodPack(t))
	p := loaded.Pack
	safehouse := routes.Place{ID: "safehouse", Title: routes.Text{"en": "A house", "th": "บ้าน"}, Query: "city of Bangkok, Thailand", Precision: "settlement"}
	features, problems := readLines(t, write(t,
		lineOf{Pack: &p.About, Sources: p.Sources, Organisations: p.Organisations, Places: p.Places},
		lineOf{Places: []routes.Place{safehouse}},
		lineOf{Route: &p.Routes[0]},
	))
	const want = `x.jsonl:2:1: warning: no document names the place "safehouse", so it is not published; name it where a source tells of it, or delete it`
	if problems.String() != want {
		t.Errorf("problems:\n%s\nwant:\n%s", problems, want)
	}
	published := 0
	for _, f := range features {
		if f.Collection == routes.Places && f.PartOf == "" {
			published++
		}
		if strings.Contains(f.ID, "safehouse") {
			t.Errorf("%s %s is published", f.Collection, f.ID)
		}
	}
	if published != len(p.Places) {
		t.Errorf("%d places are published, want %d", published, len(p.Places))
	}
}

// A namesake far from all that a pack tells of is taken, for it may be meant, but not without a word: in a folder and in lines.
func TestANameFoundWhereNoOtherPlaceLiesIsWarnedOf(t *testing.T) {
	const stray = `warning: "Kokang" is found to mean "city of Kokang, Kabupaten Flores Timur, Nusa Tenggara Timur, Indonesia", in a country in which no other place of the pack lies; write that if it is meant, or else the name with its country`
	for query, warned := range map[string]bool{
		"Kokang": true, "Kokang, Indonesia": false, "city of Kokang, Kabupaten Flores Timur, Nusa Tenggara Timur, Indonesia": false,
		"Chiang Mai": false, // beside the border of Thailand
	} {
		loaded, _, problems := problemsOf(t, edit(t, "places.yaml", "query: city of Bangkok, Thailand", "query: "+query))
		if len(problems.Errors()) > 0 || strings.Contains(problems.String(), "places.yaml:8:12: "+stray) != warned || !warned && len(problems) > 0 {
			t.Errorf("%s: warned of should be %v:\n%s", query, warned, problems)
		}
		p := loaded.Pack
		lines := []lineOf{{Pack: &p.About, Sources: p.Sources, Organisations: p.Organisations}}
		for i := range p.Places { // each alone
			lines = append(lines, lineOf{Places: p.Places[i : i+1]})
		}
		_, problems = readLines(t, write(t, append(lines, lineOf{Route: &p.Routes[0]})...))
		if len(problems.Errors()) > 0 || strings.Contains(problems.String(), "x.jsonl:3:1: "+stray) != warned || !warned && len(problems) > 0 {
			t.Errorf("%s in lines: warned of should be %v:\n%s", query, warned, problems)
		}
	}
}

func TestProblemsOfLines(t *testing.T) {
	loaded, _, _ := problemsOf(t, goodPack(t))
	p := loaded.Pack
	head := lineOf{Pack: &p.About, Sources: p.Sources, Organisations: p.Organisations, Places: p.Places}
	first := write(t, head)
	route := write(t, lineOf{Route: &p.Routes[0]})
	changed := func(in, from, to string) string {
		t.Helper()
		if !strings.Contains(in, from) {
			t.Fatalf("%q is not in %s", from, in)
		}
		return strings.Replace(in, from, to, 1)
	}
	other := p.Places[0]
	other.Title = routes.Text{"en": "Elsewhere"}
	tests := []struct {
		name, content string
		want          []string // how the lines of the problems begin
	}{
		{"a good file", first + route, nil},
		{"no JSON", first + "{\"route\": \n" + route, []string{"x.jsonl:2:10: the line is no JSON: it ends too early"}},
		{"a mark of Git", first + ">>>>>>> other\n" + route, []string{"x.jsonl:2:1: the line is a mark of Git"}},
		{"more than one document", first + "{} {}\n", []string{"x.jsonl:2:4: the line is no JSON: invalid character '{' after top-level value"}},
		{"no object", first + "[1]\n", []string{"x.jsonl:2:1: this must be a mapping"}},
		{"nothing", first + "{}\n", []string{"x.jsonl:2:1: the line says nothing"}},
		{"no head", route + route, []string{"x.jsonl:1:1: the file does not begin with what the pack says"}},
		{"two heads", first + first, []string{"x.jsonl:2:9: the pack speaks of itself a second time"}},
		{"an unknown field", first + `{"rout": {}}` + "\n", []string{`x.jsonl:2:2: unknown field "rout"`}},
		{"a field twice", first + `{"places": [], "places": []}` + "\n", []string{`x.jsonl:2:16: the field "places" is written twice`}},
		{"a missing field", first + changed(route, `"said_by"`, `"said"`), []string{`x.jsonl:2:10: "said_by" is missing`, `x.jsonl:2:`}},
		{"an unknown code", first + changed(route, `"roles":["`, `"roles":["cook_`), []string{`x.jsonl:2:`}},
		{"an unknown place", first + changed(route, `"place":"`, `"place":"no-`), []string{"x.jsonl:2:"}},
		{"a route twice", first + route + route, []string{"x.jsonl:3:16: the id"}},
		{"a place told otherwise", first + write(t, lineOf{Places: []routes.Place{other}, Route: &p.Routes[0]}), []string{"x.jsonl:2:12: the place \"" + other.ID + "\" is told otherwise in line 1"}},
		{"a place that is not found", first + changed(write(t, lineOf{Places: []routes.Place{{ID: "new", Title: routes.Text{"en": "x"}, Query: "Nowhereville", Precision: "country"}}}), "", ""), []string{"x.jsonl:2:"}},
		{"a place without a query", changed(first, `"query":"Yunnan, China",`, "") + route, []string{`x.jsonl:1:640: "query" is missing; add query: …, a place expression`}},
		{"a fraction for a year", first + changed(route, `"as_of":`, `"as_of":1.`), []string{"x.jsonl:2:"}},
		{"a hidden character", first + changed(route, `"title":{"en":"`, `"title":{"en":"\u202e`), []string{"x.jsonl:2:"}},
		{"a person", first + changed(route, `"text":{"en":"`, `"text":{"en":"Mr Somebody. `), []string{"x.jsonl:2:"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := readLines(t, tt.content)
			var got []string
			for _, p := range problems.Errors() {
				got = append(got, p.String())
			}
			if len(got) < len(tt.want) || len(tt.want) == 0 && len(got) > 0 {
				t.Fatalf("%q, want %q", got, tt.want)
			}
			for _, want := range tt.want {
				if !slices.ContainsFunc(got, func(problem string) bool { return strings.HasPrefix(problem, want) }) {
					t.Errorf("%q, want %q", got, want)
				}
			}
		})
	}
}

// Programs for Windows begin a file with a mark of its encoding, and hands leave blank lines; neither says anything.
func TestAMarkAndBlankLinesSayNothing(t *testing.T) {
	loaded, _, _ := problemsOf(t, goodPack(t))
	p := loaded.Pack
	head := write(t, lineOf{Pack: &p.About, Sources: p.Sources, Organisations: p.Organisations, Places: p.Places})
	route := write(t, lineOf{Route: &p.Routes[0]})
	want, problems := readLines(t, head+route)
	if len(problems) > 0 || len(want) == 0 {
		t.Fatal(problems)
	}
	for _, file := range []string{"\ufeff" + head + route, "\ufeff\n" + head + route, " \n" + head + "\n \t\r\n" + route + "  \n"} {
		got, problems := readLines(t, file)
		if len(problems) > 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%.20q: %d features, %s", file, len(got), problems)
		}
	}
	if _, problems := readLines(t, head+"\ufeff"+route); len(problems) != 1 || !strings.Contains(problems.String(), "x.jsonl:2:1: the character U+FEFF") {
		t.Errorf("a mark within the file: %s", problems)
	}
}

// What the pack says of itself holds for every line: without it they would be accused of what it allows.
func TestAFirstLineThatCannotBeReadIsTheOnlyProblem(t *testing.T) {
	loaded, _, _ := problemsOf(t, goodPack(t))
	p := loaded.Pack
	head := write(t, lineOf{Pack: &p.About, Sources: p.Sources, Organisations: p.Organisations, Places: p.Places})
	wrong := p.Routes[0]
	wrong.Title = routes.Text{"en": "Told by Thomas Smith"}
	features, problems := readLines(t, "{"+head+write(t, lineOf{Route: &wrong})+"[\n")
	if len(features) > 0 || len(problems) != 1 || problems[0].Line != 1 {
		t.Errorf("%d features, problems:\n%s", len(features), problems)
	}
}

func TestALineThatCannotBeReadIsTheOnlyProblem(t *testing.T) {
	p, _ := routes.Load(goodPack(t))
	head := write(t, lineOf{Pack: &p.About, Sources: p.Sources, Organisations: p.Organisations, Places: p.Places})
	_, problems := readLines(t, head[:len(head)/2]+"\n"+write(t, lineOf{Route: &p.Routes[0]}))
	if errs := problems.Errors(); len(errs) != 1 || !strings.HasPrefix(errs[0].String(), "x.jsonl:1:") {
		t.Errorf("problems:\n%s", errs)
	}
}

// Whatever a line holds is either read or refused; what is read twice is the same.
func FuzzLine(f *testing.F) {
	ix := index(f)
	f.Add(`{"pack":{"id":"a","title":{"en":"A"},"summary":{"en":"\u00e9"},"licence":"CC0-1.0","attribution":"A","languages":[{"code":"en","status":"original"}]}}`)
	f.Add(`{"route":{"id":"r","stops":[{"one_of":true,"as_of":2008.5e3}],"legs":[null]},"places":[]}`)
	f.Add(`{"sources":[{"id":"S","names_people":false}], "organisations" : [ ] }`)
	f.Add("[\"\\ud800\"]")
	f.Fuzz(func(t *testing.T, content string) {
		read := func() string {
			lines := routes.NewLines("x.jsonl", ix)
			line := lines.Parse(1, []byte(content))
			lines.Take(line)
			features, problems := line.Features()
			if len(problems.Errors()) == 0 && !json.Valid([]byte(content)) {
				t.Errorf("%q is read and no JSON", content)
			}
			return fmt.Sprint(len(features), problems)
		}
		if first, second := read(), read(); first != second {
			t.Errorf("%s\nand then %s", first, second)
		}
	})
}
