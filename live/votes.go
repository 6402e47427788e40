package live

import (
	"encoding/base64"
	"slices"
	"strings"
)

const (
	// mostVotes is how many answers a session takes in all: each of 400 people can answer 50 polls.
	mostVotes = 20_000
	// votesPerMinute is how many answers of one address are counted, at once and a minute: 400 people in one room answer the
	// three questions of a quiz.
	votesPerMinute = 1200

	shortToken  = 16
	longToken   = 64
	tokenLetter = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
)

// voter stands for one token's answer to one poll; which answer it was is not kept.
type voter [16]byte

// Vote is one follower's answer to one poll.
type Vote struct {
	// Token is the ballot that the follower's stream gave, see [Session.Follow]: 16 to 64 letters, digits, - and _.
	Token  string `json:"token"`
	Poll   string `json:"poll"`
	Answer string `json:"answer"`
}

// ballot makes a token with which one follower can answer each poll once. It bears a proof that the session has made it, so that
// nothing has to be kept of those that were given, and nobody answers who has not followed. A stream gets one of its own: a page
// that comes again keeps its first, and what others make up takes no follower's answer from them.
func (s *Session) ballot() string {
	random := token()
	return random + s.proof(random)
}

func (s *Session) proof(random string) string {
	const length = 12 // bytes, 96 bits
	return base64.RawURLEncoding.EncodeToString(hashOf("ballot", s.Code, s.record.Salt, random)[:length])
}

// gave says whether a token is one of the session's ballots.
func (s *Session) gave(ballot string) bool {
	const random = 22 // letters
	return len(ballot) > random && same([]byte(ballot[random:]), []byte(s.proof(ballot[:random])))
}

// Vote adds an answer to the totals, once for each ballot and poll. The error is [ErrEnded], [ErrClosed] where the poll is
// not open, [ErrVoted], [ErrFull], [ErrVotes] where too many answers of the follower's address were counted, or a [MoveError].
func (s *Session) Vote(address string, v Vote) error {
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
	case !s.gave(v.Token):
		return &MoveError{"token", "it must be one that a stream of this session gave"}
	case len(s.voters) >= mostVotes:
		return ErrFull
	}
	who := voter(hashOf(s.record.Salt, poll.ID, v.Token)[:len(voter{})])
	if _, voted := s.voters[who]; voted {
		return ErrVoted
	}
	if !s.hub.votes.take(address) {
		return ErrVotes
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
