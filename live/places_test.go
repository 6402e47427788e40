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

// More than a thousand followers get their signs of life more slowly.
func TestTheBeatOfManyFollowersIsSlow(t *testing.T) {
	var s Session
	for followers, want := range map[int64]time.Duration{0: beat, 1: beat, 1000: beat, 1001: slowBeat, 20_000: slowBeat} {
		s.followers.Store(followers)
		if every, sign := s.beat(); every != want || sign != map[time.Duration]string{beat: beatEvent, slowBeat: slowBeatEvent}[want] {
			t.Errorf("%d followers: every %s %q, want every %s", followers, every, sign, want)
		}
	}
}

// What is kept of a voter has the session's salt in it: nobody can find out from it which ballot has answered.
func TestVotersAreSalted(t *testing.T) {
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	kept := map[voter]bool{}
	for _, salt := range []string{"one salt", "another"} {
		h := &Hub{Config: Config{Now: func() time.Time { return at }}, votes: newRate(func() time.Time { return at }, votesPerMinute)}
		s := &Session{hub: h, voters: map[voter]struct{}{}, record: record{
			Salt: salt, State: State{Open: "quiz"}, Outline: Outline{Polls: []Poll{{ID: "quiz", Answers: []string{"a"}}}}, Totals: map[string]map[string]int{},
		}}
		random := "aaaaaaaaaaaaaaaaaaaaaa"
		if err := s.Vote("room", Vote{Token: random + s.proof(random), Poll: "quiz", Answer: "a"}); err != nil {
			t.Fatal(err)
		}
		unsalted := voter(hashOf("quiz", random+s.proof(random))[:len(voter{})])
		if _, ok := s.voters[unsalted]; ok || len(s.voters) != 1 {
			t.Errorf("%d voters are kept, one of them without a salt: %t", len(s.voters), ok)
		}
		for who := range s.voters {
			kept[who] = true
		}
	}
	if len(kept) != 2 {
		t.Error("two sessions keep the same voter")
	}
}
