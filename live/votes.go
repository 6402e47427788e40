package live

import (
	"slices"
	"strings"
)

const (
	// mostVotes is how many answers a session takes in all: each of 400 people can answer 50 polls.
	mostVotes   = 20_000
	shortToken  = 16
	longToken   = 64
	tokenLetter = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
)

// voter stands for one token's answer to one poll; which answer it was is not kept.
type voter [16]byte

// Vote is one follower's answer to one poll.
type Vote struct {
	// Token is a random text of 16 to 64 letters, digits, - and _, which the follower's page makes for this session alone.
	Token  string `json:"token"`
	Poll   string `json:"poll"`
	Answer string `json:"answer"`
}

// Vote adds an answer to the totals, once for each token and poll. The error is [ErrEnded], [ErrClosed] where the poll is
// not open, [ErrVoted], [ErrFull] or a [MoveError].
func (s *Session) Vote(v Vote) error {
	if len(v.Token) < shortToken || len(v.Token) > longToken || strings.Trim(v.Token, tokenLetter) != "" {
		return &MoveError{"token", "it must be 16 to 64 letters, digits, - and _"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.record.Ended {
		return ErrEnded
	}
	poll, known := s.record.Outline.poll(v.Poll)
	switch {
	case !known:
		return &MoveError{"poll", "the lesson has no such question"}
	case !slices.Contains(poll.Answers, v.Answer):
		return &MoveError{"answer", "the question has no such answer"}
	case !poll.openBy(s.record.State.Open) || s.record.State.Reveal:
		return ErrClosed
	case len(s.voters) >= mostVotes:
		return ErrFull
	}
	who := voter(hashOf(s.record.Salt, poll.ID, v.Token)[:len(voter{})])
	if _, voted := s.voters[who]; voted {
		return ErrVoted
	}
	s.voters[who] = struct{}{}
	s.fresh = append(s.fresh, who[:])
	if s.record.Totals[poll.ID] == nil {
		s.record.Totals[poll.ID] = map[string]int{}
	}
	s.record.Totals[poll.ID][v.Answer]++
	return nil
}

// Totals are the answers so far, counted.
type Totals struct {
	// Followers is how many streams are open now.
	Followers int          `json:"followers"`
	Polls     []PollTotals `json:"polls"`
}

// PollTotals are the answers to one poll, in the order of the lesson.
type PollTotals struct {
	ID      string        `json:"id"`
	Group   string        `json:"group"`
	Votes   int           `json:"votes"`
	Answers []AnswerTotal `json:"answers"`
}

// AnswerTotal is how many chose an answer.
type AnswerTotal struct {
	ID    string `json:"id"`
	Votes int    `json:"votes"`
}

// Totals counts the answers to every poll. The error is [ErrSecret].
func (s *Session) Totals(secret string) (Totals, error) {
	t := Totals{Followers: s.Followers(), Polls: []PollTotals{}}
	if err := s.Authorise(secret); err != nil {
		return t, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.record.Outline.Polls {
		sum := PollTotals{ID: p.ID, Group: p.Group}
		for _, answer := range p.Answers {
			n := s.record.Totals[p.ID][answer]
			sum.Answers = append(sum.Answers, AnswerTotal{answer, n})
			sum.Votes += n
		}
		t.Polls = append(t.Polls, sum)
	}
	return t, nil
}
