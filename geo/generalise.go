package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// Generalise simplifies areas together (Douglas-Peucker, tolerance in degrees) so that neighbours which share vertices
// still meet afterwards: boundaries are cut where more than two of them come together, and each stretch is simplified
// once. Stretches that would then cross or touch one another keep more of their detail, so that valid areas stay valid.
// Rings smaller than the tolerance squared vanish, but each area keeps its largest. The result has RFC 7946 winding, and
// one area for each given.
func Generalise(areas []orb.MultiPolygon, tolerance float64) []orb.MultiPolygon {
	oriented := make([]orb.MultiPolygon, len(areas))
	for i, a := range areas {
		oriented[i] = Oriented(a)
	}
	g := generaliser{junctions: junctions(oriented), tolerance: tolerance, arcs: map[arcKey]*arc{}}
	for _, a := range oriented {
		for _, polygon := range a {
			for _, ring := range polygon {
				g.cut(ring)
			}
		}
	}
	g.untangle()
	out := make([]orb.MultiPolygon, len(areas))
	for i, a := range oriented {
		out[i] = g.area(a)
	}
	return out
}

type generaliser struct {
	junctions map[orb.Point]bool
	tolerance float64
	arcs      map[arcKey]*arc
	order     []*arc
}

// An arc is a stretch of boundary between two junctions, or a whole ring without any.
type arc struct {
	full orb.LineString
	keep []int // the positions of full that are kept, in order
}

func (a *arc) simple() orb.LineString {
	line := make(orb.LineString, len(a.keep))
	for i, k := range a.keep {
		line[i] = a.full[k]
	}
	return line
}

// arcKey tells arcs apart, whichever side of the boundary they are read from.
type arcKey struct {
	first, second, last orb.Point
	positions           int
}

// area puts an area together again from its simplified arcs.
func (g *generaliser) area(area orb.MultiPolygon) orb.MultiPolygon {
	var out orb.MultiPolygon
	largest := largestRing(area)
	for i, polygon := range area {
		var p orb.Polygon
		for j, ring := range polygon {
			r := g.ring(ring)
			if len(r) < 4 || ringArea(r) < g.tolerance*g.tolerance {
				if j > 0 {
					continue
				}
				if i != largest {
					break
				}
				r = ring
			}
			p = append(p, r)
		}
		if len(p) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// ring is a ring of its simplified arcs.
func (g *generaliser) ring(ring orb.Ring) orb.Ring {
	var out orb.Ring
	for _, s := range g.cut(ring) {
		line := s.arc.simple()
		if s.backwards {
			line.Reverse()
		}
		if len(out) > 0 {
			line = line[1:]
		}
		out = append(out, line...)
	}
	return out
}

// A side is an arc as one ring runs along it.
type side struct {
	arc       *arc
	backwards bool
}

// cut gives the arcs of a ring in order; arcs that are new are noted and simplified.
func (g *generaliser) cut(ring orb.Ring) []side {
	open := ring[:len(ring)-1]
	start := slices.IndexFunc(open, func(p orb.Point) bool { return g.junctions[p] })
	if start < 0 { // an island or a lake: both sides of its shore must begin at the same vertex
		start = slices.Index(open, slices.MinFunc(open, comparePoints))
	}
	turned := slices.Concat(open[start:], open[:start], open[start:start+1])
	var sides []side
	for from, to := 0, 1; to < len(turned); to++ {
		if to == len(turned)-1 || g.junctions[turned[to]] {
			sides = append(sides, g.side(orb.LineString(turned[from:to+1])))
			from = to
		}
	}
	return sides
}

func (g *generaliser) side(l orb.LineString) side {
	last := len(l) - 1
	backwards := comparePoints(l[0], l[last]) > 0 || (l[0] == l[last] && last > 1 && comparePoints(l[1], l[last-1]) > 0)
	line := slices.Clone(l)
	if backwards {
		line.Reverse()
	}
	key := arcKey{line[0], line[1], line[last], len(line)}
	a := g.arcs[key]
	if a == nil {
		a = &arc{full: line}
		a.simplify(g.tolerance)
		g.arcs[key] = a
		g.order = append(g.order, a)
	}
	return side{a, backwards}
}

// simplify chooses what to keep; a closed arc is simplified in two halves that meet at the vertex farthest from its start.
func (a *arc) simplify(tolerance float64) {
	l := a.full
	far := len(l) - 1
	if l[0] == l[far] {
		far = farthest(l, func(p orb.Point) float64 { return planar.DistanceSquared(l[0], p) })
	}
	line := simplify.DouglasPeucker(tolerance).LineString(slices.Clone(l[:far+1]))
	if far < len(l)-1 {
		line = append(line, simplify.DouglasPeucker(tolerance).LineString(slices.Clone(l[far:]))[1:]...)
	}
	next := 0
	for i, p := range l {
		if next < len(line) && line[next] == p {
			a.keep = append(a.keep, i)
			next++
		}
	}
}

// refine keeps one more position of the stretch after the i-th kept one: that farthest from its straight line. It says
// whether there was one.
func (a *arc) refine(i int) bool {
	from, to := a.keep[i], a.keep[i+1]
	if to-from < 2 {
		return false
	}
	between := farthest(a.full[from+1:to], func(p orb.Point) float64 {
		return planar.DistanceFromSegmentSquared(a.full[from], a.full[to], p)
	})
	a.keep = slices.Insert(a.keep, i+1, from+1+between)
	return true
}

func farthest(l orb.LineString, distance func(orb.Point) float64) int {
	best, most := 0, -1.0
	for i, p := range l {
		if d := distance(p); d > most {
			best, most = i, d
		}
	}
	return best
}

// untangle gives detail back where arcs cross or touch after simplification, until none do or all detail is back.
func (g *generaliser) untangle() {
	const rounds = 64
	for range rounds {
		refined := false
		for _, s := range tangled(g.order, g.tolerance) {
			refined = s.of.refine(s.at) || refined
		}
		if !refined {
			return
		}
	}
}

// junctions are the vertices where the boundaries of the areas part: those with other than two neighbours.
func junctions(areas []orb.MultiPolygon) map[orb.Point]bool {
	neighbours := map[orb.Point][]orb.Point{}
	add := func(p, q orb.Point) {
		if list := neighbours[p]; len(list) < 3 && !slices.Contains(list, q) {
			neighbours[p] = append(list, q)
		}
	}
	for _, a := range areas {
		for e := range edges(a) {
			add(e.from, e.to)
			add(e.to, e.from)
		}
	}
	out := map[orb.Point]bool{}
	for p, list := range neighbours {
		if len(list) != 2 {
			out[p] = true
		}
	}
	return out
}

func largestRing(area orb.MultiPolygon) int {
	best, most := -1, -1.0
	for i, p := range area {
		if a := ringArea(p[0]); a > most {
			best, most = i, a
		}
	}
	return best
}

func comparePoints(a, b orb.Point) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// Rounded returns a copy with every coordinate at so many decimals, and without positions that then repeat the one
// before. Lines and rings that collapse are left out, and so is an area whose outer ring does: where nothing is left, the copy
// is an empty geometry of the same type. In areas of several parts a ring that touches itself then is cut there, so that what was valid is
// so again.
func Rounded(g orb.Geometry, decimals int) orb.Geometry {
	scale := math.Pow10(decimals)
	round := func(p orb.Point) orb.Point {
		return orb.Point{math.Round(p[0]*scale) / scale, math.Round(p[1]*scale) / scale}
	}
	line := func(points []orb.Point) []orb.Point {
		out := make([]orb.Point, 0, len(points))
		for _, p := range points {
			if r := round(p); len(out) == 0 || out[len(out)-1] != r {
				out = append(out, r)
			}
		}
		return out
	}
	switch g := g.(type) {
	case orb.Point:
		return round(g)
	case orb.LineString:
		if r := line(g); len(r) > 1 {
			return orb.LineString(r)
		}
		return orb.LineString{}
	case orb.MultiLineString:
		var out orb.MultiLineString
		for _, l := range g {
			if r := line(l); len(r) > 1 {
				out = append(out, r)
			}
		}
		return out
	case orb.Polygon:
		return roundedPolygon(g, line)
	case orb.MultiPolygon:
		var out orb.MultiPolygon
		for _, p := range g {
			out = append(out, roundedParts(p, line)...)
		}
		return out
	}
	return g
}

func roundedPolygon(p orb.Polygon, line func([]orb.Point) []orb.Point) orb.Polygon {
	var out orb.Polygon
	for i, ring := range p {
		r := line(ring)
		if len(r) >= 4 {
			out = append(out, r)
		} else if i == 0 {
			return nil
		}
	}
	return out
}

// roundedParts rounds an area's rings and gives the areas that they then enclose.
func roundedParts(p orb.Polygon, line func([]orb.Point) []orb.Point) orb.MultiPolygon {
	var out orb.MultiPolygon
	var holes []orb.Ring
	for i, ring := range p {
		for _, r := range withoutTouches(line(ring)) {
			if (i == 0) == (r.Orientation() == ring.Orientation()) { // what a ring encloses the other way round is none of what it enclosed
				out = append(out, orb.Polygon{r})
			} else {
				holes = append(holes, r)
			}
		}
	}
	for _, hole := range holes {
		around := 0
		if len(out) != 1 {
			around = slices.IndexFunc(out, func(p orb.Polygon) bool {
				return !slices.ContainsFunc(hole, func(q orb.Point) bool { return !planar.RingContains(p[0], q) })
			})
		}
		if around >= 0 {
			out[around] = append(out[around], hole)
		}
	}
	return out
}

// withoutTouches cuts a ring wherever it comes to a position again. Stretches that it goes to and fro enclose nothing and are left out.
func withoutTouches(ring orb.Ring) []orb.Ring {
	var rings []orb.Ring
	var way orb.Ring
	at := make(map[orb.Point]int, len(ring))
	for _, p := range ring {
		from, again := at[p]
		if !again {
			at[p] = len(way)
			way = append(way, p)
			continue
		}
		if loop := append(slices.Clone(way[from:]), p); len(loop) >= 4 && ringArea(loop) > 0 {
			rings = append(rings, loop)
		}
		for _, left := range way[from+1:] {
			delete(at, left)
		}
		way = way[:from+1]
	}
	return rings
}
