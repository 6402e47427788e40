package draw

import (
	"github.com/paulmach/orb"
)

// hatchOf is the hatch of a precision, as on the live map: the coarser the place, the wider it stands, and each runs in its
// own way.
func hatchOf(precision string) hatching {
	switch precision {
	case "country":
		return hatching{apart: 12, angle: -45}
	case "province":
		return hatching{apart: 7, angle: 45}
	case "region", "unknown":
		return hatching{apart: 9, angle: 45, dashes: []float64{2, 5}}
	}
	return hatching{apart: 4}
}

// receded is the opacity of what is not the stop that the picture frames.
const receded = 0.5

// strength is the opacity of a stop beside the one that is framed.
func (s *sheet) strength(stop Stop) float64 {
	if s.options.Stop == "" || s.options.Stop == stop.Stop {
		return 1
	}
	return receded
}

// drawAreas draws the stops' areas and borders. No point is drawn in either.
func (s *sheet) drawAreas(p *pen) {
	c := s.colours
	for _, stop := range s.route.Stops {
		rings := s.view.rings(stop.Geometry)
		if len(rings) == 0 {
			continue
		}
		strength := s.strength(stop)
		p.round(true)
		p.area(rings, paint{c.route, c.tone * strength}, paint{c.route, 0.16 * strength}, 5)
		if stop.OneOf {
			p.stroke(s.view.shared(stop.Parts), paint{c.route, c.part * strength}, 0.8, 1, 3)
		} else {
			p.round(false)
			h := hatchOf(stop.Precision)
			p.stroke(hatch(rings, h, s.view.frame), paint{c.route, c.hatch * strength}, 1.2, h.dashes...)
			p.stroke(rings, paint{c.route, 0.55 * strength}, 1)
		}
		p.round(false)
	}
	p.round(true)
	for _, stop := range s.route.Stops {
		lines := s.view.lines(stop.Geometry)
		p.stroke(lines, paint{c.route, s.strength(stop)}, 8)
		p.stroke(lines, solid(c.land), 3.5)
	}
	p.round(false)
}

// drawLegs draws the legs and gives their lines, for the labels to keep off.
func (s *sheet) drawLegs(p *pen) []orb.LineString {
	var all []orb.LineString
	for _, leg := range s.route.Legs {
		lines := s.view.lines(leg.Geometry)
		for i, line := range lines {
			if len(line) < 2 || lengthOf(line) < 1 {
				continue
			}
			f := flow{
				line: line, inferred: leg.Evidence == "inferred", broad: leg.FromOneOf && i == 0,
				start: i == 0 && !isSpot(leg.FromPrecision), end: i == len(lines)-1 && !isSpot(leg.ToPrecision),
			}
			s.drawFlow(p, f)
			all = append(all, line)
		}
	}
	return all
}

// isSpot says whether a place of a precision is a point on the map.
func isSpot(precision string) bool { return precision == "exact" || precision == "settlement" }

// flow is a leg's line in pixels.
type flow struct {
	line                        orb.LineString
	inferred, broad, start, end bool
}

// heads are where along a line its direction is shown: away from the ends, which mean nothing in an area.
func (f flow) heads() []float64 {
	const short = 150 // pixels
	if lengthOf(f.line) < short {
		return []float64{0.5}
	}
	return []float64{0.4, 0.64}
}

// drawFlow draws a generalised curve with its direction; never a path.
func (s *sheet) drawFlow(p *pen, f flow) {
	c := s.colours
	if f.broad {
		s.drawBand(p, f)
	}
	s.drawFading(p, f, c.land, 6, false)
	s.drawFading(p, f, c.route, 3, f.inferred)
	for _, at := range f.heads() {
		spot, angle := along(f.line, at)
		head := []orb.LineString{chevron(spot, angle, 1.25, f.inferred)}
		if f.inferred {
			p.fill(head, solid(c.page))
			p.stroke(head, solid(c.route), 1.6)
			continue
		}
		p.stroke(head, solid(c.page), 2.8)
		p.fill(head, solid(c.route))
	}
}

// drawFading draws a line that fades out where its end is no spot. A page's PDF knows no gradient of opacity, so a fading
// end is laid down in steps, each upon the last and nearer to the middle, which leaves no seam.
func (s *sheet) drawFading(p *pen, f flow, c colour, width float64, dashed bool) {
	if dashed {
		const dash, gap = 9, 6
		total := lengthOf(f.line)
		for at := 0.0; at < total; at += dash + gap {
			from, to := at/total, min(1, (at+dash)/total)
			if opacity := fade((from+to)/2, f.start, f.end); opacity > 0.03 {
				p.stroke([]orb.LineString{between(f.line, from, to)}, paint{c, opacity}, width)
			}
		}
		return
	}
	if p.format == SVG {
		p.svgFading(f, c, width)
		return
	}
	from, to := 0.0, 1.0
	if f.start {
		from = fadeReach
	}
	if f.end {
		to = 1 - fadeReach
	}
	const steps = 9
	for i := 1; i <= steps && (f.start || f.end); i++ {
		at := fadeReach * float64(i) / (steps + 1)
		was := fade(at-fadeReach/(steps+1), true, false)
		// What is laid upon an opacity to reach the next.
		more := (fade(at, true, false) - was) / (1 - was)
		if f.start {
			p.stroke([]orb.LineString{between(f.line, at, from)}, paint{c, more}, width)
		}
		if f.end {
			p.stroke([]orb.LineString{between(f.line, to, 1-at)}, paint{c, more}, width)
		}
	}
	p.stroke([]orb.LineString{between(f.line, from, to)}, solid(c), width)
}

// drawBand begins a line that starts in one or another of many areas as a broad band, strongest near its own middle.
func (s *sheet) drawBand(p *pen, f flow) {
	const steps = 20
	width := lengthOf(f.line) * 0.34
	if p.format == SVG {
		p.svgBand(f, s.colours.route, width)
		return
	}
	for i := range steps {
		from, to := float64(i)/steps, float64(i+1)/steps
		opacity := bandOpacity((from + to) / 2)
		p.fill([]orb.LineString{band(f.line, width, bandReach, from, to)}, paint{s.colours.route, opacity})
	}
}

// bandStops are the opacities of a band at fractions of it.
func bandStops() [][2]float64 { return [][2]float64{{0, 0}, {0.2, 0.16}, {0.55, 0.3}, {1, 0.1}} }

// bandReach is how much of its line a band goes along.
const bandReach = 0.62

// bandOpacity is the opacity of a band at a fraction of it.
func bandOpacity(at float64) float64 {
	stops := bandStops()
	for i := 1; i < len(stops); i++ {
		if a, b := stops[i-1], stops[i]; at <= b[0] {
			return a[1] + (b[1]-a[1])*(at-a[0])/(b[0]-a[0])
		}
	}
	return 0
}
