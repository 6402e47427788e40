package server

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/simplify"

	"corridor/geo"
	"corridor/routes"
	"corridor/store"
)

// How coarse the shapes of an embed are, in degrees: less than a pixel of the map that shows a whole route, and as many
// decimals as that takes. The lines between parts of an area are faint, so they may be coarser.
const (
	embedTolerance = 0.085
	partsTolerance = 0.15
	embedDecimals  = 2
	lineDecimals   = 4
)

// embedDataAddress is where an embed's map finds its features.
func embedDataAddress(id, lang string, shown []RouteView, p embedParams) string {
	pairs := []string{"lang", lang, "layers", strings.Join(p.Layers, ",")}
	if id == severalRoutes {
		for _, r := range shown {
			pairs = append(pairs, "route", r.ID)
		}
	}
	return "/embed/" + id + ".json" + query(pairs...)
}

// embedFeature is a feature as the script of an embed reads it.
type embedFeature struct {
	Type       string          `json:"type"`
	ID         string          `json:"id"`
	Geometry   json.RawMessage `json:"geometry"`
	Properties json.RawMessage `json:"properties"`
	shape      orb.Geometry
}

// embedFeatures answers all that an embed's map draws, in one answer and with coarse shapes: the stops, the legs, the parts
// of areas of which one or another is meant, and the layers asked for.
func (s *Server) embedFeatures(w http.ResponseWriter, r *http.Request) error {
	return s.ofEmbed(r, func(v *store.View, asked embedAsked) error {
		if s.pageUnchanged(w, r, v.Version, asked.lang) {
			return nil
		}
		key := fmt.Sprintf("embed %s %s %d %s %s %v %v", v.Version, s.build, s.historicalBefore(), asked.lang, asked.id, asked.Routes, asked.Layers)
		body, ok := s.pictures.cache.get(key)
		if !ok {
			var err error
			if body, err = s.gatherEmbed(r.Context(), v, asked.packs, asked.lang, asked.Layers); err != nil {
				return err
			}
			s.pictures.cache.put(key, body)
		}
		return writeBody(w, "application/json", body)
	})
}

func (s *Server) gatherEmbed(ctx context.Context, v *store.View, packs []routes.Pack, lang string, layers []string) ([]byte, error) {
	collections := []routes.Collection{routes.Stops, routes.Legs}
	for _, layer := range layers {
		collections = append(collections, routes.Collection(layer))
	}
	out := embedLists{"stops": {}, "legs": {}, "parts": {}, "movements": {}, "sites": {}}
	for _, pack := range packs {
		content := contentLanguage(lang, pack.About.Tags())
		for _, c := range collections {
			q := store.ItemsQuery{Collection: c, Route: pack.Routes[0].ID, Lang: content}
			more, err := s.embedItems(ctx, v, q)
			if err != nil {
				return nil, err
			}
			out.add(string(c), more)
		}
		for _, whole := range wholesOf(pack, layers) {
			q := store.ItemsQuery{Collection: routes.Places, PartOf: whole, Lang: content}
			more, err := s.embedItems(ctx, v, q)
			if err != nil {
				return nil, err
			}
			out.add("parts", more)
		}
	}
	if err := out.prune(len(packs) == 1); err != nil {
		return nil, err
	}
	coarsen(out)
	out["parts"] = boundaries(out["parts"], out["stops"])
	if err := write(out); err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

// embedLists are features by the name of their list.
type embedLists map[string][]*embedFeature

// add adds features to a list, each once.
func (l embedLists) add(list string, more []*embedFeature) {
	for _, f := range more {
		if !slices.ContainsFunc(l[list], func(have *embedFeature) bool { return have.ID == f.ID }) {
			l[list] = append(l[list], f)
		}
	}
}

// prune leaves out the properties that the map of an embed does not read. Where one route is shown the text of its stops is in
// the page already.
func (l embedLists) prune(single bool) error {
	for name, list := range l {
		unread := []string{"notes", "licence", "pack"}
		if single && name == "stops" {
			unread = append(unread, "text")
		}
		for _, f := range list {
			var properties map[string]json.RawMessage
			if err := json.Unmarshal(f.Properties, &properties); err != nil {
				return fmt.Errorf("%s: %w", f.ID, err)
			}
			for _, key := range unread {
				delete(properties, key)
			}
			raw, err := json.Marshal(properties)
			if err != nil {
				return err
			}
			f.Properties = raw
		}
	}
	return nil
}

// embedItems gives a query's features with their shapes.
func (s *Server) embedItems(ctx context.Context, v *store.View, q store.ItemsQuery) ([]*embedFeature, error) {
	q.Limit = maxLimit
	items, _, err := v.Items(ctx, q)
	if err != nil {
		return nil, err
	}
	out := make([]*embedFeature, len(items))
	for i, item := range items {
		out[i] = &embedFeature{}
		if err := json.Unmarshal(item.AppendGeoJSON(nil, s.historicalBefore()), out[i]); err != nil {
			return nil, fmt.Errorf("%s %s: %w", q.Collection, item.FID, err)
		}
		if out[i].shape, err = geometryOf(item); err != nil {
			return nil, fmt.Errorf("%s %s: %w", q.Collection, item.FID, err)
		}
	}
	return out, nil
}

// wholesOf are the places of which one or another part is meant, whose parts the map shows.
func wholesOf(pack routes.Pack, layers []string) []string {
	var out []string
	for _, stop := range pack.Routes[0].Stops {
		if stop.OneOf {
			out = append(out, stop.Place)
		}
	}
	if slices.Contains(layers, "sites") {
		for _, site := range pack.Sites {
			if !slices.Contains(out, site.Place) {
				out = append(out, site.Place)
			}
		}
	}
	return out
}

// coarsen makes all areas coarser together, so that they still meet, and brings every position to few decimals.
func coarsen(lists embedLists) {
	var areas []orb.MultiPolygon
	var of []*embedFeature
	for _, list := range []string{"stops", "parts", "sites"} {
		for _, f := range lists[list] {
			switch g := f.shape.(type) {
			case orb.Polygon:
				areas, of = append(areas, orb.MultiPolygon{g}), append(of, f)
			case orb.MultiPolygon:
				areas, of = append(areas, g), append(of, f)
			}
		}
	}
	for i, area := range geo.Generalise(areas, embedTolerance) {
		of[i].shape = area
	}
	for _, list := range lists {
		for _, f := range list {
			switch {
			case f.shape == nil:
			case f.shape.Dimensions() < 2:
				f.shape = rounded(f.shape, lineDecimals)
			default:
				f.shape = rounded(f.shape, embedDecimals)
			}
		}
	}
}

// boundaries makes of the parts of each place the lines between them: each once, and without those that are the outline of
// an area shown. A line that two parts share would be drawn and sent twice.
func boundaries(parts, shown []*embedFeature) []*embedFeature {
	drawn := map[[2]orb.Point]bool{}
	for _, f := range shown {
		eachSegment(f.shape, func(s [2]orb.Point) { drawn[s] = true })
	}
	var out []*embedFeature
	lines := map[string]orb.MultiLineString{}
	for _, f := range parts {
		var of struct {
			PartOf string `json:"part_of"`
		}
		if err := json.Unmarshal(f.Properties, &of); err != nil {
			continue // a part of nothing is not drawn
		}
		if lines[of.PartOf] == nil {
			out = append(out, &embedFeature{
				Type: "Feature", ID: of.PartOf, Properties: json.RawMessage(fmt.Sprintf(`{"part_of":%q}`, of.PartOf)),
			})
		}
		lines[of.PartOf] = append(lines[of.PartOf], undrawn(f.shape, drawn)...)
	}
	for _, f := range out {
		f.shape = rounded(simplify.DouglasPeucker(partsTolerance).MultiLineString(lines[f.ID]), embedDecimals)
	}
	return out
}

// undrawn gives the pieces of an area's rings that are not drawn yet, and marks them as drawn.
func undrawn(g orb.Geometry, drawn map[[2]orb.Point]bool) orb.MultiLineString {
	var out orb.MultiLineString
	var last orb.Point
	eachSegment(g, func(s [2]orb.Point) {
		if drawn[s] || drawn[[2]orb.Point{s[1], s[0]}] {
			return
		}
		drawn[s] = true
		if n := len(out); n > 0 && last == s[0] {
			out[n-1] = append(out[n-1], s[1])
		} else {
			out = append(out, orb.LineString{s[0], s[1]})
		}
		last = s[1]
	})
	return out
}

func eachSegment(g orb.Geometry, visit func([2]orb.Point)) {
	area, _ := g.(orb.MultiPolygon)
	for _, polygon := range area {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				visit([2]orb.Point{ring[i-1], ring[i]})
			}
		}
	}
}

// write turns the shapes into GeoJSON.
func write(lists embedLists) error {
	for _, list := range lists {
		for _, f := range list {
			if f.shape == nil {
				continue
			}
			raw, err := json.Marshal(geojson.NewGeometry(f.shape))
			if err != nil {
				return fmt.Errorf("%s: %w", f.ID, err)
			}
			f.Geometry = raw
		}
	}
	return nil
}

// rounded writes positions with so many decimals and leaves out those that then come twice.
func rounded(g orb.Geometry, decimals int) orb.Geometry {
	factor := math.Pow10(decimals)
	round := func(p orb.Point) orb.Point {
		return orb.Point{math.Round(p[0]*factor) / factor, math.Round(p[1]*factor) / factor}
	}
	line := func(points []orb.Point) []orb.Point {
		var out []orb.Point
		for _, p := range points {
			if p = round(p); len(out) == 0 || out[len(out)-1] != p {
				out = append(out, p)
			}
		}
		return out
	}
	switch g := g.(type) {
	case orb.Point:
		return round(g)
	case orb.LineString:
		return orb.LineString(line(g))
	case orb.MultiLineString:
		out := make(orb.MultiLineString, len(g))
		for i := range g {
			out[i] = line(g[i])
		}
		return out
	case orb.MultiPolygon:
		var out orb.MultiPolygon
		for _, polygon := range g {
			var rings orb.Polygon
			for _, ring := range polygon {
				if r := line(ring); len(r) > 3 {
					rings = append(rings, orb.Ring(r))
				}
			}
			if len(rings) > 0 {
				out = append(out, rings)
			}
		}
		return out
	}
	return g
}
