package live_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"runtime"
	"testing"
	"time"

	"corridor/live"
)

// deaf is a connection that takes nothing: each write to it waits until it is closed.
type deaf struct {
	net.Conn
	closed chan struct{}
}

func (d deaf) Write([]byte) (int, error)      { <-d.closed; return 0, net.ErrClosed }
func (deaf) SetWriteDeadline(time.Time) error { return nil }
func (deaf) Close() error                     { return nil }

// Followers that never read, whether their system still takes bytes or not, delay nobody.
func TestWhoReadsNothingDelaysNobody(t *testing.T) {
	s, secret := begin(t, hub(t, nil))
	release := make(chan struct{})
	defer close(release)
	for range 50 {
		if err := s.Follow(func() (net.Conn, []byte, error) { return deaf{closed: release}, nil, nil }); err != nil {
			t.Fatal(err)
		}
		follow(t, s) // never read from
	}
	followers := make([]*follower, 100)
	for i := range followers {
		followers[i] = follow(t, s)
		followers[i].state(t)
	}
	for i := range 20 {
		step := []string{"middle", "goodbye"}[i%2]
		want := move(t, s, secret, live.Move{Step: step})
		for _, f := range followers {
			if got := f.state(t); got != want {
				t.Fatalf("move %d: %+v, want %+v", i, got, want)
			}
		}
	}
}

// Who is slow gets the latest state, not all that were missed: memory does not grow with them.
func TestWhoIsSlowGetsTheLatest(t *testing.T) {
	s, secret := begin(t, hub(t, nil))
	client, conn := net.Pipe()
	defer client.Close()
	if err := s.Follow(func() (net.Conn, []byte, error) { return conn, nil, nil }); err != nil {
		t.Fatal(err)
	}
	var last live.State
	for i := range 200 {
		last = move(t, s, secret, live.Move{Step: []string{"middle", "goodbye"}[i%2]})
	}
	f := readOf(client)
	seen := 0
	for got := (live.State{}); got != last; seen++ {
		got = f.state(t)
	}
	if seen > 3 {
		t.Errorf("%d states were kept for a follower that was slow", seen)
	}
}

// Nor does the server's system keep what a phone out of reach has missed, but for what fits into a buffer or two. The
// phone's own system keeps little here, however much this machine's would.
func TestTheSystemKeepsLittleForWhoIsSlow(t *testing.T) {
	s, secret := begin(t, hub(t, nil))
	f := follow(t, s)
	f.state(t)
	if err := f.conn.(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	const moves = 2000
	var last live.State
	for i := range moves {
		last = move(t, s, secret, live.Move{Step: []string{"middle", "goodbye"}[i%2]})
	}
	seen := 0
	for got := (live.State{}); got != last; seen++ {
		got = f.state(t)
	}
	if seen > moves/2 {
		t.Errorf("%d of %d states were kept for a follower that was slow", seen, moves)
	}
}

func TestAFollowerThatLeavesIsCountedOut(t *testing.T) {
	s, secret := begin(t, hub(t, nil))
	f := follow(t, s)
	f.state(t)
	_ = f.conn.Close()
	for i := 0; s.Followers() > 0; i++ {
		if i > 100_000 {
			t.Fatal("a follower that left is counted for ever")
		}
		move(t, s, secret, live.Move{Step: []string{"middle", "goodbye"}[i%2]})
	}
}

// A connection that is gone before it is taken over leaves its place to others.
func TestAFollowerWhoIsNotAcceptedIsNotCounted(t *testing.T) {
	h := hub(t, func(c *live.Config) { c.MostFollowers = 2 })
	s, _ := begin(t, h)
	gone := errors.New("gone")
	for range 5 {
		if err := s.Follow(func() (net.Conn, []byte, error) { return nil, nil, gone }); !errors.Is(err, gone) {
			t.Fatalf("a connection that is gone: %v", err)
		}
	}
	release := make(chan struct{})
	accept := func() (net.Conn, []byte, error) { return deaf{closed: release}, nil, nil }
	for i := range 2 {
		if err := s.Follow(accept); err != nil {
			t.Errorf("follower %d: %v", i+1, err)
		}
	}
	for range 3 { // who is refused takes no place either
		if err := s.Follow(accept); !errors.Is(err, live.ErrFull) {
			t.Errorf("a third follower: %v, want ErrFull", err)
		}
	}
	if n := s.Followers(); n != 2 {
		t.Errorf("%d followers are counted", n)
	}
	close(release) // both leave
	for late := time.Now().Add(20 * time.Second); s.Follow(accept) != nil; {
		if time.Now().After(late) {
			t.Fatal("the places of those who left, or were refused, are taken for ever")
		}
		runtime.Gosched()
	}
}

func TestASignOfLife(t *testing.T) {
	s, _ := begin(t, hub(t, nil))
	f := follow(t, s)
	f.state(t)
	if name, _ := f.any(); name != "ballot" {
		t.Errorf("before the first sign of life came %q", name)
	}
	for _, want := range []string{"", ": beat", "event: beat", "data: 2", ""} {
		line, err := f.read.ReadString('\n')
		if err != nil || line != want+"\n" {
			t.Fatalf("line %q, %v; want %q", line, err, want)
		}
	}
}

func TestTheFirstLinesOfAStream(t *testing.T) {
	s, _ := begin(t, hub(t, nil))
	f := follow(t, s)
	want := []string{"head", "retry: 1000", "", "id: 1", "event: state"}
	for _, line := range want {
		if got, err := f.read.ReadString('\n'); err != nil || got != line+"\n" {
			t.Fatalf("line %q, %v; want %q", got, err, line)
		}
	}
}

func readOf(conn net.Conn) *follower {
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	return &follower{conn: conn, read: bufio.NewReader(conn)}
}

func ExampleSpell() {
	fmt.Println(live.Spell("K7M4QXR"))
	// Output: K7M-4QXR
}
