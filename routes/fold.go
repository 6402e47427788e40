package routes

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corridor/geo/gazetteer"
)

// folded gives a text as patterns look at it: every kind of space is one space, digits of every script and Latin letters of every width are
// those of ASCII, and letters are composed. Line breaks stay, since what stands in two paragraphs belongs together no more.
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
			r = gazetteer.Digit(r)
		case isWideLetter(r):
			r -= 'Ａ' - 'A'
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
	return isUnseen(r) || r != ' ' && r != '\n' && isSpace(r) || r >= utf8.RuneSelf && unicode.IsDigit(r) || isWideLetter(r)
}

// isWideLetter says whether a letter is a Latin one as wide as those of East Asia.
func isWideLetter(r rune) bool { return r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ' }

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' }

// isUnseen says whether a character is a mark that nobody sees: one of format, one that chooses between the forms of another, or a
// letter without a shape. Some scripts and pictures need them, so texts may have them; what is looked for is found in spite of them.
func isUnseen(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef, r >= 0x180b && r <= 0x180f: // variation selectors
		return true
	case r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x2800, r == 0x3164, r == 0xffa0:
		return true
	}
	return r != 0x200b && unicode.Is(unicode.Cf, r)
}

// betweenLetters is a space without width where no word ends: scripts that need it are not Latin.
var betweenLetters = regexp.MustCompile(`([\p{Latin}\d])\x{200b}+([\p{Latin}\d])`)

// withoutWidth joins Latin letters that a space without width parts, as readers see them.
func withoutWidth(text string) string {
	if !strings.Contains(text, "\u200b") {
		return text // most texts
	}
	for joined := ""; ; text = joined {
		if joined = betweenLetters.ReplaceAllString(text, "$1$2"); joined == text {
			return text
		}
	}
}

// narrowSign gives the sign of ASCII for one that East Asia writes between numbers, for a dash, a minus or a hyphen of print, and for a point
// in the middle.
func narrowSign(r rune) (narrow rune, is bool) {
	switch r {
	case '．', '·', '․', '٫', '・':
		return '.', true
	case '，', '、':
		return ',', true
	case '；':
		return ';', true
	case '／':
		return '/', true
	case '－', '—', '‐', '‒', '−':
		return '-', true
	}
	return r, false
}

// narrowed gives a folded text with the signs of ASCII between numbers: who writes Chinese writes 20.43，99.88 or 081－234－5678. Elsewhere
// they stay, since they end what people say.
func narrowed(text string) string {
	if isASCII(text) || !strings.ContainsFunc(text, func(r rune) bool { _, is := narrowSign(r); return is }) {
		return text // most texts
	}
	var b strings.Builder
	b.Grow(len(text))
	for i, r := range text {
		narrow, is := narrowSign(r)
		if is && endsNumber(strings.TrimSuffix(text[:i], " ")) && beginsNumber(strings.TrimPrefix(text[i+utf8.RuneLen(r):], " ")) {
			r = narrow
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// endsNumber says whether a text ends in a digit, the sign of degrees or a letter, such as that of a direction or of an address.
func endsNumber(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return isOfNumber(r) || r == '°' || r == 'º' || r == '˚'
}

// beginsNumber says whether a text begins with a digit, a minus or a letter.
func beginsNumber(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return isOfNumber(r) || r == '-' || r == '−'
}

func isOfNumber(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
