package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"

	"corridor/geo/gazetteer"
)

// A unit is the smallest piece of text that a search tells apart: a word, or a grapheme cluster of a script that writes
// no spaces between words.
type unit struct {
	folded     string
	start, end int // bytes of the text
	// run is 0 for a word. Clusters that stand side by side are of one run.
	run int
}

// searchable brings a text into the form that is stored and cut into units: NFC, and the vowel am of Thai and Lao, which
// NFC leaves alone, as the one sign that keyboards give.
func searchable(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, " "))
	return strings.ReplaceAll(strings.ReplaceAll(text, "ํา", "ำ"), "ໍາ", "ຳ")
}

// segment cuts a text, as [searchable] gives it, into units.
func segment(text string) []unit {
	s := segmenter{text: text, units: make([]unit, 0, len(text)/5+1)}
	for s.at < len(text) {
		r, size := s.next()
		switch {
		case isUnspaced(r):
			s.run()
		case isOfWord(r):
			s.word()
		default:
			s.at += size
		}
	}
	return s.units
}

type segmenter struct {
	text  string
	at    int // bytes
	runs  int
	units []unit
}

func (s *segmenter) next() (r rune, size int) { return utf8.DecodeRuneInString(s.text[s.at:]) }

// run takes clusters as long as they stand side by side.
func (s *segmenter) run() {
	start := s.at
	for s.at < len(s.text) {
		r, size := s.next()
		if !isUnspaced(r) && !unicode.IsMark(r) && !isUnseen(r) {
			break
		}
		s.at += size
	}
	s.runs++
	state := -1
	var cluster string
	for rest := s.text[start:s.at]; rest != ""; start += len(cluster) {
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if folded := strings.Map(seen, cluster); folded != "" {
			s.units = append(s.units, unit{folded, start, start + len(cluster), s.runs})
		}
	}
}

// word takes a word. One with an apostrophe within is found whole and in its parts: Pu'er as "puer", "pu" and "er".
func (s *segmenter) word() {
	start, part, parts := s.at, s.at, 0
	end := s.at // of the last letter
	for s.at < len(s.text) {
		r, size := s.next()
		switch {
		case isApostrophe(r) && part >= 0: // some are letters too
			s.addWord(part, s.at)
			part, parts = -1, parts+1
		case isOfWord(r) && !isUnspaced(r):
			if part < 0 {
				part = s.at
			}
			end = s.at + size
		case isUnseen(r):
		default:
			size = 0
		}
		if size == 0 {
			break
		}
		s.at += size
	}
	if part >= 0 {
		s.addWord(part, end)
		parts++
	}
	if parts > 1 {
		s.addWord(start, end)
	}
}

func (s *segmenter) addWord(start, end int) {
	if folded := fold(s.text[start:end]); folded != "" {
		s.units = append(s.units, unit{folded: folded, start: start, end: end})
	}
}

// fold brings a word to what it is found by: small letters without diacritics, and the digits 0 to 9.
func fold(word string) string {
	if isPlain(word) { // most words, and the tables of Unicode take time
		return strings.ToLower(word)
	}
	key := strings.ReplaceAll(gazetteer.Normalise(word), " ", "")
	return strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			return r
		case r == 'đ', r == 'ð': // these letters have no decomposition
			return 'd'
		case r == 'ø':
			return 'o'
		case r == 'ł':
			return 'l'
		case r == 'ı':
			return 'i'
		}
		for _, zero := range []rune{'๐', '໐', '០', '၀'} {
			if zero <= r && r <= zero+9 {
				return '0' + r - zero
			}
		}
		return r
	}, key)
}

// isPlain says whether a word has ASCII letters and digits alone.
func isPlain(word string) bool {
	for i := range len(word) {
		if b := word[i] | 0x20; (b < 'a' || b > 'z') && (word[i] < '0' || word[i] > '9') {
			return false
		}
	}
	return true
}

// isUnspaced says whether a letter is of a script that writes no spaces between words.
func isUnspaced(r rune) bool {
	if r < 0xe00 { // nothing below is
		return false
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r)) && unicode.In(r, unicode.Han, unicode.Thai, unicode.Myanmar, unicode.Lao,
		unicode.Khmer, unicode.Hiragana, unicode.Katakana, unicode.Tai_Le, unicode.New_Tai_Lue, unicode.Tai_Tham, unicode.Tai_Viet) ||
		r == 'ー'
}

func isOfWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) }

// isUnseen says whether a character only steers how others are broken or joined: Khmer, Burmese and Thai texts may have
// such ones between words or not.
func isUnseen(r rune) bool { return r >= 0xad && unicode.Is(unicode.Cf, r) }

// isShortening says whether a sign says that a name was shortened: Thai and Lao texts have กรุงเทพ and กรุงเทพฯ for the same.
func isShortening(r rune) bool { return r == 'ฯ' || r == 'ຯ' }

// seen drops what makes no difference to what a word is found by, for strings.Map.
func seen(r rune) rune {
	if isUnseen(r) || isShortening(r) || unicode.Is(unicode.Variation_Selector, r) {
		return -1
	}
	return r
}

func isApostrophe(r rune) bool { return strings.ContainsRune("'’‘ʼʻ`´ʹ", r) }

// appendWords appends the words of a text, as [searchable] gives it, for the index, each with a space before it. A run goes in
// as pairs of neighbours and its last cluster alone: what is looked for within it is then a phrase of such pairs, and one
// cluster is the beginning of some.
func appendWords(b []byte, text string) []byte {
	if isSimple(text) {
		return appendSimple(b, text, " ")
	}
	return appendUnits(b, segment(text))
}

func appendUnits(b []byte, units []unit) []byte {
	for i, u := range units {
		b = append(append(b, ' '), u.folded...)
		if u.run != 0 && i+1 < len(units) && units[i+1].run == u.run {
			b = append(b, units[i+1].folded...)
		}
	}
	return b
}

// isSimple says whether a text has ASCII alone and no apostrophe, so that its words are what stands between other signs than letters
// and digits.
func isSimple(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || c == '\'' || c == '`' {
			return false
		}
	}
	return true
}

// appendSimple appends the words of a simple text with a sign before each.
func appendSimple(b []byte, text, before string) []byte {
	within := false
	for i := range len(text) {
		sign := text[i]
		switch {
		case 'A' <= sign && sign <= 'Z':
			sign += 'a' - 'A'
		case 'a' <= sign && sign <= 'z', '0' <= sign && sign <= '9':
		default:
			within = false
			continue
		}
		if !within {
			b = append(b, before...)
		}
		b, within = append(b, sign), true
	}
	return b
}

// wholeSign stands before each word of a title that is indexed whole. FTS5 takes it for a letter, and no unit holds it.
const wholeSign = "¦"

// appendTitle appends the words of a title as [appendWords] does, and behind them all of it as one word more. What is a title as a whole is
// found by that word, in whichever language it is one: in the index, the words of all languages stand side by side.
func appendTitle(b []byte, title string) []byte {
	if isSimple(title) {
		return appendSimple(append(appendSimple(b, title, " "), ' '), title, wholeSign)
	}
	units := segment(title)
	return appendWhole(append(appendUnits(b, units), ' '), units)
}

// appendWhole appends units as one word. A word with an apostrophe is in it whole, as in [want]: Xi'an is what is looked for as "xian".
func appendWhole(b []byte, units []unit) []byte {
	for i, u := range units {
		if u.run == 0 && inParts(units, i) {
			continue
		}
		if u.run == 0 || i == 0 || units[i-1].run != u.run {
			b = append(b, wholeSign...)
		}
		b = append(b, u.folded...)
	}
	return b
}
