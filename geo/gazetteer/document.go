package gazetteer

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	orbgeo "github.com/paulmach/orb/geo"

	"corridor/geo"
)

// A document is the names that stand together in one text, each once, with what each may mean.
type document struct {
	ix    *Index
	names []*toponym
	byKey map[string]*toponym
	// spaceless are the names by their keys without spaces.
	spaceless map[string]*toponym
}

// A toponym is one distinct name of a document.
type toponym struct {
	name    name
	key     string
	senses  []candidate
	others  int // senses that were found but are too unlikely to be weighed
	vectors [][3]float64
	err     error
	// elsewhere says that the text writes it to be in an area in which none of the senses lies.
	elsewhere bool
}

func newDocument(ix *Index) *document {
	return &document{ix: ix, byKey: map[string]*toponym{}, spaceless: map[string]*toponym{}}
}

// keyOf is the same for the ways to write one name: twice in a document, in capitals and not, it must not speak for itself.
func keyOf(n name) string {
	parts := []string{fmt.Sprintf("%d %d %s", n.kind, n.wanted, n.country)}
	for _, part := range append([]string{n.own}, n.parents...) {
		parts = append(parts, cmp.Or(Normalise(part), part))
	}
	return strings.Join(parts, "\x00")
}

// add notes names of expressions, and their parents as names of their own.
func (d *document) add(names ...name) {
	for _, n := range names {
		if d.byKey[keyOf(n)] != nil {
			continue
		}
		t := &toponym{name: n, key: keyOf(n)}
		t.senses, t.err = d.ix.strict(n)
		d.put(t)
		for i, parent := range n.parents {
			d.add(name{own: parent, parents: n.parents[i+1:], at: n.at})
		}
	}
}

// put notes a name. One that differs in its spaces alone and means the same is not noted again.
func (d *document) put(t *toponym) {
	key := compact(t.key)
	if other := d.spaceless[key]; other != nil && sameSenses(t, other) {
		d.byKey[t.key] = other
		return
	}
	d.spaceless[key] = t
	d.byKey[t.key] = t
	d.names = append(d.names, t)
}

func sameSenses(t, other *toponym) bool {
	ids := map[uint32]bool{}
	for _, c := range other.senses {
		ids[c.id] = true
	}
	return len(t.senses) > 0 && len(t.senses) == len(other.senses) && !slices.ContainsFunc(t.senses, func(c candidate) bool { return !ids[c.id] })
}

// excepted are the names after "except", with what they lie in.
func (d *document) excepted(e expression) []name {
	var out []name
	for _, n := range e.except {
		for _, kind := range []Kind{KindCountry, KindProvince, KindPrefecture} {
			if e.verb == verbExcept || kind == e.kind {
				if n := exceptedName(n, kind, e.names[0]); d.ix.knows(n) {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

func (ix *Index) knows(n name) bool {
	_, err := ix.strict(n)
	return err == nil
}

// unquoted gives a whole expression as one name where that is one.
func (d *document) unquoted(expr string) (name, bool) {
	n := name{own: strings.Trim(expr, `" `)}
	if !d.ix.knows(n) {
		return n, false
	}
	d.add(n)
	return n, true
}

// weigh orders the senses of every name by what the others mean. The order of names does not matter.
func (d *document) weigh() {
	slices.SortFunc(d.names, func(a, b *toponym) int { return cmp.Compare(a.key, b.key) })
	d.ix.weigh(d.names)
}

// A finding is the record that a name means, how sure that is and why.
type finding struct {
	id      uint32
	Score   float64
	Reasons []string
}

// decide gives the record that a name of an expression means, or says why none or which of several.
func (d *document) decide(n name) (finding, error) {
	t := d.byKey[keyOf(n)]
	if t == nil { // a name that only this expression has, such as the whole of "Trinidad and Tobago"
		t = &toponym{name: n, key: keyOf(n)}
		t.senses, t.err = d.ix.strict(n)
		rank(t.senses)
	}
	if t.err != nil {
		if _, err := d.ix.strict(n); err != nil { // in the words of this place, which may be written otherwise than the first
			return finding{}, err
		}
		return finding{}, t.err
	}
	best := t.senses[0]
	reasons := d.ix.reasons(t, 0, d.names)
	if len(t.senses)+t.others > 1 && !d.ix.settles(t, func(uint32) bool { return false }) {
		return finding{}, d.ix.ambiguous(n, t.senses)
	}
	return finding{best.id, best.share, reasons}, nil
}

// strict gives the records that a name of an expression may mean; never a misspelt one.
func (ix *Index) strict(n name) ([]candidate, error) {
	if n.country != "" {
		first, last := ix.ofKind(KindCountry)
		for id := first; id < last; id++ {
			if ix.raw(id).country() == n.country {
				return ix.asCandidates(nil, []uint32{id}, match{}), nil
			}
		}
	}
	if is, ok := ix.water([]byte(Normalise(n.own))); ok && n.kind == 0 {
		return nil, &WaterError{n.own, is}
	}
	if n.isSort() {
		return nil, &UnknownError{Name: n.own}
	}
	all := ix.named(n)
	if len(all) == 0 || all[0].distance > 0 {
		return nil, ix.unknown(n, all)
	}
	fits := ix.fitting(slices.Clone(all), n)
	if len(fits) == 0 {
		return nil, ix.explainNone(n, all)
	}
	fits = ix.preferred(fits, n.wanted)
	for i := range fits {
		fits[i].score = fits[i].prior
	}
	rank(fits)
	return fits, nil
}

// named are the records that the own part of a name may mean, whatever it says of their kind and parents.
func (ix *Index) named(n name) []candidate {
	key := []byte(Normalise(n.own))
	return ix.withCrossings(ix.withDivisions(ix.candidates(key), key, n.kind), key, n.kind)
}

// fitting keeps the records of the kind and in the parents that a name states.
func (ix *Index) fitting(list []candidate, n name) []candidate {
	return ix.thatFit(slices.DeleteFunc(list, func(c candidate) bool { return n.kind == 0 && c.odd }), n)
}

// withoutNamesakes leaves out, where a name states the kind of an area, those of a country that bear it besides their own where
// it is another's own: so "province of Vientiane" is not the prefecture of Vientiane.
func (ix *Index) withoutNamesakes(list []candidate, n name) []candidate {
	if n.kind != KindCountry && n.kind != KindProvince && n.kind != KindPrefecture {
		return list
	}
	key := Normalise(n.own)
	own := func(c candidate) bool { return Normalise(ix.name(c.id)) == key }
	owners := map[string]bool{} // countries
	for _, c := range list {
		if own(c) {
			owners[ix.raw(c.id).country()] = true
		}
	}
	return slices.DeleteFunc(list, func(c candidate) bool { return owners[ix.raw(c.id).country()] && !own(c) })
}

// similar says whether a kind goes by the word for another: China's second-level divisions are prefectures, but people
// write districts of them too.
func similar(k, stated Kind) bool {
	return k == KindPrefecture && stated == KindDistrict
}

// nearTown is how far, in metres, a place lies from a town that is written as its parent ("Houqiao, Tengchong").
const nearTown = 75_000

// parents gives for each name the records that it may mean as a parent; a misspelt one means none.
func (ix *Index) parents(names []string) [][]candidate {
	lists := make([][]candidate, len(names))
	for i, n := range names {
		lists[i] = ix.bearers([]byte(Normalise(n)))
	}
	return lists
}

// hasParents says whether one of each parent's records is among what a record lies in, or a town near it in the same
// country.
func (ix *Index) hasParents(id uint32, parents [][]candidate) bool {
	for _, list := range parents {
		if !slices.ContainsFunc(list, func(p candidate) bool { return p.id != id && (ix.liesIn(id, p.id) || ix.liesNear(id, p.id)) }) {
			return false
		}
	}
	return true
}

// liesNear says whether a place lies near a town that is written as its parent. A seat of one district is not in that of
// another, however near.
func (ix *Index) liesNear(id, town uint32) bool {
	r, t := ix.raw(id), ix.raw(town)
	known := t.kind() == KindSettlement || t.kind() == KindDistrict && t.u32(atGeometry) == none // a county by its seat alone
	return known && r.kind() >= KindSettlement && r.u32(atCountry) == t.u32(atCountry) &&
		orbgeo.Distance(r.point(), t.point()) <= nearTown &&
		(r.u32(atDistrict) == t.u32(atDistrict) || !ix.isSeat(id) || !ix.isSeat(town))
}

// isSeat says whether a district is called by a town in it.
func (ix *Index) isSeat(town uint32) bool { return len(ix.districtsOf([]candidate{{id: town}})) > 0 }

func (ix *Index) explainNone(n name, all []candidate) error {
	what := "place"
	if n.kind != 0 {
		what = n.kind.String()
	}
	for _, parent := range n.parents {
		if key := []byte(Normalise(parent)); len(ix.bearers(key)) == 0 {
			return &UnknownError{Name: parent, Near: ix.namesOf(ix.misspelt(key))}
		}
	}
	if n.kind == KindCrossing { // a town of the name is none, nor known so exactly
		if all = ix.crossingsOf(all); len(all) == 0 {
			return ix.unknown(n, nil)
		}
	}
	for i := range all {
		all[i].score = all[i].prior
	}
	rank(all)
	err := fmt.Errorf("no %s %q fits; %w", what, n, ix.ambiguous(name{own: n.own}, all))
	if in, ok := ix.around(all[0].id); ok && n.kind != 0 && n.kind < ix.raw(all[0].id).kind() && n.kind >= ix.raw(in).kind() {
		err = fmt.Errorf("%w or, where the source means none of these, what it lies in: %q", err, ix.write(in))
	}
	return err
}

// unknown says that nothing bears a name, and what of a list is near it: where a crossing is meant, crossings and those of towns alone.
func (ix *Index) unknown(n name, near []candidate) *UnknownError {
	if n.kind != KindCrossing {
		return &UnknownError{Name: n.own, Near: ix.namesOf(near)}
	}
	crossings := ix.crossingsOf(near)
	for _, c := range near {
		if ix.raw(c.id).kind() == KindSettlement {
			crossings = append(crossings, ix.crossingsCalled(Normalise(ix.name(c.id)))...)
		}
	}
	return &UnknownError{Name: n.own, Near: ix.namesOf(crossings), Kind: n.kind}
}

const (
	mostWritten = 12 // candidates that an error lists
	nearMost    = 5  // names that an error suggests
)

func (ix *Index) ambiguous(n name, senses []candidate) *AmbiguousError {
	e := &AmbiguousError{Name: n.String()}
	for _, c := range senses[:min(len(senses), mostWritten)] {
		e.Candidates = append(e.Candidates, Candidate{Record: ix.record(c.id), Write: ix.writeAmong(c.id, senses), Score: c.share})
	}
	return e
}

// namesOf gives a few records' own names.
func (ix *Index) namesOf(list []candidate) []string {
	var names []string
	for _, c := range list {
		if names = addOnce(names, ix.name(c.id)); len(names) == nearMost {
			break
		}
	}
	return names
}

// write gives an expression for a record: its name with its parents' names.
func (ix *Index) write(id uint32) string {
	r := ix.raw(id)
	b := make([]byte, 0, 96)
	b = append(append(b, r.kind().String()...), " of "...)
	b = appendQuoted(b, ix.name(id))
	for _, at := range []int{atDistrict, atProvince, atCountry} {
		if parent := r.u32(at); parent != none && parent != id && r.kind() > ix.raw(parent).kind() {
			b = appendQuoted(append(b, ", "...), ix.name(parent))
		}
	}
	return string(b)
}

// writeAmong gives an expression for a record that means none of the others: where one is a town of the same name in the same
// areas, the coordinates that the data have of it, with whose they are.
func (ix *Index) writeAmong(id uint32, others []candidate) string {
	r := ix.raw(id)
	isTwin := func(c candidate) bool {
		o := ix.raw(c.id)
		return o.kind() == KindSettlement && !ix.sameTown(c.id, id) && o.u32(atDistrict) == r.u32(atDistrict) && o.u32(atProvince) == r.u32(atProvince) &&
			o.u32(atCountry) == r.u32(atCountry) && ix.name(c.id) == ix.name(id)
	}
	if r.kind() != KindSettlement || !slices.ContainsFunc(others, isTwin) {
		return ix.write(id)
	}
	axis := func(degrees float64, above, below string) string {
		if degrees < 0 {
			above = below
		}
		return fmt.Sprintf("%.3f %s", math.Abs(degrees), above)
	}
	return fmt.Sprintf("at %s, %s, precision %s, source %s, %s", axis(r.point()[1], "N", "S"), axis(r.point()[0], "E", "W"), geo.Settlement,
		Origin(r[atOrigin]), ix.write(id))
}

// writtenAs keeps the records that are meant by a whole name with its kind and parents, where there are such: it was named to be
// written for these, and others that also fit it, by another name or near a town of that name, have another.
func (ix *Index) writtenAs(list []candidate, n name) []candidate {
	if n.kind == 0 || len(n.parents) == 0 || len(list) < 2 {
		return list
	}
	whole := n.kind.String() + " of " + n.String()
	isWritten := func(c candidate) bool { return strings.ReplaceAll(ix.write(c.id), `"`, "") == whole }
	if !slices.ContainsFunc(list, isWritten) {
		return list
	}
	return slices.DeleteFunc(list, func(c candidate) bool { return !isWritten(c) })
}

// appendQuoted appends a name, in quotation marks where it holds a word of the grammar.
func appendQuoted(b []byte, name string) []byte {
	for w := range strings.FieldsSeq(name) {
		if strings.EqualFold(w, "and") || strings.EqualFold(w, "except") || strings.EqualFold(w, "of") || strings.EqualFold(w, "border") || strings.Contains(w, ",") {
			return append(append(append(b, '"'), name...), '"')
		}
	}
	return append(b, name...)
}
