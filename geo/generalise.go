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
// once. Rings smaller than the tolerance squared vanish, but each area keeps its largest. The result has RFC 7946
// winding, and one area for each given.
func Generalise(areas []orb.MultiPolygon, tolerance float64) []orb.MultiPolygon {
	oriented := make([]orb.MultiPolygon, len(areas))
	for i, a := range areas {
		oriented[i] = Oriented(a)
	}
	g := generaliser{junctions: junctions(oriented), tolerance: tolerance}
	out := make([]orb.MultiPolygon, len(areas))
	for i, a := range oriented {
		out[i] = g.area(a)
	}
	return out
}

type generaliser struct {
	junctions map[orb.Point]bool
	tolerance float64
}

func (g generaliser) area(area orb.MultiPolygon) orb.MultiPolygon {
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

// ring simplifies each stretch of a ring between two junctions.
func (g generaliser) ring(ring orb.Ring) orb.Ring {
	open := ring[:len(ring)-1]
	start := slices.IndexFunc(open, func(p orb.Point) bool { return g.junctions[p] })
	if start < 0 { // an island or a lake: both sides of its shore must begin at the same vertex
		start = slices.Index(open, slices.MinFunc(open, comparePoints))
	}
	turned := slices.Concat(open[start:], open[:start], open[start:start+1])
	out := orb.Ring{turned[0]}
	for from, to := 0, 1; to < len(turned); to++ {
		if to == len(turned)-1 || g.junctions[turned[to]] {
			out = append(out, g.stretch(orb.LineString(turned[from : to+1]))[1:]...)
			from = to
		}
	}
	return out
}

// stretch simplifies in the direction that is the same from both sides of the boundary.
func (g generaliser) stretch(line orb.LineString) orb.LineString {
	l := slices.Clone(line)
	backwards := comparePoints(l[0], l[len(l)-1]) > 0 ||
		(l[0] == l[len(l)-1] && len(l) > 2 && comparePoints(l[1], l[len(l)-2]) > 0)
	if backwards {
		l.Reverse()
	}
	if l[0] == l[len(l)-1] {
		l = g.loop(l)
	} else {
		l = simplify.DouglasPeucker(g.tolerance).LineString(l)
	}
	if backwards {
		l.Reverse()
	}
	return l
}

// loop simplifies a closed stretch in two halves that meet at the vertex farthest from its start.
func (g generaliser) loop(l orb.LineString) orb.LineString {
	far, most := 0, -1.0
	for i, p := range l {
		if d := planar.DistanceSquared(l[0], p); d > most {
			far, most = i, d
		}
	}
	there := simplify.DouglasPeucker(g.tolerance).LineString(slices.Clone(l[:far+1]))
	back := simplify.DouglasPeucker(g.tolerance).LineString(slices.Clone(l[far:]))
	return append(there, back[1:]...)
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
// before. Rings and lines that collapse are left out.
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
		return orb.LineString(line(g))
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
			if r := roundedPolygon(p, line); len(r) > 0 {
				out = append(out, r)
			}
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
