package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"corridor/download"
	"corridor/static"
	"corridor/store"
)

// A file whose making panics leaves the turn to the next, and nothing in the folder for temporary files.
func TestAPanicLeavesTheTurnToTheNextFile(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "content.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := &Server{
		Config: Config{Store: db, Now: time.Now, Log: slog.New(slog.DiscardHandler)}, making: newQueue(0), renderer: newRenderer(),
		tags: []string{"en"}, strings: map[string]static.Strings{}, addresses: served{"https://map.example.org"},
	}
	s.matcher = matcherOf(s.tags)
	format, _ := download.ByExtension("gpkg")
	making := s.recoverer(s.api(func(w http.ResponseWriter, r *http.Request) error {
		return s.downloadMade(w, r, fileOf{}, format) // a file of no collection has no name
	}))
	for range 2 {
		w := httptest.NewRecorder()
		making.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
		if w.Code != http.StatusInternalServerError {
			t.Fatalf("the answer is %d", w.Code)
		}
	}
	leave, err := s.making.enter(t.Context())
	if err != nil {
		t.Fatalf("the next has no turn: %v", err)
	}
	leave()
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
