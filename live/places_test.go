package live

import (
	"errors"
	"testing"
	"time"
)

// An idle session makes way once, also while its end waits to be written.
func TestAnIdleSessionMakesWayOnce(t *testing.T) {
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	h := &Hub{Config: Config{Most: 1, MostByAddress: 9, Now: func() time.Time { return at }}, sessions: map[string]*Session{}}
	opened := func() record { return record{State: State{Seq: 1}, Created: at, Moved: at} }
	first, _, err := h.add("room", opened())
	if err != nil {
		t.Fatal(err)
	}
	at = at.Add(idleAfter)
	if _, idle, err := h.add("room", opened()); idle != first || err != nil {
		t.Fatalf("the idle session does not make way: %v", err)
	}
	if _, _, err := h.add("room", opened()); !errors.Is(err, ErrFull) {
		t.Errorf("the same place is given to two: %v", err)
	}
}
