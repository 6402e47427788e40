package routes

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
)

const (
	schemaFolder = "../data/schema"
	realPack     = "../data/content/mekong"
)

// forms are the Go types that the kinds of files are read into.
func forms() map[string]any {
	return map[string]any{
		"pack": &About{}, "sources": &sourcesFile{}, "organisations": &organisationsFile{}, "places": &placesFile{},
		"route": &Route{}, "movements": &movementsFile{}, "sites": &sitesFile{}, "findings": &findingsFile{},
		"lesson": &Lesson{}, "contacts": &contactsFile{}, "line": &lineFile{},
	}
}

// schemaOf makes the JSON Schema of a form: the descriptions are the Go comments, the codes those of the vocabularies.
func schemaOf(t *testing.T, kind string, form any) []byte {
	t.Helper()
	r := jsonschema.Reflector{
		Anonymous: true, ExpandedStruct: true, DoNotReference: true,
		Mapper: func(t reflect.Type) *jsonschema.Schema {
			switch t {
			case reflect.TypeFor[Text]():
				one := uint64(1)
				return &jsonschema.Schema{
					Type: "object", MinProperties: &one, Description: "A text by language: en, zh-Hans, th, my.",
					AdditionalProperties: &jsonschema.Schema{Type: "string", MinLength: &one},
				}
			case reflect.TypeFor[Date]():
				return &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "integer"}, {Type: "string", Pattern: dateForm}}}
			case reflect.TypeFor[Period]():
				return &jsonschema.Schema{OneOf: []*jsonschema.Schema{{Type: "integer"}, {Type: "string", Pattern: periodForm.String()}}}
			}
			if list, coded := codesOf(t); coded {
				enum := make([]any, len(list))
				for i, c := range list {
					enum[i] = c
				}
				return &jsonschema.Schema{Type: "string", Enum: enum}
			}
			return nil
		},
	}
	r.CommentMap = commentsOf(t)
	s := r.Reflect(form)
	holdLists(s)
	s.Title = "Corridor: " + kind
	out, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}

// holdLists says of lists of codes and ids that none stands twice, and of those that are needed that there is one.
func holdLists(s *jsonschema.Schema) {
	one := uint64(1)
	for field := s.Properties.Oldest(); field != nil; field = field.Next() {
		list := field.Value
		switch {
		case list.Items == nil:
		case list.Items.Properties.Len() > 0:
			holdLists(list.Items)
		case list.Items.Type == "string":
			list.UniqueItems = true
			if slices.Contains(s.Required, field.Key) {
				list.MinItems = &one
			}
		}
		if list.Properties.Len() > 0 {
			holdLists(list)
		}
	}
}

// commentsOf gives the comments of types and of their fields, by name.
func commentsOf(t *testing.T) map[string]string {
	t.Helper()
	var r jsonschema.Reflector
	if err := r.AddGoComments("corridor", "./"); err != nil {
		t.Fatal(err)
	}
	comments := make(map[string]string, len(r.CommentMap))
	for key, comment := range r.CommentMap {
		comments[strings.Replace(key, "corridor.", "corridor/routes.", 1)] = comment
	}
	return comments
}

func TestSchemasAreFresh(t *testing.T) {
	writeAgain := flag.Lookup("update").Value.String() == "true"
	for kind, form := range forms() {
		file := filepath.Join(schemaFolder, kind+".schema.json")
		got := schemaOf(t, kind, form)
		if writeAgain {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale; write it again with `make golden`", file)
		}
	}
}

// Editors must say of the real pack what the program says of it.
func TestTheRealPackFitsTheSchemas(t *testing.T) {
	err := fs.WalkDir(os.DirFS(realPack), ".", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".yaml" {
			return err
		}
		kind := strings.TrimSuffix(path.Base(file), ".yaml")
		if folder := path.Dir(file); folder != "." {
			kind = strings.TrimSuffix(folder, "s")
		}
		content, err := os.ReadFile(filepath.Join(realPack, file))
		if err != nil {
			return err
		}
		first, _, _ := strings.Cut(string(content), "\n")
		up := strings.Repeat("../", 2+strings.Count(file, "/"))
		if want := "# yaml-language-server: $schema=" + up + "schema/" + kind + ".schema.json"; first != want {
			t.Errorf("%s begins with %q, want %q", file, first, want)
		}
		if err := validate(kind, content); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheSchemasRefuseWhatTheReaderRefuses(t *testing.T) {
	for name, content := range map[string]string{
		"an unknown field": "sites: []\nphone: 1\n",
		"an unknown code":  "sites:\n- {id: a, title: {en: x}, kind: castle, organisations: [a], text: {en: x}, citations: [a], as_of: 1}\n",
		"a missing field":  "sites:\n- {id: a}\n",
		"an empty list":    "sites:\n- {id: a, title: {en: x}, kind: policy, organisations: [], text: {en: x}, citations: [a], as_of: 1}\n",
		"an id twice":      "sites:\n- {id: a, title: {en: x}, kind: policy, organisations: [a, a], text: {en: x}, citations: [a], as_of: 1}\n",
	} {
		if validate("sites", []byte(content)) == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func validate(kind string, content []byte) error {
	s, err := validator.NewCompiler().Compile(filepath.Join(schemaFolder, kind+".schema.json"))
	if err != nil {
		return err
	}
	asJSON, err := yaml.YAMLToJSON(content)
	if err != nil {
		return err
	}
	document, err := validator.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		return err
	}
	return s.Validate(document)
}
