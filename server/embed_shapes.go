package server

import (
	"encoding/json"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/simplify"

	"corridor/geo"
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

// embedFeature is a feature as the script of an embed reads it.
type embedFeature struct {
	Type       string          `json:"type"`
	ID         string          `json:"id"`
	Geometry   json.RawMessage `json:"geometry"`
	Properties json.RawMessage `json:"properties"`
	shape      orb.Geometry
}

// embedLists are features by the name of their list.
type embedLists map[string][]*embedFeature

// embedBody writes what an embed's map draws. Sources that speak of a year before historicalBefore make a historical account;
// single says that one route is shown.
func embedBody(items map[string][]store.Item, historicalBefore int, single bool) ([]byte, error) {
	out := embedLists{"stops": {}, "legs": {}, "parts": {}, "movements": {}, "sites": {}}
	for name, list := range items {
		for _, item := range list {
			f, err := newEmbedFeature(item, historicalBefore)
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", name, item.FID, err)
			}
			out[name] = append(out[name], f)
		}
	}
	coarsen(out)
	var err error
	if out["parts"], err = boundaries(out["parts"], out["stops"]); err != nil {
		return nil, err
	}
	if err := out.prune(single); err != nil {
		return nil, err
	}
	if err := write(out); err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

func newEmbedFeature(item store.Item, historicalBefore int) (*embedFeature, error) {
	f := &embedFeature{}
	if err := json.Unmarshal(item.AppendGeoJSON(nil, historicalBefore), f); err != nil {
		return nil, err
	}
	var err error
	f.shape, err = geometryOf(item)
	return f, err
}

// prune leaves out the properties that the map of an embed does not read. Where one route is shown the text of its stops is in
// the page already. The pack is only read of places that have parts.
func (l embedLists) prune(single bool) error {
	for name, list := range l {
		if name == "parts" {
			continue
		}
		for _, f := range list {
			var properties map[string]json.RawMessage
			if err := json.Unmarshal(f.Properties, &properties); err != nil {
				return fmt.Errorf("%s: %w", f.ID, err)
			}
			unread := []string{"notes", "licence"}
			if single && name == "stops" {
				unread = append(unread, "text")
			}
			if _, ok := properties["parts"]; !ok {
				unread = append(unread, "pack")
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
			if f.shape != nil {
				f.shape = fewDecimals(f.shape)
			}
		}
	}
}

// fewDecimals rounds positions; an area so small that nothing of it would be left keeps as many decimals as a line.
func fewDecimals(g orb.Geometry) orb.Geometry {
	if g.Dimensions() == 2 {
		if area := geo.Rounded(g, embedDecimals); !area.Bound().IsEmpty() {
			return area
		}
	}
	return geo.Rounded(g, lineDecimals)
}

// boundaries makes of the parts of each place the lines between them: each once, and without those that are the outline of
// an area shown. A line that two parts share would be drawn and sent twice.
func boundaries(parts, shown []*embedFeature) ([]*embedFeature, error) {
	drawn := map[[2]orb.Point]bool{}
	for _, f := range shown {
		eachSegment(f.shape, func(s [2]orb.Point) { drawn[s] = true })
	}
	var wholes []whole
	lines := map[whole]orb.MultiLineString{}
	for _, f := range parts {
		var of whole
		if err := json.Unmarshal(f.Properties, &of); err != nil {
			return nil, fmt.Errorf("%s: %w", f.ID, err)
		}
		if _, known := lines[of]; !known {
			wholes = append(wholes, of)
		}
		lines[of] = append(lines[of], undrawn(f.shape, drawn)...)
	}
	out := []*embedFeature{}
	for _, of := range wholes {
		shape, _ := geo.Rounded(simplify.DouglasPeucker(partsTolerance).MultiLineString(lines[of]), embedDecimals).(orb.MultiLineString)
		if len(shape) == 0 { // the outlines that are shown leave nothing to draw
			continue
		}
		properties, err := json.Marshal(of)
		if err != nil {
			return nil, err
		}
		out = append(out, &embedFeature{Type: "Feature", ID: of.Place, Properties: properties, shape: shape})
	}
	return out, nil
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
