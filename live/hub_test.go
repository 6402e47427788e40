package live_test

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corridor/live"
)

func TestAFullHub(t *testing.T) {
	ctx := context.Background()
	clock := newClock()
	h := hub(t, func(c *live.Config) { c.Now, c.Most, c.MostFollowers = clock.now, 2, 1 })
	first, _ := begin(t, h)
	begin(t, h)
	if _, _, err := h.Open(ctx, "room", lesson(), ""); !errors.Is(err, live.ErrFull) {
		t.Errorf("a third session: %v, want ErrFull", err)
	}
	follow(t, first).state(t)
	err := first.Follow(func() (net.Conn, []byte, error) { t.Error("a second follower was accepted"); return nil, nil, nil })
	if !errors.Is(err, live.ErrFull) {
		t.Errorf("a second follower: %v, want ErrFull", err)
	}
	clock.pass(time.Hour)
	third, _ := begin(t, h) // in the place of the second, which nobody follows
	if _, err := h.Find(ctx, first.Code, "a"); err != nil {
		t.Errorf("a session that is followed made way: %v", err)
	}
	if _, err := h.Find(ctx, third.Code, "a"); err != nil {
		t.Error(err)
	}
}

// A phone whose screen goes off while the group talks leaves for a moment: the session is idle an hour after that, not after its
// last move. Nor is it idle when a restart has ended its streams.
func TestASessionWaitsForItsFollowers(t *testing.T) {
	ctx := context.Background()
	clock := newClock()
	db := database(t, filepath.Join(t.TempDir(), "live.db"))
	full := func(c *live.Config) { c.Now, c.Most, c.Sessions = clock.now, 1, db }
	h := hub(t, full)
	s, _ := begin(t, h)
	phone := deaf{closed: make(chan struct{})}
	if err := s.Follow(func() (net.Conn, []byte, error) { return phone, nil, nil }); err != nil {
		t.Fatal(err)
	}
	clock.pass(2 * time.Hour)
	close(phone.closed)
	for s.Followers() > 0 {
		runtime.Gosched()
	}
	waits := func(h *live.Hub) {
		t.Helper()
		for range 2 {
			if _, _, err := h.Open(ctx, "room", lesson(), ""); !errors.Is(err, live.ErrFull) {
				t.Fatalf("a session that is followed, but for a moment, made way: %v", err)
			}
			clock.pass(59 * time.Minute)
		}
		begin(t, h)
	}
	waits(h)
	clock.pass(2 * time.Hour)
	waits(hub(t, full))
}

// One address cannot take the whole hub: others have room, and a session that is over makes room for another of its own.
func TestOneAddressTakesItsShareAlone(t *testing.T) {
	ctx := context.Background()
	h := hub(t, func(c *live.Config) { c.Most, c.MostByAddress = 4, 3 })
	s, secret := begin(t, h)
	begin(t, h)
	begin(t, h)
	if _, _, err := h.Open(ctx, "room", lesson(), ""); !errors.Is(err, live.ErrShare) {
		t.Errorf("a fourth session of one address: %v, want ErrShare", err)
	}
	if err := s.End(ctx, secret); err != nil {
		t.Fatal(err)
	}
	begin(t, h)
	if _, _, err := h.Open(ctx, "elsewhere", lesson(), ""); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
}

// Who fills the hub with sessions that nobody uses keeps presenters out for some minutes alone; what was moved or followed stays.
func TestSessionsThatNobodyUsesMakeWay(t *testing.T) {
	ctx := context.Background()
	clock := newClock()
	h := hub(t, func(c *live.Config) { c.Now, c.Most = clock.now, 3 })
	moved, secret := begin(t, h)
	move(t, moved, secret, live.Move{Step: "hello"})
	followed, _ := begin(t, h)
	phone := deaf{closed: make(chan struct{})}
	if err := followed.Follow(func() (net.Conn, []byte, error) { return phone, nil, nil }); err != nil {
		t.Fatal(err)
	}
	close(phone.closed)
	for followed.Followers() > 0 {
		runtime.Gosched()
	}
	unused, _ := begin(t, h)
	refused := func() {
		t.Helper()
		if _, _, err := h.Open(ctx, "elsewhere", lesson(), ""); !errors.Is(err, live.ErrFull) {
			t.Errorf("in a full hub: %v, want ErrFull", err)
		}
	}
	clock.pass(5*time.Minute - time.Second)
	refused()
	clock.pass(time.Second)
	if _, _, err := h.Open(ctx, "elsewhere", lesson(), ""); err != nil {
		t.Fatalf("where a session was never used: %v", err)
	}
	if _, err := h.Find(ctx, unused.Code, "a"); !errors.Is(err, live.ErrEnded) {
		t.Errorf("the session that was never used: %v, want ErrEnded", err)
	}
	refused()
}

// Of sessions that open at the same time one gets the only place.
func TestOnePlaceIsGivenOnce(t *testing.T) {
	ctx := context.Background()
	h := hub(t, func(c *live.Config) { c.Most = 2 })
	begin(t, h)
	var opened atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, _, err := h.Open(ctx, "room", lesson(), ""); err == nil {
				opened.Add(1)
			} else if !errors.Is(err, live.ErrFull) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if opened.Load() != 1 {
		t.Errorf("%d of eight got the place", opened.Load())
	}
}

// A session for which the idle one could not be ended takes no room.
func TestASessionThatFailsInAFullHubTakesNoRoom(t *testing.T) {
	clock := newClock()
	sessions := &unwritten{Sessions: database(t, filepath.Join(t.TempDir(), "live.db"))}
	h := hub(t, func(c *live.Config) { c.Now, c.Most, c.Sessions = clock.now, 2, sessions })
	begin(t, h)
	begin(t, h)
	clock.pass(time.Hour)
	sessions.fails = true
	for range 3 {
		if _, _, err := h.Open(context.Background(), "room", lesson(), ""); !errors.Is(err, errUnwritten) {
			t.Errorf("opened on a full disk: %v", err)
		}
	}
	sessions.fails = false
	begin(t, h)
	begin(t, h)
}

var errUnwritten = errors.New("the disk is full")

// unwritten are sessions that cannot be written while it fails.
type unwritten struct {
	live.Sessions
	fails bool
}

func (u *unwritten) SaveSession(ctx context.Context, code string, until time.Time, body []byte, voters [][]byte) error {
	if u.fails {
		return errUnwritten
	}
	return u.Sessions.SaveSession(ctx, code, until, body, voters)
}

func (u *unwritten) EndSession(ctx context.Context, code string, body []byte) error {
	if u.fails {
		return errUnwritten
	}
	return u.Sessions.EndSession(ctx, code, body)
}

// A session whose end could not be written does not come back with a restart.
func TestAnEndThatFailedIsWrittenLater(t *testing.T) {
	ctx := context.Background()
	sessions := &unwritten{Sessions: database(t, filepath.Join(t.TempDir(), "live.db"))}
	h := hub(t, func(c *live.Config) { c.Sessions = sessions })
	s, secret := begin(t, h)
	sessions.fails = true
	if err := s.End(ctx, secret); !errors.Is(err, errUnwritten) {
		t.Errorf("ended on a full disk: %v", err)
	}
	h.Sweep(ctx)
	sessions.fails = false
	h.Sweep(ctx)
	again := hub(t, func(c *live.Config) { c.Sessions = sessions })
	if _, err := again.Find(ctx, s.Code, "a"); !errors.Is(err, live.ErrEnded) {
		t.Errorf("after a restart: %v, want ErrEnded", err)
	}
}

func TestASessionThatCannotBeKeptIsNone(t *testing.T) {
	db := database(t, filepath.Join(t.TempDir(), "live.db"))
	h := hub(t, func(c *live.Config) { c.Sessions, c.Most = db, 1 })
	_ = db.Close()
	for range 2 {
		if _, _, err := h.Open(context.Background(), "room", lesson(), ""); err == nil || errors.Is(err, live.ErrFull) {
			t.Errorf("opened on a closed database: %v", err)
		}
	}
}
