package tile_test

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"

	"corridor/geo/tile"
)

// draw draws a geometry and reads the tile with another decoder, back into degrees; nil where it is not on the tile.
func draw(t *testing.T, g orb.Geometry, label *orb.Point, at ...int) orb.Geometry {
	t.Helper()
	layers := mvt.Layers{{Extent: tile.Extent, Features: []*geojson.Feature{{Geometry: inUnits(t, g, label, at...)}}}}
	if layers[0].Features[0].Geometry == nil {
		return nil
	}
	layers.ProjectToWGS84(maptile.New(uint32(at[1]), uint32(at[2]), maptile.Zoom(at[0])))
	return layers[0].Features[0].Geometry
}

// inUnits is draw in the tile's units.
func inUnits(t *testing.T, g orb.Geometry, label *orb.Point, at ...int) orb.Geometry {
	t.Helper()
	z, x, y := at[0], at[1], at[2]
	raw, err := wkb.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	shape, err := tile.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	packed := shape.Pack(12)
	d, err := tile.NewFrame(z, x, y).Draw(packed, label)
	if err != nil {
		t.Fatal(err)
	}
	if meets, err := tile.NewFrame(z, x, y).Meets(packed, label); err != nil || meets == d.Empty() {
		t.Errorf("%v meets %v: %v, %v", g, at, meets, err)
	}
	if d.Empty() {
		return nil
	}
	l := tile.NewLayer("things")
	l.SetText("name", "one")
	l.SetNumber("count", 3)
	l.SetTrue("open")
	l.Add(7, d)
	layers, err := mvt.Unmarshal(l.Tile())
	if err != nil || len(layers) != 1 || len(layers[0].Features) != 1 {
		t.Fatalf("%v %v", layers, err)
	}
	p := layers[0].Features[0].Properties
	if layers[0].Name != "things" || layers[0].Extent != tile.Extent || layers[0].Version != 2 ||
		p["name"] != "one" || p["open"] != true || p.MustInt("count") != 3 {
		t.Errorf("%+v %v", layers[0], p)
	}
	return layers[0].Features[0].Geometry
}

func near(a, b orb.Point, degrees float64) bool {
	return math.Abs(a[0]-b[0]) < degrees && math.Abs(a[1]-b[1]) < degrees
}

func TestAPointIsInOneTileOfAZoomAndWhereItWas(t *testing.T) {
	at := orb.Point{100.5, 13.75}
	for z := 0; z <= 12; z++ {
		found := 0
		home := maptile.At(at, maptile.Zoom(z))
		for _, dx := range []int{-1, 0, 1} {
			for _, dy := range []int{-1, 0, 1} {
				x, y := int(home.X)+dx, int(home.Y)+dy
				if x < 0 || y < 0 || x >= 1<<z || y >= 1<<z {
					continue
				}
				g := draw(t, at, nil, z, x, y)
				if g == nil {
					continue
				}
				found++
				if p := g.(orb.Point); !near(p, at, 0.1/float64(int(1)<<z)) || dx != 0 || dy != 0 {
					t.Errorf("zoom %d: %v at %+d, %+d", z, p, dx, dy)
				}
			}
		}
		if found != 1 {
			t.Errorf("zoom %d: in %d tiles", z, found)
		}
	}
}

func TestALineIsCutAtTheBufferAndAShortOneStays(t *testing.T) {
	long := orb.LineString{{90, 10}, {110, 12}}
	home := maptile.At(orb.Point{100, 11}, 6)
	g := draw(t, long, nil, 6, int(home.X), int(home.Y))
	bound := home.Bound(float64(tile.Buffer+1) / tile.Extent)
	if b := g.Bound(); b.Left() < bound.Left() || b.Right() > bound.Right() || b.Right()-b.Left() < 5.6 {
		t.Errorf("%v in %v", b, bound)
	}
	if g := draw(t, orb.LineString{{100, 10}, {100.0001, 10}}, nil, 0, 0, 0); g == nil || g.Bound().Left() == g.Bound().Right() {
		t.Errorf("a short line became %v", g)
	}
	if g := draw(t, orb.MultiLineString{{{179, 0}, {180, 0}}, {{-180, 0}, {-170, 0}}}, nil, 1, 0, 0); g == nil {
		t.Error("the part beyond the antimeridian is missing")
	}
	if g := draw(t, long, nil, 6, 0, 0); g != nil {
		t.Errorf("far away: %v", g)
	}
}

func TestAnAreaIsDrawnWhereItFitsAndElseAsItsLabel(t *testing.T) {
	area := orb.Polygon{
		{{100, 10}, {104, 10}, {104, 14}, {100, 14}, {100, 10}},
		{{101, 11}, {101, 13}, {103, 13}, {103, 11}, {101, 11}},
	}
	label := orb.Point{100.5, 12}
	if p, ok := draw(t, area, &label, 0, 0, 0).(orb.Point); !ok || !near(p, label, 0.1) {
		t.Errorf("%v", p)
	}
	home := maptile.At(label, 4)
	whole, ok := draw(t, area, &label, 4, int(home.X), int(home.Y)).(orb.Polygon)
	if !ok || len(whole) != 2 || whole[0].Orientation() == whole[1].Orientation() {
		t.Fatalf("%v", whole)
	}
	if b := whole.Bound(); !near(b.Min, orb.Point{100, 10}, 0.02) || !near(b.Max, orb.Point{104, 14}, 0.02) {
		t.Errorf("%v", b)
	}
	inside := maptile.At(orb.Point{103.5, 10.5}, 9)
	part := draw(t, area, &label, 9, int(inside.X), int(inside.Y))
	if b := inside.Bound(float64(tile.Buffer+1) / tile.Extent); part == nil || !b.Contains(part.Bound().Min) || !b.Contains(part.Bound().Max) {
		t.Errorf("%v", part)
	}
	hole := maptile.At(orb.Point{102, 12}, 9)
	if g := draw(t, area, &label, 9, int(hole.X), int(hole.Y)); g != nil {
		t.Errorf("in the hole there is %v", g)
	}
}

func TestTheBoundOfAFrameIsThatOfItsTileWithTheBuffer(t *testing.T) {
	got, want := tile.NewFrame(7, 99, 55).Bound(), maptile.New(99, 55, 7).Bound(float64(tile.Buffer)/tile.Extent)
	if !near(got.Min, want.Min, 1e-6) || !near(got.Max, want.Max, 1e-6) {
		t.Errorf("%v, not %v", got, want)
	}
}

func FuzzDraw(f *testing.F) {
	for _, g := range []orb.Geometry{
		orb.Point{1, 2},
		orb.LineString{{1, 2}, {3, 4}},
		orb.MultiPolygon{{{{0, 0}, {9, 0}, {9, 9}, {0, 0}}}},
		orb.MultiLineString{{{1, 2}, {3, 4}}},
		orb.MultiPoint{{1, 2}},
	} {
		raw, err := wkb.Marshal(g)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
		f.Add(raw[:len(raw)-3])
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		shape, err := tile.Read(raw)
		if err != nil {
			if !errors.Is(err, tile.ErrGeometry) {
				t.Error(err)
			}
			return
		}
		d, err := tile.NewFrame(2, 2, 1).Draw(shape.Pack(12), nil)
		if err != nil {
			t.Fatal(err)
		}
		l := tile.NewLayer("l")
		l.Add(1, d)
		if _, err := mvt.Unmarshal(l.Tile()); err != nil && !d.Empty() {
			t.Error(err)
		}
	})
}

func TestPackingForALowZoomLeavesTheShapeAsItIs(t *testing.T) {
	raw, err := wkb.Marshal(orb.LineString{{100, 10}, {100.001, 10.0002}, {100.002, 10}, {100.01, 10.005}, {101, 11}})
	if err != nil {
		t.Fatal(err)
	}
	shape, err := tile.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	fine := shape.Pack(14)
	if coarse := shape.Pack(2); len(coarse.Data) >= len(fine.Data) {
		t.Fatalf("%d bytes at zoom 2, %d at zoom 14", len(coarse.Data), len(fine.Data))
	}
	if again := shape.Pack(14); !bytes.Equal(again.Data, fine.Data) {
		t.Errorf("%d bytes, %d before", len(again.Data), len(fine.Data))
	}
}

func FuzzDrawPacked(f *testing.F) {
	for _, g := range []orb.Geometry{
		orb.Point{1, 2},
		orb.LineString{{1, 2}, {3, 4}},
		orb.MultiPolygon{{{{0, 0}, {9, 0}, {9, 9}, {0, 0}}}},
	} {
		raw, err := wkb.Marshal(g)
		if err != nil {
			f.Fatal(err)
		}
		shape, err := tile.Read(raw)
		if err != nil {
			f.Fatal(err)
		}
		packed := shape.Pack(12)
		f.Add(packed.Data, packed.Box.West, packed.Box.North)
		f.Add(packed.Data[:len(packed.Data)-1], packed.Box.West, packed.Box.North)
	}
	f.Fuzz(func(t *testing.T, data []byte, west, north uint32) {
		p := tile.Packed{Box: tile.Box{West: west, North: north, East: west, South: north}, Data: data}
		d, err := tile.NewFrame(2, 2, 1).Draw(p, nil)
		_, _, err2 := p.Ends(nil)
		_, err3 := tile.NewFrame(2, 2, 1).Meets(p, nil)
		for _, err := range []error{err, err2, err3} {
			if err != nil && !errors.Is(err, tile.ErrGeometry) {
				t.Error(err)
			}
		}
		l := tile.NewLayer("l")
		l.Add(1, d)
		if _, err := mvt.Unmarshal(l.Tile()); err != nil && !d.Empty() {
			t.Error(err)
		}
	})
}
