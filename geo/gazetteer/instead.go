package gazetteer

import (
	"slices"
	"strconv"

	"corridor/geo"
)

// mostInstead is the most expressions that are named to write instead of another.
const mostInstead = 3

// Instead gives what to write to mean a place of a precision where an expression of one name means another: the places of that
// precision that bear the name, or else the smallest area around its place that is no finer and of which the outline is known.
func (ix *Index) Instead(expr string, wanted geo.Precision) []Declared {
	e, err := parse(expr)
	if err != nil || e.verb != verbUnion || len(e.names) != 1 || ofPrecision(wanted) == 0 {
		return nil
	}
	n := e.names[0]
	n.kind = 0
	list := slices.DeleteFunc(ix.fitting(ix.bearers([]byte(Normalise(n.own))), n), func(c candidate) bool {
		k := ix.raw(c.id).kind()
		return c.weak || !ofPrecision(wanted).holds(k) || k < KindSettlement && !ix.hasArea(c.id)
	})
	for i := range list {
		list[i].score = list[i].prior
	}
	if len(list) > 0 {
		rank(list)
	} else if senses, err := ix.strict(e.names[0]); err == nil && len(senses) == 1 {
		if in, ok := ix.aroundAt(senses[0].id, wanted); ok {
			list = []candidate{{id: in}}
		}
	}
	var out []Declared
	for _, c := range list[:min(len(list), mostInstead)] {
		out = addOnce(out, Declared{ix.write(c.id), ix.raw(c.id).kind().Precision()})
	}
	return out
}

// Called gives the place of a precision that has the name of an expression as an alternate alone, and the expression that means it: of what an
// alternate names, [Index.Instead] knows nothing, since GeoNames gives Johor Bahru the name of Johor too. The place's own name has to be
// told with it. ok is false where that expression means no such place.
func (ix *Index) Called(expr string, wanted geo.Precision) (write string, place Place, ok bool) {
	e, err := parse(expr)
	if err != nil || e.verb != verbUnion || len(e.names) != 1 {
		return "", Place{}, false
	}
	for kind := KindRegion; kind <= KindCrossing; kind++ {
		if kind.Precision() != wanted {
			continue
		}
		b := appendQuoted([]byte(kind.String()+" of "), e.names[0].own)
		for _, parent := range e.names[0].parents {
			b = appendQuoted(append(b, ", "...), parent)
		}
		place, err := ix.Resolve(string(b))
		return string(b), place, err == nil && place.Precision == wanted
	}
	return "", Place{}, false
}

// aroundAt gives the smallest area with an outline in which a record lies that is no finer than a precision; the record is.
func (ix *Index) aroundAt(id uint32, wanted geo.Precision) (area uint32, ok bool) {
	if !ix.raw(id).kind().Precision().Finer(wanted) {
		return 0, false
	}
	in, ok := ix.around(id)
	for ok && ix.raw(in).kind().Precision().Finer(wanted) {
		in, ok = ix.around(in)
	}
	return in, ok
}

// around gives the smallest area with an outline in which a record lies, ok where there is one.
func (ix *Index) around(id uint32) (area uint32, ok bool) {
	r := ix.raw(id)
	for _, at := range []int{atDistrict, atProvince, atCountry} {
		if in := r.u32(at); in != none && in != id && ix.raw(in).kind() < r.kind() && ix.hasArea(in) {
			return in, true
		}
	}
	return 0, false
}

// noArea says what to write instead of a place that has no area, or of a division of which the data know no outline: what it
// lies in, and never something finer.
func (ix *Index) noArea(n name, id uint32) error {
	r := ix.raw(id)
	problem := "the data know where " + strconv.Quote(n.String()) + " lies but not its outline"
	if r.kind() >= KindSettlement {
		problem = strconv.Quote(n.String()) + " is a " + r.kind().String() + " and has no area"
	}
	if in, ok := ix.around(id); ok {
		problem += "; write what it lies in: " + strconv.Quote(ix.write(in))
		if r.kind() < KindSettlement {
			problem += ", with precision: " + string(ix.raw(in).kind().Precision())
		}
	}
	return &GeometryError{problem}
}
