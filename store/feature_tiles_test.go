package store_test

import (
	"context"
	"fmt"
	"math"
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

// Two routes may pass through the same area, each with a spot of its own for its label. Where the area is too small to be drawn, each
// is at its own spot.
func TestASmallAreaIsDrawnAtEachRoutesOwnSpot(t *testing.T) {
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	spots := []orb.Point{{100.01, 20.01}, {100.04, 20.04}}
	var features []routes.Feature
	for i, spot := range spots {
		f := stop("r", i, orb.Point{})
		f.Geometry, f.From = orb.Bound{Min: orb.Point{100, 20}, Max: orb.Point{100.05, 20.05}}.ToPolygon(), "town"
		f.Properties = map[string]any{"en": map[string]any{"title": "town", "label_lon": spot[0], "label_lat": spot[1]}}
		features = append(features, f)
	}
	save(t, s, p, features)
	at := maptile.At(spots[0], 7) // where the area is five pixels wide
	view(t, s, func(v *store.View) {
		drawn := tileOf(t, v, routes.Stops, at)
		if len(drawn) != len(spots) {
			t.Fatalf("%d features are drawn", len(drawn))
		}
		for _, f := range drawn {
			i := slices.IndexFunc(features, func(one routes.Feature) bool { return one.ID == f.Properties["fid"] })
			size := float64(uint64(1)<<at.Z) * 4096
			want := maptile.Fraction(spots[i], 0)
			got, ok := f.Geometry.(orb.Point)
			if !ok || math.Abs(got[0]-(want[0]*size-float64(at.X)*4096)) > 2 || math.Abs(got[1]-(want[1]*size-float64(at.Y)*4096)) > 2 {
				t.Errorf("%s is at %v in the tile, which is not its spot", features[i].ID, f.Geometry)
			}
		}
	})
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

// tilesWithin are the tiles of a zoom that meet a box.
func tilesWithin(box orb.Bound, z maptile.Zoom) (tiles []maptile.Tile) {
	low, high := maptile.At(orb.Point{box.Left(), box.Top()}, z), maptile.At(orb.Point{box.Right(), box.Bottom()}, z)
	for x := low.X; x <= high.X; x++ {
		for y := low.Y; y <= high.Y; y++ {
			tiles = append(tiles, maptile.New(x, y, z))
		}
	}
	return tiles
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
			stops, seen := 0, map[string]bool{}
			for _, at := range tilesWithin(whole, z) {
				stops += counted(tileOf(t, v, routes.Stops, at))
				if z < zooms {
					continue
				}
				for _, id := range legsOf(t, v, lines, at) {
					seen[id] = true
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

// A line that stands for others is on all tiles that it meets, as wide on each, so that nothing is seen of their edges; and over
// the tiles of a zoom each leg is counted once.
func TestNeighbouringTilesAreDrawnAlike(t *testing.T) {
	const legs, lowZooms, most = 6000, 6, 2000
	s, _ := temporary(t)
	p, features := mapped(legs)
	save(t, s, p, features)
	lines := map[string]straight{}
	for i, l := range straights(features) {
		lines[features[2*i].Properties["en"].(map[string]any)["title"].(string)] = l
	}
	whole := orb.Bound{Min: orb.Point{94, 4}, Max: orb.Point{116, 26}}
	view(t, s, func(v *store.View) {
		for z := maptile.Zoom(0); z <= lowZooms; z++ {
			on, counts := map[any]map[maptile.Tile]bool{}, map[any]int{}
			tiles := tilesWithin(whole, z)
			titles := map[any]string{}
			for _, at := range tiles {
				found := tileOf(t, v, routes.Legs, at)
				if len(found) > most {
					t.Errorf("%v: %d marks", at, len(found))
				}
				for _, f := range found {
					if on[f.ID] == nil {
						on[f.ID], counts[f.ID] = map[maptile.Tile]bool{}, f.Properties.MustInt("count")
					}
					on[f.ID][at], titles[f.ID] = true, f.Properties.MustString("title")
					if n := f.Properties.MustInt("count"); n != counts[f.ID] {
						t.Errorf("%v: %s stands for %d, elsewhere for %d", at, titles[f.ID], n, counts[f.ID])
					}
				}
			}
			sum := 0
			for id, n := range counts {
				sum += n
				for _, at := range tiles {
					const buffer, unsure = 64, 2.5 // at these zooms lines are simplified
					if line := lines[titles[id]]; line.meets(at, buffer-unsure) && !on[id][at] || on[id][at] && !line.meets(at, buffer+unsure) {
						t.Errorf("%v: %s is there: %v", at, titles[id], on[id][at])
					}
				}
			}
			if sum != legs {
				t.Errorf("zoom %d: %d legs are counted", z, sum)
			}
		}
	})
}

// Hundreds of stops may be in one province: its outline is on a tile once, with their number, however many other places there are.
func TestAnAreaIsOnATileOnceWithItsNumber(t *testing.T) {
	const inside = 400
	s, _ := temporary(t)
	p, features := mapped(6000)
	area := orb.Polygon{{{98, 10}, {110, 10}, {110, 20}, {98, 20}, {98, 10}}}
	for n := range inside {
		features = append(features, routes.Feature{
			Collection: routes.Stops, ID: fmt.Sprintf("way.in-%d", n), Routes: []string{"way"}, AsOf: 2008, Default: "en", From: "province", Geometry: area,
			Properties: map[string]any{"en": map[string]any{"title": "Province", "precision": "province"}},
		})
	}
	save(t, s, p, features)
	view(t, s, func(v *store.View) {
		for z := maptile.Zoom(2); z <= 9; z++ {
			found := 0
			for _, f := range tileOf(t, v, routes.Stops, maptile.At(orb.Point{104, 15}, z)) {
				if f.Geometry.GeoJSONType() != "Polygon" {
					continue
				}
				found++
				if f.Properties.MustInt("count") != inside || f.Properties.MustString("from", "") != "m.province" || f.Properties["nearby"] != nil {
					t.Errorf("zoom %d: %v", z, f.Properties)
				}
			}
			if found != 1 {
				t.Errorf("zoom %d: %d areas", z, found)
			}
		}
	})
}

// Where tiles of a zoom would be too full for all that lies between two places, one mark stands for those near by on each of them.
func TestTilesOfAHighZoomAreNotTooFull(t *testing.T) {
	const zoom, legs, most = 7, 12_000, 5000
	s, _ := temporary(t)
	p, features := mapped(legs)
	for i, f := range features { // all within a degree and a half
		switch g := f.Geometry.(type) {
		case orb.Point:
			features[i].Geometry = closer(g)
		case orb.LineString:
			features[i].Geometry = orb.LineString{closer(g[0]), closer(g[1])}
		}
	}
	save(t, s, p, features)
	view(t, s, func(v *store.View) {
		for _, at := range tilesWithin(orb.Bound{Min: orb.Point{100, 10}, Max: orb.Point{101.5, 11.5}}, zoom) {
			_ = legsOf(t, v, straights(features), at)
			found := tileOf(t, v, routes.Legs, at)
			if len(found) > most {
				t.Errorf("%v: %d marks", at, len(found))
			}
			if n := counted(tileOf(t, v, routes.Legs, maptile.At(orb.Point{100.7, 10.7}, store.MaxTileZoom))); n == 0 {
				t.Error("nothing is there at the highest zoom")
			}
		}
	})
}

// closer brings a spot of [mapped] near others.
func closer(p orb.Point) orb.Point { return orb.Point{100 + (p[0]-95)/16, 10 + (p[1]-5)/16} }

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
