package routes

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const (
	manual      = "../data/content/README.md"
	fieldsBegin = "<!-- The tables below are written by `make golden` from the program's own types. -->\n"
	fieldsEnd   = "<!-- The tables above are written by `make golden`. -->\n"
)

// What an author may write stands in the manual as the program reads it.
func TestGoldenFieldsOfTheManual(t *testing.T) {
	raw, err := os.ReadFile(manual)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(raw), fieldsBegin)
	_, after, ended := strings.Cut(rest, fieldsEnd)
	if !begun || !ended {
		t.Fatalf("%s has no place for the fields", manual)
	}
	want := before + fieldsBegin + "\n" + fieldTables(t) + fieldsEnd + after
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(manual, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(raw) != want {
		t.Errorf("the fields in %s are stale; write them again with `make golden`", manual)
	}
}

// fieldTables are a table for each file of a pack.
func fieldTables(t *testing.T) string {
	t.Helper()
	comments := commentsOf(t)
	var b strings.Builder
	for _, file := range []struct {
		name, list string
		of         any
	}{
		{"pack.yaml", "", About{}},
		{"sources.yaml", "sources", Source{}},
		{"organisations.yaml", "organisations", Organisation{}},
		{"places.yaml", "places", Place{}},
		{"routes/ID.yaml", "", Route{}},
		{"movements.yaml", "movements", Movement{}},
		{"sites.yaml", "sites", Site{}},
		{"findings.yaml", "findings", Finding{}},
		{"lessons/ID.yaml", "", Lesson{}},
		{contactsName, "contacts", Contact{}},
	} {
		fmt.Fprintf(&b, "### `%s`\n\n", file.name)
		if file.list != "" {
			fmt.Fprintf(&b, "A list under `%s:`.", file.list)
			if mayBeAbsent(file.name) {
				fmt.Fprintf(&b, " The file may be left out, and `%s: []` is an empty list.", file.list)
			}
			b.WriteString(" Each has:\n\n")
		}
		b.WriteString("| field | | written as | what it is |\n|---|---|---|---|\n")
		writeFields(t, &b, "", reflect.TypeOf(file.of), comments)
		b.WriteString("\n")
	}
	return b.String()
}

func writeFields(t *testing.T, b *strings.Builder, prefix string, of reflect.Type, comments map[string]string) {
	t.Helper()
	for _, f := range fieldsOf(of).ordered {
		declaring := of
		if n := len(f.Index); n > 1 {
			declaring = of.FieldByIndex(f.Index[:n-1]).Type
		}
		comment := comments["corridor/routes."+declaring.Name()+"."+f.Name]
		if comment == "" {
			t.Errorf("%s.%s has no comment that says what it is", declaring.Name(), f.Name)
		}
		need := "needed"
		if f.optional {
			need = ""
		}
		fmt.Fprintf(b, "| `%s%s` | %s | %s | %s |\n", prefix, f.name, need, writtenAs(f.Type), strings.Join(strings.Fields(comment), " "))
		if f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct {
			writeFields(t, b, prefix+f.name+"[].", f.Type.Elem(), comments)
		}
	}
}

// writtenAs says what a value of a type looks like.
func writtenAs(of reflect.Type) string {
	if allowed, coded := codesOf(of); coded {
		quoted := make([]string, len(allowed))
		for i, code := range allowed {
			quoted[i] = "`" + code + "`"
		}
		return strings.Join(quoted, ", ")
	}
	switch of {
	case reflect.TypeFor[Text]():
		return "text by language"
	case reflect.TypeFor[Period]():
		return "period"
	case reflect.TypeFor[Date]():
		return "date"
	case reflect.TypeFor[Citation]():
		return "citation"
	}
	switch of.Kind() {
	case reflect.Slice:
		if of.Elem().Kind() == reflect.Struct {
			return "list, each with:"
		}
		return "list: " + writtenAs(of.Elem())
	case reflect.Int:
		return "number"
	case reflect.Bool:
		return "`true`, `false`"
	}
	return "words"
}

// wholePack is the small pack of testdata.
func wholePack(t *testing.T) fstest.MapFS {
	t.Helper()
	files, pack := os.DirFS("testdata/good"), fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, file)
		pack[file] = &fstest.MapFile{Data: content}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// fileOf is a file that says this.
func fileOf(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// A file that has nothing to say may be left out, and so may what stands in it.
func TestWhatStandsBesideARouteMayBeAbsent(t *testing.T) {
	for _, empty := range []string{"", "NAME: []\n"} {
		pack := wholePack(t)
		for _, name := range []string{"movements", "sites", "findings", "contacts"} {
			delete(pack, name+".yaml")
			if empty != "" {
				pack[name+".yaml"] = fileOf(strings.Replace(empty, "NAME", name, 1))
			}
		}
		lesson := string(pack["lessons/talk.yaml"].Data)
		pack["lessons/talk.yaml"] = fileOf(strings.Replace(lesson, "    movements: [back]\n", "", 1))
		if _, problems := Load(pack); len(problems) > 0 {
			t.Errorf("%q: %s", empty, problems)
		}
	}
	for name, says := range map[string]string{
		"sites.yaml": "sites.yaml:1:1: the file is empty; delete it, or write sites: []", "places.yaml": "places.yaml:1:1: the file is empty; write it; ",
	} {
		pack := wholePack(t)
		pack[name] = fileOf("# nothing yet\n")
		if _, problems := Load(pack); !strings.Contains(problems.String(), says) {
			t.Errorf("%s, want %s", problems, says)
		}
	}
	pack := wholePack(t)
	delete(pack, "places.yaml")
	if _, problems := Load(pack); !strings.Contains(problems.String(), "places.yaml:1:1: the file is missing") {
		t.Error(problems)
	}
}

// Whoever leaves a field out learns what can stand there.
func TestAMissingFieldSaysWhatIsWrittenThere(t *testing.T) {
	for line, says := range map[string]string{
		"    kind: training\n":                      `"kind" is missing; add kind: one of prevention, training,`,
		"    organisations: [teller]":               `"organisations" is missing; add organisations: a list`,
		"    text: {en: It trains., th: ฝึกอบรม}\n": `"text" is missing; add text: a text by language, such as {en: …}`,
	} {
		pack := wholePack(t)
		pack["sites.yaml"] = fileOf(strings.Replace(string(pack["sites.yaml"].Data), line, "", 1))
		if _, problems := Load(pack); !strings.Contains(problems.String(), says) {
			t.Errorf("%s, want %s", problems, says)
		}
	}
	if got := (structField{reflect.StructField{Type: reflect.TypeFor[[]Purpose]()}, "purpose", false}).mend(); !strings.HasPrefix(got, "add purpose: a list of sexual_exploitation, ") || !slices.Contains(strings.Fields(got), "not_stated") {
		t.Error(got)
	}
}
