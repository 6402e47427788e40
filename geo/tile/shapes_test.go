package tile_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"corridor/geo/tile"
)

func TestKeptShapesAreDrawnAsTheyAre(t *testing.T) {
	const zoom = 6
	label := orb.Point{100.123, 15.456}
	geometries := []orb.Geometry{
		orb.LineString{{100, 10}, {101.5, 12}, {103, 11}},
		orb.Point{99.5, 18.25},
		orb.MultiLineString{{{179, -10}, {180, -11}}, {{-180, -11}, {-178, -12}, {-177, -80}}},
		orb.Polygon{{{100, 10}, {108, 10}, {108, 18}, {100, 10}}},
		orb.LineString{{-180, 85}, {180, -85}},
		orb.MultiPolygon{{{{100, 10}, {100.01, 10}, {100.01, 10.01}, {100, 10}}}},
	}
	var kept tile.Shapes
	var shapes []tile.Shape
	for _, g := range geometries {
		raw, err := wkb.Marshal(g)
		if err != nil {
			t.Fatal(err)
		}
		for _, keep := range []bool{false, true} { // what is kept is made smaller
			shape, err := tile.Read(raw)
			if err != nil {
				t.Fatal(err)
			}
			if keep {
				kept.Add(shape, zoom)
			} else {
				shapes = append(shapes, shape)
			}
		}
	}
	if kept.Len() != len(geometries) {
		t.Fatalf("%d shapes", kept.Len())
	}
	for i, shape := range shapes {
		n := int32(i)
		if kept.Bound(n) != shape.Bound() {
			t.Errorf("%v: the box is %v, want %v", geometries[i], kept.Bound(n), shape.Bound())
		}
		first, last := kept.Ends(n, &label)
		wantFirst, wantLast := shape.Ends(&label)
		for side := range 2 {
			if math.Abs(first[side]-wantFirst[side]) > 1e-8 || math.Abs(last[side]-wantLast[side]) > 1e-8 {
				t.Errorf("%v: from %v to %v, want %v to %v", geometries[i], first, last, wantFirst, wantLast)
			}
		}
		for z := range zoom + 1 {
			at := 1 << z / 2
			frame := tile.NewFrame(z, at, at)
			if got, want := frame.DrawShape(kept.At(n), &label), frame.DrawShape(shape, &label); got.Empty() != want.Empty() || got.Spot != want.Spot {
				t.Errorf("%v at zoom %d: %+v, want %+v", geometries[i], z, got, want)
			}
		}
	}
}
