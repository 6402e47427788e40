package routes

import (
	"regexp"
	"unicode"
	"unicode/utf8"
)

// A pattern is tried only where a text has a clue that each of its matches has: to look for clues takes a hundredth of the
// time.
type pattern struct {
	*regexp.Regexp
	clue clues
}

// clues are those of a text or a pattern, a bit for each pattern.
type clues uint64

var (
	// patterns are all that there are.
	patterns []pattern
	// clueOf gives the patterns that a word, in lower case, or a script may belong to.
	clueOf = map[string]clues{}
	// lengthsOf gives the lengths of these words by their first byte, a bit for each: few other words have one of them.
	lengthsOf [256]uint64
)

// needing makes a pattern each of whose matches has one of some words, or a letter of one of some scripts, which are named with
// a capital.
func needing(expression string, needs ...string) pattern {
	p := pattern{regexp.MustCompile(expression), 1 << len(patterns)} // from the 65th on it is 0, and they are always tried
	for _, need := range needs {
		clueOf[need] |= p.clue
		lengthsOf[need[0]] |= 1 << len(need)
	}
	patterns = append(patterns, p)
	return p
}

// signed makes a pattern that needs no word, but signs that its finder names.
func signed(expression string) pattern { return pattern{Regexp: regexp.MustCompile(expression)} }

// may says whether a text with these clues can match at all.
func (p pattern) may(c clues) bool { return p.clue == 0 || p.clue&c != 0 }

// cluesIn gives the clues of a text. Its words are of Latin letters and digits.
func cluesIn(text string) (c clues) {
	var room [32]byte // no clue is as long
	word, before := room[:0], ""
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			if len(word) > 0 && word[len(word)-1] > '9' {
				c |= clueIn(word) // the word before a number that stands close to it: Moo4
			}
			word = append(word, byte(r))
			continue
		case r >= 'a' && r <= 'z' || r == '_':
			word = append(word, byte(r))
			continue
		case r >= 'A' && r <= 'Z':
			word = append(word, byte(r)+'a'-'A')
			continue
		case isLatin(r):
			word = utf8.AppendRune(word, unicode.ToLower(r))
			continue
		case len(word) > 0:
			c |= clueIn(word)
			word = word[:0]
		}
		if script := scriptOf(r); script != before {
			c |= clueOf[script]
			before = script
		}
	}
	return c | clueIn(word)
}

func clueIn(word []byte) clues {
	if len(word) == 0 || lengthsOf[word[0]]&(1<<len(word)) == 0 {
		return 0
	}
	return clueOf[string(word)]
}

// isLatin says whether a letter is a Latin one beyond ASCII.
func isLatin(r rune) bool {
	return r >= 0xc0 && r <= 0x24f && r != '×' && r != '÷' || r >= 0x1e00 && r <= 0x1eff
}

// scriptOf names the script of a letter, "" for those of which no pattern needs it.
func scriptOf(r rune) string {
	switch {
	case r < 0xe00:
		return ""
	case r <= 0xe7f:
		return "Thai"
	case r <= 0xeff:
		return "Lao"
	case r >= 0x1000 && r <= 0x109f:
		return "Myanmar"
	case r >= 0x1780 && r <= 0x17ff:
		return "Khmer"
	case r >= 0x3000 && r <= 0x9fff, r >= 0xf900 && r <= 0xfaff, r >= 0x20000:
		return "Han"
	}
	return ""
}
