package draw

import (
	"cmp"
	"math"

	"github.com/paulmach/orb"
)

// bare says that the picture is the map alone, for a page that says around it what a picture must say.
func (o Options) bare() bool { return o.Height > 0 }

// sourceFace is how a bare map says who tells and as of when.
func (s *sheet) sourceFace() typeface {
	return typeface{size: 11.5, weight: semibold, colour: s.colours.ink}
}

// sourceLines says who tells and as of when, so that a bare map says so wherever it gets to.
func (s *sheet) sourceLines() []string {
	dated := cmp.Or(s.route.Dated, s.words.dated(s.route.AsOf, s.route.Historical))
	return s.fonts.wrap(s.route.SaidBy+" · "+dated, s.sourceFace(), s.scaleBox().left-s.view.frame.left-48)
}

// sourceBoxes is where a bare map says who tells; none on other pictures, whose panel does.
func (s *sheet) sourceBoxes() []box {
	if !s.options.bare() {
		return nil
	}
	width, lines := 0.0, s.sourceLines()
	for _, line := range lines {
		width = math.Max(width, s.fonts.measure(line, s.sourceFace()))
	}
	f := s.view.frame
	height := float64(len(lines)) * s.sourceFace().size * leadingOf(s.route.Lang, lines...)
	return []box{{f.left, f.bottom - height - 10, f.left + width + 20, f.bottom}}
}

// beyondSides and beyondEnds are how many pixels of the map beside, above and below a bare one are drawn, without names. Who shows it
// in a frame of other proportions sees these too: an SVG that is shown within a page is cut at its frame there, not at its viewBox.
const beyondSides, beyondEnds = 70, 100

// arrangeBare shows what a bare map is of, above the box that says who tells where that would hide some of it.
func (s *sheet) arrangeBare() {
	padding := box{48, 30, 48, 36}
	s.view = fit(box{0, 0, s.width, s.height}, s.bound(), padding)
	for _, b := range s.sourceBoxes() {
		if s.hasMarksIn(b.grown(10)) {
			padding.bottom = math.Max(padding.bottom, b.height()+12)
			s.view = fit(s.view.frame, s.bound(), padding)
		}
	}
	s.view.detail = lightDetail
	f := s.view.frame
	s.view.drawn = box{f.left - beyondSides, f.top - beyondEnds, f.right + beyondSides, f.bottom + beyondEnds}
}

// hasMarksIn says whether the spot of a stop, a border or a leg lies in a box; of the stop that is framed, where one is.
func (s *sheet) hasMarksIn(b box) bool {
	var points []orb.Point
	add := func(g orb.Geometry) {
		for _, line := range flat(g) {
			for _, at := range line {
				points = append(points, s.view.pixel(at))
			}
		}
	}
	framed := s.framed() != nil
	for _, stop := range s.route.Stops {
		if framed && stop.Stop != s.options.Stop {
			continue
		}
		if at, ok := stop.spot(); ok {
			points = append(points, s.view.pixel(at))
		}
		add(stop.Geometry)
	}
	for _, leg := range s.route.Legs {
		if !framed {
			add(leg.Geometry)
		}
	}
	return b.count(points) > 0
}

// drawSource writes who tells and as of when into the corner of a bare map.
func (s *sheet) drawSource(p *pen) {
	face := s.sourceFace()
	lead := face.size * leadingOf(s.route.Lang, s.sourceLines()...)
	for _, b := range s.sourceBoxes() {
		p.fill([]orb.LineString{b.ring()}, solid(s.colours.page))
		for i, line := range s.sourceLines() {
			p.text(b.left+10, b.top+5+lead*(float64(i)+0.5)+face.size*0.35, line, face)
		}
	}
}
