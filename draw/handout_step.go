package draw

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"corridor/routes"
)

// stepPlan is how the steps of a handout are laid out, the same for all of them.
type stepPlan struct {
	// mapHeight is that of a map's sheet, in pixels.
	mapHeight float64
	// rules is how many lines there are to write on below each question.
	rules int
	// parted says that the questions have a page of their own, the back of the sheet.
	parted bool
}

// stepPlans are tried in this order.
func stepPlans() []stepPlan {
	return []stepPlan{{500, 3, false}, {500, 2, false}, {450, 2, false}, {410, 2, false}}
}

// choosePlan takes the roomiest plan by which every stage has one page; where none does, the questions go to the back and
// the map has all the room that every stage leaves it.
func (b *booklet) choosePlan() stepPlan {
	for _, plan := range stepPlans() {
		if !b.trainer() && b.eachStage(func(i int) []slab { return append(b.firstPart(i, plan), b.work(b.handout.Steps[i], plan.rules)...) }) {
			return plan
		}
	}
	const highest, lowest, less = 760, 480, 40
	plan := stepPlan{highest, 2, true}
	for plan.mapHeight > lowest && !b.eachStage(func(i int) []slab { return b.firstPart(i, plan) }) {
		plan.mapHeight -= less
	}
	return plan
}

// eachStage says whether what is made of each stage has room on one page.
func (b *booklet) eachStage(of func(step int) []slab) bool {
	for i, step := range b.handout.Steps {
		if step.Kind == routes.Stage && len(paginate(of(i), b.room())) > 1 {
			return false
		}
	}
	return true
}

// step lays out a step: what is told and the work on it, on one page where that can be, else on the two sides of a sheet.
func (b *booklet) step(i int) {
	step := b.handout.Steps[i]
	source, marks := b.sourceOf(step), b.marksOf(step)
	plans := []stepPlan{b.plan}
	if step.Kind != routes.Stage {
		plans = append(plans, stepPlans()...)
	}
	for _, plan := range plans {
		first := b.firstPart(i, plan)
		if all := slices.Concat(first, b.roomiest(step, first)); len(paginate(all, b.room())) == 1 {
			b.add(step.Title, source, marks, all)
			return
		}
	}
	b.add(step.Title, source, marks, b.firstPart(i, b.plan))
	head := []slab{b.set(step.Title, bodySize*1.3, semibold, b.inner()).slab(0, true)}
	b.add("", source, marks, append(head, b.roomiest(step, head)...))
}

// roomiest gives the work on a step with as many lines to write on as need no further page.
func (b *booklet) roomiest(step HandoutStep, before []slab) []slab {
	const most = 6
	pages := func(work []slab) int { return len(paginate(append(slices.Clone(before), work...), b.room())) }
	with := func(rules int) []slab {
		work := append(b.work(step, rules), b.notes(step)...)
		if step.Kind == routes.Closing {
			work = append(work, b.sources()...)
		}
		return work
	}
	least := with(b.plan.rules)
	for rules := most; rules > b.plan.rules; rules-- {
		if work := with(rules); pages(work) == pages(least) {
			return work
		}
	}
	return least
}

// firstPart is that of a step: its head, the map with what is said of it, and what to know.
func (b *booklet) firstPart(i int, plan stepPlan) []slab {
	step := b.handout.Steps[i]
	kicker := join("  ·  ", b.words("handout.step", "number", step.Number, "count", b.handout.Steps[len(b.handout.Steps)-1].Number), b.words("term.module."+string(step.Module)))
	if b.trainer() {
		kicker = join("  ·  ", kicker, b.words("handout.minutes", "count", step.Minutes))
	}
	pieces := []slab{
		b.set(kicker, smallSize, regular, b.inner()).slab(0, true),
		b.set(step.Title, bodySize*1.75, semibold, b.inner()).slab(2, true),
	}
	if step.HasMap() {
		pieces = append(pieces, b.beside(i, plan))
	} else {
		pieces = append(pieces, b.set(step.Narration, bodySize*1.2, regular, b.inner()*0.86).slab(10, false))
	}
	return append(pieces, b.whatToKnow(step)...)
}

// beside is the map with the words on its right.
func (b *booklet) beside(i int, plan stepPlan) slab {
	const between = 22
	step := b.handout.Steps[i]
	s := b.maps.sheet(i, box{right: mapWidth, bottom: plan.mapHeight})
	width, height := mapWidth*mapScale, plan.mapHeight*mapScale
	column := b.inner() - width - between
	texts := []prose{b.set(step.Narration, bodySize*1.16, regular, column)}
	for _, fact := range b.facts(step) {
		texts = append(texts, b.set(fact[0], smallSize, semibold, column), b.set(fact[1], bodySize*0.95, regular, column))
	}
	texts = append(texts, b.set(b.words("map.notPath"), smallSize, regular, column))
	tall := -14.0
	for j, t := range texts {
		tall += t.height()
		if j == 0 || j%2 == 0 {
			tall += 14
		}
	}
	return slab{height: math.Max(height, tall), gap: 12, sheet: s, draw: func(p *pen, x, y float64) {
		b.drawMap(p, s, x, y, mapScale)
		at := y - 3
		for j, t := range texts {
			t.draw(p, x+width+between, at)
			at += t.height()
			if j == 0 || j%2 == 0 {
				at += 14
			}
		}
	}}
}

// facts are what happens at a step, in the field's own terms.
func (b *booklet) facts(step HandoutStep) [][2]string {
	var out [][2]string
	row := func(name, list string, codes []string) {
		terms := make([]string, len(codes))
		for i, code := range codes {
			terms[i] = b.words("term." + list + "." + code)
		}
		if len(terms) > 0 {
			out = append(out, [2]string{b.words(name), join("; ", terms...)})
		}
	}
	row("lesson.acts", "act", codesOf(step.Acts))
	row("fact.means", "means", codesOf(step.Means))
	row("lesson.signs", "sign", codesOf(step.Signs))
	return out
}

func codesOf[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, code := range list {
		out[i] = string(code)
	}
	return out
}

// drawMap draws a map's sheet with a frame at a place of the page.
func (b *booklet) drawMap(p *pen, s *sheet, x, y, scale float64) {
	inset := penOn(b.paper, s, x, y, scale)
	inset.within(box{right: s.width, bottom: s.height}, func() {
		s.drawMap(inset, b.maps.bases[s.viewKey()])
		s.drawScale(inset)
	})
	frame := box{x, y, x + s.width*scale, y + s.height*scale}
	p.stroke([]orb.LineString{frame.ring()}, solid(b.colours.ink), 0.9)
}

// whatToKnow is what to know at a stage: side by side, or, where no page is high enough for that, as for a long list, one below the other
// and on over the pages.
func (b *booklet) whatToKnow(step HandoutStep) []slab {
	var parts [][2]string
	for _, part := range [][2]string{
		{b.words("lesson.noticing"), step.Noticing},
		{b.words("lesson.protects"), step.Protects},
		{b.words("lesson.help"), step.Help},
	} {
		if part[1] != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return nil
	}
	if beside := b.columns(parts); beside.height <= b.room() {
		return []slab{beside}
	}
	var out []slab
	for _, part := range parts {
		out = append(out, b.heading(part[0], 16))
		out = append(out, b.byLine(b.set(part[1], bodySize*0.93, regular, b.inner()), 2)...)
	}
	return out
}

// columns are texts with their names, side by side.
func (b *booklet) columns(parts [][2]string) slab {
	const between = 20
	width := (b.inner() - between*float64(len(parts)-1)) / float64(len(parts))
	var heads, bodies []prose
	headHeight, bodyHeight := 0.0, 0.0
	for _, part := range parts {
		heads, bodies = append(heads, b.set(part[0], bodySize*0.98, semibold, width)), append(bodies, b.set(part[1], bodySize*0.93, regular, width))
		headHeight = math.Max(headHeight, heads[len(heads)-1].height())
		bodyHeight = math.Max(bodyHeight, bodies[len(bodies)-1].height())
	}
	return slab{height: 8 + headHeight + 2 + bodyHeight, gap: 16, draw: func(p *pen, x, y float64) {
		for i := range parts {
			left := x + float64(i)*(width+between)
			p.stroke([]orb.LineString{{{left, y}, {left + width, y}}}, solid(b.colours.ink), 1.4)
			heads[i].draw(p, left, y+8)
			bodies[i].draw(p, left, y+10+headHeight)
		}
	}}
}

// work is the questions and the decision point of a step, each with its lines to write on.
func (b *booklet) work(step HandoutStep, rules int) []slab {
	var out []slab
	if len(step.Questions) > 0 {
		out = append(out, b.heading(b.words("lesson.questions"), 20))
	}
	for i, question := range step.Questions {
		out = append(out, b.question(strconv.Itoa(i+1), question, rules))
	}
	if step.Decision != "" {
		out = append(out, b.heading(b.words("lesson.decision"), 20), b.question("", step.Decision, rules))
	}
	return out
}

// question is a question and the lines below it, which no page parts.
func (b *booklet) question(number, text string, rules int) slab {
	indent := 20.0
	if number == "" {
		indent = 0
	}
	t := b.set(text, bodySize, regular, b.inner()-indent)
	return slab{height: t.height() + ruleApart*float64(rules), gap: 8, draw: func(p *pen, x, y float64) {
		if number != "" {
			b.set(number, bodySize, semibold, indent).draw(p, x, y)
		}
		t.draw(p, x+indent, y)
		b.writingRules(p, x+indent, y+t.height(), b.inner()-indent, rules)
	}}
}

// notes are the speaker's, in the trainer's edition alone. A bar at their side tells them from what the group has; they may
// go on over a page, at least two lines on each.
func (b *booklet) notes(step HandoutStep) []slab {
	if !b.trainer() || step.Notes == "" {
		return nil
	}
	const indent = 16
	barred := func(t prose, gap float64, keep bool) slab {
		return slab{height: t.height(), gap: gap, keep: keep, draw: func(p *pen, x, y float64) {
			p.stroke([]orb.LineString{{{x + 2, y}, {x + 2, y + t.height()}}}, solid(b.colours.ink), 3)
			t.draw(p, x+indent, y)
		}}
	}
	title := join("  ·  ", b.words("lesson.notes"), b.words("handout.minutes", "count", step.Minutes))
	out := []slab{barred(b.set(title, bodySize, semibold, b.inner()-indent), 22, true)}
	all := b.set(step.Notes, bodySize*0.96, regular, b.inner()-indent)
	for i := range all.lines {
		line := all
		line.lines = all.lines[i : i+1]
		out = append(out, barred(line, 0, i == 0 || i == len(all.lines)-2))
	}
	return out
}

// sourceOf is where a step's words are said, as of when. Of words that no source is cited for nothing but the map is any source's.
func (b *booklet) sourceOf(step HandoutStep) string {
	switch {
	case len(step.Citations) == 0 && step.HasMap():
		return join(" · ", b.words("claim.uncited"), b.words("claim.map", "cited", b.routeSource()))
	case len(step.Citations) == 0:
		return b.words("claim.uncited")
	}
	return b.source(cited(codesOf(step.Citations)), step.AsOf, step.Historical)
}

func (b *booklet) routeSource() string {
	r := b.handout.Route
	return b.source(cited(r.Citations), r.AsOf, r.Historical)
}

// source says where something is told, a line for each source, and as of when.
func (b *booklet) source(cited []string, asOf int, historical bool) string {
	return join(" · ", b.words("handout.source", "cited", strings.Join(cited, "; ")), b.words.dated(asOf, historical))
}

// marksOf says which of a step's texts are drafts or stand in for another language.
func (b *booklet) marksOf(step HandoutStep) string {
	draft, fallback := "", ""
	if step.HasDraft {
		draft = b.words("mark.draft")
	}
	if step.Fallback {
		fallback = b.words("mark.fallback")
	}
	return join(" · ", draft, fallback)
}
