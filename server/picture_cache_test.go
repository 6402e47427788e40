package server

import (
	"bytes"
	"errors"
	"io"
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

// embeds answers the features of embeds, of a server whose queue has so many seats, for the readers of an address.
func embeds(t *testing.T, waiting int, log io.Writer) (s *Server, status func(reader string) int) {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "content.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s = &Server{
		Config: Config{Store: db, Now: time.Now, Log: slog.New(slog.NewTextHandler(log, nil))}, tags: []string{"en"},
		strings: map[string]static.Strings{}, pictures: &pictures{cache: newPictureCache(1 << 20), queue: newQueue(waiting)},
	}
	s.matcher = matcherOf(s.tags)
	web := chi.NewRouter()
	web.Get("/embed/{id}.json", s.api(s.embedFeatures))
	return s, func(reader string) int {
		w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/embed/all.json", nil)
		r.RemoteAddr = reader + ":4711"
		web.ServeHTTP(w, r)
		return w.Code
	}
}

// The shapes of an embed are made coarse one embed after the other, as pictures are drawn: many that are asked for at once leave room
// for pages, and what was made is answered without a turn.
func TestEmbedsTakeTheirTurnAsPicturesDo(t *testing.T) {
	var log bytes.Buffer
	s, statusOf := embeds(t, 0, &log)
	status := func() int { return statusOf("192.0.2.1") }
	leave, err := s.pictures.queue.enter(t.Context(), "")
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
	if leave, err = s.pictures.queue.enter(t.Context(), ""); err != nil {
		t.Fatal("the embed keeps its turn", err)
	}
	defer leave()
	if got := status(); got != http.StatusOK {
		t.Errorf("what was made before: %d", got)
	}
	if log.Len() > 0 {
		t.Errorf("who asks for more than there is room for fills the log: %s", &log)
	}
}

// A reader who asks for many pictures at once keeps no other from theirs.
func TestAReaderWhoAsksForManyPicturesMakesRoom(t *testing.T) {
	s, status := embeds(t, 2, io.Discard)
	leave, err := s.pictures.queue.enter(t.Context(), "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	var many [2]seat
	for i := range many {
		if many[i], err = s.pictures.queue.sit("192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	if got := status("192.0.2.1"); got != http.StatusServiceUnavailable {
		t.Errorf("who has all seats asks for more: %d", got)
	}
	answered := make(chan int)
	go func() { answered <- status("192.0.2.2") }()
	select {
	case err := <-many[1]:
		if !errors.Is(err, errBusy) {
			t.Errorf("the last of many: %v, want errBusy", err)
		}
	case got := <-answered:
		t.Fatalf("another reader: %d", got)
	}
	leave()
	leave()
	if got := <-answered; got != http.StatusOK {
		t.Errorf("another reader: %d", got)
	}
}
