package gazetteer

import (
	"errors"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func TestACrossingIsFoundByTheTownThatItIsCalledBy(t *testing.T) {
	ix := openReal(t)
	for town, want := range map[string]string{
		"Mae Sai": "Mae Sai-Tachilek border crossing", "แม่สาย": "Mae Sai-Tachilek border crossing", "Mae Sai, Thailand": "Mae Sai-Tachilek border crossing",
		"Aranyaprathet": "Aranyaprathet-Poipet border crossing", "Poipet": "Poipet-Aranyaprathet border crossing",
		"Nong Khai": "First Thai-Lao Friendship Bridge", "Padang Besar": "Padang Besar border crossing", "Ranong": "Ranong-Kawthaung border crossing",
		"Mae Sot": "Mae Sot-Myawaddy border crossing", "磨憨": "Mohan-Boten border crossing", "Móng Cái": "Mong Cai-Dongxing border crossing",
	} {
		p, err := ix.Resolve("crossing of " + town)
		if err != nil || p.Name != want || p.Precision != KindCrossing.Precision() {
			t.Errorf("crossing of %s: %q, %v; want %q", town, p.Name, err, want)
		}
		if a := ix.Geocode(Query{Text: "crossing of " + town, Whole: true}); a.Decision != Accept || a.Candidates[0].Record.Name != want {
			t.Errorf("a search for the crossing of %s: %+v; want %q", town, a, want)
		}
	}
	for town, says := range map[string]string{
		"Bangkok": `no crossing is named "Bangkok"`, "Mae Saai": `near ones are "Mae Sai-Tachilek border crossing"`, "Mae Sai, Laos": `write "crossing of `,
	} {
		_, err := ix.Resolve("crossing of " + town)
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "city of") {
			t.Errorf("crossing of %s: %v; want %q and no city", town, err, says)
		}
	}
}

func TestOfSeveralCrossingsOfATownEachIsNamed(t *testing.T) {
	ix := openWorld(t, map[string]Record{
		"Fordham":   {Province: "WL Lows", Point: orb.Point{9.9, 7}},
		"Old Ford":  {Province: "WL Lows", Point: orb.Point{10, 7}, Kind: KindCrossing},
		"New Ford":  {Province: "WL Lows", Point: orb.Point{10, 7.1}, Kind: KindCrossing},
		"Ferrytown": {Province: "EL Lows", Point: orb.Point{10.1, 7}},
	}, map[string][]string{"Old Ford": {"Fordham border crossing"}, "New Ford": {"Fordham border crossing"}})
	_, err := ix.Resolve("crossing of Fordham")
	var several *AmbiguousError
	if !errors.As(err, &several) || len(several.Candidates) != 2 || strings.Contains(err.Error(), "city of") {
		t.Fatalf("%v; want the two crossings", err)
	}
	for _, c := range several.Candidates {
		if p, err := ix.Resolve(c.Write); err != nil || p.Name != c.Record.Name {
			t.Errorf("%s: %q, %v", c.Write, p.Name, err)
		}
	}
}
