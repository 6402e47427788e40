// Package geo is pure longitude-latitude geometry: how precise a place is, the border two areas share, areas joined and
// generalised, and the curves that join stops. It reads and writes nothing.
//
// Coordinates are WGS 84 degrees in the order longitude, latitude. Distances are geodesic metres unless a name says
// otherwise.
package geo

import "slices"

// Precision says how finely a place is known, from the finest, [Exact], to [Unknown]. [Border] stands outside the ladder:
// a line between two countries, with no point of it meant.
type Precision string

// The ladder, finest first, and the border beside it.
const (
	Exact      Precision = "exact"
	Settlement Precision = "settlement"
	District   Precision = "district"
	Prefecture Precision = "prefecture"
	Province   Precision = "province"
	Country    Precision = "country"
	Region     Precision = "region"
	Unknown    Precision = "unknown"
	Border     Precision = "border"
)

// Precisions lists every precision, the ladder from the finest to the coarsest and then the border.
func Precisions() []Precision {
	return []Precision{Exact, Settlement, District, Prefecture, Province, Country, Region, Unknown, Border}
}

// Finer says whether p claims more than q. A border claims as much as a country does, since no point along it is meant. But it can be
// short, so that it is not for what must stay hidden in a large area.
func (p Precision) Finer(q Precision) bool {
	return p.rung() < q.rung()
}

func (p Precision) rung() int {
	if p == Border {
		return Country.rung()
	}
	return slices.Index(Precisions(), p)
}
