package gazetteer

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// Square degrees, counted from the south-west.
const (
	cellColumns = 360
	cellRows    = 180
)

func cellOf(p orb.Point) int {
	column := min(max(int(math.Floor(p[0]+180)), 0), cellColumns-1)
	row := min(max(int(math.Floor(p[1]+90)), 0), cellRows-1)
	return row*cellColumns + column
}

// inCell gives the settlements and crossings of a square degree; columns go round the globe, rows end at the poles.
func (ix *Index) inCell(column, row int) []uint32 {
	if row < 0 || row >= cellRows {
		return nil
	}
	c := uint32(row*cellColumns + (column+cellColumns)%cellColumns)
	from, to := ix.u32(sectionCells, c), ix.u32(sectionCells, c+1)
	ids := make([]uint32, 0, to-from)
	for i := from; i < to; i++ {
		ids = append(ids, ix.u32(sectionCelled, i))
	}
	return ids
}

// Near is a place with its distance in metres from where was asked.
type Near struct {
	Candidate
	Metres float64
}

// Reverse gives the settlements and crossings nearest to a point (longitude and latitude in degrees), as many as the query's
// limit and in its language and country, none farther than within metres, the nearest first.
func (ix *Index) Reverse(p orb.Point, q Query, within float64) []Near {
	type hit struct {
		id     uint32
		metres float64
	}
	const perDegree = 111_000 // metres of latitude, rounded down
	var hits []hit
	c := cellOf(p)
	column, row := c%cellColumns, c/cellColumns
	rows := int(math.Ceil(within / perDegree))
	for y := row - rows; y <= row+rows; y++ {
		polewards := math.Max(math.Abs(float64(y-90)), math.Abs(float64(y-89)))
		columns := min(int(math.Ceil(float64(rows)/math.Max(math.Cos(polewards*math.Pi/180), 0.01))), cellColumns/2)
		for x := column - columns; x < column+columns+1 && x < column-columns+cellColumns; x++ {
			for _, id := range ix.inCell(x, y) {
				if q.Country != "" && ix.raw(id).country() != q.Country {
					continue
				}
				if d := orbgeo.Distance(p, ix.raw(id).point()); d <= within {
					hits = append(hits, hit{id, d})
				}
			}
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.metres, b.metres), cmp.Compare(a.id, b.id)) })
	lang := languageCode(q.Lang)
	out := make([]Near, 0, min(len(hits), q.Limit))
	for _, h := range hits[:min(len(hits), q.Limit)] {
		c := Candidate{Record: ix.record(h.id), Name: ix.nameIn(h.id, lang), Extent: ix.extent(h.id), Write: ix.write(h.id), Score: 1}
		out = append(out, Near{c, h.metres})
	}
	return out
}

// towns gives the points of the larger settlements within a bound.
func (ix *Index) towns(b orb.Bound) []orb.Point {
	var out []orb.Point
	for row := int(math.Floor(b.Min[1] + 90)); row <= int(math.Floor(b.Max[1]+90)); row++ {
		for column := int(math.Floor(b.Min[0] + 180)); column <= int(math.Floor(b.Max[0]+180)); column++ {
			for _, id := range ix.inCell(column, row) {
				r := ix.raw(id)
				if r.kind() == KindSettlement && r.population() >= townPopulation && b.Contains(r.point()) {
					out = append(out, r.point())
				}
			}
		}
	}
	return out
}

// Containing gives the province and the country in whose outlines a point lies, in the query's language and country, the smaller first. That
// of the country is looked at only where no province holds the point.
func (ix *Index) Containing(p orb.Point, q Query) []Candidate {
	ids := make([]uint32, 0, 2)
	if province := ix.holding(KindProvince, p); province != none {
		ids = append(ids, province)
		if country := ix.raw(province).u32(atCountry); country != none {
			ids = append(ids, country)
		}
	} else if country := ix.holding(KindCountry, p); country != none {
		ids = append(ids, country)
	}
	lang := languageCode(q.Lang)
	out := make([]Candidate, 0, len(ids))
	for _, id := range ids {
		if r := ix.record(id); q.Country == "" || r.Country == q.Country {
			out = append(out, Candidate{Record: r, Name: ix.nameIn(id, lang), Extent: ix.extent(id), Write: ix.write(id), Score: 1})
		}
	}
	return out
}

// holding is the first record of a kind in whose outline a point lies, none where there is no such.
func (ix *Index) holding(k Kind, p orb.Point) uint32 {
	first, last := ix.ofKind(k)
	for id := first; id < last; id++ {
		if at := ix.raw(id).u32(atGeometry); at != none && holds(ix.sections[sectionGeometry][at:], p) {
			return id
		}
	}
	return none
}
