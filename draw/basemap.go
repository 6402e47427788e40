package draw

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/simplify"
)

// basemap is what the tiles of a view hold, in pixels.
type basemap struct {
	land, built, water      []orb.LineString // rings
	waterNames              []riverName
	coasts, rivers          []orb.LineString
	provinces, borders      []orb.LineString
	disputed                []orb.LineString
	countries, towns, areas []name
	lakes                   []name
}

// name is a place that the map may name.
type name struct {
	at         orb.Point
	properties geojson.Properties
	population float64
}

const (
	tilePixels = 512 // a tile's width on the screen at its own zoom
	// maxTiles is how many a picture reads at most: several times what it needs of a map that has its zoom.
	maxTiles = 128
)

// loadBasemap reads the tiles that a view needs, at the zoom that suits it or else at the next that has some there. It is nil
// where there are none, or only of zooms so deep that they would be too many.
func loadBasemap(ctx context.Context, t Tiles, v view) (*basemap, error) {
	for _, z := range t.zooms(v) {
		if b, err := t.load(ctx, v, z); b != nil || err != nil {
			return b, err
		}
	}
	return nil, nil
}

// zooms are those at which a view may be drawn, the best first: what a shallower one lacks is detail, a deeper one is dear.
func (t Tiles) zooms(v view) []int {
	best := max(t.MinZoom, min(t.MaxZoom, int(math.Round(math.Log2(v.scale*360/tilePixels)))))
	var out []int
	for z := best; z >= t.MinZoom; z-- {
		out = append(out, z)
	}
	for z := best + 1; z <= t.MaxZoom; z++ {
		out = append(out, z)
	}
	return slices.DeleteFunc(out, func(z int) bool { return tilesOf(v, z).count() > maxTiles })
}

// tileRange is a rectangle of tiles of a zoom. Columns go on beyond the antimeridian.
type tileRange struct{ left, right, top, bottom int }

func (r tileRange) count() int { return (r.right - r.left + 1) * (r.bottom - r.top + 1) }

// tilesOf are the tiles of a zoom that a view shows.
func tilesOf(v view, z int) tileRange {
	shown, degrees := v.bound(), degreesOf(z)
	column := func(x float64) int { return int(math.Floor((x + 180) / degrees)) }
	row := func(y float64) int { return max(0, min(1<<z-1, int(math.Floor((y+180)/degrees)))) }
	return tileRange{column(shown.Min[0]), column(shown.Max[0]), row(shown.Min[1]), row(shown.Max[1])}
}

// degreesOf is how wide a tile of a zoom is, in degrees of longitude.
func degreesOf(z int) float64 { return 360 / float64(int(1)<<z) }

// load reads the tiles of a zoom; nil where none of them has anything.
func (t Tiles) load(ctx context.Context, v view, z int) (*basemap, error) {
	var b *basemap
	degrees, r := degreesOf(z), tilesOf(v, z)
	for x := r.left; x <= r.right; x++ {
		for y := r.top; y <= r.bottom; y++ {
			data, err := t.Tile(ctx, z, x&(1<<z-1), y)
			if err != nil {
				return nil, fmt.Errorf("draw: tile %d/%d/%d: %w", z, x, y, err)
			}
			if len(data) == 0 {
				continue
			}
			layers, err := mvt.Unmarshal(data)
			if err != nil {
				return nil, fmt.Errorf("draw: tile %d/%d/%d: %w", z, x, y, err)
			}
			if b == nil {
				b = &basemap{}
			}
			at := placer{
				origin: v.plane(orb.Point{float64(x)*degrees - 180, float64(y)*degrees - 180}), drawn: v.drawn.grown(8).bound(), detail: v.detail,
				first: x&(1<<z-1) == 0, last: x&(1<<z-1) == 1<<z-1,
			}
			b.add(layers, at, degrees*v.scale)
		}
	}
	if b == nil {
		return nil, nil
	}
	for _, names := range [][]name{b.countries, b.towns, b.areas} {
		slices.SortStableFunc(names, func(x, y name) int { return cmp.Compare(y.population, x.population) })
	}
	return b, nil
}

// add takes the layers of a tile that is so many pixels wide.
func (b *basemap) add(layers mvt.Layers, p placer, width float64) {
	for _, layer := range layers {
		p.extent = float64(layer.Extent)
		p.scale = width / p.extent
		for _, f := range layer.Features {
			b.feature(layer.Name, f, p)
		}
	}
}

func (b *basemap) feature(layer string, f *geojson.Feature, p placer) {
	detail := number(f.Properties["kind_detail"])
	switch layer {
	case "earth", "water":
		if _, ok := f.Geometry.(orb.Point); ok {
			b.place(f, p)
			return
		}
		b.ground(layer, f, p)
	case "landcover":
		if f.Properties["kind"] == "urban_area" {
			rings, _ := p.area(f.Geometry)
			b.built = append(b.built, rings...)
		}
	case "boundaries":
		lines := p.lines(f.Geometry)
		switch {
		case detail == 4:
			b.provinces = append(b.provinces, lines...)
		case detail <= 2 && truth(f.Properties["disputed"]):
			b.disputed = append(b.disputed, lines...)
		case detail <= 2:
			b.borders = append(b.borders, lines...)
		}
	case "places":
		b.place(f, p)
	}
}

// place takes a named place.
func (b *basemap) place(f *geojson.Feature, p placer) {
	at, ok := f.Geometry.(orb.Point)
	if !ok || at[0] < 0 || at[1] < 0 || at[0] >= p.extent || at[1] >= p.extent {
		return // the tile beside has it too
	}
	n := name{p.point(at), f.Properties, number(f.Properties["population"])}
	switch f.Properties["kind"] {
	case "country":
		b.countries = append(b.countries, n)
	case "locality":
		b.towns = append(b.towns, n)
	case "region":
		b.areas = append(b.areas, n)
	case "lake":
		b.lakes = append(b.lakes, n)
	}
}

// ground takes land and lakes, and rivers.
func (b *basemap) ground(layer string, f *geojson.Feature, p placer) {
	if f.Geometry.Dimensions() < 2 {
		if layer == "water" && f.Properties["kind"] == "river" {
			lines := p.lines(f.Geometry)
			b.rivers = append(b.rivers, lines...)
			if f.Properties["name"] != nil {
				b.waterNames = append(b.waterNames, riverName{lines, name{properties: f.Properties}})
			}
		}
		return
	}
	rings, edges := p.area(f.Geometry)
	b.coasts = append(b.coasts, edges...)
	if layer == "earth" {
		b.land = append(b.land, rings...)
	} else {
		b.water = append(b.water, rings...)
	}
}

// placer brings a tile's units to the pixels of the sheet.
type placer struct {
	origin        orb.Point // the pixel of its north-west corner
	scale, extent float64
	drawn         orb.Bound
	detail        float64
	// first and last say that the tile begins or ends at the antimeridian.
	first, last bool
}

func (p placer) point(at orb.Point) orb.Point {
	return orb.Point{p.origin[0] + at[0]*p.scale, p.origin[1] + at[1]*p.scale}
}

// detail is how far a line may depart from the tile's, in pixels; a map that must be light has less of it.
const detail, lightDetail = 0.7, 1.6

// rounded gives the points of a line in half pixels where the detail is light: a third of that, and shorter to write.
func rounded[L ~[]orb.Point](line L, detail float64) L {
	if detail < lightDetail {
		return line
	}
	for i, at := range line {
		line[i] = orb.Point{math.Round(at[0]*2) / 2, math.Round(at[1]*2) / 2}
	}
	return line
}

// seen says whether an island or a lake is large enough to be seen.
func seen(ring orb.LineString) bool {
	b := ring.Bound()
	return (b.Max[0]-b.Min[0])+(b.Max[1]-b.Min[1]) > 3.4
}

// lines clips lines to the tile, so that what its neighbour has too is drawn once, and to what is drawn.
func (p placer) lines(g orb.Geometry) []orb.LineString {
	own := orb.Bound{Max: orb.Point{p.extent, p.extent}}
	var out []orb.LineString
	for _, line := range flat(g) {
		for _, piece := range clip.LineString(own, line) {
			out = append(out, p.placed(piece)...)
		}
	}
	return out
}

// placed projects a line and clips it to what is drawn.
func (p placer) placed(line orb.LineString) []orb.LineString {
	at := make(orb.LineString, len(line))
	for i := range line {
		at[i] = p.point(line[i])
	}
	if !at.Bound().Intersects(p.drawn) {
		return nil
	}
	at = rounded(simplify.DouglasPeucker(p.detail).LineString(at), p.detail)
	return clip.LineString(p.drawn, at)
}

// area gives an area's rings with the tile's margin, which hides the seams between tiles, and its edges without those
// that are only the margin's.
func (p placer) area(g orb.Geometry) (rings, edges []orb.LineString) {
	var polygons orb.MultiPolygon
	switch g := g.(type) {
	case orb.Polygon:
		polygons = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		polygons = g
	}
	for _, polygon := range polygons {
		for _, ring := range polygon {
			at := make(orb.Ring, len(ring))
			for i := range ring {
				at[i] = p.point(ring[i])
			}
			if !at.Bound().Intersects(p.drawn) || !seen(orb.LineString(at)) {
				continue
			}
			for _, piece := range p.uncut(ring) {
				edges = append(edges, p.lines(piece)...)
			}
			at = clip.Ring(p.drawn, rounded(simplify.DouglasPeucker(p.detail).Ring(at), p.detail))
			if len(at) > 3 {
				rings = append(rings, orb.LineString(at))
			}
		}
	}
	return rings, edges
}

// uncut gives a ring without the steps along the antimeridian, which cuts land that goes on beyond it.
func (p placer) uncut(ring orb.Ring) []orb.LineString {
	if !p.first && !p.last {
		return []orb.LineString{orb.LineString(ring)}
	}
	var out []orb.LineString
	from := 0
	for i := 1; i <= len(ring); i++ {
		if i == len(ring) || ring[i-1][0] == ring[i][0] && (p.first && ring[i][0] == 0 || p.last && ring[i][0] == p.extent) {
			if i-from > 1 {
				out = append(out, orb.LineString(ring[from:i]))
			}
			from = i
		}
	}
	return out
}

func flat(g orb.Geometry) []orb.LineString {
	switch g := g.(type) {
	case orb.LineString:
		return []orb.LineString{g}
	case orb.MultiLineString:
		return g
	}
	return nil
}

// number reads a property that is a number or a text of one; 0 where it is neither.
func number(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case float32:
		return float64(v)
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	case int:
		return float64(v)
	case string:
		var n float64
		if _, err := fmt.Sscan(v, &n); err == nil {
			return n
		}
	}
	return 0
}

func truth(v any) bool { return v == true || number(v) == 1 }

// in gives the name in a language, in English or as it is.
func (n name) in(lang string) string {
	for _, key := range []string{"name:" + lang, "name:en", "name"} {
		if text, ok := n.properties[key].(string); ok && text != "" {
			return text
		}
	}
	return ""
}

// toldBy says whether a stop tells of the place already, by its name or its id.
func (n name) toldBy(told map[string]bool, lang string) bool {
	english := n.in("en")
	return told[n.in(lang)] || told[english] || told[strings.ReplaceAll(strings.ToLower(english), " ", "-")]
}

// startsBy says whether the place is named at a zoom of the live map, whose tiles are half as wide.
func (n name) startsBy(zoom float64) bool { return zoom+0.25 >= number(n.properties["min_zoom"])+1 }
