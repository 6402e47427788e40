// Package basemap turns geography into vector tiles: land and boundaries that share their edges, lines and places with
// names, in the layers of the Protomaps basemap schema. It is pure: what comes in are geometries in degrees of longitude
// and latitude, what goes out are encoded tiles.
package basemap

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/project"
	"github.com/paulmach/orb/simplify"
)

// Attribution names whose data the basemap of the build is made of.
const Attribution = "Natural Earth, GeoNames (CC BY 4.0)"

const (
	// MaxZoom is the last zoom that tiles are cut for. Natural Earth at 1:10m says no more.
	MaxZoom = 6
	// Extent is the width of a tile in its own units.
	Extent = 4096
	// Buffer is how far a tile's lines and areas reach beyond its edge, in its own units, so that a stroke along the edge
	// is drawn whole and the edge of the clipped area is never seen.
	Buffer = 64
	// tolerance is how far a line may depart from its data, in units of a tile: less than a pixel, since a tile is drawn at
	// 430 to 860 of them. The last zoom is drawn larger and keeps more.
	tolerance     = 4.7
	lastTolerance = 1.5
	// leastIsland is how wide an island must be to be drawn, a pixel, in units of a tile.
	leastIsland = 8.0
	// patchTolerance is that of a patch of colour at every zoom: no line is drawn along its edge, and the data are a grid of
	// half minutes of arc, whose steps it takes away at the last zoom.
	patchTolerance = 16.0
	// leastPatch is how wide such a patch must be to be drawn, and a gap in it, in units of a tile; at the last zoom less.
	leastPatch, lastLeastPatch = 24.0 * Extent / 512, 10.0 * Extent / 512
	// maxLatitude is where the square of Web Mercator ends, in degrees.
	maxLatitude = 85.0511287798066
)

// The layers of a tile, in the names of the Protomaps basemap schema.
const (
	LayerEarth      = "earth"
	LayerLandcover  = "landcover"
	LayerWater      = "water"
	LayerBoundaries = "boundaries"
	LayerPlaces     = "places"
)

// Layers are the layers in the order in which a tile holds them.
func Layers() []string {
	return []string{LayerEarth, LayerLandcover, LayerWater, LayerBoundaries, LayerPlaces}
}

// Feature is one thing on the map.
type Feature struct {
	Layer string
	// Geometry is in degrees, longitude first: a point, or lines or polygons, single or multiple.
	Geometry orb.Geometry
	// Properties hold texts, whole numbers and truth values.
	Properties geojson.Properties
	// MinZoom is the first zoom whose tiles have it.
	MinZoom int
}

// flat is a feature in Web Mercator, measured in degrees of longitude: x from -180 to 180 eastwards, y likewise northwards.
type flat struct {
	layer      string
	geometry   orb.Geometry
	properties geojson.Properties
}

// mercator projects degrees to degrees of longitude on the plane of Web Mercator.
func mercator(p orb.Point) orb.Point {
	lat := math.Max(-maxLatitude, math.Min(maxLatitude, p[1]))
	return orb.Point{p[0], math.Log(math.Tan(math.Pi/4+lat*math.Pi/360)) * 180 / math.Pi}
}

// toleranceAt is the tolerance of a layer at a zoom, on the plane.
func toleranceAt(zoom int, layer string) float64 {
	units := tolerance
	switch {
	case layer == LayerLandcover:
		units = patchTolerance
	case zoom == MaxZoom:
		units = lastTolerance
	}
	return units * 360 / Extent / float64(int(1)<<zoom)
}

// flatten projects the features of a zoom and simplifies their lines. It is done once for the whole world, so that tiles
// which are neighbours agree on every line between them.
func flatten(zoom int, features []Feature) []flat {
	var out []flat
	for _, f := range features {
		if f.MinZoom > zoom {
			continue
		}
		g := project.Geometry(orb.Clone(f.Geometry), mercator)
		if f.Layer == LayerLandcover {
			g = patches(g, zoom)
		}
		if g.Dimensions() > 0 {
			g = simplify.DouglasPeucker(toleranceAt(zoom, f.Layer)).Simplify(g)
		}
		out = append(out, flat{f.Layer, g, f.Properties})
	}
	return out
}

// patches leaves out the areas that are too small to be seen at a zoom, and the gaps.
func patches(g orb.Geometry, zoom int) orb.Geometry {
	least := leastPatch
	if zoom == MaxZoom {
		least = lastLeastPatch
	}
	least *= 360.0 / Extent / float64(int(1)<<zoom)
	var out orb.MultiPolygon
	all, _ := g.(orb.MultiPolygon)
	for _, polygon := range all {
		seen := slices.DeleteFunc(polygon, func(ring orb.Ring) bool { return math.Abs(planar.Area(ring)) < least*least })
		if len(seen) > 0 {
			out = append(out, seen)
		}
	}
	return out
}
