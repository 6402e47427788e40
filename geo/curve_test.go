package geo_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"corridor/geo"
)

func ExampleCurve() {
	line := geo.Curve(orb.Point{100.5, 13.75}, orb.Point{101, 6}, 0.1, 3)
	for _, p := range line[0] {
		fmt.Printf("%.2f° E %.2f° N\n", p.Lon(), p.Lat())
	}
	// Output:
	// 100.50° E 13.75° N
	// 101.53° E 9.93° N
	// 101.00° E 6.00° N
}

func TestCurve(t *testing.T) {
	tests := []struct {
		name     string
		from, to orb.Point
		pieces   int
	}{
		{"plain", orb.Point{104, 25}, orb.Point{100.8, 22}, 1},
		{"the same point", orb.Point{10, 10}, orb.Point{10, 10}, 1},
		{"east over the antimeridian", orb.Point{170, 10}, orb.Point{-170, 20}, 2},
		{"west over the antimeridian", orb.Point{-170, 10}, orb.Point{170, 20}, 2},
		{"from the antimeridian", orb.Point{180, 0}, orb.Point{170, 10}, 1},
		{"west from the antimeridian's other side", orb.Point{-180, -20}, orb.Point{170, 10}, 1},
		{"east from the antimeridian's other side", orb.Point{180, -20}, orb.Point{-170, -20}, 1},
		{"east to the antimeridian", orb.Point{178.4, -18}, orb.Point{-180, -20}, 1},
		{"west to the antimeridian", orb.Point{-178.4, -18}, orb.Point{180, -20}, 1},
		{"along the antimeridian", orb.Point{180, -20}, orb.Point{180, 20}, 1},
		{"along the antimeridian, beyond it", orb.Point{180, 20}, orb.Point{180, -20}, 1},
		{"near the pole", orb.Point{0, 84}, orb.Point{170, 84}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := geo.Curve(tt.from, tt.to, 0.15, 48)
			if len(got) != tt.pieces {
				t.Fatalf("%d pieces, want %d: %v", len(got), tt.pieces, got)
			}
			last := got[len(got)-1]
			if near(got[0][0], tt.from) > 1e-9 || near(last[len(last)-1], tt.to) > 1e-9 {
				t.Errorf("it runs from %v to %v", got[0][0], last[len(last)-1])
			}
			for i, piece := range got {
				wantContinuous(t, piece)
				if tt.from != tt.to && piece.Bound().Max == piece.Bound().Min {
					t.Errorf("piece %d is no line: %v", i, piece)
				}
				if i > 0 {
					before := got[i-1][len(got[i-1])-1]
					if math.Abs(before[0]) != 180 || before[0] != -piece[0][0] || before[1] != piece[0][1] {
						t.Errorf("the pieces do not meet: %v and %v", before, piece[0])
					}
				}
			}
		})
	}
}

// near is the distance of two points in degrees, with 180 and -180 the same.
func near(a, b orb.Point) float64 {
	d := math.Mod(math.Abs(a[0]-b[0]), 360)
	return math.Min(d, 360-d) + math.Abs(a[1]-b[1])
}

func wantContinuous(t *testing.T, line orb.LineString) {
	t.Helper()
	for i, p := range line {
		if math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 || math.IsNaN(p[0]+p[1]) {
			t.Errorf("position %d is %v", i, p)
		}
		if i > 0 && math.Abs(p[0]-line[i-1][0]) > 45 {
			t.Errorf("a jump from %v to %v", line[i-1], p)
		}
	}
}

func TestCurveBendsToTheLeftOfTheWay(t *testing.T) {
	there := geo.Curve(orb.Point{0, 0}, orb.Point{10, 0}, 0.2, 3)[0][1]
	back := geo.Curve(orb.Point{10, 0}, orb.Point{0, 0}, 0.2, 3)[0][1]
	if there[1] <= 0 || back[1] >= 0 {
		t.Errorf("there by %v and back by %v: the two must part", there, back)
	}
	if math.Abs(there[1]-2) > 1e-9 {
		t.Errorf("the middle stands %v off the chord, want 2", there[1])
	}
}

func FuzzCurve(f *testing.F) {
	f.Add(170.0, 10.0, -170.0, 20.0, 0.15)
	f.Add(0.0, 89.0, 180.0, -89.0, -2.0)
	f.Fuzz(func(t *testing.T, x1, y1, x2, y2, bend float64) {
		for _, v := range []*float64{&x1, &x2} {
			*v = math.Mod(*v, 180)
		}
		for _, v := range []*float64{&y1, &y2} {
			*v = math.Mod(*v, 90)
		}
		bend = math.Mod(bend, 1)
		if math.IsNaN(x1 + x2 + y1 + y2 + bend) {
			t.Skip("not a number")
		}
		for _, piece := range geo.Curve(orb.Point{x1, y1}, orb.Point{x2, y2}, bend, 48) {
			for _, p := range piece {
				if math.Abs(p[0]) > 180+1e-9 || math.Abs(p[1]) > 90 || math.IsNaN(p[0]+p[1]) {
					t.Fatalf("position %v", p)
				}
			}
		}
	})
}
