package server_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"corridor/server"
	"corridor/store"
	"corridor/store/tiles"
)

type tileJSON struct {
	TileJSON     string `json:"tilejson"`
	Attribution  string
	Tiles        []string
	MinZoom      int
	MaxZoom      int
	Bounds       []float64
	VectorLayers []struct {
		ID     string
		Fields map[string]string
	} `json:"vector_layers"`
}

func basemapInfo(t testing.TB, h http.Handler) tileJSON {
	t.Helper()
	a := get(t, h, "/tiles/basemap.json")
	var info tileJSON
	if err := json.Unmarshal([]byte(a.body), &info); err != nil || a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s %v: %s", a.Status, err, a.body)
	}
	return info
}

// addressOf fills a template of TileJSON and gives its path.
func addressOf(template string, z, x, y string) string {
	return strings.NewReplacer(baseURL, "", "{z}", z, "{x}", x, "{y}", y).Replace(template)
}

func TestTheBasemapDescribesItself(t *testing.T) {
	s := realServer(t)
	info := basemapInfo(t, s)
	if info.TileJSON != "3.0.0" || info.MinZoom != 0 || info.MaxZoom != 6 || len(info.Bounds) != 4 || !strings.Contains(info.Attribution, "Natural Earth") {
		t.Errorf("%+v", info)
	}
	var ids []string
	for _, l := range info.VectorLayers {
		ids = append(ids, l.ID)
		if l.Fields == nil {
			t.Errorf("%s has no fields", l.ID)
		}
	}
	if strings.Join(ids, " ") != "earth landcover water boundaries places" {
		t.Errorf("layers %q", ids)
	}
	if len(info.Tiles) != 1 || !strings.HasPrefix(info.Tiles[0], baseURL+"/tiles/basemap/{z}/{x}/{y}.mvt?v=") {
		t.Errorf("tiles %q", info.Tiles)
	}
	tag := get(t, s, "/tiles/basemap.json").Header.Get("ETag")
	if a := get(t, s, "/tiles/basemap.json", "If-None-Match", tag); a.StatusCode != http.StatusNotModified {
		t.Errorf("the same again: %s", a.Status)
	}
}

func TestATileIsSentAsItIsStored(t *testing.T) {
	s := realServer(t)
	target := addressOf(basemapInfo(t, s).Tiles[0], "3", "6", "3")
	packed := get(t, s, target, "Accept-Encoding", "br, gzip")
	plain := get(t, s, target)
	for name, a := range map[string]answer{"packed": packed, "plain": plain} {
		h := a.Header
		if a.StatusCode != http.StatusOK || h.Get("Content-Type") != "application/vnd.mapbox-vector-tile" || h.Get("Vary") == "" ||
			!strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("ETag") == "" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
			t.Errorf("%s: %s %v", name, a.Status, h)
		}
	}
	z, err := gzip.NewReader(strings.NewReader(packed.body))
	if err != nil || packed.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("%v, %q", err, packed.Header.Get("Content-Encoding"))
	}
	raw, err := io.ReadAll(z)
	if err != nil || !bytes.Equal(raw, []byte(plain.body)) || plain.Header.Get("Content-Encoding") != "" {
		t.Errorf("packed and plain differ (%v)", err)
	}
	if packed.Header.Get("ETag") == plain.Header.Get("ETag") {
		t.Error("two encodings have one ETag")
	}
	if a := get(t, s, target, "Accept-Encoding", "gzip", "If-None-Match", packed.Header.Get("ETag")); a.StatusCode != http.StatusNotModified || a.body != "" {
		t.Errorf("the same again: %s", a.Status)
	}
	if a := ask(t, s, http.MethodHead, target); a.StatusCode != http.StatusOK || a.Header.Get("ETag") == "" {
		t.Errorf("HEAD: %s", a.Status)
	}
	if a := get(t, s, target, "Origin", "https://elsewhere.example"); a.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("another origin: %v", a.Header)
	}
}

// A tile is answered before the table of URLs, so it must carry by itself what a reader of another site needs.
func TestATileCarriesWhatOtherSitesNeed(t *testing.T) {
	s := realServer(t)
	for _, target := range []string{
		"/tiles/basemap/3/6/3.mvt", "/tiles/basemap/6/8/32.mvt", "/tiles/basemap/6/0/0.mvt", "/tiles/stops/0/0/0.mvt", "/tiles/stops/6/0/0.mvt",
	} {
		a := get(t, s, target, "Origin", "https://elsewhere.example", "Accept-Encoding", "gzip")
		for _, again := range []answer{get(t, s, target, "Accept-Encoding", "gzip"), ask(t, s, http.MethodHead, target, "Accept-Encoding", "gzip")} {
			for _, name := range []string{"Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Vary"} {
				if again.Header.Get(name) != a.Header.Get(name) {
					t.Errorf("%s: %s is %q or %q", target, name, a.Header.Get(name), again.Header.Get(name))
				}
			}
		}
		for name, want := range map[string]string{
			"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag", "X-Content-Type-Options": "nosniff",
			"Cross-Origin-Resource-Policy": "cross-origin",
		} {
			if got := a.Header.Get(name); !strings.Contains(strings.ToLower(got), strings.ToLower(want)) {
				t.Errorf("%s: %s is %q, want %s", target, name, got, want)
			}
		}
	}
	if a := get(t, s, "/tiles/basemap/3/6/3.mvt", "Accept-Encoding", "gzip;q=0, identity"); a.Header.Get("Content-Encoding") != "" {
		t.Error("gzip for a reader that refuses it")
	}
}

func TestOnlyTheAddressOfThisVersionIsKeptForEver(t *testing.T) {
	s := realServer(t)
	for _, query := range []string{"", "?v=another", "?v="} {
		a := get(t, s, "/tiles/basemap/3/6/3.mvt"+query)
		if a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != "public, max-age=0, s-maxage=60, must-revalidate" {
			t.Errorf("%q: %s %s", query, a.Status, a.Header.Get("Cache-Control"))
		}
	}
}

func TestTilesThatAreNotThere(t *testing.T) {
	s := realServer(t)
	for target, want := range map[string]int{
		"/tiles/basemap/6/8/32.mvt":                   http.StatusNoContent, // the Pacific
		"/tiles/basemap/7/0/0.mvt":                    http.StatusNotFound,
		"/tiles/basemap/3/8/0.mvt":                    http.StatusNotFound,
		"/tiles/basemap/3/0/8.mvt":                    http.StatusNotFound,
		"/tiles/basemap/-1/0/0.mvt":                   http.StatusNotFound,
		"/tiles/basemap/3/-1/0.mvt":                   http.StatusNotFound,
		"/tiles/basemap/03/6/3.mvt":                   http.StatusNotFound,
		"/tiles/basemap/+3/6/3.mvt":                   http.StatusNotFound,
		"/tiles/basemap/3.0/6/3.mvt":                  http.StatusNotFound,
		"/tiles/basemap/a/b/c.mvt":                    http.StatusNotFound,
		"/tiles/basemap/3/6/99999999999999999999.mvt": http.StatusNotFound,
		"/tiles/basemap/3/6/3.png":                    http.StatusNotFound,
		"/tiles/basemap/3/6/3":                        http.StatusNotFound,
		"/tiles/basemap/3/6/3.mvt/":                   http.StatusNotFound,
		"/tiles/basemap/../../../etc/passwd":          http.StatusNotFound,
		"/tiles/basemap/3/6/..%2f..%2fserver.go":      http.StatusNotFound,
		"/tiles/other/3/6/3.mvt":                      http.StatusNotFound,
	} {
		a := get(t, s, target)
		if a.StatusCode != want || want == http.StatusNoContent && a.body != "" {
			t.Errorf("%s: %s, want %d", target, a.Status, want)
		}
		if want == http.StatusNotFound && a.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s", target, a.Header.Get("Content-Type"))
		}
	}
	if a := ask(t, s, http.MethodPost, "/tiles/basemap/3/6/3.mvt"); a.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %s", a.Status)
	}
}

// Known places stand in the tile that their position falls into, with their names in the region's languages.
func TestPlacesStandWhereTheyAre(t *testing.T) {
	s := realServer(t)
	for _, c := range []struct {
		at    orb.Point
		zoom  maptile.Zoom
		names map[string]string
	}{
		{orb.Point{100.50, 13.75}, 4, map[string]string{"name:en": "Bangkok", "kind": "locality", "capital": "yes"}},
		{orb.Point{102.71, 25.04}, 5, map[string]string{"name:en": "Kunming", "name:zh-Hans": "昆明"}},
		{orb.Point{96.16, 16.81}, 5, map[string]string{"name:en": "Yangon"}},
		{orb.Point{101.6, 15.4}, 2, map[string]string{"kind": "country", "name:th": "ไทย", "name:my": "ထိုင်း", "name:km": "ថៃ", "name:lo": "ໄທ"}},
	} {
		tile := maptile.At(c.at, c.zoom)
		a := get(t, s, "/tiles/basemap/"+strings.Join([]string{itoa(tile.Z), itoa(tile.X), itoa(tile.Y)}, "/")+".mvt")
		layers, err := mvt.Unmarshal([]byte(a.body))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, l := range layers {
			for _, f := range l.Features {
				ok := l.Name == "places"
				for key, want := range c.names {
					ok = ok && f.Properties[key] == want
				}
				found = found || ok
			}
		}
		if !found {
			t.Errorf("%v is not in %d/%d/%d", c.names, tile.Z, tile.X, tile.Y)
		}
	}
}

// Whoever made a basemap that the operator brings is named on each page; its markup is not taken over.
func TestABroughtBasemapIsAttributed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "extract.mbtiles")
	w, err := tiles.Create(t.Context(), path, tiles.Info{Attribution: `© <a href="https://osm.example" onclick="x()">OpenStreetMap</a>`, VectorLayers: json.RawMessage(`[{"id":"earth"}]`)})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Add(t.Context(), 0, 0, 0, []byte{0x1a, 0}), w.Close(t.Context())); err != nil {
		t.Fatal(err)
	}
	archive, err := tiles.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(archive.Close(), db.Close()) })
	s, err := server.New(server.Config{Store: db, Basemap: archive, BaseURL: baseURL})
	if err != nil {
		t.Fatal(err)
	}
	if body := get(t, s, "/?lang=en").body; !strings.Contains(body, " · © OpenStreetMap</figcaption>") {
		t.Error("the page does not name OpenStreetMap")
	}
	if body := get(t, realServer(t), "/?lang=en").body; !strings.Contains(body, "GeoNames (CC BY 4.0)</figcaption>") {
		t.Error("the program's own basemap is named twice or not at all")
	}
}

func itoa[N ~uint32](n N) string { return strconv.FormatUint(uint64(n), 10) }
