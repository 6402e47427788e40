package gazetteer

import (
	"regexp"
	"strings"
	"unicode"
)

// coordinatesWritten are the ways in which coordinates are written in a text of plain digits.
var coordinatesWritten = []*regexp.Regexp{
	regexp.MustCompile(`\d\.\d{3,}|\d,\d{4,}`),                                        // 20.4312, 20,43123
	regexp.MustCompile(`\d[.,]\d+ *[NSEW]\b|\b[NSEW] ?\d{1,3}[.,]\d`),                 // 20.4 N, N 20.4
	regexp.MustCompile(`[°˚]|\dº|\d *(?i:deg\b|degrees?\b|度|องศา|ອົງສາ|អង្សា|ဒီဂရီ)`), // 20°25, 20 degrees
	regexp.MustCompile(`\d['′’] ?\d{1,2}(?:\.\d+)?["″”]`),                             // 25'52"
	regexp.MustCompile(`\b\d{1,3}[ :d-]\d{1,2}(?:[ :m-]\d{1,2}s?)? ?[NSEW]\b`),        // 20 25 52 N
	regexp.MustCompile(`\b\d{1,2} ?[C-HJ-NP-X] ?[A-HJ-NP-Z]{2} ?\d{2,5} ?\d{2,5}\b`),
	regexp.MustCompile(`\b\d{6} ?(?i:m?E)?[ ,;/]+\d{6,7}(?:m|\b)`), // 592000 2260000
	regexp.MustCompile(`(?i)\b(?:[2-9cfghjmpqrvwx]{2}){2,4}\+[2-9cfghjmpqrvwx]{2,3}\b`),
	regexp.MustCompile(`(?i)\bgoo\.gl/|\bmaps\.app|google\.[a-z.]+/maps|openstreetmap\.org/\S*\d|\bosm\.org/|w3w\.co/|///\pL+\.\pL+\.\pL+|\bgeo:\d`),
}

// noCoordinates are numbers that look like some: a DOI, and a day.
var noCoordinates = regexp.MustCompile(`\b10\.\d{4,9}/|\b\d{1,2} ?(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) ?\d{4}\b`)

// WrittenCoordinate gives the first coordinate that a text holds, empty where it holds none: degrees, numbers of a grid such as UTM
// and MGRS, a plus code, or a link to a spot of a map. Digits of every script count and are given as those of ASCII. It knows the
// usual ways to write them and is no proof.
func WrittenCoordinate(text string) string {
	text = noCoordinates.ReplaceAllString(plainDigits(text), "")
	for _, way := range coordinatesWritten {
		if found := way.FindString(text); found != "" {
			return found
		}
	}
	return ""
}

// plainDigits gives a text with the digits of every script and the wide signs of East Asia as those of ASCII, one kind of space, and
// without marks that nobody sees.
func plainDigits(text string) string {
	const firstWide, lastWide, wider = '！', '～', '！' - '!'
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case r >= firstWide && r <= lastWide:
			return r - wider
		case r > unicode.MaxASCII && unicode.IsDigit(r):
			return Digit(r)
		}
		return r
	}, text)
}

// Digit gives the ASCII digit of a decimal digit of any script, and any other character as it is: digits stand in rows of ten, zero first.
func Digit(r rune) rune {
	for _, row := range unicode.Nd.R16 {
		if uint32(r) >= uint32(row.Lo) && uint32(r) <= uint32(row.Hi) {
			return '0' + (r-rune(row.Lo))%10
		}
	}
	for _, row := range unicode.Nd.R32 {
		if uint32(r) >= row.Lo && uint32(r) <= row.Hi {
			return '0' + (r-rune(row.Lo))%10
		}
	}
	return r
}
