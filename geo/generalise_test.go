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

// What narrows to less than the grid touches itself when it is rounded: a spit becomes a line, a neck a point, a mouth of a bay closes. The
// standard has none of this in a ring, and programs refuse to calculate with it.
func TestRoundedAreasStayValid(t *testing.T) {
	square := orb.Ring{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}
	tests := []struct {
		name         string
		in           orb.MultiPolygon
		parts, holes int
	}{
		{"a spit", orb.MultiPolygon{{{{0, 0}, {9, 0}, {9, 4}, {9.5, 4.0001}, {9, 4.0002}, {9, 9}, {0, 9}, {0, 0}}}}, 1, 0},
		{"a spit at the beginning", orb.MultiPolygon{{{{9.5, 4.0001}, {9, 4.0002}, {9, 9}, {0, 9}, {0, 0}, {9, 0}, {9, 4}, {9.5, 4.0001}}}}, 1, 0},
		{"a neck", orb.MultiPolygon{{{{0, 0}, {4, 0}, {5, 3.9999}, {6, 0}, {9, 0}, {9, 9}, {5, 4.0001}, {0, 9}, {0, 0}}}}, 2, 0},
		{"a neck beside a lake", orb.MultiPolygon{{
			{{0, 0}, {4, 0}, {5, 3.9999}, {6, 0}, {9, 0}, {9, 9}, {5, 4.0001}, {0, 9}, {0, 0}}, {{8, 4}, {8, 5}, {8.5, 5}, {8.5, 4}, {8, 4}},
		}}, 2, 1},
		{"a bay that closes", orb.MultiPolygon{{{{0, 0}, {9, 0}, {9, 4}, {6, 3}, {6, 6}, {9, 4.0001}, {9, 9}, {0, 9}, {0, 0}}}}, 1, 1},
		{"two lakes that were one", orb.MultiPolygon{{square, {{1, 1}, {1, 5}, {3, 3.0001}, {5, 5}, {5, 1}, {3, 2.9999}, {1, 1}}}}, 1, 2},
		{"a spit in a lake", orb.MultiPolygon{{square, {{1, 1}, {1, 5}, {5, 5}, {5, 3.0001}, {3, 3}, {5, 3.0002}, {5, 1}, {1, 1}}}}, 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := geo.Rounded(tt.in, 3).(orb.MultiPolygon)
			raw, err := json.Marshal(geojson.NewGeometry(got))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := simplefeatures.UnmarshalGeoJSON(raw); err != nil {
				t.Error(err)
			}
			holes := 0
			for _, part := range got {
				holes += len(part) - 1
			}
			if len(got) != tt.parts || holes != tt.holes {
				t.Errorf("%d parts with %d holes, want %d with %d: %v", len(got), holes, tt.parts, tt.holes, got)
			}
			if before, after := planar.Area(tt.in), planar.Area(got); math.Abs(before-after) > 0.01 {
				t.Errorf("its area was %v and is %v", before, after)
			}
		})
	}
}
