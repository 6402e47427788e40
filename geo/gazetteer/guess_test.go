package gazetteer

import (
	"slices"
	"strings"
	"testing"
)

func TestAGuessIsNoSurerThanItIsNear(t *testing.T) {
	ix := openReal(t)
	for _, tt := range []struct {
		written, first string
		atMost         float64
		says           string // its first reason
	}{
		{"Isan", "", 0.5, "is a letter different from"},
		{"Chiang Ria", "Chiang Rai", 0.8, ""},
		{"Mae Sod", "Mae Sot", 0.7, ""},
		{"Chaing Rai Province", "Chiang Rai", 0.9, "is a letter different from"}, // not Chiang Mai, of which the whole is nearer
		{"Xishuangbana Prefecture", "Xishuangbanna", 0.95, ""},
		{"Mae Sot Disttrict", "Amphoe Mae Sot", 0.9, `"Mae Sot Disttrict" is read as "mae sot district"`},
		{"Hlaing Tharyar", "Hlaingthaya", 0.75, "2 letters different"},
	} {
		for _, a := range []Answer{ix.Geocode(Query{Text: tt.written, Whole: true}), ix.ResolveNames([]string{tt.written}, "")[0]} {
			if a.Decision != Ask || tt.first != "" && a.Candidates[0].Record.Name != tt.first {
				t.Errorf("%s: %s %+v, want to ask for %s", tt.written, a.Decision, a.Candidates, tt.first)
				continue
			}
			c := a.Candidates[0]
			if !c.Fuzzy || c.Score > tt.atMost || c.Score < 0 || !strings.Contains(c.Reasons[0], tt.says) {
				t.Errorf("%s: fuzzy is %t, the score %.3f, %q; want at most %.2f and %q", tt.written, c.Fuzzy, c.Score, c.Reasons, tt.atMost, tt.says)
			}
		}
	}
	if a := ix.Geocode(Query{Text: "Mae Sot Provinec", Whole: true}); a.Decision == Accept {
		t.Errorf("%+v", a)
	}
}

// A place that may bear the name by chance, or is not what is written, is not certain.
func TestADoubtfulPlaceIsWorthHalf(t *testing.T) {
	ix := openReal(t)
	for _, written := range []string{"Tachileik Province", "Kunming Village"} {
		a := ix.Geocode(Query{Text: written, Whole: true})
		sum := 0.0
		for _, c := range a.Candidates {
			sum += c.Score
		}
		if a.Decision != Ask || sum > 0.501 {
			t.Errorf("%s: %s, %.3f in all", written, a.Decision, sum)
		}
	}
}

func TestASmallNameDoesNotHideAProvince(t *testing.T) {
	ix := openReal(t)
	for written, province := range map[string]string{
		"Yunan": "Yunnan", "Guanxi": "Guangxi", "Yunan Province": "Yunnan", "Yunan, China": "Yunnan",
	} {
		for _, a := range []Answer{ix.Geocode(Query{Text: written, Whole: true}), ix.ResolveNames([]string{written, "Myanmar"}, "")[0]} {
			i := slices.IndexFunc(a.Candidates, func(c Candidate) bool { return c.Record.Name == province && c.Fuzzy })
			if a.Decision != Ask || i < 0 {
				t.Errorf("%s: %s %+v, want to ask for %s", written, a.Decision, a.Candidates, province)
			}
		}
	}
	for written, why := range map[string]string{
		"Yulin": "a city of many people, though Jilin is a letter away", "Songkla": "the province is what it lies in", "Gerik": "another country's province",
		"Home": "too short",
	} {
		if a := ix.Geocode(Query{Text: written, Whole: true}); slices.ContainsFunc(a.Candidates, func(c Candidate) bool { return c.Fuzzy }) {
			t.Errorf("%s (%s): %+v", written, why, a.Candidates)
		}
	}
	if p, err := ix.Resolve("Yunan"); err == nil && p.Name == "Yunnan" {
		t.Error("a pack takes a misspelt name")
	}
}
