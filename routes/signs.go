package routes

import (
	"strings"
	"unicode/utf8"
)

// signs are those of a text that coordinates, numbers and addresses cannot do without, a bit for each: to look for them takes a
// hundredth of the time that patterns take, and most texts have none.
type signs uint16

const (
	digitSign   signs = 1 << iota // a digit
	decimalSign                   // a digit, a point or a comma, and two digits
	degreeSign                    // the sign of degrees
	longSign                      // seven digits with little between them
	plusSign                      // a plus
	atSign                        // the at of addresses
	linkSign                      // a slash or a colon with no space after it
	bracketSign                   // a bracket that opens
	gridSign                      // a capital, perhaps a space, and a digit
	sideSign                      // a digit, and a side of the world behind it
)

// signsIn gives the signs of a folded text.
func signsIn(text string) (s signs) {
	const fewest, widest = 7, 5 // digits, and bytes between two of them
	digits, between, digit := 0, 0, -mostBehind-1
	for i := range len(text) {
		c := text[i]
		if isDigit(c) {
			s, digit = s|digitSign, i
			if digits, between = digits+1, 0; digits >= fewest {
				s |= longSign
			}
			if digits == 1 && isCapital(text, i-1) {
				s |= gridSign
			}
			continue
		}
		if between++; between > widest || isLetter(c) {
			digits = 0
		}
		switch {
		case isLetter(c):
			if i-digit <= mostBehind {
				s |= letterSign(text, i)
			}
		case c != ' ' && c < 'A' || c == '[' || utf8.RuneStart(c) && c >= utf8.RuneSelf:
			s |= signAt(text, i)
		}
	}
	return s
}

// isCapital says whether a capital stands in a place or, behind a space, in the one before.
func isCapital(text string, i int) bool {
	if i > 0 && text[i] == ' ' {
		i--
	}
	return i >= 0 && text[i] >= 'A' && text[i] <= 'Z'
}

// letterSign gives the sign that a letter stands for.
func letterSign(text string, i int) signs {
	switch text[i] {
	case 'n', 's', 'e', 'w', 'N', 'S', 'E', 'W':
		if isSide(text[i:]) && isBehindNumber(text[:i]) {
			return sideSign
		}
	case 'o': // as the sign of degrees is copied: 20o25'
		if i > 0 && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1]) {
			return degreeSign
		}
	}
	return 0
}

// isSide says whether a text begins with a side of the world, of which it begins with the letter.
func isSide(text string) bool {
	if len(text) == 1 || !isLetter(text[1]) {
		return true
	}
	const longest = len("north")
	word := strings.ToLower(text[:min(len(text), longest)])
	return word == "north" || word == "south" || strings.HasPrefix(word, "east") || strings.HasPrefix(word, "west")
}

// mostBehind is how many bytes a side of the world stands behind a digit at most.
const mostBehind = 6

// isBehindNumber says whether a text ends in a digit, behind which there may be spaces and the signs of minutes and seconds.
func isBehindNumber(text string) bool {
	for n := 0; n < len(text) && n < mostBehind; n++ {
		switch c := text[len(text)-1-n]; {
		case isDigit(c):
			return true
		case c != ' ' && c != '"' && c != '\'' && c < 0x80:
			return false
		}
	}
	return false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// signAt gives the sign that a character other than a digit or a letter stands for.
func signAt(text string, i int) signs {
	for _, m := range marks {
		if text[i] == m.text[0] && strings.HasPrefix(text[i:], m.text) {
			return m.sign
		}
	}
	next := byte(' ')
	if i+1 < len(text) {
		next = text[i+1]
	}
	switch c := text[i]; {
	case (c == '/' || c == ':') && next != ' ':
		return linkSign
	case (c == '.' || c == ',') && i > 0 && i+2 < len(text) && isDigit(text[i-1]) && isDigit(next) && isDigit(text[i+2]):
		return decimalSign
	}
	return 0
}

// marks are the characters that are signs by themselves.
var marks = []struct {
	text string
	sign signs
}{
	{"+", plusSign},
	{"＋", plusSign},
	{"@", atSign},
	{"＠", atSign},
	{"°", degreeSign},
	{"º", degreeSign},
	{"˚", degreeSign},
	{"ᵒ", degreeSign},
	{"⁰", degreeSign},
	{"◦", degreeSign},
	{"∘", degreeSign},
	{"(", bracketSign},
	{"[", bracketSign},
}
