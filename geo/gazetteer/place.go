// Package gazetteer turns names into places. It builds an index of the world's names from records, opens it as a
// memory-mapped file, reads place expressions ("Pingxiang, Guangxi, China", "provinces of China except Yunnan") and
// resolves each to one place, or to an error that says what to write instead.
package gazetteer

import (
	"slices"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// Kind is what sort of place a record is, from the largest to the smallest.
type Kind uint8

// The kinds. A name without a kind means the largest kind that bears it.
const (
	KindCountry Kind = iota + 1
	KindProvince
	KindPrefecture
	KindSettlement
)

// kindNames are the words of expressions, singular and plural.
func kindNames() map[Kind][2]string {
	return map[Kind][2]string{
		KindCountry:    {"country", "countries"},
		KindProvince:   {"province", "provinces"},
		KindPrefecture: {"prefecture", "prefectures"},
		KindSettlement: {"city", "cities"},
	}
}

func (k Kind) String() string { return kindNames()[k][0] }

// precision is the finest that a record of the kind supports.
func (k Kind) precision() geo.Precision {
	switch k {
	case KindCountry:
		return geo.Country
	case KindProvince:
		return geo.Province
	case KindPrefecture:
		return geo.Prefecture
	case KindSettlement:
		return geo.Settlement
	}
	return geo.Unknown
}

// Origin is the data set a record comes from; NOTICE has each one's licence.
type Origin uint8

// The data sets.
const (
	OriginGeoNames Origin = iota + 1
	OriginNaturalEarth
	OriginECharts
)

func (o Origin) String() string {
	switch o {
	case OriginGeoNames:
		return "GeoNames"
	case OriginNaturalEarth:
		return "Natural Earth"
	case OriginECharts:
		return "ECharts"
	}
	return "unknown"
}

// Record is one entry of the index.
type Record struct {
	Name string
	// Code is the record's own code: ISO 3166-1 alpha-2 of a country, ISO 3166-2 of a province, the GeoNames code of a
	// prefecture ("CN.29.5328"), the GeoNames id of a settlement where known.
	Code string
	Kind Kind
	// Country is the ISO 3166-1 alpha-2 code of the country it belongs to by its own record, never by a polygon.
	Country string
	// Province and Prefecture are the codes of the records it lies in, empty where unknown.
	Province, Prefecture string
	// Point is a point of the record, longitude and latitude in degrees: where a settlement is, where a label of an area
	// may stand.
	Point      orb.Point
	Population uint32
	Origin     Origin
	// Unofficial marks a province that has no official ISO 3166-2 code; "provinces of …" leaves it out.
	Unofficial bool
}

// Part is one of the areas that a place is made of.
type Part struct {
	Name, Code string
	Precision  geo.Precision
	Area       orb.MultiPolygon
}

// Place is what an expression resolved to.
type Place struct {
	// Expression is what was asked for; Name is the record's own name, or the expression where it joins several.
	Expression, Name string
	// Geometry is a Point, a MultiPolygon, or the MultiLineString of a border. Longitude-latitude degrees.
	Geometry orb.Geometry
	// Precision is the finest that the geometry supports.
	Precision geo.Precision
	// Parts are the members of "provinces of …", the sides of a union; empty for a single record.
	Parts []Part
	// Countries are the ISO 3166-1 alpha-2 codes of the countries it lies in or borders.
	Countries []string
	// Settlements are the larger towns within the place's extent: spots that a drawing must not suggest.
	Settlements []orb.Point
	// Origins are the data sets that the geometry comes from.
	Origins []Origin
}

func addOnce[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}
