package live

import (
	"sync"
	"time"
)

// bucket holds what leaks out with time: wrong codes, or answers.
type bucket struct {
	held float64
	at   time.Time
}

func (b bucket) leaked(now time.Time, perMinute float64) bucket {
	return bucket{max(0, b.held-now.Sub(b.at).Minutes()*perMinute), now}
}

// rate lets each address do something so many times a minute, and as many at once. An address stands in memory for a minute or
// two and is written nowhere.
type rate struct {
	now       func() time.Time
	perMinute float64

	mu   sync.Mutex
	done map[string]bucket
}

func newRate(now func() time.Time, perMinute float64) *rate {
	return &rate{now: now, perMinute: perMinute, done: map[string]bucket{}}
}

// take counts one for an address and says whether it is let pass; what is not let pass is not counted.
func (r *rate) take(address string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	one := r.done[address].leaked(r.now(), r.perMinute)
	if one.held > r.perMinute-1 {
		return false
	}
	one.held++
	r.done[address] = one
	return true
}

// forget drops the addresses of which nothing is counted any more.
func (r *rate) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	for address, one := range r.done {
		if one.leaked(now, r.perMinute).held == 0 {
			delete(r.done, address)
		}
	}
}
