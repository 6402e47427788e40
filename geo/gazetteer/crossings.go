package gazetteer

import (
	"slices"

	orbgeo "github.com/paulmach/orb/geo"
)

// crossingKeys are the names under which the data may have the border crossing of a town: Mae Sai border crossing, ด่านแม่สาย, 磨憨口岸,
// Cửa khẩu quốc tế Móng Cái.
func crossingKeys(town string) []string {
	return []string{town + " border crossing", "ด่าน" + town, town + "口岸", "cua khau quoc te " + town}
}

// withCrossings adds to the records that bear a name the crossings that are called by it, where a crossing is meant and none of them is
// one: so "crossing of Mae Sai" needs not the name of the town on the other side.
func (ix *Index) withCrossings(list []candidate, key []byte, kind Kind) []candidate {
	exact := slices.DeleteFunc(slices.Clone(list), func(c candidate) bool { return c.distance > 0 })
	if kind != KindCrossing || len(ix.crossingsOf(exact)) > 0 {
		return list
	}
	crossings := ix.crossingsCalled(string(key))
	for _, town := range exact {
		if ix.raw(town.id).kind() != KindSettlement {
			continue
		}
		for _, c := range ix.crossingsCalled(Normalise(ix.name(town.id))) { // which may be of another language than what is written
			near := orbgeo.Distance(ix.raw(c.id).point(), ix.raw(town.id).point()) <= nearTown
			if near && !slices.ContainsFunc(crossings, func(o candidate) bool { return o.id == c.id }) {
				crossings = append(crossings, c)
			}
		}
	}
	if len(crossings) == 0 {
		return list
	}
	return append(crossings, exact...)
}

// crossingsCalled are the crossings that are called by a town: those of the first of the names under which the data have any.
func (ix *Index) crossingsCalled(town string) []candidate {
	var buffer [64]uint32
	for _, k := range crossingKeys(town) {
		if list := ix.crossingsOf(ix.asCandidates(nil, ix.refs(buffer[:0], []byte(k)), match{})); len(list) > 0 {
			return list
		}
	}
	return nil
}

// crossingsOf keeps the crossings of a list.
func (ix *Index) crossingsOf(list []candidate) []candidate {
	return slices.DeleteFunc(slices.Clone(list), func(c candidate) bool { return ix.raw(c.id).kind() != KindCrossing })
}
