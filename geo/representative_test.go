package geo

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

func square(west, south, side float64) orb.Polygon {
	return orb.Polygon{{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}}}
}

// A crescent's mean lies outside of it.
func crescent() orb.Polygon {
	var ring orb.Ring
	for i := range 41 {
		a := math.Pi * (0.25 + 1.5*float64(i)/40)
		ring = append(ring, orb.Point{10 * math.Cos(a), 10 * math.Sin(a)})
	}
	for i := range 41 {
		a := math.Pi * (1.75 - 1.5*float64(i)/40)
		ring = append(ring, orb.Point{8 * math.Cos(a), 8 * math.Sin(a)})
	}
	return orb.Polygon{append(ring, ring[0])}
}

func TestRepresentativeLiesInside(t *testing.T) {
	ring := orb.Polygon{square(0, 0, 10)[0], {{4, 4}, {4, 6}, {6, 6}, {6, 4}, {4, 4}}}
	tests := []struct {
		name   string
		area   orb.MultiPolygon
		want   orb.Point
		within float64 // degrees
		why    string
	}{
		{"a square", orb.MultiPolygon{square(0, -1, 2)}, orb.Point{1, 0}, 1e-6, "its middle"},
		{"a square in the north", orb.MultiPolygon{square(0, 60, 20)}, orb.Point{10, 68.40}, 0.01, "the mean on the sphere lies to the south of the middle"},
		{"two islands", orb.MultiPolygon{square(20, 0, 1), square(0, 0, 3)}, orb.Point{1.5, 1.5}, 1e-3, "the mean of the larger, not a point in the sea"},
		{"a hole in the middle", orb.MultiPolygon{ring}, orb.Point{2, 2}, 6.5, "inside, not in the hole"},
		{"a crescent", orb.MultiPolygon{crescent()}, orb.Point{-9, 0}, 18, "inside, though its mean is not"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Representative(tt.area)
			if d := planar.Distance(got, tt.want); d > tt.within {
				t.Errorf("got %v, want %v within %g (%s)", got, tt.want, tt.within, tt.why)
			}
			if !planar.MultiPolygonContains(tt.area, got) {
				t.Errorf("%v lies outside", got)
			}
		})
	}
	if got := Representative(nil); got != (orb.Point{}) {
		t.Errorf("of nothing: %v", got)
	}
}

// The pole of inaccessibility of a square is its middle; of an L it lies in the corner.
func TestInsideIsFarFromTheEdge(t *testing.T) {
	l := orb.Polygon{{{0, 0}, {4, 0}, {4, 2}, {2, 2}, {2, 4}, {0, 4}, {0, 0}}}
	for name, tt := range map[string]struct {
		area orb.Polygon
		want orb.Point
	}{
		"square": {square(0, -1, 2), orb.Point{1, 0}},
		"an L":   {l, orb.Point{1.17, 1.17}},
	} {
		got := Inside(orb.MultiPolygon{tt.area})
		if planar.Distance(got, tt.want) > 0.05 {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
	flat := orb.Polygon{{{0, 0}, {4, 0}, {0, 0}}}
	if got := Inside(orb.MultiPolygon{flat}); got != (orb.Point{2, 0}) {
		t.Errorf("an area without any: %v", got)
	}
}

func TestAreaAndMidpointAreGeodesic(t *testing.T) {
	degree := square(0, 0, 1)
	if km2 := Area(degree) / 1e6; math.Abs(km2-12_364) > 60 { // 111.195² km², near the equator
		t.Errorf("a square degree has %.0f km²", km2)
	}
	if a := Area(orb.LineString{{0, 0}, {1, 1}}); a != 0 {
		t.Errorf("a line has the area %g", a)
	}
	line := orb.MultiLineString{{{0, 0}, {1, 0}}, {{0, 60}, {10, 60}, {20, 60}}}
	if got := Midpoint(line); planar.Distance(got, orb.Point{10, 60}) > 1e-6 {
		t.Errorf("the middle of the longer line is %v", got)
	}
	if got := Midpoint(nil); got != (orb.Point{}) {
		t.Errorf("the middle of nothing is %v", got)
	}
}

func TestVectorsTurnBack(t *testing.T) {
	for _, p := range []orb.Point{{0, 0}, {180, 0}, {-179.5, 45}, {102.7, 25.04}, {0, 90}, {12, -89}} {
		if got := FromVector(UnitVector(p)); planar.Distance(got, p) > 1e-9 && math.Abs(p[1]) != 90 {
			t.Errorf("%v came back as %v", p, got)
		}
	}
}
