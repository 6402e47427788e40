package routes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded gives a text as patterns look at it: every kind of space is one space, digits of every script are those of ASCII, and
// letters are composed. Line breaks stay, since what stands in two paragraphs belongs together no more.
func folded(text string) string {
	if !needsFolding(text) {
		return text // most texts
	}
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range norm.NFC.String(text) {
		switch {
		case isUnseen(r):
			continue
		case r != '\n' && isSpace(r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		case r >= utf8.RuneSelf && unicode.IsDigit(r):
			r = digit(r)
		}
		b.WriteRune(r)
		space = false
	}
	return b.String()
}

func needsFolding(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			return !norm.NFC.IsNormalString(text) || strings.ContainsFunc(text, folds)
		case c == '\t', c == '\r', c == ' ' && i > 0 && text[i-1] == ' ':
			return true
		}
	}
	return false
}

// folds says whether a character is not written as patterns have it.
func folds(r rune) bool {
	return isUnseen(r) || r != ' ' && r != '\n' && isSpace(r) || r >= utf8.RuneSelf && unicode.IsDigit(r)
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' }

// isUnseen says whether a character is a mark that nobody sees.
func isUnseen(r rune) bool { return r == '\u00ad' || r >= '\u200c' && r <= '\u200f' || r == '\u2060' }

// digit gives the ASCII digit of a digit of any script: they stand in rows of ten, zero first.
func digit(r rune) rune {
	for _, row := range unicode.Nd.R16 {
		if uint32(r) >= uint32(row.Lo) && uint32(r) <= uint32(row.Hi) {
			return '0' + (r-rune(row.Lo))%10
		}
	}
	return r
}
