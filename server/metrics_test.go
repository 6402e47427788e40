package server_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"corridor/server"
)

func TestRequestsAreMeasuredAtOnce(t *testing.T) {
	s := serverWith(t, func(c *server.Config) { c.Measured, c.Version = true, `1 "x"` })
	script := between(get(t, s, "/").body, `src="`, `"`)
	tile := between(get(t, s, "/tiles/basemap.json").body, baseURL, `"`)
	tile = strings.NewReplacer("{z}", "3", "{x}", "6", "{y}", "3").Replace(tile)
	targets := []string{script, tile, "/routes/yunnan", "/routes/none", "/nowhere", "/api/search?q=secretword", "/embed/yunnan?secretword=1", "/live/ABCDEFG"}
	const each = 4
	var all sync.WaitGroup
	for range each {
		for _, target := range targets {
			all.Go(func() { get(t, s, target) })
		}
	}
	all.Wait()
	a := get(t, s.Metrics(), "/metrics")
	if a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "text/plain; version=0.0.4; charset=utf-8" {
		t.Fatalf("%s, %v", a.Status, a.Header)
	}
	values := samples(t, a.body)
	for sample, want := range map[string]float64{
		`corridor_http_requests_total{route="/assets/*",status="200"}`:                     each,
		`corridor_http_requests_total{route="/tiles/basemap/{z}/{x}/{file}",status="200"}`: each,
		`corridor_http_requests_total{route="/routes/{id}",status="200"}`:                  each,
		`corridor_http_requests_total{route="/routes/{id}",status="404"}`:                  each,
		`corridor_http_requests_total{route="none",status="404"}`:                          each,
		`corridor_http_requests_total{route="/api/search",status="200"}`:                   each,
		`corridor_http_requests_total{route="/embed/{id}",status="400"}`:                   each,
		`corridor_http_requests_total{route="/live/{code}",status="404"}`:                  each,
		`corridor_http_request_duration_seconds_bucket{route="/routes/{id}",le="+Inf"}`:    2 * each,
		`corridor_http_request_duration_seconds_count{route="/routes/{id}"}`:               2 * each,
		`corridor_build_info{version="1 \"x\""}`:                                           1,
		`corridor_database_up`:                                                             1,
		`corridor_live_sessions`:                                                           0,
	} {
		if got, ok := values[sample]; !ok || got != want {
			t.Errorf("%s is %v, want %v", sample, got, want)
		}
	}
	for _, told := range []string{"secretword", "192.0.2.1", "yunnan", "ABCDEFG"} {
		if strings.Contains(a.body, told) {
			t.Errorf("the metrics tell %q", told)
		}
	}
	for _, path := range []string{"/", "/healthz"} {
		if a := get(t, s.Metrics(), path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s on the operator's listener: %s", path, a.Status)
		}
	}
	if a := get(t, s, "/metrics"); a.StatusCode != http.StatusNotFound {
		t.Errorf("readers get the metrics: %s", a.Status)
	}
}

// samples reads text in the format of Prometheus and holds it against its rules: each metric is described once, before its values,
// and the classes of a histogram only grow.
func samples(t *testing.T, text string) map[string]float64 {
	t.Helper()
	line := regexp.MustCompile(`^([a-z_]+)(?:\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\})? [-+0-9.eInf]+$`)
	values, family, seen, before := map[string]float64{}, "", map[string]bool{}, 0.0
	for at := range strings.Lines(text) {
		at = strings.TrimSuffix(at, "\n")
		if described, ok := strings.CutPrefix(at, "# HELP "); ok {
			family, _, _ = strings.Cut(described, " ")
			if seen[family] {
				t.Errorf("%s is described twice", family)
			}
			seen[family] = true
			continue
		}
		if strings.HasPrefix(at, "# TYPE "+family+" ") {
			continue
		}
		name := line.FindStringSubmatch(at)
		if name == nil || !strings.HasPrefix(name[1], family) {
			t.Errorf("%q is no value of %s", at, family)
			continue
		}
		i := strings.LastIndex(at, " ")
		value, err := strconv.ParseFloat(at[i+1:], 64)
		if _, twice := values[at[:i]]; err != nil || twice {
			t.Errorf("%q: %v, twice: %t", at, err, twice)
		}
		values[at[:i]] = value
		if bucket := strings.Contains(at, `,le="`); bucket && !strings.Contains(at, `,le="0.005"`) && value < before {
			t.Errorf("%q is less than what came before it", at)
		}
		before = value
	}
	return values
}

// A stream takes its connection from net/http, which must still be had through what measures it.
func TestAStreamIsMeasured(t *testing.T) {
	s := newStage(t, func(c *server.Config) { c.Measured = true })
	_, next := s.follow()
	next()
	values := samples(t, get(t, s.server.Metrics(), "/metrics").body)
	for _, name := range []string{"corridor_live_sessions", "corridor_live_followers", `corridor_http_requests_total{route="/live",status="201"}`} {
		if values[name] != 1 {
			t.Errorf("%s is %v", name, values[name])
		}
	}
}
