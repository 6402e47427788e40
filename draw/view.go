package draw

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// box is a rectangle in pixels, y down.
type box struct{ left, top, right, bottom float64 }

func (b box) width() float64  { return b.right - b.left }
func (b box) height() float64 { return b.bottom - b.top }

func (b box) grown(by float64) box { return box{b.left - by, b.top - by, b.right + by, b.bottom + by} }

func (b box) holds(p orb.Point) bool {
	return p[0] > b.left && p[0] < b.right && p[1] > b.top && p[1] < b.bottom
}

// count is how many of some points the box holds.
func (b box) count(points []orb.Point) float64 {
	count := 0
	for _, p := range points {
		if b.holds(p) {
			count++
		}
	}
	return float64(count)
}

// distance is how far a point lies from the box, in pixels; 0 in it.
func (b box) distance(p orb.Point) float64 {
	x := math.Max(0, math.Max(b.left-p[0], p[0]-b.right))
	y := math.Max(0, math.Max(b.top-p[1], p[1]-b.bottom))
	return math.Hypot(x, y)
}

// overlap is the common area of two boxes, in square pixels.
func (b box) overlap(o box) float64 {
	w := math.Min(b.right, o.right) - math.Max(b.left, o.left)
	h := math.Min(b.bottom, o.bottom) - math.Max(b.top, o.top)
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h
}

func (b box) bound() orb.Bound {
	return orb.Bound{Min: orb.Point{b.left, b.top}, Max: orb.Point{b.right, b.bottom}}
}

func (b box) ring() orb.LineString {
	return orb.LineString{{b.left, b.top}, {b.right, b.top}, {b.right, b.bottom}, {b.left, b.bottom}, {b.left, b.top}}
}

const maxLatitude = 85.0511287798066 // where the square of Web Mercator ends, in degrees

// mercator projects longitude-latitude degrees to the plane of Web Mercator, in degrees of longitude with y down.
func mercator(p orb.Point) orb.Point {
	lat := math.Max(-maxLatitude, math.Min(maxLatitude, p[1]))
	return orb.Point{p[0], -math.Log(math.Tan(math.Pi/4+lat*math.Pi/360)) * 180 / math.Pi}
}

// view is the part of the world that a frame of the sheet shows.
type view struct {
	frame box
	// drawn is the frame and what is drawn beyond it, for a picture that may be shown in a frame of other proportions.
	drawn box
	// scale is pixels a degree of longitude; centre is on the plane, and beyond 180 degrees where the view crosses the antimeridian.
	scale  float64
	centre orb.Point
	// detail is how far a line may depart from what was stored, in pixels.
	detail float64
}

// maxScale keeps a picture from showing more detail than the basemap has: zoom 8 of the live map.
const maxScale = 256 * (1 << 8) / 360.0

// fit makes the view that shows a bound of the plane within the frame less a padding in pixels.
func fit(frame box, b orb.Bound, padding box) view {
	inner := box{frame.left + padding.left, frame.top + padding.top, frame.right - padding.right, frame.bottom - padding.bottom}
	w, h := math.Max(b.Max[0]-b.Min[0], 1e-6), math.Max(b.Max[1]-b.Min[1], 1e-6)
	scale := math.Min(math.Min(inner.width()/w, inner.height()/h), maxScale)
	v := view{frame: frame, drawn: frame, scale: scale, centre: b.Center(), detail: detail}
	// The middle of what is left by the padding, not of the frame, shows the middle of the bound.
	v.centre[0] -= ((inner.left+inner.right)/2 - (frame.left+frame.right)/2) / scale
	v.centre[1] -= ((inner.top+inner.bottom)/2 - (frame.top+frame.bottom)/2) / scale
	return v
}

// plane gives the pixel of a point of the plane.
func (v view) plane(p orb.Point) orb.Point {
	return orb.Point{
		(v.frame.left+v.frame.right)/2 + (p[0]-v.centre[0])*v.scale,
		(v.frame.top+v.frame.bottom)/2 + (p[1]-v.centre[1])*v.scale,
	}
}

// pixel gives the pixel of a position in longitude-latitude degrees, on the turn of the globe that is nearest to the middle.
func (v view) pixel(p orb.Point) orb.Point {
	at := mercator(p)
	at[0] += 360 * math.Round((v.centre[0]-at[0])/360)
	return v.plane(at)
}

// smooth is the view with so much detail that a curve has no corners, however light the map is.
func (v view) smooth() view {
	v.detail = min(v.detail, 0.45)
	return v
}

// zoom is that of the live map at the same scale.
func (v view) zoom() float64 { return math.Log2(v.scale * 360 / 256) }

// bound is the part of the plane that is drawn.
func (v view) bound() orb.Bound {
	at := func(x, y float64) orb.Point {
		middle := v.frame.bound().Center()
		return orb.Point{v.centre[0] + (x-middle[0])/v.scale, v.centre[1] + (y-middle[1])/v.scale}
	}
	return orb.Bound{Min: at(v.drawn.left, v.drawn.top), Max: at(v.drawn.right, v.drawn.bottom)}
}

// metresPerPixel is the ground that a pixel covers at the frame's middle.
func (v view) metresPerPixel() float64 {
	const equator = 40075016.686
	lat := math.Atan(math.Sinh(-v.centre[1] * math.Pi / 180))
	return equator / 360 / v.scale * math.Cos(lat)
}

// shared gives the outlines of areas that were generalised together, each step that two of them share once and none that only
// the antimeridian cuts.
func (v view) shared(areas []orb.Geometry) []orb.LineString {
	drawn := map[[4]float64]bool{}
	var out []orb.LineString
	within := v.drawn.grown(4).bound()
	for _, area := range areas {
		for _, ring := range ringsOf(area) {
			var piece orb.LineString
			turns := v.turns(orb.LineString(ring), 0)
			if !seen(v.line(orb.LineString(ring), 0)) {
				continue
			}
			flush := func() {
				for _, turn := range turns {
					if line := v.line(piece, turn); len(line) > 1 {
						out = append(out, clip.LineString(within, line)...)
					}
				}
				piece = nil
			}
			for i := 1; i < len(ring); i++ {
				a, b := ring[i-1], ring[i]
				if onSeam(a, b) || drawn[[4]float64{b[0], b[1], a[0], a[1]}] || drawn[[4]float64{a[0], a[1], b[0], b[1]}] {
					flush()
					continue
				}
				drawn[[4]float64{a[0], a[1], b[0], b[1]}] = true
				if piece == nil {
					piece = orb.LineString{a}
				}
				piece = append(piece, b)
			}
			flush()
		}
	}
	return out
}

func ringsOf(g orb.Geometry) []orb.Ring {
	var out []orb.Ring
	switch g := g.(type) {
	case orb.Polygon:
		return g
	case orb.MultiPolygon:
		for _, polygon := range g {
			out = append(out, polygon...)
		}
	}
	return out
}
