package routes

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// What fits on a projector's screen in type that the last row can read.
const (
	mostWords = 40 // of a language that separates words by spaces
	mostHan   = 100
	// mostLetters is for Thai, Lao, Khmer and Burmese, without the marks over and under letters.
	mostLetters = 230
)

// checkLesson holds the form of a lesson and what its steps may refer to.
func (l *Loaded) checkLesson(lesson Lesson, s spot, known identifiers) {
	l.refer(lesson.Route, s.field("route"), known.routes)
	route := slices.IndexFunc(l.Routes, func(r Route) bool { return r.ID == lesson.Route })
	if route < 0 {
		return
	}
	steps := map[string]bool{}
	for i, step := range lesson.Steps {
		at := s.field("steps").item(i)
		l.id(step.ID, idForm, at.field("id"), steps)
		l.checkStep(step, l.Routes[route], at, known)
	}
	l.stepOrder(lesson.Steps, s.field("steps"))
	if l.checkMinutes(lesson.QuizMinutes, "a quiz", s.field("quiz_minutes")); lesson.QuizMinutes != 0 && len(lesson.Quiz) == 0 {
		l.refuse(s.field("quiz_minutes"), "there is no quiz to plan time for", "write one, or delete quiz_minutes")
	}
	questions := map[string]bool{}
	for i, q := range lesson.Quiz {
		at := s.field("quiz").item(i)
		l.id(q.ID, idForm, at.field("id"), questions)
		l.checkAnswers(q.Answers, at.field("answers"))
	}
}

// stepOrder wants an opening at the start, a closing at the end, and none of them between.
func (l *Loaded) stepOrder(steps []Step, s spot) {
	if !l.written(s) || l.misread(s) {
		return
	}
	if len(steps) < 2 {
		l.refuse(s, "a lesson has at least two steps", "begin with one of kind opening and end with one of kind closing")
		return
	}
	for i, step := range steps {
		at := s.item(i).field("kind")
		switch {
		case step.Kind == "":
		case (i == 0) != (step.Kind == Opening):
			l.refuse(at, "the first step, and no other, is the opening", "write opening there and stage or topic elsewhere")
		case (i == len(steps)-1) != (step.Kind == Closing):
			l.refuse(at, "the last step, and no other, is the closing", "write closing there and stage or topic elsewhere")
		}
	}
}

// checkMinutes wants a time that is planned for something to be one.
func (l *Loaded) checkMinutes(minutes int, what string, at spot) {
	if (minutes < 1 || minutes > 240) && l.written(at) && !l.misread(at) {
		l.refuse(at, fmt.Sprintf("%d is no time for %s", minutes, what), "write 1 to 240 minutes")
	}
}

func (l *Loaded) checkStep(step Step, route Route, at spot, known identifiers) {
	l.stepCitations(step, at, known)
	if step.Kind == Stage && step.Stop == "" && step.Leg == "" {
		l.refuse(at.field("stop"), "a stage tells of a stop or a leg", "add stop: or leg:, or write kind: topic")
	}
	l.checkMinutes(step.Minutes, "a step", at.field("minutes"))
	eachOnce(l, step.Acts, at.field("acts"))
	eachOnce(l, step.Means, at.field("means"))
	eachOnce(l, step.Signs, at.field("signs"))
	l.stepOnMap(step, route, at)
	for lang, text := range step.Narration {
		if what, fits := fitsScreen(lang, text); !fits {
			l.refuse(at.field("narration").field(lang), "the screen cannot hold so long a text: "+what, "shorten it and tell the rest in notes")
		}
	}
}

// stepCitations holds rule 3 for what a step takes from a source; a stage always does.
func (l *Loaded) stepCitations(step Step, at spot, known identifiers) {
	eachOnce(l, step.Citations, at.field("citations"))
	for i, c := range step.Citations {
		written := l.citation(c, at.field("citations").item(i), known)
		if !speaksOf(written, step.AsOf) && !l.misread(at.field("as_of")) {
			l.refuse(at.field("as_of"), fmt.Sprintf("%d is no year that the source can speak of", step.AsOf),
				"add the year the source speaks of: as_of: 2008")
			break
		}
	}
	if step.Kind == Stage && len(step.Citations) == 0 {
		l.refuse(at.field("citations"), "a stage says nothing of where it is told", `add citations: ["08BEIJING4697 ¶5"] and as_of`)
	}
}

// stepOnMap wants what a step shows to be of its route.
func (l *Loaded) stepOnMap(step Step, route Route, at spot) {
	stops, legs := sureOnes(idsOf(route.Stops)), sureOnes(idsOf(route.Legs))
	if reached := route.reached(step.Leg); reached != "" && step.Stop != "" && step.Stop != reached {
		l.refuse(at.field("leg"), fmt.Sprintf("the leg reaches %q, the step tells of %q", reached, step.Stop),
			"write the leg that reaches the stop")
	}
	movements, sites := map[string]bool{}, map[string]bool{}
	for _, m := range l.Movements {
		if slices.Contains(m.Routes, route.ID) {
			movements[m.ID] = true
		}
	}
	for _, site := range l.Sites {
		if slices.Contains(site.Routes, route.ID) {
			sites[site.ID] = true
		}
	}
	if slices.Contains(l.unread, "movements.yaml") {
		movements = nil
	}
	if slices.Contains(l.unread, "sites.yaml") {
		sites = nil
	}
	l.refer(step.Stop, at.field("stop"), stops)
	l.refer(step.Leg, at.field("leg"), legs)
	l.referAll(step.Movements, at.field("movements"), movements)
	l.referAll(step.Sites, at.field("sites"), sites)
}

func (l *Loaded) checkAnswers(list []Answer, at spot) {
	if !l.written(at) || l.misread(at) {
		return
	}
	if len(list) < 2 || len(list) > 5 {
		l.refuse(at, fmt.Sprintf("a question with %d answers", len(list)), "write two to five")
	}
	ids, right := map[string]bool{}, 0
	for i, a := range list {
		l.id(a.ID, idForm, at.item(i).field("id"), ids)
		if a.Correct {
			right++
		}
	}
	if right != 1 {
		l.refuse(at, fmt.Sprintf("%d answers are correct", right), "write correct: true at one")
	}
}

// fitsScreen says whether a text is short enough for a screen that is read from the last row, and how long it is.
func fitsScreen(lang, text string) (length string, fits bool) {
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "zh":
		n := letters(text)
		return fmt.Sprintf("%d characters, at most %d", n, mostHan), n <= mostHan
	case "th", "lo", "km", "my":
		n := letters(text)
		return fmt.Sprintf("%d letters, at most %d", n, mostLetters), n <= mostLetters
	}
	n := len(strings.Fields(text))
	return fmt.Sprintf("%d words, at most %d", n, mostWords), n <= mostWords
}

func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
