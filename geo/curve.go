package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// maxMercator is the latitude, in degrees, beyond which a curve is not drawn: Web Mercator's own limit.
const maxMercator = 85.05

// Curve draws a generalised curve of n positions (at least 2) from one point to another: a quadratic Bézier curve whose
// middle stands bend times the chord's length to the left of the way (to the right where bend is negative). It goes the
// short way round the globe and is cut at the antimeridian, so that it comes as more than one line only there. It is
// never a path: it only joins two places legibly.
func Curve(from, to orb.Point, bend float64, n int) orb.MultiLineString {
	n = max(n, 2)
	end := orb.Point{from[0] + shortWay(to[0]-from[0]), to[1]}
	dx, dy := end[0]-from[0], end[1]-from[1]
	control := orb.Point{(from[0]+end[0])/2 - 2*bend*dy, (from[1]+end[1])/2 + 2*bend*dx}
	line := make(orb.LineString, 0, n)
	for i := range n {
		t := float64(i) / float64(n-1)
		line = append(line, orb.Point{
			onMeridian(bezier(from[0], control[0], end[0], t)),
			math.Max(-maxMercator, math.Min(maxMercator, bezier(from[1], control[1], end[1], t))),
		})
	}
	return cutAtAntimeridian(line)
}

func bezier(a, b, c, t float64) float64 { return (1-t)*(1-t)*a + 2*(1-t)*t*b + t*t*c }

// shortWay brings a difference of longitudes into [-180, 180].
func shortWay(degrees float64) float64 {
	d := math.Mod(degrees, 360)
	switch {
	case d > 180:
		return d - 360
	case d < -180:
		return d + 360
	}
	return d
}

// onMeridian brings a longitude that missed the antimeridian by the rounding of a sum onto it, so that what ends there is not
// cut there.
func onMeridian(lon float64) float64 {
	const rounding = 1e-9 // degrees
	if meridian := math.Copysign(180, lon); math.Abs(lon-meridian) < rounding {
		return meridian
	}
	return lon
}

// cutAtAntimeridian brings a continuous line, whose longitudes may pass ±180, into [-180, 180] in pieces that meet the
// antimeridian at the same latitude. A line that only begins or ends on it has no piece on its other side.
func cutAtAntimeridian(line orb.LineString) orb.MultiLineString {
	if !slices.ContainsFunc(line, func(p orb.Point) bool { return turns(p[0]) != 0 }) {
		return orb.MultiLineString{line}
	}
	var out orb.MultiLineString
	add := func(piece orb.LineString) {
		if slices.ContainsFunc(piece, func(p orb.Point) bool { return p != piece[0] }) {
			out = append(out, piece)
		}
	}
	piece := make(orb.LineString, 0, len(line))
	world := turns(line[0][0])
	for i, p := range line {
		for w := turns(p[0]); i > 0 && w != world; {
			step := math.Copysign(1, w-world)
			meridian := world*360 + step*180
			before := line[i-1]
			lat := before[1]
			if p[0] != before[0] {
				lat += (p[1] - before[1]) * (meridian - before[0]) / (p[0] - before[0])
			}
			piece = append(piece, orb.Point{step * 180, lat})
			add(piece)
			piece = orb.LineString{{-step * 180, lat}}
			world += step
		}
		piece = append(piece, orb.Point{p[0] - world*360, p[1]})
	}
	add(piece)
	return out
}

// turns tells in which turn of the globe a longitude lies: 0 for [-180, 180].
func turns(lon float64) float64 {
	if lon >= -180 && lon <= 180 {
		return 0
	}
	return math.Floor((lon + 180) / 360)
}
