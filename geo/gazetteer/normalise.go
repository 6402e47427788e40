package gazetteer

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxName is the longest name, in bytes, that is looked up; the longest of the data has 120.
const maxName = 400

// Normalise brings a name into the form under which it is looked up: compatibility-decomposed, case-folded, without the
// diacritics of Latin, Greek and Cyrillic, without apostrophes, with hyphens and other punctuation as single spaces.
// Vowel signs of Thai, Burmese and other scripts stay. Invalid UTF-8 and control characters count as spaces.
func Normalise(name string) string {
	folded := cases.Fold().String(norm.NFKD.String(strings.ToValidUTF8(name, " ")))
	var b strings.Builder
	b.Grow(len(folded))
	space := false
	for _, r := range folded {
		r = cherokee(r)
		switch {
		case r >= 0x300 && r <= 0x36f, isApostrophe(r), unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		default:
			space = true
		}
	}
	return norm.NFC.String(b.String())
}

// cherokee brings Cherokee's small letters to its capitals: case folding swaps the two, so that folding twice would give
// the first form again.
func cherokee(r rune) rune {
	switch {
	case r >= 0xab70 && r <= 0xabbf:
		return r - 0xab70 + 0x13a0
	case r >= 0x13f8 && r <= 0x13fd:
		return r - 8
	}
	return r
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', '`', '´', 'ʹ':
		return true
	}
	return false
}
