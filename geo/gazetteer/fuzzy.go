package gazetteer

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	longestGuess = 60 // characters of a name that is compared with misspelt ones; longer names are not guessed at
	guesses      = 24 // names kept of those at the least distance
	spacesMore   = 1  // spaces that a key may have besides those that are written
)

// tolerance is how many edits a name of so many characters may be away from what was written: none in short ones, where
// most edits give another name.
func tolerance(characters int) int {
	switch {
	case characters < 4:
		return 0
	case characters < 8:
		return 1
	}
	return 2
}

// A shape says which characters a key holds, and which of them twice, as bits: the Latin letters each have their own two,
// those of other scripts share them, digits share the rest. Spaces have none. An edit takes at most one bit away and adds
// at most one.
type shape uint64

func shapeOf[T string | []byte](key T) shape {
	const letters, digits = 26, 12
	var s shape
	for _, r := range string(key) {
		var bit uint32
		switch {
		case r == ' ':
			continue
		case r >= 'a' && r <= 'z':
			bit = uint32(r - 'a')
		case r < utf8.RuneSelf:
			s |= 1 << (2*letters + uint32(r)%digits)
			continue
		default:
			bit = scatter(r) % letters
		}
		if s&(1<<bit) != 0 {
			bit += letters
		}
		s |= 1 << bit
	}
	return s
}

// scatter spreads neighbouring characters of a script (multiplicative hashing).
func scatter(r rune) uint32 { return uint32(r) * 2654435761 >> 16 }

// within says whether keys of two shapes may be so few edits apart.
func (s shape) within(other shape, edits int) bool {
	return bits.OnesCount64(uint64(s&^other)) <= edits && bits.OnesCount64(uint64(other&^s)) <= edits
}

// A sketch is a shape of ten bits: of the commonest Latin letters each has its own, the rarer none, and characters of
// other scripts share them. What holds of edits and bits of a shape holds of it too.
type sketch uint16

const sketches = 1 << 10

func sketchOf[T string | []byte](key T) sketch {
	var s sketch
	for _, r := range string(key) {
		switch {
		case r >= utf8.RuneSelf:
			s |= 1 << (scatter(r) % 10)
		case r != ' ':
			if i := strings.IndexByte("aeinorslut", byte(r)); i >= 0 {
				s |= 1 << i
			}
		}
	}
	return s
}

// within is as that of a shape.
func (s sketch) within(other sketch, edits int) bool {
	return bits.OnesCount16(uint16(s&^other)) <= edits && bits.OnesCount16(uint16(other&^s)) <= edits
}

// A guess is a key that is near to what was written.
type guess struct {
	key      uint32
	distance uint8
	weight   byte
}

// guess finds the keys at the least distance from a normalised name, at most so many edits away, the most important first.
// Spaces are no edits: a key may have spacesMore than the name.
func (ix *Index) guess(key []byte, most int) []guess { return ix.guessAs(key, searcher{most: most}) }

// guessApart finds the keys that are an edit away from a name, though others are nearer.
func (ix *Index) guessApart(key []byte) []guess {
	if letters(string(key)) < greatLetters {
		return nil
	}
	return ix.guessAs(key, searcher{most: 1, apart: true})
}

func (ix *Index) guessAs(key []byte, s searcher) []guess {
	wanted := []rune(compact(string(key)))
	if s.most == 0 || len(wanted) == 0 || len(wanted) > longestGuess {
		return nil
	}
	s.ix, s.wanted, s.form = ix, wanted, shapeOf(key)
	outline := sketchOf(key)
	spaces := utf8.RuneCount(key) - len(wanted)
	for i := range 2 * (spaces + spacesMore + s.most + 1) { // what is likeliest to be near first: it narrows the rest
		away := spaces + (i+1)/2*(1-2*(i%2)) // as many spaces as are written, one fewer, one more, two fewer …
		length := len(wanted) + away
		if length < 0 || length > longestGuess {
			continue
		}
		for b := range sketch(sketches) {
			if -away <= s.most && away-spaces-spacesMore <= s.most && b.within(outline, s.most) {
				s.bucket(uint32(length*sketches) + uint32(b))
			}
		}
	}
	found := slices.DeleteFunc(s.found, func(g guess) bool { return int(g.distance) > s.most })
	for i := range found {
		found[i].weight = ix.weight(found[i].key)
	}
	slices.SortFunc(found, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.key, b.key))
	})
	return found[:min(len(found), guesses)]
}

// A searcher looks for keys near to a name; once one is found, what is farther away is of no use any more, unless those
// apart from it are looked for.
type searcher struct {
	ix     *Index
	wanted []rune
	form   shape
	most   int
	apart  bool
	found  []guess
	meter  distanceMeter
}

func (s *searcher) bucket(b uint32) {
	first, last := s.ix.u32(sectionBuckets, b), s.ix.u32(sectionBuckets, b+1)
	shapes := s.ix.sections[sectionShapes][8*int(first) : 8*int(last)]
	for i := 0; i+8 <= len(shapes); i += 8 {
		if !shape(order.Uint64(shapes[i:])).within(s.form, s.most) {
			continue
		}
		k := s.ix.u32(sectionShaped, first+uint32(i/8))
		if d := s.meter.distance(s.wanted, s.ix.key(k), s.most); d <= s.most && (d > 0 || !s.apart) {
			if !s.apart {
				s.most = d
			}
			s.found = append(s.found, guess{k, uint8(d), 0})
		}
	}
}

// weight is the importance of the most important record that bears a key, as in the weights.
func (ix *Index) weight(key uint32) byte {
	ref := ix.u32(sectionRefs, ix.u32(sectionFirstRefs, key))
	importance := order.Uint16(ix.raw(ref &^ weakRef)[atImportance:])
	if ref&weakRef != 0 {
		importance -= min(importance, weakCost)
	}
	return weightOf(importance)
}

// A distanceMeter measures edit distances; it keeps its rows from one to the next.
type distanceMeter struct {
	rows  [3][longestGuess + 4]uint8
	other [longestGuess + 4]rune
}

// distance is the number of insertions, deletions, substitutions and swaps of neighbours (optimal string alignment)
// between a word and another without its spaces, or most+1 where it is more than most or the other word is longer than longestGuess by more than that.
func (m *distanceMeter) distance(a []rune, other string, most int) int {
	n := 0
	for _, r := range other {
		if r == ' ' {
			continue
		}
		if n == len(m.other) {
			return most + 1
		}
		m.other[n] = r
		n++
	}
	b := m.other[:n]
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if difference := len(a) - len(b); difference > most || -difference > most {
		return most + 1
	}
	for j := range len(b) + 1 {
		m.rows[0][j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		if m.row(a, b, i) > most {
			return most + 1
		}
	}
	return min(int(m.rows[len(a)%3][len(b)]), most+1)
}

// row fills the i-th row and gives the least of it.
func (m *distanceMeter) row(a, b []rune, i int) int {
	row, last, before := &m.rows[i%3], &m.rows[(i+2)%3], &m.rows[(i+1)%3]
	row[0] = uint8(i)
	least := row[0]
	for j := 1; j <= len(b); j++ {
		d := last[j-1]
		if a[i-1] != b[j-1] {
			d++
		}
		d = min(d, last[j]+1, row[j-1]+1)
		if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
			d = min(d, before[j-2]+1)
		}
		row[j] = d
		least = min(least, d)
	}
	return int(least)
}

// editDistance is that of a [distanceMeter] between two words, whatever their spaces.
func editDistance(a, b string, most int) int {
	wanted := []rune(compact(a))
	if len(wanted) > longestGuess {
		return most + 1
	}
	var m distanceMeter
	return m.distance(wanted, b, most)
}
