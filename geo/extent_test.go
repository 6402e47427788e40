package geo

import (
	"testing"

	"github.com/paulmach/orb"
)

func TestExtentLeavesOutTheWidestGap(t *testing.T) {
	tests := []struct {
		name string
		g    orb.Geometry
		want [4]float64 // west, south, east, north
	}{
		{"a point", orb.Point{5, 6}, [4]float64{5, 6, 5, 6}},
		{"one part", orb.MultiPolygon{square(0, 0, 2)}, [4]float64{0, 0, 2, 2}},
		{"two near parts", orb.MultiPolygon{square(10, 0, 2), square(0, 5, 2)}, [4]float64{0, 0, 12, 7}},
		{"both sides of the antimeridian", orb.MultiPolygon{square(-180, -20, 2), square(177, -18, 3)}, [4]float64{177, -20, -178, -15}},
		{"a country with an exclave, over the antimeridian", orb.MultiPolygon{square(-180, 65, 10), square(19, 54, 4), square(30, 50, 150)}, [4]float64{19, 50, -170, 200}},
		{"lines", orb.MultiLineString{{{179, 1}, {180, 2}}, {{-180, 2}, {-179, 3}}}, [4]float64{179, 1, -179, 3}},
		{"points", orb.MultiPoint{{-175, 0}, {175, 1}}, [4]float64{175, 0, -175, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := Extent(tt.g)
			if got := [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}; got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
