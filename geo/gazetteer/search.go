package gazetteer

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// Query is a search for a place by a name as somebody writes it, or begins to.
type Query struct {
	// Text is a name, the beginning of one or of a word in it, or a name with parents after commas.
	Text string
	// Country keeps to one country, by its ISO 3166-1 alpha-2 code; empty for the world.
	Country string
	// Near prefers places near a point (longitude and latitude in degrees); nil for none.
	Near *orb.Point
	// Limit is how many candidates are given at most; 10 where it is 0.
	Limit int
	// Lang is the language, as a BCP 47 tag, in which the candidates are named where a name in it is known.
	Lang string
	// Whole looks for whole names only, not for beginnings.
	Whole bool
	// Thorough resolves every place expression, which takes up to a second where large outlines are joined.
	Thorough bool
}

const (
	defaultLimit = 10
	// What a name that only begins with what was written is behind one that is that, and one in which only a later word
	// begins so, in natural logarithms.
	beginPenalty = 3
	laterPenalty = 1.5
	// What is far from where places are preferred is behind by nearWeight times the logarithm of 1 + metres/nearScale.
	nearScale  = 50_000
	nearWeight = 2.5
	// completions are the most names that are looked at of those that begin with what was written, and of each so many
	// records.
	completions     = 32
	ofOneCompletion = 4
)

// Geocode searches for a place. Names that begin with the text come after those that are it, misspelt ones only where there
// are no others. The decision is about whole names: what is only a beginning is to be asked about.
func (ix *Index) Geocode(q Query) Answer {
	t := &toponym{name: name{own: q.Text}}
	if len(q.Text) > maxName {
		return Answer{Name: q.Text, Decision: Refuse}
	}
	if strings.ContainsAny(q.Text, `," `) { // else it is one word, and no expression
		if e, err := parse(q.Text); err == nil && e.verb == verbUnion && len(e.names) == 1 {
			t.name = e.names[0]
		}
	}
	limit := q.Limit
	if limit == 0 {
		limit = defaultLimit
	}
	ix.find(t, q, limit)
	if len(t.senses) == 0 || t.senses[0].distance > 0 {
		if n, ok := ix.reread(q.Text); ok && keyOf(n) != keyOf(t.name) {
			t.name = n
			ix.find(t, q, limit)
		}
	}
	rank(t.senses)
	a := Answer{Name: q.Text, Decision: ix.decide(t, nil)}
	ix.lead(t.senses)
	a.Candidates = ix.candidatesFor(t, limit, languageCode(q.Lang), nil)
	return a
}

// find gives a name its senses: those that bear it, those that begin with it, else those that bear it without its generic
// word or spelt out, else misspelt ones; of these what the query keeps to.
func (ix *Index) find(t *toponym, q Query, limit int) {
	key := []byte(Normalise(t.name.own))
	isName := !t.name.isSort()
	if isName {
		t.senses = ix.exactly(key)
	}
	if !q.Whole {
		t.senses = ix.complete(t.senses, key, min(2*limit, completions))
	}
	_, water := ix.water(key)
	switch water = water && t.name.kind == 0; {
	case water:
		t.senses = ix.notBearing(t.senses, key)
	case len(t.senses) == 0 && isName:
		t.senses = ix.candidates(key)
	}
	if !water {
		t.senses = ix.withGreat(t.senses, key)
	}
	t.senses = ix.withCrossings(ix.withDivisions(t.senses, key, t.name.kind), key, t.name.kind)
	t.senses = ix.thatFit(slices.DeleteFunc(t.senses, func(c candidate) bool {
		return q.Country != "" && ix.raw(c.id).country() != q.Country
	}), t.name)
	for i := range t.senses {
		c := &t.senses[i]
		c.score = c.prior
		if q.Near != nil {
			c.score -= nearWeight * math.Log1p(orbgeo.Distance(*q.Near, ix.raw(c.id).point())/nearScale)
		}
	}
}

// complete adds the records of which a name, or a word in one, begins with a key: those of at most so many names.
func (ix *Index) complete(list []candidate, key []byte, most int) []candidate {
	var buffer [64]uint32
	for _, s := range ix.begin(key, most) {
		m := match{begun: true, penalty: beginPenalty}
		if s.at > 0 {
			m.penalty += laterPenalty
		}
		refs := ix.appendRefs(buffer[:0], s.key)
		list = ix.asCandidates(list, refs[:min(len(refs), ofOneCompletion)], m)
	}
	return list
}

// A start is a key and the byte in it at which a word begins.
type start struct {
	key    uint32
	at     uint8
	weight byte
}

func (ix *Index) start(i int) start {
	b := ix.sections[sectionStarts][i*startSize:]
	return start{order.Uint32(b), b[4], ix.sections[sectionWeights][i]}
}

func (ix *Index) startText(i int) string {
	s := ix.start(i)
	return ix.key(s.key)[s.at:]
}

// begin gives the most important keys of which a word begins with a key, the most important first, at most so many. Where
// there are many it looks only into the blocks whose peaks are high enough.
func (ix *Index) begin(key []byte, most int) []start {
	if len(key) == 0 {
		return nil
	}
	first, last := ix.startsWith(string(key))
	weights, least := ix.sections[sectionWeights], byte(0)
	if last-first > 2*most {
		low, high := (first+startsPerHead-1)/startsPerHead, last/startsPerHead // whole blocks
		if high-low >= most {
			least = leastOfMost(ix.sections[sectionPeaks][low:high], most)
		} else {
			least = leastOfMost(weights[first:last], most)
		}
	}
	out := make([]start, 0, 2*most)
	for i := first; i < last; {
		block := i / startsPerHead
		end := min(last, (block+1)*startsPerHead)
		if ix.sections[sectionPeaks][block] >= least {
			for ; i < end; i++ {
				if weights[i] >= least {
					out = append(out, ix.start(i))
				}
			}
		}
		i = end
	}
	slices.SortFunc(out, func(a, b start) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.at, b.at), cmp.Compare(a.key, b.key))
	})
	return out[:min(len(out), most)]
}

// leastOfMost is the least weight among so many of the greatest.
func leastOfMost(weights []byte, most int) byte {
	var counts [math.MaxUint8 + 1]int
	for _, w := range weights {
		counts[w]++
	}
	for w := math.MaxUint8; w > 0; w-- {
		if most -= counts[w]; most <= 0 {
			return byte(w)
		}
	}
	return 0
}

// startsWith gives the range of starts that begin with a prefix. The heads, which lie close together, narrow it first.
func (ix *Index) startsWith(prefix string) (first, last int) {
	n := len(ix.sections[sectionWeights])
	heads := ix.sections[sectionHeads]
	blocks := len(heads) / 8
	head := func(i int) uint64 { return order.Uint64(heads[8*i:]) }
	low := headOf(prefix)
	high := low
	if len(prefix) < 8 {
		high |= 1<<(8*(8-len(prefix))) - 1
	}
	from := max(0, sort.Search(blocks, func(i int) bool { return head(i) >= low })-1) * startsPerHead
	to := min(n, sort.Search(blocks, func(i int) bool { return head(i) > high })*startsPerHead)
	first = from + sort.Search(to-from, func(i int) bool { return ix.startText(from+i) >= prefix })
	last = first + sort.Search(to-first, func(i int) bool {
		text := ix.startText(first + i)
		return len(text) < len(prefix) || text[:len(prefix)] != prefix
	})
	return first, last
}

// headOf is the first eight bytes of a text as a number that is ordered as the text is.
func headOf(text string) uint64 {
	var h uint64
	for i := range 8 {
		h <<= 8
		if i < len(text) {
			h |= uint64(text[i])
		}
	}
	return h
}

// Sample gives a record's own name for each number, spread over the index, for measurements.
func (ix *Index) Sample(i int) string {
	const stride = 7919 // a prime, so that neighbours in the file do not follow one another
	return ix.name(uint32((i * stride) % ix.records))
}
