package draw

import (
	"slices"

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

// strength is the opacity of a stop's place beside that of the one that is framed.
func (s *sheet) strength(stop Stop) float64 {
	framed := func(other Stop) bool { return other.Stop == s.options.Stop && samePlace(other, stop) }
	if s.options.Stop == "" || slices.ContainsFunc(s.route.Stops, framed) {
		return 1
	}
	return receded
}

// samePlace says whether two stops have one and the same area, whatever it is called: a picture of several routes has ids of each.
func samePlace(a, b Stop) bool { return a.OneOf == b.OneOf && orb.Equal(a.Geometry, b.Geometry) }

// places are the stops without those that come back to the place of an earlier one: drawn again, its area would look darker.
func (s *sheet) places() []Stop {
	var out []Stop
	for _, stop := range s.route.Stops {
		if !slices.ContainsFunc(out, func(other Stop) bool { return samePlace(other, stop) }) {
			out = append(out, stop)
		}
	}
	return out
}

// drawAreas draws the stops' areas and borders. No point is drawn in either.
func (s *sheet) drawAreas(p *pen) {
	c, places := s.colours, s.places()
	for _, stop := range places {
		rings := s.view.rings(stop.Geometry)
		if len(rings) == 0 {
			continue
		}
		strength, around := s.strength(stop), s.view.around(stop.Geometry, rings)
		p.round(true)
		p.area(rings, around, paint{c.route, c.tone * strength}, paint{c.route, 0.16 * strength}, 5)
		if stop.OneOf {
			p.stroke(s.view.shared(stop.Parts), paint{c.route, c.part * strength}, 0.8, 1, 3)
		} else {
			p.round(false)
			h := hatchOf(stop.Precision)
			p.stroke(hatch(rings, h, s.view.drawn), paint{c.route, c.hatch * strength}, 1.2, h.dashes...)
			p.stroke(around, paint{c.route, 0.55 * strength}, 1)
		}
		p.round(false)
	}
	p.round(true)
	for _, stop := range places {
		lines := s.view.lines(stop.Geometry, 0)
		p.stroke(lines, paint{c.route, s.strength(stop)}, 8)
		p.stroke(lines, solid(c.land), 3.5)
	}
	p.round(false)
}
