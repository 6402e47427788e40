package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/paulmach/orb/geojson"
)

// mapLanguages are the languages in which the basemap names its places.
func mapLanguages() []string { return []string{"en", "zh-Hans", "th", "my", "vi", "lo", "km", "ms"} }

// placeNames are the current names of places by language, by the place's code: a country's or a province's by ISO 3166, a
// second-level division's or a town's by GeoNames.
type placeNames map[string]map[string]string

// readMapNames reads the reviewed names. Former names and variants are for finding a place, not for the map.
func readMapNames(path string) (placeNames, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if want := []string{"place", "language", "name", "use", "source"}; !slices.Equal(head, want) {
		return nil, fmt.Errorf("%s: the columns are %q; name them %q", path, head, want)
	}
	names := placeNames{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return names, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		place, language, name, use := row[0], row[1], row[2], row[3]
		if use != "current" {
			continue
		}
		if place == "" || language == "" || name == "" {
			line, _ := r.FieldPos(0)
			return nil, fmt.Errorf("%s:%d: write a place, a language and a name", path, line)
		}
		if names[place] == nil {
			names[place] = map[string]string{}
		}
		if names[place][language] == "" {
			names[place][language] = name
		}
	}
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
