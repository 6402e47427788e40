package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/sams96/rgeo"

	"corridor/geo/basemap"
)

// urbanZoom is the first zoom at which built-up areas are drawn: before it they would be specks.
const urbanZoom = 5

// readUrban reads the built-up areas of Natural Earth at 1:10m, which are derived from population by night (LandScan). They
// are one feature: a tile says once what they are, and a town's name is that of its place.
func readUrban() (basemap.Feature, error) {
	z, err := gzip.NewReader(bytes.NewReader(rgeo.Cities10()))
	if err != nil {
		return basemap.Feature{}, fmt.Errorf("rgeo: %w", err)
	}
	var all struct {
		Features []feature `json:"features"`
	}
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		return basemap.Feature{}, fmt.Errorf("rgeo: %w", err)
	}
	var areas orb.MultiPolygon
	for _, f := range all.Features {
		areas = append(areas, area(f)...)
	}
	return basemap.Feature{
		Layer: basemap.LayerLandcover, Geometry: areas, MinZoom: urbanZoom,
		Properties: geojson.Properties{"kind": "urban_area"},
	}, nil
}
