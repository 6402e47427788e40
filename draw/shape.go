package draw

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// A hatching says how the lines of a hatch run: so many pixels apart, at an angle in degrees clockwise from the x axis.
type hatching struct {
	apart, angle float64
	dashes       []float64
}

// hatch gives the lines of a hatching that lie inside of rings by the even-odd rule.
func hatch(rings []orb.LineString, h hatching, within box) []orb.LineString {
	// Along a line of the hatch u is constant: it counts the lines, and v runs along them.
	sin, cos := math.Sincos(h.angle * math.Pi / 180)
	crossings := map[int][]float64{}
	for _, ring := range rings {
		for i := 1; i < len(ring); i++ {
			from, to := ring[i-1], ring[i]
			u1, v1 := from[1]*cos-from[0]*sin, from[0]*cos+from[1]*sin
			u2, v2 := to[1]*cos-to[0]*sin, to[0]*cos+to[1]*sin
			if u1 > u2 {
				u1, v1, u2, v2 = u2, v2, u1, v1
			}
			for n := int(math.Ceil(u1 / h.apart)); float64(n)*h.apart < u2; n++ {
				t := (float64(n)*h.apart - u1) / (u2 - u1)
				crossings[n] = append(crossings[n], v1+(v2-v1)*t)
			}
		}
	}
	numbers := make([]int, 0, len(crossings))
	for n := range crossings {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	var out []orb.LineString
	for _, n := range numbers {
		vs := crossings[n]
		slices.Sort(vs)
		u := float64(n) * h.apart
		for i := 0; i+1 < len(vs); i += 2 {
			a := orb.Point{vs[i]*cos - u*sin, vs[i]*sin + u*cos}
			b := orb.Point{vs[i+1]*cos - u*sin, vs[i+1]*sin + u*cos}
			if reach := (orb.LineString{a, b}); reach.Bound().Intersects(within.bound()) {
				out = append(out, reach)
			}
		}
	}
	return out
}

// lengthOf is a line's length in pixels.
func lengthOf(line orb.LineString) float64 {
	sum := 0.0
	for i := 1; i < len(line); i++ {
		sum += math.Hypot(line[i][0]-line[i-1][0], line[i][1]-line[i-1][1])
	}
	return sum
}

// along gives the point at a fraction of a line and its direction there, in radians clockwise from the x axis.
func along(line orb.LineString, fraction float64) (at orb.Point, angle float64) {
	rest := lengthOf(line) * fraction
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		step := math.Hypot(b[0]-a[0], b[1]-a[1])
		if step > 0 && (rest <= step || i == len(line)-1) {
			t := math.Min(1, rest/step)
			return orb.Point{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t}, math.Atan2(b[1]-a[1], b[0]-a[0])
		}
		rest -= step
	}
	return line[0], 0
}

// between gives the piece of a line from one fraction of its length to another.
func between(line orb.LineString, from, to float64) orb.LineString {
	total := lengthOf(line)
	start, _ := along(line, from)
	out := orb.LineString{start}
	walked := 0.0
	for i := 1; i < len(line); i++ {
		walked += math.Hypot(line[i][0]-line[i-1][0], line[i][1]-line[i-1][1])
		if walked > from*total+0.05 && walked < to*total-0.05 {
			out = append(out, line[i])
		}
	}
	end, _ := along(line, to)
	return append(out, end)
}

// fadeReach is the share of a line over which it fades where its end is no spot.
const fadeReach = 0.24

// fade is the opacity at a fraction of a line.
func fade(at float64, start, end bool) float64 {
	opacity := 1.0
	if start {
		opacity = math.Min(opacity, faded(at))
	}
	if end {
		opacity = math.Min(opacity, faded(1-at))
	}
	return opacity
}

func faded(at float64) float64 {
	const early = fadeReach * 0.35
	switch {
	case at >= fadeReach:
		return 1
	case at >= early:
		return 0.18 + 0.82*(at-early)/(fadeReach-early)
	}
	return 0.18 * at / early
}

// band is a shape along the beginning of a line, so wide at the start and narrowing to nothing at a fraction, cut at
// another fraction from and to.
func band(line orb.LineString, width, reach, from, to float64) orb.LineString {
	const slices = 6
	var left, right orb.LineString
	for i := 0; i <= slices; i++ {
		t := from + (to-from)*float64(i)/slices
		at, angle := along(line, t*reach)
		half := width / 2 * math.Pow(1-t, 1.4)
		sin, cos := math.Sincos(angle + math.Pi/2)
		left = append(left, orb.Point{at[0] + cos*half, at[1] + sin*half})
		right = append(right, orb.Point{at[0] - cos*half, at[1] - sin*half})
	}
	for i := len(right) - 1; i >= 0; i-- {
		left = append(left, right[i])
	}
	return append(left, left[0])
}

// chevron is an arrowhead at a point; a hollow one has no notch.
func chevron(at orb.Point, angle, size float64, hollow bool) orb.LineString {
	shape := []orb.Point{{-5, -5.5}, {5.5, 0}, {-5, 5.5}}
	if !hollow {
		shape = append(shape, orb.Point{-2.5, 0})
	}
	sin, cos := math.Sincos(angle)
	out := make(orb.LineString, 0, len(shape)+1)
	for _, p := range shape {
		x, y := p[0]*size, p[1]*size
		out = append(out, orb.Point{at[0] + x*cos - y*sin, at[1] + x*sin + y*cos})
	}
	return append(out, out[0])
}
