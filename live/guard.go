package live

import (
	"context"
	"net/netip"
	"sync"
	"time"
)

// How many wrong codes are let pass, and how slowly codes are looked up beyond that.
const (
	missesAtOnce    = 30          // by one address, before it is suspect
	missesPerMinute = 30          // how fast that is forgotten
	missesWhileWary = 1           // how fast, a minute, while many guess together
	missesByAll     = 300         // a minute and at once, by all addresses together, before the guard is wary
	lanes           = 2           // how many codes of one suspect are looked up at the same time
	laneTime        = time.Second // how long each of them takes
	together        = 16          // how many suspects are served in that time; more of them take longer each,
	slowest         = 10          // but no longer than so many times
	siteBits        = 48          // of an address of the sixth version, what one subscriber may have at most
	siteShare       = 10          // how many addresses such a network counts for
	mostAddresses   = 10_000      // remembered at most
)

// guard makes guessing slow. It counts wrong codes only, since a whole room may share one address. Once an address has
// sent too many, each code from it, right or wrong, waits in one of the address's own two lanes, and where both are taken it
// is refused; a right code that has waited is answered all the same. Who has sent few wrong codes is answered at once,
// however many others guess.
//
// Against guesses from many addresses at once there are four things. While all together send more than five wrong codes a
// second, an address's wrong codes are forgotten thirty times more slowly, so that it has thirty guesses and then its lanes.
// All who wait in lanes are served sixteen a second together; beyond 160 of them each waits ten seconds. A network of the
// sixth version from which one subscriber could take 65,536 addresses counts for ten of them. And there are 2.75·10^10 codes;
// [codeLength] has the arithmetic.
//
// An address stands in memory until its wrong codes are forgotten, a minute or, while many guess, half an hour at most, and
// is written nowhere. Of more than 10,000 any other makes way.
type guard struct {
	now   func() time.Time
	delay time.Duration

	mu       sync.Mutex
	all      bucket
	suspects map[source]bucket
	waiting  map[source]int // in the lanes of a suspect
	queued   int            // in all lanes
}

func newGuard(now func() time.Time, delay time.Duration) *guard {
	return &guard{now: now, delay: delay, suspects: map[source]bucket{}, waiting: map[source]int{}}
}

// source is an address or the network it is in, with for how many addresses that counts.
type source struct {
	name  string
	share int
}

// sourcesOf are an address and, of the sixth version, the network of its subscriber.
func sourcesOf(address string) []source {
	list := []source{{address, 1}}
	network, err := netip.ParsePrefix(address)
	if err != nil {
		one, err := netip.ParseAddr(address)
		if err != nil {
			return list
		}
		network = netip.PrefixFrom(one, one.BitLen())
	}
	if !network.Addr().Is6() || network.Addr().Is4In6() || network.Bits() <= siteBits {
		return list
	}
	site, err := network.Addr().Prefix(siteBits)
	if err != nil {
		return list // it has a zone and is of this link
	}
	return append(list, source{site.String(), siteShare})
}

// pass waits where an address is suspect, and says whether it is. The error is [ErrGuessing] where its lanes are full, and
// the context's where that ends.
func (g *guard) pass(ctx context.Context, address string) (suspect bool, err error) {
	delay, leave, err := g.lane(address)
	if err != nil || leave == nil {
		return err != nil, err
	}
	defer leave()
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true, nil
	case <-ctx.Done():
		return true, ctx.Err()
	}
}

// lane takes a lane of an address that is suspect and says how long the look-up takes; leave is nil where it is not suspect. The error is
// [ErrGuessing] where none is free: that counts as one more wrong code of its own.
func (g *guard) lane(address string) (delay time.Duration, leave func(), err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	var taken []source
	for _, of := range sourcesOf(address) {
		if g.leaked(of, now).held < float64(of.share*missesAtOnce) {
			continue
		}
		if g.waiting[of] >= of.share*lanes {
			g.count(of, now)
			return 0, nil, ErrGuessing
		}
		taken = append(taken, of)
	}
	if taken == nil {
		return 0, nil, nil
	}
	g.queued++
	for _, of := range taken {
		g.waiting[of]++
	}
	longer := min(max(1, float64(g.queued)/together), slowest)
	return time.Duration(float64(g.delay) * longer), func() { g.free(taken) }, nil
}

// free leaves a lane.
func (g *guard) free(taken []source) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.queued--
	for _, of := range taken {
		if g.waiting[of]--; g.waiting[of] == 0 {
			delete(g.waiting, of)
		}
	}
}

// leaked are the wrong codes of an address or network that are not forgotten.
func (g *guard) leaked(of source, now time.Time) bucket {
	perMinute := float64(missesPerMinute)
	if g.all.leaked(now, missesByAll).held >= missesByAll {
		perMinute = missesWhileWary
	}
	return g.suspects[of].leaked(now, float64(of.share)*perMinute)
}

// miss counts a wrong code.
func (g *guard) miss(address string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	for _, of := range sourcesOf(address) {
		g.count(of, now)
	}
	g.all = g.all.leaked(now, missesByAll)
	g.all.held = min(g.all.held+1, missesByAll+1)
}

// count adds a wrong code to those of an address or network.
func (g *guard) count(of source, now time.Time) {
	one := g.leaked(of, now)
	one.held = min(one.held+1, float64(of.share*missesAtOnce+1))
	if _, known := g.suspects[of]; !known && len(g.suspects) >= mostAddresses {
		for other := range g.suspects {
			delete(g.suspects, other)
			break
		}
	}
	g.suspects[of] = one
}

// forget drops the addresses whose wrong codes are forgotten.
func (g *guard) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	for of := range g.suspects {
		if g.leaked(of, now).held == 0 {
			delete(g.suspects, of)
		}
	}
}
