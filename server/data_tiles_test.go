package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"

	"corridor/routes"
	"corridor/server"
)

// dataTiles gives what the TileJSON of a collection says.
func dataTiles(t testing.TB, h http.Handler, collection routes.Collection) tileJSON {
	t.Helper()
	return decoded[tileJSON](t, get(t, h, "/tiles/"+string(collection)+".json"))
}

// dataTile asks for a tile as its TileJSON says and reads it with another decoder.
func dataTile(t testing.TB, h http.Handler, info tileJSON, at maptile.Tile) []*geojson.Feature {
	t.Helper()
	a := get(t, h, addressOf(info.Tiles[0], strconv.Itoa(int(at.Z)), strconv.Itoa(int(at.X)), strconv.Itoa(int(at.Y))))
	if a.StatusCode == http.StatusNoContent && a.body == "" {
		return nil
	}
	if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "application/vnd.mapbox-vector-tile" {
		t.Fatalf("%v: %s %v", at, a.Status, a.Header)
	}
	layers, err := mvt.Unmarshal([]byte(a.body))
	if err != nil || len(layers) != 1 || layers[0].Name != info.VectorLayers[0].ID {
		t.Fatalf("%v: %v", at, err)
	}
	return layers[0].Features
}

func TestTheTilesOfTheDataHoldWhatTheItemsHold(t *testing.T) {
	s := realServer(t)
	for _, c := range routes.Collections() {
		info := dataTiles(t, s, c)
		if info.TileJSON != "3.0.0" || info.MinZoom != 0 || info.MaxZoom != 12 || !strings.Contains(info.Attribution, "GeoNames") ||
			len(info.VectorLayers) != 1 || info.VectorLayers[0].ID != string(c) || info.VectorLayers[0].Fields["count"] == "" {
			t.Errorf("%+v", info)
		}
		items := decoded[struct {
			Features []struct {
				ID         string
				Geometry   json.RawMessage
				Properties map[string]any
			}
		}](t, get(t, s, "/api/collections/"+string(c)+"/items?limit=1000"))
		var want, got []string
		for _, f := range items.Features {
			if string(f.Geometry) != "null" {
				want = append(want, f.ID)
			}
		}
		for _, f := range dataTile(t, s, info, maptile.New(0, 0, 0)) {
			got = append(got, f.Properties.MustString("fid"))
			for name := range f.Properties {
				if info.VectorLayers[0].Fields[name] == "" {
					t.Errorf("%s: nothing is said of the property %s", c, name)
				}
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, not %v", c, got, want)
		}
	}
}

func TestAnAreaOfTheDataStaysAnAreaInTiles(t *testing.T) {
	s := realServer(t)
	info := dataTiles(t, s, routes.Stops)
	find := func(at maptile.Tile) *geojson.Feature {
		for _, f := range dataTile(t, s, info, at) {
			if f.Properties["fid"] == "yunnan.xishuangbanna" {
				return f
			}
		}
		t.Fatalf("%v: the stop is not there", at)
		return nil
	}
	near := find(maptile.At(orb.Point{100.9, 21.8}, 6))
	if kind := near.Geometry.GeoJSONType(); kind != "Polygon" && kind != "MultiPolygon" || near.Properties["schematic"] != nil {
		t.Errorf("%s %v", kind, near.Properties)
	}
	far := find(maptile.New(0, 0, 0))
	if far.Geometry.GeoJSONType() != "Point" || far.Properties["schematic"] != true || far.Properties["precision"] != "prefecture" {
		t.Errorf("%v %v", far.Geometry, far.Properties)
	}
}

func TestTilesOfTheDataAreKeptForEverUntilTheContentChanges(t *testing.T) {
	first := serverOf(t, nil)
	info := dataTiles(t, first, routes.Stops)
	at := addressOf(info.Tiles[0], "0", "0", "0")
	bare, _, _ := strings.Cut(at, "?")
	immutable := func(a answer) bool { return strings.Contains(a.Header.Get("Cache-Control"), "immutable") }
	for range 2 { // drawn, then from memory
		a := get(t, first, at)
		if !immutable(a) || a.Header.Get("Etag") == "" || a.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%v", a.Header)
		}
		packed := get(t, first, at, "Accept-Encoding", "gzip")
		if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("Etag") == a.Header.Get("Etag") || !strings.Contains(packed.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%v", packed.Header)
		}
		if again := get(t, first, at, "If-None-Match", a.Header.Get("Etag")); again.StatusCode != http.StatusNotModified || again.body != "" {
			t.Errorf("%s", again.Status)
		}
		for _, other := range []string{bare, bare + "?v=other"} {
			if a := get(t, first, other); a.StatusCode != http.StatusOK || immutable(a) {
				t.Errorf("%s: %s %v", other, a.Status, a.Header)
			}
		}
	}
	before := get(t, first, at)
	importInto(t, first, func(p *routes.Pack) { p.Routes[0].Stops[1].Title = routes.Text{"en": "Elsewhere"} })
	changed := dataTiles(t, first, routes.Stops)
	if changed.Tiles[0] == info.Tiles[0] {
		t.Error("the address is the same after a change of the content")
	}
	after := get(t, first, addressOf(changed.Tiles[0], "0", "0", "0"))
	if !immutable(after) || after.body == before.body || !strings.Contains(after.body, "Elsewhere") {
		t.Errorf("%v", after.Header)
	}
	if a := get(t, first, at); immutable(a) || a.body != after.body {
		t.Error("the former address answers the former content, or for ever")
	}
}

// What an import withdraws is no longer given out from memory, whoever still has the former address.
func TestAWithdrawnTileIsNotGivenOutFromMemory(t *testing.T) {
	now := time.Now()
	s := serverWith(t, func(c *server.Config) { c.Now = func() time.Time { return now } })
	at := addressOf(dataTiles(t, s, routes.Stops).Tiles[0], "0", "0", "0")
	for range 2 { // drawn, then from memory
		if a := get(t, s, at); !strings.Contains(a.body, "Bangkok") {
			t.Fatalf("%s %q", a.Status, a.body)
		}
	}
	importInto(t, s, func(p *routes.Pack) {
		for i := range p.Routes[0].Stops {
			p.Routes[0].Stops[i].Title = routes.Text{"en": "Elsewhere"}
		}
	})
	now = now.Add(2 * time.Second)
	if a := get(t, s, at); strings.Contains(a.body, "Bangkok") || !strings.Contains(a.body, "Elsewhere") || strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s %v %q", a.Status, a.Header, a.body)
	}
}

// importInto imports the first pack, changed, into the database of a server.
func importInto(t *testing.T, s *server.Server, change func(*routes.Pack)) {
	t.Helper()
	pack, places := firstPack(t)
	change(&pack)
	if changed, err := s.Store.SavePack(context.Background(), pack, routes.Compile(pack, places)); err != nil || !changed {
		t.Fatalf("%v %v", changed, err)
	}
}

// Many who ask for a tile at once get the same, drawn once for all, and those who leave at once take it from nobody.
func TestATileForManyAtOnce(t *testing.T) {
	s := crowdedStops(t)
	template := dataTiles(t, s, routes.Stops).Tiles[0]
	const readers, zooms = 40, 6
	drawings := 0
	for z := range zooms {
		at := maptile.At(orb.Point{100.5, 13.75}, maptile.Zoom(z)) // Bangkok
		path := addressOf(template, strconv.Itoa(z), strconv.Itoa(int(at.X)), strconv.Itoa(int(at.Y)))
		answers := askAtOnce(t, s, path, readers)
		tags := map[*string]bool{} // answers of one drawing have their tag in common, in the same place of memory
		for i := 1; i < readers; i += 2 {
			if body := answers[i].Body.String(); body != answers[1].Body.String() || !strings.Contains(body, "Bangkok") {
				t.Fatalf("reader %d gets %d bytes", i, len(body))
			}
			tags[&answers[i].Header()["Etag"][0]] = true
		}
		drawings += len(tags)
	}
	// One who saw that there is none yet may come just after it was drawn.
	if drawings > 2*zooms {
		t.Errorf("%d tiles are drawn %d times", zooms, drawings)
	}
}

func TestTheMapOfEverythingFramesWhatLiesAcrossTheAntimeridian(t *testing.T) {
	s := serverOf(t, nil)
	pack, places := firstPack(t)
	features := routes.Compile(pack, places)
	model := features[slices.IndexFunc(features, func(f routes.Feature) bool { return f.ID == "yunnan.bangkok" })]
	features = nil
	for i, at := range slices.Repeat([]orb.Point{{178.4, -18.1}, {-157.9, 21.3}, {174.8, -36.9}}, 700) {
		model.ID, model.Geometry = fmt.Sprintf("yunnan.extra-%d", i), at
		features = append(features, model)
	}
	if _, err := s.Store.SavePack(t.Context(), pack, features); err != nil {
		t.Fatal(err)
	}
	body := get(t, s, "/?lang=en").body
	if want := `"bounds":[174.8,-36.9,-157.9,21.3]`; !strings.Contains(body, want) {
		t.Errorf("the page of everything has no %s:\n%.300s", want, body[max(0, strings.Index(body, `"many":`)):])
	}
}

// crowdedStops is a server whose tiles take long enough to be drawn for others to come meanwhile.
func crowdedStops(t *testing.T) *server.Server {
	t.Helper()
	s := serverOf(t, nil)
	pack, places := firstPack(t)
	features := routes.Compile(pack, places)
	model := features[slices.IndexFunc(features, func(f routes.Feature) bool { return f.ID == "yunnan.bangkok" })]
	for i := range 4900 { // as many as are drawn one by one
		next := model
		next.ID = fmt.Sprintf("yunnan.extra-%d", i)
		features = append(features, next)
	}
	if _, err := s.Store.SavePack(t.Context(), pack, features); err != nil {
		t.Fatal(err)
	}
	return s
}

// askAtOnce asks so many times at once; every second reader has left already.
func askAtOnce(t *testing.T, s *server.Server, path string, readers int) []*httptest.ResponseRecorder {
	t.Helper()
	answers := make([]*httptest.ResponseRecorder, readers)
	var all sync.WaitGroup
	for i := range readers {
		all.Go(func() {
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			if i%2 == 0 {
				leave()
			}
			answers[i] = httptest.NewRecorder()
			s.ServeHTTP(answers[i], httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil))
		})
	}
	all.Wait()
	return answers
}

func TestTilesOfTheDataThatAreNotThere(t *testing.T) {
	s := realServer(t)
	for path, status := range map[string]int{
		"/tiles/stops/6/0/0.mvt":              http.StatusNoContent,
		"/tiles/stops/0/0/1.mvt":              http.StatusNotFound,
		"/tiles/stops/2/4/0.mvt":              http.StatusNotFound,
		"/tiles/stops/13/0/0.mvt":             http.StatusNotFound,
		"/tiles/stops/0/0/0.pbf":              http.StatusNotFound,
		"/tiles/stops/-1/0/0.mvt":             http.StatusNotFound,
		"/tiles/stops/00/0/0.mvt":             http.StatusNotFound,
		"/tiles/stops/99999999999999/0/0.mvt": http.StatusNotFound,
		"/tiles/people/0/0/0.mvt":             http.StatusNotFound,
		"/tiles/people.json":                  http.StatusNotFound,
		"/tiles/stops.json?x=1":               http.StatusBadRequest,
		"/tiles/stops/0/0/0.mvt?route=yunnan": http.StatusBadRequest,
	} {
		a := get(t, s, path)
		if a.StatusCode != status || status >= 400 && a.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s %s", path, a.Status, a.body)
		}
	}
}

func TestTheTilesOfTheDataAreInTheOpenAPIDocument(t *testing.T) {
	s := realServer(t)
	type operation struct {
		Servers   []struct{ URL string }
		Responses map[string]any
	}
	document := decoded[struct {
		Paths map[string]struct{ Get operation }
	}](t, get(t, s, "/api/openapi.json"))
	for _, c := range routes.Collections() {
		at := "/tiles/" + string(c)
		for target, path := range map[string]string{
			at + ".json": at + ".json", at + ".json?x": at + ".json", at + "/0/0/0.mvt": at + "/{z}/{x}/{y}.mvt",
			at + "/12/0/0.mvt": at + "/{z}/{x}/{y}.mvt", at + "/13/0/0.mvt": at + "/{z}/{x}/{y}.mvt", at + "/0/0/0.mvt?x": at + "/{z}/{x}/{y}.mvt",
		} {
			a, operation := get(t, s, target), document.Paths[path].Get
			if operation.Responses[strconv.Itoa(a.StatusCode)] == nil || len(operation.Servers) != 1 || operation.Servers[0].URL != baseURL {
				t.Errorf("%s answers %s, documented at %v is %v", target, a.Status, operation.Servers, operation.Responses)
			}
		}
	}
}
