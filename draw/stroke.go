package draw

import (
	"math"

	"github.com/paulmach/orb"
)

// outline gives shapes that together cover a stroke of lines, all of them turning the same way round, for pictures of
// pixels: the canvas's own stroke unites its shapes first, which takes seconds for a coast.
func outline(lines []orb.LineString, width float64, round bool) []orb.LineString {
	var out []orb.LineString
	half := width / 2
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			a, b := line[i-1], line[i]
			length := math.Hypot(b[0]-a[0], b[1]-a[1])
			if length < 1e-9 {
				continue
			}
			x, y := (b[0]-a[0])/length*half, (b[1]-a[1])/length*half
			out = append(out, orb.LineString{
				{a[0] - y, a[1] + x}, {b[0] - y, b[1] + x}, {b[0] + y, b[1] - x}, {a[0] + y, a[1] - x},
			})
		}
		out = append(out, joints(line, half, round)...)
	}
	return out
}

// joints gives discs at a line's corners, where a stroke is wide enough to show a gap, and at round ends.
func joints(line orb.LineString, radius float64, round bool) []orb.LineString {
	const seen = 0.7 // a narrower stroke shows no gap
	if radius < seen {
		return nil
	}
	corners := 8
	if radius > 2 {
		corners = 14
	}
	var out []orb.LineString
	for i, at := range line {
		if !round && (i == 0 || i == len(line)-1) {
			continue
		}
		disc := make(orb.LineString, corners)
		for n := range disc {
			sin, cos := math.Sincos(-float64(n) / float64(corners) * 2 * math.Pi)
			disc[n] = orb.Point{at[0] + cos*radius, at[1] + sin*radius}
		}
		out = append(out, disc)
	}
	return out
}

// dashed cuts lines into dashes with gaps between them, both in pixels.
func dashed(lines []orb.LineString, dash, gap float64) []orb.LineString {
	var out []orb.LineString
	for _, line := range lines {
		rest, on := dash, true
		var piece orb.LineString
		for i, at := range line {
			if i == 0 {
				piece = orb.LineString{at}
				continue
			}
			from := line[i-1]
			for step := math.Hypot(at[0]-from[0], at[1]-from[1]); step > rest; step = math.Hypot(at[0]-from[0], at[1]-from[1]) {
				cut := orb.Point{from[0] + (at[0]-from[0])*rest/step, from[1] + (at[1]-from[1])*rest/step}
				if on {
					out = append(out, append(piece, cut))
				}
				from, on, piece = cut, !on, orb.LineString{cut}
				if rest = gap; on {
					rest = dash
				}
			}
			rest -= math.Hypot(at[0]-from[0], at[1]-from[1])
			piece = append(piece, at)
		}
		if on && len(piece) > 1 {
			out = append(out, piece)
		}
	}
	return out
}
