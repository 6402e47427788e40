package draw

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
