package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// Metres is about how far from a point of this precision the place may lie that is meant; 0 for [Unknown] and [Border],
// which say nothing of the kind.
func (p Precision) Metres() float64 {
	switch p {
	case Exact:
		return 100
	case Settlement:
		return 2_000
	case District:
		return 15_000
	case Prefecture:
		return 50_000
	case Province:
		return 150_000
	case Country:
		return 500_000
	case Region:
		return 1_000_000
	}
	return 0
}

// grid is the side, in degrees of latitude, of the cells to whose middles points of a precision are brought: about half
// of [Precision.Metres], and a decimal fraction so that the numbers show how coarse they are.
func (p Precision) grid() float64 {
	switch p {
	case Exact:
		return 0.001
	case Settlement:
		return 0.01
	case District:
		return 0.1
	case Prefecture:
		return 0.25
	case Province:
		return 1
	case Country:
		return 2.5
	case Region, Unknown:
		return 5
	}
	return 0
}

// Coarsen gives a copy that holds no more detail than a precision has: points come to the middle of a cell of the grid,
// lines and areas are simplified to a cell's size together with their neighbours' edges and rounded. What is coarser
// already stays as it is: coarsening twice is coarsening once. A precision outside the ladder changes nothing.
func Coarsen(g orb.Geometry, to Precision) orb.Geometry {
	step := to.grid()
	if step == 0 {
		return orb.Clone(g)
	}
	decimals := int(math.Ceil(-math.Log10(step))) + 1
	switch g := g.(type) {
	case orb.Point:
		return Rounded(orb.Point{middle(g[0], step, 180), middle(g[1], step, 90)}, decimals)
	case orb.MultiPoint:
		out := make(orb.MultiPoint, 0, len(g))
		for _, p := range g {
			if c, ok := Coarsen(p, to).(orb.Point); ok && (len(out) == 0 || out[len(out)-1] != c) {
				out = append(out, c)
			}
		}
		return out
	case orb.LineString, orb.MultiLineString:
		return Rounded(simplify.DouglasPeucker(step).Simplify(orb.Clone(g)), decimals)
	case orb.Polygon:
		return Coarsen(orb.MultiPolygon{g}, to)
	case orb.MultiPolygon:
		return Rounded(Generalise([]orb.MultiPolygon{g}, step)[0], decimals)
	}
	return orb.Clone(g)
}

// middle is that of the cell in which a coordinate lies; the last cell ends at the limit.
func middle(v, step, limit float64) float64 {
	cell := math.Floor(v/step + 1e-9)
	return math.Min(math.Max((cell+0.5)*step, -limit), limit)
}
