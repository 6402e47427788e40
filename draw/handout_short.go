package draw

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/paulmach/orb"
)

// The short edition is a sheet to take home: the map of the whole route on one side, on the other what to notice, what protects
// and who can help. Its margins, in pixels, are narrower than those of a lesson to work with, and still none that a copier cuts.
const (
	shortSide = 42.0
	shortTop  = 40.0
	// shortRules is how far apart its lines to write on are: 7.5 mm.
	shortRules = 28.4
)

// short lays out the short edition. What has no room on the second side goes on: nothing is cut.
func (b *booklet) short() {
	h := b.handout
	b.add(h.Title, b.routeSource(), b.marksOf(h.all()), b.front())
	steps, _ := h.ShortSteps()
	b.add("", b.citedBy(steps), b.marksOf(Handout{Steps: steps}.all()), b.back(steps))
}

// all is a step that is marked as any of the handout's is.
func (h Handout) all() HandoutStep {
	var out HandoutStep
	for _, step := range h.Steps {
		out.HasDraft, out.Fallback = out.HasDraft || step.HasDraft, out.Fallback || step.Fallback
	}
	return out
}

// front is the side of the map.
func (b *booklet) front() []slab {
	h, r := b.handout, b.handout.Route
	pieces := []slab{
		b.set(b.words("handout.short"), smallSize, semibold, b.inner()).slab(0, true),
		b.set(h.Title, bodySize*1.9, semibold, b.inner()).slab(2, true),
		b.set(join(" · ", b.words("claim.saidBy", "who", r.SaidBy), b.words.dated(r.AsOf, r.Historical)), bodySize, semibold, b.inner()).slab(5, true),
	}
	if h.StandIn != "" {
		pieces = append(pieces, b.fine(b.words("note.standIn", "language", h.StandIn), smallest, regular, b.inner(), 0).slab(3, true))
	}
	if h.all().HasDraft {
		pieces = append(pieces, b.fine(b.words("note.drafts"), smallest, regular, b.inner(), 0).slab(3, true))
	}
	if _, without := h.ShortSteps(); without {
		pieces = append(pieces, b.fine(b.words("handout.shortOmits", "name", b.words("lesson.protects")), smallest, regular, b.inner(), 0).slab(3, true))
	}
	if len(h.Steps) == 0 {
		return pieces
	}
	const gap = 12
	return append(pieces, b.mapAndWords(b.room()-heightTogether(pieces, 0)-gap, gap)...)
}

// mapAndWords are the map of the whole route and how to read it, side by side or one below the other: as the map becomes
// larger.
func (b *booklet) mapAndWords(height, gap float64) []slab {
	const (
		column, between = 204.0, 18.0
		lowest          = 320.0 // a map that is less high goes to the next page with its words
	)
	upright := b.wholeMap(b.inner()-column-between, max(height, lowest))
	beside, below := b.toRead(column, 1, true), b.toRead(b.inner(), 2, true)
	if heightTogether(beside, 0) > height && upright.saysAll() {
		beside = b.toRead(column, 1, false)
	}
	across := b.wholeMap(b.inner(), max(lowest, height-heightTogether(below, gap)))
	if across.saysAll() {
		below = b.toRead(b.inner(), 2, false)
		across = b.wholeMap(b.inner(), max(lowest, height-heightTogether(below, gap)))
	}
	// Metres to a pixel: the fewer, the larger is what the map shows.
	if heightTogether(beside, 0) > height || across.view.metresPerPixel() < upright.view.metresPerPixel() {
		return append([]slab{b.mapSlab(across, gap)}, below...)
	}
	out := b.mapSlab(upright, gap)
	drawMap := out.draw
	out.draw = func(p *pen, x, y float64) {
		drawMap(p, x, y)
		for _, part := range paginate(beside, height)[0] {
			part.draw(p, x+upright.width*wholeScale+between, y+part.y)
		}
	}
	return []slab{out}
}

// wholeScale is how large the whole map is drawn beside a picture on a screen.
const wholeScale = 0.94

// wholeMap is the map as the closing of the lesson has it, for a width and a height of the page.
func (b *booklet) wholeMap(width, height float64) *sheet {
	return b.maps.sheet(len(b.handout.Steps)-1, box{right: width / wholeScale, bottom: height / wholeScale})
}

func (b *booklet) mapSlab(s *sheet, gap float64) slab {
	return slab{height: s.height * wholeScale, gap: gap, sheet: s, draw: func(p *pen, x, y float64) { b.drawMap(p, s, x, y, wholeScale) }}
}

// saysAll says whether the labels of a map tell of every stop how precisely its source names it.
func (s *sheet) saysAll() bool {
	labels := s.placeLabels(s.flows(), s.siteGroups())
	return !slices.ContainsFunc(s.route.Stops, func(stop Stop) bool {
		return !slices.ContainsFunc(labels, func(l label) bool { return l.id == stop.Stop && !l.site && len(l.say) > 0 })
	})
}

// toRead are the stops in order, where the map does not say all of them, what its signs mean, and where to read on, set to a width.
func (b *booklet) toRead(width float64, columns int, stops bool) []slab {
	var out []slab
	if stops {
		out = append(out, b.fineHeading(b.words("stops.title"), width, 14))
		out = append(out, b.sideBySide(b.stopRows(b.columnOf(width, columns)), width, columns)...)
	}
	out = append(out, b.fineHeading(b.words("legend.title"), width, 14))
	out = append(out, b.sideBySide(b.signRows(b.columnOf(width, columns)), width, columns)...)
	out = append(out, b.fine(b.words("map.notPath"), smallest, semibold, width, 0).slab(8, true))
	if b.handout.URL != "" {
		out = append(out, b.fineOnline(width))
	}
	return out
}

const columnsApart = 20.0

// columnOf is how wide one of some columns is.
func (b *booklet) columnOf(width float64, columns int) float64 {
	return (width - columnsApart*float64(columns-1)) / float64(columns)
}

// sideBySide sets so many slabs in a row.
func (b *booklet) sideBySide(list []slab, width float64, columns int) []slab {
	var out []slab
	for i := 0; i < len(list); i += columns {
		row := list[i:min(i+columns, len(list))]
		height := 0.0
		for _, part := range row {
			height = math.Max(height, part.height)
		}
		out = append(out, slab{height: height, gap: row[0].gap, keep: true, draw: func(p *pen, x, y float64) {
			for j, part := range row {
				part.draw(p, x+float64(j)*(b.columnOf(width, columns)+columnsApart), y)
			}
		}})
	}
	return out
}

// stopRows are the stops with their numbers and how precisely the source names them, which a map's label may lack.
func (b *booklet) stopRows(width float64) []slab {
	var out []slab
	for _, stop := range b.handout.Route.Stops {
		how := b.words("term.precision." + stop.Precision)
		if stop.OneOf {
			how = b.words("map.oneOf")
		}
		title := b.fine(stop.Title, 1.04, semibold, width-numberRoom, 0)
		say := b.fine(how, smallest, regular, width-numberRoom, 0)
		out = append(out, slab{height: title.height() + say.height(), gap: 6, keep: true, draw: func(p *pen, x, y float64) {
			b.drawNumber(p, x, y+title.lead/2, strconv.Itoa(stop.Seq), isSpot(stop.Precision))
			title.draw(p, x+numberRoom, y)
			say.draw(p, x+numberRoom, y+title.height())
		}})
	}
	return out
}

// numberRoom is what the number of a stop takes at the side of its words, in pixels.
const numberRoom = 27.0

// drawNumber draws the number of a stop as the map has it: round where the stop is a spot.
func (b *booklet) drawNumber(p *pen, x, middle float64, number string, spot bool) {
	const radius = 8.5
	if spot {
		p.circle(orb.Point{x + 1 + radius, middle}, radius, solid(b.colours.page), solid(b.colours.route), 1.2)
	} else {
		p.rectangle(box{x + 1, middle - radius, x + 1 + 2*radius, middle + radius}, 4, solid(b.colours.page), solid(b.colours.route), 1.2)
	}
	const size = 11.4
	p.text(x+1+radius, middle+size*0.36, number, typeface{size: size, weight: semibold, colour: b.colours.ink, anchor: atMiddle})
}

// signRows are the legend.
func (b *booklet) signRows(width float64) []slab {
	closing := b.handout.Steps[len(b.handout.Steps)-1]
	s := &sheet{
		route: b.handout.Route.upTo(closing), words: b.words, colours: b.colours, fonts: b.fonts,
		options: Options{Theme: Print, Format: PDF, Movements: len(closing.Movements) > 0, Sites: len(closing.Sites) > 0},
	}
	var out []slab
	for _, sign := range append(s.routeSigns(), s.otherSigns()...) {
		t := b.fine(sign.text, smallest, regular, width-keyWidth, 0)
		height := math.Max(17, t.height())
		out = append(out, slab{height: height, gap: 5, keep: true, draw: func(p *pen, x, y float64) {
			middle := y + math.Max(17, t.lead)/2
			p.sheet.drawKey(p, sign.key, box{x, middle - 8, x + 34, middle + 8})
			t.draw(p, x+keyWidth, middle-t.lead/2)
		}})
	}
	return out
}

// fineOnline is the address of the route and its QR code: beside it where the words have room there, else below.
func (b *booklet) fineOnline(width float64) slab {
	const side, apart, least = 92.0, 12.0, 240.0
	left, words := side+apart, width-side-apart
	if words < least {
		left, words = 0, width
	}
	text := b.fine(b.words("handout.online"), smallest, semibold, words, 0)
	address := b.fine(breakable(b.handout.URL), smallest, regular, words, 0)
	height, top := text.height()+address.height(), side+6
	if left > 0 {
		top = math.Max(0, side-height) / 2
	}
	return slab{height: math.Max(side, top+height), gap: 16, draw: func(p *pen, x, y float64) {
		b.drawCode(p, x, y, side)
		text.draw(p, x+left, y+top)
		address.draw(p, x+left, y+top+text.height())
		p.paper.link(b.handout.URL, p.onPage(box{x, y, x + width, y + math.Max(side, top+height)}))
	}}
}

// breakable is an address that a line may break after its signs.
func breakable(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	for _, sign := range []string{"/", ".", "?", "&", "="} {
		rest = strings.ReplaceAll(rest, sign, sign+string(zeroWidthSpace))
	}
	return scheme + "://" + strings.TrimRight(rest, string(zeroWidthSpace))
}

func (b *booklet) fineHeading(text string, width, gap float64) slab {
	return b.fine(text, 1.12, semibold, width, 0).slab(gap, true)
}

// smallest is the factor of the smallest letters of the short edition's own words.
const smallest = 1.0

// fineSize is the size in pixels of the smallest letters of a text that can still be read on a copy: 8.5 points of Latin ones, 9
// of Chinese, 9.5 of scripts that are small for their size; and how far apart such lines stand, as a multiple of it.
func fineSize(text string) (size, lead float64) {
	size, lead = 11.35, 1.25
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Myanmar, r):
			return 12.7, 1.43
		case unicode.Is(unicode.Khmer, r):
			return 12.7, 1.45
		case unicode.Is(unicode.Thai, r), unicode.Is(unicode.Lao, r):
			size, lead = 12.7, 1.3
		case unicode.Is(unicode.Han, r) && lead < 1.3:
			size, lead = 12, 1.34
		}
	}
	return size, lead
}

// fine sets a text in the smallest letters of its script or in some larger ones, its first line after so many pixels that are
// taken.
func (b *booklet) fine(text string, larger float64, w weight, width, taken float64) prose {
	size, lead := fineSize(text)
	size *= larger
	key := setKey{text, size, width, w, taken}
	if out, ok := b.sets[key]; ok {
		return out
	}
	out := prose{face: typeface{size: size, weight: w, colour: b.colours.ink}, lead: size * lead}
	out.lines = b.fonts.wrapWithin(text, out.face, width*0.995, taken)
	b.sets[key] = out
	return out
}
