package routes_test

import (
	"slices"
	"testing"

	"corridor/geo/gazetteer"
	"corridor/routes"
)

// partlyTranslated is a route of two stops without a place on the map, and a movement and a site beside it.
func partlyTranslated(title, told routes.Text) routes.Pack {
	stops := []routes.Stop{{ID: "a", Place: "p", Text: told}, {ID: "b", Place: "p", Text: told}}
	return routes.Pack{
		About:     routes.About{ID: "pack", Languages: []routes.Language{{Code: "en", Status: routes.Original}, {Code: "th", Status: routes.Draft}}},
		Places:    []routes.Place{{ID: "p", Title: title, Precision: "unknown", Notes: []routes.Text{told}}},
		Routes:    []routes.Route{{ID: "r", Stops: stops, Legs: []routes.Leg{{ID: "l", From: "a", To: "b", Text: told}}}},
		Movements: []routes.Movement{{ID: "m", Title: title, Text: title, Figures: []routes.Figure{{Count: 20, Text: told}}}},
		Sites:     []routes.Site{{ID: "s", Title: title, Text: title, Notes: []routes.Text{told}}},
	}
}

func commonOf(t *testing.T, f routes.Feature, lang string) routes.Common {
	t.Helper()
	switch p := f.Properties[lang].(type) {
	case routes.StopProperties:
		return p.Common
	case routes.LegProperties:
		return p.Common
	case routes.MovementProperties:
		return p.Common
	case routes.SiteProperties:
		return p.Common
	case routes.PlaceProperties:
		return p.Common
	}
	t.Fatalf("%s has %T", f.ID, f.Properties[lang])
	return routes.Common{}
}

// Names often have no translation, and what is told has one; or a title has one alone.
func TestAFeatureIsADraftWhereAnyOfItsTextsIs(t *testing.T) {
	english, both := routes.Text{"en": "x"}, routes.Text{"en": "x", "th": "ก"}
	for _, test := range []struct {
		title, told routes.Text
		draft       bool
		leg         string
	}{{english, both, true, "th"}, {both, english, true, "en"}, {english, english, false, "en"}} {
		features := routes.Compile(partlyTranslated(test.title, test.told), map[string]gazetteer.Place{})
		if len(features) < len(routes.Collections()) {
			t.Fatalf("%d features", len(features))
		}
		for _, f := range features {
			th := commonOf(t, f, "th")
			if th.Draft != test.draft || commonOf(t, f, "en").Draft {
				t.Errorf("title %v, text %v: %s %s is a draft in Thai: %v", test.title, test.told, f.Collection, f.ID, th.Draft)
			}
			if f.Collection == routes.Legs && th.Lang != test.leg {
				t.Errorf("title %v, text %v: the leg is in %q", test.title, test.told, th.Lang)
			}
		}
	}
}

func TestFeaturesHaveWordsWithoutMarkdown(t *testing.T) {
	marked := routes.Text{"en": "Told *not* of [one](https://example.org) \\< two:\n\n1995. a year\n1996. another"}
	const lines, line = "Told not of one < two:\n1995. a year\n1996. another", "Told not of one < two: 1995. a year 1996. another"
	features := routes.Compile(partlyTranslated(marked, marked), map[string]gazetteer.Place{})
	i := slices.IndexFunc(features, func(f routes.Feature) bool { return f.Collection == routes.Stops })
	stop := stopProperties(t, features[i], "en")
	if stop.Title != line || stop.Place != line || stop.Text != lines || stop.Notes != line {
		t.Errorf("the title %q, the place %q, the text %q, the notes %q", stop.Title, stop.Place, stop.Text, stop.Notes)
	}
	i = slices.IndexFunc(features, func(f routes.Feature) bool { return f.Collection == routes.Movements })
	m, ok := features[i].Properties["en"].(routes.MovementProperties)
	if !ok || m.Text != lines || m.CountText != line || m.Figures != "20: "+line {
		t.Errorf("the text %q, what is counted %q and %q", m.Text, m.CountText, m.Figures)
	}
}
