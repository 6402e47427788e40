package live

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Session is a lesson that is being presented. Its methods may be called at the same time.
type Session struct {
	// Code is what the audience types; [Spell] parts it for people.
	Code string

	hub       *Hub
	current   atomic.Pointer[snapshot]
	followers atomic.Int64
	opener    string // the address from which it was opened; empty after a restart
	yields    bool   // it makes way for another; the hub's mu is held

	saving sync.Mutex // held while a state is written, so that states are kept in their order
	mu     sync.Mutex
	record record
	left   time.Time // when a follower left last
	voters map[voter]struct{}
	fresh  [][]byte // voters that are not written yet
	untold bool     // it ended, and the store could not be told
}

// record is a session as it is kept.
type record struct {
	Secret  []byte                    `json:"secret"` // its hash
	Salt    string                    `json:"salt"`   // of the pass and of the voters
	Outline Outline                   `json:"outline"`
	State   State                     `json:"state"`
	Totals  map[string]map[string]int `json:"totals"` // by poll and answer
	Created time.Time                 `json:"created"`
	Moved   time.Time                 `json:"moved"`
	Ended   bool                      `json:"ended"`
}

// snapshot is what all followers are told, made once for all of them.
type snapshot struct {
	event []byte
	last  bool          // nothing will follow
	next  chan struct{} // closed when another snapshot has taken its place
}

func newSession(h *Hub, code string, r record) *Session {
	s := &Session{Code: code, hub: h, record: r, voters: map[voter]struct{}{}}
	s.current.Store(&snapshot{event: r.State.event(), next: make(chan struct{})})
	if r.Ended {
		s.publish(endedEvent(), true)
	}
	return s
}

func (h *Hub) restore(code string, body []byte, voters [][]byte) (*Session, error) {
	var r record
	if err := json.Unmarshal(body, &r); err != nil {
		return nil, fmt.Errorf("live: %w", err)
	}
	if r.Totals == nil {
		r.Totals = map[string]map[string]int{}
	}
	s := newSession(h, code, r)
	s.left = h.Now() // those who followed when the server stopped come again in a moment
	for _, raw := range voters {
		var v voter
		copy(v[:], raw)
		s.voters[v] = struct{}{}
	}
	return s, nil
}

func endedEvent() []byte { return []byte("event: ended\ndata: {}\n\n") }

// Route and Lesson are the ids of what is presented.
func (s *Session) Route() string { return s.record.Outline.Route }

// Lesson is the id of the lesson that is presented.
func (s *Session) Lesson() string { return s.record.Outline.Lesson }

// Expires is when the session ends by itself.
func (s *Session) Expires() time.Time { return s.created().Add(Lifetime) }

// Followers is how many streams are open now.
func (s *Session) Followers() int { return int(s.followers.Load()) }

// State is what is shown now.
func (s *Session) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.record.State
}

// Pass is what lets a follower in again whatever wrong codes come from their address. It stands in the address that the QR
// code holds, and in the follower's page; it moves nothing.
func (s *Session) Pass() string {
	const digits = 18 // 72 bits
	return hex.EncodeToString(hashOf("pass", s.Code, s.record.Salt))[:digits]
}

// admits says whether one of the keys is the session's pass or its presenter's secret.
func (s *Session) admits(keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool {
		return same([]byte(key), []byte(s.Pass())) || s.Authorise(key) == nil
	})
}

// Authorise says with [ErrSecret] that a secret is not the presenter's.
func (s *Session) Authorise(secret string) error {
	if !same(hashOf(secret), s.record.Secret) {
		return ErrSecret
	}
	return nil
}

// Move shows followers another state and keeps it. They are told at once and do not wait for the disk; who moves is told
// once it is kept. The error is [ErrSecret], [ErrEnded], [ErrOvertaken] where a bad network held the move back until others had been
// made, a [MoveError], or the store's: then the state is shown and may be lost by a restart, and the move can be made again.
func (s *Session) Move(ctx context.Context, secret string, m Move) (State, error) {
	if err := s.Authorise(secret); err != nil {
		return State{}, err
	}
	s.mu.Lock()
	if s.record.Ended {
		s.mu.Unlock()
		return State{}, ErrEnded
	}
	if m.After != 0 && m.After < s.record.State.Seq {
		s.mu.Unlock()
		return State{}, ErrOvertaken
	}
	next, err := s.record.Outline.after(s.record.State, m)
	if err != nil {
		s.mu.Unlock()
		return State{}, err
	}
	s.record.State, s.record.Moved = next, s.hub.Now()
	s.publish(next.event(), false)
	s.mu.Unlock()
	return next, s.save(ctx)
}

// End ends the session for everyone. The error is [ErrSecret] or the store's.
func (s *Session) End(ctx context.Context, secret string) error {
	if err := s.Authorise(secret); err != nil {
		return err
	}
	return s.end(ctx)
}

func (s *Session) end(ctx context.Context) error {
	ctx, cancel := s.inTime(ctx)
	defer cancel()
	s.saving.Lock()
	defer s.saving.Unlock()
	s.mu.Lock()
	s.record.Ended, s.untold = true, true
	s.voters, s.fresh = nil, nil
	s.publish(endedEvent(), true)
	body := s.body()
	s.mu.Unlock()
	err := s.hub.Sessions.EndSession(ctx, s.Code, body)
	s.mu.Lock()
	s.untold = err != nil
	s.mu.Unlock()
	return err
}

// save keeps the session as it is now. It goes on when whoever asked for it is gone.
func (s *Session) save(ctx context.Context) error {
	ctx, cancel := s.inTime(ctx)
	defer cancel()
	s.saving.Lock()
	defer s.saving.Unlock()
	s.mu.Lock()
	if s.record.Ended {
		s.mu.Unlock()
		return nil
	}
	body, voters := s.body(), s.fresh
	s.fresh = nil
	s.mu.Unlock()
	err := s.hub.Sessions.SaveSession(ctx, s.Code, s.created().Add(keptFor), body, voters)
	if err != nil {
		s.mu.Lock()
		s.fresh = append(voters, s.fresh...)
		s.mu.Unlock()
	}
	return err
}

// inTime is for what is written, whoever asked for it. Its time begins before its turn: those before it may have to wait, and each would
// wait as long once more.
func (s *Session) inTime(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), s.hub.SaveTimeout)
}

func (s *Session) body() []byte {
	body, err := json.Marshal(s.record)
	if err != nil {
		panic(err) // a record of texts and numbers can always be written
	}
	return body
}

func (s *Session) created() time.Time { return s.record.Created }

// over says that the session was ended, or that its time has come.
func (s *Session) over() bool { return s.isEnded() || !s.hub.Now().Before(s.Expires()) }

func (s *Session) isEnded() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.record.Ended
}

// isClosed says that the session was ended, and that the store knows.
func (s *Session) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.record.Ended && !s.untold
}

func (s *Session) hasVotes() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.fresh) > 0
}

// leave counts a follower out. When it was is noted before, so that the session looks idle at no time between.
func (s *Session) leave() {
	s.mu.Lock()
	s.left = s.hub.Now()
	s.mu.Unlock()
	s.followers.Add(-1)
	s.hub.followers.Add(-1)
}

// idleFor is how long nobody has moved the session or followed it, 0 where somebody follows it now, and whether it was ever
// moved or followed.
func (s *Session) idleFor() (idle time.Duration, used bool) {
	following := s.Followers() > 0
	s.mu.Lock()
	defer s.mu.Unlock()
	used = following || s.record.State.Seq > 1 || !s.left.IsZero()
	if following {
		return 0, used
	}
	since := s.record.Moved
	if s.left.After(since) {
		since = s.left
	}
	return s.hub.Now().Sub(since), used
}

// isIdle says that the session makes way where there is no room.
func (s *Session) isIdle() bool {
	idle, used := s.idleFor()
	return idle >= idleAfter || !used && idle >= unusedAfter
}

// yieldsBefore says which of two idle sessions makes way: one that was never used, then the one that is idle for longer.
func (s *Session) yieldsBefore(other *Session) bool {
	idle, used := s.idleFor()
	others, otherUsed := other.idleFor()
	if used != otherUsed {
		return otherUsed
	}
	return idle > others
}
