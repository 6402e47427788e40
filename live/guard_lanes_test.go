package live

import (
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"
)

// guarded is a guard whose time a test moves.
func guarded() (g *guard, pass func(time.Duration)) {
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	return newGuard(func() time.Time { return at }, time.Second), func(d time.Duration) { at = at.Add(d) }
}

func misses(g *guard, address string, times int) {
	for range times {
		g.miss(address)
	}
}

// An address that guesses has two lanes, and a try for which none is free counts against it alone.
func TestEachSuspectHasItsOwnLanes(t *testing.T) {
	g, _ := guarded()
	misses(g, "a", 30)
	misses(g, "b", 30)
	_, leave, err := g.lane("a")
	if err != nil || leave == nil {
		t.Fatalf("the first lane: %v", err)
	}
	if _, _, err := g.lane("a"); err != nil {
		t.Fatalf("the second lane: %v", err)
	}
	for range 100 {
		if _, _, err := g.lane("a"); !errors.Is(err, ErrGuessing) {
			t.Fatalf("a third lane: %v", err)
		}
	}
	if _, _, err := g.lane("b"); err != nil {
		t.Errorf("the lane of another suspect: %v", err)
	}
	if _, leave, err := g.lane("c"); err != nil || leave != nil {
		t.Errorf("who has guessed nothing waits or is refused: %v", err)
	}
	if all := g.all.held; all != 60 {
		t.Errorf("%v wrong codes of all, want 60: tries that are refused are none of theirs", all)
	}
	if a := g.suspects[source{"a", 1}].held; a != missesAtOnce+1 {
		t.Errorf("%v wrong codes of the address, want %d", a, missesAtOnce+1)
	}
	leave()
	if _, _, err := g.lane("a"); err != nil {
		t.Errorf("a lane that was left: %v", err)
	}
}

// While many guess together, wrong codes are forgotten slowly and those in the lanes wait longer for one another.
func TestManyAddressesGuessTogether(t *testing.T) {
	g, pass := guarded()
	suspect := func(address string) bool {
		_, leave, err := g.lane(address)
		if leave != nil {
			leave()
		}
		return err != nil || leave != nil
	}
	misses(g, "one", 30)
	pass(30 * time.Second)
	if suspect("one") {
		t.Error("who guessed alone is suspect half a minute later")
	}
	for i := range missesByAll {
		g.miss(fmt.Sprint("other ", i))
	}
	misses(g, "one", 32)
	for i := range 300 { // ten a second for half a minute
		g.miss(fmt.Sprint("other ", i%100))
		pass(100 * time.Millisecond)
	}
	if !suspect("one") {
		t.Error("who guessed while many did is suspect no more half a minute later")
	}
	if suspect("new") {
		t.Error("who has guessed nothing is suspect")
	}
	var last time.Duration
	for i := range 400 {
		address := fmt.Sprint("suspect ", i/2)
		if i%2 == 0 {
			misses(g, address, 31)
		}
		delay, _, err := g.lane(address)
		if err != nil || delay < last || delay < time.Second || delay > 10*time.Second {
			t.Fatalf("the %d. in the lanes waits %v after %v, %v", i+1, delay, last, err)
		}
		last = delay
	}
	if last != 10*time.Second {
		t.Errorf("of 400 the last waits %v, want 10 s", last)
	}
	pass(2 * time.Minute)
	if g.forget(); len(g.suspects) != 0 {
		t.Errorf("%d addresses are remembered when nobody guesses any more", len(g.suspects))
	}
}

// Who has many addresses of the sixth version is one guesser, and no neighbour.
func TestANetworkOfTheSixthVersionIsSuspectTogether(t *testing.T) {
	g, _ := guarded()
	for i := range 300 {
		g.miss(fmt.Sprintf("2001:db8:1:%x::/64", i))
	}
	for i := range 21 {
		_, leave, err := g.lane(fmt.Sprintf("2001:db8:1:%x::/64", 1000+i))
		if full := i == 20; leave == nil && !full || errors.Is(err, ErrGuessing) != full {
			t.Errorf("the %d. address of a network that guesses: %v", i+1, err)
		}
	}
	for _, neighbour := range []string{"2001:db8:2::/64", "192.0.2.7"} {
		if _, leave, err := g.lane(neighbour); leave != nil || err != nil {
			t.Errorf("%s waits: %v", neighbour, err)
		}
	}
}

// Addresses that guess take no more memory than that of ten thousand.
func TestNoMoreThanSoManyAddressesAreRemembered(t *testing.T) {
	g, _ := guarded()
	for i := range mostAddresses + 500 {
		g.miss(strconv.Itoa(i))
	}
	if len(g.suspects) != mostAddresses {
		t.Errorf("%d addresses", len(g.suspects))
	}
}

// Whoever guesses from very many addresses fills no memory, and when their wrong codes are forgotten, so are they.
func TestAddressesThatGuessAreBoundedAndForgotten(t *testing.T) {
	g, pass := guarded()
	for i := range mostAddresses + 500 {
		misses(g, fmt.Sprint("10.", i>>16, ".", i>>8&255, ".", i&255), 1)
	}
	if n := len(g.suspects); n != mostAddresses {
		t.Errorf("%d addresses are remembered, want %d", n, mostAddresses)
	}
	pass(time.Minute)
	g.forget() // while all that guessed are too many, an address is forgotten more slowly
	misses(g, "late", missesAtOnce)
	pass(29 * time.Second)
	g.forget()
	if _, known := g.suspects[source{"late", 1}]; !known {
		t.Error("an address is forgotten before its wrong codes are")
	}
	pass(90 * time.Second)
	g.forget()
	if n := len(g.suspects); n != 0 {
		t.Errorf("two minutes later %d addresses are remembered", n)
	}
}

func TestAddressesThatAnswerAreForgotten(t *testing.T) {
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	r := newRate(func() time.Time { return at }, 2)
	for i := range 100 {
		r.take(fmt.Sprint("10.0.0.", i))
	}
	r.forget()
	if n := len(r.done); n != 100 {
		t.Errorf("%d addresses are remembered at once, want 100", n)
	}
	at = at.Add(time.Minute)
	r.forget()
	if n := len(r.done); n != 0 {
		t.Errorf("a minute later %d addresses are remembered", n)
	}
}
