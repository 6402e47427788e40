package draw

import (
	"slices"

	"github.com/paulmach/orb"
)

// sheet is one picture while it is drawn. All of it is in pixels of a layout of fixed width, which the pen scales.
type sheet struct {
	route   Route
	words   Words
	options Options
	colours colours
	fonts   *Fonts

	width, height float64
	view          view
	panel         panel
}

// Sizes of the two layouts. A wide one has its words beside the map, a narrow one above and below it.
const (
	wideWidth, wideHeight = 1200, 630
	a4Height              = 848
	narrowWidth           = 640
	narrowHeight          = 1040
	margin                = 34
	panelWidth            = 330
)

// Size gives the width and height in pixels of a picture of a width in SVG or PNG.
func Size(width int) (w, h int) {
	if width < NarrowBelow {
		return width, (width*narrowHeight + narrowWidth/2) / narrowWidth
	}
	return width, (width*wideHeight + wideWidth/2) / wideWidth
}

// arrange lays the sheet out: the words first, the map in what they leave.
func (s *sheet) arrange() {
	s.width, s.height = wideWidth, wideHeight
	narrow := s.options.Format != PDF && s.options.Width < NarrowBelow
	switch {
	case s.options.bare():
		s.width, s.height = float64(s.options.Width), float64(s.options.Height)
		s.view = fit(box{0, 0, s.width, s.height}, s.bound(), box{48, 30, 48, 36})
		s.view.detail = lightDetail
		return
	case s.options.Format == PDF:
		s.height = a4Height
	case narrow:
		s.width, s.height = narrowWidth, narrowHeight
	}
	frame := box{0, 0, s.width, s.height}
	if narrow {
		s.panel = s.layOut(s.width-2*24, s.height/2, 15)
		frame.top = s.panel.topHeight + 2*22
		frame.bottom = s.height - s.panel.bottomHeight - 2*18
		s.panel.x, s.panel.top, s.panel.bottom = 24, 22, frame.bottom+18
	} else {
		size := 13.5
		if s.options.Format == PDF {
			size = 15
		}
		s.panel = s.layOut(panelWidth, s.height-2*margin, size)
		frame.left = panelWidth + 2*margin - 4
		s.panel.x, s.panel.top, s.panel.bottom = margin, margin, s.height-margin-s.panel.bottomHeight
	}
	s.view = fit(frame, s.bound(), box{70, 46, 70, 46})
}

// bound is what is to be seen, on the plane: all of the route but an area of which only some part is meant, or one stop.
func (s *sheet) bound() orb.Bound {
	const around = 1.6 // degrees about a stop that is a point
	if i := slices.IndexFunc(s.route.Stops, func(p Stop) bool { return p.Stop == s.options.Stop }); i >= 0 {
		if stop := s.route.Stops[i]; stop.Geometry != nil && !stop.OneOf {
			b := boundOf(stop.Geometry)
			if b.Max[0]-b.Min[0] < around {
				b = b.Pad(around)
			}
			return b
		}
	}
	var all *orb.Bound
	add := func(b orb.Bound) {
		if all == nil {
			all = &b
			return
		}
		joined := all.Union(b)
		all = &joined
	}
	for _, stop := range s.route.Stops {
		switch at, ok := stop.spot(); {
		case stop.Geometry == nil:
		case stop.OneOf && ok:
			add(orb.Bound{Min: mercator(at), Max: mercator(at)})
		default:
			add(boundOf(stop.Geometry))
		}
	}
	if all == nil {
		return orb.Bound{Min: orb.Point{-170, -80}, Max: orb.Point{170, 80}}
	}
	return *all
}

// spot is where a stop's label belongs, in longitude-latitude degrees.
func (s Stop) spot() (orb.Point, bool) {
	if p, ok := s.Geometry.(orb.Point); ok {
		return p, true
	}
	if s.Lon != nil && s.Lat != nil {
		return orb.Point{*s.Lon, *s.Lat}, true
	}
	if s.Geometry == nil {
		return orb.Point{}, false
	}
	return s.Geometry.Bound().Center(), true
}

// draw draws the map first and lays what has words over it.
func (s *sheet) draw(p *pen, base *basemap) {
	c := s.colours
	p.round(false)
	p.fill([]orb.LineString{s.view.frame.ring()}, solid(c.sea))
	s.drawGround(p, base)
	var labels []label
	if !s.options.Empty {
		s.drawAreas(p)
		lines := s.drawLegs(p)
		labels = s.placeLabels(lines)
	}
	s.drawNames(p, base, labels)
	s.drawLabels(p, labels)
	if s.options.bare() {
		s.drawSource(p)
	} else {
		s.drawPanel(p)
	}
	s.drawScale(p)
}

// provinceLines is the zoom from which boundaries of provinces are drawn: before, they are noise in a still picture, which
// nobody can enlarge.
const provinceLines = 4.6

// drawGround draws land, lakes, rivers and boundaries as the live map does.
func (s *sheet) drawGround(p *pen, b *basemap) {
	c, z := s.colours, s.view.zoom()
	p.fill(b.land, solid(c.land))
	p.fill(b.water, solid(c.sea))
	p.round(true)
	p.stroke(b.rivers, solid(c.river), ramp(z, 3, 0.5, 6, 1.1))
	p.stroke(b.coasts, solid(c.coast), ramp(z, 3, 0.6, 8, 1.1))
	if z >= provinceLines {
		p.stroke(b.provinces, solid(c.provinceLine), ramp(z, 4, 0.6, 9, 1.2))
	}
	width := ramp(z, 3, 0.7, 6, 1.3)
	p.stroke(b.borders, solid(c.borderLine), width)
	p.round(false)
	p.stroke(b.disputed, solid(c.borderLine), width, 4, 3)
}

// ramp gives a width that grows with the zoom, straight between two of them.
func ramp(zoom, from, width, to, wider float64) float64 {
	t := max(0, min(1, (zoom-from)/(to-from)))
	return width + (wider-width)*t
}
