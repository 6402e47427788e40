package routes_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"corridor/routes"
)

func TestEntriesSayWhatPagesShow(t *testing.T) {
	about := routes.About{Languages: []routes.Language{{Code: "en", Status: routes.Original}}}
	whole := routes.Pack{
		About:         about,
		Places:        []routes.Place{{ID: "p", Title: routes.Text{"en": "A place", "th": "ที่"}, Notes: []routes.Text{{"en": "A note."}}}},
		Organisations: []routes.Organisation{{ID: "o", Title: routes.Text{"en": "An office"}}},
	}
	part := routes.Pack{
		About: about,
		Routes: []routes.Route{{
			ID: "r", Title: routes.Text{"en": "From *here*"}, Summary: routes.Text{"en": "One.\n\nTwo & \\*three\\*:\n\n- [four](https://x.example)\n- <b>five</b>"},
			SaidBy: "o", Claim: routes.Claim{AsOf: 2008, Citations: []routes.Citation{"S_1 ¶1"}},
			Stops: []routes.Stop{
				{ID: "a", Place: "p", Text: routes.Text{"en": "At first."}, Claim: routes.Claim{AsOf: 2007, Citations: []routes.Citation{"S_1 ¶2"}}},
				{ID: "b", Place: "p", Title: routes.Text{"en": "The end"}, Text: routes.Text{"en": "At last."}},
				{ID: "c", Place: "nowhere"},
			},
			Legs: []routes.Leg{{Text: routes.Text{"en": "On the way."}, Claim: routes.Claim{Citations: []routes.Citation{"S_1 ¶2", "S_1 ¶3"}}}},
		}},
		Sources:  []routes.Source{{ID: "S_1", Title: "On *stars*", Created: "2008"}},
		Contacts: []routes.Contact{{ID: "c", Title: routes.Text{"en": "A hotline"}}},
		Lessons: []routes.Lesson{{
			ID: "l", Route: "r", Title: routes.Text{"en": "A lesson"},
			Steps: []routes.Step{{Title: routes.Text{"en": "A step"}, Questions: []routes.Text{{"en": "Who helps?"}}, Notes: routes.Text{"en": "For the speaker."}}},
		}},
	}
	want := []routes.Entry{
		{
			Kind: routes.RouteEntry, ID: "r", Route: "r", AsOf: 2008, Title: routes.Text{"en": "From here"},
			Body: routes.Text{"en": "One. Two & *three*: four five\nAn office"}, Cited: "S_1 ¶1",
		},
		{
			Kind: routes.StopEntry, ID: "r.a", Route: "r", Stop: "a", Place: "p", AsOf: 2007, Title: routes.Text{"en": "A place", "th": "ที่"},
			Body: routes.Text{"en": "At first.\nOn the way.\nA place", "th": "ที่"}, Cited: "S_1 ¶2; S_1 ¶3",
		},
		{
			Kind: routes.StopEntry, ID: "r.b", Route: "r", Stop: "b", Place: "p", Title: routes.Text{"en": "The end"},
			Body: routes.Text{"en": "At last.\nA place", "th": "ที่"},
		},
		{Kind: routes.LessonEntry, ID: "l", Route: "r", Title: routes.Text{"en": "A lesson"}, Body: routes.Text{"en": "A step\nWho helps?"}},
		{Kind: routes.SourceEntry, ID: "S_1", AsOf: 2008, Title: routes.Text{"en": "On *stars*"}, Body: routes.Text{"en": "S_1"}},
	}
	got := routes.Entries(part, routes.NamesOf(whole))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if places := routes.Entries(whole, routes.NamesOf(whole)); len(places) != 1 || places[0].Body["en"] != "A note." {
		t.Errorf("%+v", places)
	}
}

// Every kind has its place in the order of results.
func TestEveryEntryIsOfAKind(t *testing.T) {
	loaded, _ := routes.Load(os.DirFS("../data/content/mekong"))
	kinds := map[routes.EntryKind]int{}
	for _, e := range routes.Entries(loaded.Pack, routes.NamesOf(loaded.Pack)) {
		kinds[e.Kind]++
		if len(e.Title) == 0 || strings.ContainsAny(e.Title["en"]+e.Body["en"], "*<>") {
			t.Errorf("%s %s: %q %q", e.Kind, e.ID, e.Title["en"], e.Body["en"])
		}
	}
	for _, kind := range routes.EntryKinds() {
		if kinds[kind] == 0 {
			t.Errorf("the first pack has no %s", kind)
		}
		delete(kinds, kind)
	}
	if len(kinds) > 0 {
		t.Errorf("no place in the order: %v", kinds)
	}
}
