package draw

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// measured is a text in a weight; its width grows with the size alone.
type measured struct {
	text   string
	weight weight
}

// mostMeasured bounds what is kept: a picture has a few hundred pieces, and the same ones in each size that is tried.
const mostMeasured = 4096

// measuring is the size in pixels at which texts are measured, whatever the size they are drawn in: so that a width is the same
// to its last digit, and lines break alike, whatever was measured before.
const measuring = 16

// measure is a text's width in pixels.
func (f *Fonts) measure(text string, t typeface) float64 {
	key := measured{text, t.weight}
	if width, ok := f.widths[key]; ok {
		return width * t.size
	}
	sum, size := 0.0, t.size
	t.size = measuring
	for _, r := range f.runs(text, t) {
		sum += r.width
	}
	if len(f.widths) >= mostMeasured {
		clear(f.widths)
	}
	f.widths[key] = sum / measuring
	return f.widths[key] * size
}

// wrap breaks a text into lines that are no wider than a number of pixels where that can be: as few as can be, of like
// width, since a last line of one syllable is hard to read, and between words rather than within.
func (f *Fonts) wrap(text string, t typeface, width float64) []string {
	return f.fill(f.words.pieces(text), t, width, 0)
}

// wrapWithin is wrap for a text beside or below which something stands, or the page's edge: it cuts what is wider than a line, such as
// an address. It begins in a line of which so many pixels are taken.
func (f *Fonts) wrapWithin(text string, t typeface, width, taken float64) []string {
	var list []piece
	for _, p := range f.words.pieces(text) {
		if f.measure(p.text, t) > width {
			list = append(list, p.letters()...)
		} else {
			list = append(list, p)
		}
	}
	return f.fill(list, t, width, taken)
}

// fill breaks a text that is cut into pieces.
func (f *Fonts) fill(list []piece, t typeface, width, taken float64) []string {
	if len(list) == 0 {
		return nil
	}
	// A piece's width holds that of the space at its end, which does not count at the end of a line.
	widths, spaces := make([]float64, len(list)), make([]float64, len(list))
	space := f.measure(" ", t)
	for i, p := range list {
		list[i].text = strings.ReplaceAll(p.text, string(zeroWidthSpace), "")
		widths[i] = f.measure(list[i].text, t)
		if strings.HasSuffix(list[i].text, " ") {
			spaces[i] = space
		}
	}
	// best is what the lines up to a piece cost at least, from what piece the last of them starts.
	type choice struct {
		cost float64
		from int
	}
	best := make([]choice, len(list)+1)
	for end := 1; end <= len(list); end++ {
		best[end].cost = math.Inf(1)
		used := -spaces[end-1]
		for from := end - 1; from >= 0; from-- {
			used += widths[from]
			room := width
			if from == 0 {
				room -= taken
			}
			if used > room && from < end-1 {
				break
			}
			cost := best[from].cost + costOfLine(used/room, list[end-1].after, end == len(list))
			if cost < best[end].cost {
				best[end] = choice{cost, from}
			}
		}
	}
	var lines []string
	for end := len(list); end > 0; end = best[end].from {
		var line strings.Builder
		for _, p := range list[best[end].from:end] {
			line.WriteString(p.text)
		}
		if text := strings.TrimSpace(line.String()); text != "" {
			lines = append(lines, text)
		}
	}
	slices.Reverse(lines)
	return lines
}

// costOfLine is what a line costs that is filled to a share and breaks so at its end.
func costOfLine(filled float64, after breaking, last bool) float64 {
	cost := 1 + (1-filled)*(1-filled)
	switch {
	case last: // the end of a text is where it is
	case after == syllable:
		cost += 0.2
	case after == anySyllable:
		cost += 3
	}
	return cost
}

// leadingOf is the leading of a text in a picture of a language: that of the language, or more where the text has letters of a script that
// needs more, since what has no translation is shown in the language that it has.
func leadingOf(lang string, lines ...string) float64 {
	lead := leading(lang)
	for _, line := range lines {
		for _, r := range line {
			switch {
			case unicode.Is(unicode.Myanmar, r):
				return max(lead, leading("my"))
			case unicode.Is(unicode.Khmer, r):
				lead = max(lead, leading("km"))
			case unicode.In(r, unicode.Thai, unicode.Lao):
				lead = max(lead, leading("th"))
			}
		}
	}
	return lead
}

// leading is the distance of baselines as a multiple of the size: scripts with marks above and below need more.
func leading(lang string) float64 {
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "my":
		return 1.72
	case "km":
		return 1.6
	case "th", "lo":
		return 1.48
	case "zh":
		return 1.42
	}
	return 1.3
}
