package draw

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// riverName is a river of a tile that has a name.
type riverName struct {
	lines []orb.LineString
	name
}

// A river's name is written as the live map writes it (static/src/river-names.ts): along it, where it runs straightest.
const (
	riverNamesFrom = 4.0  // zoom
	afterRiver     = 0.75 // how many zooms after its line a name comes
	mostWinding    = 9.0  // how far a river may wind away from under its name, in pixels
	stretchStep    = 24.0 // how far apart the stretches are that are tried, in pixels
	nameAgain      = 420  // a name is not written twice within this, in pixels
	nameCell       = 13.0 // the side of the boxes that a slanting name takes, in pixels
)

// stretch is a piece of a line as long as a name, and how far the line leaves its chord, in pixels.
type stretch struct {
	from, to orb.Point
	winding  float64
}

// drawRiverNames writes the names of rivers that have room and gives what is taken after.
func (s *sheet) drawRiverNames(p *pen, rivers []riverName, face typeface, told map[string]bool, taken []box) []box {
	z, lang := s.view.zoom(), s.route.Lang
	if z < riverNamesFrom {
		return taken
	}
	written := map[string][]orb.Point{}
	for _, river := range rivers {
		text := river.in(lang)
		if !river.startsBy(z-afterRiver) || river.toldBy(told, lang) {
			continue
		}
		width := s.fonts.measure(text, face)
		var all []stretch
		for _, line := range river.lines {
			all = append(all, stretches(line, width+8)...)
		}
		slices.SortStableFunc(all, func(a, b stretch) int { return int(math.Round(10 * (a.winding - b.winding))) })
		for _, piece := range all {
			middle := orb.Point{(piece.from[0] + piece.to[0]) / 2, (piece.from[1] + piece.to[1]) / 2}
			near := func(p orb.Point) bool { return math.Hypot(p[0]-middle[0], p[1]-middle[1]) < nameAgain }
			if piece.winding > mostWinding || slices.ContainsFunc(written[text], near) {
				continue
			}
			angle := upright(math.Atan2(piece.to[1]-piece.from[1], piece.to[0]-piece.from[0]))
			cells := cellsOf(middle, angle, width)
			if slices.ContainsFunc(cells, func(b box) bool { return !free(b, taken, s.view.frame.grown(-6)) }) {
				continue
			}
			face.angle = angle
			sin, cos := math.Sincos(angle)
			p.text(middle[0]-sin*face.size*0.35, middle[1]+cos*face.size*0.35, text, face)
			written[text] = append(written[text], middle)
			taken = append(taken, cells...)
			break
		}
	}
	return taken
}

// upright turns a direction, in radians, so that letters along it do not stand on their heads.
func upright(angle float64) float64 {
	switch {
	case angle > math.Pi/2:
		return angle - math.Pi
	case angle < -math.Pi/2:
		return angle + math.Pi
	}
	return angle
}

// cellsOf are the boxes that a slanting text takes.
func cellsOf(middle orb.Point, angle, width float64) []box {
	sin, cos := math.Sincos(angle)
	var out []box
	for at := -width / 2; at <= width/2; at += nameCell * 0.8 {
		x, y := middle[0]+cos*at, middle[1]+sin*at
		out = append(out, box{x, y, x, y}.grown(nameCell/2))
	}
	return out
}

// stretches gives the pieces of a line whose ends are so many pixels apart.
func stretches(line orb.LineString, length float64) []stretch {
	var out []stretch
	walked := stretchStep
	for i, from := range line {
		if i > 0 {
			walked += math.Hypot(from[0]-line[i-1][0], from[1]-line[i-1][1])
		}
		if walked < stretchStep {
			continue
		}
		end := slices.IndexFunc(line[i:], func(p orb.Point) bool { return math.Hypot(p[0]-from[0], p[1]-from[1]) >= length })
		if end < 0 {
			break
		}
		walked = 0
		to := line[i+end]
		chord := math.Hypot(to[0]-from[0], to[1]-from[1])
		x, y := (to[0]-from[0])/chord, (to[1]-from[1])/chord
		winding := 0.0
		for _, p := range line[i : i+end] {
			winding = math.Max(winding, math.Abs((p[0]-from[0])*y-(p[1]-from[1])*x))
		}
		out = append(out, stretch{from, orb.Point{from[0] + x*length, from[1] + y*length}, winding})
	}
	return out
}
