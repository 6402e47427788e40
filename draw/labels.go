package draw

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

// label is a stop's number, name and precision, and where they stand.
type label struct {
	stop          Stop
	anchor        orb.Point
	box           box
	number        string
	title, say    []string
	width, height float64
	// upon says that the label may stand upon its anchor: an area that is large enough to carry it.
	upon, spot bool
	// own is what the label is of and should leave to be seen, where that is small.
	own box
}

// Measures of a label, in pixels.
const (
	labelWords  = 165.0 // the width of its words
	labelNumber = 25.0
	labelPad    = 6.0
)

func (s *sheet) labelTitle() typeface {
	return typeface{size: 14, weight: semibold, colour: s.colours.ink}
}

func (s *sheet) labelSay() typeface {
	return typeface{size: 11.5, weight: regular, colour: s.colours.inkSoft}
}

// placeLabels sets each stop's label near its anchor, not upon another, and off the lines where that can be.
func (s *sheet) placeLabels(lines []orb.LineString) []label {
	var labels []label
	for _, stop := range s.route.Stops {
		at, ok := stop.spot()
		if !ok {
			continue
		}
		anchor := s.view.pixel(at)
		if !s.view.frame.grown(-4).holds(anchor) {
			continue // beside the part that the picture frames
		}
		labels = append(labels, s.newLabel(stop, anchor))
	}
	var dots []orb.Point
	var anchors []orb.Point // and arrowheads, which no label hides
	for _, line := range lines {
		for i := 0.0; i <= 60; i++ {
			at, _ := along(line, i/60)
			dots = append(dots, at)
		}
		for _, fraction := range (flow{line: line}).heads() {
			at, _ := along(line, fraction)
			anchors = append(anchors, at)
		}
	}
	for _, l := range labels {
		if !l.upon {
			anchors = append(anchors, l.anchor)
		}
	}
	taken := append([]box{s.scaleBox()}, s.sourceBoxes()...)
	for i := range labels {
		labels[i].box = labels[i].best(taken, dots, anchors, s.view.frame.grown(-8))
		taken = append(taken, labels[i].box.grown(4))
	}
	return labels
}

func (s *sheet) newLabel(stop Stop, anchor orb.Point) label {
	l := label{stop: stop, anchor: anchor, number: strconv.Itoa(stop.Seq)}
	_, l.spot = stop.Geometry.(orb.Point)
	l.title = s.fonts.wrap(stop.Title, s.labelTitle(), labelWords)
	say := s.words("term.precision." + stop.Precision)
	if stop.OneOf {
		say = s.words("map.oneOf")
	}
	l.say = s.fonts.wrap(say, s.labelSay(), labelWords)
	widest := 0.0
	for _, line := range l.title {
		widest = math.Max(widest, s.fonts.measure(line, s.labelTitle()))
	}
	for _, line := range l.say {
		widest = math.Max(widest, s.fonts.measure(line, s.labelSay()))
	}
	lead := leading(s.route.Lang) * 0.97
	// A reader's own font for an SVG may be a little wider than ours.
	l.width = labelNumber + 3*labelPad + widest*1.04
	l.height = 2*labelPad + lead*(14*float64(len(l.title))+11.5*float64(len(l.say))) - 2
	if rings := s.view.rings(stop.Geometry); len(rings) > 0 {
		b := orb.MultiLineString(rings).Bound()
		l.upon = b.Max[0]-b.Min[0] > l.width*1.15 && b.Max[1]-b.Min[1] > l.height*2.2
		if b.Max[0]-b.Min[0] < 180 && !l.upon {
			l.own = box{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
		}
	}
	return l
}

// best tries places around the anchor and takes that which hides least.
func (l label) best(taken []box, lines, anchors []orb.Point, within box) box {
	var best box
	least := math.Inf(1)
	try := func(x, y, cost float64) {
		b := box{l.anchor[0] + x - l.width/2, l.anchor[1] + y - l.height/2, l.anchor[0] + x + l.width/2, l.anchor[1] + y + l.height/2}
		if own := l.own.width() * l.own.height(); own > 0 {
			cost += 120 * b.overlap(l.own) / own
		}
		cost += costOf(b, taken, lines, anchors, within)
		for _, t := range []float64{0.2, 0.35, 0.5} {
			for _, other := range taken {
				if other.holds(orb.Point{l.anchor[0] + x*t, l.anchor[1] + y*t}) {
					cost += 40
				}
			}
		}
		if cost < least {
			least, best = cost, b
		}
	}
	upon := 0.0
	if l.upon {
		upon = 10
		try(0, 0, 0)
	}
	const around = 16
	for rank, gap := range []float64{14, 34, 60, 96, 140} {
		for i := range around {
			sin, cos := math.Sincos(float64(i) / around * 2 * math.Pi)
			// Beside reads better than above or below.
			try(cos*(gap+l.width/2), sin*(gap+l.height/2), float64(rank)*18+math.Abs(sin)*4+upon)
		}
	}
	return best
}

func costOf(b box, taken []box, lines, anchors []orb.Point, within box) float64 {
	cost := 0.0
	for _, other := range taken {
		if o := b.overlap(other); o > 0 {
			cost += 400 + o/20
		}
	}
	for _, p := range lines {
		if b.holds(p) {
			cost += 9
		}
	}
	for _, p := range anchors {
		if b.grown(4).holds(p) {
			cost += 120
		}
	}
	if b.left < within.left || b.right > within.right || b.top < within.top || b.bottom > within.bottom {
		cost += 900
	}
	return cost
}

// drawLabels draws the labels with their leaders.
func (s *sheet) drawLabels(p *pen, labels []label) {
	c := s.colours
	for _, l := range labels {
		middle := orb.Point{(l.box.left + l.box.right) / 2, (l.box.top + l.box.bottom) / 2}
		if !l.box.holds(l.anchor) {
			p.stroke([]orb.LineString{{l.anchor, middle}}, solid(c.land), 3.4)
			p.stroke([]orb.LineString{{l.anchor, middle}}, solid(c.ink), 1.2)
		}
		if l.spot {
			p.circle(l.anchor, 6, solid(c.page), solid(c.route), 4)
		}
	}
	for _, l := range labels {
		s.drawLabel(p, l)
	}
}

func (s *sheet) drawLabel(p *pen, l label) {
	c := s.colours
	width := 1.5
	if l.stop.Stop == s.options.Stop {
		width = 3
	}
	p.rectangle(l.box, 7, solid(c.page), solid(c.route), width)
	number := box{l.box.left + 3.5, l.box.top + 3.5, l.box.left + 3.5 + labelNumber, l.box.bottom - 3.5}
	on, ink := solid(c.route), c.page
	if s.options.Theme == Print { // a copier makes large black fields grey
		on, ink = solid(c.page), c.ink
	}
	if l.spot {
		radius := labelNumber / 2
		p.circle(orb.Point{number.left + radius, (number.top + number.bottom) / 2}, radius, on, solid(c.route), 1.2)
	} else {
		p.rectangle(number, 5, on, solid(c.route), 1.2)
	}
	face := typeface{size: 14, weight: semibold, colour: ink, anchor: atMiddle}
	p.text(number.left+labelNumber/2, (number.top+number.bottom)/2+5, l.number, face)
	lead := leading(s.route.Lang) * 0.97
	x, y := number.right+labelPad, l.box.top+labelPad-1
	title, say := s.labelTitle(), s.labelSay()
	title.lang = l.stop.Lang
	for _, line := range l.title {
		y += title.size * lead
		p.text(x, y-title.size*(lead-1)*0.62, line, title)
	}
	for _, line := range l.say {
		y += say.size * lead
		p.text(x, y-say.size*(lead-1)*0.62, line, say)
	}
}

// drawNames writes the names of countries, towns and provinces that keep off all that stands already.
func (s *sheet) drawNames(p *pen, b *basemap, labels []label) {
	c, z := s.colours, s.view.zoom()
	taken := []box{s.scaleBox().grown(6)}
	told := map[string]bool{}
	for _, l := range labels {
		taken = append(taken, l.box.grown(5), box{l.anchor[0], l.anchor[1], l.anchor[0], l.anchor[1]}.grown(10))
		told[l.stop.Title], told[l.stop.PlaceID] = true, true
	}
	larger := 1.0
	if leading(s.route.Lang) > 1.45 {
		larger = 1.08
	}
	groups := []struct {
		names []name
		face  typeface
		from  float64
		dot   bool
	}{
		{b.countries, typeface{size: larger * ramp(z, 3, 12, 8, 19), weight: semibold, colour: c.country}, 0, false},
		{b.towns, typeface{size: larger * 12, weight: regular, colour: c.townInk}, 0, true},
		{b.areas, typeface{size: larger * 11, weight: regular, colour: c.province}, 4.6, false},
	}
	if s.options.bare() {
		groups = groups[:1] // it must be light, and the map that takes its place names the towns
		taken = append(taken, s.sourceBoxes()...)
	}
	for _, g := range groups {
		g.face.halo, g.face.haloed = c.land, true
		for _, n := range g.names {
			if z < g.from || !n.startsBy(z) || n.toldBy(told, s.route.Lang) {
				continue
			}
			taken = s.drawName(p, n, g.face, g.dot, taken)
		}
	}
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
