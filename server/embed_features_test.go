package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"corridor/routes"
	"corridor/server"
	"corridor/store"
)

// embedded are the features of an embed.
type embedded map[string][]struct {
	ID       string
	Geometry struct {
		Type        string
		Coordinates json.RawMessage
	}
	Properties map[string]any
}

func TestFeaturesOfAnEmbed(t *testing.T) {
	s := serverOf(t, another)
	count := func(query string) embedded {
		t.Helper()
		a := get(t, s, "/embed/"+query, "Origin", "null")
		var e embedded
		if err := json.Unmarshal([]byte(a.body), &e); err != nil || a.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Fatalf("%s: %s, %v", query, a.Status, err)
		}
		return e
	}
	plain := count("yunnan.json?lang=th")
	if len(plain["stops"]) != 6 || len(plain["legs"]) != 5 || len(plain["movements"])+len(plain["sites"]) != 0 || len(plain["parts"]) != 1 {
		t.Errorf("%d stops, %d legs, %d parts", len(plain["stops"]), len(plain["legs"]), len(plain["parts"]))
	}
	for _, stop := range plain["stops"] {
		if stop.Properties["historical"] != true || stop.Properties["lang"] != "th" || len(stop.Geometry.Coordinates) == 0 {
			t.Errorf("%s: %v", stop.ID, stop.Properties)
		}
	}
	if plain["parts"][0].Geometry.Type != "MultiLineString" {
		t.Errorf("the parts' lines are a %s", plain["parts"][0].Geometry.Type)
	}
	for _, stop := range count("yunnan.json?lang=en")["stops"] {
		if stop.Properties["lang"] != "en" {
			t.Errorf("%s after another language: %v", stop.ID, stop.Properties)
		}
	}
	full := count("yunnan.json?layers=movements,sites")
	if len(full["movements"]) == 0 || len(full["sites"]) == 0 {
		t.Error("the layers asked for are missing")
	}
	for _, list := range []string{"stops", "legs", "movements", "sites"} {
		for _, f := range full[list] {
			if cited, _ := f.Properties["citation"].(string); !strings.Contains(cited, "08BEIJING4697") || f.Properties["as_of"] != 2008.0 {
				t.Errorf("%s is cited from %q as of %v", f.ID, cited, f.Properties["as_of"])
			}
		}
	}
	if both := count("all.json?route=yunnan&route=other"); len(both["stops"]) != 12 {
		t.Errorf("two routes have %d stops", len(both["stops"]))
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(get(t, s, "/embed/yunnan.json?lang=my").body))
	_ = z.Close()
	if packed.Len() > 24<<10 {
		t.Errorf("%d bytes", packed.Len())
	}
}

// What is told beside two routes is drawn once, of whatever layer.
func TestWhatTwoRoutesShareIsDrawnOnce(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		another(p)
		p.Movements, p.Sites = slices.Clone(p.Movements), slices.Clone(p.Sites)
		for i := range p.Movements {
			p.Movements[i].Routes = append(slices.Clone(p.Movements[i].Routes), "other")
		}
		for i := range p.Sites {
			p.Sites[i].Routes = append(slices.Clone(p.Sites[i].Routes), "other")
		}
	})
	one := featuresOf(t, s, "/embed/other.json?layers=movements,sites")
	both := featuresOf(t, s, "/embed/all.json?route=yunnan&route=other&layers=movements,sites")
	for _, list := range []string{"movements", "sites", "parts"} {
		seen := map[string]bool{}
		for _, f := range both[list] {
			if seen[f.ID] {
				t.Errorf("%s %s is drawn twice", list, f.ID)
			}
			seen[f.ID] = true
		}
		if len(both[list]) == 0 || len(both[list]) != len(one[list]) {
			t.Errorf("%d %s of one route, %d of both", len(one[list]), list, len(both[list]))
		}
	}
}

// featuresOf reads the features of an embed.
func featuresOf(t *testing.T, s *server.Server, address string) embedded {
	t.Helper()
	var e embedded
	a := get(t, s, address)
	if err := json.Unmarshal([]byte(a.body), &e); err != nil || a.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, a.Status, err)
	}
	return e
}

// The lines between parts are those of the places that are shown, each place once, whether the embed names its routes or not: a
// programme without a place has none.
func TestPartsOfAnEmbedAreThoseOfWhatIsShown(t *testing.T) {
	s := realServer(t)
	var first []string
	for _, address := range []string{"/embed/yunnan.json?layers=sites", "/embed/all.json?layers=sites", "/embed/all.json?route=yunnan&layers=sites"} {
		e := featuresOf(t, s, address)
		shown := map[any]any{} // a pack by the id of its place
		for _, f := range slices.Concat(e["stops"], e["sites"]) {
			if f.Properties["parts"] != nil {
				shown[f.Properties["place_id"]] = f.Properties["pack"]
			}
		}
		var ids []string
		for _, part := range e["parts"] {
			if shown[part.ID] != part.Properties["pack"] || part.Properties["part_of"] != part.ID || slices.Contains(ids, part.ID) {
				t.Errorf("%s: %s of %v is shown, beside %v", address, part.ID, part.Properties, ids)
			}
			ids = append(ids, part.ID)
		}
		if first == nil {
			first = ids
		}
		if !slices.Contains(ids, "yunnan-prefectures") || !slices.Equal(ids, first) {
			t.Errorf("%s has parts of %q, not of %q", address, ids, first)
		}
	}
	if !slices.Contains(first, "interior-provinces") {
		t.Errorf("parts of %q", first)
	}
}

// Another pack may call another place the same: its parts are not those of this route.
func TestPartsOfAnEmbedAreOfItsPack(t *testing.T) {
	var db *store.Store
	s := serverWith(t, func(c *server.Config) { db = c.Store })
	before := get(t, s, "/embed/yunnan.json?layers=sites").body
	pack, places := firstPack(t)
	pack.About.ID, pack.Routes = "other", slices.Clone(pack.Routes)
	pack.Routes[0].ID = "other"
	pack.Movements, pack.Sites, pack.Findings, pack.Lessons = nil, nil, nil, nil
	places["interior-provinces"] = places["yunnan-prefectures"]
	if _, err := db.SavePack(t.Context(), pack, routes.Compile(pack, places)); err != nil {
		t.Fatal(err)
	}
	if get(t, s, "/embed/yunnan.json?layers=sites").body != before {
		t.Error("the embed shows what another pack calls the same")
	}
	var packs []any
	for _, part := range featuresOf(t, s, "/embed/all.json?route=yunnan&route=other")["parts"] {
		packs = append(packs, part.Properties["pack"])
	}
	if len(packs) != 2 || packs[0] == packs[1] {
		t.Errorf("the parts of two routes are of the packs %v", packs)
	}
}

// The same choice in another order is the same answer, which is kept once.
func TestFeaturesOfAnEmbedDoNotDependOnTheOrderOfTheQuestion(t *testing.T) {
	s := serverOf(t, another)
	one := get(t, s, "/embed/all.json?route=yunnan&route=other&layers=movements,sites")
	if two := get(t, s, "/embed/all.json?layers=sites,movements&route=other&route=yunnan&route=other"); two.StatusCode != http.StatusOK || two.body != one.body {
		t.Errorf("in another order: %s, %d bytes and not the same %d", two.Status, len(two.body), len(one.body))
	}
}
