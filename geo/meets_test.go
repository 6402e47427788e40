package geo

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/geom"
)

func TestWhatMeetsABox(t *testing.T) {
	box := orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{10, 10}}
	around := orb.Polygon{square(-5, -5, 20)[0], square(-1, -1, 12)[0]}
	tests := []struct {
		name string
		g    orb.Geometry
		want bool
	}{
		{"a point within", orb.Point{5, 5}, true},
		{"a point on its edge", orb.Point{10, 3}, true},
		{"a point beside", orb.Point{10.0001, 3}, false},
		{"points of which one is within", orb.MultiPoint{{20, 20}, {1, 1}}, true},
		{"a line through, with no position within", orb.LineString{{-5, 5}, {15, 6}}, true},
		{"a line past a corner, in whose box it lies", orb.LineString{{-5, 8}, {3, 14}, {20, 20}}, false},
		{"a line that touches a corner", orb.LineString{{-5, 5}, {5, -5}}, true},
		{"a line along an edge", orb.LineString{{2, 10}, {4, 10}}, true},
		{"a line of one position", orb.LineString{{2, 2}}, true},
		{"lines, the last through", orb.MultiLineString{{{20, 20}, {30, 30}}, {{5, -5}, {5, 15}}}, true},
		{"an area that holds the box", square(-5, -5, 20), true},
		{"an area within", square(4, 4, 1), true},
		{"an area in whose hole the box is", around, false},
		{"areas on both sides of it", orb.MultiPolygon{square(-9, 0, 5), square(12, 0, 5)}, false},
		{"a collection", orb.Collection{orb.Point{50, 50}, square(9, 9, 5)}, true},
		{"an area without edges", orb.Polygon{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Meets(tt.g, box); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// Another library's judgement of whether lines and triangles by chance meet boxes by chance.
func TestWhatMeetsABoxIsWhatIntersectsIt(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	point := func() orb.Point { return orb.Point{random.Float64() * 10, random.Float64() * 10} }
	xy := func(p orb.Point) geom.XY { return geom.XY{X: p[0], Y: p[1]} }
	met := 0
	for range 2000 {
		a, b, c, corner := point(), point(), point(), point()
		box := orb.Bound{Min: corner, Max: orb.Point{corner[0] + random.Float64()*4, corner[1] + random.Float64()*4}}
		other := geom.NewEnvelope(xy(box.Min), xy(box.Max)).AsGeometry()
		for _, g := range []orb.Geometry{orb.LineString{a, b, c}, orb.Polygon{{a, b, c, a}}} {
			var flat []float64
			positions, _ := g.(orb.LineString)
			if p, ok := g.(orb.Polygon); ok {
				positions = orb.LineString(p[0])
			}
			for _, p := range positions {
				flat = append(flat, p[0], p[1])
			}
			line := geom.NewLineString(geom.NewSequence(flat, geom.DimXY))
			theirs := line.AsGeometry()
			if g.GeoJSONType() == "Polygon" {
				theirs = geom.NewPolygon([]geom.LineString{line}).AsGeometry()
			}
			want := geom.Intersects(theirs, other)
			if got := Meets(g, box); got != want {
				t.Fatalf("%v in %v: got %v, want %v", g, box, got, want)
			}
			if want {
				met++
			}
		}
	}
	if met < 500 || met > 3500 {
		t.Errorf("%d of 4000 met: the boxes tell nothing", met)
	}
}
