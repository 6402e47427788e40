package draw

import (
	"cmp"
	"math"

	"github.com/paulmach/orb"
)

// cover is the head page: what this is, who tells it and as of when, how to read the map, and where to write.
func (b *booklet) cover() {
	h, r := b.handout, b.handout.Route
	pieces := []slab{
		b.set(b.words("handout."+string(cmp.Or(h.Edition, ParticipantEdition))), bodySize, semibold, b.inner()).slab(0, true),
		b.set(h.Title, bodySize*2.3, semibold, b.inner()*0.9).slab(6, true),
		b.set(join(" · ", b.words("claim.saidBy", "who", r.SaidBy), b.words.dated(r.AsOf, r.Historical)), bodySize*1.08, semibold, b.inner()).slab(10, true),
	}
	if b.trainer() {
		pieces = append(pieces, b.set(h.Summary, bodySize, regular, b.inner()).slab(8, true))
	}
	if h.URL != "" {
		pieces = append(pieces, b.online())
	}
	pieces = append(pieces, b.toFillIn(), b.rule(20), b.heading(b.words("legend.title"), 12))
	pieces = append(pieces, b.signs()...)
	pieces = append(pieces, b.set(b.words("legend.notPath"), bodySize, semibold, b.inner()).slab(8, false))
	if b.trainer() {
		pieces = append(pieces, b.timetable()...)
	} else {
		pieces = append(pieces, b.whoToCall()...)
	}
	marks := ""
	for _, step := range h.Steps {
		if step.HasDraft {
			marks = b.words("mark.draft")
		}
	}
	if h.StandIn != "" {
		pieces = append(pieces, b.set(b.words("note.standIn", "language", h.StandIn), smallSize, regular, b.inner()).slab(14, false))
	}
	if marks != "" {
		pieces = append(pieces, b.set(b.words("note.drafts"), smallSize, regular, b.inner()).slab(14, false))
	}
	b.add(h.Title, b.routeSource(), marks, pieces)
}

// online is the address of the route and its QR code, with what they lead to.
func (b *booklet) online() slab {
	const side = 104.0
	text := b.set(b.words("handout.online"), bodySize, semibold, b.inner()-side-20)
	address := b.set(b.handout.URL, bodySize, regular, b.inner()-side-20)
	return slab{height: side, gap: 16, keep: true, draw: func(p *pen, x, y float64) {
		b.drawCode(p, x, y, side)
		top := y + (side-text.height()-address.height())/2
		text.draw(p, x+side+20, top)
		address.draw(p, x+side+20, top+text.height())
		p.paper.link(b.handout.URL, p.onPage(box{x, y, x + b.inner(), y + side}))
	}}
}

// drawCode draws a QR code: runs of black modules in each row, without the border, which the page's white is.
func (b *booklet) drawCode(p *pen, x, y, side float64) {
	module := side / float64(max(1, len(b.handout.Code)))
	var rings []orb.LineString
	for i, row := range b.handout.Code {
		for from := 0; from < len(row); from++ {
			to := from
			for to < len(row) && row[to] {
				to++
			}
			if to > from {
				top := y + float64(i)*module
				rings = append(rings, box{x + float64(from)*module, top, x + float64(to)*module, top + module}.ring())
				from = to
			}
		}
	}
	p.fill(rings, solid(b.colours.ink))
}

// toFillIn is when, with whom and in which group.
func (b *booklet) toFillIn() slab {
	names := []string{b.words("handout.date"), b.words("handout.by"), b.words("handout.group")}
	const between, height = 18, 34
	width := (b.inner() - 2*between) / 3
	return slab{height: height, gap: 12, draw: func(p *pen, x, y float64) {
		for i, name := range names {
			left := x + float64(i)*(width+between)
			t := b.set(name, bodySize*0.95, regular, width)
			t.draw(p, left, y+height-t.lead-2)
			from := left + b.fonts.measure(name, t.face) + 6
			p.stroke([]orb.LineString{{{from, y + height - 2}, {left + width, y + height - 2}}}, paint{0x777777, 1}, 0.7)
		}
	}}
}

// signs are the legend in two columns.
func (b *booklet) signs() []slab {
	const between = 24
	width := (b.inner() - between) / 2
	s := &sheet{
		route: b.handout.Route, words: b.words, colours: b.colours, fonts: b.fonts, options: Options{Theme: Print, Format: PDF},
	}
	for _, step := range b.handout.Steps {
		s.options.Movements = s.options.Movements || len(step.Movements) > 0
		s.options.Sites = s.options.Sites || len(step.Sites) > 0
	}
	all := append(s.routeSigns(), s.otherSigns()...)
	var out []slab
	for i := 0; i < len(all); i += 2 {
		row := all[i:min(i+2, len(all))]
		texts := make([]prose, len(row))
		height := 20.0
		for j, sign := range row {
			texts[j] = b.set(sign.text, bodySize*0.95, regular, width-keyWidth)
			height = math.Max(height, texts[j].height())
		}
		out = append(out, slab{height: height, gap: 7, keep: true, draw: func(p *pen, x, y float64) {
			for j, sign := range row {
				left := x + float64(j)*(width+between)
				middle := y + math.Max(20, texts[j].lead)/2
				p.sheet.drawKey(p, sign.key, box{left, middle - 8, left + 34, middle + 8})
				texts[j].draw(p, left+keyWidth, middle-texts[j].lead/2)
			}
		}})
	}
	return out
}

// whoToCall is a place to write help at hand into: a number printed here would be wrong one day.
func (b *booklet) whoToCall() []slab {
	const rows = 5
	return []slab{
		b.rule(22),
		b.heading(b.words("handout.call"), 12),
		b.set(b.words("handout.callWhy"), bodySize*0.95, regular, b.inner()).slab(2, true),
		{height: ruleApart*rows + 4, draw: func(p *pen, x, y float64) {
			b.writingRules(p, x, y+4, b.inner(), rows)
		}},
	}
}

// timetable is the time planned for each step.
func (b *booklet) timetable() []slab {
	out := []slab{b.rule(22), b.heading(b.words("handout.time"), 12)}
	sum := 0
	row := func(left, middle, right string, w weight) slab {
		const columns = 200
		t := b.set(left, bodySize*0.95, w, b.inner()-columns-60)
		return slab{height: t.height() + 2, keep: true, draw: func(p *pen, x, y float64) {
			t.draw(p, x, y)
			b.set(middle, bodySize*0.95, w, columns).draw(p, x+b.inner()-columns-50, y)
			end := b.set(right, bodySize*0.95, w, columns)
			end.face.anchor = atEnd
			end.draw(p, x+b.inner(), y)
		}}
	}
	for _, step := range b.handout.Steps {
		sum += step.Minutes
		name := b.words("handout.numbered", "number", step.Number, "title", step.Title)
		out = append(out, row(name, b.words("term.module."+string(step.Module)), b.words("handout.minutes", "count", step.Minutes), regular))
	}
	if minutes := b.handout.QuizMinutes; minutes > 0 {
		sum += minutes
		out = append(out, row(b.words("quiz.title"), "", b.words("handout.minutes", "count", minutes), regular))
	}
	total := row(b.words("handout.total"), "", b.words("handout.minutes", "count", sum), semibold)
	total.keep = false
	return append(out, total)
}

// emptyMap is a page with a map of the region without the route, for groups to draw upon.
func (b *booklet) emptyMap() {
	const scale = 0.8
	title := b.words("handout.empty")
	head := []slab{
		b.set(title, bodySize*1.75, semibold, b.inner()).slab(0, true),
		b.set(b.words("handout.emptyHow"), bodySize, regular, b.inner()).slab(4, true),
		b.toFillIn(),
	}
	head[2].keep = true
	height := b.room() - heightTogether(head, 0) - 14
	s := b.maps.sheet(-1, box{right: b.inner() / scale, bottom: height / scale})
	b.add(title, "", "", append(head, slab{height: height, gap: 14, sheet: s, draw: func(p *pen, x, y float64) {
		b.drawMap(p, s, x, y, scale)
	}}))
}

// quiz is the questions that are answered before the lesson and again after it.
func (b *booklet) quiz() {
	if len(b.handout.Quiz) == 0 {
		return
	}
	title := b.words("quiz.title")
	pieces := []slab{
		b.set(title, bodySize*1.75, semibold, b.inner()).slab(0, true),
		b.set(b.words("handout.quizHow"), bodySize, regular, b.inner()).slab(4, true),
	}
	for i, question := range b.handout.Quiz {
		pieces = append(pieces, b.quizQuestion(i, question))
	}
	marks := ""
	if len(b.handout.Steps) > 0 {
		marks = b.marksOf(b.handout.Steps[0])
	}
	b.add(title, b.words("claim.uncited"), marks, pieces)
}

// quizQuestion is a question with its answers and two boxes before each: one to tick before the lesson, one after.
func (b *booklet) quizQuestion(i int, q HandoutQuestion) slab {
	const boxes, tick, apart, first = 104.0, 13.0, 48.0, 9.0
	width := b.inner() - boxes
	ask := b.set(b.words("handout.numbered", "number", i+1, "title", q.Question), bodySize*1.05, semibold, width)
	answers := make([]prose, len(q.Answers))
	height := ask.height() + 4
	for j, answer := range q.Answers {
		text, w := answer.Text, regular
		if b.trainer() && answer.Correct {
			text, w = join(" — ", text, b.words("quiz.correct")), semibold
		}
		answers[j] = b.set(text, bodySize, w, width)
		height += answers[j].height() + 6
	}
	var why prose
	if b.trainer() {
		why = b.set(b.words("quiz.explanation")+": "+q.Explanation, bodySize*0.95, regular, width)
		height += why.height() + 4
	}
	return slab{height: height, gap: 22, draw: func(p *pen, x, y float64) {
		for k, name := range []string{b.words("handout.before"), b.words("handout.after")} {
			p.text(x+first+tick/2+apart*float64(k), y+ask.lead/2+smallSize*0.35, name, typeface{
				size: smallSize, weight: regular, colour: b.colours.ink, anchor: atMiddle,
			})
		}
		ask.draw(p, x+boxes, y)
		y += ask.height() + 4
		for _, answer := range answers {
			for k := range 2 {
				left, middle := x+first+apart*float64(k), y+answer.lead/2
				p.rectangle(box{left, middle - tick/2, left + tick, middle + tick/2}, 1.5, paint{}, solid(b.colours.ink), 1)
			}
			answer.draw(p, x+boxes, y)
			y += answer.height() + 6
		}
		why.draw(p, x+boxes, y)
	}}
}

// sources are the documents that the lesson rests on.
func (b *booklet) sources() []slab {
	if len(b.handout.Sources) == 0 {
		return nil
	}
	out := []slab{b.rule(22), b.heading(b.words("sources.title"), 12)}
	for _, source := range b.handout.Sources {
		out = append(out, b.set(source.ID, bodySize, semibold, b.inner()).slab(6, true))
		for i, about := range source.About {
			out = append(out, b.set(about, bodySize*0.95, regular, b.inner()).slab(0, i < len(source.About)-1))
		}
	}
	return append(out, b.set(b.handout.Rights, bodySize*0.95, regular, b.inner()).slab(10, false))
}
