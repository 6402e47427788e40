package tile_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"

	"corridor/geo/tile"
)

// slack is how far what is drawn may lie from what is meant, in units: it is simplified and rounded.
const slack = 4.0

// unitsOf brings positions in degrees to the units of a tile.
func unitsOf(line []orb.Point, at ...int) []orb.Point {
	out := make([]orb.Point, len(line))
	for i, p := range line {
		f := maptile.Fraction(p, maptile.Zoom(at[0]))
		out[i] = orb.Point{(f[0] - float64(at[1])) * tile.Extent, (f[1] - float64(at[2])) * tile.Extent}
	}
	return out
}

// padded is a tile with what is drawn around it, and with so much more.
func padded(more float64) orb.Bound {
	return orb.Bound{Max: orb.Point{tile.Extent, tile.Extent}}.Pad(tile.Buffer + more)
}

// places are spots in and around the tile 5/25/14, near and far.
func places(random *rand.Rand) func() orb.Point {
	middle := maptile.New(25, 14, 5).Center()
	return func() orb.Point {
		size := []float64{2, 10, 60}[random.IntN(3)]
		return orb.Point{middle[0] + (random.Float64()*2-1)*size, middle[1] + (random.Float64()*2-1)*size}
	}
}

func TestOfALineAllIsDrawnThatLiesInTheFrame(t *testing.T) {
	spot := places(rand.New(rand.NewPCG(1, 1)))
	for range 300 {
		line := orb.LineString{spot(), spot(), spot(), spot()}
		meant := orb.LineString(unitsOf(line, 5, 25, 14))
		g := inUnits(t, line, nil, 5, 25, 14)
		var drawn orb.MultiLineString
		switch g := g.(type) {
		case orb.LineString:
			drawn = orb.MultiLineString{g}
		case orb.MultiLineString:
			drawn = g
		}
		for _, part := range drawn {
			for _, p := range part {
				if !padded(1).Contains(p) || planar.DistanceFrom(meant, p) > slack {
					t.Errorf("%v: %v is drawn", meant, p)
				}
			}
		}
		const steps = 500
		for i, b := range meant[1:] {
			for n := range steps + 1 {
				a, share := meant[i], float64(n)/steps
				p := orb.Point{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}
				if padded(-1).Contains(p) && (g == nil || planar.DistanceFrom(drawn, p) > slack) {
					t.Fatalf("%v: %v is missing", meant, p)
				}
			}
		}
	}
}

func TestOfAnAreaAllIsDrawnThatLiesInTheFrame(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 1))
	spot := places(random)
	for range 200 {
		middle, size := spot(), 3+random.Float64()*30
		square := func(size float64) orb.Ring { // a quarter turned
			x, y := middle[0], middle[1]
			return orb.Ring{{x - size, y}, {x, y - size/2}, {x + size, y}, {x, y + size/2}, {x - size, y}}
		}
		area := orb.Polygon{square(size), square(size / 2)}
		meant := orb.Polygon{unitsOf(area[0], 5, 25, 14), unitsOf(area[1], 5, 25, 14)}
		var drawn orb.MultiPolygon
		switch g := inUnits(t, area, nil, 5, 25, 14).(type) {
		case orb.Polygon:
			drawn = orb.MultiPolygon{g}
		case orb.MultiPolygon:
			drawn = g
		}
		if b := drawn.Bound(); len(drawn) > 0 && (!padded(1).Contains(b.Min) || !padded(1).Contains(b.Max)) {
			t.Errorf("%v is drawn outside", b)
		}
		for range 300 {
			p := orb.Point{random.Float64()*tile.Extent*1.03 - 60, random.Float64()*tile.Extent*1.03 - 60}
			if !padded(-1).Contains(p) || planar.DistanceFrom(orb.MultiLineString{orb.LineString(meant[0]), orb.LineString(meant[1])}, p) < slack {
				continue
			}
			if want := planar.PolygonContains(meant, p); planar.MultiPolygonContains(drawn, p) != want {
				t.Fatalf("%v: that %v is in it is %t", meant, p, want)
			}
		}
	}
}

// The specification of vector tiles: by the surveyor's formula outer rings have positive areas, and holes negative ones.
func TestRingsTurnAsTheSpecificationSays(t *testing.T) {
	outer := orb.Ring{{100, 10}, {104, 10}, {104, 14}, {100, 14}, {100, 10}}
	hole := orb.Ring{{101, 11}, {101, 13}, {103, 13}, {103, 11}, {101, 11}}
	turned := func(r orb.Ring) orb.Ring {
		r = r.Clone()
		r.Reverse()
		return r
	}
	home := maptile.At(orb.Point{102, 12}, 5)
	for _, area := range []orb.Polygon{{outer, hole}, {turned(outer), hole}, {outer, turned(hole)}, {turned(outer), turned(hole)}} {
		drawn, ok := inUnits(t, area, nil, 5, int(home.X), int(home.Y)).(orb.Polygon)
		if !ok || len(drawn) != 2 {
			t.Fatalf("%v became %v", area, drawn)
		}
		for i, ring := range drawn {
			twice := 0.0
			for n, b := range ring[1:] {
				twice += ring[n][0]*b[1] - b[0]*ring[n][1]
			}
			if (twice > 0) != (i == 0) {
				t.Errorf("%v: ring %d has the area %v", area, i, twice/2)
			}
		}
	}
}

// Points, and areas that are drawn as the spot of their label, are on one tile of each zoom, at the edges of the world too.
func TestWhatIsAtTheEdgeOfTheWorldIsOnOneTile(t *testing.T) {
	small := orb.Polygon{{{10, 10}, {10.0001, 10}, {10, 10.0001}, {10, 10}}}
	for z := range 4 {
		last := 1<<z - 1
		for _, c := range []struct {
			at   orb.Point
			x, y int
		}{
			{orb.Point{-180, 85.06}, 0, 0},
			{orb.Point{180, 90}, last, 0},
			{orb.Point{-180, -85.06}, 0, last},
			{orb.Point{180, -90}, last, last},
			{orb.Point{180, -85.0511287798066}, last, last},
		} {
			for x := range 1 << z {
				for y := range 1 << z {
					want := x == c.x && y == c.y
					if g := draw(t, c.at, nil, z, x, y); (g != nil) != want {
						t.Errorf("%d/%d/%d has %v for the point %v", z, x, y, g, c.at)
					}
					if b := tile.NewFrame(z, x, y).Bound(); want && !b.Contains(c.at) {
						t.Errorf("%d/%d/%d ends at %v, before %v", z, x, y, b, c.at)
					}
					if d := drawnSpot(t, small, c.at, z, x, y); d.Empty() == want {
						t.Errorf("%d/%d/%d: the area of the label %v is empty: %t", z, x, y, c.at, want)
					}
				}
			}
		}
	}
}

// drawnSpot draws an area that is so small that its label is drawn, which may lie elsewhere.
func drawnSpot(t *testing.T, area orb.Polygon, label orb.Point, at ...int) tile.Drawn {
	t.Helper()
	raw, err := wkb.Marshal(area)
	if err != nil {
		t.Fatal(err)
	}
	shape, err := tile.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	d, err := tile.NewFrame(at[0], at[1], at[2]).Draw(shape.Pack(12), &label)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEachFeatureOfALayerHasItsOwnProperties(t *testing.T) {
	raw, err := wkb.Marshal(orb.Point{10, 10})
	if err != nil {
		t.Fatal(err)
	}
	shape, err := tile.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	d, err := tile.NewFrame(0, 0, 0).Draw(shape.Pack(12), nil)
	if err != nil {
		t.Fatal(err)
	}
	const features = 500 // more than a byte counts
	layer := tile.NewLayer("ชั้น")
	for i := range features {
		layer.SetNumber("number", uint64(i)<<20)
		layer.SetText("text", fmt.Sprint("ที่ ", i%300))
		if i%3 == 0 {
			layer.SetTrue("third")
			layer.SetText("also", fmt.Sprint("ที่ ", i%7)) // some of the same texts
		}
		layer.Add(int64(i)<<33, d)
	}
	layers, err := mvt.Unmarshal(layer.Tile())
	if err != nil || len(layers) != 1 || layers[0].Name != "ชั้น" || len(layers[0].Features) != features {
		t.Fatal(layers, err)
	}
	for i, f := range layers[0].Features {
		want := map[string]any{"number": float64(uint64(i) << 20), "text": fmt.Sprint("ที่ ", i%300)}
		if i%3 == 0 {
			want["third"], want["also"] = true, fmt.Sprint("ที่ ", i%7)
		}
		if fmt.Sprint(map[string]any(f.Properties)) != fmt.Sprint(want) || f.ID != float64(int64(i)<<33) {
			t.Errorf("%v: %v, not %v", f.ID, f.Properties, want)
		}
	}
}
