package main

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"corridor/geo/basemap"
)

// A town of the map.
type town struct {
	geoName
	// fact is the key under which names.csv has names of a town that is itself a fact; empty for others.
	fact string
}

// readTowns chooses the towns that are worth a name. They come most important first, which is the order in which labels
// are placed. What is known to be misplaced stands where it belongs.
func readTowns(path string, mended []placeFact, names placeNames) ([]basemap.Feature, error) {
	list, err := readGeoNames(path)
	if err != nil {
		return nil, err
	}
	towns := mend(list, mended)
	slices.SortStableFunc(towns, func(a, b town) int {
		return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(a.id, b.id))
	})
	var out []basemap.Feature
	for _, t := range towns {
		known := []map[string]string{names[t.id], names[t.fact]}
		if zoom := t.zoom(known); zoom <= basemap.MaxZoom {
			out = append(out, t.feature(zoom, known))
		}
	}
	return out, nil
}

// mend puts the facts in the place of the records that they replace, and adds what the package lacks. Of several records
// for one place the largest stays.
func mend(list []geoName, facts []placeFact) []town {
	towns := make([]town, len(list))
	records := map[string]int{}
	for i, g := range list {
		towns[i].geoName = g
		records[g.id] = i
	}
	for _, f := range facts {
		if f.kind != "settlement" {
			continue
		}
		fact := "=" + f.name + "@" + f.country
		stays := town{geoName: geoName{id: fact, country: f.country}}
		for _, key := range f.replaces {
			if i, ok := records[key]; ok {
				if towns[i].population >= stays.population {
					stays = towns[i]
				}
				towns[i].id = ""
			}
		}
		stays.name, stays.at, stays.fact = f.name, orb.Point{f.lon, f.lat}, fact
		towns = append(towns, stays)
	}
	return slices.DeleteFunc(towns, func(t town) bool { return t.id == "" })
}

// weight is the population, with more for a seat of government.
func (t town) weight() int {
	switch t.code {
	case "PPLC":
		return 4*t.population + 1_000_000
	case "PPLA":
		return 2*t.population + 50_000
	case "PPLX": // a section of a town
		return 0
	}
	return t.population
}

// zoom is the first zoom with the town's name: later outside of the corridor's region, where the map only gives context.
func (t town) zoom(known []map[string]string) int {
	steps := []int{12_000_000, 5_000_000, 2_000_000, 1_000_000}
	if corridor().Contains(t.at) {
		steps = []int{6_000_000, 1_500_000, 400_000, 90_000}
	}
	w := t.weight()
	for i, least := range steps {
		if w >= least {
			return 3 + i
		}
	}
	named := slices.ContainsFunc(known, func(names map[string]string) bool { return len(names) > 0 })
	if named && corridor().Contains(t.at) {
		return basemap.MaxZoom
	}
	return basemap.MaxZoom + 1
}

func (t town) feature(zoom int, known []map[string]string) basemap.Feature {
	p := geojson.Properties{"kind": "locality", "kind_detail": t.detail(), "min_zoom": zoom, "population": t.population, "population_rank": populationRank(t.population)}
	if t.isCapital() {
		p["capital"] = "yes"
	}
	name(p, t.name, append(known, map[string]string{"en": t.name})...)
	return basemap.Feature{Layer: basemap.LayerPlaces, Geometry: t.at, Properties: p, MinZoom: zoom}
}

func (t town) detail() string {
	if t.population >= 100_000 || t.isCapital() {
		return "city"
	}
	return "town"
}

// populationRank is that of the Protomaps schema: larger for more people, by steps.
func populationRank(population int) int {
	steps := []int{200, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000}
	rank := 0
	for rank < len(steps) && population >= steps[rank] {
		rank++
	}
	return rank
}
