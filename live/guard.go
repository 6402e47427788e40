package live

import (
	"context"
	"sync"
	"time"
)

// How many wrong codes are let pass, and how slowly codes are looked up beyond that.
const (
	missesAtOnce    = 30              // by one address, before it is suspect
	missesPerMinute = 30              // how fast that is forgotten
	missesByAll     = 300             // a minute and at once, by all addresses together
	lanes           = 16              // how many suspects are served at the same time, all together
	laneTime        = time.Second     // how long each of them takes
	mostAddresses   = 10_000          // remembered at most
	forgetAfter     = 2 * time.Minute // an address without a wrong code
)

// guard makes guessing slow. It counts wrong codes only, since a whole room may share one address. Once an address has
// sent too many, each code from it, right or wrong, waits its turn in one of a few lanes: then a right one is answered
// all the same. Addresses stand in memory for two minutes and are written nowhere.
type guard struct {
	now   func() time.Time
	delay time.Duration
	lanes chan struct{}

	mu       sync.Mutex
	all      bucket
	suspects map[string]bucket
}

// bucket holds misses that leak out with time.
type bucket struct {
	misses float64
	at     time.Time
}

func (b bucket) leaked(now time.Time, perMinute float64) bucket {
	return bucket{max(0, b.misses-now.Sub(b.at).Minutes()*perMinute), now}
}

func newGuard(now func() time.Time, delay time.Duration) *guard {
	return &guard{now: now, delay: delay, lanes: make(chan struct{}, lanes), suspects: map[string]bucket{}}
}

// pass waits where an address is suspect, and says whether it is. The error is [ErrGuessing] where the lanes are full, and
// the context's where that ends.
func (g *guard) pass(ctx context.Context, address string) (suspect bool, err error) {
	if !g.suspect(address) {
		return false, nil
	}
	select {
	case g.lanes <- struct{}{}:
		defer func() { <-g.lanes }()
	default:
		return true, ErrGuessing
	}
	timer := time.NewTimer(g.delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true, nil
	case <-ctx.Done():
		return true, ctx.Err()
	}
}

func (g *guard) suspect(address string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	return g.suspects[address].leaked(now, missesPerMinute).misses >= missesAtOnce ||
		g.all.leaked(now, missesByAll).misses >= missesByAll
}

// miss counts a wrong code.
func (g *guard) miss(address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	g.all = g.all.leaked(now, missesByAll)
	g.all.misses = min(g.all.misses+1, missesByAll+1)
	one, known := g.suspects[address]
	if !known && len(g.suspects) >= mostAddresses {
		return // the limit on all together holds
	}
	one = one.leaked(now, missesPerMinute)
	one.misses = min(one.misses+1, missesAtOnce+1)
	g.suspects[address] = one
}

// forget drops the addresses that sent no wrong code for a while.
func (g *guard) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	for address, b := range g.suspects {
		if now.Sub(b.at) > forgetAfter {
			delete(g.suspects, address)
		}
	}
}
