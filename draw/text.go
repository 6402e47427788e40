package draw

import (
	"strings"
	"unicode"
)

// measure is a text's width in pixels.
func (f *Fonts) measure(text string, t typeface) float64 {
	sum := 0.0
	for _, r := range f.runs(text, t) {
		sum += r.width
	}
	return sum
}

// wrap breaks a text into lines that are no wider than a number of pixels where that can be, and of like width: a last
// line of one syllable is hard to read.
func (f *Fonts) wrap(text string, t typeface, width float64) []string {
	list := pieces(text)
	widths := make([]float64, len(list))
	for i, piece := range list {
		widths[i] = f.measure(piece, t)
	}
	space := f.measure(" ", t)
	lines := fill(list, widths, space, width)
	for narrower := 0.96; narrower > 0.5 && len(lines) > 1; narrower -= 0.04 {
		even := fill(list, widths, space, width*narrower)
		if len(even) > len(lines) {
			break
		}
		lines = even
	}
	return lines
}

// fill puts as many pieces into each line as it holds; the space at a line's end does not count.
func fill(list []string, widths []float64, space, width float64) []string {
	var lines []string
	line, used := "", 0.0
	for i, piece := range list {
		need := widths[i]
		if strings.HasSuffix(piece, " ") {
			need -= space
		}
		if line != "" && used+need > width {
			lines = append(lines, strings.TrimSpace(line))
			line, used = "", 0
		}
		line += piece
		used += widths[i]
	}
	if line = strings.TrimSpace(line); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// pieces cuts a text where a line may break: after a space, around Chinese characters, and between the syllables of the
// scripts that set no space between words. These last are found by the letters alone, without a dictionary: a Burmese
// syllable starts with a consonant that is not killed or stacked; a Thai or Lao one surely with a vowel that is written
// before its consonant.
func pieces(text string) []string {
	runes := []rune(text)
	var out []string
	start := 0
	for i := 1; i < len(runes); i++ {
		if breaks(runes, i) {
			out = append(out, string(runes[start:i]))
			start = i
		}
	}
	if start < len(runes) {
		out = append(out, string(runes[start:]))
	}
	return out
}

// breaks says whether a line may break before a rune.
func breaks(runes []rune, i int) bool {
	before, r := runes[i-1], runes[i]
	switch {
	case before == ' ' || before == '\u200b':
		return r != ' '
	case r == ' ' || opens(before) || unicode.IsPunct(r) && !opens(r):
		return false
	case unicode.Is(unicode.Han, r) || unicode.Is(unicode.Han, before):
		return true
	case unicode.Is(unicode.Myanmar, r) && unicode.Is(unicode.Myanmar, before):
		return startsBurmese(runes, i)
	}
	return leads(r) && (unicode.Is(unicode.Thai, before) || unicode.Is(unicode.Lao, before))
}

// leads says whether a Thai or Lao vowel is written before its consonant.
func leads(r rune) bool { return r >= 'เ' && r <= 'ไ' || r >= 'ເ' && r <= 'ໄ' }

func opens(r rune) bool { return r == '(' || r == '（' || r == '“' || r == '《' }

func startsBurmese(runes []rune, i int) bool {
	const (
		stacker = '\u1039'
		killer  = '\u103a'
	)
	r := runes[i]
	if r < 'က' || r > 'အ' || runes[i-1] == stacker {
		return false
	}
	return i+1 >= len(runes) || runes[i+1] != stacker && runes[i+1] != killer
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
