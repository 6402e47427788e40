package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"corridor/store"
)

type keptSession struct {
	code, body string
	voters     int
}

func keptSessions(t *testing.T, s *store.Store) []keptSession {
	t.Helper()
	var list []keptSession
	err := s.ReadSessions(context.Background(), func(code string, body []byte, voters [][]byte) error {
		list = append(list, keptSession{code, string(body), len(voters)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestSessionsAreKept(t *testing.T) {
	ctx := context.Background()
	s, path := temporary(t)
	until := time.Unix(5000, 0)
	for _, err := range []error{
		s.SaveSession(ctx, "B", until, []byte(`{"n":1}`), [][]byte{{1}, {2}}),
		s.SaveSession(ctx, "B", until, []byte(`{"n":2}`), [][]byte{{2}, {3}}), // a voter comes twice when a write is tried again
		s.SaveSession(ctx, "A", until.Add(time.Hour), []byte(`{}`), nil),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	other := open(t, path)
	got := keptSessions(t, other)
	if want := []keptSession{{"A", "{}", 0}, {"B", `{"n":2}`, 3}}; len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Fatalf("kept %v, want %v", got, want)
	}
	if err := s.EndSession(ctx, "B", []byte(`{"ended":true}`)); err != nil {
		t.Fatal(err)
	}
	if got := keptSessions(t, s); got[1] != (keptSession{"B", `{"ended":true}`, 0}) {
		t.Errorf("after its end %v is kept; its voters must go", got[1])
	}
	if err := s.EndSession(ctx, "C", nil); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("ending no session: %v, want ErrNotFound", err)
	}
	if err := s.DropSessions(ctx, until.Add(-time.Second)); err != nil || len(keptSessions(t, s)) != 2 {
		t.Errorf("dropped before its time: %v", err)
	}
	if err := s.DropSessions(ctx, until); err != nil || len(keptSessions(t, s)) != 1 {
		t.Errorf("not dropped in its time: %v", err)
	}
}

// The version of the content makes ETags; a session must not make every page stale.
func TestASessionLeavesTheContentsVersion(t *testing.T) {
	s, _ := temporary(t)
	before := version(t, s)
	if err := s.SaveSession(context.Background(), "A", time.Unix(1, 0), []byte(`{}`), nil); err != nil {
		t.Fatal(err)
	}
	if version(t, s) != before {
		t.Error("a session changed the version of the content")
	}
}

// SQLite waits for who writes, such as an import, for minutes, and a context that ends does not wake it.
func TestASessionWaitsForOthersNoLongerThanItMay(t *testing.T) {
	ctx := context.Background()
	s, path := temporary(t)
	importing, err := opened(t, path).BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := importing.ExecContext(ctx, `UPDATE meta SET value = value`); err != nil {
		t.Fatal(err)
	}
	save := func(ctx context.Context) error { return s.SaveSession(ctx, "A", time.Unix(1, 0), []byte(`{}`), nil) }
	for _, write := range []func(context.Context) error{
		save,
		func(ctx context.Context) error { return s.EndSession(ctx, "A", nil) },
		func(ctx context.Context) error { return s.DropSessions(ctx, time.Unix(1, 0)) },
	} {
		short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
		if err := write(short); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("written while another writes: %v", err)
		}
		cancel()
	}
	written := make(chan error)
	go func() { written <- save(ctx) }()
	if err := importing.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-written; err != nil {
		t.Errorf("written after another: %v", err)
	}
}
