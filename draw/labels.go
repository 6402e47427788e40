package draw

import (
	"iter"
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// label is what stands beside a stop or a programme, and where: a stop's number, name and precision, a programme's words.
type label struct {
	anchor orb.Point
	box    box
	// id and place are the ids of the stop and of the place; named is the name that the label says.
	id, place, named string
	number           string
	title, say       []string
	// lang is the language of the title.
	lang          string
	width, height float64
	// site says that it is a programme's; spot that it belongs to a spot, town that its sign and the legend say what kind of.
	site, spot, town bool
	// upon says that the label may stand upon its anchor: an area that is large enough to carry it.
	upon bool
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

func (s *sheet) labelSite() typeface {
	return typeface{size: 12, weight: semibold, colour: s.colours.site}
}

// placeLabels sets each label near its anchor, not upon another, and off the lines where that can be. The route's own come
// first.
func (s *sheet) placeLabels(flows []flow, sites []siteGroup) []label {
	var labels []label
	shown := func(at orb.Point, ok bool) (orb.Point, bool) {
		anchor := s.view.pixel(at)
		return anchor, ok && s.view.frame.grown(-4).holds(anchor) // others are beside the part that the picture frames
	}
	for _, stop := range s.route.Stops {
		if anchor, ok := shown(stop.spot()); ok {
			labels = append(labels, s.stopLabel(stop, anchor))
		}
	}
	for _, group := range sites {
		if anchor, ok := shown(group[0].spot()); ok {
			labels = append(labels, s.siteLabel(group, anchor))
		}
	}
	var dots []orb.Point
	var anchors []orb.Point // and arrowheads, which no label hides
	for _, f := range flows {
		for i := 0.0; i <= 60; i++ {
			at, _ := along(f.line, i/60)
			dots = append(dots, at)
		}
		for _, fraction := range f.heads(s.colours.flow(f.kind)) {
			at, _ := along(f.line, fraction)
			anchors = append(anchors, at)
		}
	}
	for _, l := range labels {
		if !l.upon {
			anchors = append(anchors, l.anchor)
		}
	}
	taken := append([]box{s.scaleBox()}, s.sourceBoxes()...)
	about := surroundings{dots, anchors, s.view.frame.grown(-8)}
	settled, cost := inBestOrder(labels, taken, about)
	if cost >= covering {
		if short, less := inBestOrder(s.shortened(labels), taken, about); less < cost {
			return short
		}
	}
	return settled
}

// inBestOrder settles labels from the first on. Where the last find no room the first may have taken it, on a small map with
// long words. Then they choose last.
func inBestOrder(labels []label, taken []box, about surroundings) (settled []label, cost float64) {
	settled = slices.Clone(labels)
	cost = settle(settled, slices.All(settled), taken, about)
	if cost >= covering {
		last := slices.Clone(labels)
		if less := settle(last, slices.Backward(last), taken, about); less < cost {
			return last, less
		}
	}
	return settled, cost
}

// shortened are labels that say of a town its name alone.
func (s *sheet) shortened(labels []label) []label {
	out := slices.Clone(labels)
	for i := range out {
		if l := &out[i]; l.town {
			l.say = nil
			s.measureStop(l)
		}
	}
	return out
}

// surroundings are what labels had better not hide: spots along lines, anchors and arrowheads; and where they must stay.
type surroundings struct {
	lines, anchors []orb.Point
	within         box
}

// settle gives labels their places in an order, and says what that costs.
func settle(labels []label, order iter.Seq2[int, label], taken []box, about surroundings) (cost float64) {
	taken = slices.Clone(taken)
	for i, l := range order {
		at, c := l.best(taken, about)
		cost += c
		labels[i].box = at
		taken = append(taken, at.grown(4))
	}
	return cost
}

func (s *sheet) stopLabel(stop Stop, anchor orb.Point) label {
	l := label{anchor: anchor, id: stop.Stop, place: stop.PlaceID, named: stop.Title, number: strconv.Itoa(stop.Seq), lang: stop.Lang}
	l.spot, l.town = isSpot(stop.Precision), stop.Precision == "settlement"
	l.title = s.fonts.wrap(stop.Title, s.labelTitle(), labelWords)
	say := s.words("term.precision." + stop.Precision)
	if stop.OneOf {
		say = s.words("map.oneOf")
	}
	l.say = s.fonts.wrap(say, s.labelSay(), labelWords)
	s.measureStop(&l)
	l.stand(s.view.ringsAbout(anchor, stop.Geometry))
	return l
}

// measureStop gives a stop's label the size of its words.
func (s *sheet) measureStop(l *label) {
	lead := leading(s.route.Lang) * 0.97
	l.width = labelNumber + 3*labelPad + s.widest(l.title, s.labelTitle(), l.say)
	l.height = 2*labelPad + lead*(14*float64(len(l.title))+11.5*float64(len(l.say))) - 2
}

func (s *sheet) siteLabel(group siteGroup, anchor orb.Point) label {
	first := group[0]
	l := label{anchor: anchor, site: true, place: first.PlaceID, named: first.Place, lang: first.Lang}
	l.spot = isSpot(first.Precision)
	l.title = s.fonts.wrap(group.says(s.words, s.route.AsOf), s.labelSite(), labelWords)
	l.width = 2*labelPad + 2 + s.widest(l.title, s.labelSite(), nil)
	l.height = labelPad + leading(s.route.Lang)*0.97*12*float64(len(l.title))
	l.stand(s.view.ringsAbout(anchor, first.Geometry))
	return l
}

// widest is the width of a label's words, in pixels. A reader's own font for an SVG may be a little wider than ours.
func (s *sheet) widest(title []string, face typeface, say []string) float64 {
	widest := 0.0
	for _, line := range title {
		widest = math.Max(widest, s.fonts.measure(line, face))
	}
	for _, line := range say {
		widest = math.Max(widest, s.fonts.measure(line, s.labelSay()))
	}
	return widest * 1.04
}

// stand says how a label stands to the area that it is of, given as its rings in pixels.
func (l *label) stand(rings []orb.LineString) {
	if len(rings) == 0 {
		return
	}
	b := orb.MultiLineString(rings).Bound()
	l.upon = b.Max[0]-b.Min[0] > l.width*1.15 && b.Max[1]-b.Min[1] > l.height*2.2
	if b.Max[0]-b.Min[0] < 180 && !l.upon {
		l.own = box{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
	}
}

// best tries places around the anchor and takes that which hides least; it says what that costs.
func (l label) best(taken []box, about surroundings) (best box, least float64) {
	least = math.Inf(1)
	try := func(x, y, cost float64) {
		b := box{l.anchor[0] + x - l.width/2, l.anchor[1] + y - l.height/2, l.anchor[0] + x + l.width/2, l.anchor[1] + y + l.height/2}
		if own := l.own.width() * l.own.height(); own > 0 {
			cost += 120 * b.overlap(l.own) / own
		}
		cost += costOf(b, taken, about)
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
	for rank, gap := range []float64{14, 34, 60, 96, 140, 190} {
		for i := range around {
			sin, cos := math.Sincos(float64(i) / around * 2 * math.Pi)
			// Beside reads better than above or below.
			try(cos*(gap+l.width/2), sin*(gap+l.height/2), float64(rank)*18+math.Abs(sin)*4+upon)
		}
	}
	return best, least
}

// What it costs to cover what is there already, and to leave the frame: more than to hide lines, since words that are covered
// or cut cannot be read.
const covering, leaving = 2500, 5000

func costOf(b box, taken []box, about surroundings) float64 {
	cost := 0.0
	for _, other := range taken {
		if o := b.overlap(other); o > 0 {
			cost += covering + o/20
		}
	}
	for _, p := range about.lines {
		if b.holds(p) {
			cost += 9
		}
	}
	for _, p := range about.anchors {
		if b.grown(4).holds(p) {
			cost += 120
		}
	}
	if b.left < about.within.left || b.right > about.within.right || b.top < about.within.top || b.bottom > about.within.bottom {
		cost += leaving
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
		for _, at := range s.view.again(l.anchor) {
			switch {
			case l.spot && l.site:
				p.rectangle(box{at[0], at[1], at[0], at[1]}.grown(4.5), 0, solid(c.site), solid(c.page), 1.5)
			case l.spot:
				p.circle(at, 6, solid(c.page), solid(c.route), 4)
			}
		}
	}
	for _, l := range labels {
		if l.site {
			s.drawSiteLabel(p, l)
		} else {
			s.drawStopLabel(p, l)
		}
	}
}

func (s *sheet) drawSiteLabel(p *pen, l label) {
	p.rectangle(l.box, 0, solid(s.colours.page), solid(s.colours.site), 1.5)
	face := s.labelSite()
	face.lang = l.lang
	s.drawLines(p, l.box.left+labelPad+1, l.box.top+labelPad/2, l.title, face)
}

// drawLines writes lines below y and gives the y below them.
func (s *sheet) drawLines(p *pen, x, y float64, lines []string, face typeface) float64 {
	lead := leading(s.route.Lang) * 0.97
	for _, line := range lines {
		y += face.size * lead
		p.text(x, y-face.size*(lead-1)*0.62, line, face)
	}
	return y
}

func (s *sheet) drawStopLabel(p *pen, l label) {
	c := s.colours
	width := 1.5
	if l.id == s.options.Stop {
		width = 3
	}
	p.rectangle(l.box, 7, solid(c.page), solid(c.route), width)
	number := box{l.box.left + 3.5, l.box.top + 3.5, l.box.left + 3.5 + labelNumber, l.box.bottom - 3.5}
	on, ink := solid(c.route), c.page
	if s.options.Theme == Print { // a copier makes large black fields grey
		on, ink = solid(c.page), c.ink
	}
	if l.spot {
		radius := math.Min(labelNumber, number.height()) / 2
		p.circle(orb.Point{number.left + labelNumber/2, (number.top + number.bottom) / 2}, radius, on, solid(c.route), 1.2)
	} else {
		p.rectangle(number, 5, on, solid(c.route), 1.2)
	}
	face := typeface{size: 14, weight: semibold, colour: ink, anchor: atMiddle}
	p.text(number.left+labelNumber/2, (number.top+number.bottom)/2+5, l.number, face)
	title := s.labelTitle()
	title.lang = l.lang
	x := number.right + labelPad
	y := s.drawLines(p, x, l.box.top+labelPad-1, l.title, title)
	s.drawLines(p, x, y, l.say, s.labelSay())
}
