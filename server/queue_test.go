package server

import (
	"context"
	"errors"
	"testing"
)

// called says who of those in the seats has the turn or was refused.
func called(seats map[string]seat) (who string, refused bool) {
	for name, s := range seats {
		select {
		case err := <-s:
			return name, err != nil
		default:
		}
	}
	return "", false
}

// Who asks for many pictures delays others by one, and has no more seats than are left.
func TestAddressesHaveTheirTurnsOneAfterTheOther(t *testing.T) {
	q := newQueue(4)
	leave, err := q.enter(t.Context(), "greedy")
	if err != nil {
		t.Fatal(err)
	}
	seats := map[string]seat{}
	sit := func(name, address string) (err error) {
		seats[name], err = q.sit(address)
		return err
	}
	for _, name := range []string{"greedy 1", "greedy 2", "greedy 3", "greedy 4"} {
		if err := sit(name, "greedy"); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if err := sit("greedy 5", "greedy"); !errors.Is(err, errBusy) {
		t.Errorf("one address takes more than there is: %v", err)
	}
	for _, wanted := range []struct{ name, address, instead string }{{"one 1", "one", "greedy 4"}, {"other 1", "other", "greedy 3"}} {
		if err := sit(wanted.name, wanted.address); err != nil {
			t.Fatalf("%s has no seat beside who has many: %v", wanted.name, err)
		}
		if who, refused := called(seats); who != wanted.instead || !refused {
			t.Errorf("room for %s was made by %q, refused: %t", wanted.name, who, refused)
		}
	}
	if err := sit("one 2", "one"); !errors.Is(err, errBusy) {
		t.Errorf("a second seat where nobody has more than two: %v", err)
	}
	for _, want := range []string{"greedy 1", "one 1", "other 1", "greedy 2", ""} {
		leave()
		if who, refused := called(seats); who != want || refused {
			t.Errorf("the turn is that of %q, want %q", who, want)
		}
	}
	if q.working || q.waiting != 0 {
		t.Errorf("the queue is not empty: %d", q.waiting)
	}
}

// Whoever leaves gives their seat back, and the turn where they were just called.
func TestWhoLeavesTheQueueHoldsNobodyUp(t *testing.T) {
	q := newQueue(1)
	leave, err := q.enter(t.Context(), "first")
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 3 {
		if _, err := q.enter(gone, "gone"); !errors.Is(err, context.Canceled) {
			t.Errorf("who is gone: %v", err)
		}
	}
	next, err := q.sit("next")
	if err != nil {
		t.Fatal("those who are gone keep their seats", err)
	}
	leave()
	if <-next != nil {
		t.Error("the next has no turn")
	}
	q.next()
	for range 100 { // called and gone at once
		if leave, err := q.enter(gone, "gone"); err == nil {
			leave()
		}
	}
	if q.working || q.waiting != 0 {
		t.Error("who is gone keeps the turn")
	}
}
