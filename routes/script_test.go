package routes_test

import (
	"os"
	"strings"
	"testing"

	"corridor/routes"
)

// A text that was copied and not translated is found by its letters.
func TestATextWithoutALetterOfItsScriptIsWarnedOf(t *testing.T) {
	for text, want := range map[string]bool{
		"{en: It passes here., th: It passes here as the source tells.}":   true,
		"{en: It passes here as is told., th: It passes here as is told.}": true,
		"{en: Save the Children, th: Save the Children}":                   false,
		"{en: It passes here., th: \"2008\"}":                              false,
		"{en: It passes here., th: ผ่าน Bangkok}":                          false,
	} {
		_, problems := routes.Load(edit(t, "routes/way.yaml", "{en: It passes here., th: ผ่านที่นี่}", text))
		says := "warning: the text tagged th has no letter of that language's script; translate it"
		if got := strings.Contains(problems.String(), says); got != want || len(problems.Errors()) > 0 {
			t.Errorf("%s: %s", text, problems)
		}
	}
}

// A leg between two countries crosses a border.
func TestAnInternalLegBetweenCountriesIsWarnedOf(t *testing.T) {
	const says = "warning: the leg is internal_only, and its ends lie in different countries, CN and TH; write how it crosses the border"
	_, _, problems := problemsOf(t, edit(t, "routes/way.yaml", "crossing: not_stated", "crossing: internal_only"))
	if len(problems.Errors()) > 0 || !strings.HasPrefix(problems.String(), "routes/way.yaml:33:15: "+says) {
		t.Errorf("%s, want %s", problems, says)
	}
	for query, precision := range map[string]string{
		"crossing of Friendship Pass": "settlement", "province of Chiang Rai, Thailand": "province", "border of Thailand and Myanmar": "border", "Asia": "region",
	} {
		pack := edit(t, "places.yaml", "query: Yunnan, China\n    precision: province", "query: "+query+"\n    precision: "+precision)
		pack["routes/way.yaml"] = edit(t, "routes/way.yaml", "crossing: not_stated", "crossing: internal_only")["routes/way.yaml"]
		if _, _, problems := problemsOf(t, pack); strings.Contains(problems.String(), "internal_only") {
			t.Errorf("%s: %s", query, problems)
		}
	}
}

// So it is in a file of many routes, where the places of a leg may stand in a line before.
func TestAnInternalLegBetweenCountriesIsWarnedOfInLines(t *testing.T) {
	loaded, problems := routes.Load(os.DirFS("testdata/good"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	route := loaded.Routes[0]
	route.Legs[0].Crossing = routes.InternalOnly
	_, problems = readLines(t, write(t,
		lineOf{Pack: &loaded.About, Sources: loaded.Sources, Organisations: loaded.Organisations, Places: loaded.Places}, lineOf{Route: &route}))
	if len(problems.Errors()) > 0 || !strings.Contains(problems.String(), "the leg is internal_only, and its ends lie in different countries, CN and TH") {
		t.Error(problems)
	}
}
