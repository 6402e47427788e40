package server_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"corridor/geo/gazetteer"
	"corridor/live"
	"corridor/routes"
	"corridor/server"
	"corridor/store"
	"corridor/store/tiles"
)

const baseURL = "https://map.example.org"

// folder holds the databases of all tests.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "corridor-server-test"); err != nil {
		panic(err)
	}
	status := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(status)
}

// shared serves the first pack unchanged to every test that only reads it.
var shared struct {
	once   sync.Once
	server *server.Server
}

// realServer serves the first pack; `make build` makes what it needs.
func realServer(t testing.TB) *server.Server {
	t.Helper()
	shared.once.Do(func() { shared.server = serverOf(t, nil) })
	if shared.server == nil {
		t.Fatal("the first pack could not be served")
	}
	return shared.server
}

// firstPack loads and resolves the first pack.
func firstPack(t testing.TB) (routes.Pack, map[string]gazetteer.Place) {
	t.Helper()
	ix, err := gazetteer.Open("../build/gazetteer.idx")
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	loaded, problems := routes.Load(os.DirFS("../data/content/mekong"))
	places, unresolved := loaded.Resolve(ix)
	if len(problems)+len(unresolved) > 0 {
		t.Fatalf("problems:\n%s\n%s", problems, unresolved)
	}
	return loaded.Pack, places
}

// serverOf imports the first pack into a new database; change may alter it before it is compiled.
func serverOf(t testing.TB, change func(*routes.Pack)) *server.Server {
	t.Helper()
	return newServer(t, change, func(*server.Config) {})
}

// serverWith serves the first pack with a changed configuration.
func serverWith(t testing.TB, configure func(*server.Config)) *server.Server {
	t.Helper()
	return newServer(t, nil, configure)
}

func newServer(t testing.TB, change func(*routes.Pack), configure func(*server.Config)) *server.Server {
	t.Helper()
	ctx := context.Background()
	pack, places := firstPack(t)
	if change != nil {
		change(&pack)
	}
	f, err := os.CreateTemp(folder, "*.db")
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	db, err := store.Open(ctx, f.Name())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.SavePack(ctx, pack, routes.Compile(pack, places)); err != nil {
		t.Fatal(err)
	}
	sessions, err := live.New(ctx, live.Config{Sessions: db})
	if err != nil {
		t.Fatal(err)
	}
	c := server.Config{
		Live: sessions, Store: db, Basemap: basemap(t), BaseURL: baseURL, Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now:       func() time.Time { return time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC) },
		Gazetteer: sync.OnceValues(func() (*gazetteer.Index, error) { return gazetteer.Open("../build/gazetteer.idx") }),
	}
	configure(&c)
	s, err := server.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// basemap opens the basemap of the build.
func basemap(t testing.TB) *tiles.Archive {
	t.Helper()
	a, err := tiles.Open(context.Background(), "../build/basemap.mbtiles")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body string
}

func get(t testing.TB, h http.Handler, target string, headers ...string) answer {
	t.Helper()
	return ask(t, h, http.MethodGet, target, headers...)
}

func ask(t testing.TB, h http.Handler, method, target string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	res := w.Result()
	t.Cleanup(func() { _ = res.Body.Close() })
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, string(body)}
}

type collection struct {
	Type           string `json:"type"`
	NumberReturned int    `json:"numberReturned"`
	Attribution    string `json:"attribution"`
	Links          []struct {
		Href, Rel, Type string
	} `json:"links"`
	Features []struct {
		ID         string         `json:"id"`
		Geometry   map[string]any `json:"geometry"`
		Properties map[string]any `json:"properties"`
	} `json:"features"`
}

func features(t testing.TB, a answer) collection {
	t.Helper()
	var c collection
	if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "application/geo+json" {
		t.Fatalf("%s, %s: %.300s", a.Status, a.Header.Get("Content-Type"), a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &c); err != nil {
		t.Fatal(err)
	}
	if c.Type != "FeatureCollection" || c.NumberReturned != len(c.Features) {
		t.Fatalf("a %s of %d features that says %d", c.Type, len(c.Features), c.NumberReturned)
	}
	return c
}

func TestEveryCollectionAnswers(t *testing.T) {
	s := realServer(t)
	for name, want := range map[string]int{"stops": 6, "legs": 5, "sites": 10, "movements": 9, "places": 63} {
		c := features(t, get(t, s, "/api/collections/"+name+"/items?limit=1000"))
		if len(c.Features) != want {
			t.Errorf("%d %s, want %d", len(c.Features), name, want)
		}
		for _, f := range c.Features {
			one := get(t, s, "/api/collections/"+name+"/items/"+url.PathEscape(f.ID))
			if one.StatusCode != http.StatusOK || !strings.Contains(one.body, fmt.Sprintf("%q", f.ID)) {
				t.Errorf("%s %s: %s", name, f.ID, one.Status)
			}
			if name != "places" && (f.Properties["citation"] == "" || f.Properties["as_of"] != 2008.0 || f.Properties["historical"] != true) {
				t.Errorf("%s: citation %v, as of %v, historical %v", f.ID, f.Properties["citation"], f.Properties["as_of"], f.Properties["historical"])
			}
		}
	}
}

func TestPagesFollowNextLinks(t *testing.T) {
	s := realServer(t)
	target := "/api/collections/places/items?limit=10&lang=th"
	seen := map[string]bool{}
	for pages := 0; target != ""; pages++ {
		if pages > 10 {
			t.Fatal("the pages do not end")
		}
		c := features(t, get(t, s, target))
		target = ""
		for _, f := range c.Features {
			if seen[f.ID] {
				t.Errorf("%s came twice", f.ID)
			}
			seen[f.ID] = true
		}
		for _, l := range c.Links {
			if !strings.HasPrefix(l.Href, baseURL+"/api/collections/places/items?") {
				t.Errorf("a link to %s", l.Href)
			}
			if l.Rel == "next" {
				target = strings.TrimPrefix(l.Href, baseURL)
				if !strings.Contains(target, "lang=th") {
					t.Errorf("the next page forgets the language: %s", target)
				}
			}
		}
	}
	if len(seen) != 63 {
		t.Errorf("%d places", len(seen))
	}
}

func TestBoxAndRouteFilters(t *testing.T) {
	s := realServer(t)
	tests := []struct {
		query string
		want  int
	}{
		{"route=yunnan", 6},
		{"route=none", 0},
		{"bbox=100,13,101,14", 2},          // Bangkok, in Thailand, and in the box of Myanmar but not in it
		{"bbox=100,13,0,101,14,9000", 2},   // heights are read and do not matter
		{"bbox=100,46,105,48", 0},          // Mongolia, in the box of the interior provinces of China
		{"bbox=170,-10,-170,10", 0},        // over the antimeridian
		{"bbox=-180,-90,180,90", 6},        // the world
		{"bbox=100,13,101,14&limit=1", 1},  // the rest follows by a link
		{"bbox=100,13,101,14&route=no", 0}, // both hold
	}
	for _, tt := range tests {
		if c := features(t, get(t, s, "/api/collections/stops/items?"+tt.query)); len(c.Features) != tt.want {
			t.Errorf("%s: %d stops, want %d", tt.query, len(c.Features), tt.want)
		}
	}
}

func TestPartsOfAPlace(t *testing.T) {
	s := realServer(t)
	for query, want := range map[string]int{
		"part_of=yunnan-prefectures": 16, "part_of=interior-provinces": 30, "part_of=thailand": 0, "route=yunnan": 63,
		"route=yunnan&part_of=yunnan-prefectures": 16,
	} {
		if c := features(t, get(t, s, "/api/collections/places/items?limit=1000&"+query)); len(c.Features) != want {
			t.Errorf("%s: %d places, want %d", query, len(c.Features), want)
		}
	}
}

func TestBadParametersAreNamed(t *testing.T) {
	s := realServer(t)
	tests := []struct{ path, parameter string }{
		{"/api/collections/stops/items?limit=0", "limit"},
		{"/api/collections/stops/items?limit=-1", "limit"},
		{"/api/collections/stops/items?limit=many", "limit"},
		{"/api/collections/stops/items?limit=", "limit"},
		{"/api/collections/stops/items?limit=1&limit=2", "limit"},
		{"/api/collections/stops/items?bbox=", "bbox"},
		{"/api/collections/stops/items?bbox=1,2,3", "bbox"},
		{"/api/collections/stops/items?bbox=1,2,3,x", "bbox"},
		{"/api/collections/stops/items?bbox=1,2,3,NaN", "bbox"},
		{"/api/collections/stops/items?bbox=1,2,3,1e999", "bbox"},
		{"/api/collections/stops/items?bbox=-181,0,0,1", "bbox"},
		{"/api/collections/stops/items?bbox=0,5,1,4", "bbox"},
		{"/api/collections/stops/items?bbox=0,5,0,1,4,0", "bbox"},
		{"/api/collections/stops/items?bbox=0,0,9,1,1,8", "bbox"},
		{"/api/collections/stops/items?title=" + strings.Repeat("*a", 26000), "title"},
		{"/api/collections/stops/download.csv?title=" + strings.Repeat("*a", 26000), "title"},
		{"/api/collections/stops/items?cursor=x", "cursor"},
		{"/api/collections/stops/items?cursor=" + strings.Repeat("a", 9000), "cursor"},
		{"/api/collections/stops/items?lang=%00", "lang"},
		{"/api/collections/stops/items?colour=red", "colour"},
		{"/api/collections/stops/items?part_of=x", "part_of"},
		{"/api/collections/stops/items/yunnan.bangkok?limit=1", "limit"},
		{"/api/routes?lang=en", "lang"},
		{"/api/routes?limit=0", "limit"},
		{"/api/routes?limit=ten", "limit"},
		{"/api/routes?cursor=", "cursor"},
		{"/api/routes?cursor=%25", "cursor"},
		{"/api/routes/yunnan?x=1", "x"},
	}
	for _, tt := range tests {
		a := get(t, s, tt.path)
		var p struct {
			Status    int
			Detail    string
			Parameter string
		}
		if err := json.Unmarshal([]byte(a.body), &p); err != nil {
			t.Fatalf("%s: %v", tt.path, err)
		}
		if a.StatusCode != http.StatusBadRequest || p.Status != http.StatusBadRequest || p.Parameter != tt.parameter ||
			a.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(p.Detail, tt.parameter) {
			t.Errorf("%.80s: %s, %+v", tt.path, a.Status, p)
		}
	}
}

// What is said of a parameter leads on: which number it is, how much there may be, what else there is.
func TestProblemsOfParametersLeadOn(t *testing.T) {
	s := realServer(t)
	for query, want := range map[string]string{
		"/api/collections/stops/items?bbox=0,0,abc,1,1,2":                   "number 3",
		"/api/collections/stops/items?bbox=0,0,0,1,1,xyz":                   "number 6",
		"/api/collections/stops/items?bbox=0,0,0,1,1,Inf":                   "number 6",
		"/api/collections/stops/items?bbox=0,0,0,181,1,0":                   "number 4",
		"/api/collections/stops/items?bbox=0,0,0,1,91,0":                    "number 5 lies outside ±90 degrees",
		"/api/collections/stops/items?title=" + strings.Repeat("*a", 26000): "10000 bytes",
		"/api/collections/stops/items?sortby=foo":                           "title, lang, draft",
		"/api/collections/places/items?sortby=text":                         "place, part_of",
		"/tiles/stops.json?colour=red":                                      "takes no parameters",
		"/api/collections/stops/items/yunnan.bangkok?colour=red":            "known are lang, f, v",
	} {
		if a := get(t, s, query); a.StatusCode != http.StatusBadRequest || !strings.Contains(a.body, want) {
			t.Errorf("%.80s: %s, want %q: %.400s", query, a.Status, want, a.body)
		}
	}
	for _, query := range []string{
		"bbox=90,0,-100.5,110,20,8000", "title=" + strings.Repeat("%5B*", store.MaxPattern/2), "title=" + strings.Repeat("a", 60000),
	} {
		if a := get(t, s, "/api/collections/stops/items?"+query); a.StatusCode != http.StatusOK {
			t.Errorf("%.80s: %s: %.400s", query, a.Status, a.body)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	s := realServer(t)
	tests := []struct {
		method, path string
		status       int
		kind         string
	}{
		{"GET", "/api/routes/none", 404, "application/problem+json"},
		{"GET", "/api/collections/roads/items", 404, "application/problem+json"},
		{"GET", "/api/collections/stops/items/none", 404, "application/problem+json"},
		{"GET", "/api/nothing", 404, "application/problem+json"},
		{"POST", "/api/routes", 405, "application/problem+json"},
		{"GET", "/routes/none", 404, "text/html; charset=utf-8"},
		{"GET", "/routes/..%2f..%2fetc%2fpasswd", 404, "text/html; charset=utf-8"},
		{"GET", "/nothing", 404, "text/html; charset=utf-8"},
		{"GET", "/assets/manifest.json", 404, "text/html; charset=utf-8"},
		{"GET", "/assets/..%2fstatic.go", 404, "text/html; charset=utf-8"},
		{"GET", "/assets/", 404, "text/html; charset=utf-8"},
		{"GET", "/?lang=%00", 400, "text/html; charset=utf-8"},
		{"POST", "/", 405, "text/html; charset=utf-8"},
	}
	for _, tt := range tests {
		a := ask(t, s, tt.method, tt.path)
		if a.StatusCode != tt.status || a.Header.Get("Content-Type") != tt.kind || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s: %s, %s, %s", tt.method, tt.path, a.Status, a.Header.Get("Content-Type"), a.Header.Get("Cache-Control"))
		}
	}
}

func TestConditionalRequests(t *testing.T) {
	s := realServer(t)
	for _, path := range []string{
		"/", "/routes/yunnan", "/api/routes", "/api/routes/yunnan", "/api/collections/stops/items", "/api/collections/stops/items/yunnan.bangkok",
	} {
		first := get(t, s, path)
		tag := first.Header.Get("ETag")
		if !strings.HasPrefix(tag, `"`) {
			t.Errorf("%s: ETag %q is not strong", path, tag)
		}
		for _, match := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			again := get(t, s, path, "If-None-Match", match)
			if again.StatusCode != http.StatusNotModified || again.body != "" {
				t.Errorf("%s with %s: %s", path, match, again.Status)
			}
		}
		if other := get(t, s, path, "If-None-Match", `"other"`); other.StatusCode != http.StatusOK {
			t.Errorf("%s with another tag: %s", path, other.Status)
		}
		packed := get(t, s, path, "Accept-Encoding", "gzip")
		if packed.Header.Get("Content-Encoding") == "gzip" {
			if packed.Header.Get("ETag") == tag {
				t.Errorf("%s: two encodings have one strong ETag", path)
			}
			again := get(t, s, path, "Accept-Encoding", "gzip", "If-None-Match", packed.Header.Get("ETag"))
			if again.StatusCode != http.StatusNotModified {
				t.Errorf("%s compressed: %s", path, again.Status)
			}
		}
	}
}

func TestWhatIsNotThereIsNeverUnchanged(t *testing.T) {
	s := realServer(t)
	tag := get(t, s, "/api/collections/stops/items/yunnan.bangkok").Header.Get("ETag")
	for _, path := range []string{"/api/collections/stops/items/none", "/api/routes/none", "/routes/none"} {
		for _, match := range []string{tag, "*"} {
			if a := get(t, s, path, "If-None-Match", match); a.StatusCode != http.StatusNotFound || a.Header.Get("ETag") != "" {
				t.Errorf("%s with %s: %s, ETag %q", path, match, a.Status, a.Header.Get("ETag"))
			}
		}
	}
}

// After an upgrade, or under another address, the same content gives other answers.
func TestAnotherProgramHasOtherETags(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	tags := map[string]bool{}
	for _, c := range []server.Config{
		{Store: db, Version: "1", Basemap: basemap(t), BaseURL: baseURL},
		{Store: db, Version: "2", Basemap: basemap(t), BaseURL: baseURL},
		{Store: db, Version: "2", Basemap: basemap(t), BaseURL: "https://other.example.org"},
		{Store: db, Version: "2", Basemap: basemap(t), BaseURL: baseURL, Languages: []string{"en", "th"}},
		{Store: db, Version: "2", Basemap: basemap(t), BaseURL: baseURL, Languages: []string{"th", "en"}},
	} {
		s, err := server.New(c)
		if err != nil {
			t.Fatal(err)
		}
		tags[get(t, s, "/api/routes").Header.Get("ETag")] = true
	}
	if len(tags) != 5 {
		t.Errorf("five programs give %d ETags", len(tags))
	}
}

func TestLanguagesHaveTheirOwnETags(t *testing.T) {
	s := realServer(t)
	tags := map[string]bool{}
	for _, lang := range []string{"en", "zh-Hans", "th", "my"} {
		tags[get(t, s, "/routes/yunnan?lang="+lang).Header.Get("ETag")] = true
	}
	if len(tags) != 4 {
		t.Errorf("four languages have %d ETags", len(tags))
	}
}

func TestCompression(t *testing.T) {
	s := realServer(t)
	a := get(t, s, "/api/collections/stops/items", "Accept-Encoding", "gzip")
	if a.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(a.Header.Values("Vary"), ","), "Accept-Encoding") {
		t.Fatalf("encoding %q, vary %v", a.Header.Get("Content-Encoding"), a.Header.Values("Vary"))
	}
	z, err := gzip.NewReader(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil || string(plain) != get(t, s, "/api/collections/stops/items").body {
		t.Errorf("the compressed answer is another one: %v", err)
	}
}

func TestHeadersOfSafety(t *testing.T) {
	s := realServer(t)
	for _, path := range []string{"/", "/routes/yunnan", "/routes/none", "/api/routes", "/api/nothing", "/embed/yunnan.json", "/healthz"} {
		h := get(t, s, path).Header
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Permissions-Policy") == "" {
			t.Errorf("%s: %v", path, h)
		}
		if len(h.Values("Set-Cookie")) > 0 {
			t.Errorf("%s sets a cookie", path)
		}
	}
}

func TestOtherOriginsMayReadTheAPIOnly(t *testing.T) {
	s := realServer(t)
	if h := get(t, s, "/api/routes", "Origin", "https://elsewhere.example").Header; h.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("the API: %q", h.Get("Access-Control-Allow-Origin"))
	}
	if h := get(t, s, "/", "Origin", "https://elsewhere.example").Header; h.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("a page: %q", h.Get("Access-Control-Allow-Origin"))
	}
}

func TestHeadAnswersLikeGet(t *testing.T) {
	s := httptest.NewServer(realServer(t))
	defer s.Close()
	for _, path := range []string{"/", "/routes/yunnan", "/api/routes/yunnan", "/api/collections/stops/items", "/healthz", "/routes/none"} {
		res, err := http.Head(s.URL + path) //nolint:noctx // a test of our own server on loopback
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		want := get(t, s.Config.Handler, path)
		if res.StatusCode != want.StatusCode || res.Header.Get("Content-Type") != want.Header.Get("Content-Type") {
			t.Errorf("%s: HEAD %s, GET %s", path, res.Status, want.Status)
		}
	}
}

func TestRouteDocument(t *testing.T) {
	s := realServer(t)
	var d struct {
		ID           string
		AsOf         int  `json:"as_of"`
		Historical   bool `json:"historical"`
		Licence      string
		BoundaryNote string `json:"boundary_note"`
		Route        routes.Route
		Sources      []routes.Source
		Languages    []routes.Language
		Features     map[string]collection
	}
	if err := json.Unmarshal([]byte(get(t, s, "/api/routes/yunnan?lang=my").body), &d); err != nil {
		t.Fatal(err)
	}
	if d.ID != "yunnan" || d.AsOf != 2008 || !d.Historical || d.Licence != "CC-BY-4.0" || d.BoundaryNote == "" || len(d.Sources) != 1 {
		t.Errorf("%+v", d)
	}
	if len(d.Route.Stops) != 6 || len(d.Features["stops"].Features) != 6 || len(d.Features["legs"].Features) != 5 {
		t.Errorf("%d stops, %d and %d features", len(d.Route.Stops), len(d.Features["stops"].Features), len(d.Features["legs"].Features))
	}
	if p := d.Features["stops"].Features[0].Properties; p["lang"] != "my" || p["draft"] != true {
		t.Errorf("in Burmese: %v", p)
	}
	for _, l := range d.Languages {
		if l.Code != "en" && l.Status != routes.Draft {
			t.Errorf("%s is %s", l.Code, l.Status)
		}
	}
}

func TestHealth(t *testing.T) {
	s := realServer(t)
	for _, path := range []string{"/healthz", "/readyz"} {
		if a := get(t, s, path); a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

func FuzzItemsQuery(f *testing.F) {
	s := realServer(f)
	for _, q := range []string{
		"limit=1", "bbox=1,2,3,4", "cursor=eyJyIjoxfQ", "lang=zh", "route=yunnan", "bbox=%ff", "lang=" + strings.Repeat("a-", 99), "datetime=2004-01-01/..",
		"sortby=-as_of,title", "sortby=title&cursor=eyJyIjo1LCJzIjoidGl0bGUiLCJrIjpbImEiXX0", "role=*transit*", "title=[a-", "seq=1e3", "one_of=true", "f=html",
		"f=html&role=", "offset=5",
	} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		u := url.URL{Path: "/api/collections/stops/items", RawQuery: query}
		if _, err := http.NewRequest(http.MethodGet, u.String(), nil); err != nil { //nolint:noctx // it is never sent
			t.Skip("no request line")
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.URL = &u
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest && w.Code != http.StatusSeeOther {
			t.Errorf("?%s: %d %s", query, w.Code, w.Body)
		}
		if strings.Contains(w.Header().Get("Content-Type"), "json") && !json.Valid(w.Body.Bytes()) {
			t.Errorf("?%s: %s", query, w.Body)
		}
	})
}

// Data, addresses and the search keep what was typed.
func TestHeadingsCurveApostrophesAndKeepNamesInOneLine(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		p.Routes[0].Title = routes.Text{"en": "From China's 'north' to the Thai-Malaysian border - 2008"}
	})
	want := "From China’s &#39;north&#39; to the Thai\u2011Malaysian border - 2008"
	for _, where := range []string{"/?lang=en", "/routes/yunnan?lang=en", "/embed/yunnan?lang=en"} {
		body := get(t, s, where).body
		if !strings.Contains(body, want+"</") {
			t.Errorf("%s: no heading says %q", where, want)
		}
	}
	if body := get(t, s, "/routes/yunnan?lang=en").body; !strings.Contains(body, "<title>From China&#39;s &#39;north&#39; to the Thai-Malaysian border") {
		t.Error("the page's title is not as it was typed")
	}
}
