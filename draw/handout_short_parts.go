package draw

import (
	"slices"
	"unicode"
)

// ShortSteps are the steps of the short edition: those that say what to notice, what protects or who can help. Where all of it is
// too much for one side of a sheet and would not be without what protects, this is left to the other editions; where even the
// rest is too much, all of it goes on over further pages. The texts alone decide, by about how much room they take: so that every
// paper, and the page on the web, which measures no letters, say the same.
func (h Handout) ShortSteps() (steps []HandoutStep, withoutProtects bool) {
	if onOneSide(h.Steps, true) || !onOneSide(h.Steps, false) {
		return toKnow(h.Steps), false
	}
	steps = slices.Clone(h.Steps)
	for i := range steps {
		steps[i].Protects = ""
	}
	return toKnow(steps), true
}

func toKnow(steps []HandoutStep) []HandoutStep {
	return slices.DeleteFunc(slices.Clone(steps), func(s HandoutStep) bool { return s.Noticing == "" && s.Protects == "" && s.Help == "" })
}

// onOneSide says whether the steps have about room on one side, in the smallest letters.
func onOneSide(steps []HandoutStep, protects bool) bool {
	return roughArea(steps, protects) < areaOfASide
}

func roughArea(steps []HandoutStep, protects bool) float64 {
	sum := 0.0
	for _, step := range steps {
		parts := []string{step.Noticing, step.Help}
		if protects {
			parts = append(parts, step.Protects)
		}
		parts = slices.DeleteFunc(parts, func(text string) bool { return text == "" })
		if len(parts) == 0 {
			continue
		}
		for _, text := range append(parts, step.Title) {
			size, lead := fineSize(text)
			// The name of a part and the end of its last line take about a line.
			sum += (roughWidth(text, size) + 330) * size * lead
		}
	}
	return sum
}

// areaOfASide is about what the columns of a side of Letter have, in square pixels.
const areaOfASide = 560_000.0

// roughWidth is about how wide a text is, in pixels.
func roughWidth(text string, size float64) float64 {
	ems := 0.0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mn, r): // stands upon another letter or below it
		case unicode.Is(unicode.Han, r):
			ems++
		case unicode.Is(unicode.Myanmar, r), unicode.Is(unicode.Khmer, r):
			ems += 0.75
		default:
			ems += 0.52
		}
	}
	return ems * size
}
