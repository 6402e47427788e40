package gazetteer

import (
	"slices"

	orbgeo "github.com/paulmach/orb/geo"

	"corridor/geo"
)

// preferred keeps what a name without more means: the records of the largest kind in which one goes by it, or else in which
// one has it as an alternate. A city that is most of the province of its name is meant before the province, and a town
// before a district. Where another kind is wanted, and one that goes by the name is of that kind and the same area, that is
// meant; an alternate is not enough, since GeoNames gives Kunming the name of Yunnan too.
func (ix *Index) preferred(list []candidate, wanted kinds) []candidate {
	isWanted := func(c candidate) bool { return wanted.holds(ix.raw(c.id).kind()) }
	first := ix.largest(list)
	if slices.ContainsFunc(first, isWanted) {
		return first
	}
	var others []candidate
	for _, c := range list {
		if isWanted(c) && !c.weak {
			others = append(others, c)
		}
	}
	others = ix.largest(others)
	same := func(c candidate) bool {
		return slices.ContainsFunc(first, func(f candidate) bool { return ix.sameArea(c.id, f.id) })
	}
	if slices.ContainsFunc(others, same) {
		return others
	}
	return first
}

// largest keeps the records of the largest kind by preference.
func (ix *Index) largest(list []candidate) []candidate {
	strong := slices.ContainsFunc(list, func(c candidate) bool { return !c.weak })
	rank := ranks(slices.ContainsFunc(list, func(c candidate) bool { return !c.weak && ix.fills(c.id, list) }))
	first := KindDistrict
	for _, c := range list {
		if k := ix.raw(c.id).kind(); (!strong || !c.weak) && rank[k] < rank[first] {
			first = k
		}
	}
	var out []candidate
	for _, c := range list {
		if ix.raw(c.id).kind() == first {
			out = append(out, c)
		}
	}
	return out
}

// sameArea says whether one of two records lies in the other.
func (ix *Index) sameArea(a, b uint32) bool { return ix.liesIn(a, b) || ix.liesIn(b, a) }

const (
	// cityPeople is from how many people on a town may be most of a province; of smaller provinces the data know few towns.
	cityPeople = 40_000
	// cityDensity is from how many people of the city for each square kilometre of the province on that is hardly more than
	// the city: 320 in Kyoto, 440 in Yangon, 12 in Lampang. The people of a province cannot tell, since the data know few of
	// its towns and no villages.
	cityDensity = 400
)

// fills says whether a record is a city that is meant before the province of its name: one with at least half of the people
// that the data know there, which is the capital of the country, or beside which the province has little room.
func (ix *Index) fills(id uint32, list []candidate) bool {
	r := ix.raw(id)
	return r.kind() == KindSettlement && r.population() >= cityPeople && slices.ContainsFunc(list, func(c candidate) bool {
		p := ix.raw(c.id)
		return p.kind() == KindProvince && ix.liesIn(id, c.id) && uint64(r.population())*2 >= uint64(p.population()) &&
			(r[atFlags]&flagCapital != 0 || float64(r.population()) >= cityDensity*orbgeo.Area(ix.area(c.id))/1e6)
	})
}

// ranks orders the kinds by preference: the larger first and districts last, but a city just before the province that it fills.
func ranks(fills bool) [KindCrossing + 1]int {
	var rank [KindCrossing + 1]int
	for k := KindRegion; k <= KindCrossing; k++ {
		rank[k] = 2 * int(k)
	}
	rank[KindDistrict] = 2*int(KindCrossing) + 1
	if fills {
		rank[KindSettlement] = 2*int(KindProvince) - 1
	}
	return rank
}

// lead puts first, of the senses that are the same area as the likeliest, the one that an expression of the name means.
func (ix *Index) lead(senses []candidate) {
	if len(senses) == 0 || senses[0].odd || senses[0].begun || senses[0].distance > 0 {
		return
	}
	var area []candidate
	for _, c := range senses {
		if !c.odd && !c.begun && (c.id == senses[0].id || ix.sameArea(c.id, senses[0].id)) {
			area = append(area, c)
		}
	}
	meant := ix.preferred(area, 0)[0].id
	i := slices.IndexFunc(senses, func(c candidate) bool { return c.id == meant })
	senses[0], senses[i] = senses[i], senses[0]
	senses[0].score, senses[i].score = senses[i].score, senses[0].score
	senses[0].share, senses[i].share = senses[i].share, senses[0].share
}

// ofPrecision are the kinds that a precision goes with, 0 for none.
func ofPrecision(p geo.Precision) kinds {
	var k kinds
	for kind := KindRegion; kind <= KindCrossing; kind++ {
		if kind.Precision() == p {
			k |= kindsOf(kind)
		}
	}
	return k
}

// want says of an expression's names which kinds their place in it wants, and of a single one which the declared precision
// does: areas where they are joined or meet in a border.
func (ix *Index) want(e expression, declared geo.Precision) {
	wanted := kindsOf(KindCountry, KindProvince, KindPrefecture)
	switch {
	case e.verb == verbUnion && len(e.names) == 1:
		wanted = ofPrecision(declared)
	case e.verb != verbUnion && e.verb != verbBorder:
		return
	}
	for i := range e.names {
		n := &e.names[i]
		if n.kind != 0 || wanted == 0 {
			continue
		}
		// A name that means such a kind by itself stays the same name of the document, and does not speak for itself twice.
		if senses, err := ix.strict(*n); err == nil && !wanted.holds(ix.raw(senses[0].id).kind()) {
			n.wanted = wanted
		}
	}
}
