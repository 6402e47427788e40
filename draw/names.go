package draw

import (
	"math"

	"github.com/paulmach/orb"
)

// drawNames writes the names of countries, towns, rivers and provinces that keep off all that stands already.
func (s *sheet) drawNames(p *pen, b *basemap, labels []label, flows []flow) {
	c, z := s.colours, s.view.zoom()
	taken := s.takenBy(labels, flows)
	told := map[string]bool{}
	for _, l := range labels {
		if len(l.title) > 0 { // the map names a country of which the label is a number alone
			told[l.named], told[l.place] = true, true
		}
	}
	larger := 1.0
	if leading(s.route.Lang) > 1.45 {
		larger = 1.08
	}
	write := func(names []name, face typeface, from float64, dot bool) {
		face.halo, face.haloed = c.land, true
		for _, n := range names {
			if z < from || !n.startsBy(z) || n.toldBy(told, s.route.Lang) {
				continue
			}
			taken = s.drawName(p, n, face, dot, taken)
		}
	}
	write(b.countries, typeface{size: larger * ramp(z, 3, 12, 8, 19), weight: semibold, colour: c.country}, 0, false)
	if s.options.bare() {
		return // it must be light, and the map that takes its place names the rest
	}
	write(b.towns, typeface{size: larger * 12, weight: regular, colour: c.townInk}, 0, true)
	water := typeface{size: larger * 11, weight: regular, colour: c.waterName, halo: c.land, haloed: true, anchor: atMiddle}
	taken = s.drawRiverNames(p, b.waterNames, water, told, taken)
	write(b.lakes, water, 0, false)
	write(b.areas, typeface{size: larger * 11, weight: regular, colour: c.province}, provinceLines, false)
}

// takenBy are the boxes where no name may stand: the scale, the labels with their spots, and the lines with their heads.
func (s *sheet) takenBy(labels []label, flows []flow) []box {
	taken := append([]box{s.scaleBox().grown(6)}, s.sourceBoxes()...)
	about := func(p orb.Point, by float64) { taken = append(taken, box{p[0], p[1], p[0], p[1]}.grown(by)) }
	for _, l := range labels {
		taken = append(taken, l.box.grown(5))
		about(l.anchor, 10)
	}
	for _, f := range flows {
		const step = 6 // pixels
		count := math.Ceil(lengthOf(f.line) / step)
		for i := 0.0; i <= count; i++ {
			if fade(i/count, f.start, f.end) > 0.4 {
				at, _ := along(f.line, i/count)
				about(at, 3)
			}
		}
		for _, head := range f.heads(s.colours.flow(f.kind)) {
			at, _ := along(f.line, head)
			about(at, 9)
		}
	}
	return taken
}

// drawName writes a name where there is room: a town's beside its dot, others about their place.
func (s *sheet) drawName(p *pen, n name, face typeface, dot bool, taken []box) []box {
	text := n.in(s.route.Lang)
	width := s.fonts.measure(text, face)
	offsets := []orb.Point{{0, 0}, {0, -18}, {0, 18}, {0, -36}, {0, 36}, {-30, 0}, {30, 0}}
	face.anchor = atMiddle
	if dot {
		offsets = []orb.Point{{8 + width/2, 0}, {-8 - width/2, 0}, {0, -13}, {0, 13}}
	}
	for _, o := range offsets {
		at := orb.Point{n.at[0] + o[0], n.at[1] + o[1]}
		b := box{at[0] - width/2, at[1] - face.size*0.75, at[0] + width/2, at[1] + face.size*0.65}
		all := b
		if dot {
			all = box{math.Min(b.left, n.at[0]-4), math.Min(b.top, n.at[1]-4), math.Max(b.right, n.at[0]+4), math.Max(b.bottom, n.at[1]+4)}
		}
		if !free(all, taken, s.view.frame.grown(-6)) {
			continue
		}
		if dot {
			p.circle(n.at, 2.2, solid(s.colours.land), solid(face.colour), 1.2)
		}
		p.text(at[0], at[1]+face.size*0.35, text, face)
		return append(taken, all.grown(3))
	}
	return taken
}

func free(b box, taken []box, within box) bool {
	if b.left < within.left || b.right > within.right || b.top < within.top || b.bottom > within.bottom {
		return false
	}
	for _, other := range taken {
		if b.overlap(other) > 0 {
			return false
		}
	}
	return true
}
