package draw

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/simplify"

	"corridor/geo"
)

// A view may show any part of the round globe, and a wide one parts of it twice. Geometries are cut at the antimeridian
// (RFC 7946, 3.1.9); here each is drawn on every turn of the globe on which the view shows it.

// boundOf is the smallest bound of geometries on the plane, or nearly the world's where they are nowhere. It ends beyond 180
// degrees where it crosses the antimeridian.
func boundOf(geometries ...orb.Geometry) orb.Bound {
	var parts orb.MultiLineString
	for _, g := range geometries {
		if at, ok := g.(orb.Point); ok {
			parts = append(parts, orb.LineString{at})
		}
		parts = append(parts, flat(g)...)
		for _, ring := range ringsOf(g) {
			parts = append(parts, orb.LineString(ring))
		}
	}
	parts = slices.DeleteFunc(parts, func(line orb.LineString) bool { return len(line) == 0 })
	if len(parts) == 0 {
		return orb.Bound{Min: orb.Point{-170, -80}, Max: orb.Point{170, 80}}
	}
	b := geo.Extent(parts)
	if b.Min[0] > b.Max[0] {
		b.Max[0] += 360
	}
	south, north := mercator(b.Min), mercator(b.Max)
	return orb.Bound{Min: orb.Point{b.Min[0], north[1]}, Max: orb.Point{b.Max[0], south[1]}}
}

// turns are the degrees by which a line is to be moved so that the view shows it, or what lies so many degrees beside it.
func (v view) turns(line orb.LineString, beside float64) []float64 {
	const edge = laneWidth*mostLanes + 12 // pixels, for what is moved aside or drawn about a line
	b, shown := line.Bound(), v.bound()
	beside += edge / v.scale
	var out []float64
	for n := math.Ceil((shown.Min[0] - beside - b.Max[0]) / 360); b.Min[0]+n*360 <= shown.Max[0]+beside; n++ {
		out = append(out, n*360)
	}
	return out
}

// again gives a pixel, and the others where the view shows the same spot.
func (v view) again(at orb.Point) []orb.Point {
	out := []orb.Point{at}
	for _, turn := range []float64{-360, 360} {
		if other := (orb.Point{at[0] + turn*v.scale, at[1]}); v.frame.grown(6).holds(other) {
			out = append(out, other)
		}
	}
	return out
}

// rings gives the rings of an area, in pixels.
func (v view) rings(g orb.Geometry) []orb.LineString {
	var out []orb.LineString
	for _, ring := range ringsOf(g) {
		for _, turn := range v.turns(orb.LineString(ring), 0) {
			line := v.line(orb.LineString(ring), turn)
			if !seen(line) || !line.Bound().Intersects(v.drawn.grown(12).bound()) {
				continue
			}
			// What is cut off is far enough from what is drawn that no line along the cut is seen.
			if line = orb.LineString(clip.Ring(v.drawn.grown(40).bound(), orb.Ring(line))); len(line) > 3 {
				out = append(out, line)
			}
		}
	}
	return out
}

// ringsAbout gives the rings of an area once, where a pixel of it is.
func (v view) ringsAbout(at orb.Point, g orb.Geometry) []orb.LineString {
	return slices.DeleteFunc(v.rings(g), func(ring orb.LineString) bool {
		return math.Abs(ring.Bound().Center()[0]-at[0]) > 180*v.scale
	})
}

// around gives the lines around an area whose rings are given in pixels: the rings, but of an area that the antimeridian cuts
// those that are no such cut.
func (v view) around(g orb.Geometry, rings []orb.LineString) []orb.LineString {
	for _, ring := range ringsOf(g) {
		for i := 1; i < len(ring); i++ {
			if onSeam(ring[i-1], ring[i]) {
				return v.shared([]orb.Geometry{g})
			}
		}
	}
	return rings
}

// onSeam says whether a step runs along the antimeridian, where an area is cut that goes on beyond it.
func onSeam(a, b orb.Point) bool { return math.Abs(a[0]) == 180 && a[0] == b[0] }

// lines gives the lines of a line, in pixels: each whole, as often as the view shows it, or what lies beside it by a share of
// its length.
func (v view) lines(g orb.Geometry, beside float64) []orb.LineString {
	var out []orb.LineString
	for _, line := range whole(flat(g)) {
		b := line.Bound()
		for _, turn := range v.turns(line, beside*(b.Max[0]-b.Min[0]+b.Max[1]-b.Min[1])) {
			out = append(out, v.line(line, turn))
		}
	}
	return out
}

// whole puts lines together that were cut at the antimeridian; they go on beyond it.
func whole(lines []orb.LineString) []orb.LineString {
	var out []orb.LineString
	for _, line := range lines {
		if len(line) == 0 {
			continue
		}
		if n := len(out) - 1; n >= 0 {
			last := out[n][len(out[n])-1]
			if turn := last[0] - line[0][0]; math.Abs(line[0][0]) == 180 && math.Mod(turn, 360) == 0 && last[1] == line[0][1] {
				for _, p := range line[1:] {
					out[n] = append(out[n], orb.Point{p[0] + turn, p[1]})
				}
				continue
			}
		}
		out = append(out, slices.Clone(line))
	}
	return out
}

// line projects a line that is moved by so many degrees and leaves out detail that is too fine to see.
func (v view) line(line orb.LineString, turn float64) orb.LineString {
	out := make(orb.LineString, len(line))
	for i, p := range line {
		out[i] = v.plane(mercator(orb.Point{p[0] + turn, p[1]}))
	}
	return rounded(simplify.DouglasPeucker(v.detail).LineString(out), v.detail)
}
