package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// PreparedArea answers again and again whether points lie in one area. Its edges stand in bands of latitude, so that a point is
// compared with the edges of its band alone.
type PreparedArea struct {
	bound  orb.Bound
	bands  [][][2]orb.Point // of equal height, from south to north
	height float64          // of a band, degrees
}

// NewPreparedArea prepares an area; in any other geometry nothing lies.
func NewPreparedArea(g orb.Geometry) *PreparedArea {
	var area orb.MultiPolygon
	switch g := g.(type) {
	case orb.Polygon:
		area = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		area = g
	}
	in := &PreparedArea{bound: area.Bound()}
	edges := 0
	for _, p := range area {
		for _, ring := range p {
			edges += len(ring)
		}
	}
	if edges == 0 {
		return in
	}
	in.bands = make([][][2]orb.Point, edges/4+1)
	in.height = math.Max((in.bound.Top()-in.bound.Bottom())/float64(len(in.bands)), math.SmallestNonzeroFloat32)
	for _, p := range area {
		for _, ring := range p {
			for i := 1; i < len(ring); i++ {
				a, b := ring[i-1], ring[i]
				for n := in.band(math.Min(a[1], b[1])); n <= in.band(math.Max(a[1], b[1])); n++ {
					in.bands[n] = append(in.bands[n], [2]orb.Point{a, b})
				}
			}
		}
	}
	return in
}

func (in *PreparedArea) band(lat float64) int {
	return min(max(int((lat-in.bound.Bottom())/in.height), 0), len(in.bands)-1)
}

// Contains says whether a point, in degrees, lies in the area. One on its very edge may count as either.
func (in *PreparedArea) Contains(p orb.Point) bool {
	if len(in.bands) == 0 || !in.bound.Contains(p) {
		return false
	}
	inside := false
	for _, e := range in.bands[in.band(p[1])] {
		a, b := e[0], e[1]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1]) {
			inside = !inside
		}
	}
	return inside
}
