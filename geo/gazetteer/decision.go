package gazetteer

import (
	"fmt"
	"slices"
	"strconv"
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
	// settleShare is from which share a sense may be taken if the document speaks for it by so many natural logarithms
	// more than for its rival.
	settleShare   = 0.95
	settleSupport = 1.5
	// everybodysShare and everybodysPeople are of a place that everybody means by its name unless they say otherwise:
	// London, but not Pingxiang.
	everybodysShare  = 0.98
	everybodysPeople = 1_000_000
	// fewPeopleKnow is under how many people a place is one of many that the data may lack: that no other in them bears the
	// name says little then.
	fewPeopleKnow = 20_000
	// strangerSupport is under which support a small place has nothing to do with the rest of the document: of less than half
	// a name that lies in its country. strangerMetres is from how far away on others do not speak for it.
	strangerSupport = 0.6
	strangerMetres  = 200_000
	// sameTown is how near, in metres, two settlements of one name are the same town twice in the data.
	sameTown = 12_000
)

// decide says what to do with the senses of a name, which are ordered by share. That a town and its own district or province
// bear the same name is no reason to ask where it is.
func (ix *Index) decide(t *toponym, names []*toponym) Decision {
	switch {
	case len(t.senses) == 0:
		return Refuse
	case t.elsewhere, t.senses[0].distance > 0, t.senses[0].odd, t.senses[0].begun, ix.doubtful(t, names):
		return Ask
	case ix.settles(t, func(id uint32) bool { return ix.liesIn(id, t.senses[0].id) || ix.liesIn(t.senses[0].id, id) }):
		return Accept
	}
	return Ask
}

// doubtful says whether the first sense of a name may bear it by chance, and a place that the data lack be meant: a small
// one that has it only as an alternate unlike its own name, or is a stranger to the rest of the document, and a settlement
// that bears less or more than what is written.
func (ix *Index) doubtful(t *toponym, names []*toponym) bool {
	c := t.senses[0]
	r := ix.raw(c.id)
	if r.kind() < KindDistrict || Origin(r[atOrigin]) == OriginCorridor || len(t.name.parents) > 0 {
		return false
	}
	settled := c.support() >= settleSupport
	cut := c.trimmed && r.kind() == KindSettlement
	if c.worded || r.population() >= fewPeopleKnow {
		return !settled && (c.worded || cut && c.weak)
	}
	return !settled && (cut || c.weak && !ix.spells(t.name.own, c.id)) || len(names) > 1 && ix.isStranger(t, names)
}

// isStranger says whether the first sense of a name has nothing to do with the rest of the document: hardly any other name lies
// in its country, or none lies near it and none is of an area around it. One that alone bears the name needs less: that its
// country is named, or that another lies in its province.
func (ix *Index) isStranger(t *toponym, names []*toponym) bool {
	c := t.senses[0]
	if c.favoured {
		return false
	}
	if c.support() < strangerSupport {
		return true
	}
	r, alone := ix.raw(c.id), len(t.senses)+t.others == 1
	return !slices.ContainsFunc(names, func(o *toponym) bool {
		if o == t || len(o.senses) == 0 {
			return false
		}
		id := o.senses[0].id
		switch other := ix.raw(id); {
		case other.kind() <= KindCountry:
			return alone && id == r.u32(atCountry)
		case alone && r.u32(atProvince) != none && r.u32(atProvince) == other.u32(atProvince):
			return true
		default:
			return ix.liesIn(c.id, id) || orbgeo.Distance(r.point(), other.point()) <= strangerMetres
		}
	})
}

// spells says whether a name is another spelling of a record's own.
func (ix *Index) spells(name string, id uint32) bool {
	written := Normalise(name)
	most := tolerance(letters(written))
	return editDistance(written, Normalise(ix.name(id)), most) <= most
}

// settles says whether the first sense of a name may be taken although there are others: where those are the same place, or
// the document speaks for the first, or everybody means it.
func (ix *Index) settles(t *toponym, same func(uint32) bool) bool {
	best := t.senses[0]
	share, rivals := best.share, t.others
	parents := ix.parents(t.name.parents)
	var rival candidate
	for _, c := range t.senses[1:] {
		switch {
		case c.begun, c.odd && !best.odd:
		case same(c.id) || ix.sameTown(c.id, best.id), ix.onlyNear(c.id, best.id, parents):
			share += c.share
		default:
			if rivals++; rival.share == 0 {
				rival = c
			}
		}
	}
	if rivals == 0 {
		return true
	}
	return share >= settleShare && best.support() >= rival.support()+settleSupport ||
		share >= everybodysShare && !best.weak && ix.raw(best.id).population() >= everybodysPeople
}

// onlyNear says whether a sense lies but near what is written as a parent, in which another sense lies: Reisterstown, which is also called
// Washington, near Washington, D.C. Where it lies near another place of the parent's name, it may as well be meant.
func (ix *Index) onlyNear(id, inside uint32, parents [][]candidate) bool {
	return slices.ContainsFunc(parents, func(list []candidate) bool {
		return slices.ContainsFunc(list, func(area candidate) bool {
			return area.id != inside && ix.liesIn(inside, area.id) && !slices.ContainsFunc(list, func(p candidate) bool {
				return p.id != id && (ix.liesIn(id, p.id) || ix.liesNear(id, p.id) && p.id != area.id && !ix.liesIn(p.id, area.id))
			})
		})
	})
}

func (ix *Index) sameTown(a, b uint32) bool {
	r, s := ix.raw(a), ix.raw(b)
	return r.kind() == KindSettlement && s.kind() == KindSettlement && r.u32(atCountry) == s.u32(atCountry) &&
		orbgeo.Distance(r.point(), s.point()) <= sameTown
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
	// Score is its share of all that the name may mean in its document, from 0 to 1. What the data cannot tell takes from it:
	// a misspelt name is worth as much of it as is left when each letter that differs is counted twice, and where the likeliest
	// place may bear the name by chance or does not fit what is written, all are worth half.
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
	out := append([]string{ix.standing(t, sense)}, ix.asWritten(t.name, c)...)
	if in, ok := ix.around(c.id); ok && r.kind() < KindSettlement && !ix.hasArea(c.id) {
		out = append(out, "its outline is not known; it lies in "+ix.write(in))
	}
	for _, at := range []int{atDistrict, atProvince, atCountry} {
		if in := r.u32(at); in != none && in != c.id && ix.namedBy(in, t, names) {
			out = append(out, ix.name(in)+" is named too")
		}
	}
	if n := ix.sharing(r.u32(atProvince), t, names); n > 0 {
		out = append(out, fmt.Sprintf("other names that lie in %s: %d", ix.name(r.u32(atProvince)), n))
	}
	if r.population() > 0 && !r.kind().division() {
		out = append(out, "population "+strconv.FormatUint(uint64(r.population()), 10))
	}
	return out
}

// asWritten says what a sense has of what is written of its name.
func (ix *Index) asWritten(n name, c candidate) []string {
	var out []string
	kind := ix.raw(c.id).kind()
	if c.favoured {
		out = append(out, "lies in what the text writes after it")
	}
	if c.weak {
		out = append(out, "an alternate name of "+ix.name(c.id))
	}
	if len(n.parents) > 0 {
		out = append(out, "lies in or near "+strings.Join(n.parents, ", ")+", as written")
	}
	if n.kind != 0 {
		out = append(out, "a "+kind.String()+", as written")
	}
	if n.wanted != 0 && n.wanted.holds(kind) {
		out = append(out, "a "+kind.String()+", as its precision or the expression wants it")
	}
	return out
}

// score is the share of a sense of a name, less what speaks against its being a sense of it at all.
func (ix *Index) score(t *toponym, sense int, names []*toponym) float64 {
	c := t.senses[sense]
	switch {
	case c.distance > 0:
		return c.share * max(0, 1-2*float64(c.distance)/float64(letters(Normalise(t.name.own))))
	case t.elsewhere, t.senses[0].odd, ix.doubtful(t, names):
		return c.share / 2
	}
	return c.share
}

// standing says where a sense stands among those of its name.
func (ix *Index) standing(t *toponym, sense int) string {
	c := t.senses[sense]
	switch n := len(t.senses) + t.others; {
	case c.read != "":
		return fmt.Sprintf("%q is read as %q", t.name.own, c.read)
	case c.distance == 1:
		return fmt.Sprintf("%q is a letter different from %q", t.name.own, ix.key(c.key))
	case c.distance > 0:
		return fmt.Sprintf("%q is %d letters different from %q", t.name.own, c.distance, ix.key(c.key))
	case c.begun:
		return "a name that begins with " + strconv.Quote(t.name.own)
	case n == 1:
		return "the only place in the data that it can mean"
	case sense == 0:
		return "the likeliest of " + strconv.Itoa(n) + " places of this name"
	default:
		return "one of " + strconv.Itoa(n) + " places of this name"
	}
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
