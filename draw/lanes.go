package draw

import (
	"math"

	"github.com/paulmach/orb"
)

// Lines that would run upon each other are moved aside as the live map moves them (static/src/lanes.ts), in pixels.
const (
	laneWidth = 11
	tooNear   = 8 // lines nearer than this are taken for one
	mostLanes = 5 // to each side
)

// apart moves lines sideways so that none runs upon another; earlier ones choose first.
func apart(lines []orb.LineString) []orb.LineString {
	placed := make([]orb.LineString, 0, len(lines))
	for _, line := range lines {
		best, least := line, math.Inf(1)
		for i := 0; i <= 2*mostLanes && least > 0; i++ {
			lane := float64((i+1)/2) * laneWidth
			if i%2 == 0 {
				lane = -lane
			}
			moved := shifted(line, lane)
			touching := 0.0
			for _, other := range placed {
				touching += together(moved, other)
			}
			if touching < least {
				best, least = moved, touching
			}
		}
		placed = append(placed, best)
	}
	return placed
}

// shifted moves a line to the right of its direction by so many pixels, less towards its ends, which stay.
func shifted(line orb.LineString, by float64) orb.LineString {
	if by == 0 {
		return line
	}
	// A straight line of few positions has none in its middle to move.
	const steps = 24
	out := make(orb.LineString, steps+1)
	for i := range out {
		t := float64(i) / steps
		at, angle := along(line, t)
		sin, cos := math.Sincos(angle + math.Pi/2)
		aside := by * math.Sqrt(4*t*(1-t))
		out[i] = orb.Point{at[0] + cos*aside, at[1] + sin*aside}
	}
	return out
}

// together says at how many places, and how closely, a line runs upon another; that it crosses it once is nothing. The ends
// are left out: they mean nothing in an area and may meet in a town.
func together(line, other orb.LineString) float64 {
	sum := 0.0
	for i := range 9 {
		at, _ := along(line, 0.2+0.07*float64(i))
		sum += math.Max(0, 1-distance(at, other)/tooNear)
	}
	return math.Max(0, sum-1)
}

// distance is how far a point is from a line.
func distance(p orb.Point, line orb.LineString) float64 {
	least := math.Inf(1)
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		dx, dy := b[0]-a[0], b[1]-a[1]
		t := 0.0
		if d := dx*dx + dy*dy; d > 0 {
			t = math.Max(0, math.Min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/d))
		}
		least = math.Min(least, math.Hypot(p[0]-a[0]-t*dx, p[1]-a[1]-t*dy))
	}
	return least
}
