// Package live keeps sessions in which an audience follows a presenter: codes that people type, what is shown now, votes,
// and the streams that tell followers of it.
//
// A session is opened by a presenter, who gets a code for the audience and a secret for themselves. The secret moves the
// session from step to step; nobody else can. A follower gets the current state at once and every later one, as
// server-sent events. A state is whole, so a follower who was away needs no history.
//
// Followers are numbers. No address, name or device of theirs is kept or logged, and an answer is added to a total. While an
// address sends answers or wrong codes, and for some minutes after, the hub remembers how many.
// Sessions are kept through the [Sessions] that a store fulfils: a restart of the server mends itself.
package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Limits of a hub.
const (
	// Lifetime is how long a session lasts.
	Lifetime = 12 * time.Hour
	// keptFor is how long after its beginning a session that is over is still known to be over.
	keptFor = 2 * Lifetime
	// idleAfter is how long after its last move and its last follower a session makes way for a new one in a full hub.
	idleAfter = time.Hour
	// unusedAfter is the same of a session that was never moved and never followed.
	unusedAfter = 5 * time.Minute
	// mostEnded is how many sessions that are over are remembered.
	mostEnded = 1000

	mostSessions  = 200
	mostByAddress = 40 // the rooms of a training centre share one
	mostFollowers = 20_000
	flushEvery    = time.Second
	sweepEvery    = time.Minute
	saveTimeout   = 10 * time.Second
)

// Sessions keeps sessions over a restart. Their JSON is for the hub alone to read. A voter is the hash of a random token.
type Sessions interface {
	// SaveSession writes a session's JSON and adds voters, all or nothing. It may be dropped after until.
	SaveSession(ctx context.Context, code string, until time.Time, body []byte, voters [][]byte) error
	// EndSession writes a session's JSON for the last time and drops its voters.
	EndSession(ctx context.Context, code string, body []byte) error
	// DropSessions drops those that may be dropped before a time.
	DropSessions(ctx context.Context, before time.Time) error
	// ReadSessions calls read for each session, until that fails.
	ReadSessions(ctx context.Context, read func(code string, body []byte, voters [][]byte) error) error
}

// Config is what a hub needs. Sessions must be set.
type Config struct {
	Sessions Sessions
	// Most is how many sessions there may be at once, and MostFollowers how many followers of all of them; 0 for 200 and
	// 20,000.
	Most, MostFollowers int
	// MostByAddress is how many of the sessions may have been opened from one address; 0 for 40.
	MostByAddress int
	// SaveTimeout is how long a session may take to be written, with what it waits for; 0 for ten seconds.
	SaveTimeout time.Duration
	// GuessDelay is how long a look-up takes for an address that sent too many wrong codes; 0 for a second.
	GuessDelay time.Duration
	// Now tells the time; time.Now where nil.
	Now func() time.Time
	// Log takes what could not be written; slog.Default() where nil.
	Log *slog.Logger
}

// Hub holds every session. Make one with [New], and let [Hub.Run] keep it.
type Hub struct {
	Config
	guard     *guard
	votes     *rate
	followers atomic.Int64

	mu       sync.Mutex
	sessions map[string]*Session
}

// New makes a hub of the sessions that were kept.
func New(ctx context.Context, c Config) (*Hub, error) {
	if c.Most == 0 {
		c.Most = mostSessions
	}
	if c.MostByAddress == 0 {
		c.MostByAddress = mostByAddress
	}
	if c.MostFollowers == 0 {
		c.MostFollowers = mostFollowers
	}
	if c.SaveTimeout == 0 {
		c.SaveTimeout = saveTimeout
	}
	if c.GuessDelay == 0 {
		c.GuessDelay = laneTime
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	h := &Hub{Config: c, guard: newGuard(c.Now, c.GuessDelay), votes: newRate(c.Now, votesPerMinute), sessions: map[string]*Session{}}
	err := c.Sessions.ReadSessions(ctx, func(code string, body []byte, voters [][]byte) error {
		s, err := h.restore(code, body, voters)
		if err != nil {
			h.Log.Warn("a session is damaged and is left out", "error", err)
			return nil
		}
		h.sessions[code] = s
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("live: read the sessions: %w", err)
	}
	return h, nil
}

// Run keeps the hub until the context ends: it writes votes once a second, ends sessions that are old, and at the end
// closes every stream.
func (h *Hub) Run(ctx context.Context) {
	flush, sweep := time.NewTicker(flushEvery), time.NewTicker(sweepEvery)
	defer flush.Stop()
	defer sweep.Stop()
	for {
		select {
		case <-flush.C:
			h.flush(ctx)
		case <-sweep.C:
			h.Sweep(ctx)
		case <-ctx.Done():
			h.close()
			h.flush(context.WithoutCancel(ctx))
			return
		}
	}
}

// Open begins a session at a step of a lesson, the first where step is empty. The secret is told this once: only its hash
// is kept. The address from which it is opened is remembered while the session goes on and written nowhere. The error is
// [ErrFull], [ErrShare], a [MoveError], or the store's.
func (h *Hub) Open(ctx context.Context, address string, lesson Outline, step string) (s *Session, secret string, err error) {
	if len(lesson.Steps) == 0 {
		return nil, "", &MoveError{"lesson", "it has no steps"}
	}
	if step == "" {
		step = lesson.Steps[0]
	}
	state, err := lesson.after(State{Reached: step}, Move{Step: step})
	if err != nil {
		return nil, "", err
	}
	secret = token()
	now := h.Now()
	s, idle, err := h.add(address, record{
		Secret: hashOf(secret), Salt: token(), Outline: lesson, State: state, Totals: map[string]map[string]int{},
		Created: now, Moved: now,
	})
	if err != nil {
		return nil, "", err
	}
	if idle != nil {
		err = idle.end(ctx)
	}
	if err == nil {
		err = s.save(ctx)
	}
	if err != nil { // nobody got its code, so it must not take room
		h.mu.Lock()
		delete(h.sessions, s.Code)
		h.mu.Unlock()
		return nil, "", err
	}
	return s, secret, nil
}

// add puts a session under a code that is free. Where there is no room it gives an idle one, which the caller must end; it makes
// way for no other, even when it cannot be ended.
func (h *Hub) add(address string, r record) (s, idle *Session, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	running, share := 0, 0
	for _, other := range h.sessions {
		if other.yields || other.over() {
			continue
		}
		running++
		if other.opener == address {
			share++
		}
		if other.isIdle() && (idle == nil || other.yieldsBefore(idle)) {
			idle = other
		}
	}
	switch {
	case share >= h.MostByAddress:
		return nil, nil, ErrShare
	case running < h.Most:
		idle = nil
	case idle == nil:
		return nil, nil, ErrFull
	default:
		idle.yields = true
	}
	code := newCode()
	for h.sessions[code] != nil {
		code = newCode()
	}
	s = newSession(h, code, r)
	s.opener = address
	h.sessions[code] = s
	return s, idle, nil
}

// Find gives the session of a code. Who shows the session's pass or its presenter's secret among the keys is let in at once; of
// others it is asked from which address they come, so that guessing stays slow. The error is [ErrUnknown], [ErrGuessing] or the context's. A session that
// is over is found too, with [ErrEnded].
func (h *Hub) Find(ctx context.Context, code, address string, keys ...string) (*Session, error) {
	code, _ = ParseCode(code)
	h.mu.Lock()
	s := h.sessions[code]
	h.mu.Unlock()
	if s == nil || !s.admits(keys) {
		suspect, err := h.guard.pass(ctx, address)
		if err != nil {
			return nil, err
		}
		if s == nil {
			h.guard.miss(address)
			if suspect {
				return nil, ErrGuessing
			}
			return nil, ErrUnknown
		}
	}
	if s.over() {
		return s, ErrEnded
	}
	return s, nil
}

// Sweep ends the sessions whose time has come and forgets those that are long over.
func (h *Hub) Sweep(ctx context.Context) {
	h.guard.forget()
	h.votes.forget()
	now := h.Now()
	for _, s := range h.all() {
		if !s.over() || s.isClosed() { // one that the store was not told of is ended again: else a restart would bring it back
			continue
		}
		err := s.end(ctx)
		h.warn("a session could not be ended", err)
		if errors.Is(err, context.DeadlineExceeded) { // as for votes
			break
		}
	}
	h.mu.Lock()
	var ended []*Session
	for code, s := range h.sessions {
		switch {
		case now.Sub(s.created()) >= keptFor:
			delete(h.sessions, code)
		case s.isClosed():
			ended = append(ended, s)
		}
	}
	slices.SortFunc(ended, func(a, b *Session) int { return b.created().Compare(a.created()) })
	for _, s := range ended[min(mostEnded, len(ended)):] {
		delete(h.sessions, s.Code)
	}
	h.mu.Unlock()
	h.warn("old sessions could not be dropped", h.Sessions.DropSessions(ctx, now))
}

// flush writes the votes that came since the last time. Where those of one session had to wait too long, such as for an import, it leaves
// the others for the next time: each would wait as long, and a server that stops would not come to its end.
func (h *Hub) flush(ctx context.Context) {
	for _, s := range h.all() {
		if !s.hasVotes() {
			continue
		}
		err := s.save(ctx)
		h.warn("votes could not be written", err)
		if errors.Is(err, context.DeadlineExceeded) {
			return
		}
	}
}

// close ends every stream; the sessions go on when the server is there again.
func (h *Hub) close() {
	for _, s := range h.all() {
		s.hangUp()
	}
}

func (h *Hub) all() []*Session {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := make([]*Session, 0, len(h.sessions))
	for _, s := range h.sessions {
		list = append(list, s)
	}
	return list
}

func (h *Hub) warn(what string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		h.Log.Warn(what, "error", err)
	}
}
