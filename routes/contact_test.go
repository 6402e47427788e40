package routes

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// withContacts gives the first pack a file of contacts.
func withContacts(t *testing.T, contacts string) (*Loaded, Problems) {
	t.Helper()
	files := fstest.MapFS{"contacts.yaml": {Data: []byte(contacts)}}
	pack := os.DirFS(realPack)
	for _, pattern := range []string{"*.yaml", "routes/*.yaml"} {
		names, err := fs.Glob(pack, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			content, err := fs.ReadFile(pack, name)
			if err != nil {
				t.Fatal(err)
			}
			if name != "contacts.yaml" {
				files[name] = &fstest.MapFile{Data: content}
			}
		}
	}
	return Load(files)
}

const goodContact = `contacts:
  - id: example
    title: {en: An example line, zh-Hans: 示例热线, th: สายตัวอย่าง, my: နမူနာလိုင်း}
    kind: hotline
    country: TH
    languages: [th, my]
    hours: {en: day and night, zh-Hans: 全天, th: ตลอดวัน, my: နေ့ည}
    phone: "+66 2 000 0000"
    source: fixture of a test
    verified: 2026-05-01
`

func TestContactsAreReadAndGrowOld(t *testing.T) {
	l, problems := withContacts(t, goodContact)
	if len(problems) > 0 || len(l.Contacts) != 1 {
		t.Fatalf("%d contacts, problems %s", len(l.Contacts), problems)
	}
	for day, want := range map[string]bool{"2026-04-30": false, "2026-05-01": true, "2027-04-30": true, "2027-05-01": false} {
		now, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Contacts[0].Current(now); got != want {
			t.Errorf("on %s: %t", day, got)
		}
		if hidden := l.HiddenContacts(now); (len(hidden) == 0) != want || !want && !strings.Contains(hidden[0], `"example"`) {
			t.Errorf("on %s: %v", day, hidden)
		}
	}
}

func TestContactsThatCannotBeReliedOnAreRefused(t *testing.T) {
	for old, now := range map[string]string{
		"country: TH":                "country: Thailand",
		"languages: [th, my]":        "languages: [thai language]",
		`phone: "+66 2 000 0000"`:    `phone: "call us"`,
		"verified: 2026-05-01":       "verified: last year",
		"kind: hotline":              "kind: shelter",
		"source: fixture of a test":  `url: "http://example.org"` + "\n    source: x",
		"    verified: 2026-05-01\n": "",
		"    source: fixture":        "    source: Mrs Nobody, fixture",
	} {
		_, problems := withContacts(t, strings.Replace(goodContact, old, now, 1))
		if len(problems.Errors()) == 0 || !strings.Contains(problems[0].String(), "contacts.yaml") {
			t.Errorf("%q instead of %q: %s", now, old, problems)
		}
	}
}
