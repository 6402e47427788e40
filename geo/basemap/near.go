package basemap

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// reach is how far apart two drawings of the same boundary may lie, in degrees: editions of
// Natural Earth differ by some kilometres.
const reach = 0.12

// near finds what lies by any of some lines. Its cells are as wide as the reach.
type near struct{ cells map[[2]int][][2]orb.Point }

func newNear(lines []orb.LineString) *near {
	n := &near{map[[2]int][][2]orb.Point{}}
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			n.add(line[i-1], line[i])
		}
	}
	return n
}

func cellOf(p orb.Point) [2]int {
	return [2]int{int(math.Floor(p[0] / reach)), int(math.Floor(p[1] / reach))}
}

func (n *near) add(a, b orb.Point) {
	low, high := cellOf(orb.Point{min(a[0], b[0]), min(a[1], b[1])}), cellOf(orb.Point{max(a[0], b[0]), max(a[1], b[1])})
	for x := low[0] - 1; x <= high[0]+1; x++ {
		for y := low[1] - 1; y <= high[1]+1; y++ {
			n.cells[[2]int{x, y}] = append(n.cells[[2]int{x, y}], [2]orb.Point{a, b})
		}
	}
}

func (n *near) has(p orb.Point) bool {
	for _, s := range n.cells[cellOf(p)] {
		if planar.DistanceFromSegment(s[0], s[1], p) <= reach {
			return true
		}
	}
	return false
}
