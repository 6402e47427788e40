package gazetteer

import (
	"math"
	"slices"

	"corridor/geo"
)

const (
	mostSenses = 12 // senses of one name that are weighed against the rest of the document
	rounds     = 3  // how often the senses are weighed anew by what the last round made likely
)

// What the context gives a sense, in natural logarithms: round numbers, none of which matters much by itself. On the
// development set each halved or doubled moves the result by two points of a hundred at most.
const (
	countryNamed, provinceNamed, districtNamed = 2, 2.5, 3 // what it lies in is named itself
	sharedWeight                               = 1.5       // times the logarithm of how many names lie there too
	nearbyWeight                               = 3         // times the logarithm of how many names lie near
	nearbyKilometres                           = 60        // at which a name counts half
)

// weigh orders the senses of each name by what the others mean: by whether what a sense lies in is named itself, by how
// many other names lie in the same country and divisions, and by how near they are. Each round starts from the shares of
// the last.
func (ix *Index) weigh(names []*toponym) {
	for _, t := range names {
		for i := range t.senses {
			t.senses[i].score = t.senses[i].prior + t.senses[i].asFollowed()
		}
	}
	for round := range rounds {
		m := mentions{map[uint32]float64{}, map[uint32]float64{}}
		for _, t := range names {
			rank(t.senses)
			if round == 0 {
				ix.admit(t)
			}
			t.vectors = t.vectors[:0]
			for _, c := range t.senses {
				t.vectors = append(t.vectors, geo.UnitVector(ix.raw(c.id).point()))
				ix.mention(m, c, c.share)
			}
		}
		for _, t := range names {
			for _, c := range t.senses { // a name does not support itself
				ix.mention(m, c, -c.share)
			}
			for k := range t.senses {
				c := &t.senses[k]
				c.score = c.prior + c.asFollowed() + ix.support(m, c.id) + nearbyWeight*near(t, k, names)
			}
			for _, c := range t.senses {
				ix.mention(m, c, c.share)
			}
		}
	}
	for _, t := range names {
		rank(t.senses)
	}
}

// admit keeps the likeliest senses.
func (ix *Index) admit(t *toponym) {
	if len(t.senses) > mostSenses {
		t.others = len(t.senses) - mostSenses
		t.senses = slices.Clone(t.senses[:mostSenses])
	}
}

// mentions are how many names of a document, each by the share of its senses, mean an area or lie in it.
type mentions struct{ named, in map[uint32]float64 }

func (ix *Index) mention(m mentions, c candidate, share float64) {
	r := ix.raw(c.id)
	if r.kind() <= KindDistrict {
		m.named[c.id] += share
	}
	for _, at := range []int{atCountry, atProvince, atDistrict} {
		if id := r.u32(at); id != none && id != c.id {
			m.in[id] += share
		}
	}
}

func (ix *Index) support(m mentions, id uint32) float64 {
	r := ix.raw(id)
	s := 0.0
	for _, level := range []struct {
		at    int
		named float64
	}{{atCountry, countryNamed}, {atProvince, provinceNamed}, {atDistrict, districtNamed}} {
		in := r.u32(level.at)
		if in == none {
			continue
		}
		if in != id {
			s += level.named * min(1, max(0, m.named[in]))
		}
		s += sharedWeight * math.Log1p(max(0, m.in[in]))
	}
	return s
}

// near is how closely the other names lie around a sense of one.
func near(t *toponym, sense int, names []*toponym) float64 {
	v := t.vectors[sense]
	s := 0.0
	for _, other := range names {
		if other == t {
			continue
		}
		for l, c := range other.senses {
			u := other.vectors[l]
			x, y, z := u[0]-v[0], u[1]-v[1], u[2]-v[2]
			km := earthRadius / 1000 * math.Sqrt(x*x+y*y+z*z)
			s += c.share / (1 + km/nearbyKilometres)
		}
	}
	return math.Log1p(s)
}

const earthRadius = 6_371_008.8 // metres, the mean of GRS 80
