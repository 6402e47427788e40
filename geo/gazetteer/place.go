// Package gazetteer turns names into places. It builds an index of the world's names from records, opens it as a
// memory-mapped file, and answers in three ways:
//
//   - [Index.Geocode] searches for a name as people write or begin to write it, and says how sure it is;
//   - [Index.ResolveNames] says what the names of one document mean, taken together, and how sure that is;
//   - [Index.Resolve] reads a place expression ("Pingxiang, Guangxi, China", "provinces of China except Yunnan") and gives
//     the one place it means with its geometry, or an error that says what to write instead; [Index.ResolveAll] does so for
//     the expressions of one document together.
package gazetteer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// Kind is what sort of place a record is, from the largest to the smallest.
type Kind uint8

// The kinds. A name without a kind means the largest kind that bears it. A prefecture is a second-level division of China;
// those of other countries are districts, whatever they call them.
const (
	KindRegion Kind = iota + 1
	KindCountry
	KindProvince
	KindPrefecture
	KindDistrict
	KindSettlement
	KindCrossing
)

// kindWords are the words of expressions for each kind, singular and plural; the first pair is the kind's own name.
var kindWords = [...][][2]string{
	KindRegion:     {{"region", "regions"}, {"continent", "continents"}},
	KindCountry:    {{"country", "countries"}},
	KindProvince:   {{"province", "provinces"}, {"state", "states"}},
	KindPrefecture: {{"prefecture", "prefectures"}},
	KindDistrict:   {{"district", "districts"}, {"county", "counties"}},
	KindSettlement: {{"city", "cities"}, {"town", "towns"}, {"village", "villages"}},
	KindCrossing:   {{"crossing", "crossings"}},
}

// String is the first word of expressions for the kind, such as "city" for a settlement.
func (k Kind) String() string {
	if k == 0 || int(k) >= len(kindWords) {
		return "place"
	}
	return kindWords[k][0][0]
}

func (k Kind) plural() string { return kindWords[k][0][1] }

// Precision is the finest that a record of the kind supports.
func (k Kind) Precision() geo.Precision {
	switch k {
	case KindRegion:
		return geo.Region
	case KindCountry:
		return geo.Country
	case KindProvince:
		return geo.Province
	case KindPrefecture:
		return geo.Prefecture
	case KindDistrict:
		return geo.District
	case KindSettlement:
		return geo.Settlement
	case KindCrossing:
		return geo.Exact
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
	OriginCorridor
)

// String is the name of the data set as NOTICE has it.
func (o Origin) String() string {
	switch o {
	case OriginGeoNames:
		return "GeoNames"
	case OriginNaturalEarth:
		return "Natural Earth"
	case OriginECharts:
		return "ECharts"
	case OriginCorridor:
		return "Corridor"
	}
	return "unknown"
}

// Licence is the SPDX identifier of the data set's licence, "public domain" where there is none.
func (o Origin) Licence() string {
	switch o {
	case OriginGeoNames:
		return "CC-BY-4.0"
	case OriginNaturalEarth:
		return "public domain"
	case OriginECharts:
		return "Apache-2.0"
	case OriginCorridor:
		return "CC0-1.0"
	}
	return "unknown"
}

// Record is one entry of the index.
type Record struct {
	Name string
	// Code is the record's own code: ISO 3166-1 alpha-2 of a country, ISO 3166-2 or GeoNames code of a province, the
	// GeoNames code of a prefecture or district ("CN.29.5328"), the GeoNames id of a settlement where known.
	Code string
	// Key is by what other records say that they lie in this one where a larger record has its code too; empty where they say it by the
	// code. It is of the building alone.
	Key  string
	Kind Kind
	// Country is the ISO 3166-1 alpha-2 code of the country it belongs to by its own record, never by a polygon.
	Country string
	// Region, Province and District are the codes or keys of the records it lies in, empty where unknown. A prefecture counts as
	// a district here.
	Region, Province, District string
	// Point is a point of the record, longitude and latitude in degrees: where a settlement is; of an area the mean
	// position of its largest part, or another point inside where that lies outside.
	Point orb.Point
	// Population is that of a settlement or country; of a division the sum of its settlements known to the data.
	Population uint32
	Origin     Origin
	// Unofficial marks a country or province that has no official ISO 3166 code; "countries of …" and "provinces of …" leave
	// it out.
	Unofficial bool
	// Capital marks the seat of a country's government.
	Capital bool
}

// key is by what others say that they lie in a record.
func (r Record) key() string { return cmp.Or(r.Key, r.Code) }

// Name is one of the names of a record.
type Name struct {
	Text string
	// Lang is the BCP 47 tag of the language in which the place goes by this name today, empty where that is not known.
	Lang string
	// Weak marks a name of a list of alternates, which also holds former, colloquial and mistaken ones.
	Weak bool
}

// Strong are names that a place is known by.
func Strong(texts ...string) []Name { return names(texts, false) }

// Weak are names of a list of alternates.
func Weak(texts ...string) []Name { return names(texts, true) }

func names(texts []string, weak bool) []Name {
	out := make([]Name, len(texts))
	for i, t := range texts {
		out[i] = Name{Text: t, Weak: weak}
	}
	return out
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
	// Geometry is a Point, a MultiPolygon, or the MultiLineString of a border, in longitude-latitude degrees; nil for coordinates of
	// unknown precision.
	Geometry orb.Geometry
	// Precision is the finest that the geometry supports.
	Precision geo.Precision
	// Parts are the members of "provinces of …", the sides of a union; empty for a single record.
	Parts []Part
	// Countries are the ISO 3166-1 alpha-2 codes of the countries it lies in or borders.
	Countries []string
	// Settlements are the larger towns within the place's extent: spots that a drawing must not suggest.
	Settlements []orb.Point
	// Origins are the data sets that the geometry comes from; Source is the source an author states for coordinates.
	Origins []Origin
	Source  string
	// Senses are what the names of the expression mean, in their order; empty for coordinates.
	Senses []Sense
	// Score is how sure the least sure of its names is, from 0 to 1, and Reasons say why in words.
	Score   float64
	Reasons []string
}

// A Sense is what one of the names of an expression was found to mean.
type Sense struct {
	// Name is the name as it is written, without its parents; Write is the expression that means the record alone, with those that it has.
	Name, Write string
	// Country is the ISO 3166-1 alpha-2 code of the record's country, and Bare says that the name of something in it is written without a
	// parent.
	Country string
	Bare    bool
}

// Write is the expression of each of its names that means it alone, or that of the place itself where it has no names.
func (p Place) Write() string {
	if len(p.Senses) == 0 {
		return p.Expression
	}
	list := make([]string, len(p.Senses))
	for i, s := range p.Senses {
		list[i] = s.Write
	}
	return strings.Join(list, "; ")
}

// Origin names the data sets that the geometry comes from, or the source that an author states for coordinates.
func (p Place) Origin() string {
	if p.Source != "" {
		return p.Source
	}
	names := make([]string, len(p.Origins))
	for i, o := range p.Origins {
		names[i] = o.String()
	}
	return strings.Join(names, "; ")
}

func addOnce[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}
