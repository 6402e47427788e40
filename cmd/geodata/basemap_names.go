package main

import (
	"strings"

	"github.com/paulmach/orb/geojson"
)

// mapLanguages are the languages of the map, in which the basemap names its places and the gazetteer knows countries.
func mapLanguages() []string { return []string{"en", "zh-Hans", "th", "my", "vi", "lo", "km", "ms"} }

// placeNames are the current names of places by language, by the place's code: a country's or a province's by ISO 3166, a
// second-level division's or a town's by GeoNames.
type placeNames map[string]map[string]string

// currentNames leaves out former names and variants, which are for finding a place and not for the map.
func currentNames(facts *nameFacts) placeNames {
	names := placeNames{}
	for place, list := range facts.byPlace {
		names[place] = map[string]string{}
		for _, n := range list {
			if n.Lang != "" && names[place][n.Lang] == "" {
				names[place][n.Lang] = n.Text
			}
		}
	}
	return names
}

// name writes a place's names into its properties: name is the international one, name:LANGUAGE those there are. More
// specific sources come first.
func name(p geojson.Properties, international string, sources ...map[string]string) {
	for _, language := range mapLanguages() {
		for _, source := range sources {
			if n := strings.TrimSpace(source[language]); n != "" {
				p["name:"+language] = n
				break
			}
		}
	}
	p["name"] = international
}
