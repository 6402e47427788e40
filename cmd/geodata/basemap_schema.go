package main

import (
	"corridor/geo/basemap"
	"corridor/store/tiles"
)

func vectorLayers() []tiles.VectorLayer {
	layer := func(id, description string, fields map[string]string) tiles.VectorLayer {
		return tiles.VectorLayer{ID: id, Description: description, MaxZoom: basemap.MaxZoom, Fields: fields}
	}
	places := map[string]string{
		"kind": "String", "kind_detail": "String", "min_zoom": "Number", "population": "Number", "population_rank": "Number",
		"capital": "String", "iso": "String", "rank": "Number", "name": "String",
	}
	water := map[string]string{"kind": "String", "name": "String", "min_zoom": "Number"}
	for _, language := range mapLanguages() {
		places["name:"+language], water["name:"+language] = "String", "String"
	}
	return []tiles.VectorLayer{
		layer(basemap.LayerEarth, "Land", map[string]string{"kind": "String"}),
		layer(basemap.LayerLandcover, "Built-up areas", map[string]string{"kind": "String"}),
		layer(basemap.LayerWater, "Lakes and rivers", water),
		layer(basemap.LayerBoundaries, "Boundaries of countries and provinces, each once", map[string]string{"kind": "String", "kind_detail": "Number", "disputed": "Boolean"}),
		layer(basemap.LayerPlaces, "Countries, provinces and towns", places),
	}
}
