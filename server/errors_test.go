package server_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"corridor/geo/gazetteer"
	"corridor/server"
)

// What fails inside is told as that, whatever is missing, and its error is not kept as the answer that it stands for.
func TestAMissingFolderIsNotToldAsAMissingIndex(t *testing.T) {
	s := realServer(t)
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	a := get(t, s, "/api/collections/stops/download.gpkg")
	if a.StatusCode != http.StatusInternalServerError || strings.Contains(a.body, "gazetteer") || strings.Contains(a.body, "none") {
		t.Errorf("%s: %s", a.Status, a.body)
	}
	if h := a.Header; h.Get("Cache-Control") != "no-store" || h.Get("ETag")+h.Get("Content-Disposition")+h.Get("Accept-Ranges") != "" {
		t.Errorf("the error has the headers %v", h)
	}
}

// An index that is not there or not of this version is told as one that is missing, without the file's name.
func TestAnIndexThatCannotBeUsed(t *testing.T) {
	for name, cause := range map[string]error{"missing": fs.ErrNotExist, "of another version": gazetteer.ErrIndex} {
		s := serverWith(t, func(c *server.Config) {
			c.Gazetteer = func() (*gazetteer.Index, error) { return nil, fmt.Errorf("/a/secret/path: %w", cause) }
		})
		a := get(t, s, "/api/geocode?q=Bangkok")
		if a.StatusCode != http.StatusServiceUnavailable || !strings.Contains(a.body, "--gazetteer") || strings.Contains(a.body, "secret") || a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: %s: %s", name, a.Status, a.body)
		}
	}
}
