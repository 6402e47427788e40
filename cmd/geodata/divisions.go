package main

import (
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo"
	"corridor/geo/gazetteer"
)

// divisions joins GeoNames' first-level divisions with Natural Earth's provinces.
type divisions struct {
	codes   map[string]string             // GeoNames' code ("CN.29") → the province's own ("CN-YN")
	newer   map[string]string             // the same for the newer package, where a country has numbered its divisions anew
	byName  map[string]string             // country and normalised name → the province's own code
	regions map[string][]orb.MultiPolygon // country and name of a larger unit → the provinces that make it up
	second  map[string]bool               // GeoNames' second-level codes that have a record
}

func newDivisions() divisions {
	return divisions{map[string]string{}, map[string]string{}, map[string]string{}, map[string][]orb.MultiPolygon{}, map[string]bool{}}
}

// learn notes a province of Natural Earth. Where its provinces are smaller than GeoNames' first level (England, Lombardy),
// they say to which larger unit they belong.
func (d divisions) learn(country, code string, p properties, shape orb.MultiPolygon) {
	if gn := p.text("gn_a1_code"); gn != "" && d.codes[gn] == "" {
		d.codes[gn] = code
	}
	for _, key := range []string{"name", "name_en", "gn_name"} {
		d.byName[country+" "+plainName(p.text(key))] = code
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

// plainName is a normalised name without the words by which the data call the same division differently.
func plainName(name string) string {
	key := gazetteer.Normalise(name)
	for _, word := range []string{" province", " state", " region", " governorate", " city"} {
		key = strings.TrimSuffix(key, word)
	}
	return key
}

// addDivisions adds GeoNames' first- and second-level divisions that no other data set has.
func (a *atlas) addDivisions(first, second []division) {
	for _, f := range first {
		country, _, _ := strings.Cut(f.Code, ".")
		name := country + " " + plainName(f.Name)
		code := a.divisions.byName[name] // the name first: Vietnam gave old codes to other provinces
		if code == "" {
			code = a.divisions.codes[f.Code]
		}
		if code != "" {
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
