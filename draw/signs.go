package draw

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fontOf chooses the font of a rune: that of its script, or another that has it, as the Thai one has the baht's sign.
func (f *Fonts) fontOf(r rune, current string, w weight) string {
	own := f.scriptOf(r, current)
	if own == current && unseen(r) || f.has(r, fontName{own, w}) {
		return own
	}
	for _, other := range []string{"latin", "latin-ext", "vietnamese", "thai", "lao", "khmer", "myanmar", "han"} {
		if f.has(r, fontName{other, w}) {
			return other
		}
	}
	return own
}

// has says whether a font has a glyph for a rune.
func (f *Fonts) has(r rune, name fontName) bool {
	key := letter{name, r}
	has, known := f.holds[key]
	if known {
		return has
	}
	family, err := f.family(name)
	if err != nil {
		return false // who draws in it is told
	}
	has = family.Face(measuring).Font.GlyphIndex(r) != 0
	f.holds[key] = has
	return has
}

// unseen says whether a rune only says how its neighbours are written; shaping leaves it out.
func unseen(r rune) bool { return unicode.In(r, unicode.Cf, unicode.Variation_Selector) }

// drawable puts what reads alike in the place of signs that no font has.
func (f *Fonts) drawable(text string, w weight) string {
	lacks := func(r rune) bool { return !unseen(r) && !f.has(r, fontName{f.fontOf(r, "", w), w}) }
	if !strings.ContainsFunc(text, lacks) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if other := readsAs(r); lacks(r) && !strings.ContainsFunc(other, lacks) {
			b.WriteString(other)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// readsAs writes a sign in simpler ones.
func readsAs(r rune) string {
	switch r {
	case '\u2010', '\u2011': // a hyphen, and one at which no line breaks
		return "-"
	case '\u2012', '\u2015': // a dash as wide as a figure, and a long one
		return "–"
	case '→':
		return "->"
	case '←':
		return "<-"
	case '↔':
		return "<->"
	case '≈':
		return "~"
	case '≤':
		return "<="
	case '≥':
		return ">="
	case '●', '■', '▪', '◦', '‣':
		return "•"
	case '⌘':
		return "Cmd "
	}
	return norm.NFKC.String(string(r)) // № as No, ② as 2
}
