package draw

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
)

// words.txt holds words that hold together.
//
//go:embed words.txt
var wordList string

// lexicon are words by their first letter, the longest first.
type lexicon map[rune][][]rune

func newLexicon(list string) lexicon {
	words := lexicon{}
	for line := range strings.Lines(list) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			letters := []rune(word)
			words[letters[0]] = append(words[letters[0]], letters)
		}
	}
	for _, same := range words {
		slices.SortFunc(same, func(a, b []rune) int { return len(b) - len(a) })
	}
	return words
}

// find says of each letter of a text whether a line before it would cut a word in two, and whether a word starts or has
// just ended there.
func (l lexicon) find(text []rune) (within, beside []bool) {
	within, beside = make([]bool, len(text)+1), make([]bool, len(text)+1)
	for i, r := range text {
		for _, word := range l[r] {
			if len(word) <= len(text)-i && slices.Equal(word, text[i:i+len(word)]) {
				for inner := i + 1; inner < i+len(word); inner++ {
					within[inner] = true
				}
				beside[i], beside[i+len(word)] = true, true
				break
			}
		}
	}
	return within, beside
}

// breaking is how well a line may break at a spot.
type breaking int

const (
	// never would part letters that belong to one syllable.
	never breaking = iota
	// anySyllable is between what surely are two clusters of letters, for a line that is full and has no better spot.
	anySyllable
	// syllable is where a syllable surely starts, perhaps within a word.
	syllable
	// word is between two words.
	word
)

// piece is a part of a text that no line cuts, and how well a line may break after it.
type piece struct {
	text  string
	after breaking
}

// pieces cuts a text where a line may break: after a space, around Chinese characters, and between the syllables of the
// scripts that set no space between words. These last are found by the letters, and no word of the lexicon is cut.
func (l lexicon) pieces(text string) []piece {
	letters := []rune(text)
	within, beside := l.find(letters)
	var out []piece
	start := 0
	for i := 1; i < len(letters); i++ {
		how := breakBefore(letters, i, start)
		switch {
		case within[i] && unicode.Is(unicode.Han, letters[i]):
			how = min(how, syllable) // Chinese may break anywhere; a title had better not
		case within[i]:
			how = min(how, anySyllable)
		case beside[i] && (how == anySyllable || isConsonant(letters[i]) && !leads(letters[i-1]) && at(letters, i+1) != silent):
			how = max(how, syllable)
		}
		if how != never {
			out = append(out, piece{string(letters[start:i]), how})
			start = i
		}
	}
	if start < len(letters) {
		out = append(out, piece{string(letters[start:]), word})
	}
	return out
}

// letters cuts a piece between its letters, best after the signs of an address. Where letters are joined, or stand upon others, it stays whole.
func (p piece) letters() []piece {
	var out []piece
	letters := []rune(p.text)
	start := 0
	for i := 1; i < len(letters); i++ {
		before, r := letters[i-1], letters[i]
		if unicode.IsMark(r) || isSpace(r) || unicode.In(r, unicode.Cf, unicode.Arabic) || unicode.Is(unicode.Cf, before) || isSyllabic(r) {
			continue
		}
		how := anySyllable
		if strings.ContainsRune("/.?&=-_", before) {
			how = syllable
		}
		out = append(out, piece{string(letters[start:i]), how})
		start = i
	}
	return append(out, piece{string(letters[start:]), p.after})
}

func isSyllabic(r rune) bool {
	return slices.ContainsFunc(syllables(), func(s syllabic) bool { return unicode.Is(s.table, r) })
}

// silent stands upon a Thai consonant that is not spoken.
const silent = '์'

// zeroWidthSpace parts words where an author says that a line may break.
const zeroWidthSpace = '\u200b'

// breakBefore says how well a line may break before a letter; the piece before it starts at another.
func breakBefore(letters []rune, i, start int) breaking {
	before, r := letters[i-1], letters[i]
	switch {
	case joined(before, r):
		return never
	case isSpace(before) || unicode.Is(unicode.Han, r) || unicode.Is(unicode.Han, before):
		return word
	}
	for _, s := range syllables() {
		if unicode.Is(s.table, r) && (unicode.Is(s.table, before) || unicode.IsDigit(before) || before == '-') {
			return s.before(letters, i, start)
		}
	}
	return never
}

// joined says that two signs stay together whatever their script: nothing parts from the sign that follows or encloses it.
func joined(before, r rune) bool {
	repeats := r == 'ๆ' || r == 'ໆ' // they say the word before again, with a space between
	return repeats || isSpace(r) || opens(before) || unicode.IsPunct(r) && !opens(r) && !isSpace(before)
}

// syllabic is a script that sets no space between words, and how well a line may break before one of its letters.
type syllabic struct {
	table  *unicode.RangeTable
	before func(letters []rune, i, start int) breaking
}

func syllables() []syllabic {
	return []syllabic{
		{unicode.Myanmar, beforeBurmese}, {unicode.Thai, beforeThai}, {unicode.Lao, beforeThai}, {unicode.Khmer, beforeKhmer},
	}
}

func isSpace(r rune) bool { return r == ' ' || r == zeroWidthSpace }

func opens(r rune) bool { return r == '(' || r == '（' || r == '“' || r == '《' }

// at is the letter at an index, 0 beyond the end.
func at(letters []rune, i int) rune {
	if i < len(letters) {
		return letters[i]
	}
	return 0
}

// beforeBurmese: a syllable starts with a consonant or a vowel of its own that is neither killed nor stacked. The mark of a
// creaky tone may stand between a final consonant and the sign that kills it.
func beforeBurmese(letters []rune, i, _ int) breaking {
	const (
		stacker = '\u1039'
		killer  = '\u103a'
		dot     = '\u1037'
	)
	r := letters[i]
	if (r < 'က' || r > 'အ') && (r < 'ဣ' || r > 'ဪ') || letters[i-1] == stacker {
		return never
	}
	next := at(letters, i+1)
	if next == dot {
		next = at(letters, i+2)
	}
	if next == stacker || next == killer {
		return never
	}
	return syllable
}

// beforeThai, which is of Lao too: a syllable surely starts with a vowel that is written before its consonant. A consonant
// with a mark over or under it, or a vowel behind it, starts one as well unless another begins it; nobody sees which.
func beforeThai(letters []rune, i, _ int) breaking {
	r, before := letters[i], letters[i-1]
	switch {
	case leads(before):
		return never
	case leads(r):
		return syllable
	case isConsonant(r) && follows(at(letters, i+1)):
		return anySyllable
	}
	return never
}

// leads says whether a Thai or Lao vowel is written before its consonant.
func leads(r rune) bool { return r >= 'เ' && r <= 'ไ' || r >= 'ເ' && r <= 'ໄ' }

func isConsonant(r rune) bool {
	return r >= 'ก' && r <= 'ฮ' || r >= 'ກ' && r <= 'ຮ' || r == 'ໜ' || r == 'ໝ'
}

// follows says whether a Thai or Lao sign stands upon, below or behind the consonant that it belongs to. The sign that
// silences a consonant is none: such a consonant ends a syllable.
func follows(r rune) bool {
	return r >= 'ะ' && r <= 'ฺ' || r >= '็' && r <= '๋' || r >= 'ະ' && r <= 'ຽ' || r >= '່' && r <= '໋'
}

// beforeKhmer: a syllable starts with a consonant or a vowel of its own that bears a vowel or another consonant below; a
// bare one may be the end of the syllable before. Nor does one bare consonant make a piece.
func beforeKhmer(letters []rune, i, start int) breaking {
	const below = '្'
	r, next := letters[i], at(letters, i+1)
	if r < 'ក' || r > 'ឳ' || letters[i-1] == below || i-start == 1 {
		return never
	}
	if next == below || next >= 'ា' && next <= 'ៅ' {
		return syllable
	}
	return never
}
