package gazetteer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// townPopulation is from how many people on a settlement is one that a drawing must not suggest by accident.
const townPopulation = 50_000

// Resolve reads a place expression and finds the one place it means. The error is a [*SyntaxError], an [*UnknownError], an
// [*AmbiguousError] or a [*GeometryError].
func (ix *Index) Resolve(expr string) (Place, error) {
	e, err := parse(expr)
	if err != nil {
		return Place{}, err
	}
	var p Place
	switch {
	case e.verb == verbMembers:
		p, err = ix.members(e)
	case e.verb == verbBorder:
		p, err = ix.border(e)
	case len(e.names) > 1:
		p, err = ix.union(expr, e)
	default:
		p, err = ix.single(e.names[0])
	}
	if err != nil {
		return Place{}, err
	}
	p.Expression = expr
	if p.Name == "" {
		p.Name = expr
	}
	if _, point := p.Geometry.(orb.Point); !point {
		p.Settlements = ix.towns(p.Geometry.Bound())
	}
	return p, nil
}

// single is one name: the point of a settlement, the area of anything larger.
func (ix *Index) single(n name) (Place, error) {
	id, err := ix.find(n)
	if err != nil {
		return Place{}, err
	}
	r := ix.record(id)
	p := Place{Name: r.Name, Precision: r.Kind.precision(), Countries: countries(r), Origins: []Origin{r.Origin}}
	if r.Kind == KindSettlement {
		p.Geometry = r.Point
		return p, nil
	}
	area := ix.area(id)
	if area == nil {
		return Place{}, &GeometryError{fmt.Sprintf("the data have no area for %q", n)}
	}
	p.Geometry = geo.Oriented(area)
	return p, nil
}

// members is every province or prefecture of a place but the excepted ones, as one area with its parts.
func (ix *Index) members(e expression) (Place, error) {
	parent, err := ix.find(e.names[0])
	if err != nil {
		return Place{}, err
	}
	within := ix.record(parent)
	var left []uint32
	for _, n := range e.except {
		n.kind = e.kind
		n.parents = append(slices.Clone(n.parents), within.Name)
		id, err := ix.find(n)
		if err != nil {
			return Place{}, err
		}
		left = append(left, id)
	}
	p := Place{Precision: geo.Region, Countries: countries(within)}
	first, last := ix.ofKind(e.kind)
	for id := first; id < last; id++ {
		r := ix.record(id)
		if r.Unofficial || !belongsTo(r, within) || slices.Contains(left, id) {
			continue
		}
		if area := ix.area(id); area != nil {
			p.Parts = append(p.Parts, Part{r.Name, r.Code, r.Kind.precision(), area})
			p.Origins = addOnce(p.Origins, r.Origin)
		}
	}
	if len(p.Parts) == 0 {
		return p, &GeometryError{fmt.Sprintf("the data have no %s of %q", kindNames()[e.kind][1], within.Name)}
	}
	p.Geometry = dissolve(p.Parts)
	return p, nil
}

// union joins areas.
func (ix *Index) union(expr string, e expression) (Place, error) {
	if whole, err := ix.single(name{own: expr}); err == nil { // "Trinidad and Tobago"
		return whole, nil
	}
	p := Place{Precision: geo.Region}
	for _, n := range e.names {
		id, err := ix.find(n)
		if err != nil {
			return p, err
		}
		r, area := ix.record(id), ix.area(id)
		if area == nil {
			return p, &GeometryError{fmt.Sprintf("%q is a %s and has no area; only areas can be joined by \"and\"", n, r.Kind)}
		}
		p.Parts = append(p.Parts, Part{r.Name, r.Code, r.Kind.precision(), area})
		p.Origins = addOnce(p.Origins, r.Origin)
		for _, c := range countries(r) {
			p.Countries = addOnce(p.Countries, c)
		}
	}
	p.Geometry = dissolve(p.Parts)
	return p, nil
}

// border is the line that two areas of the same kind share.
func (ix *Index) border(e expression) (Place, error) {
	p := Place{Precision: geo.Border}
	var sides [2]orb.MultiPolygon
	for i, n := range e.names {
		id, err := ix.find(n)
		if err != nil {
			return p, err
		}
		r := ix.record(id)
		sides[i] = ix.area(id)
		for _, c := range countries(r) {
			p.Countries = addOnce(p.Countries, c)
		}
		p.Origins = addOnce(p.Origins, r.Origin)
	}
	line := geo.SharedBorder(sides[0], sides[1])
	if len(line) == 0 {
		return p, &GeometryError{fmt.Sprintf("%q and %q share no border in the data", e.names[0], e.names[1])}
	}
	p.Geometry = line
	return p, nil
}

// find gives the one record that a name means: of the largest kind that bears it, unless the name says the kind.
func (ix *Index) find(n name) (uint32, error) {
	refs := ix.refs(Normalise(n.own))
	if len(refs) == 0 {
		return 0, &UnknownError{n.own, ix.near(n.own)}
	}
	var fits []uint32
	for _, id := range refs {
		r := ix.record(id)
		if (n.kind == 0 || r.Kind == n.kind) && ix.hasParents(r, n.parents) {
			fits = append(fits, id)
		}
	}
	if len(fits) == 0 {
		return 0, ix.explainNone(n, refs)
	}
	largest := ix.record(fits[0]).Kind
	fits = slices.DeleteFunc(fits, func(id uint32) bool { return ix.record(id).Kind != largest })
	if len(fits) > 1 {
		return 0, ix.ambiguous(n, fits)
	}
	return fits[0], nil
}

// hasParents says whether each named parent is among what a record lies in.
func (ix *Index) hasParents(r Record, parents []string) bool {
	for _, parent := range parents {
		found := false
		for _, id := range ix.refs(Normalise(parent)) {
			if p := ix.record(id); p.Kind < r.Kind && belongsTo(r, p) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// belongsTo says whether a record's own codes put it into another.
func belongsTo(r, within Record) bool {
	switch within.Kind {
	case KindCountry:
		return within.Country != "" && r.Country == within.Country
	case KindProvince:
		return within.Code != "" && r.Province == within.Code
	case KindPrefecture:
		return within.Code != "" && r.Prefecture == within.Code
	case KindSettlement:
	}
	return false
}

func (ix *Index) explainNone(n name, refs []uint32) error {
	what := "place"
	if n.kind != 0 {
		what = n.kind.String()
	}
	for _, parent := range n.parents {
		if len(ix.refs(Normalise(parent))) == 0 {
			return &UnknownError{parent, ix.near(parent)}
		}
	}
	return fmt.Errorf("no %s %q fits; %w", what, n, ix.ambiguous(name{own: n.own}, refs))
}

func (ix *Index) ambiguous(n name, ids []uint32) *AmbiguousError {
	e := &AmbiguousError{Name: n.String()}
	for _, id := range ids[:min(len(ids), 12)] {
		r := ix.record(id)
		e.Candidates = append(e.Candidates, Candidate{r, ix.write(r)})
	}
	return e
}

// write gives an expression for a record: its name with its parents' names.
func (ix *Index) write(r Record) string {
	parts := []string{r.Name}
	for _, k := range []Kind{KindPrefecture, KindProvince, KindCountry} {
		if k >= r.Kind {
			continue
		}
		if parent := ix.parent(r, k); parent != "" {
			parts = append(parts, parent)
		}
	}
	return fmt.Sprintf("%s of %s", r.Kind, strings.Join(parts, ", "))
}

func (ix *Index) parent(r Record, k Kind) string {
	first, last := ix.ofKind(k)
	for id := first; id < last; id++ {
		if p := ix.record(id); belongsTo(r, p) {
			return p.Name
		}
	}
	return ""
}

// towns gives the points of the larger settlements within a bound.
func (ix *Index) towns(b orb.Bound) []orb.Point {
	var out []orb.Point
	first, last := ix.ofKind(KindSettlement)
	for id := first; id < last; id++ {
		raw := ix.raw(id)
		if rawPopulation(raw) < townPopulation {
			continue
		}
		if p := rawPoint(raw); b.Contains(p) {
			out = append(out, p)
		}
	}
	return out
}

func dissolve(parts []Part) orb.MultiPolygon {
	areas := make([]orb.MultiPolygon, len(parts))
	for i, p := range parts {
		areas[i] = p.Area
	}
	return geo.Dissolve(areas...)
}

func countries(r Record) []string {
	if r.Country == "" {
		return nil
	}
	return []string{r.Country}
}
