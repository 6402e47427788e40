package gazetteer

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
)

// A Water is what sort of water bears a name. Waters are no places that a document can be put at: their names stand in the
// index so that they are not taken for a town that is written almost like them.
type Water uint8

// The sorts of water.
const (
	River Water = iota + 1
	Lake
)

// String is the word for it.
func (w Water) String() string {
	if w == Lake {
		return "lake"
	}
	return "river"
}

// WaterError means that a name is that of a river or a lake, which is no place by itself.
type WaterError struct {
	Name string
	Is   Water
}

// Error says what it is and what to write instead.
func (e *WaterError) Error() string {
	return fmt.Sprintf("%q is a %s; write the place on it that the document names", e.Name, e.Is)
}

// AddWater adds a name of a river or a lake.
func (b *Builder) AddWater(is Water, name string) {
	if key := compact(Normalise(name)); key != "" {
		b.waters = append(b.waters, waterName{key, is})
	}
}

// A waterName is a normalised name without its spaces.
type waterName struct {
	key string
	is  Water
}

// waters writes the names of rivers and lakes in order.
func (w *writer) waters(list []waterName) {
	slices.SortFunc(list, func(a, b waterName) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.is, b.is)) })
	list = slices.CompactFunc(list, func(a, b waterName) bool { return a.key == b.key })
	for _, n := range list {
		w.put(sectionWaters, w.text(n.key))
		w.sections[sectionWaters] = order.AppendUint16(w.sections[sectionWaters], uint16(len(n.key)))
		w.sections[sectionWaters] = append(w.sections[sectionWaters], byte(n.is), 0)
	}
}

// water says whether a normalised name is one of a river or a lake, and no place goes by it: one that has it only as an
// alternate is less likely to be meant.
func (ix *Index) water(key []byte) (is Water, ok bool) {
	list, wanted := ix.sections[sectionWaters], compact(string(key))
	name := func(i int) []byte {
		b := list[i*waterSize:]
		return ix.sections[sectionTexts][order.Uint32(b):][:order.Uint16(b[4:])]
	}
	n := len(list) / waterSize
	i := sort.Search(n, func(i int) bool { return string(name(i)) >= wanted })
	if i == n || string(name(i)) != wanted {
		return 0, false
	}
	for _, ref := range ix.refs(nil, key) {
		if ref&weakRef == 0 {
			return 0, false
		}
	}
	return Water(list[i*waterSize+6]), true
}

// notBearing leaves out of a list what bears a name that is a water's: what is left are completions of it.
func (ix *Index) notBearing(list []candidate, key []byte) []candidate {
	refs := ix.refs(nil, key)
	return slices.DeleteFunc(list, func(c candidate) bool { return containsRecord(refs, c.id) })
}
