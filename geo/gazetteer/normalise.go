package gazetteer

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxName is the longest name, in bytes, that is looked up; the longest of the data has 120.
const maxName = 400

// Normalise brings a name into the form under which it is looked up: compatibility-decomposed, case-folded, without the
// diacritics of Latin, Greek and Cyrillic, without apostrophes, with hyphens and other punctuation as single spaces, and
// with initials as one word ("U.S." is "us"). Vowel signs of Thai, Burmese and other scripts stay. Invalid UTF-8 and
// control characters count as spaces. What is normalised already stays as it is.
func Normalise(name string) string { return string(appendKey(nil, name)) }

// appendKey appends the normalised name.
func appendKey(key []byte, name string) []byte {
	start := len(key)
	key, simple := appendSimple(key, name)
	if !simple {
		key = append(key[:start], normaliseAny(name)...)
	}
	return joinInitials(key, start)
}

// normaliseAny normalises any text, by the tables of Unicode.
func normaliseAny(name string) string {
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

// What becomes of a character that needs no look at its neighbours.
const (
	dropped = ""
	spaced  = " "
	depends = "\x00" // it may join or change places with its neighbours
)

// simpleEnd is the end of the table of simple characters: Latin, Greek, Cyrillic, Arabic, and punctuation up to U+206F.
const simpleEnd = 0x2070

// simples gives for each character below simpleEnd what it becomes. Everything but the alphabets without joining marks
// depends on its neighbours.
var simples = sync.OnceValue(func() *[simpleEnd]string {
	var table [simpleEnd]string
	for r := range rune(simpleEnd) {
		switch {
		case r >= 0x300 && r < 0x370, r >= 0x530 && r < 0x1e00 && !arabicLetter(r):
			table[r] = depends
		case r < utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !isApostrophe(r):
			table[r] = spaced
		default:
			table[r] = normaliseAny("a" + string(r) + "a")
			table[r] = strings.TrimSuffix(strings.TrimPrefix(table[r], "a"), "a")
			if len(table[r]) > 1 && strings.Trim(table[r], " ") != table[r] {
				table[r] = depends // a spacing accent
			}
		}
	}
	return &table
})

func arabicLetter(r rune) bool { return r >= 0x621 && r <= 0x64a || r >= 0x679 && r <= 0x6d3 }

// appendSimple normalises a name as long as its characters stand for themselves; otherwise it says no.
func appendSimple(key []byte, name string) ([]byte, bool) {
	table := simples()
	start, space := len(key), false
	for i := 0; i < len(name); {
		r, size := rune(name[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(name[i:])
		}
		var becomes string
		switch {
		case r < simpleEnd:
			becomes = table[r]
		case r >= 0x4e00 && r <= 0x9fff, r >= 0xac00 && r <= 0xd7a3: // Han and Hangul as they are
			becomes = name[i : i+size]
		default:
			becomes = depends
		}
		i += size
		switch becomes {
		case depends:
			return key, false
		case dropped:
			continue
		case spaced:
			space = true
			continue
		}
		if space && len(key) > start {
			key = append(key, ' ')
		}
		space = false
		key = append(key, becomes...)
	}
	return key, true
}

// joinInitials makes one word of single Latin letters that follow one another in key[start:].
func joinInitials(key []byte, start int) []byte {
	out, before := start, false // whether the word before is one letter, or such letters joined
	for i := start; i < len(key); {
		end := i
		for end < len(key) && key[end] != ' ' {
			end++
		}
		single := end == i+1 && key[i] >= 'a' && key[i] <= 'z'
		if i > start && (!single || !before) {
			key[out] = ' '
			out++
		}
		out += copy(key[out:], key[i:end])
		before = single
		i = end + 1
	}
	return key[:out]
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

// compactHash is a hash (FNV-1a) of a key without its spaces, so that "padang besar" and "padangbesar" meet.
func compactHash[T string | []byte](key T) uint32 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for i := range len(key) {
		if key[i] != ' ' {
			h = (h ^ uint64(key[i])) * prime
		}
	}
	return uint32(h ^ h>>32)
}

// compact is a key without its spaces.
func compact(key string) string { return strings.ReplaceAll(key, " ", "") }

// letters counts the characters of a key but for spaces.
func letters(key string) int { return utf8.RuneCountInString(key) - strings.Count(key, " ") }

// sameCompact says whether two keys are the same but for spaces.
func sameCompact[A, B string | []byte](a A, b B) bool {
	j := 0
	for i := range len(a) {
		if a[i] == ' ' {
			continue
		}
		for j < len(b) && b[j] == ' ' {
			j++
		}
		if j == len(b) || a[i] != b[j] {
			return false
		}
		j++
	}
	for j < len(b) && b[j] == ' ' {
		j++
	}
	return j == len(b)
}
