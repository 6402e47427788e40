package server_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"corridor/routes"
	"corridor/server"
	"corridor/store"
)

const (
	forEver = "public, max-age=31536000, immutable"
	shortly = "public, max-age=0, s-maxage=60, must-revalidate"
)

// pageData finds an address in the data of a page.
func pageAddress(t *testing.T, page, name string) string {
	t.Helper()
	found := regexp.MustCompile(`"` + name + `":"([^"]+)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("the page has no address %s", name)
	}
	return strings.ReplaceAll(found[1], `\u0026`, "&")
}

// Each kind of address says how long it may be kept, by what its answers differ, and which bytes they are.
func TestHeadersForCaches(t *testing.T) {
	s := realServer(t)
	home := get(t, s, "/?lang=en").body
	items := strings.Replace(pageAddress(t, home, "items"), "{collection}", "stops", 1)
	parts := strings.NewReplacer("{pack}", "mekong", "{place}", "interior-provinces").Replace(pageAddress(t, home, "parts"))
	tile := strings.NewReplacer("{z}", "0", "{x}", "0", "{y}", "0").Replace(pageAddress(t, home, "tiles"))
	style := regexp.MustCompile(`/assets/style-\w+\.css`).FindString(home)
	const encoded, accept, language = "Accept-Encoding", "Accept", "Accept-Language"
	for _, tt := range []struct {
		path, kept string
		varies     []string
	}{
		{"/", shortly, []string{encoded, language}},
		{"/?lang=th", shortly, []string{encoded}},
		{"/routes/yunnan", shortly, []string{encoded, language}},
		{"/routes/yunnan?lang=zh-Hans", shortly, []string{encoded}},
		{"/guide?lang=en", shortly, []string{encoded}},
		{"/embed/yunnan?lang=en", shortly, []string{encoded}},
		{"/embed/yunnan.json?lang=en", shortly, []string{encoded}},
		{"/routes/yunnan.svg?lang=en", shortly, []string{encoded}},
		{"/sitemap.xml", shortly, []string{encoded}},
		{style, forEver, []string{encoded}},
		{tile, forEver, []string{encoded}},
		{strings.Split(tile, "?")[0], shortly, []string{encoded}},
		{"/tiles/basemap.json", shortly, nil},
		{items, forEver, []string{encoded}},
		{parts, forEver, []string{encoded}},
		{regexp.MustCompile(`v=\w+`).ReplaceAllString(items, "v=former"), shortly, []string{encoded}},
		{"/api/routes", shortly, []string{encoded}},
		{"/api/routes/yunnan", shortly, []string{encoded}},
		{"/api", shortly, []string{encoded, accept}},
		{"/api?f=json", shortly, []string{encoded}},
		{"/api?f=html&lang=my", shortly, []string{encoded}},
		{"/api?f=html", shortly, []string{encoded, language}},
		{"/api/openapi.json", shortly, []string{encoded}},
		{"/api/collections", shortly, []string{encoded, accept}},
		{"/api/collections/stops", shortly, []string{encoded, accept}},
		{"/api/collections/stops/items", shortly, []string{encoded, accept}},
		{"/api/collections/stops/items?f=html&lang=en", shortly, []string{encoded}},
		{"/api/collections/stops/items/yunnan.bangkok?f=json", shortly, []string{encoded}},
		{"/api/collections/stops/download.csv", shortly, []string{encoded}},
		{"/api/routes/yunnan/download.geojson?lang=th", shortly, []string{encoded}},
		{regexp.MustCompile(`items\?.*&v=`).ReplaceAllString(items, "download.kml?lang=en&v="), forEver, []string{encoded}},
	} {
		for _, origin := range []string{"", "https://elsewhere.example"} {
			a := get(t, s, tt.path, "Origin", origin, "Accept-Encoding", "gzip")
			if lines := a.Header.Values("Vary"); len(lines) > 1 {
				t.Errorf("%s: %d lines say by what it varies, and caches are in use that go by the last one alone: %q", tt.path, len(lines), lines)
			}
			var varies []string
			for _, line := range a.Header.Values("Vary") {
				for name := range strings.SplitSeq(line, ",") {
					varies = append(varies, strings.TrimSpace(name))
				}
			}
			slices.Sort(varies)
			slices.Sort(tt.varies)
			if a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != tt.kept || !slices.Equal(slices.Compact(varies), tt.varies) {
				t.Errorf("%s: %s, %s, varies by %v, want %s, %v", tt.path, a.Status, a.Header.Get("Cache-Control"), varies, tt.kept, tt.varies)
			}
			if tag := a.Header.Get("ETag"); !strings.HasPrefix(tag, `"`) && tt.path != style {
				t.Errorf("%s: the ETag %q is not strong", tt.path, tag)
			}
		}
	}
}

// An embed in a frame without an origin of its own reads what it needs as another site would: a font is asked for with an origin, a
// script and a style without.
func TestFilesOfTheFrontEndAreForEveryFrame(t *testing.T) {
	s := realServer(t)
	style := regexp.MustCompile(`/assets/style-\w+\.css`).FindString(get(t, s, "/").body)
	font := regexp.MustCompile(`/assets/noto-sans-thai-400-\w+\.woff2`).FindString(get(t, s, style).body)
	for path, origins := range map[string]string{style: "", font: "*"} {
		a := get(t, s, path, "Accept-Encoding", "br, gzip")
		if got := a.Header.Get("Access-Control-Allow-Origin"); a.StatusCode != http.StatusOK || got != origins {
			t.Errorf("%s: %s, for the origins %q, want %q", path, a.Status, got, origins)
		}
		if a.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || a.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, a.Header)
		}
		if packed := a.Header.Get("Content-Encoding") != ""; packed != (a.Header.Get("Vary") != "") || packed != (path == style) {
			t.Errorf("%s: packed %q, varies by %q", path, a.Header.Get("Content-Encoding"), a.Header.Get("Vary"))
		}
	}
}

// A browser that takes Zstandard is told like every other that it has the answer already.
func TestEveryEncodingIsRecognised(t *testing.T) {
	s := realServer(t)
	tags := map[string]bool{}
	for _, encoding := range []string{"identity", "gzip", "zstd", "gzip, deflate, br, zstd"} {
		for _, path := range []string{"/", "/api/collections/places/items"} {
			first := get(t, s, path, "Accept-Encoding", encoding)
			tags[path+first.Header.Get("ETag")] = true
			again := get(t, s, path, "Accept-Encoding", encoding, "If-None-Match", first.Header.Get("ETag"))
			if again.StatusCode != http.StatusNotModified || again.Header.Get("ETag") != first.Header.Get("ETag") {
				t.Errorf("%s as %s: %s, %s for %s", path, encoding, again.Status, again.Header.Get("ETag"), first.Header.Get("ETag"))
			}
		}
	}
	if len(tags) != 6 {
		t.Errorf("three encodings of two answers have the tags %v", tags)
	}
}

// A cache that has an answer for readers of one encoding asks with its tag for others too; they must not get what they cannot read.
func TestNobodyIsSentToAnEncodingTheyDoNotTake(t *testing.T) {
	s := realServer(t)
	for _, path := range []string{"/", "/api/collections/places/items", "/tiles/basemap/3/6/3.mvt"} {
		for _, encoding := range []string{"gzip", "zstd"} {
			first := get(t, s, path, "Accept-Encoding", encoding)
			if first.Header.Get("Content-Encoding") != encoding {
				continue // tiles are kept as gzip
			}
			for _, other := range []string{"identity", encoding + ";q=0.0", "br", ""} {
				a := get(t, s, path, "Accept-Encoding", other, "If-None-Match", first.Header.Get("ETag"))
				if a.StatusCode != http.StatusOK || a.Header.Get("Content-Encoding") != "" || a.body == "" {
					t.Errorf("%s as %s, then as %q: %s, %q", path, encoding, other, a.Status, a.Header.Get("Content-Encoding"))
				}
			}
		}
	}
}

// JSON is the same for everybody who asks at its address, whatever their browser would like to read: it does not say that it varies.
func TestDescriptionsOfDataDoNotDependOnTheBrowser(t *testing.T) {
	s := realServer(t)
	for _, path := range []string{
		"/api?f=json", "/api/collections?f=json", "/api/collections/stops?f=json", "/api/collections/stops/schema?f=json", "/api/collections/stops/schema/feature?",
	} {
		for _, lang := range []string{"", "fr", "en-GB", "th"} {
			want := get(t, s, path+"&lang="+lang)
			got := get(t, s, path+"&lang="+lang, "Accept-Language", "my")
			if want.StatusCode != http.StatusOK || got.body != want.body {
				t.Errorf("%s in %q: a reader of Burmese gets another answer, under the ETag %s", path, lang, got.Header.Get("ETag"))
			}
		}
	}
}

// An answer says when it was made; its strong ETag differs with its bytes, and yet nobody fetches the same content twice.
func TestTheTimeOfAnAnswer(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	s := serverWith(t, func(c *server.Config) { c.Now = func() time.Time { return now } })
	const path = "/api/collections/stops/items?f=json"
	items := func() string { return pageAddress(t, get(t, s, "/?lang=en").body, "items") }
	first, kept := get(t, s, path), items()
	if said := decoded[struct{ TimeStamp string }](t, first).TimeStamp; said != "2026-11-01T12:00:00Z" {
		t.Errorf("made at %s", said)
	}
	if same := get(t, s, path); same.Header.Get("ETag") != first.Header.Get("ETag") || same.body != first.body {
		t.Error("the same moment gives other answers")
	}
	now = now.Add(time.Hour)
	later := get(t, s, path)
	if (later.body == first.body) != (later.Header.Get("ETag") == first.Header.Get("ETag")) {
		t.Error("one strong ETag has two answers")
	}
	if again := get(t, s, path, "If-None-Match", first.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("an hour later: %s", again.Status)
	}
	if items() != kept {
		t.Error("an hour later pages name other addresses of data, which everybody has to fetch again")
	}
	now = now.AddDate(1, 0, 0) // a source may have become a historical account
	if again := get(t, s, path, "If-None-Match", first.Header.Get("ETag")); again.StatusCode != http.StatusOK {
		t.Errorf("a year later: %s", again.Status)
	}
	if items() == kept {
		t.Error("a year later pages name data that are kept for ever and do not say what has become old")
	}
}

// changing serves the first pack and gives what imports it again, changed.
func changing(t *testing.T) (s *server.Server, save func(change func(*routes.Pack), n int)) {
	t.Helper()
	var db *store.Store
	s = serverWith(t, func(c *server.Config) { db = c.Store })
	loaded, places := firstPack(t)
	return s, func(change func(*routes.Pack), n int) {
		t.Helper()
		pack := loaded
		pack.About.Attribution += strings.Repeat(" ", n)
		change(&pack)
		for _, p := range pack.Places {
			if _, ok := places[p.ID]; !ok {
				places[p.ID] = places["bangkok"]
			}
		}
		if _, err := db.SavePack(t.Context(), pack, routes.Compile(pack, places)); err != nil {
			t.Fatal(err)
		}
	}
}

// After an import the pages name other addresses, and what a former address names is no longer kept for ever.
func TestAnImportChangesTheAddressesOfData(t *testing.T) {
	s, save := changing(t)
	address := func() string {
		return strings.Replace(pageAddress(t, get(t, s, "/routes/yunnan?lang=en").body, "items"), "{collection}", "stops", 1)
	}
	former := address()
	extent := get(t, s, "/api/collections/places").Header.Get("ETag")
	if kept := get(t, s, former).Header.Get("Cache-Control"); kept != forEver {
		t.Error(kept)
	}
	save(func(*routes.Pack) {}, 1)
	if address() == former {
		t.Error("the address is the same")
	}
	if kept := get(t, s, former).Header.Get("Cache-Control"); kept != shortly {
		t.Errorf("the former address: %s", kept)
	}
	if kept := get(t, s, address()).Header.Get("Cache-Control"); kept != forEver {
		t.Errorf("the new address: %s", kept)
	}
	if get(t, s, "/api/collections/places").Header.Get("ETag") == extent {
		t.Error("the extents' ETag is the same")
	}
}
