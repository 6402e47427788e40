package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// SharedBorderWithin returns the lines along which two areas touch: those of [SharedBorder] where the areas share edges,
// else the stretches of a's rings that keep within a tolerance (degrees) of b's, for areas of data sets that do not quite
// meet. A stretch has at least two vertices of a.
func SharedBorderWithin(a, b orb.MultiPolygon, tolerance float64) orb.MultiLineString {
	if exact := SharedBorder(a, b); len(exact) > 0 || tolerance <= 0 {
		return exact
	}
	near := newEdgeGrid(b, tolerance)
	beside := map[edge]bool{}
	for e := range edges(a) {
		if near.reach(e.from) && near.reach(e.to) {
			beside[e] = true
		}
	}
	var lines orb.MultiLineString
	for _, polygon := range a {
		for _, ring := range polygon {
			lines = append(lines, runs(ring, beside)...)
		}
	}
	return joinLines(lines)
}

// An edgeGrid finds the edges near a point: edges by the square cells, a tolerance wide or a little more, that they pass.
type edgeGrid struct {
	size, tolerance float64
	cells           map[[2]int][]edge
}

func newEdgeGrid(area orb.MultiPolygon, tolerance float64) edgeGrid {
	g := edgeGrid{math.Max(tolerance, 0.01), tolerance, map[[2]int][]edge{}}
	for e := range edges(area) {
		steps := int(math.Ceil(planar.Distance(e.from, e.to)/g.size)) + 1
		for i := range steps + 1 {
			t := float64(i) / float64(steps)
			c := g.cell(orb.Point{e.from[0] + t*(e.to[0]-e.from[0]), e.from[1] + t*(e.to[1]-e.from[1])})
			if !slices.Contains(g.cells[c], e) {
				g.cells[c] = append(g.cells[c], e)
			}
		}
	}
	return g
}

func (g edgeGrid) cell(p orb.Point) [2]int {
	return [2]int{int(math.Floor(p[0] / g.size)), int(math.Floor(p[1] / g.size))}
}

// reach says whether an edge lies within the tolerance of a point.
func (g edgeGrid) reach(p orb.Point) bool {
	c := g.cell(p)
	for dx := -2; dx <= 2; dx++ {
		for dy := -2; dy <= 2; dy++ {
			for _, e := range g.cells[[2]int{c[0] + dx, c[1] + dy}] {
				if planar.DistanceFromSegment(e.from, e.to, p) <= g.tolerance {
					return true
				}
			}
		}
	}
	return false
}
