package routes

import (
	"io/fs"
	"os"
	"slices"
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

// The number and the hours of a place in which people are sheltered lead to them.
func TestNoContactOfAShelterIsPublished(t *testing.T) {
	for _, term := range SiteKind("").Terms() {
		_, problems := withContacts(t, strings.Replace(goodContact, "kind: hotline", "kind: "+term.Code, 1))
		refused := strings.Contains(problems.Errors().String(), "the contact of a site of kind "+term.Code+" is not published")
		if want := slices.Contains([]string{"shelter", "transit_centre", "drop_in_centre", "reintegration"}, term.Code); refused != want {
			t.Errorf("%s: refused %t, want %t", term.Code, refused, want)
		}
	}
}

// A contact of a day to come would be hidden today and shown later, when nobody has looked.
func TestAContactIsNotVerifiedInDaysToCome(t *testing.T) {
	for day, want := range map[string]bool{
		"2099-01-01": true, today(): false, time.Now().AddDate(0, 0, 2).Format(time.DateOnly): true,
	} {
		_, problems := withContacts(t, strings.Replace(goodContact, "2026-05-01", day, 1))
		says := `contacts.yaml:10:15: "` + day + `" is a day to come; write the day on which the contact was verified`
		if errs := problems.Errors().String(); (errs == says) != want || !want && errs != "" {
			t.Errorf("%s: %q", day, errs)
		}
	}
}

func TestContactsThatCannotBeReliedOnAreRefused(t *testing.T) {
	for old, now := range map[string]string{
		"country: TH":                "country: Thailand",
		"languages: [th, my]":        "languages: [thai language]",
		"[th, my]":                   "[]",
		`phone: "+66 2 000 0000"`:    `phone: "call us"`,
		"verified: 2026-05-01":       "verified: last year",
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
