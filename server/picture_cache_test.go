package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"corridor/static"
	"corridor/store"
)

// The shapes of an embed are made coarse one embed after the other, as pictures are drawn: many that are asked for at once leave room
// for pages, and what was made is answered without a turn.
func TestEmbedsTakeTheirTurnAsPicturesDo(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "content.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := &Server{
		Config: Config{Store: db, Now: time.Now, Log: slog.New(slog.DiscardHandler)}, tags: []string{"en"}, strings: map[string]static.Strings{},
		pictures: &pictures{cache: newPictureCache(1 << 20), queue: newQueue(0)},
	}
	s.matcher = matcherOf(s.tags)
	web := chi.NewRouter()
	web.Get("/embed/{id}.json", s.api(s.embedFeatures))
	status := func() int {
		w := httptest.NewRecorder()
		web.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/embed/all.json", nil))
		return w.Code
	}
	leave, err := s.pictures.queue.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := status(); got != http.StatusServiceUnavailable {
		t.Errorf("while a picture is drawn and nobody may wait: %d", got)
	}
	leave()
	if got := status(); got != http.StatusOK {
		t.Errorf("when it is drawn: %d", got)
	}
	if leave, err = s.pictures.queue.enter(t.Context()); err != nil {
		t.Fatal("the embed keeps its turn", err)
	}
	defer leave()
	if got := status(); got != http.StatusOK {
		t.Errorf("what was made before: %d", got)
	}
}
