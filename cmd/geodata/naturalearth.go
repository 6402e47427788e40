package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/sams96/rgeo"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

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

// codes are the ISO 3166-2 codes of provinces by GeoNames code ("CN.29" → "CN-YN").
type codes map[string]string

// addNaturalEarth adds countries and provinces.
func addNaturalEarth(b *gazetteer.Builder, other map[string][]string) (codes, error) {
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
	countries := map[string]string{} // ADM0_A3 → ISO alpha-2
	for _, f := range all.Features {
		if a3 := f.Properties.text("ADM0_A3"); a3 != "" {
			countries[a3] = isoOrNone(f.Properties.text("ISO_A2_EH"))
			addCountry(b, f, countries[a3], other[countries[a3]])
		}
	}
	provinces := codes{}
	for _, f := range all.Features {
		if a3 := f.Properties.text("adm0_a3"); a3 != "" {
			addProvince(b, f, countries[a3], provinces)
		}
	}
	return provinces, nil
}

func addCountry(b *gazetteer.Builder, f feature, iso string, other []string) {
	p := f.Properties
	names := slices.Concat(other, namesOf(p, "NAME_", "NAME_LONG", "FORMAL_EN", "NAME_ALT", "NAME_SORT", "ADMIN", "SOVEREIGNT"))
	if region, err := language.ParseRegion(iso); err == nil {
		for _, tag := range []string{"zh-Hans", "th", "my", "vi", "lo", "km", "ms"} {
			names = append(names, display.Regions(language.MustParse(tag)).Name(region))
		}
	}
	if p.text("SOVEREIGNT") != p.text("ADMIN") { // a dependency does not bear its sovereign's name
		names = without(names, p.text("SOVEREIGNT"))
	}
	b.Add(gazetteer.Record{
		Name: p.text("NAME_LONG"), Code: iso, Kind: gazetteer.KindCountry, Country: iso,
		Point:      orb.Point{p.number("LABEL_X"), p.number("LABEL_Y")},
		Population: uint32(p.number("POP_EST")), Origin: gazetteer.OriginNaturalEarth,
	}, append(names, p.text("NAME")), area(f))
}

func addProvince(b *gazetteer.Builder, f feature, country string, provinces codes) {
	p := f.Properties
	name, code := p.text("name"), p.text("iso_3166_2")
	if name == "" {
		return // Natural Earth leaves small and disputed units without a name
	}
	if gn := p.text("gn_a1_code"); gn != "" && provinces[gn] == "" {
		provinces[gn] = code
	}
	b.Add(gazetteer.Record{
		Name: name, Code: code, Kind: gazetteer.KindProvince, Country: country, Province: code,
		Point:  orb.Point{p.number("longitude"), p.number("latitude")},
		Origin: gazetteer.OriginNaturalEarth, Unofficial: code == "" || strings.HasSuffix(code, "~"),
	}, namesOf(p, "name_", "name_alt", "name_local", "gn_name", "woe_name"), area(f))
}

// namesOf gathers the names in languages (name_zh, NAME_ZH…) and those under other keys, which may hold several.
func namesOf(p properties, prefix string, keys ...string) []string {
	var names []string
	for _, lang := range []string{"en", "zh", "zht", "vi", "ja", "ko", "fr", "de", "es", "pt", "ru", "ar", "id", "hi"} {
		key := prefix + lang
		if prefix == strings.ToUpper(prefix) {
			key = strings.ToUpper(key)
		}
		names = append(names, p.text(key))
	}
	for _, key := range keys {
		names = append(names, strings.Split(p.text(key), "|")...)
	}
	return names
}

func without(names []string, name string) []string {
	var out []string
	for _, n := range names {
		if n != name {
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
