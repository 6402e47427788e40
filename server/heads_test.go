package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// Whatever answers GET answers HEAD alike, but for the body.
func TestEveryAddressThatAnswersGetAnswersHead(t *testing.T) {
	s := realServer(t)
	patterns, err := s.ReadPatterns()
	if err != nil || len(patterns) < 50 {
		t.Fatalf("%v: %v", patterns, err)
	}
	fill := strings.NewReplacer(
		"/lessons/{id}", "/lessons/yunnan", "{id}", "yunnan", "{collection}", "stops", "{extension}", "csv", "{fid}", "yunnan.bangkok",
		"{code}", "ABCDEFG", "{z}", "3", "{x}", "6", "{file}", "3.mvt", "{part}", "1", "*", "manifest.json",
	)
	audience, err := s.Audience()
	if err != nil {
		t.Fatal(err)
	}
	answersHead := func(h http.Handler, path string) {
		got, head := get(t, h, path), ask(t, h, http.MethodHead, path)
		if head.StatusCode != got.StatusCode || got.StatusCode == http.StatusMethodNotAllowed || head.Header.Get("Content-Type") != got.Header.Get("Content-Type") {
			t.Errorf("HEAD %s: %s, %s; GET: %s, %s", path, head.Status, head.Header.Get("Content-Type"), got.Status, got.Header.Get("Content-Type"))
		}
	}
	for _, pattern := range patterns {
		path := fill.Replace(pattern)
		answersHead(s, path)
		if strings.HasPrefix(path, "/live") {
			answersHead(audience, path)
		}
		if bare := strings.TrimSuffix(path, "/"); bare != "" && bare != path { // the first address of a table within the table
			answersHead(s, bare)
		}
	}
}
