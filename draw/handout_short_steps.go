package draw

import (
	"math"
	"slices"
	"strconv"
)

// citedBy is where steps are said and as of when, each year's passages together.
func (b *booklet) citedBy(steps []HandoutStep) string {
	type year struct {
		asOf       int
		historical bool
		citations  []string
	}
	r := b.handout.Route
	var years []year
	for _, step := range steps {
		if len(step.Citations) == 0 {
			continue // words of the lesson alone
		}
		of := year{step.AsOf, step.Historical, codesOf(step.Citations)}
		if i := slices.IndexFunc(years, func(y year) bool { return y.asOf == of.asOf }); i >= 0 {
			years[i].citations = append(years[i].citations, of.citations...)
		} else {
			years = append(years, of)
		}
	}
	if len(years) == 0 {
		years = []year{{r.AsOf, r.Historical, r.Citations}}
	}
	texts := make([]string, len(years))
	for i, y := range years {
		texts[i] = b.source(Passages(y.citations), y.asOf, y.historical)
	}
	return join(" — ", texts...)
}

// Of the second side: how much larger than the smallest its letters may be, in how many tries down to these, and how many lines to
// write on stand in each of the two columns of its box.
const (
	largest, tries      = 1.3, 31
	fewRules, mostRules = 3, 7
)

// back is the side of the steps. Its letters are as large as leave all of it on one page; where even the smallest do not, it goes
// on, in letters that are easy to read.
func (b *booklet) back(steps []HandoutStep) []slab {
	with := func(larger float64, rules int) []slab {
		return append(b.inColumns(steps, larger), b.endOfShort(rules)...)
	}
	fits := func(pieces []slab) bool { return len(paginate(pieces, b.room())) == 1 }
	for try := range tries {
		larger := largest - (largest-smallest)*float64(try)/(tries-1)
		if !fits(with(larger, fewRules)) {
			continue
		}
		rules := mostRules
		for rules > fewRules && !fits(with(larger, rules)) {
			rules--
		}
		return with(larger, rules)
	}
	return with((largest+smallest)/2, fewRules)
}

const stepsGap = 10.0

// inColumns are the steps in two columns of like height; in as many pairs of these as it takes.
func (b *booklet) inColumns(steps []HandoutStep, larger float64) []slab {
	width, room := b.columnOf(b.inner(), 2), b.room()
	var pieces []slab
	for _, step := range steps {
		pieces = append(pieces, b.known(step, larger, width)...)
	}
	height := math.Min(room, heightTogether(pieces, 0)/2)
	for height < room && len(paginate(pieces, height)) > 2 {
		height = math.Min(room, height+3)
	}
	var out []slab
	for pair := range slices.Chunk(paginate(pieces, height), 2) {
		lowest := 0.0
		for _, column := range pair {
			last := column[len(column)-1]
			lowest = math.Max(lowest, last.y+last.height)
		}
		out = append(out, slab{height: lowest, gap: stepsGap, draw: func(p *pen, x, y float64) {
			for i, column := range pair {
				for _, part := range column {
					part.draw(p, x+float64(i)*(width+columnsApart), y+part.y)
				}
			}
		}})
	}
	return out
}

// known is what a step says that one should know, below its title and the number of its stop on the map.
func (b *booklet) known(step HandoutStep, larger, width float64) []slab {
	indent, number, spot := 0.0, "", false
	for _, stop := range b.handout.Route.Stops {
		if stop.Stop == step.Stop && step.Stop != "" {
			indent, number, spot = numberRoom, strconv.Itoa(stop.Seq), isSpot(stop.Precision)
		}
	}
	const least = 17.5 // the height of a number
	title := b.fine(step.Title, larger*1.08, semibold, width-indent, 0)
	out := []slab{{height: math.Max(title.height(), least), gap: 7.5 * larger, keep: true, draw: func(p *pen, x, y float64) {
		if number != "" {
			b.drawNumber(p, x, y+math.Max(title.lead, least)/2, number, spot)
		}
		title.draw(p, x+indent, y+math.Max(0, least-title.height())/2)
	}}}
	for _, part := range [][2]string{{"lesson.noticing", step.Noticing}, {"lesson.protects", step.Protects}, {"lesson.help", step.Help}} {
		if part[1] != "" {
			out = append(out, b.runIn(b.words(part[0]), part[1], larger, width, 2*larger)...)
		}
	}
	return out
}

// runIn is a text that begins in the line of its own name, line by line, at least two of them in a column.
func (b *booklet) runIn(name, text string, larger, width, gap float64) []slab {
	const apart, most = 7.0, 0.7
	head := b.fine(name, larger, semibold, width, 0)
	taken := b.fonts.measure(name, head.face) + apart
	if len(head.lines) > 1 || taken > width*most { // no room beside it
		return append([]slab{head.slab(gap, true)}, b.byLine(b.fine(text, larger, regular, width, 0), 0)...)
	}
	lines := b.byLine(b.fine(text, larger, regular, width, taken), gap)
	if len(lines) == 0 {
		return []slab{head.slab(gap, false)}
	}
	first := lines[0]
	higher := math.Max(0, head.lead*0.88-first.height) // of another script, whose marks have the room of two lines
	lines[0].height += higher
	lines[0].draw = func(p *pen, x, y float64) {
		head.draw(p, x, y+math.Max(0, first.height-head.lead)/2)
		first.draw(p, x+taken, y+higher/2)
	}
	return lines
}

// byLine is a text as a slab for each line, of which no column has one alone.
func (b *booklet) byLine(t prose, gap float64) []slab {
	var out []slab
	for i := range t.lines {
		line := t
		line.lines = t.lines[i : i+1]
		out = append(out, line.slab(0, i == 0 || i == len(t.lines)-2))
	}
	if len(out) > 0 {
		out[0].gap = gap
	}
	return out
}

// endOfShort is the box to write into whom to call, the sources and under which licence all of it is.
func (b *booklet) endOfShort(rules int) []slab {
	out := []slab{b.callBox(rules)}
	for i, source := range b.handout.Sources {
		name, gap := source.ID, 2.0
		if i == 0 {
			name, gap = b.words("sources.title")+"  "+name, 10
		}
		out = append(out, b.runIn(name, source.Brief, smallest, b.inner(), gap)...)
	}
	return append(out, b.fine(b.handout.Rights, smallest, regular, b.inner(), 0).slab(2, false))
}

// callBox is a box to write help at hand into: a number printed here would be wrong one day. Its words stand at the left, above
// as many lines as they leave there.
func (b *booklet) callBox(rules int) slab {
	const pad = 11.0
	width := b.inner() - 2*pad
	column := b.columnOf(width, 2)
	name := b.fine(b.words("handout.call"), 1.16, semibold, column, 0)
	why := b.fine(b.words("handout.callWhy"), smallest, regular, column, 0)
	inside := math.Max(b.apart*float64(rules), name.height()+why.height())
	left := int((inside - name.height() - why.height()) / b.apart)
	return slab{height: inside + 2*pad, gap: 11, draw: func(p *pen, x, y float64) {
		p.rectangle(box{x, y, x + b.inner(), y + inside + 2*pad}, 5, paint{}, solid(b.colours.ink), 1.4)
		x, y = x+pad, y+pad
		name.draw(p, x, y)
		why.draw(p, x, y+name.height())
		b.writingRules(p, x, y+inside-b.apart*float64(left), column, left)
		b.writingRules(p, x+column+columnsApart, y+inside-b.apart*float64(rules), column, rules)
	}}
}
