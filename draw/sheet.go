package draw

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"corridor/geo"
	"corridor/routes"
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
	// cited is how many sources the panel names, all where it is 0.
	cited int
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
		s.arrangeBare()
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

// bound is what is to be seen, on the plane.
func (s *sheet) bound() orb.Bound {
	const around = 1.6 // degrees about a stop that is a point
	stop, seen := s.framed(), s.geometries()
	if stop != nil {
		seen = []orb.Geometry{stop}
	}
	b := boundOf(seen...)
	if stop != nil && b.Max[0]-b.Min[0] < around {
		b = b.Pad(around)
	}
	return b
}

// framed is where the stop is that the picture frames; nil where it frames none, or one that is some part of its area only.
func (s *sheet) framed() orb.Geometry {
	i := slices.IndexFunc(s.route.Stops, func(p Stop) bool { return p.Stop == s.options.Stop })
	if i < 0 || s.route.Stops[i].OneOf {
		return nil
	}
	return s.route.Stops[i].Geometry
}

// geometries are of all that the picture tells of, but of an area of which only some part is meant, or where a programme is,
// the spot of its label.
func (s *sheet) geometries() []orb.Geometry {
	var out []orb.Geometry
	for _, stop := range s.route.Stops {
		switch at, ok := stop.spot(); {
		case stop.Geometry == nil:
		case stop.OneOf && ok:
			out = append(out, at)
		default:
			out = append(out, stop.Geometry)
		}
	}
	for _, leg := range s.route.Legs {
		if leg.Geometry != nil {
			out = append(out, leg.Geometry)
		}
	}
	for _, m := range s.shownMovements() {
		out = append(out, m.Geometry)
	}
	for _, g := range s.siteGroups() {
		at, _ := g[0].spot()
		out = append(out, at)
	}
	return out
}

// spot is where a stop's label belongs, in longitude-latitude degrees.
func (s Stop) spot() (orb.Point, bool) { return spotOf(s.Geometry, s.Label) }

// spotOf is where the label of a place belongs.
func spotOf(g orb.Geometry, l routes.Label) (orb.Point, bool) {
	if p, ok := g.(orb.Point); ok {
		return p, true
	}
	if l.Lon != nil && l.Lat != nil {
		return orb.Point{*l.Lon, *l.Lat}, true
	}
	if g == nil {
		return orb.Point{}, false
	}
	b := geo.Extent(g)
	if b.Min[0] > b.Max[0] {
		b.Max[0] += 360
	}
	return b.Center(), true
}

// draw draws the map first and lays what has words over it.
func (s *sheet) draw(p *pen, base *basemap) {
	s.drawMap(p, base)
	if s.options.bare() {
		s.drawSource(p)
	} else {
		s.drawPanel(p)
	}
	s.drawScale(p)
}

// viewKey names the part of the world that is seen and where on the sheet; the same ground is drawn for the same.
func (s *sheet) viewKey() string { return fmt.Sprint(s.view) }

// drawMap draws the map without its scale.
func (s *sheet) drawMap(p *pen, base *basemap) {
	c := s.colours
	p.round(false)
	ground := c.sea
	if base == nil { // without tiles nobody knows where land is
		ground, base = c.land, &basemap{}
	}
	p.once(s.viewKey(), func() {
		p.fill([]orb.LineString{s.view.drawn.ring()}, solid(ground))
		s.drawGround(p, base)
	})
	var labels []label
	var flows []flow
	if !s.options.Empty {
		sites := s.siteGroups()
		s.drawSites(p, sites)
		s.drawAreas(p)
		flows = s.flows()
		for i := len(flows) - 1; i >= 0; i-- { // the route's own lie over the others
			s.drawFlow(p, flows[i])
		}
		labels = s.placeLabels(flows, sites)
	}
	s.drawNames(p, base, labels, flows)
	s.drawLabels(p, labels)
}

// provinceLines is the zoom from which boundaries of provinces are drawn: before, they are noise in a still picture, which
// nobody can enlarge.
const provinceLines = 4.6

// drawGround draws land, lakes, rivers and boundaries as the live map does.
func (s *sheet) drawGround(p *pen, b *basemap) {
	c, z := s.colours, s.view.zoom()
	p.fill(b.land, solid(c.land))
	p.fill(b.built, solid(c.built))
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
