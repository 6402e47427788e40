package gazetteer

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// Decision is what to do with an answer.
type Decision string

// The decisions.
const (
	// Accept means that the first candidate is meant, as surely as names can tell.
	Accept Decision = "accept"
	// Ask means that the first candidate is the likeliest, but somebody should choose.
	Ask Decision = "ask"
	// Refuse means that no place is known by the name, nor by one close to it.
	Refuse Decision = "refuse"
)

// Thresholds of decisions. Shares are of all that a name may mean in its document.
const (
	// acceptShare is the share from which a sense is taken without asking.
	acceptShare = 0.9
	// settleShare is that in a place expression, where a wrong guess would stand on a map: the document must speak for
	// it too, or the place must be one that everybody means by the name.
	settleShare       = 0.95
	everybodysShare   = 0.98
	everybodysPeople  = 1_000_000
	supportedByOthers = 1.5 // natural logarithms of support from the rest of the document
)

// decide says what to do with the senses of a name, which are ordered by share.
func (ix *Index) decide(t *toponym) Decision {
	switch {
	case len(t.senses) == 0:
		return Refuse
	case t.senses[0].distance > 0, t.senses[0].odd, t.senses[0].begun, t.senses[0].share < acceptShare:
		return Ask
	}
	return Accept
}

// sameTown is how near, in metres, two settlements of one name are the same town twice in the data.
const sameTown = 12_000

// settles says whether the first sense of a name in an expression may be taken although there are others.
func (ix *Index) settles(t *toponym) bool {
	best := t.senses[0]
	share, rival := best.share, best
	for _, c := range t.senses[1:] {
		r, first := ix.raw(c.id), ix.raw(best.id)
		if r.kind() == KindSettlement && first.kind() == KindSettlement && r.u32(atCountry) == first.u32(atCountry) &&
			orbgeo.Distance(r.point(), first.point()) <= sameTown {
			share += c.share
		} else if rival == best {
			rival = c
		}
	}
	switch {
	case rival == best && t.others == 0:
		return true
	case share >= settleShare && best.support() >= supportedByOthers+rival.support():
		return true
	}
	return share >= everybodysShare && !best.weak && ix.raw(best.id).population() >= everybodysPeople
}

// support is what the rest of the document gives a sense.
func (c candidate) support() float64 { return c.score - c.prior }

// Candidate is one of the places that a name may mean.
type Candidate struct {
	Record Record
	// Name is the record's own name, or that in the language of the query.
	Name string
	// Extent is how far it reaches, in degrees, as [geo.Extent] gives it; of a settlement its point.
	Extent orb.Bound
	// Write is an expression that means this place alone.
	Write string
	// Score is its share of all that the name may mean in its document, from 0 to 1.
	Score float64
	// Fuzzy says that the place does not bear the name as it was written, but one that is a few letters different.
	Fuzzy bool
	// Reasons say in words what speaks for it.
	Reasons []string
}

// reasons says in words what speaks for a sense of a name.
func (ix *Index) reasons(t *toponym, sense int, names []*toponym) []string {
	c := t.senses[sense]
	r := ix.raw(c.id)
	var out []string
	switch n := len(t.senses) + t.others; {
	case c.distance > 0:
		out = append(out, fmt.Sprintf("%q is %d edits from %q", t.name.own, c.distance, ix.key(c.key)))
	case c.begun:
		out = append(out, fmt.Sprintf("a name that begins with %q", t.name.own))
	case n == 1:
		out = append(out, "the only place in the data that it can mean")
	case sense == 0:
		out = append(out, fmt.Sprintf("the likeliest of %d places of this name", n))
	default:
		out = append(out, fmt.Sprintf("one of %d places of this name", n))
	}
	if c.favoured {
		out = append(out, "lies in what the text writes after it")
	}
	if c.weak {
		out = append(out, "an alternate name of "+ix.name(c.id))
	}
	if len(t.name.parents) > 0 {
		out = append(out, "lies in "+strings.Join(t.name.parents, ", ")+", as written")
	}
	if t.name.kind != 0 {
		out = append(out, "a "+r.kind().String()+", as written")
	}
	for _, at := range []int{atDistrict, atProvince, atCountry} {
		in := r.u32(at)
		if in == none || in == c.id {
			continue
		}
		if ix.namedBy(in, t, names) {
			out = append(out, ix.name(in)+" is named too")
		}
	}
	if n := ix.sharing(r.u32(atProvince), t, names); n > 0 {
		out = append(out, fmt.Sprintf("%d other names lie in %s", n, ix.name(r.u32(atProvince))))
	}
	if r.population() > 0 && !r.kind().division() {
		out = append(out, fmt.Sprintf("population %d", r.population()))
	}
	return out
}

// namedBy says whether another name of the document means an area.
func (ix *Index) namedBy(area uint32, but *toponym, names []*toponym) bool {
	for _, t := range names {
		if t != but && len(t.senses) > 0 && t.senses[0].id == area {
			return true
		}
	}
	return false
}

// sharing counts the other names of the document that lie in an area.
func (ix *Index) sharing(area uint32, but *toponym, names []*toponym) int {
	n := 0
	for _, t := range names {
		if area != none && t != but && len(t.senses) > 0 && t.senses[0].id != area && ix.liesIn(t.senses[0].id, area) {
			n++
		}
	}
	return n
}
