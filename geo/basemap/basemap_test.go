package basemap

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
)

// square is a country or province north of the equator, width degrees wide, with a vertex on every degree of its edge.
func square(west, width int) orb.MultiPolygon {
	var ring orb.Ring
	for i := range width {
		ring = append(ring, orb.Point{float64(west + i), 0})
	}
	for i := range width {
		ring = append(ring, orb.Point{float64(west + width), float64(i)})
	}
	for i := range width {
		ring = append(ring, orb.Point{float64(west + width - i), float64(width)})
	}
	for i := range width {
		ring = append(ring, orb.Point{float64(west), float64(width - i)})
	}
	return orb.MultiPolygon{{append(ring, ring[0])}}
}

// neighbours are two countries with a common border along 10° east, the western of two provinces.
func neighbours() []Area {
	return []Area{
		{Geometry: square(0, 10), Country: "W"},
		{Geometry: square(10, 10), Country: "E"},
		{Geometry: square(0, 5), Country: "W", Province: true},
		{Geometry: square(5, 5), Country: "W", Province: true},
		{Geometry: square(10, 10), Country: "E", Province: true},
	}
}

func cut(t *testing.T, w *World, features ...Feature) map[maptile.Tile]mvt.Layers {
	t.Helper()
	out := map[maptile.Tile]mvt.Layers{}
	err := Cut(w, features, func(tile Tile) error {
		layers, err := mvt.UnmarshalGzipped(tile.Gzipped)
		if err != nil {
			t.Fatalf("%v: %v", tile.Tile, err)
		}
		if out[tile.Tile] != nil {
			t.Errorf("%v comes twice", tile.Tile)
		}
		out[tile.Tile] = layers
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func layerOf(layers mvt.Layers, name string) []*geojson.Feature {
	i := slices.IndexFunc(layers, func(l *mvt.Layer) bool { return l.Name == name })
	if i < 0 {
		return nil
	}
	return layers[i].Features
}

func TestMercatorIsMonotonousAndSquare(t *testing.T) {
	for lat := -89.0; lat <= 89; lat++ {
		if a, b := mercator(orb.Point{0, lat}), mercator(orb.Point{0, lat + 1}); b[1] < a[1] {
			t.Errorf("%g° lies north of %g°", lat, lat+1)
		}
	}
	for _, lat := range []float64{maxLatitude, 90} {
		if y := mercator(orb.Point{0, lat})[1]; math.Abs(y-180) > 1e-6 {
			t.Errorf("%g° is at %g, not 180", lat, y)
		}
	}
}

func TestSharedEdgesAreDrawnOnce(t *testing.T) {
	w := NewWorld(neighbours(), nil)
	want := map[boundary]float64{{}: 10, {province: true}: 5}
	got := map[boundary]float64{}
	for _, f := range w.at(MaxZoom) {
		if f.layer != LayerBoundaries {
			continue
		}
		kind := boundary{province: f.properties["kind"] == "region", disputed: f.properties["disputed"] == true}
		for _, l := range f.geometry.(orb.MultiLineString) {
			for i := 1; i < len(l); i++ {
				if l[i][0] != l[i-1][0] {
					t.Errorf("a boundary runs along a coast: %v", l)
				}
				got[kind] += math.Abs(l[i][1] - l[i-1][1])
			}
		}
	}
	for kind, length := range want { // measured on the plane, a little more than in degrees
		if got[kind] < length || got[kind] > length*1.02 {
			t.Errorf("%+v: %.2f long, want %g", kind, got[kind], length)
		}
	}
	if len(got) != len(want) {
		t.Errorf("boundaries: %v", got)
	}
}

func TestBoundariesAlongDisputedLinesAreDisputed(t *testing.T) {
	for name, w := range map[string]*World{
		"a line": NewWorld(neighbours(), []orb.LineString{{{10.05, -1}, {10.05, 11}}}),
		"an area": NewWorld([]Area{
			{Geometry: square(0, 10), Country: "W"}, {Geometry: square(10, 10), Country: "E", Disputed: true},
		}, nil),
	} {
		for _, f := range w.at(MaxZoom) {
			if f.properties["kind"] == "country" && f.properties["disputed"] != true {
				t.Errorf("%s: %v", name, f.properties)
			}
		}
	}
}

// A line that crosses the edge between two tiles does so at the same place in both. Where it is cut within the buffer its
// end is rounded, which can turn its last piece by a unit or two.
func TestNeighboursMeetAtTheirEdge(t *testing.T) {
	var wave orb.LineString
	for x := -170.0; x <= 170; x += 0.25 {
		wave = append(wave, orb.Point{x, 40 * math.Sin(x/7)})
	}
	river := Feature{Layer: LayerWater, Geometry: wave, Properties: geojson.Properties{"kind": "river"}}
	tiles := cut(t, NewWorld(neighbours(), nil), river)
	crossings := func(tile maptile.Tile, edge float64) []float64 {
		var at []float64
		for _, f := range layerOf(tiles[tile], LayerWater) {
			lines, ok := f.Geometry.(orb.MultiLineString)
			if l, single := f.Geometry.(orb.LineString); single {
				lines, ok = orb.MultiLineString{l}, true
			}
			for _, l := range lines {
				for i := 1; ok && i < len(l); i++ {
					if a, b := l[i-1], l[i]; (a[0] < edge) != (b[0] < edge) {
						at = append(at, a[1]+(b[1]-a[1])*(edge-a[0])/(b[0]-a[0]))
					}
				}
			}
		}
		slices.Sort(at)
		return at
	}
	compared := 0
	for tile := range tiles {
		east := maptile.New(tile.X+1, tile.Y, tile.Z)
		if tile.Z == 0 || tile.X+1 == 1<<tile.Z {
			continue
		}
		a, b := crossings(tile, Extent), crossings(east, 0)
		if len(a) != len(b) {
			t.Errorf("%v: %d lines leave eastwards and %d arrive", tile, len(a), len(b))
			continue
		}
		for i := range a {
			if math.Abs(a[i]-b[i]) > 2 {
				t.Errorf("%v: a line leaves at %.1f and arrives at %.1f", tile, a[i], b[i])
			}
			compared++
		}
	}
	if compared < 50 {
		t.Errorf("only %d crossings", compared)
	}
}

func TestAPlaceIsInOneTileOfEachZoomFromItsFirst(t *testing.T) {
	at := orb.Point{100.5018, 13.7563}
	place := Feature{Layer: LayerPlaces, Geometry: at, Properties: geojson.Properties{"name": "Bangkok"}, MinZoom: 3}
	tiles := cut(t, NewWorld(neighbours(), nil), place)
	for zoom := range maptile.Zoom(MaxZoom + 1) {
		var in []maptile.Tile
		for tile, layers := range tiles {
			if tile.Z == zoom && len(layerOf(layers, LayerPlaces)) > 0 {
				in = append(in, tile)
			}
		}
		var want []maptile.Tile
		if zoom >= 3 {
			want = []maptile.Tile{maptile.At(at, zoom)}
		}
		if !slices.Equal(in, want) {
			t.Errorf("zoom %d: in %v, want %v", zoom, in, want)
		}
	}
}

func TestTilesStayInRangeAndOuterRingsArePositive(t *testing.T) {
	for tile, layers := range cut(t, NewWorld(neighbours(), nil)) {
		for _, layer := range layers {
			for _, f := range layer.Features {
				b := f.Geometry.Bound()
				if b.Min[0] < -Buffer || b.Min[1] < -Buffer || b.Max[0] > Extent+Buffer || b.Max[1] > Extent+Buffer {
					t.Errorf("%v %s: %v", tile, layer.Name, b)
				}
				if p, ok := f.Geometry.(orb.Polygon); ok && p[0].Orientation() != orb.CCW {
					t.Errorf("%v: the outer ring has a negative area", tile)
				}
			}
		}
	}
}

func TestTheSameInputGivesTheSameTiles(t *testing.T) {
	read := func() (all []Tile) {
		if err := Cut(NewWorld(neighbours(), nil), nil, func(tile Tile) error { all = append(all, tile); return nil }); err != nil {
			t.Fatal(err)
		}
		return all
	}
	a, b := read(), read()
	same := func(x, y Tile) bool { return x.Tile == y.Tile && string(x.Gzipped) == string(y.Gzipped) }
	if len(a) == 0 || !slices.EqualFunc(a, b, same) {
		t.Error("two runs differ")
	}
}

func TestATileThatIsTooLargeIsAnError(t *testing.T) {
	var features []Feature
	for i := range 9000 {
		features = append(features, Feature{
			Layer: LayerPlaces, Geometry: orb.Point{float64(i%90) / 100, float64(i/90) / 200},
			Properties: geojson.Properties{"name": string(rune('a'+i%26)) + string(rune('0'+i%10)), "population": i},
		})
	}
	err := Cut(NewWorld(neighbours(), nil), features, func(Tile) error { return nil })
	if err == nil {
		t.Error("no error")
	}
}

// A patch of colour that nobody would see is not drawn, nor is a gap in one.
func TestBuiltUpAreasAreDrawnWhereTheyAreSeen(t *testing.T) {
	side := func(west, width float64) orb.Ring {
		return orb.Ring{{west, 1}, {west + width, 1}, {west + width, 1 + width}, {west, 1 + width}, {west, 1}}
	}
	large := orb.Polygon{side(0, 5), side(1, 0.01), side(2, 2)}
	town := orb.Polygon{side(20, 0.15)}
	tiles := cut(t, NewWorld(neighbours(), nil), Feature{
		Layer: LayerLandcover, Geometry: orb.MultiPolygon{large, town}, Properties: geojson.Properties{"kind": "urban_area"}, MinZoom: 4,
	})
	rings := func(at orb.Point, zoom maptile.Zoom) int {
		n := 0
		for _, layer := range tiles[maptile.At(at, zoom)] {
			for _, f := range layer.Features {
				if layer.Name != LayerLandcover {
					continue
				}
				switch g := f.Geometry.(type) {
				case orb.Polygon:
					n += len(g)
				case orb.MultiPolygon:
					for _, p := range g {
						n += len(p)
					}
				}
			}
		}
		return n
	}
	for _, c := range []struct {
		at   orb.Point
		zoom maptile.Zoom
		want int
	}{{orb.Point{0.5, 2}, 3, 0}, {orb.Point{0.5, 2}, 4, 2}, {orb.Point{20.1, 1.1}, 5, 0}, {orb.Point{20.1, 1.1}, 6, 1}} {
		if got := rings(c.at, c.zoom); got != c.want {
			t.Errorf("%d rings at %v, zoom %d, not %d", got, c.at, c.zoom, c.want)
		}
	}
}

// An island smaller than a pixel is left out, but a country is not.
func TestSpecksAreLeftOut(t *testing.T) {
	island := func(west, width float64) orb.Polygon {
		return orb.Polygon{{{west, 20}, {west + width, 20}, {west + width, 20 + width}, {west, 20 + width}, {west, 20}}}
	}
	w := NewWorld([]Area{
		{Geometry: append(square(0, 10), island(2, 0.1)), Country: "W"},
		{Geometry: orb.MultiPolygon{island(4, 0.1)}, Country: "S"},
	}, nil)
	land := w.at(2)[0].geometry.(orb.MultiPolygon)
	var west []float64
	for _, p := range land {
		west = append(west, p.Bound().Min[0])
	}
	slices.Sort(west)
	if !slices.Equal(west, []float64{0, 4}) {
		t.Errorf("land begins at %v", west)
	}
	if all := w.at(MaxZoom)[0].geometry.(orb.MultiPolygon); len(all) != 3 {
		t.Errorf("%d pieces of land at the last zoom", len(all))
	}
}
