package geo

import (
	"container/heap"
	"math"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"
)

// Representative is a point to stand for an area: the mean position of the area's largest part, or [Inside] where that
// lies outside of it.
func Representative(area orb.MultiPolygon) orb.Point {
	i := largestOnSphere(area)
	if i < 0 {
		return orb.Point{}
	}
	if mean := meanPosition(area[i]); planar.PolygonContains(area[i], mean) {
		return mean
	}
	return Inside(area)
}

// Inside is the point of an area that lies farthest from its edge, to within a hundredth of the area's size: its pole of
// inaccessibility, found by halving cells (V. Agafonkin, "A new algorithm for finding a visual center of a polygon", 2016).
// East-west distances are shortened as they are at the middle latitude of the largest part, in which the point lies.
func Inside(area orb.MultiPolygon) orb.Point {
	i := largestOnSphere(area)
	if i < 0 {
		return orb.Point{}
	}
	b := area[i].Bound()
	squeeze := math.Max(math.Cos(radians(b.Center()[1])), 0.01)
	part := squeezed(area[i], squeeze)
	b = part.Bound()
	size := math.Min(b.Right()-b.Left(), b.Top()-b.Bottom())
	if size == 0 {
		return orb.Point{b.Center()[0] / squeeze, b.Center()[1]}
	}
	best := newCell(b.Center(), 0, part)
	queue := &cellQueue{}
	for x := b.Left(); x < b.Right(); x += size {
		for y := b.Bottom(); y < b.Top(); y += size {
			heap.Push(queue, newCell(orb.Point{x + size/2, y + size/2}, size/2, part))
		}
	}
	const precision = 0.01
	for queue.Len() > 0 {
		c, _ := heap.Pop(queue).(cell)
		if c.clearance > best.clearance {
			best = c
		}
		if c.most()-best.clearance <= precision*size {
			continue
		}
		h := c.half / 2
		for _, d := range [][2]float64{{-h, -h}, {h, -h}, {-h, h}, {h, h}} {
			heap.Push(queue, newCell(orb.Point{c.middle[0] + d[0], c.middle[1] + d[1]}, h, part))
		}
	}
	return orb.Point{best.middle[0] / squeeze, best.middle[1]}
}

// A cell is a square in which the point farthest from the edge may lie.
type cell struct {
	middle    orb.Point
	half      float64 // of its side
	clearance float64 // from the middle to the edge, negative outside
}

func newCell(middle orb.Point, half float64, part orb.Polygon) cell {
	d := edgeDistance(part, middle)
	if !planar.PolygonContains(part, middle) {
		d = -d
	}
	return cell{middle, half, d}
}

// most is the greatest clearance that any point of the cell can have.
func (c cell) most() float64 { return c.clearance + c.half*math.Sqrt2 }

type cellQueue []cell

func (q cellQueue) Len() int           { return len(q) }
func (q cellQueue) Less(i, j int) bool { return q[i].most() > q[j].most() }
func (q cellQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push is for container/heap.
func (q *cellQueue) Push(c any) {
	if c, ok := c.(cell); ok {
		*q = append(*q, c)
	}
}

// Pop is for container/heap.
func (q *cellQueue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

func squeezed(p orb.Polygon, by float64) orb.Polygon {
	out := p.Clone()
	for _, ring := range out {
		for i := range ring {
			ring[i][0] *= by
		}
	}
	return out
}

// meanPosition is the mean of longitude and of latitude over a polygon, each piece of it weighed by its area on the
// sphere: ∮ x²/2 cos y dy and ∮ x y cos y dy, by Green's theorem, along edges cut into short pieces.
func meanPosition(p orb.Polygon) orb.Point {
	const pieces = 4
	var area, lon, lat float64
	for _, ring := range p {
		for i := 1; i < len(ring); i++ {
			from, to := ring[i-1], ring[i]
			dy := (to[1] - from[1]) / pieces
			for k := range pieces {
				t := (float64(k) + 0.5) / pieces
				x, y := from[0]+t*(to[0]-from[0]), from[1]+t*(to[1]-from[1])
				piece := math.Cos(radians(y)) * dy
				area += x * piece
				lon += x * x / 2 * piece
				lat += x * y * piece
			}
		}
	}
	if area == 0 {
		return p.Bound().Center()
	}
	return orb.Point{lon / area, lat / area}
}

// Midpoint is the point halfway along the longest of some lines, by geodesic length.
func Midpoint(lines orb.MultiLineString) orb.Point {
	var longest orb.LineString
	for _, l := range lines {
		if longest == nil || Length(l) > Length(longest) {
			longest = l
		}
	}
	if len(longest) == 0 {
		return orb.Point{}
	}
	left := Length(longest) / 2
	for i := 1; i < len(longest); i++ {
		from, to := longest[i-1], longest[i]
		d := orbgeo.Distance(from, to)
		if d >= left && d > 0 {
			t := left / d
			return orb.Point{from[0] + t*(to[0]-from[0]), from[1] + t*(to[1]-from[1])}
		}
		left -= d
	}
	return longest[len(longest)-1]
}

// Area is the geodesic area of a polygon or of several in square metres, 0 for points and lines.
func Area(g orb.Geometry) float64 { return math.Abs(orbgeo.Area(g)) }

// Length is the length of lines, and of the rings of areas, in geodesic metres.
func Length(g orb.Geometry) float64 { return orbgeo.Length(g) }

func largestOnSphere(area orb.MultiPolygon) int {
	best, most := -1, -1.0
	for i, p := range area {
		if len(p) == 0 {
			continue
		}
		if a := Area(p); a > most {
			best, most = i, a
		}
	}
	return best
}
