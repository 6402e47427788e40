package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// grid is the side, in degrees of latitude, of the cells to whose middles points of a precision are brought: about half of how
// far from such a point the place may lie that is meant, and a decimal fraction so that the numbers show how coarse they are.
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

// gridDecimals is how many decimals show the middle of a cell, and more than enough for its corners.
func gridDecimals(step float64) int { return int(math.Ceil(-math.Log10(step))) + 1 }

// Coarsen gives a copy that holds no more detail than a precision has: points come to the middle of a cell of the grid,
// lines and areas are simplified to a cell's size together with their neighbours' edges and rounded, of which [Rounded] says what
// is left out. What is coarser already stays as it is: coarsening twice is coarsening once. A precision outside the ladder changes
// nothing.
func Coarsen(g orb.Geometry, to Precision) orb.Geometry {
	step := to.grid()
	if step == 0 {
		return orb.Clone(g)
	}
	decimals := gridDecimals(step)
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

// Cell gives the cell of a precision's grid in which a point lies, whose middle [Coarsen] brings the point to: no more than
// that is known of a place when its coordinates are coarser than a town. Cells end at the antimeridian and the poles. A
// precision without a grid has none.
func Cell(p orb.Point, of Precision) orb.Polygon {
	step := of.grid()
	if step == 0 {
		return nil
	}
	west, south := cellOf(p.Lon(), step, 180)*step, cellOf(p.Lat(), step, 90)*step
	ring := orb.Ring{{west, south}, {west + step, south}, {west + step, south + step}, {west, south + step}, {west, south}}
	polygon, _ := Rounded(orb.Polygon{ring}, gridDecimals(step)).(orb.Polygon)
	return polygon
}

// middle is that of the cell in which a coordinate lies.
func middle(v, step, limit float64) float64 { return (cellOf(v, step, limit) + 0.5) * step }

// cellOf is the number of the cell in which a coordinate lies, counted from zero degrees; the last one ends at the limit and holds it.
func cellOf(v, step, limit float64) float64 {
	cells := math.Round(limit / step)
	return math.Min(math.Max(math.Floor(v/step+1e-9), -cells), cells-1)
}
