package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// Who asks in a way that an address does not have is told which it has, and OPTIONS tells the same without an error.
func TestAnAddressSaysWhichMethodsItHas(t *testing.T) {
	s := realServer(t)
	const read = "GET, HEAD, OPTIONS"
	for path, want := range map[string]string{
		"/": read, "/routes/yunnan": read, "/routes/yunnan.svg": read, "/routes/yunnan/lesson.json": read, "/embed/yunnan": read,
		"/embed/yunnan.json": read, "/oembed": read, "/healthz": read, "/api": read, "/api/": read, "/api/routes/yunnan": read,
		"/api/collections/stops/items": read, "/api/collections/stops/download.csv": read, "/tiles/basemap/3/6/3.mvt": read,
		"/tiles/stops/0/0/0.mvt": read, "/assets/manifest.json": read, "/live": "GET, HEAD, POST, OPTIONS", "/live/ABCDEFG": "GET, HEAD, DELETE, OPTIONS",
		"/live/ABCDEFG/state": "GET, HEAD, PUT, OPTIONS", "/live/ABCDEFG/votes": "POST, OPTIONS",
	} {
		patched := ask(t, s, http.MethodPatch, path)
		for _, method := range []string{http.MethodPatch, http.MethodTrace, "PROPFIND", "FOO"} {
			a := ask(t, s, method, path)
			if a.StatusCode != http.StatusMethodNotAllowed || a.Header.Get("Allow") != want {
				t.Errorf("%s %s: %s, %q, want %q", method, path, a.Status, a.Header.Get("Allow"), want)
			}
			if got, like := a.Header.Get("Content-Type"), patched.Header.Get("Content-Type"); got != like {
				t.Errorf("%s %s answers %s, and PATCH %s", method, path, got, like)
			}
		}
		program := path == "/oembed" || path == "/embed/yunnan.json" || strings.HasPrefix(path, "/api") || strings.HasPrefix(path, "/live") || strings.HasPrefix(path, "/tiles")
		if got := patched.Header.Get("Content-Type"); (got == "application/problem+json") != program {
			t.Errorf("PATCH %s answers %s", path, got)
		}
		if a := ask(t, s, http.MethodOptions, path); a.StatusCode != http.StatusNoContent || a.Header.Get("Allow") != want || a.body != "" {
			t.Errorf("OPTIONS %s: %s, %q, want %q", path, a.Status, a.Header.Get("Allow"), want)
		}
	}
	for _, path := range []string{"/nothing", "/api/nothing", "/tiles/x"} {
		kind := get(t, s, path).Header.Get("Content-Type")
		for _, method := range []string{http.MethodPost, http.MethodOptions, "PROPFIND"} {
			if a := ask(t, s, method, path); a.StatusCode != http.StatusNotFound || a.Header.Get("Allow") != "" || a.Header.Get("Content-Type") != kind {
				t.Errorf("%s %s: %s, %q, %s", method, path, a.Status, a.Header.Get("Allow"), a.Header.Get("Content-Type"))
			}
		}
	}
}

// A script of another site may send what caches and readers of parts send, and look at what they need.
func TestScriptsOfOtherSitesMayReadInPartsAndAskAgain(t *testing.T) {
	s := realServer(t)
	const origin = "https://elsewhere.example"
	headers := []string{"if-none-match", "range", "if-range", "x-requested-with"}
	for _, path := range []string{
		"/api", "/api/collections/stops/items", "/api/collections/stops/download.gpkg", "/tiles/stops/0/0/0.mvt", "/oembed", "/embed/yunnan.json",
	} {
		a := ask(t, s, http.MethodOptions, path, "Origin", origin, "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", strings.Join(headers, ","))
		var allowed []string
		for name := range strings.SplitSeq(a.Header.Get("Access-Control-Allow-Headers"), ",") {
			allowed = append(allowed, strings.ToLower(strings.TrimSpace(name)))
		}
		if a.StatusCode >= 300 || a.Header.Get("Access-Control-Allow-Origin") != "*" || a.Header.Get("Access-Control-Allow-Methods") != "GET" {
			t.Errorf("%s: %s, %v", path, a.Status, a.Header)
		}
		for _, name := range headers {
			if !slices.Contains(allowed, name) {
				t.Errorf("%s refuses %s", path, name)
			}
		}
		if a := ask(t, s, http.MethodOptions, path, "Origin", origin, "Access-Control-Request-Method", "DELETE"); a.Header.Get("Access-Control-Allow-Methods") != "" {
			t.Errorf("%s allows another site DELETE", path)
		}
		if a := ask(t, s, http.MethodOptions, path); a.StatusCode != http.StatusNoContent || a.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: OPTIONS: %s, %v", path, a.Status, a.Header)
		}
	}
	exposed := get(t, s, "/api/collections/stops/download.gpkg").Header.Get("Access-Control-Expose-Headers")
	for _, name := range []string{"ETag", "Link", "Content-Disposition", "Content-Range", "Accept-Ranges", "Retry-After"} {
		if !strings.Contains(exposed, name) {
			t.Errorf("%s is hidden: %s", name, exposed)
		}
	}
	for _, path := range []string{"/", "/routes/yunnan", "/live"} {
		if a := ask(t, s, http.MethodOptions, path, "Origin", origin, "Access-Control-Request-Method", "GET"); a.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s may be read by another site", path)
		}
	}
}

// Programs on the way may escape what needs no escaping, and the address stays the same one (RFC 3986, 6.2.2.2); an escaped slash parts nothing.
func TestAnAddressIsFoundHoweverItIsEscaped(t *testing.T) {
	s := realServer(t)
	for path, want := range map[string]int{
		"/routes/%79unnan": http.StatusOK, "/routes/yunnan%2Esvg": http.StatusOK, "/%72outes/yunnan": http.StatusOK, "/api/collections/%73tops/items": http.StatusOK,
		"/routes%2Fyunnan": http.StatusNotFound, "/routes/yunnan%2Fpresent": http.StatusNotFound, "/assets/%2e%2e/manifest.json": http.StatusNotFound,
		"/assets/..%2fmanifest.json": http.StatusNotFound, "/routes/%00": http.StatusNotFound, "/routes/%2e%2e": http.StatusNotFound,
	} {
		if a := get(t, s, path); a.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, a.Status, want)
		}
	}
}
