package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// A segment is one edge of a simplified arc: that after its at-th kept position.
type segment struct {
	edge
	of *arc
	at int
}

// tangled finds the segments of arcs that meet other segments anywhere but in a vertex that both have, the last of each
// arc first. Segments are sorted into square cells, of so many tolerances, and compared within each.
func tangled(arcs []*arc, tolerance float64) []segment {
	const cellTolerances = 8
	type cell struct{ x, y int }
	cells := map[cell][]segment{}
	size := math.Max(tolerance, 1e-9) * cellTolerances
	var found []segment
	note := func(s segment) {
		if !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	for _, a := range arcs {
		line := a.simple()
		for i := 1; i < len(line); i++ {
			s := segment{edge{line[i-1], line[i]}, a, i - 1}
			b := orb.MultiPoint{s.from, s.to}.Bound()
			for x := int(math.Floor(b.Left() / size)); x <= int(math.Floor(b.Right()/size)); x++ {
				for y := int(math.Floor(b.Bottom() / size)); y <= int(math.Floor(b.Top()/size)); y++ {
					for _, other := range cells[cell{x, y}] {
						if s.meets(other.edge) {
							note(s)
							note(other)
						}
					}
					cells[cell{x, y}] = append(cells[cell{x, y}], s)
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b segment) int { return cmp.Compare(b.at, a.at) })
	return found
}

// meets says whether two edges share a point other than a common vertex.
func (e edge) meets(f edge) bool {
	if e.from == f.to || e.to == f.from {
		f = f.reversed()
	}
	switch {
	case e.from == f.from && e.to == f.to:
		return true
	case e.from == f.from:
		return sameDirection(e.from, e.to, f.to)
	case e.to == f.to:
		return sameDirection(e.to, e.from, f.from)
	}
	return e.parts(f) && f.parts(e) || e.holds(f.from) || e.holds(f.to) || f.holds(e.from) || f.holds(e.to)
}

// parts says whether the ends of another edge lie on different sides of the edge's line.
func (e edge) parts(f edge) bool { return turn(e.from, e.to, f.from)*turn(e.from, e.to, f.to) < 0 }

// turn is positive where c lies to the left of the way from a to b, 0 where it lies on the line.
func turn(a, b, c orb.Point) float64 {
	return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
}

// holds says whether a point lies on the edge.
func (e edge) holds(p orb.Point) bool {
	return turn(e.from, e.to, p) == 0 && orb.MultiPoint{e.from, e.to}.Bound().Contains(p)
}

// sameDirection says whether p and q lie in the same direction from a vertex, so that the edges to them overlap.
func sameDirection(vertex, p, q orb.Point) bool {
	return turn(vertex, p, q) == 0 && (p[0]-vertex[0])*(q[0]-vertex[0])+(p[1]-vertex[1])*(q[1]-vertex[1]) > 0
}
