package server

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// errBusy means that too many pictures or shapes of embeds are being waited for.
var errBusy = errors.New("too many pictures are being drawn; ask again in a moment")

// queue lets one work at a time, so that on two processors the pages keep one of them, while a few wait. Addresses have their
// turns one after the other, each for the first that it has waiting: so who asks for many pictures delays others by one. Where
// no seat is free, the last that came of the address that has the most makes room for one that has less. Who has no seat is told
// to ask again.
type queue struct {
	mu      sync.Mutex
	most    int // seats
	working bool
	waiting int
	lines   []*line // in the order of their turns
}

// line is what waits of one address.
type line struct {
	address string
	seats   []seat
}

// seat tells who waits that it is their turn, or with an error that there is no room for them.
type seat chan error

func newQueue(waiting int) *queue { return &queue{most: waiting} }

// enter waits for the turn of an address, which is empty for the program itself; leave must be called after. The error is [errBusy]
// where there is no seat, or that of a context that ends before.
func (q *queue) enter(ctx context.Context, address string) (leave func(), err error) {
	mine, err := q.sit(address)
	if err != nil {
		return nil, err
	}
	select {
	case err := <-mine:
		if err != nil {
			return nil, err
		}
		return q.next, nil
	case <-ctx.Done():
		if !q.stand(address, mine) && <-mine == nil { // it was called meanwhile
			q.next()
		}
		return nil, ctx.Err()
	}
}

// sit takes a seat, which is called at once where nobody works.
func (q *queue) sit(address string) (seat, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	mine := make(seat, 1)
	if !q.working {
		q.working = true
		mine <- nil
		return mine, nil
	}
	own := q.lineOf(address)
	if q.waiting >= q.most && !q.makeRoom(own) {
		return nil, errBusy
	}
	if len(own.seats) == 0 {
		q.lines = append(q.lines, own)
	}
	own.seats = append(own.seats, mine)
	q.waiting++
	return mine, nil
}

// lineOf is the line of an address; it is none of the queue's where nobody waits in it.
func (q *queue) lineOf(address string) *line {
	if i := slices.IndexFunc(q.lines, func(l *line) bool { return l.address == address }); i >= 0 {
		return q.lines[i]
	}
	return &line{address: address}
}

// makeRoom refuses the last of the longest line, where another will still be no longer than that.
func (q *queue) makeRoom(another *line) bool {
	if len(q.lines) == 0 {
		return false
	}
	longest := slices.MaxFunc(q.lines, func(a, b *line) int { return len(a.seats) - len(b.seats) })
	last := len(longest.seats) - 1
	if len(another.seats) >= last {
		return false
	}
	longest.seats[last] <- errBusy
	longest.seats = longest.seats[:last]
	q.waiting--
	return true
}

// next gives the turn to whoever has it after this.
func (q *queue) next() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.lines) == 0 {
		q.working = false
		return
	}
	first := q.lines[0]
	q.lines = q.lines[1:]
	first.seats[0] <- nil
	if first.seats = first.seats[1:]; len(first.seats) > 0 {
		q.lines = append(q.lines, first)
	}
	q.waiting--
}

// stand gives a seat back, and says whether it was still waited in.
func (q *queue) stand(address string, mine seat) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	own := q.lineOf(address)
	i := slices.Index(own.seats, mine)
	if i < 0 {
		return false
	}
	q.waiting--
	if own.seats = slices.Delete(own.seats, i, i+1); len(own.seats) == 0 {
		q.lines = slices.DeleteFunc(q.lines, func(l *line) bool { return l == own })
	}
	return true
}
