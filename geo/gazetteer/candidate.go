package gazetteer

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A candidate is a record that a name may mean.
type candidate struct {
	id       uint32
	weak     bool   // the name is of a list of alternates
	distance uint8  // edits between what was written and the name
	odd      bool   // the kind that the name states is not the record's
	trimmed  bool   // it bears the name without a generic word that is written
	worded   bool   // it bears the name with a generic word that is not written
	key      uint32 // the name that was misspelt, where distance is not 0
	read     string // what is read instead, where it was its generic word
	prior    float64
	favoured bool    // it lies in what the text writes after the name
	begun    bool    // the name only begins with what was written
	score    float64 // prior and context together, in natural logarithms
	share    float64 // of all the name may mean, from 0 to 1
}

// What takes from a candidate's prior, in natural logarithms.
const (
	weakPenalty  = weakCost / 1000.0
	editPenalty  = 4
	firstPenalty = 1.5 // besides, where the first letter is another: people seldom miss it
	oddPenalty   = 3
	districtCost = 1 // a district seldom stands alone where a town has the same name
)

// candidates are the records that a normalised name may mean: those that bear it, and only where there are none those that
// bear a name a few edits away.
func (ix *Index) candidates(key []byte) []candidate {
	if list := ix.bearers(key); len(list) > 0 {
		return list
	}
	return ix.misspelt(key)
}

// bearers are the records that bear a name, or else bear it without its generic word or spelt out.
func (ix *Index) bearers(key []byte) []candidate {
	if list := ix.exactly(key); len(list) > 0 {
		return list
	}
	return ix.otherwise(key)
}

// exactly are the records that bear a name as it is written.
func (ix *Index) exactly(key []byte) []candidate {
	var buffer [64]uint32
	refs := ix.refs(buffer[:0], key)
	if len(refs) == 0 {
		return nil
	}
	list := ix.asCandidates(nil, refs, match{})
	ix.doubtOthers(list, key)
	return list
}

// otherwise are the records that bear a name without its generic word or spelt out, or else with one that is not written.
func (ix *Index) otherwise(key []byte) []candidate {
	if len(key) > maxName {
		return nil
	}
	var buffer [64]uint32
	var list []candidate
	stated := kinds(0)
	for _, v := range variants(string(key)) {
		m := match{stated: v.kinds, most: v.most, country: v.country}
		list = ix.asCandidates(list, ix.refs(buffer[:0], []byte(v.key)), m)
		if v.country != "" {
			for _, k := range ix.autonomous(v.key) {
				list = ix.asCandidates(list, ix.appendRefs(buffer[:0], k), m)
			}
		}
		stated |= v.kinds
	}
	if len(list) == 0 {
		return ix.worded(string(key))
	}
	if stated != 0 && stated.holds(KindDistrict) && !slices.ContainsFunc(list, func(c candidate) bool { return !c.odd }) {
		first := slices.MaxFunc(list, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.prior, b.prior), cmp.Compare(b.id, a.id)) })
		if districts := ix.districtsOf([]candidate{first}); len(districts) > 0 {
			return districts
		}
	}
	return list
}

// worded are the records that bear a name with a generic word of the data that is not written: Kenthao is Muang Kènthao there,
// Qiandongnan its Miao and Dong Autonomous Prefecture.
func (ix *Index) worded(key string) []candidate {
	const shortest = 4 // letters, of which fewer with a word before them are another name
	if letters(key) < shortest {
		return nil
	}
	var buffer [64]uint32
	var list []candidate
	for _, k := range append(districtKeys(key), settlementKeys(key)...) {
		list = ix.asCandidates(list, ix.refs(buffer[:0], []byte(k)), match{worded: true})
	}
	for _, k := range ix.autonomous(key) {
		list = ix.asCandidates(list, ix.appendRefs(buffer[:0], k), match{worded: true})
	}
	return list
}

// autonomous gives the keys of autonomous areas that begin with a name and say the nationalities besides.
func (ix *Index) autonomous(key string) []uint32 {
	const most = 500 // starts that are looked at
	var keys []uint32
	first, last := ix.startsWith(key + " ")
	for i := first; i < min(last, first+most); i++ {
		if s := ix.start(i); s.at == 0 && isAutonomous(ix.key(s.key)[len(key)+1:]) {
			keys = append(keys, s.key)
		}
	}
	return keys
}

// doubtOthers takes from records of another kind than a name states with a generic word, where they have it only as an
// alternate: GeoNames gives towns the names of their districts too.
func (ix *Index) doubtOthers(list []candidate, key []byte) {
	if !slices.ContainsFunc(list, func(c candidate) bool { return c.weak }) {
		return
	}
	stated := statedKinds(string(key))
	for i := range list {
		if c := &list[i]; c.weak && !stated.holds(ix.raw(c.id).kind()) {
			c.prior -= oddPenalty
			c.odd = true
		}
	}
}

// misspelt are the records that bear a name a few edits away: as it is written, or without its generic word those of the
// kind that it states; of these the nearest.
func (ix *Index) misspelt(key []byte) []candidate {
	list := ix.guessed(nil, string(key), ix.guess(key, tolerance(letters(string(key)))), match{})
	for _, v := range cores(string(key)) {
		list = ix.guessed(list, v.key, ix.guess([]byte(v.key), tolerance(letters(v.key))), match{stated: v.kinds, most: v.most})
	}
	list = slices.DeleteFunc(append(list, ix.misworded(key)...), func(c candidate) bool { return c.odd })
	if len(list) == 0 {
		return nil
	}
	least := slices.MinFunc(list, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) }).distance
	return slices.DeleteFunc(list, func(c candidate) bool { return c.distance > least })
}

// guessed adds to a list what bears guesses at what is written.
func (ix *Index) guessed(list []candidate, written string, guesses []guess, m match) []candidate {
	var buffer [256]uint32
	for _, g := range guesses {
		m.guess, m.penalty = g, 0
		if first, _ := utf8.DecodeRuneInString(ix.key(g.key)); !strings.HasPrefix(written, string(first)) {
			m.penalty = firstPenalty
		}
		list = ix.asCandidates(list, ix.appendRefs(buffer[:0], g.key), m)
	}
	return list
}

// misworded are the records that bear a name of which only the generic word is misspelt.
func (ix *Index) misworded(key []byte) []candidate {
	var list []candidate
	for _, read := range mended(string(key)) {
		for _, c := range ix.bearers([]byte(read)) {
			c.read, c.distance = read, 1
			c.prior -= editPenalty
			list = append(list, c)
		}
	}
	return list
}

const (
	// littlePeople is up to how many people a place may have and one of almost its name be meant that has greatPeople.
	littlePeople = 100_000
	greatPeople  = 5_000_000
	greatLetters = 5 // of a name of fewer, a letter different is another
)

// withGreat adds to small places that bear a name, or places that are not of the kind that it states, the populous provinces
// of their country, or the country, that are known by a name a letter different: who writes Yunan or Guanxi seldom means the towns.
// What they lie in themselves is no other place.
func (ix *Index) withGreat(list []candidate, key []byte) []candidate {
	great := func(c candidate) bool {
		r := ix.raw(c.id)
		return c.distance > 0 || !c.odd && (r.kind() <= KindPrefecture || r.population() >= littlePeople)
	}
	if len(list) == 0 || slices.ContainsFunc(list, great) {
		return list
	}
	others := ix.guessed(nil, string(key), ix.guessApart(key), match{})
	for _, v := range cores(string(key)) {
		others = ix.guessed(others, v.key, ix.guessApart([]byte(v.key)), match{stated: v.kinds})
	}
	bearers := list
	for _, c := range others {
		r := ix.raw(c.id)
		near := func(b candidate) bool { return ix.raw(b.id).country() == r.country() }
		around := func(b candidate) bool { return ix.liesIn(b.id, c.id) }
		if k := r.kind(); (k == KindCountry || k == KindProvince) && r.population() >= greatPeople && !c.weak && !c.odd &&
			slices.ContainsFunc(bearers, near) && !slices.ContainsFunc(bearers, around) {
			list = append(list, c)
		}
	}
	return list
}

// A match is how records were found: by which kinds the name states and with at most how many people, how far it is from
// what was written, and whether it only begins with that.
type match struct {
	stated kinds
	most   uint32 // 0 for any number
	guess  guess
	begun  bool
	// worded says that a generic word of the name is not written.
	worded  bool
	country string  // the code of the country in which they lie, empty for any
	penalty float64 // natural logarithms
}

// asCandidates adds records to a list, each once as it is likeliest.
func (ix *Index) asCandidates(list []candidate, refs []uint32, m match) []candidate {
	if list == nil {
		list = make([]candidate, 0, len(refs)+16)
	}
	for _, ref := range refs {
		if m.country != "" && m.country != ix.raw(ref&^weakRef).country() {
			continue
		}
		c := ix.candidateOf(ref, m)
		i := slices.IndexFunc(list, func(other candidate) bool { return other.id == c.id })
		switch {
		case i < 0:
			list = append(list, c)
		case list[i].prior < c.prior:
			list[i] = c
		}
	}
	return list
}

func (ix *Index) candidateOf(ref uint32, m match) candidate {
	r := ix.raw(ref &^ weakRef)
	c := candidate{
		id: ref &^ weakRef, weak: ref&weakRef != 0, distance: m.guess.distance, key: m.guess.key, begun: m.begun,
		odd: !m.stated.holds(r.kind()) || m.most > 0 && r.population() > m.most, trimmed: m.stated != 0, worded: m.worded,
	}
	c.prior = r.importance() - float64(c.distance)*editPenalty - m.penalty
	if c.weak {
		c.prior -= weakPenalty
	}
	if c.odd {
		c.prior -= oddPenalty
	}
	if r.kind() == KindDistrict && m.stated == 0 {
		c.prior -= districtCost
	}
	return c
}

// rank puts the candidates in order of their scores and gives each its share.
func rank(list []candidate) {
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id)) })
	sum := 0.0
	for i := range list {
		list[i].share = math.Exp(list[i].score - list[0].score)
		sum += list[i].share
	}
	for i := range list {
		list[i].share /= sum
	}
}
