package main

import (
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"corridor/geo"
	"corridor/geo/gazetteer"
)

// divisions joins GeoNames' first-level divisions with Natural Earth's provinces.
type divisions struct {
	numbers map[string]numbered           // by GeoNames' code ("CN.29") as Natural Earth has it
	codes   map[string]string             // GeoNames' code in the older package → the province's own ("CN-YN") or its key
	newer   map[string]string             // the same for the newer package, where a country has numbered its divisions anew
	byName  map[string]numbered           // by country and normalised name
	regions map[string][]orb.MultiPolygon // country and name of a larger unit → the provinces that make it up
	second  map[string]bool               // GeoNames' second-level codes that have a record
}

func newDivisions() divisions {
	return divisions{map[string]numbered{}, map[string]string{}, map[string]string{}, map[string]numbered{}, map[string][]orb.MultiPolygon{}, map[string]bool{}}
}

// numbered is a province of Natural Earth to which that gives a number or a name of GeoNames.
type numbered struct {
	code  string
	shape orb.MultiPolygon
	// part says that its code of ISO 3166 is that of a larger province: a city, which may be called as the region around it.
	part bool
}

// holds says whether most of the towns with its number lie in a province, or so near that the outline may be coarse there. Natural
// Earth took some numbers from elsewhere: those of France are of its departments, and GeoNames has its regions by the same.
func (n numbered) holds(towns []orb.Point) bool {
	const coarse = 0.1 // degrees
	bound, inside := n.shape.Bound().Pad(coarse), 0
	for _, p := range towns {
		if bound.Contains(p) && (planar.MultiPolygonContains(n.shape, p) || planar.DistanceFrom(n.shape, p) <= coarse) {
			inside++
		}
	}
	return 2*inside >= len(towns)
}

// learn notes a province of Natural Earth. Where its provinces are smaller than GeoNames' first level (England, Lombardy),
// they say to which larger unit they belong.
func (d divisions) learn(country, code string, p properties, shape orb.MultiPolygon) {
	iso := p.text("iso_3166_2")
	n := numbered{code, shape, iso != "" && iso != code}
	if gn := p.text("gn_a1_code"); gn != "" && d.numbers[gn].code == "" {
		d.numbers[gn] = n
	}
	for _, key := range []string{"name", "name_en", "gn_name"} {
		d.byName[country+" "+plainName(p.text(key))] = n
	}
	unit, region := plainName(p.text("geonunit")), plainName(p.text("region"))
	if unit != "" {
		d.regions[country+" "+unit] = append(d.regions[country+" "+unit], shape)
	}
	if region != "" && region != unit { // the same in both is one: an area that is there twice is drawn hollow
		d.regions[country+" "+region] = append(d.regions[country+" "+region], shape)
	}
}

// learnNewer notes a code of the newer package, which is also the older's where that has none.
func (d divisions) learnNewer(gn, code string) {
	d.newer[gn] = code
	if d.codes[gn] == "" {
		d.codes[gn] = code
	}
}

// joined gives the province that is a division of the newer package, which has some towns in it; empty for none. The name comes before
// the number, since Vietnam gave old codes to other provinces.
func (d divisions) joined(gn, name string, towns []orb.Point) string {
	named, number := d.byName[name], d.numbers[gn]
	switch {
	case named.code != "" && named.holds(towns):
		return named.code
	case number.code != "" && number.holds(towns):
		return number.code
	case named.part:
		return ""
	}
	return named.code
}

// barred are the letters with a bar that one of the data sets writes without: Đồng Tháp, which Natural Earth writes with an Icelandic letter,
// is Dong Thap.
var barred = strings.NewReplacer("đ", "d", "ð", "d", "ø", "o", "ł", "l")

// plainName is a normalised name without the words by which the data call the same division differently.
func plainName(name string) string {
	name, _, _ = strings.Cut(name, " (") // Ho Chi Minh City (HCMC)
	key := barred.Replace(gazetteer.Normalise(name))
	for _, word := range []string{" province", " state", " region", " governorate", " city"} {
		key = strings.TrimSuffix(key, word)
	}
	return key
}

// addDivisions adds GeoNames' first- and second-level divisions that no other data set has. The towns of both packages tell which
// numbers of Natural Earth are those of GeoNames.
func (a *atlas) addDivisions(first, second []division, towns townLists) {
	inOlder, inNewer := towns.byDivision()
	for gn, n := range a.divisions.numbers {
		if n.holds(inOlder[gn]) {
			a.divisions.codes[gn] = n.code
		}
	}
	for _, f := range first {
		country, _, _ := strings.Cut(f.Code, ".")
		name := country + " " + plainName(f.Name)
		if code := a.divisions.joined(f.Code, name, inNewer[f.Code]); code != "" {
			a.divisions.learnNewer(f.Code, code)
			continue
		}
		a.divisions.learnNewer(f.Code, f.Code)
		var shape orb.MultiPolygon
		if parts := a.divisions.regions[name]; len(parts) > 1 {
			shape = geo.Dissolve(parts...)
		}
		a.add(gazetteer.Record{
			Name: f.Name, Code: f.Code, Kind: gazetteer.KindProvince, Country: country, Province: f.Code,
			Point: geo.Representative(shape), Origin: gazetteer.OriginGeoNames, Unofficial: true,
		}, nil, shape)
	}
	for _, s := range second {
		parts := strings.SplitN(s.Code, ".", 3)
		if a.divisions.second[s.Code] || len(parts) != 3 {
			continue
		}
		a.divisions.second[s.Code] = true
		a.add(gazetteer.Record{
			Name: s.Name, Code: s.Code, Kind: secondKind(parts[0]), Country: parts[0],
			Province: a.divisions.newer[parts[0]+"."+parts[1]], District: s.Code, Origin: gazetteer.OriginGeoNames,
		}, nil, nil)
	}
}

// secondKind is what a second-level division of a country is.
func secondKind(country string) gazetteer.Kind {
	if country == "CN" {
		return gazetteer.KindPrefecture
	}
	return gazetteer.KindDistrict
}
