package live_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corridor/live"
	"corridor/routes"
)

// importing lets an import write into a database for as long as the test takes.
func importing(t *testing.T, path string) {
	t.Helper()
	db := database(t, path)
	pack := routes.Pack{About: routes.About{ID: "large", Languages: []routes.Language{{Code: "en", Status: routes.Original}}}}
	in, err := db.IntakeOf(pack, []routes.Feature{{Collection: routes.Stops, ID: "large.one"}})
	if err != nil {
		t.Fatal(err)
	}
	writing, end, saved := make(chan struct{}), make(chan struct{}), make(chan error)
	in.Progress = func(int) { close(writing); <-end }
	go func() {
		_, err := db.Save(context.Background(), in)
		saved <- errors.Join(err, in.Close())
	}()
	t.Cleanup(func() {
		close(end)
		if err := <-saved; err != nil {
			t.Error(err)
		}
	})
	<-writing
}

// A server is stopped while an import writes: it would hang for minutes, once for each session in which somebody has answered.
func TestAnImportDoesNotHoldUpTheEnd(t *testing.T) {
	const within = 300 * time.Millisecond
	path := filepath.Join(t.TempDir(), "live.db")
	var log bytes.Buffer
	h := hub(t, func(c *live.Config) {
		c.Sessions, c.SaveTimeout, c.Log = database(t, path), within, slog.New(slog.NewTextHandler(&log, nil))
	})
	var secret string
	var s *live.Session
	for range 3 {
		s, secret = begin(t, h)
		move(t, s, secret, live.Move{Step: "middle", Open: "decision.middle"})
		if err := s.Vote("room", live.Vote{Token: live.Ballot(s), Poll: "decision.middle", Answer: "protection"}); err != nil {
			t.Fatal(err)
		}
	}
	importing(t, path)
	begun := time.Now()
	moved := make(chan error)
	const moves = 20 // a presenter whose move is not answered makes it again
	for range moves {
		go func() {
			_, err := s.Move(context.Background(), secret, live.Move{Step: "goodbye"})
			moved <- err
		}()
	}
	for range moves {
		if err := <-moved; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("moved while somebody writes: %v", err)
		}
	}
	stop(h)
	if took := time.Since(begun); took > moves*within/2 {
		t.Errorf("the end came after %v; nobody may wait longer than %v", took, within)
	}
	if n := strings.Count(log.String(), "votes could not be written"); n != 1 {
		t.Errorf("%d sessions waited one after the other at the end", n)
	}
}
