package gazetteer

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// Builder gathers records and writes them as an index. The zero value is ready for use.
type Builder struct {
	entries []entry
	waters  []waterName
}

type entry struct {
	record     Record
	names      []Name
	area       orb.MultiPolygon
	extent     orb.Bound
	importance uint16
}

// Add adds a record with the names it bears besides its own and, where it has one, its area. Names that normalise to
// nothing are left out. Of a division without an area, [Builder.Bytes] takes population, point and extent from the
// settlements that lie in it by their codes.
func (b *Builder) Add(r Record, others []Name, area orb.MultiPolygon) {
	e := entry{record: r, names: append([]Name{{Text: r.Name}}, others...), area: area, extent: emptyBound()}
	if len(area) > 0 {
		e.extent = geo.Extent(area)
	}
	b.entries = append(b.entries, e)
}

// Len is the number of records.
func (b *Builder) Len() int { return len(b.entries) }

// Bytes gives the index file. The order in which records were added does not matter. Divisions of which nothing is known,
// neither an area nor a settlement nor a point, are left out.
func (b *Builder) Bytes() []byte {
	b.gather()
	slices.SortStableFunc(b.entries, compareEntries)
	w := newWriter(b.entries)
	for i, e := range b.entries {
		w.record(uint32(i), e)
	}
	w.keys()
	w.starts()
	w.shapes()
	w.cells(b.entries)
	w.borders(b.entries)
	w.waters(b.waters)
	return w.file()
}

// gather gives divisions what follows from the settlements in them: population, and where they have no area a point and an
// extent.
func (b *Builder) gather() {
	type sum struct {
		population uint64
		x, y, z    float64
		extent     orb.Bound
	}
	sums := map[string]*sum{}
	for _, e := range b.entries {
		r := e.record
		if r.Kind != KindSettlement {
			continue
		}
		for _, code := range []string{r.Province, r.District} {
			if code == "" {
				continue
			}
			s := sums[code]
			if s == nil {
				s = &sum{extent: emptyBound()}
				sums[code] = s
			}
			v := geo.UnitVector(r.Point)
			s.x, s.y, s.z = s.x+v[0], s.y+v[1], s.z+v[2]
			s.population += uint64(r.Population)
			s.extent = s.extent.Extend(r.Point)
		}
	}
	kept := b.entries[:0]
	for _, e := range b.entries {
		s := sums[e.record.key()]
		if e.record.Kind.division() && s != nil {
			e.record.Population = uint32(min(s.population, math.MaxUint32))
			if e.area == nil {
				e.record.Point, e.extent = geo.FromVector([3]float64{s.x, s.y, s.z}), s.extent
			}
		} else if e.record.Kind.division() && e.area == nil && e.record.Point == (orb.Point{}) {
			continue
		}
		e.importance = importanceOf(e.record)
		kept = append(kept, e)
	}
	b.entries = kept
}

// division says whether the kind is one whose people live in settlements of the data.
func (k Kind) division() bool {
	return k == KindProvince || k == KindPrefecture || k == KindDistrict
}

const (
	// unknownPopulation stands for that of a settlement of which the data give none: a little less than the median of
	// those known, 2,103.
	unknownPopulation = 1500
	// factPopulation is the least that counts for a settlement or a county of the file of facts, where it would not stand if nobody
	// wrote about it.
	factPopulation = 10_000
	fewPeople      = 300 // fewer count as so many
)

// importanceOf is how much is written about a place, in thousandths of a natural logarithm of people: a country is named
// more often than a town of as many people, a district seldom apart from its seat.
func importanceOf(r Record) uint16 {
	people := float64(r.Population)
	switch r.Kind {
	case KindRegion:
		people = 1e10
	case KindCountry:
		people = 10*people + 3e6
	case KindProvince:
		people = 2*people + 3e4
	case KindPrefecture:
		people /= 2
	case KindDistrict:
		people /= 10
		if r.Origin == OriginCorridor {
			people = max(people, factPopulation)
		}
	case KindSettlement:
		switch {
		case r.Capital:
			people = 5*people + 1e6
		case r.Origin == OriginCorridor:
			people = max(people, factPopulation)
		}
	case KindCrossing:
	}
	if people == 0 {
		people = unknownPopulation
	}
	return uint16(1000 * math.Log(max(people, fewPeople)))
}

func emptyBound() orb.Bound {
	return orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
}

func compareEntries(a, b entry) int {
	return cmp.Or(
		cmp.Compare(a.record.Kind, b.record.Kind),
		cmp.Compare(a.record.Country, b.record.Country),
		cmp.Compare(b.record.Population, a.record.Population),
		cmp.Compare(a.record.Name, b.record.Name),
		cmp.Compare(a.record.Code, b.record.Code),
		cmp.Compare(a.record.Point[0], b.record.Point[0]),
		cmp.Compare(a.record.Point[1], b.record.Point[1]),
	)
}
