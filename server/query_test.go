package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// A query that cannot be read whole is refused: without what cannot be read, the answer would hold what nobody asked for.
func TestAQueryThatCannotBeReadIsRefused(t *testing.T) {
	s := realServer(t)
	programs := []string{
		"/api?%s", "/api/collections?%s", "/api/collections/stops?%s", "/api/collections/stops/items?%s", "/api/collections/stops/items?f=json&%s",
		"/api/collections/stops/download.csv?%s", "/api/collections/stops/download.gpkg?%s", "/api/routes?%s", "/api/routes/yunnan?%s",
		"/api/routes/yunnan/download.csv?%s", "/api/search?q=bangkok&%s", "/api/geocode?q=bangkok&%s", "/tiles/stops.json?%s", "/tiles/stops/0/0/0.mvt?%s",
		"/oembed?url=x&%s", "/embed/yunnan.json?%s", "/routes/yunnan.svg?%s", "/routes/yunnan/lesson.json?%s", "/live/ABCDEFG/state?%s",
	}
	pages := []string{
		"/?%s", "/search?q=bangkok&%s", "/routes/yunnan?%s", "/routes/yunnan/handout?%s", "/embed/yunnan?%s", "/live?%s", "/live/ABCDEFG?%s",
		"/api/collections/stops/items?f=html&%s",
	}
	for _, broken := range []string{"role=origin;%20recruitment", "role=%zz", "foo;bar", "bbox=97;20;106;29", "role=%", "%e=1"} {
		for form, list := range map[string][]string{"application/problem+json": programs, "text/html; charset=utf-8": pages} {
			for _, path := range list {
				a := get(t, s, strings.Replace(path, "%s", broken, 1))
				if a.StatusCode != http.StatusBadRequest || a.Header.Get("Content-Type") != form || !strings.Contains(a.body, "%3B") || !strings.Contains(a.body, "%25") {
					t.Errorf("%s with %s: %s, %s: %.200s", path, broken, a.Status, a.Header.Get("Content-Type"), a.body)
				}
			}
		}
	}
	for _, whole := range []string{"role=origin%3B%20recruitment", "place=100%25", "role=%E6%9B%BC", "place=;"[:6]} {
		if a := get(t, s, "/api/collections/stops/items?"+whole); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", whole, a.Status)
		}
	}
}
