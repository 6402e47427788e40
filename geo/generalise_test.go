package geo_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
	simplefeatures "github.com/peterstace/simplefeatures/geom"

	"corridor/geo"
)

// wavy gives two areas that share a wavy line from (0, 1) to (10, 1).
func wavy() (below, above orb.MultiPolygon) {
	var line orb.Ring
	for x := 0.0; x <= 10; x += 0.25 {
		line = append(line, orb.Point{x, 1 + 0.01*math.Sin(7*x)})
	}
	lower := append(orb.Ring{{0, 0}, {10, 0}}, reversed(line)...)
	lower = append(lower, orb.Point{0, 0})
	upper := append(append(orb.Ring{}, line...), orb.Point{10, 2}, orb.Point{0, 2}, line[0])
	return orb.MultiPolygon{{lower}}, orb.MultiPolygon{{upper}}
}

func reversed(r orb.Ring) orb.Ring {
	out := append(orb.Ring{}, r...)
	out.Reverse()
	return out
}

func TestGeneraliseKeepsNeighboursTogether(t *testing.T) {
	below, above := wavy()
	out := geo.Generalise([]orb.MultiPolygon{below, above}, 0.05)
	if n, before := len(out[0][0][0]), len(below[0][0]); n >= before/2 {
		t.Errorf("%d of %d positions are left; the line was not simplified", n, before)
	}
	if joined := geo.Dissolve(out...); len(joined) != 1 || len(joined[0]) != 1 {
		t.Errorf("the neighbours no longer meet: %d areas, %d rings", len(joined), len(joined[0]))
	}
	sum := planar.Area(out[0]) + planar.Area(out[1])
	if math.Abs(sum-20) > 1e-9 {
		t.Errorf("area %v, want 20", sum)
	}
}

func TestGeneraliseStaysWithinTheTolerance(t *testing.T) {
	below, above := wavy()
	const tolerance = 0.004
	out := geo.Generalise([]orb.MultiPolygon{below, above}, tolerance)
	for _, p := range below[0][0] {
		if d := planar.DistanceFrom(orb.LineString(out[0][0][0]), p); d > tolerance {
			t.Fatalf("%v lies %v off, tolerance %v", p, d, tolerance)
		}
	}
}

func TestGeneraliseDropsSpecksAndKeepsTheLargest(t *testing.T) {
	speck := orb.Polygon{{{50, 50}, {50.001, 50}, {50.001, 50.001}, {50, 50.001}, {50, 50}}}
	out := geo.Generalise([]orb.MultiPolygon{{speck, square(0, 0)[0]}, {speck}}, 0.02)
	if len(out[0]) != 1 {
		t.Errorf("%d polygons, want the square alone", len(out[0]))
	}
	if len(out[1]) != 1 {
		t.Error("an area of specks lost its largest")
	}
}

func TestGeneraliseKeepsAnIslandARing(t *testing.T) {
	var ring orb.Ring
	for i := range 360 {
		a := float64(i) * math.Pi / 180
		ring = append(ring, orb.Point{math.Cos(a), math.Sin(a)})
	}
	ring = append(ring, ring[0])
	out := geo.Generalise([]orb.MultiPolygon{{{ring}}}, 0.02)
	if n := len(out[0][0][0]); n < 8 || n > 60 {
		t.Errorf("the circle has %d positions", n)
	}
	wantWinding(t, out[0])
}

// Simplifying each stretch for itself would make the teeth of a comb, or an island in a bay, cross the shore.
func TestGeneraliseKeepsAreasValid(t *testing.T) {
	comb := orb.Ring{{0, 0}, {10, 0}}
	for x := 10.0; x > 0.01; x -= 0.02 {
		comb = append(comb, orb.Point{x, 1 + 0.5*math.Mod(x*50, 2)}, orb.Point{x - 0.004, 0.2})
	}
	comb = append(comb, orb.Point{0, 1}, orb.Point{0, 0})
	bay := orb.Ring{{0, 0}, {4, 0}, {4, 2}, {2.05, 2}, {2.03, 1.02}, {2, 1}, {1.97, 1.02}, {1.95, 2}, {0, 2}, {0, 0}}
	island := orb.Ring{{2, 1.05}, {2.01, 1.9}, {2, 1.95}, {1.99, 1.9}, {2, 1.05}}
	for name, area := range map[string]orb.MultiPolygon{"comb": {{comb}}, "island in a bay": {{bay}, {island}}} {
		for _, tolerance := range []float64{0.005, 0.05, 0.5} {
			raw, err := json.Marshal(geojson.NewGeometry(geo.Generalise([]orb.MultiPolygon{area}, tolerance)[0]))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := simplefeatures.UnmarshalGeoJSON(raw); err != nil {
				t.Errorf("%s at %v: %v", name, tolerance, err)
			}
		}
	}
}

func TestRounded(t *testing.T) {
	tests := []struct {
		name     string
		in, want orb.Geometry
	}{
		{"point", orb.Point{100.123456, 13.654321}, orb.Point{100.123, 13.654}},
		{"repeats", orb.LineString{{0, 0}, {0.0001, 0}, {1, 1}}, orb.LineString{{0, 0}, {1, 1}}},
		{"collapsed line", orb.LineString{{0, 0}, {0.0001, 0}}, orb.LineString{}},
		{"collapsed lines", orb.MultiLineString{{{0, 0}, {0.0001, 0}}}, orb.MultiLineString(nil)},
		{"one of two lines", orb.MultiLineString{{{0, 0}, {0.0001, 0}}, {{0, 0}, {1, 0}}}, orb.MultiLineString{{{0, 0}, {1, 0}}}},
		{"collapsed area", orb.MultiPolygon{{{{0, 0}, {0.0001, 0}, {0, 0.0001}, {0, 0}}}}, orb.MultiPolygon(nil)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := geo.Rounded(tt.in, 3); !orb.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
