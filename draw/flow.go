package draw

import (
	"github.com/paulmach/orb"

	"corridor/routes"
)

// flowKind is what a line tells of; each looks different without its colour.
type flowKind int

const (
	documentedLeg flowKind = iota
	inferredLeg
	homeward // a return or a repatriation, which never looks like trafficking
	otherMovement
)

// flow is a line with a direction, in pixels.
type flow struct {
	line orb.LineString
	kind flowKind
	// broad says that it starts in one or another of many areas.
	broad bool
	// start and end say that it fades out there, since the place is no spot.
	start, end bool
}

// flowLook is how lines of a kind are drawn; widths and dashes are in pixels.
type flowLook struct {
	colour        colour
	width, casing float64
	dashes        []float64
	headSize      float64
	hollow        bool
	// apart is how far apart its arrowheads stand.
	apart float64
}

func (c colours) flow(k flowKind) flowLook {
	switch k {
	case inferredLeg:
		return flowLook{colour: c.route, width: 3, casing: 6, dashes: []float64{9, 6}, headSize: 1.25, hollow: true, apart: 150}
	case homeward:
		return flowLook{colour: c.homeward, width: 1.8, casing: 4.5, dashes: []float64{14, 4, 2, 4}, headSize: 0.9, apart: 190}
	case otherMovement:
		return flowLook{colour: c.movement, width: 1.8, casing: 4.5, dashes: []float64{2, 4}, headSize: 0.9, hollow: true, apart: 190}
	}
	return flowLook{colour: c.route, width: 3, casing: 6, headSize: 1.25, apart: 150}
}

// flows are the lines of the picture, each moved aside where it would run upon one before it: the route's own come first.
func (s *sheet) flows() []flow {
	var out []flow
	add := func(g orb.Geometry, f flow) {
		beside := 0.0
		if f.broad {
			beside = bandWidth / 2
		}
		for _, f.line = range s.view.smooth().lines(g, beside) {
			if len(f.line) > 1 && lengthOf(f.line) >= 1 {
				out = append(out, f)
			}
		}
	}
	for _, leg := range s.route.Legs {
		f := flow{broad: leg.FromOneOf, start: !isSpot(leg.FromPrecision), end: !isSpot(leg.ToPrecision)}
		if leg.Evidence == "inferred" {
			f.kind = inferredLeg
		}
		add(leg.Geometry, f)
	}
	for _, m := range s.shownMovements() {
		f := flow{kind: otherMovement, start: !isSpot(m.FromPrecision), end: !isSpot(m.ToPrecision)}
		if routes.MovementKind(m.Kind).Homeward() {
			f.kind = homeward
		}
		add(m.Geometry, f)
	}
	lines := make([]orb.LineString, len(out))
	for i := range out {
		lines[i] = out[i].line
	}
	for i, line := range apart(lines) {
		out[i].line = line
	}
	return out
}

// isSpot says whether a place of a precision is a spot on the map: only there is a ring or a square drawn, and may a line end.
func isSpot(precision string) bool { return precision == "exact" || precision == "settlement" }

// heads are where along a line its direction is shown: away from the ends, which mean nothing in an area.
func (f flow) heads(look flowLook) []float64 {
	if lengthOf(f.line) < look.apart {
		return []float64{0.5}
	}
	return []float64{0.4, 0.64}
}

// drawFlow draws a generalised curve with its direction; never a path.
func (s *sheet) drawFlow(p *pen, f flow) {
	look := s.colours.flow(f.kind)
	if f.broad {
		s.drawBand(p, f)
	}
	s.drawFading(p, f, s.colours.land, look.casing, nil)
	s.drawFading(p, f, look.colour, look.width, look.dashes)
	for _, fraction := range f.heads(look) {
		spot, angle := along(f.line, fraction)
		head := []orb.LineString{chevron(spot, angle, look.headSize, look.hollow)}
		if look.hollow {
			p.fill(head, solid(s.colours.page))
			p.stroke(head, solid(look.colour), 1.3*look.headSize)
			continue
		}
		p.stroke(head, solid(s.colours.page), 2.8)
		p.fill(head, solid(look.colour))
	}
}

// drawFading draws a line that fades out where its end is no spot. A PDF has no gradient of opacity here, so there a
// fading end is laid down in steps, each upon the last and nearer to the middle, which leaves no seam; dashes have each
// their own opacity.
func (s *sheet) drawFading(p *pen, f flow, c colour, width float64, dashes []float64) {
	if p.format == SVG {
		p.svgFading(f, c, width, dashes)
		return
	}
	if len(dashes) > 0 {
		total := lengthOf(f.line)
		for i, walked := 0, 0.0; walked < total; i += 2 {
			dash, gap := dashes[i%len(dashes)], dashes[(i+1)%len(dashes)]
			from, to := walked/total, min(1, (walked+dash)/total)
			if opacity := fade((from+to)/2, f.start, f.end); opacity > 0.03 {
				p.stroke([]orb.LineString{between(f.line, from, to)}, paint{c, opacity}, width)
			}
			walked += dash + gap
		}
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
	width := lengthOf(f.line) * bandWidth
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

// bandReach is how much of its line a band goes along, bandWidth how wide it begins, as a share of the line's length.
const bandReach, bandWidth = 0.62, 0.34

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
