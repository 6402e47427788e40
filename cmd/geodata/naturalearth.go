package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/sams96/rgeo"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"corridor/geo"
	"corridor/geo/gazetteer"
)

// A feature of Natural Earth at 10m, as rgeo carries it: a country has ADM0_A3, a province adm0_a3.
type feature struct {
	Properties properties       `json:"properties"`
	Geometry   geojson.Geometry `json:"geometry"`
}

type properties map[string]any

func (p properties) text(key string) string {
	s, _ := p[key].(string)
	return strings.TrimSpace(s)
}

func (p properties) number(key string) float64 {
	n, _ := p[key].(float64)
	return n
}

// readNaturalEarth gives countries and provinces, mended by the table at a path.
func readNaturalEarth(mends string) ([]feature, error) {
	list, err := readProvinceMends(mends)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(rgeo.Provinces10()))
	if err != nil {
		return nil, fmt.Errorf("rgeo: %w", err)
	}
	var all struct {
		Features []feature `json:"features"`
	}
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		return nil, fmt.Errorf("rgeo: %w", err)
	}
	return all.Features, mendProvinces(all.Features, list)
}

// addNaturalEarth adds regions of the world, countries and provinces.
func (a *atlas) addNaturalEarth(features []feature) {
	dropBorrowed(features, a.names)
	countries := map[string]string{} // ADM0_A3 → ISO alpha-2
	for _, f := range features {
		if a3 := f.Properties.text("ADM0_A3"); a3 != "" {
			countries[a3] = isoOrNone(f.Properties.text("ISO_A2_EH"))
			a.addCountry(f, countries[a3])
		}
	}
	a.addRegions(features)
	owners := codeOwners(features)
	for _, f := range features {
		if a3 := f.Properties.text("adm0_a3"); a3 != "" {
			key := ""
			if code, id := f.Properties.text("iso_3166_2"), f.Properties.text("adm1_code"); code != "" && owners[code] != id {
				key = id
			}
			a.addProvince(f, countries[a3], key)
		}
	}
}

// codeOwners says which province a code is of, by Natural Earth's own: the largest, where the data give it to parts of that too, as
// New South Wales's to Lord Howe Island: what lies in the one must not be said to lie in the other.
func codeOwners(features []feature) map[string]string {
	owners, most := map[string]string{}, map[string]float64{}
	for _, f := range features {
		code, size := f.Properties.text("iso_3166_2"), geo.Area(area(f))
		if _, ok := owners[code]; code != "" && (!ok || size > most[code]) {
			owners[code], most[code] = f.Properties.text("adm1_code"), size
		}
	}
	return owners
}

func (a *atlas) addCountry(f feature, iso string) {
	p := f.Properties
	names := namesOf(p, "NAME_", "NAME", "NAME_LONG", "FORMAL_EN", "NAME_ALT", "NAME_SORT", "ADMIN", "SOVEREIGNT")
	if region, err := language.ParseRegion(iso); err == nil {
		for _, tag := range mapLanguages() {
			names = append(names, gazetteer.Name{Text: display.Regions(language.MustParse(tag)).Name(region), Lang: tag})
		}
	}
	if p.text("SOVEREIGNT") != p.text("ADMIN") { // a dependency does not bear its sovereign's name
		names = without(names, p.text("SOVEREIGNT"))
	}
	shape := area(f)
	a.add(gazetteer.Record{
		Name: p.text("NAME_LONG"), Code: iso, Kind: gazetteer.KindCountry, Country: iso, Region: p.text("SUBREGION"),
		Point: geo.Representative(shape), Population: uint32(p.number("POP_EST")), Origin: gazetteer.OriginNaturalEarth,
		Unofficial: iso == "",
	}, names, shape)
}

// addRegions adds continents and the United Nations' sub-regions (M49), which consist of countries.
func (a *atlas) addRegions(features []feature) {
	within := map[string]string{} // sub-region → continent
	parts := map[string][]orb.MultiPolygon{}
	for _, f := range features {
		p := f.Properties
		continent, region := p.text("CONTINENT"), p.text("SUBREGION")
		if continent == "" || strings.HasPrefix(continent, "Seven seas") {
			continue
		}
		parts[continent] = append(parts[continent], area(f))
		within[continent] = ""
		if region != continent {
			parts[region] = append(parts[region], area(f))
			if within[region] == "" {
				within[region] = continent
			}
		}
	}
	for name, continent := range within {
		all := geo.Dissolve(parts[name]...)
		a.add(gazetteer.Record{
			Name: name, Code: name, Kind: gazetteer.KindRegion, Region: continent,
			Point: geo.Representative(all), Origin: gazetteer.OriginNaturalEarth,
		}, gazetteer.Strong(regionNames(name)...), nil)
	}
}

// regionNames are the ways in which people write a region between two directions: "South-Eastern Asia" is "Southeast Asia".
func regionNames(name string) []string {
	first, rest, ok := strings.Cut(name, "-")
	if !ok {
		return nil
	}
	second, place, _ := strings.Cut(rest, " ")
	short := first + strings.ToLower(strings.TrimSuffix(second, "ern"))
	return []string{short + " " + place, short + "ern " + place}
}

// addProvince adds a province, with a key where its code is a larger one's.
func (a *atlas) addProvince(f feature, country, key string) {
	p := f.Properties
	name, code := p.text("name"), p.text("iso_3166_2")
	if name == "" {
		return // Natural Earth leaves small and disputed units without a name
	}
	shape := area(f)
	a.add(gazetteer.Record{
		Name: name, Code: code, Key: key, Kind: gazetteer.KindProvince, Country: country, Province: cmp.Or(key, code),
		Point: geo.Representative(shape), Origin: gazetteer.OriginNaturalEarth,
		Unofficial: code == "" || strings.HasSuffix(code, "~"),
	}, namesOf(p, "name_", "name_alt", "name_local", "gn_name", "woe_name"), shape)
	a.divisions.learn(country, cmp.Or(key, code), p, shape)
}

// nameLanguages are Natural Earth's codes of the languages whose names are taken.
func nameLanguages() []string {
	return []string{"en", "zh", "zht", "vi", "ja", "ko", "fr", "de", "es", "pt", "ru", "ar", "id", "hi"}
}

// namesOf gathers the names in languages (name_zh, NAME_ZH…) and those under other keys, which may hold several.
func namesOf(p properties, prefix string, keys ...string) []gazetteer.Name {
	var names []gazetteer.Name
	for _, lang := range nameLanguages() {
		key := prefix + lang
		if prefix == strings.ToUpper(prefix) {
			key = strings.ToUpper(key)
		}
		n := gazetteer.Name{Text: p.text(key)}
		if lang == "en" || lang == "vi" {
			n.Lang = lang
		}
		names = append(names, n)
	}
	for _, key := range keys {
		for _, text := range strings.Split(p.text(key), "|") {
			names = append(names, gazetteer.Name{Text: text, Weak: key == "name_alt" || key == "woe_name"})
		}
	}
	return names
}

func without(names []gazetteer.Name, text string) []gazetteer.Name {
	var out []gazetteer.Name
	for _, n := range names {
		if n.Text != text {
			out = append(out, n)
		}
	}
	return out
}

// isoOrNone leaves out Natural Earth's "-99".
func isoOrNone(code string) string {
	if len(code) != 2 {
		return ""
	}
	return code
}

func area(f feature) orb.MultiPolygon {
	switch g := f.Geometry.Geometry().(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}
