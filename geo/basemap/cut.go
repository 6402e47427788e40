package basemap

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"
)

// MaxTileBytes is the most that a tile may hold before compression.
const MaxTileBytes = 100 << 10

// Tile is one encoded tile.
type Tile struct {
	maptile.Tile
	// Gzipped is the Mapbox Vector Tile, compressed.
	Gzipped []byte
}

// Cut makes every tile of the zooms from 0 to [MaxZoom] that has anything in it and gives each to emit. The same input
// gives the same tiles in the same order. The error names the tile that is larger than [MaxTileBytes], or is emit's own.
func Cut(world *World, features []Feature, emit func(Tile) error) error {
	worlds := world.ahead()
	for zoom := range MaxZoom + 1 {
		c := cutter{zoom: zoom, features: append(<-worlds[zoom], flatten(zoom, features)...), emit: emit}
		if err := c.divide(maptile.New(0, 0, 0), c.pieces()); err != nil {
			return err
		}
	}
	return nil
}

// ahead works out the world of every zoom, as many at once as there are processors.
func (w *World) ahead() []<-chan []flat {
	processors := make(chan struct{}, runtime.GOMAXPROCS(0))
	out := make([]<-chan []flat, MaxZoom+1)
	for zoom := range out {
		done := make(chan []flat, 1)
		out[zoom] = done
		go func() {
			processors <- struct{}{}
			done <- w.at(zoom)
			<-processors
		}()
	}
	return out
}

// A cutter cuts the tiles of one zoom. Its coordinates are those of the zoom's tiles, whole numbers from the world's
// north-western corner, y southwards.
type cutter struct {
	zoom     int
	features []flat
	emit     func(Tile) error
}

// A piece is a point, a line or a polygon of a feature.
type piece struct {
	feature  int
	geometry orb.Geometry
	bound    orb.Bound
}

func (c cutter) pieces() []piece {
	var out []piece
	add := func(i int, g orb.Geometry) {
		if g != nil {
			out = append(out, piece{i, g, g.Bound()})
		}
	}
	for i, f := range c.features {
		switch g := f.geometry.(type) {
		case orb.Point:
			add(i, c.spot(g))
		case orb.LineString:
			add(i, c.line(g))
		case orb.MultiLineString:
			for _, l := range g {
				add(i, c.line(l))
			}
		case orb.Polygon:
			add(i, c.polygon(g))
		case orb.MultiPolygon:
			for _, p := range g {
				add(i, c.polygon(p))
			}
		}
	}
	return out
}

func (c cutter) rounded(p orb.Point) orb.Point {
	scale := float64(int(1)<<c.zoom) * Extent / 360
	return orb.Point{math.Round((p[0] + 180) * scale), math.Round((180 - p[1]) * scale)}
}

// spot is where a point stands. One so near the world's eastern or southern edge that it is rounded onto it would be in no
// tile.
func (c cutter) spot(p orb.Point) orb.Point {
	last := float64(int(Extent)<<c.zoom) - 1
	p = c.rounded(p)
	return orb.Point{math.Max(0, math.Min(last, p[0])), math.Max(0, math.Min(last, p[1]))}
}

func (c cutter) line(l orb.LineString) orb.Geometry {
	out := make(orb.LineString, 0, len(l))
	for _, p := range l {
		if q := c.rounded(p); len(out) == 0 || out[len(out)-1] != q {
			out = append(out, q)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func (c cutter) polygon(p orb.Polygon) orb.Geometry {
	var out orb.Polygon
	for i, ring := range p {
		l, _ := c.line(orb.LineString(ring)).(orb.LineString)
		switch {
		case len(l) >= 4:
			out = append(out, orb.Ring(l))
		case i == 0:
			return nil
		}
	}
	return out
}

// divide goes down from a tile to its four children, each with what the clip to it leaves of its parent's pieces, until
// the zoom is reached.
func (c cutter) divide(t maptile.Tile, pieces []piece) error {
	if len(pieces) == 0 {
		return nil
	}
	if int(t.Z) == c.zoom {
		return c.write(t, pieces)
	}
	for _, child := range t.Children() {
		bound := c.bound(child)
		var inside []piece
		for _, p := range pieces {
			inside = append(inside, clipped(p, bound)...)
		}
		if err := c.divide(child, inside); err != nil {
			return err
		}
	}
	return nil
}

// bound is a tile's square without its buffer.
func (c cutter) bound(t maptile.Tile) orb.Bound {
	size := float64(int(Extent) << (c.zoom - int(t.Z)))
	low := orb.Point{float64(t.X) * size, float64(t.Y) * size}
	return orb.Bound{Min: low, Max: orb.Point{low[0] + size, low[1] + size}}
}

// clipped is what lies in a tile of a piece. A point belongs to one tile, without a buffer.
func clipped(p piece, bound orb.Bound) []piece {
	if at, ok := p.geometry.(orb.Point); ok {
		if at[0] < bound.Min[0] || at[0] >= bound.Max[0] || at[1] < bound.Min[1] || at[1] >= bound.Max[1] {
			return nil
		}
		return []piece{p}
	}
	bound = bound.Pad(Buffer)
	if !bound.Intersects(p.bound) {
		return nil
	}
	if bound.Contains(p.bound.Min) && bound.Contains(p.bound.Max) {
		return []piece{p}
	}
	var out []piece
	switch g := p.geometry.(type) {
	case orb.LineString:
		for _, l := range clip.LineString(bound, g) {
			out = append(out, piece{p.feature, l, l.Bound()})
		}
	case orb.Polygon:
		if part := clip.Polygon(bound, g.Clone()); len(part) > 0 {
			out = append(out, piece{p.feature, part, part.Bound()})
		}
	}
	return out
}

// write encodes a tile and hands it on.
func (c cutter) write(t maptile.Tile, pieces []piece) error {
	origin := c.bound(t).Min
	byFeature := map[int][]orb.Geometry{}
	for _, p := range pieces {
		if g := placed(p.geometry, origin); g != nil {
			byFeature[p.feature] = append(byFeature[p.feature], g)
		}
	}
	byLayer := map[string][]*geojson.Feature{}
	for _, i := range slices.Sorted(maps.Keys(byFeature)) {
		f := c.features[i]
		byLayer[f.layer] = append(byLayer[f.layer], &geojson.Feature{Geometry: united(byFeature[i]), Properties: f.properties})
	}
	var layers mvt.Layers
	for _, name := range Layers() {
		if len(byLayer[name]) > 0 {
			layers = append(layers, &mvt.Layer{Name: name, Version: 2, Extent: Extent, Features: byLayer[name]})
		}
	}
	if len(layers) == 0 {
		return nil
	}
	raw, err := mvt.Marshal(layers)
	if err != nil {
		return fmt.Errorf("basemap: tile %d/%d/%d: %w", t.Z, t.X, t.Y, err)
	}
	if len(raw) > MaxTileBytes {
		return fmt.Errorf("basemap: tile %d/%d/%d has %d bytes, more than %d; raise the first zoom of what it holds", t.Z, t.X, t.Y, len(raw), MaxTileBytes)
	}
	packed, err := compressed(raw)
	if err != nil {
		return fmt.Errorf("basemap: tile %d/%d/%d: %w", t.Z, t.X, t.Y, err)
	}
	return c.emit(Tile{t, packed})
}

// compressed is gzip without a time or a name, so that the same tile has the same bytes.
func compressed(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
