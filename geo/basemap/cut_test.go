package basemap

import (
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
	"github.com/paulmach/orb/planar"
)

// The land that a tile shows is the land that there is: the clipped pieces of all tiles of a zoom add up to the whole.
func TestTheTilesOfAZoomAddUpToTheLand(t *testing.T) {
	tiles := cut(t, NewWorld(neighbours(), nil))
	top := mercator(orb.Point{0, 10})[1]
	whole := 20 * top // two squares of ten degrees, on the plane
	for zoom := range maptile.Zoom(MaxZoom + 1) {
		unit := 360.0 / Extent / float64(int(1)<<zoom)
		sum := 0.0
		for tile, layers := range tiles {
			if tile.Z != zoom {
				continue
			}
			for _, f := range layerOf(layers, LayerEarth) {
				own := orb.Bound{Max: orb.Point{Extent, Extent}}
				for _, p := range polygonsOf(f.Geometry) {
					if part := clippedTo(own, p); part != nil {
						sum += math.Abs(planar.Area(part)) * unit * unit
					}
				}
			}
		}
		// An edge is rounded to a unit along its whole length.
		if slack := 60 * 2 * unit; math.Abs(sum-whole) > slack {
			t.Errorf("zoom %d: %.3f square degrees of land, want %.3f ± %.3f", zoom, sum, whole, slack)
		}
	}
}

func polygonsOf(g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}

func clippedTo(b orb.Bound, p orb.Polygon) orb.Geometry {
	for _, piece := range clipped(piece{0, p.Clone(), p.Bound()}, orb.Bound{Min: orb.Point{b.Min[0] + Buffer, b.Min[1] + Buffer}, Max: orb.Point{b.Max[0] - Buffer, b.Max[1] - Buffer}}) {
		return piece.geometry
	}
	return nil
}

func TestAFeatureComesWithItsFirstZoom(t *testing.T) {
	var features []Feature
	for zoom := range MaxZoom + 1 {
		features = append(features, Feature{
			Layer: LayerWater, MinZoom: zoom, Properties: geojson.Properties{"kind": "river", "min_zoom": zoom},
			Geometry: orb.LineString{{1, 1}, {9, 9}},
		})
	}
	for tile, layers := range cut(t, NewWorld(neighbours(), nil), features...) {
		for _, f := range layerOf(layers, LayerWater) {
			if first, ok := f.Properties["min_zoom"].(float64); !ok || int(first) > int(tile.Z) {
				t.Errorf("%v has a river from zoom %v", tile, f.Properties["min_zoom"])
			}
		}
	}
}

// A line along the edge of the world and places at the poles and the antimeridian fall into tiles that there are.
func TestTheEdgesOfTheWorld(t *testing.T) {
	place := func(p orb.Point) Feature {
		return Feature{Layer: LayerPlaces, Geometry: p, Properties: geojson.Properties{"name": "x"}}
	}
	features := []Feature{
		place(orb.Point{-180, 0}), place(orb.Point{0, -85}), place(orb.Point{0, 85}), place(orb.Point{179.99, 0}),
		{Layer: LayerWater, Geometry: orb.LineString{{180, -10}, {180, 10}}, Properties: geojson.Properties{"kind": "river"}},
	}
	found := 0
	for tile, layers := range cut(t, NewWorld(neighbours(), nil), features...) {
		if tile.X >= 1<<tile.Z || tile.Y >= 1<<tile.Z {
			t.Errorf("there is no tile %v", tile)
		}
		for _, f := range layerOf(layers, LayerPlaces) {
			at, ok := f.Geometry.(orb.Point)
			if !ok || at[0] < 0 || at[1] < 0 || at[0] >= Extent || at[1] >= Extent {
				t.Errorf("%v: a place at %v", tile, f.Geometry)
			}
			found++
		}
	}
	if want := 4 * (MaxZoom + 1); found != want {
		t.Errorf("%d places in all zooms, want %d", found, want)
	}
}

// What is too small to see is not in a tile, and what is degenerate breaks nothing.
func TestWhatIsTooSmallIsLeftOut(t *testing.T) {
	speck := Feature{
		Layer: LayerWater, Geometry: orb.Polygon{{{5, 5}, {5.0001, 5}, {5.0001, 5.0001}, {5, 5}}}, Properties: geojson.Properties{"kind": "lake"},
	}
	spot := Feature{Layer: LayerWater, Geometry: orb.LineString{{5, 5}, {5, 5}}, Properties: geojson.Properties{"kind": "river"}}
	for tile, layers := range cut(t, NewWorld(neighbours(), nil), speck, spot) {
		if n := len(layerOf(layers, LayerWater)); n > 0 {
			t.Errorf("%v has %d waters", tile, n)
		}
	}
}

func TestAnErrorOfTheReceiverStopsTheWork(t *testing.T) {
	full := errors.New("the disk is full")
	given := 0
	err := Cut(NewWorld(neighbours(), nil), nil, func(Tile) error { given++; return full })
	if !errors.Is(err, full) || given != 1 {
		t.Errorf("%v after %d tiles", err, given)
	}
}

// Lines are simplified once for the world and never by more than a pixel of the screen.
func TestLinesKeepToTheirData(t *testing.T) {
	var wave orb.LineString
	for x := 0.0; x <= 20; x += 0.05 {
		wave = append(wave, orb.Point{x, 3 * math.Sin(x)})
	}
	river := Feature{Layer: LayerWater, Geometry: wave, Properties: geojson.Properties{"kind": "river"}}
	before := 0
	for zoom := range MaxZoom + 1 {
		line := flatten(zoom, []Feature{river})[0].geometry.(orb.LineString)
		if len(line) < before {
			t.Errorf("zoom %d has %d positions, the zoom before %d", zoom, len(line), before)
		}
		before = len(line)
		for _, p := range wave {
			if off := planar.DistanceFrom(line, mercator(p)); off > toleranceAt(zoom, LayerWater)+1e-9 {
				t.Errorf("zoom %d: %v is %g off", zoom, p, off)
			}
		}
	}
}
