package geo_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"corridor/geo"
)

// square is a unit square with its lower left corner at x, y, clockwise as Natural Earth's rings are.
func square(x, y float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{x, y}, {x, y + 1}, {x + 1, y + 1}, {x + 1, y}, {x, y}}}}
}

func ringsOf(area orb.MultiPolygon) (outer, holes int) {
	for _, p := range area {
		outer++
		holes += len(p) - 1
	}
	return outer, holes
}

func TestDissolve(t *testing.T) {
	var frame []orb.MultiPolygon // eight squares around an empty middle
	for x := range 3 {
		for y := range 3 {
			if x != 1 || y != 1 {
				frame = append(frame, square(float64(x), float64(y)))
			}
		}
	}
	tests := []struct {
		name         string
		areas        []orb.MultiPolygon
		outer, holes int
		area         float64
	}{
		{"nothing", nil, 0, 0, 0},
		{"one", []orb.MultiPolygon{square(0, 0)}, 1, 0, 1},
		{"neighbours", []orb.MultiPolygon{square(0, 0), square(1, 0)}, 1, 0, 2},
		{"apart", []orb.MultiPolygon{square(0, 0), square(5, 0)}, 2, 0, 2},
		{"a block", []orb.MultiPolygon{square(0, 0), square(1, 0), square(0, 1), square(1, 1)}, 1, 0, 4},
		{"touching in a corner", []orb.MultiPolygon{square(0, 0), square(1, 1)}, 2, 0, 2},
		{"a frame", frame, 1, 1, 8},
		{"a filled frame", append(frame, square(1, 1)), 1, 0, 9},
		{"an island in the frame", append(append([]orb.MultiPolygon{}, frame...), orb.MultiPolygon{{{
			{1.2, 1.2}, {1.2, 1.8}, {1.8, 1.8}, {1.8, 1.2}, {1.2, 1.2},
		}}}), 2, 1, 8.36},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := geo.Dissolve(tt.areas...)
			outer, holes := ringsOf(got)
			if outer != tt.outer || holes != tt.holes {
				t.Errorf("%d outer rings and %d holes, want %d and %d", outer, holes, tt.outer, tt.holes)
			}
			if a := math.Abs(planar.Area(got)); math.Abs(a-tt.area) > 1e-9 {
				t.Errorf("area %v, want %v", a, tt.area)
			}
			wantWinding(t, got)
		})
	}
}

// Data that do not quite meet leave gaps and overlaps along their common boundary.
func TestDissolveClosesSlivers(t *testing.T) {
	left := orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 0.2}, {1.001, 0.5}, {1, 1}, {0, 1}, {0, 0}}}}
	for name, middle := range map[string]float64{"a gap": 1.0012, "an overlap": 0.999} {
		right := orb.MultiPolygon{{{{1, 0}, {2, 0}, {2, 1}, {1, 1}, {middle, 0.6}, {1, 0.2}, {1, 0}}}}
		got := geo.Dissolve(left, right)
		if outer, holes := ringsOf(got); outer != 1 || holes != 0 {
			t.Errorf("%s: %d outer rings and %d holes", name, outer, holes)
		}
	}
	speck := orb.MultiPolygon{{{{5, 5}, {5.001, 5}, {5.001, 5.001}, {5, 5}}}}
	if got := geo.Dissolve(left, speck); len(got) != 2 {
		t.Error("a small island of one area is no sliver and must stay")
	}
}

// GIS programs refuse an area whose ring touches itself, and one that lies in another: that would be filled twice.
func TestDissolveGivesRingsThatAreValid(t *testing.T) {
	left := orb.MultiPolygon{{{{0, 0}, {1, 0}, {0.6, 0.5}, {1, 1}, {0, 1}, {0, 0}}}}
	right := orb.MultiPolygon{{{{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1.4, 0.5}, {1, 0}}}}
	for name, tt := range map[string]struct {
		areas         []orb.MultiPolygon
		outers, holes int
		area          float64
	}{
		"a gap that reaches the outline twice": {[]orb.MultiPolygon{left, right}, 2, 0, 1.6},
		"a gap that reaches it once": {
			[]orb.MultiPolygon{
				{{{{0, 0}, {1, 0}, {1, 0.2}, {0.6, 0.5}, {1, 1}, {0, 1}, {0, 0}}}},
				{{{{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1.4, 0.5}, {1, 0.2}, {1, 0}}}},
			}, 1, 1, 1.68,
		},
		"an area in another": {[]orb.MultiPolygon{square(0, 0), {{{{0.2, 0.2}, {0.4, 0.2}, {0.4, 0.4}, {0.2, 0.2}}}}}, 1, 0, 1},
	} {
		got := geo.Dissolve(tt.areas...)
		outers, holes := ringsOf(got)
		if outers != tt.outers || holes != tt.holes || math.Abs(planar.Area(got)-tt.area) > 1e-9 {
			t.Errorf("%s: %d outer rings, %d holes, area %v; want %d, %d, %v", name, outers, holes, planar.Area(got), tt.outers, tt.holes, tt.area)
		}
		for _, p := range got {
			for _, ring := range p {
				seen := map[orb.Point]bool{}
				for _, at := range ring[1:] {
					if seen[at] {
						t.Errorf("%s: a ring comes to %v twice", name, at)
					}
					seen[at] = true
				}
			}
		}
		wantWinding(t, got)
	}
}

func wantWinding(t *testing.T, area orb.MultiPolygon) {
	t.Helper()
	for _, p := range area {
		for i, r := range p {
			want := orb.CCW
			if i > 0 {
				want = orb.CW
			}
			if r.Orientation() != want || !r.Closed() {
				t.Errorf("ring %d: orientation %v, closed %v", i, r.Orientation(), r.Closed())
			}
		}
	}
}

func TestOrientedLeavesTheInputAlone(t *testing.T) {
	in := square(0, 0)
	wantWinding(t, geo.Oriented(in))
	if in[0][0].Orientation() != orb.CW {
		t.Error("the input was turned")
	}
}

func TestOrientedDropsWhatIsNoRing(t *testing.T) {
	in := orb.MultiPolygon{{{{0, 0}, {1, 1}, {0, 0}}}, square(0, 0)[0]}
	if got := geo.Oriented(in); len(got) != 1 {
		t.Errorf("%d polygons, want 1", len(got))
	}
}

func TestSharedBorder(t *testing.T) {
	tests := []struct {
		name  string
		a, b  orb.MultiPolygon
		lines int
		edges int
	}{
		{"neighbours", square(0, 0), square(1, 0), 1, 1},
		{"apart", square(0, 0), square(5, 5), 0, 0},
		{"a corner only", square(0, 0), square(1, 1), 0, 0},
		{"two sides", geo.Dissolve(square(0, 0), square(1, 0), square(0, 1)), square(1, 1), 1, 2},
		{"itself", square(0, 0), square(0, 0), 1, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, got := range []orb.MultiLineString{geo.SharedBorder(tt.a, tt.b), geo.SharedBorder(tt.b, tt.a)} {
				edges := 0
				for _, l := range got {
					edges += len(l) - 1
				}
				if len(got) != tt.lines || edges != tt.edges {
					t.Errorf("%d lines with %d edges, want %d with %d", len(got), edges, tt.lines, tt.edges)
				}
			}
		})
	}
}

// The shared line must come whole where it passes the vertex at which a ring begins.
func TestSharedBorderPassesTheStartOfARing(t *testing.T) {
	a := orb.MultiPolygon{{{{1, 0.5}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 0.5}}}}
	b := orb.MultiPolygon{{{{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 0.5}, {1, 0}}}}
	if got := geo.SharedBorder(a, b); len(got) != 1 || len(got[0]) != 3 {
		t.Errorf("got %v, want one line of three positions", got)
	}
}
