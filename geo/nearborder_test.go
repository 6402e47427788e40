package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

func TestSharedBorderWithinATolerance(t *testing.T) {
	exact := orb.MultiPolygon{square(1, 0, 1)}
	off := orb.MultiPolygon{{{{1.01, -0.02}, {2, 0}, {2, 1}, {1.02, 1.01}, {1.015, 0.5}, {1.01, -0.02}}}}
	far := orb.MultiPolygon{square(3, 0, 1)}
	a := orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 0.25}, {1, 0.75}, {1, 1}, {0, 1}, {0, 0}}}}
	tests := []struct {
		name      string
		b         orb.MultiPolygon
		tolerance float64
		length    float64 // degrees
	}{
		{"shared edges", orb.MultiPolygon{{{{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 0.75}, {1, 0.25}, {1, 0}}}}, 0.05, 1},
		{"a little apart", off, 0.05, 1},
		{"a little apart, by no tolerance", off, 0, 0},
		{"touching without shared vertices", exact, 0.001, 1},
		{"far apart", far, 0.05, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := SharedBorderWithin(a, tt.b, tt.tolerance)
			sum := 0.0
			for _, l := range lines {
				for i := 1; i < len(l); i++ {
					sum += math.Hypot(l[i][0]-l[i-1][0], l[i][1]-l[i-1][1])
				}
			}
			if math.Abs(sum-tt.length) > 1e-9 || len(lines) > 1 {
				t.Errorf("%v, %g degrees, want %g in one line", lines, sum, tt.length)
			}
		})
	}
}
