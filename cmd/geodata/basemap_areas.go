package main

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"corridor/geo/basemap"
)

// readAreas reads countries and provinces, these mended by a table: their extents, and where and from which zoom their names
// stand.
func readAreas(mends string, names placeNames) ([]basemap.Area, []basemap.Feature, error) {
	all, err := readNaturalEarth(mends)
	if err != nil {
		return nil, nil, err
	}
	var areas []basemap.Area
	var places []basemap.Feature
	for _, f := range all {
		p := f.Properties
		if a3 := p.text("ADM0_A3"); a3 != "" {
			areas = append(areas, basemap.Area{Geometry: area(f), Country: a3, Disputed: p.text("TYPE") == "Indeterminate"})
			places = append(places, countryPlace(p, names))
		} else {
			areas = append(areas, basemap.Area{Geometry: area(f), Country: p.text("adm0_a3"), Province: true})
			if place, ok := provincePlace(f, names); ok {
				places = append(places, place)
			}
		}
	}
	return areas, places, nil
}

// countryPlace names a country where Natural Earth would write its name. Zooms are those of tiles 512 pixels wide, one
// less than Natural Earth's.
func countryPlace(p properties, names placeNames) basemap.Feature {
	iso := isoOrNone(p.text("ISO_A2_EH"))
	zoom := zoomOf(p.number("MIN_LABEL") - 1)
	if isCity(iso) {
		zoom = basemap.MaxZoom
	}
	out := geojson.Properties{
		"kind": "country", "kind_detail": "country", "min_zoom": zoom,
		"population": int(math.Max(0, p.number("POP_EST"))), "rank": int(p.number("LABELRANK")),
	}
	if iso != "" {
		out["iso"] = iso
	}
	name(out, p.text("NAME_LONG"), names[iso], countryNames(iso), map[string]string{
		"en": p.text("NAME_EN"), "zh-Hans": p.text("NAME_ZH"), "vi": p.text("NAME_VI"),
	})
	at := orb.Point{p.number("LABEL_X"), p.number("LABEL_Y")}
	return basemap.Feature{Layer: basemap.LayerPlaces, Geometry: at, Properties: out, MinZoom: zoom}
}

// isCity says so of the two regions of China that Natural Earth counts among the countries.
func isCity(iso string) bool { return iso == "HK" || iso == "MO" }

// countryNames are a country's names by Unicode CLDR, but for the two that it calls by their full title.
func countryNames(iso string) map[string]string {
	region, err := language.ParseRegion(iso)
	if err != nil || isCity(iso) {
		return nil
	}
	out := map[string]string{}
	for _, tag := range mapLanguages() {
		out[tag] = display.Regions(language.MustParse(tag)).Name(region)
	}
	return out
}

// provincePlace names a province; those elsewhere than in the corridor's region come later.
func provincePlace(f feature, names placeNames) (basemap.Feature, bool) {
	p := f.Properties
	title, at := p.text("name"), orb.Point{p.number("longitude"), p.number("latitude")}
	if title == "" {
		return basemap.Feature{}, false
	}
	zoom := max(4, zoomOf(p.number("min_label")-1))
	if !corridor().Contains(at) {
		zoom = max(5, zoom)
	}
	if zoom > basemap.MaxZoom {
		return basemap.Feature{}, false
	}
	out := geojson.Properties{"kind": "region", "kind_detail": "province", "min_zoom": zoom}
	name(out, title, names[p.text("iso_3166_2")], map[string]string{
		"en": p.text("name_en"), "zh-Hans": p.text("name_zh"), "vi": p.text("name_vi"),
	})
	return basemap.Feature{Layer: basemap.LayerPlaces, Geometry: at, Properties: out, MinZoom: zoom}, true
}

func zoomOf(z float64) int { return max(0, int(math.Ceil(z-0.5))) }
