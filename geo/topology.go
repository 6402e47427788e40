package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// An edge is a directed piece of a boundary between two neighbouring vertices.
type edge struct{ from, to orb.Point }

func (e edge) reversed() edge { return edge{e.to, e.from} }

// Oriented returns a copy with RFC 7946 winding: outer rings anticlockwise, holes clockwise. Rings of fewer than four
// positions are left out.
func Oriented(area orb.MultiPolygon) orb.MultiPolygon {
	out := make(orb.MultiPolygon, 0, len(area))
	for _, polygon := range area {
		var p orb.Polygon
		for i, ring := range polygon {
			if len(ring) < 4 {
				if i == 0 {
					break
				}
				continue
			}
			r := slices.Clone(ring)
			if want := Winding(i); r.Orientation() != want {
				r.Reverse()
			}
			p = append(p, r)
		}
		if len(p) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// Winding is how RFC 7946 wants the rings of an area to run: the first, which is the outer one, anticlockwise, the others clockwise.
func Winding(ring int) orb.Orientation {
	if ring == 0 {
		return orb.CCW
	}
	return orb.CW
}

// SharedBorder returns the lines along which two areas touch: the edges whose both vertices stand in both, exactly, in the
// order of a's rings. It is empty where the areas share no edge.
func SharedBorder(a, b orb.MultiPolygon) orb.MultiLineString {
	shared := map[edge]bool{}
	for e := range edges(b) {
		shared[e], shared[e.reversed()] = true, true
	}
	var lines orb.MultiLineString
	for _, polygon := range a {
		for _, ring := range polygon {
			lines = append(lines, runs(ring, shared)...)
		}
	}
	return joinLines(lines)
}

// runs gives the stretches of a ring whose edges are in the set; one that passes the ring's start comes in two, which [joinLines]
// joins.
func runs(ring orb.Ring, in map[edge]bool) []orb.LineString {
	var lines []orb.LineString
	var line orb.LineString
	for i := 1; i < len(ring); i++ {
		e := edge{ring[i-1], ring[i]}
		switch {
		case !in[e] && line != nil:
			lines, line = append(lines, line), nil
		case in[e] && line == nil:
			line = orb.LineString{e.from, e.to}
		case in[e]:
			line = append(line, e.to)
		}
	}
	if line != nil {
		lines = append(lines, line)
	}
	return lines
}

// joinLines joins lines where the end of one is the start of another.
func joinLines(lines orb.MultiLineString) orb.MultiLineString {
	for i := 0; i < len(lines); i++ {
		for j := 0; j < len(lines); j++ {
			if i == j || lines[i][len(lines[i])-1] != lines[j][0] || lines[i][0] == lines[i][len(lines[i])-1] {
				continue
			}
			lines[i] = append(lines[i], lines[j][1:]...)
			lines = slices.Delete(lines, j, j+1)
			i = -1
			break
		}
	}
	return lines
}

// sliver is the area, in square degrees (about 1 km²), below which a ring that only the joining made is a gap or an
// overlap between data that do not quite meet.
const sliver = 1e-4

// Dissolve joins areas into one. Edges that two of them share, exactly, cancel each other, and slivers between them
// vanish; areas that overlap more or that touch without sharing vertices stay side by side, and one that lies in another is a part of
// it. The result has RFC 7946 winding, and no ring of it touches itself.
func Dissolve(areas ...orb.MultiPolygon) orb.MultiPolygon {
	d := dissolver{left: map[edge]int{}, owner: map[edge]int{}}
	for i, area := range areas {
		for e := range edges(Oriented(area)) {
			if d.left[e.reversed()] > 0 {
				d.left[e.reversed()]--
				continue
			}
			d.left[e]++
			d.owner[e] = i
			d.order = append(d.order, e)
		}
	}
	return assemble(d.rings())
}

type dissolver struct {
	order []edge
	left  map[edge]int // how often an edge is left to be walked
	owner map[edge]int // which of the areas an edge comes from
}

// rings walks the edges that are left, with the inside on the left hand. Where several leave a vertex the leftmost turn
// is taken, so that rings that touch in a point stay apart; one that touches itself is cut there.
func (d dissolver) rings() []orb.Ring {
	leaving := map[orb.Point][]edge{}
	for _, e := range d.order {
		if d.left[e] > 0 && !slices.Contains(leaving[e.from], e) {
			leaving[e.from] = append(leaving[e.from], e)
		}
	}
	var rings []orb.Ring
	for _, first := range d.order {
		if d.left[first] <= 0 {
			continue
		}
		ring, mixed := orb.Ring{first.from}, false
		for e, ok := first, true; ok; e, ok = leftmost(e, leaving[e.to], d.left) {
			d.left[e]--
			mixed = mixed || d.owner[e] != d.owner[first]
			ring = append(ring, e.to)
			if e.to == first.from {
				break
			}
		}
		if !ring.Closed() {
			continue
		}
		for _, r := range withoutTouches(ring) {
			if !mixed || ringArea(r) >= sliver {
				rings = append(rings, r)
			}
		}
	}
	return rings
}

func leftmost(arriving edge, candidates []edge, left map[edge]int) (edge, bool) {
	back := bearingXY(arriving.to, arriving.from)
	var best edge
	found, least := false, math.Inf(1)
	for _, c := range candidates {
		if left[c] <= 0 {
			continue
		}
		turn := math.Mod(back-bearingXY(c.from, c.to)+4*math.Pi, 2*math.Pi)
		if turn == 0 {
			turn = 2 * math.Pi
		}
		if turn < least {
			best, least, found = c, turn, true
		}
	}
	return best, found
}

func bearingXY(from, to orb.Point) float64 { return math.Atan2(to[1]-from[1], to[0]-from[0]) }

// assemble puts each clockwise ring as a hole into the smallest anticlockwise ring around it. What lies in another's area is a part of
// that already.
func assemble(rings []orb.Ring) orb.MultiPolygon {
	var outers orb.MultiPolygon
	var holes []orb.Ring
	for _, r := range rings {
		if r.Orientation() == orb.CCW {
			outers = append(outers, orb.Polygon{r})
		} else {
			holes = append(holes, r)
		}
	}
	slices.SortStableFunc(outers, func(a, b orb.Polygon) int { return cmp.Compare(ringArea(a[0]), ringArea(b[0])) })
	bounds := make([]orb.Bound, len(outers))
	for i := range outers {
		bounds[i] = outers[i].Bound()
	}
	for _, hole := range holes {
		for i := range outers {
			if bounds[i].Contains(hole[0]) && holeInside(outers[i][0], hole) {
				outers[i] = append(outers[i], hole)
				break
			}
		}
	}
	return uncovered(outers)
}

// uncovered leaves out what lies in another's area, and turns the order, so that the largest comes first.
func uncovered(outers orb.MultiPolygon) orb.MultiPolygon {
	prepared := make([]*PreparedArea, len(outers)) // those with thousands of islands about them are asked again and again
	for i := range outers {
		prepared[i] = NewPreparedArea(outers[i])
	}
	var out orb.MultiPolygon
	for i := len(outers) - 1; i >= 0; i-- {
		ring, covered := outers[i][0], false
		middle := orb.Point{(ring[0][0] + ring[1][0]) / 2, (ring[0][1] + ring[1][1]) / 2}
		for j := i + 1; j < len(outers) && !covered; j++ {
			covered = prepared[j].Contains(middle) && covers(outers[j], ring)
		}
		if !covered {
			out = append(out, outers[i])
		}
	}
	return out
}

// covers says whether a ring lies in an area and in none of its holes.
func covers(area orb.Polygon, ring orb.Ring) bool {
	return holeInside(area[0], ring) && !slices.ContainsFunc(area[1:], func(hole orb.Ring) bool { return holeInside(hole, ring) })
}

// holeInside says whether a hole lies in a ring; vertices that both share decide nothing.
func holeInside(outer, hole orb.Ring) bool {
	for i := 1; i < len(hole); i++ {
		middle := orb.Point{(hole[i-1][0] + hole[i][0]) / 2, (hole[i-1][1] + hole[i][1]) / 2}
		if !slices.Contains(outer, hole[i]) || !slices.Contains(outer, hole[i-1]) {
			return planar.RingContains(outer, middle)
		}
	}
	return false
}

func ringArea(r orb.Ring) float64 { return math.Abs(planar.Area(r)) }

// edges gives every edge of an area in the order of its rings.
func edges(area orb.MultiPolygon) func(yield func(edge) bool) {
	return func(yield func(edge) bool) {
		for _, polygon := range area {
			for _, ring := range polygon {
				for i := 1; i < len(ring); i++ {
					if ring[i-1] != ring[i] && !yield(edge{ring[i-1], ring[i]}) {
						return
					}
				}
			}
		}
	}
}
