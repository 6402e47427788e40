package draw

import (
	"context"
	"strings"

	"github.com/paulmach/orb"
)

// Measures of a page, in pixels of 96 to the inch. Copiers lose what is nearer to the edge than some millimetres.
const (
	pageSide  = 66.0
	pageTop   = 54.0
	ruleApart = 30.0 // 8 mm, for handwriting
	bodySize  = 13.2 // 10 points
	smallSize = 10.8
)

// booklet is a handout while its pages are laid out and drawn.
type booklet struct {
	handout       Handout
	words         Words
	colours       colours
	fonts         *Fonts
	maps          *stepMaps
	paper         *paper
	width, height float64
	// side, top and bottom are the margins around what is printed.
	side, top, bottom float64
	leaves            []leaf
	// apart is how far apart the lines to write on are.
	apart    float64
	footRoom float64
	plan     stepPlan
	// sets are the texts that were broken into lines: a layout is tried several times.
	sets map[setKey]prose
}

// leaf is one page.
type leaf struct {
	// title is that of the step that begins here, for the reader's table of contents; empty where none begins.
	title  string
	placed []placed
	// source is where it is said and as of when; marks say which of its texts are drafts.
	source, marks string
}

// slab is a part of a page that is never split: a line, a picture, a question with the rules to write on.
type slab struct {
	// height is in pixels; gap is what stands free above it, but at a page's top.
	height, gap float64
	// keep says that what follows stands on the same page.
	keep bool
	draw func(p *pen, x, y float64)
	// sheet is that of its map, whose ground must be read before it is drawn; nil where it has none.
	sheet *sheet
}

// placed is a slab with its place below the top of its page's area, in pixels.
type placed struct {
	slab
	y float64
}

func newBooklet(p *Painter, h Handout, words Words, size PaperSize) *booklet {
	b := &booklet{
		handout: h, words: words, colours: Print.colours(), fonts: p.Fonts, maps: newStepMaps(h, words, p), sets: map[setKey]prose{},
	}
	b.width, b.height = size.pixels()
	b.side, b.top, b.bottom = pageSide, pageTop, footMargin
	b.apart = ruleApart
	if h.Edition == ShortEdition {
		b.side, b.top, b.bottom = shortSide, shortTop, shortFoot
		b.apart = shortRules
	}
	b.paper = newPaper(b.width*pointsPerPixel, b.height*pointsPerPixel)
	b.paper.title, b.paper.lang = h.Title, h.Route.Lang
	b.footRoom = b.highestFoot()
	return b
}

func (b *booklet) trainer() bool { return b.handout.Edition == TrainerEdition }

// inner is the width of what stands between the margins.
func (b *booklet) inner() float64 { return b.width - 2*b.side }

// room is the height of what stands above the foot.
func (b *booklet) room() float64 { return b.height - b.top - b.footRoom }

// note is what every page says of its map, and whose it is.
func (b *booklet) note() prose {
	text := b.words("note.boundary") + " " + join(" · ", b.words("map.attribution"), b.handout.Route.Attribution)
	return b.set(text, smallSize, regular, b.inner())
}

// said is the line of a foot that names the source, beside which the page's number has its room.
func (b *booklet) said(source, marks string) prose {
	number := 130.0
	if b.handout.Edition == ShortEdition { // a sheet has few pages
		number = 20 + b.fonts.measure(b.words("handout.page", "number", 2, "count", 2), typeface{size: smallSize, weight: regular})
	}
	return b.set(join(" · ", source, marks), smallSize, semibold, b.inner()-number)
}

// footMargin is the margin below a foot, which no printer cuts; shortFoot that of the short edition.
const footMargin, shortFoot = 46.0, 41.0

// highestFoot is the room that every page leaves for its foot, in pixels.
func (b *booklet) highestFoot() float64 {
	said := b.said(b.routeSource(), b.words("mark.draft")).height()
	if b.handout.Edition == ShortEdition {
		steps, _ := b.handout.ShortSteps()
		said = max(said, b.said(b.citedBy(steps), b.marksOf(b.handout.all())).height())
		return 18 + said + b.note().height() + b.bottom
	}
	for _, step := range b.handout.Steps {
		said = max(said, b.said(b.sourceOf(step), b.marksOf(step)).height())
	}
	return 18 + said + b.note().height() + b.bottom
}

// paginate sets pieces on pages of a height one below the other. What keeps together moves to the next page together; only what
// is higher than a page altogether is parted between two pieces.
func paginate(pieces []slab, height float64) [][]placed {
	var pages [][]placed
	var page []placed
	y := 0.0
	set := func(list []slab) {
		for _, part := range list {
			if y > 0 {
				y += part.gap
			}
			if y+part.height > height && len(page) > 0 {
				pages = append(pages, page)
				page, y = nil, 0
			}
			page = append(page, placed{part, y})
			y += part.height
		}
	}
	for start := 0; start < len(pieces); {
		end := start + 1
		for end < len(pieces) && pieces[end-1].keep {
			end++
		}
		together := pieces[start:end]
		if y > 0 && y+heightTogether(together, y) > height && heightTogether(together, 0) <= height {
			pages = append(pages, page)
			page, y = nil, 0
		}
		set(together)
		start = end
	}
	if len(page) > 0 {
		pages = append(pages, page)
	}
	return pages
}

// heightTogether is what pieces need below a place on a page.
func heightTogether(pieces []slab, y float64) float64 {
	sum := 0.0
	for _, part := range pieces {
		if y+sum > 0 {
			sum += part.gap
		}
		sum += part.height
	}
	return sum
}

// add lays pieces out on new pages that share a source line.
func (b *booklet) add(title, source, marks string, pieces []slab) {
	for i, page := range paginate(pieces, b.room()) {
		l := leaf{placed: page, source: source, marks: marks}
		if i == 0 {
			l.title = title
		}
		b.leaves = append(b.leaves, l)
	}
}

// load reads the ground of the maps.
func (b *booklet) load(ctx context.Context) error {
	for _, l := range b.leaves {
		for _, part := range l.placed {
			if part.sheet == nil {
				continue
			}
			if _, err := b.maps.base(ctx, part.sheet); err != nil {
				return err
			}
		}
	}
	return nil
}

// print draws the pages and gives the file.
func (b *booklet) print() []byte {
	for i, l := range b.leaves {
		s := &sheet{
			route: b.handout.Route, words: b.words, colours: b.colours, fonts: b.fonts, width: b.width, height: b.height,
			options: Options{Theme: Print, Format: PDF},
		}
		p := penOn(b.paper, s, 0, 0, 1)
		for _, part := range l.placed {
			part.draw(p, b.side, b.top+part.y)
		}
		b.foot(p, l, i+1)
		b.paper.endPage()
		if l.title != "" {
			b.paper.outline = append(b.paper.outline, outlineItem{l.title, i})
		}
	}
	return b.paper.finish()
}

// foot is what every page says of itself: where it is said, how old that is, and what the boundaries do not mean.
func (b *booklet) foot(p *pen, l leaf, number int) {
	said, note := b.said(l.source, l.marks), b.note()
	top := b.height - b.bottom - said.height() - note.height() - 4
	if said.lines == nil {
		top -= said.lead
	}
	p.stroke([]orb.LineString{{{b.side, top}, {b.width - b.side, top}}}, solid(b.colours.rule), 0.8)
	of := b.set(b.words("handout.page", "number", number, "count", len(b.leaves)), smallSize, regular, b.inner())
	of.face.anchor = atEnd
	of.draw(p, b.width-b.side, top+4)
	said.draw(p, b.side, top+4)
	note.draw(p, b.side, b.height-b.bottom-note.height())
}

// join puts texts together with something between them; those that are empty are left out.
func join(between string, texts ...string) string {
	var some []string
	for _, text := range texts {
		if text != "" {
			some = append(some, text)
		}
	}
	return strings.Join(some, between)
}

// prose is a text set to a width.
type prose struct {
	lines []string
	face  typeface
	lead  float64
}

// setKey is all that determines how a text is broken into lines.
type setKey struct {
	text        string
	size, width float64
	weight      weight
	// taken is what of its first line something else has taken.
	taken float64
}

// set breaks a text into lines of a width; its own paragraphs start new ones.
func (b *booklet) set(text string, size float64, w weight, width float64) prose {
	key := setKey{text: text, size: size, width: width, weight: w}
	if out, ok := b.sets[key]; ok {
		return out
	}
	out := b.breakLines(text, size, w, width)
	b.sets[key] = out
	return out
}

func (b *booklet) breakLines(text string, size float64, w weight, width float64) prose {
	out := prose{face: typeface{size: size, weight: w, colour: b.colours.ink}, lead: size * leadingOf(b.handout.Route.Lang, text)}
	if size > 20 {
		out.lead *= 0.94
	}
	for paragraph := range strings.SplitSeq(text, "\n") {
		out.lines = append(out.lines, b.fonts.wrapWithin(strings.TrimSpace(paragraph), out.face, width*0.995, 0)...)
	}
	return out
}

func (t prose) height() float64 { return t.lead * float64(len(t.lines)) }

// draw writes the text below y.
func (t prose) draw(p *pen, x, y float64) {
	for i, line := range t.lines {
		p.text(x, y+t.lead*(float64(i)+0.5)+t.face.size*0.35, line, t.face)
	}
}

// slab is the whole text as one slab.
func (t prose) slab(gap float64, keep bool) slab {
	return slab{height: t.height(), gap: gap, keep: keep, draw: t.draw}
}

// rule is a thin line over the page's width.
func (b *booklet) rule(gap float64) slab {
	return slab{height: 1, gap: gap, keep: true, draw: func(p *pen, x, y float64) {
		p.stroke([]orb.LineString{{{x, y}, {x + b.inner(), y}}}, solid(b.colours.rule), 0.8)
	}}
}

// heading is the name of a part.
func (b *booklet) heading(text string, gap float64) slab {
	return b.set(text, bodySize*1.1, semibold, b.inner()).slab(gap, true)
}

// writingRules are lines to write on, so many below y.
func (b *booklet) writingRules(p *pen, x, y, width float64, count int) {
	for i := range count {
		at := y + b.apart*float64(i+1)
		p.stroke([]orb.LineString{{{x, at}, {x + width, at}}}, paint{0x777777, 1}, 0.7)
	}
}
