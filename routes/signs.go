package routes

import "strings"

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
)

// signsIn gives the signs of a folded text.
func signsIn(text string) (s signs) {
	const fewest, widest = 7, 5 // digits, and bytes between two of them
	digits, between := 0, 0
	for i := range len(text) {
		c := text[i]
		if isDigit(c) {
			s |= digitSign
			if digits, between = digits+1, 0; digits >= fewest {
				s |= longSign
			}
			if digits == 1 && isCapital(text, i-1) {
				s |= gridSign
			}
			continue
		}
		if between++; between > widest || c|0x20 >= 'a' && c|0x20 <= 'z' {
			digits = 0
		}
		if c != ' ' && c < 'A' || c == '[' || c >= 0x80 {
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
	{"(", bracketSign},
	{"[", bracketSign},
}
