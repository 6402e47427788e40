package live

import (
	"errors"
	"fmt"
)

// What a hub or a session can refuse.
var (
	// ErrUnknown means that no session has this code.
	ErrUnknown = errors.New("live: no session has this code")
	// ErrEnded comes to whoever is late: a code stays known for a while after its end.
	ErrEnded = errors.New("live: the session is over")
	// ErrSecret means that a secret is not that of the session.
	ErrSecret = errors.New("live: this is not the session's secret")
	// ErrGuessing means that too many wrong codes came.
	ErrGuessing = errors.New("live: too many wrong codes")
	// ErrFull means that there are as many sessions, or followers, as the hub holds.
	ErrFull = errors.New("live: no room for another")
	// ErrShare means that as many sessions go on as one address may open.
	ErrShare = errors.New("live: no room for another of this address")
	// ErrOvertaken means that a move came later than one that was made after it.
	ErrOvertaken = errors.New("live: another move came first")
	// ErrVoted means that this follower has answered already.
	ErrVoted = errors.New("live: answered already")
	// ErrVotes means that too many answers of one address were counted.
	ErrVotes = errors.New("live: too many answers from one address")
	// ErrClosed means that this cannot be answered now.
	ErrClosed = errors.New("live: not open for answers")
)

// MoveError says which part of a move or of a vote cannot be used.
type MoveError struct{ Field, Problem string }

func (e *MoveError) Error() string { return fmt.Sprintf("live: %s: %s", e.Field, e.Problem) }
