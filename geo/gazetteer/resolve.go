package gazetteer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// townPopulation is from how many people on a settlement is one that a drawing must not suggest by accident.
const townPopulation = 50_000

// Resolution is what one expression of a document resolved to, or why not.
type Resolution struct {
	Place Place
	Err   error
}

// Resolve reads a place expression and finds the one place it means. The error is a [*SyntaxError], an [*UnknownError], an
// [*AmbiguousError] or a [*GeometryError].
func (ix *Index) Resolve(expr string) (Place, error) {
	r := ix.ResolveAll([]string{expr})[0]
	return r.Place, r.Err
}

// ResolveAll resolves the place expressions of one document together: what one of them names helps to tell the senses of
// another. The resolutions stand in the order of the expressions, each as [Index.Resolve] gives it.
func (ix *Index) ResolveAll(exprs []string) []Resolution {
	list := make([]Declared, len(exprs))
	for i, expr := range exprs {
		list[i].Expression = expr
	}
	return ix.ResolveDeclared(list)
}

// Declared is a place expression with how precisely its author knows the place, empty where that is not said.
type Declared struct {
	Expression string
	Precision  geo.Precision
}

// ResolveDeclared resolves expressions as [Index.ResolveAll] does. Where a name fits several kinds of the same area, the
// precision that is declared tells which is meant; otherwise it changes nothing.
func (ix *Index) ResolveDeclared(list []Declared) []Resolution {
	d := newDocument(ix)
	parsed := make([]expression, len(list))
	out := make([]Resolution, len(list))
	for i, asked := range list {
		if parsed[i], out[i].Err = parse(asked.Expression); out[i].Err == nil {
			ix.want(parsed[i], asked.Precision)
			d.add(append(slices.Clone(parsed[i].names), d.excepted(parsed[i])...)...)
		}
	}
	d.weigh()
	for i, asked := range list {
		if out[i].Err != nil {
			continue
		}
		r := resolver{ix: ix, document: d, place: Place{Expression: asked.Expression, Score: 1}}
		if err := r.resolve(parsed[i]); err != nil {
			out[i].Err = err
			continue
		}
		out[i].Place = r.finish()
	}
	return out
}

// A resolver makes the place of one expression.
type resolver struct {
	ix       *Index
	document *document
	place    Place
}

func (r *resolver) finish() Place {
	if r.place.Name == "" {
		r.place.Name = r.place.Expression
	}
	if r.place.Geometry != nil && r.place.Geometry.Dimensions() > 0 {
		r.place.Settlements = r.ix.towns(r.place.Geometry.Bound())
	}
	return r.place
}

func (r *resolver) resolve(e expression) error {
	switch {
	case e.verb == verbCoordinates:
		r.place = e.stated.withExpression(r.place.Expression)
		return nil
	case e.verb == verbMembers:
		return r.members(e)
	case e.verb == verbExcept:
		return r.except(e)
	case e.verb == verbBorder && len(e.names) == 1:
		return r.allBorders(e.names[0])
	case e.verb == verbBorder:
		return r.border(e)
	case len(e.names) > 1:
		return r.union(e)
	}
	return r.single(e.names[0])
}

// use notes the country and the data set of a record whose geometry goes into the place.
func (r *resolver) use(id uint32) Record {
	rec := r.within(id)
	r.place.Origins = addOnce(r.place.Origins, rec.Origin)
	return rec
}

// within notes the country of a record in which the place lies.
func (r *resolver) within(id uint32) Record {
	rec := r.ix.record(id)
	if rec.Country != "" {
		r.place.Countries = addOnce(r.place.Countries, rec.Country)
	}
	return rec
}

// find gives the record that a name means.
func (r *resolver) find(n name) (uint32, error) {
	found, err := r.document.decide(n)
	if err != nil {
		return 0, err
	}
	r.place.Score = min(r.place.Score, found.Score)
	r.place.Reasons = append(r.place.Reasons, n.own+": "+strings.Join(found.Reasons, ", "))
	rec := r.ix.raw(found.id)
	r.place.Senses = append(r.place.Senses, Sense{n.own, r.ix.write(found.id), rec.country(), len(n.parents) == 0 && rec.kind() > KindCountry})
	return found.id, nil
}

// single is one name: the point of a settlement or crossing, the area of anything larger.
func (r *resolver) single(n name) error {
	id, err := r.find(n)
	if err != nil {
		return err
	}
	rec := r.use(id)
	r.place.Name, r.place.Precision = rec.Name, rec.Kind.Precision()
	switch rec.Kind {
	case KindSettlement, KindCrossing:
		r.place.Geometry = rec.Point
		return nil
	case KindRegion:
		return r.join(id, KindCountry, nil)
	}
	area := r.ix.area(id)
	if area == nil {
		return r.ix.noArea(n, id)
	}
	r.place.Geometry = geo.Oriented(area)
	return nil
}

// members is every country, province or prefecture of a place but the excepted ones, as one area with its parts.
func (r *resolver) members(e expression) error {
	parent, err := r.find(e.names[0])
	if err != nil {
		return err
	}
	left, err := r.findExcepted(e, e.kind, parent)
	if err != nil {
		return err
	}
	r.within(parent)
	return r.joinMembers(parent, e.kind, left)
}

// except is a country without some of its provinces, or a region without some of its countries.
func (r *resolver) except(e expression) error {
	whole, err := r.find(e.names[0])
	if err != nil {
		return err
	}
	kind := KindProvince
	switch rec := r.ix.record(whole); rec.Kind {
	case KindRegion:
		kind = KindCountry
	case KindCountry:
	case KindProvince:
		kind = KindPrefecture
	default:
		return &GeometryError{fmt.Sprintf("nothing can be left out of %q, which is a %s", e.names[0], rec.Kind)}
	}
	left, err := r.findExcepted(e, kind, whole)
	if err != nil {
		return err
	}
	r.within(whole)
	return r.joinMembers(whole, kind, left)
}

// joinMembers joins the members of a place that are not left out. Where one alone stays, the place is as finely known as that.
func (r *resolver) joinMembers(within uint32, kind Kind, left []uint32) error {
	if err := r.join(within, kind, left); err != nil {
		return err
	}
	r.place.Precision = geo.Region
	if len(r.place.Parts) == 1 {
		r.place.Precision = r.place.Parts[0].Precision
	}
	return nil
}

func (r *resolver) findExcepted(e expression, kind Kind, within uint32) ([]uint32, error) {
	var left []uint32
	for _, n := range e.except {
		id, err := r.find(exceptedName(n, kind, e.names[0]))
		if err != nil {
			return nil, err
		}
		if !r.ix.liesIn(id, within) {
			return nil, &GeometryError{fmt.Sprintf("%q does not lie in %q", n, e.names[0])}
		}
		left = append(left, id)
	}
	return left, nil
}

// exceptedName is a name after "except": of the members' kind, within what they are members of.
func exceptedName(n name, kind Kind, within name) name {
	n.kind = kind
	n.parents = append(slices.Clone(n.parents), within.own)
	return n
}

// join makes one area of the members of a kind.
func (r *resolver) join(within uint32, kind Kind, left []uint32) error {
	first, last := r.ix.ofKind(kind)
	for id := first; id < last; id++ {
		if !r.ix.liesIn(id, within) || slices.Contains(left, id) {
			continue
		}
		rec := r.ix.record(id)
		if area := r.ix.area(id); area != nil && !rec.Unofficial {
			r.place.Parts = append(r.place.Parts, Part{rec.Name, rec.Code, rec.Kind.Precision(), area})
			r.use(id)
		}
	}
	if len(r.place.Parts) == 0 {
		return &GeometryError{fmt.Sprintf("the data have no %s of %q with an area", kind.plural(), r.ix.name(within))}
	}
	slices.SortFunc(r.place.Parts, func(a, b Part) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Code, b.Code)) })
	r.place.Geometry = dissolve(r.place.Parts)
	return nil
}

// union joins areas.
func (r *resolver) union(e expression) error {
	if whole, ok := r.document.unquoted(r.place.Expression); ok { // "Trinidad and Tobago"
		return r.single(whole)
	}
	r.place.Precision = geo.Region
	var seen []uint32
	for _, n := range e.names {
		id, err := r.find(n)
		if err != nil {
			return err
		}
		for i, before := range seen {
			if err := r.overlap(e.names[i], before, n, id); err != nil {
				return err
			}
		}
		seen = append(seen, id)
		rec, area := r.use(id), r.ix.area(id)
		if area == nil {
			return r.ix.noArea(n, id)
		}
		r.place.Parts = append(r.place.Parts, Part{rec.Name, rec.Code, rec.Kind.Precision(), area})
	}
	r.place.Geometry = dissolve(r.place.Parts)
	return nil
}

// overlap refuses two areas of which one is the other or lies in it: joined, they would be filled twice, and a map that fills what is in an
// odd number of rings would leave out what was named.
func (r *resolver) overlap(one name, oneID uint32, other name, otherID uint32) error {
	const inner = "%q lies in %q; name only the one that is meant"
	switch {
	case oneID == otherID:
		return &GeometryError{fmt.Sprintf("%q and %q are one place; name it once", one, other)}
	case r.ix.liesIn(oneID, otherID):
		return &GeometryError{fmt.Sprintf(inner, one, other)}
	case r.ix.liesIn(otherID, oneID):
		return &GeometryError{fmt.Sprintf(inner, other, one)}
	}
	return nil
}

// bordersApart is how far apart, in degrees, the same border lies in two data sets; Natural Earth is 1 to 3 km off here.
const bordersApart = 0.06

// border is the line that two areas share; those of different data sets share one that is near enough.
func (r *resolver) border(e expression) error {
	r.place.Precision = geo.Border
	var sides [2]orb.MultiPolygon
	var first uint32
	for i, n := range e.names {
		id, err := r.find(n)
		if err != nil {
			return err
		}
		if i > 0 && id == first { // its whole outline, coasts too, would be taken for a border
			return &GeometryError{fmt.Sprintf("%q and %q are one place; a border has two sides", e.names[0], n)}
		}
		first = id
		r.use(id)
		if sides[i] = r.ix.area(id); sides[i] == nil {
			return r.ix.noArea(n, id)
		}
	}
	tolerance := 0.0
	if len(r.place.Origins) > 1 {
		tolerance = bordersApart
	}
	line := geo.SharedBorderWithin(sides[0], sides[1], tolerance)
	if len(line) == 0 {
		return &GeometryError{fmt.Sprintf("%q and %q share no border in the data", e.names[0], e.names[1])}
	}
	r.place.Geometry = line
	return nil
}

// allBorders is the border of a country with every neighbour, without its coasts.
func (r *resolver) allBorders(n name) error {
	id, err := r.find(n)
	if err != nil {
		return err
	}
	own, area := r.ix.record(id), r.ix.area(id)
	if own.Kind != KindCountry || area == nil {
		return &GeometryError{fmt.Sprintf("%q is a %s; only a country's border with all its neighbours can be asked for, so write \"border of A and B\"", n, own.Kind)}
	}
	r.use(id)
	r.place.Precision = geo.Border
	var lines orb.MultiLineString
	first, last := r.ix.ofKind(KindCountry)
	for other := first; other < last; other++ {
		if other == id || !r.ix.extent(other).Intersects(area.Bound()) && r.ix.extent(other).Min[0] < r.ix.extent(other).Max[0] {
			continue
		}
		if line := geo.SharedBorder(area, r.ix.area(other)); len(line) > 0 {
			lines = append(lines, line...)
			r.use(other)
		}
	}
	if len(lines) == 0 {
		return &GeometryError{fmt.Sprintf("%q has no land border in the data", n)}
	}
	r.place.Geometry = lines
	return nil
}

func dissolve(parts []Part) orb.MultiPolygon {
	areas := make([]orb.MultiPolygon, len(parts))
	for i, p := range parts {
		areas[i] = p.Area
	}
	return geo.Dissolve(areas...)
}
