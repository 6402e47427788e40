package draw

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/tdewolff/canvas"
)

// bare says that the picture is the map alone, for a page that says around it what a picture must say.
func (o Options) bare() bool { return o.Height > 0 }

// sourceFace is how a bare map says who tells and as of when.
func (s *sheet) sourceFace() typeface {
	return typeface{size: 11.5, weight: semibold, colour: s.colours.ink}
}

// sourceLines says who tells and as of when, so that a bare map says so wherever it gets to.
func (s *sheet) sourceLines() []string {
	return s.fonts.wrap(s.route.SaidBy+" · "+s.words.dated(s.route.AsOf, s.route.Historical), s.sourceFace(), s.scaleBox().left-s.view.frame.left-48)
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
	height := float64(len(lines)) * s.sourceFace().size * leading(s.route.Lang)
	return []box{{f.left, f.bottom - height - 10, f.left + width + 20, f.bottom}}
}

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
	lead := face.size * leading(s.route.Lang)
	for _, b := range s.sourceBoxes() {
		p.fill([]orb.LineString{b.ring()}, solid(s.colours.page))
		for i, line := range s.sourceLines() {
			p.text(b.left+10, b.top+5+lead*(float64(i)+0.5)+face.size*0.35, line, face)
		}
	}
}

// svgLetters draws letters as shapes into an SVG: they need no font of the reader's device.
func (p *pen) svgLetters(path *canvas.Path, t typeface) {
	d := p.svgCurves(path)
	if d == "" {
		return
	}
	class := ""
	if t.haloed {
		class = fmt.Sprintf(` class="h" stroke="%s"`, t.halo.css())
	}
	fmt.Fprintf(p.out, `<path d="%s" fill="%s"%s/>`, d, t.colour.css(), class)
}

// svgCurves writes a path in tenths of a pixel, each point as a step from the last. It rounds from where a contour begins, so
// that a letter is written alike wherever it stands and the whole compresses well.
func (p *pen) svgCurves(path *canvas.Path) string {
	var d []byte
	var first canvas.Point // of the contour, and the same in tenths
	var firstX, firstY int
	x, y := 0, 0
	rounded := func(at canvas.Point) (int, int) {
		return firstX + int(math.Round((at.X-first.X)*10)), firstY - int(math.Round((at.Y-first.Y)*10))
	}
	step := func(at canvas.Point) {
		toX, toY := rounded(at)
		d = appendTenths(d, toX-x)
		d = appendTenths(d, toY-y)
	}
	arrive := func(at canvas.Point) { x, y = rounded(at) }
	for scan := path.Scanner(); scan.Scan(); {
		switch scan.Cmd() {
		case canvas.MoveToCmd:
			d = append(d, 'm')
			first = scan.End()
			firstX, firstY = int(math.Round(first.X*10)), int(math.Round((p.height-first.Y)*10))
		case canvas.LineToCmd:
			d = append(d, 'l')
		case canvas.QuadToCmd:
			d = append(d, 'q')
			step(scan.CP1())
		case canvas.CubeToCmd:
			d = append(d, 'c')
			step(scan.CP1())
			step(scan.CP2())
		case canvas.CloseCmd:
			d = append(d, 'z')
			arrive(scan.End())
			continue
		}
		step(scan.End())
		arrive(scan.End())
	}
	if len(d) == 0 {
		return ""
	}
	return "M0 0" + strings.TrimPrefix(string(d), " ")
}
