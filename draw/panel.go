package draw

import (
	"fmt"
	"math"
	"sort"

	"github.com/paulmach/orb"
)

// panel is the words beside the map: what it is, how to read it, whose it is.
type panel struct {
	x, top, bottom          float64
	width                   float64
	head, foot              []block
	topHeight, bottomHeight float64
}

// block is a paragraph, or a key of the legend with its words.
type block struct {
	lines []string
	face  typeface
	lead  float64 // the distance of baselines in pixels
	after float64 // the gap below in pixels
	key   key
	rule  bool // a thin line above
}

// key is which sign of the map a block explains.
type key int

const (
	noKey key = iota
	keyDocumented
	keyInferred
	keyArea
	keyOneOf
	keyBorder
	keyPoint
	keyHomeward
	keyMovement
	keySiteArea
	keySitePoint
)

// keyWidth is the room of a key's sign, in pixels.
const keyWidth = 46.0

// layOut sets the words for a width so that they leave room; where they are too many they become smaller, and where that is not enough
// not all sources are named: they must not hide what lines do not mean.
func (s *sheet) layOut(width, height, size float64) panel {
	for _, shrink := range []float64{1, 0.94, 0.88, 0.82, 0.76, 0.7} {
		if p := s.setWords(width, size*shrink); p.fits(height) {
			return p
		}
	}
	smallest := size * 0.7
	s.cited = 1 + sort.Search(len(s.sources()), func(fewer int) bool {
		s.cited = fewer + 2
		return !s.setWords(width, smallest).fits(height)
	})
	return s.setWords(width, smallest)
}

// setWords sets the words in letters of a size.
func (s *sheet) setWords(width, size float64) panel {
	p := panel{width: width, head: s.head(width, size), foot: s.foot(width, size)}
	p.topHeight, p.bottomHeight = heightOf(p.head), heightOf(p.foot)
	return p
}

func (p panel) fits(height float64) bool { return p.topHeight+p.bottomHeight+16 <= height }

func heightOf(blocks []block) float64 {
	sum := 0.0
	for _, b := range blocks {
		sum += b.lead*float64(len(b.lines)) + b.after
		if b.rule {
			sum += 12
		}
	}
	if len(blocks) > 0 {
		sum -= blocks[len(blocks)-1].after
	}
	return sum
}

func (s *sheet) block(text string, face typeface, width float64) block {
	b := block{face: face, lead: face.size * leadingOf(s.route.Lang, text), after: face.size * 0.55}
	if face.size > 20 {
		b.lead *= 0.92
	}
	b.lines = s.fonts.wrapWithin(text, face, width*0.985, 0)
	return b
}

// head is who tells, the title, and the legend.
func (s *sheet) head(width, size float64) []block {
	r, c := s.route, s.colours
	if s.options.Empty {
		return nil
	}
	kicker := s.block(s.words.dated(r.AsOf, r.Historical), typeface{size: size, weight: semibold, colour: c.route}, width)
	kicker.after = size * 0.4
	title := s.block(r.Title, typeface{size: size * 2.1, weight: semibold, colour: c.ink, lang: r.TitleLang}, width)
	title.after = size * 0.7
	blocks := []block{kicker, title}
	said := s.words("claim.saidBy", "who", r.SaidBy)
	if where := s.citations(); where != "" {
		said += " · " + where
	}
	by := s.block(said, typeface{size: size, weight: regular, colour: c.inkSoft}, width)
	by.after = size * 1.1
	return append(append(blocks, by), s.legend(width, size)...)
}

// foot is what every picture says of itself.
func (s *sheet) foot(width, size float64) []block {
	c := s.colours
	small := typeface{size: size * 0.88, weight: regular, colour: c.inkSoft}
	var out []block
	if !s.options.Empty {
		out = append(out, s.block(s.words("map.notPath"), typeface{size: size, weight: semibold, colour: c.ink}, width))
		if s.draft() {
			out = append(out, s.block(s.words("mark.draft")+": "+s.words("mark.draftTitle"), small, width))
		}
	}
	out = append(out, s.block(s.words("note.boundary"), small, width))
	said := s.words("map.attribution")
	if s.route.Attribution != "" {
		said += " · " + s.route.Attribution
	}
	return append(out, s.block(said, small, width))
}

// drawPanel covers what the map draws beyond its frame and writes the words there.
func (s *sheet) drawPanel(p *pen) {
	c, f := s.colours, s.view.frame
	for _, b := range []box{{0, 0, f.left, s.height}, {0, 0, s.width, f.top}, {0, f.bottom, s.width, s.height}} {
		if b.width() > 0 && b.height() > 0 {
			p.fill([]orb.LineString{b.ring()}, solid(c.page))
		}
	}
	edge := orb.LineString{{f.left, 0}, {f.left, s.height}}
	if f.left == 0 {
		edge = orb.LineString{{0, f.top}, {s.width, f.top}, {s.width, f.bottom}, {0, f.bottom}}
	}
	p.stroke([]orb.LineString{edge}, solid(c.rule), 1)
	y := s.panel.top
	for _, b := range s.panel.head {
		y = s.drawBlock(p, b, y)
	}
	if s.options.Empty {
		s.drawWritingLines(p)
	}
	y = s.panel.bottom
	for _, b := range s.panel.foot {
		y = s.drawBlock(p, b, y)
	}
}

// drawBlock draws a block below y and gives the y of the next.
func (s *sheet) drawBlock(p *pen, b block, y float64) float64 {
	x := s.panel.x
	if b.rule {
		p.stroke([]orb.LineString{{{x, y}, {x + s.panel.width, y}}}, solid(s.colours.rule), 1)
		y += 12
	}
	if b.key != noKey {
		s.drawKey(p, b.key, box{x, y + b.lead/2 - 8, x + 34, y + b.lead/2 + 8})
		x += keyWidth
	}
	for _, line := range b.lines {
		y += b.lead
		p.text(x, y-b.lead/2+b.face.size*0.35, line, b.face)
	}
	return y + b.after
}

// drawKey draws a sign as the map draws it.
func (s *sheet) drawKey(p *pen, k key, b box) {
	c := s.colours
	middle := (b.top + b.bottom) / 2
	area := box{b.left + 1, b.top + 1, b.right - 1, b.bottom - 1}
	switch k {
	case keyDocumented, keyInferred, keyHomeward, keyMovement:
		kind := map[key]flowKind{keyDocumented: documentedLeg, keyInferred: inferredLeg, keyHomeward: homeward, keyMovement: otherMovement}[k]
		s.drawFlow(p, flow{line: orb.LineString{{b.left, middle}, {b.right, middle}}, kind: kind})
	case keySiteArea:
		p.rectangle(area, 0, paint{c.site, 0.06}, paint{c.site, 0.9}, 1.6)
		p.text((b.left+b.right)/2, middle+4, "16", typeface{size: 11, weight: semibold, colour: c.site, anchor: atMiddle})
	case keySitePoint:
		p.rectangle(box{(b.left + b.right) / 2, middle, (b.left + b.right) / 2, middle}.grown(4.5), 0, solid(c.site), solid(c.page), 1.5)
	case keyArea:
		p.rectangle(area, 4, paint{c.route, c.tone}, paint{c.route, 0.55}, 1)
		p.stroke(hatch([]orb.LineString{area.ring()}, hatching{apart: 6, angle: -45}, area), paint{c.route, c.hatch}, 1.4)
	case keyOneOf:
		p.rectangle(area, 4, paint{c.route, c.tone}, paint{c.route, 0.16}, 4)
		parts := []orb.LineString{
			{{area.left, middle}, {area.left + 12, middle + 1}, {area.right, middle - 3}},
			{{area.left + 12, area.top}, {area.left + 12, middle + 1}, {area.left + 20, area.bottom}},
		}
		p.round(true)
		p.stroke(parts, paint{c.route, c.part}, 0.9, 1, 3)
		p.round(false)
	case keyBorder:
		var line orb.LineString
		for i := range 13 {
			t := float64(i) / 12
			line = append(line, orb.Point{b.left + 4 + t*26, middle - 3*math.Sin(t*2*math.Pi) + 3 - 6*t})
		}
		p.round(true)
		p.stroke([]orb.LineString{line}, solid(c.route), 8)
		p.stroke([]orb.LineString{line}, solid(c.land), 3.5)
		p.round(false)
	case keyPoint:
		p.circle(orb.Point{(b.left + b.right) / 2, middle}, 5.5, solid(c.page), solid(c.route), 3.6)
	}
}

// drawWritingLines gives those who draw upon an empty map room to write.
func (s *sheet) drawWritingLines(p *pen) {
	end := s.panel.bottom - 40
	if s.view.frame.left == 0 {
		return
	}
	for y := s.panel.top + 40; y < end; y += 36 {
		p.stroke([]orb.LineString{{{s.panel.x, y}, {s.panel.x + s.panel.width, y}}}, solid(s.colours.rule), 1)
	}
}

// scaleBox is where the scale bar stands.
func (s *sheet) scaleBox() box {
	f := s.view.frame
	_, width := s.scaleLength()
	return box{f.right - 22 - math.Max(width, 60), f.bottom - 40, f.right - 14, f.bottom - 10}
}

// scaleLength is a round number of kilometres of 60 to 150 pixels at the frame's middle.
func (s *sheet) scaleLength() (km int, pixels float64) {
	metres := s.view.metresPerPixel()
	km = 1
	for _, next := range []int{2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000} {
		if float64(next)*1000/metres > 150 {
			break
		}
		km = next
	}
	return km, float64(km) * 1000 / metres
}

// drawScale draws the scale bar.
func (s *sheet) drawScale(p *pen) {
	c, b := s.colours, s.scaleBox()
	km, width := s.scaleLength()
	right := b.right - 4
	y := b.bottom - 4
	line := []orb.LineString{{{right - width, y - 6}, {right - width, y}, {right, y}, {right, y - 6}}}
	p.stroke(line, solid(c.land), 3.4)
	p.stroke(line, solid(c.ink), 1.2)
	p.text(right, y-9, fmt.Sprintf("%d km", km), typeface{size: 11.5, colour: c.ink, weight: regular, halo: c.land, haloed: true, anchor: atEnd})
}
