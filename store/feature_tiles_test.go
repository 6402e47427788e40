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

// straight is a leg on the square world, in shares of its width.
type straight struct {
	id   string
	a, b orb.Point
}

func straights(features []routes.Feature) (legs []straight) {
	for _, f := range features {
		if line, ok := f.Geometry.(orb.LineString); ok && f.Collection == routes.Legs {
			legs = append(legs, straight{f.ID, maptile.Fraction(line[0], 0), maptile.Fraction(line[1], 0)})
		}
	}
	return legs
}

// meets says whether a leg meets a tile with so many units around it: neither do their boxes lie apart, nor are all of the tile's corners on
// one side of the leg.
func (l straight) meets(at maptile.Tile, around float64) bool {
	placed := func(p orb.Point) orb.Point {
		size := float64(uint64(1)<<at.Z) * 4096
		return orb.Point{p[0]*size - float64(at.X)*4096, p[1]*size - float64(at.Y)*4096}
	}
	a, b := placed(l.a), placed(l.b)
	square := orb.Bound{Max: orb.Point{4096, 4096}}.Pad(around)
	if !square.Intersects(orb.LineString{a, b}.Bound()) {
		return false
	}
	left, right := false, false
	for _, corner := range square.ToRing() {
		side := (b[0]-a[0])*(corner[1]-a[1]) - (b[1]-a[1])*(corner[0]-a[0])
		left, right = left || side >= 0, right || side <= 0
	}
	return left && right
}

// legsOf looks that a tile counts each leg that meets it and no other, and holds these where it holds one by one; it gives their ids.
func legsOf(t *testing.T, v *store.View, legs []straight, at maptile.Tile) (ids []string) {
	t.Helper()
	const buffer, unsure = 64, 0.1 // positions are stored in steps
	got := tileOf(t, v, routes.Legs, at)
	surely, perhaps := map[string]bool{}, map[string]bool{}
	for _, l := range legs {
		if l.meets(at, buffer-unsure) {
			surely[l.id] = true
		}
		if l.meets(at, buffer+unsure) {
			perhaps[l.id] = true
		}
	}
	if n := counted(got); n < len(surely) || n > len(perhaps) {
		t.Errorf("%v: %d legs are counted, %d meet it", at, n, len(surely))
	}
	for _, f := range got {
		id := f.Properties.MustString("fid", "")
		if id != "" && !perhaps[id] {
			t.Errorf("%v: %s does not meet it", at, id)
		}
		delete(surely, id)
		ids = append(ids, id)
	}
	if !slices.Contains(ids, "") && len(surely) > 0 {
		t.Errorf("%v: %v are missing", at, surely)
	}
	return ids
}

func TestInTilesNothingIsLostWithoutBeingCounted(t *testing.T) {
	const legs, zooms = 6000, 7
	s, _ := temporary(t)
	p, features := mapped(legs)
	save(t, s, p, features)
	lines := straights(features)
	whole := orb.Bound{Min: orb.Point{94, 4}, Max: orb.Point{116, 26}}
	view(t, s, func(v *store.View) {
		for z := maptile.Zoom(0); z <= zooms; z++ {
			low, high := maptile.At(orb.Point{whole.Left(), whole.Top()}, z), maptile.At(orb.Point{whole.Right(), whole.Bottom()}, z)
			stops, seen := 0, map[string]bool{}
			for x := low.X; x <= high.X; x++ {
				for y := low.Y; y <= high.Y; y++ {
					at := maptile.New(x, y, z)
					stops += counted(tileOf(t, v, routes.Stops, at))
					ids := legsOf(t, v, lines, at)
					for _, id := range ids {
						seen[id] = true
					}
					if len(ids) > 5000 {
						t.Errorf("%v: %d features", at, len(ids))
					}
				}
			}
			if stops != legs {
				t.Errorf("zoom %d: %d stops are counted", z, stops)
			}
			if z == zooms && (len(seen) != legs || seen[""]) {
				t.Errorf("zoom %d: %d legs are there one by one", z, len(seen))
			}
		}
	})
}

// Latitudes beyond those of the square world are at its edge, whatever else is near.
func TestWhatIsNearThePolesIsOnTiles(t *testing.T) {
	for _, lat := range []float64{90, 86, 85.06, -85.06, -86, -90} {
		s, _ := temporary(t)
		p, _ := pack("p", "r", 0)
		save(t, s, p, []routes.Feature{stop("r", 1, orb.Point{10, lat})})
		view(t, s, func(v *store.View) {
			for z := maptile.Zoom(0); z <= store.MaxTileZoom; z++ {
				at := maptile.At(orb.Point{10, 0}, z)
				if at.Y = 0; lat < 0 {
					at.Y = 1<<z - 1
				}
				if n := counted(tileOf(t, v, routes.Stops, at)); n != 1 {
					t.Errorf("latitude %v: %d stops on %v", lat, n, at)
				}
			}
		})
	}
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
		if ids := legsOf(t, v, straights(features), at); len(ids) == 0 {
			t.Error("no leg is near the place at which many end")
		}
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
