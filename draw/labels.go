package draw

import (
	"math"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// label is what stands beside a stop or a programme, and where: a stop's number, name and precision, a programme's words.
type label struct {
	anchor orb.Point
	box    box
	// id and place are the ids of the stop and of the place; named is the name that the label says.
	id, place, named string
	number           string
	// numbers are the lines of the number, of which a label that several stops share has many; room is the width of their box.
	numbers    []string
	room       float64
	title, say []string
	// lang is the language of the title.
	lang          string
	width, height float64
	// site says that it is a programme's; spot that it belongs to a spot.
	site, spot bool
	// upon says that the label may stand upon its anchor: an area that is large enough to carry it.
	upon bool
	// area is where the area lies that the label is of; own is the same where that is small and should be left to be seen.
	area, own box
	// less is what it costs that the label says less than it might; cost all that its place costs.
	less, cost float64
}

// Measures of a label, in pixels.
const (
	labelWords  = 165.0 // the width of its words
	labelNumber = 25.0
	mostNumbers = 76.0 // the width of a line of numbers, where there are several
	numberLine  = 17.0 // the height of such a line
	labelPad    = 6.0
	labelAround = 7 // what a number alone has around its box
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
// first. Where they find no room near what they are of, they say less.
func (s *sheet) placeLabels(flows []flow, sites []siteGroup) []label {
	labels := s.labelsOf(sites)
	about := s.surroundings(labels, flows)
	settled := inBestOrder(labels, about)
	if crowded(settled) {
		settled = s.sayLess(labels, settled, about)
	}
	return slices.DeleteFunc(settled, func(l label) bool { return l.wordless() && !l.spot })
}

// labelsOf makes the labels of the stops and of the programmes that are in the frame, not yet in their places.
func (s *sheet) labelsOf(sites []siteGroup) (labels []label) {
	shown := func(at orb.Point, ok bool) (orb.Point, bool) {
		anchor := s.view.pixel(at)
		return anchor, ok && s.view.frame.grown(-4).holds(anchor) // others are beside the part that the picture frames
	}
	for _, stop := range s.route.Stops {
		anchor, ok := shown(stop.spot())
		if !ok {
			continue
		}
		l := s.stopLabel(stop, anchor)
		shared := -1
		if stop.Letter != "" {
			shared = slices.IndexFunc(labels, l.saysTheSame)
		}
		if shared < 0 {
			labels = append(labels, l)
		} else {
			labels[shared] = s.withNumber(labels[shared], l.number)
		}
	}
	for _, group := range sites {
		if anchor, ok := shown(group[0].spot()); ok {
			labels = append(labels, s.siteLabel(group, anchor))
		}
	}
	return labels
}

// saysTheSame says that another label is at the same place and has all the same words: that of another route's stop can be one with it.
func (l label) saysTheSame(other label) bool {
	const same = 0.5 // pixels
	return l.named == other.named && slices.Equal(l.say, other.say) && l.spot == other.spot && planar.Distance(l.anchor, other.anchor) < same
}

// withNumber gives a label the number of another stop besides its own.
func (s *sheet) withNumber(l label, number string) label {
	l.number += " " + number
	s.measureNumber(&l)
	s.measureStop(&l)
	l.stand()
	return l
}

// measureNumber breaks the number of a label into lines and gives it its room.
func (s *sheet) measureNumber(l *label) {
	l.numbers = s.fonts.wrap(l.number, s.labelTitle(), mostNumbers)
	l.room = labelNumber
	for _, line := range l.numbers {
		l.room = math.Max(l.room, s.fonts.measure(line, s.labelTitle())+8)
	}
}

// numberHeight is the height of the box around the number, in pixels.
func (l label) numberHeight() float64 {
	return labelNumber + numberLine*float64(len(l.numbers)-1)
}

func (s *sheet) stopLabel(stop Stop, anchor orb.Point) label {
	l := label{anchor: anchor, id: stop.Stop, place: stop.PlaceID, named: stop.Title, number: stop.Letter + strconv.Itoa(stop.Seq), lang: stop.Lang}
	s.measureNumber(&l)
	l.spot = isSpot(stop.Precision)
	l.title = s.fonts.wrap(stop.Title, s.labelTitle(), labelWords)
	say := s.words("term.precision." + stop.Precision)
	if stop.OneOf {
		say = s.words("map.oneOf")
	}
	l.say = s.fonts.wrap(say, s.labelSay(), labelWords)
	s.measureStop(&l)
	l.area = boundOfRings(s.view.ringsAbout(anchor, stop.Geometry))
	l.stand()
	return l
}

// measureStop gives a stop's label the size of its words.
func (s *sheet) measureStop(l *label) {
	l.width = l.room + 3*labelPad + s.widest(l.title, s.labelTitle(), l.say)
	l.height = s.wordsHeight(*l)
	if len(l.numbers) > 1 {
		l.height = math.Max(l.height, l.numberHeight()+labelAround)
	}
}

// wordsHeight is the height that the words of a stop's label ask for, in pixels.
func (s *sheet) wordsHeight(l label) float64 {
	return 2*labelPad + s.linesHeight(l.title, 14) + s.linesHeight(l.say, 11.5) - 2
}

func (s *sheet) siteLabel(group siteGroup, anchor orb.Point) label {
	first := group[0]
	l := label{anchor: anchor, site: true, place: first.PlaceID, named: first.Place, lang: first.Lang}
	l.spot = isSpot(first.Precision)
	l.title = s.fonts.wrap(group.says(s.words, s.route.AsOf), s.labelSite(), labelWords)
	l.width = 2*labelPad + 2 + s.widest(l.title, s.labelSite(), nil)
	l.height = labelPad + s.linesHeight(l.title, 12)
	l.area = boundOfRings(s.view.ringsAbout(anchor, first.Geometry))
	l.stand()
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

// stand says how a label of its size stands to the area that it is of.
func (l *label) stand() {
	l.upon = l.area.width() > l.width*1.15 && l.area.height() > l.height*2.2
	l.own = box{}
	if l.area.width() < 180 && !l.upon {
		l.own = l.area
	}
}

// boundOfRings is where rings lie that are given in pixels; empty where there are none.
func boundOfRings(rings []orb.LineString) box {
	if len(rings) == 0 {
		return box{}
	}
	b := orb.MultiLineString(rings).Bound()
	return box{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}

// drawLabels draws the labels with their leaders.
func (s *sheet) drawLabels(p *pen, labels []label) {
	c := s.colours
	for _, l := range labels {
		if !l.wordless() && !l.box.holds(l.anchor) {
			leader := []orb.LineString{{l.anchor, l.middle()}}
			p.stroke(leader, solid(c.land), 3.4)
			p.stroke(leader, solid(c.ink), 1.2)
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
		switch {
		case l.wordless():
		case l.site:
			s.drawSiteLabel(p, l)
		default:
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

// labelLead is the distance of baselines in a label's lines as a multiple of the size.
func (s *sheet) labelLead(lines []string) float64 {
	return leadingOf(s.route.Lang, lines...) * 0.97
}

// linesHeight is the height of a label's lines of a size, in pixels.
func (s *sheet) linesHeight(lines []string, size float64) float64 {
	return s.labelLead(lines) * size * float64(len(lines))
}

// drawLines writes lines below y and gives the y below them.
func (s *sheet) drawLines(p *pen, x, y float64, lines []string, face typeface) float64 {
	lead := s.labelLead(lines)
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
	number := box{l.box.left + 3.5, l.box.top + 3.5, l.box.left + 3.5 + l.room, l.box.bottom - 3.5}
	on, ink := solid(c.route), c.page
	if s.options.Theme == Print { // a copier makes large black fields grey
		on, ink = solid(c.page), c.ink
	}
	middle := (number.top + number.bottom) / 2
	radius := math.Min(labelNumber, number.height()) / 2
	half := math.Min(l.numberHeight(), number.height()) / 2
	switch {
	case !l.spot:
		p.rectangle(number, 5, on, solid(c.route), 1.2)
	case l.room > labelNumber:
		p.rectangle(box{number.left, middle - half, number.right, middle + half}, radius, on, solid(c.route), 1.2)
	default:
		p.circle(orb.Point{number.left + labelNumber/2, middle}, radius, on, solid(c.route), 1.2)
	}
	face := typeface{size: 14, weight: semibold, colour: ink, anchor: atMiddle}
	for i, line := range l.numbers {
		p.text(number.left+l.room/2, middle+5+numberLine*(float64(i)-float64(len(l.numbers)-1)/2), line, face)
	}
	title := s.labelTitle()
	title.lang = l.lang
	x := number.right + labelPad
	y := l.box.top + labelPad - 1
	if len(l.numbers) > 1 { // the words stand in the middle beside many numbers
		y += math.Max(0, l.height-s.wordsHeight(l)) / 2
	}
	y = s.drawLines(p, x, y, l.title, title)
	s.drawLines(p, x, y, l.say, s.labelSay())
}
