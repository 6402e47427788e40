package live_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"corridor/live"
)

const wrongCode = "2222222"

func TestGuessingIsSlow(t *testing.T) {
	ctx := context.Background()
	clock := newClock()
	h := hub(t, func(c *live.Config) { c.Now, c.GuessDelay = clock.now, time.Millisecond })
	s, _ := begin(t, h)
	guess := func(address string) error { _, err := h.Find(ctx, wrongCode, address); return err }
	for i := range 30 {
		if err := guess("room"); !errors.Is(err, live.ErrUnknown) {
			t.Fatalf("wrong code %d: %v", i+1, err)
		}
	}
	if err := guess("room"); !errors.Is(err, live.ErrGuessing) {
		t.Errorf("after 30 wrong codes: %v, want ErrGuessing", err)
	}
	if err := guess("elsewhere"); !errors.Is(err, live.ErrUnknown) {
		t.Errorf("another address: %v", err)
	}
	for range 100 { // a room that shares the address of someone who guesses
		if _, err := h.Find(ctx, s.Code, "room"); err != nil {
			t.Fatalf("the right code: %v", err)
		}
	}
	clock.pass(3 * time.Minute)
	h.Sweep(ctx)
	if err := guess("room"); !errors.Is(err, live.ErrUnknown) {
		t.Errorf("three minutes later: %v", err)
	}
}

// However many others guess, whoever has the right code is let in at once: nothing here would wait for less than an hour.
func TestARightCodeIsNotKeptOutByOthers(t *testing.T) {
	h := hub(t, func(c *live.Config) { c.GuessDelay = time.Hour })
	s, _ := begin(t, h)
	guessing, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	var lanes sync.WaitGroup
	for i := range 20 {
		address := fmt.Sprint("127.0.1.", i)
		for range 30 {
			if _, err := h.Find(guessing, wrongCode, address); !errors.Is(err, live.ErrUnknown) {
				t.Fatalf("%s: %v", address, err)
			}
		}
		for range 2 {
			lanes.Go(func() { _, _ = h.Find(guessing, wrongCode, address) })
		}
	}
	soon, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for i := range 40 { // a room behind one address
		if _, err := h.Find(soon, s.Code, "127.0.0.3"); err != nil {
			t.Fatalf("the right code, typed for the %d. time: %v", i+1, err)
		}
	}
	stop()
	lanes.Wait()
}

// While the lanes are full of guesses, the presenter, who is in and who has scanned the code are let in at once.
func TestKeysGoByTheLanes(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	h := hub(t, func(c *live.Config) { c.GuessDelay = time.Hour })
	s, secret := begin(t, h)
	for range 30 {
		_, _ = h.Find(ctx, wrongCode, "room")
	}
	const waiting = 2
	var guessing sync.WaitGroup
	for range waiting {
		guessing.Go(func() {
			for ctx.Err() == nil {
				_, _ = h.Find(ctx, wrongCode, "room")
			}
		})
	}
	late, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	for { // until every lane is taken, a wrong code waits in one itself
		hurry, give := context.WithTimeout(late, time.Millisecond)
		_, err := h.Find(hurry, wrongCode, "room")
		give()
		if errors.Is(err, live.ErrGuessing) {
			break
		}
		if late.Err() != nil {
			t.Fatal("the lanes never filled")
		}
	}
	for _, right := range [][]string{{s.Pass()}, {secret}, {"", secret}, {s.Pass(), "x" + secret[1:]}} {
		if _, err := h.Find(ctx, s.Code, "room", right...); err != nil {
			t.Errorf("with the keys %q: %v", right, err)
		}
	}
	for _, wrong := range [][]string{nil, {""}, {"x" + s.Pass()[1:], "x" + secret[1:]}} {
		if _, err := h.Find(ctx, s.Code, "room", wrong...); !errors.Is(err, live.ErrGuessing) {
			t.Errorf("with the keys %q: %v, want ErrGuessing", wrong, err)
		}
	}
	if _, err := h.Find(ctx, s.Code, "elsewhere"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	cancel()
	guessing.Wait()
}
