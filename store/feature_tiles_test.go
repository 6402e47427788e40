package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"

	"corridor/routes"
	"corridor/store"
)

// mapped is a pack of so many legs between places a degree or more apart, drawn by chance, and of the stops at their ends.
func mapped(legs int) (routes.Pack, []routes.Feature) {
	random := rand.New(rand.NewPCG(1, 2))
	p, _ := pack("m", "way", 0)
	var features []routes.Feature
	spot := func(i int) orb.Point { return orb.Point{95 + float64(i%20), 5 + float64(i/20)} }
	for n := range legs {
		a, b := random.IntN(400), random.IntN(400)
		if a == b {
			b = (b + 1) % 400
		}
		evidence := []string{"documented", "inferred"}[random.IntN(2)]
		title := fmt.Sprintf("place %d → place %d", a, b)
		features = append(features,
			routes.Feature{
				Collection: routes.Legs, ID: fmt.Sprintf("way.leg-%d", n), Routes: []string{"way"}, AsOf: 2008, Default: "en",
				From: fmt.Sprintf("place-%d", a), To: fmt.Sprintf("place-%d", b), Geometry: orb.LineString{spot(a), spot(b)},
				Properties: map[string]any{"en": map[string]any{"title": title, "evidence": evidence, "schematic": n%7 == 0}},
			},
			routes.Feature{
				Collection: routes.Stops, ID: fmt.Sprintf("way.stop-%d", n), Routes: []string{"way"}, AsOf: 2008, Default: "en",
				From: fmt.Sprintf("place-%d", a), Geometry: spot(a),
				Properties: map[string]any{"en": map[string]any{"title": fmt.Sprintf("place %d", a), "precision": "settlement"}},
			})
	}
	return p, features
}

// tileOf reads a tile with another decoder.
func tileOf(t *testing.T, v *store.View, collection routes.Collection, at maptile.Tile) []*geojson.Feature {
	t.Helper()
	data, err := v.FeatureTile(context.Background(), collection, int(at.Z), int(at.X), int(at.Y))
	if err != nil {
		t.Fatal(err)
	}
	if len(data) == 0 {
		return nil
	}
	layers, err := mvt.Unmarshal(data)
	if err != nil || len(layers) != 1 || layers[0].Name != string(collection) || layers[0].Version != 2 {
		t.Fatalf("%v: %v %+v", at, err, layers)
	}
	for _, f := range layers[0].Features {
		b := f.Geometry.Bound()
		if b.Left() < -64 || b.Bottom() < -64 || b.Right() > 4096+64 || b.Top() > 4096+64 {
			t.Errorf("%v: %v lies outside", at, f.Geometry)
		}
	}
	return layers[0].Features
}

func counted(features []*geojson.Feature) (n int) {
	for _, f := range features {
		n += f.Properties.MustInt("count")
	}
	return n
}

func TestInTilesNothingIsLostWithoutBeingCounted(t *testing.T) {
	const legs = 6000
	s, _ := temporary(t)
	p, features := mapped(legs)
	save(t, s, p, features)
	whole := orb.Bound{Min: orb.Point{94, 4}, Max: orb.Point{116, 26}}
	view(t, s, func(v *store.View) {
		for z := maptile.Zoom(0); z <= 7; z++ {
			low, high := maptile.At(orb.Point{whole.Left(), whole.Top()}, z), maptile.At(orb.Point{whole.Right(), whole.Bottom()}, z)
			stops := 0
			for x := low.X; x <= high.X; x++ {
				for y := low.Y; y <= high.Y; y++ {
					at := maptile.New(x, y, z)
					stops += counted(tileOf(t, v, routes.Stops, at))
					got := tileOf(t, v, routes.Legs, at)
					bound := at.Bound(64.0 / 4096)
					met := slices.DeleteFunc(slices.Clone(features), func(f routes.Feature) bool {
						return f.Collection != routes.Legs || !bound.Intersects(f.Geometry.Bound())
					})
					// A line's box may meet a tile that the line itself passes by.
					if n := counted(got); n > len(met) || z == 0 && n != legs {
						t.Errorf("%v: %d legs are counted, %d can meet it", at, n, len(met))
					}
					if len(got) > 5000 {
						t.Errorf("%v: %d features", at, len(got))
					}
				}
			}
			if stops != legs {
				t.Errorf("zoom %d: %d stops are counted", z, stops)
			}
		}
	})
}

func TestOneMarkStandsForWhatIsAlikeAndSaysSo(t *testing.T) {
	s, _ := temporary(t)
	p, features := mapped(6000)
	save(t, s, p, features)
	same := map[string]int{}
	for _, f := range features {
		if f.Collection == routes.Stops {
			same[f.From]++
		}
	}
	view(t, s, func(v *store.View) {
		stops := tileOf(t, v, routes.Stops, maptile.New(0, 0, 0))
		for _, f := range stops {
			place := f.Properties.MustString("from", "")[len("m."):]
			if f.Properties.MustInt("count") != same[place] || f.Properties["nearby"] != nil || f.Properties["precision"] != "settlement" {
				t.Errorf("%s: %v, not %d", place, f.Properties, same[place])
			}
		}
		if len(stops) != len(same) {
			t.Errorf("%d marks for %d places", len(stops), len(same))
		}
		legs := tileOf(t, v, routes.Legs, maptile.New(0, 0, 0))
		nearby := 0
		for _, f := range legs {
			if f.Properties["evidence"] == nil || f.Properties["fid"] != nil && f.Properties.MustInt("count") != 1 {
				t.Errorf("%v", f.Properties)
			}
			nearby += f.Properties.MustInt("nearby", 0)
		}
		if len(legs) > 2000 || nearby == 0 {
			t.Errorf("%d legs, of which %d stand for others near by", len(legs), nearby)
		}
		// What is left of 6,000 legs in a small tile is there one by one.
		at := maptile.At(orb.Point{105, 15}, 9)
		for _, f := range tileOf(t, v, routes.Legs, at) {
			if f.Properties.MustInt("count") != 1 || f.Properties.MustString("fid", "") == "" || f.Properties.MustString("to", "") == "" {
				t.Errorf("%v", f.Properties)
			}
		}
	})
}

func TestTilesFollowTheContent(t *testing.T) {
	s, path := temporary(t)
	p, features := mapped(6000)
	save(t, s, p, features)
	count := func(s *store.Store) (n int) {
		view(t, s, func(v *store.View) { n = counted(tileOf(t, v, routes.Legs, maptile.New(0, 0, 0))) })
		return n
	}
	if n := count(s); n != 6000 {
		t.Errorf("%d legs", n)
	}
	save(t, s, p, features[:20])
	if n := count(s); n != 10 {
		t.Errorf("%d legs after the content has become 10", n)
	}
	save(t, s, p, features)
	if n := count(open(t, path)); n != 6000 {
		t.Errorf("%d legs for another process", n)
	}
}
