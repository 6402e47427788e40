package live_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"corridor/live"
)

// Who makes tokens up answers nothing and takes nobody's answer from them: each stream brings one voter, one that comes again too.
func TestOnlyWhoFollowsAnswers(t *testing.T) {
	db := database(t, filepath.Join(t.TempDir(), "live.db"))
	h := hub(t, func(c *live.Config) { c.Sessions = db })
	s, secret := begin(t, h)
	other, _ := begin(t, h)
	move(t, s, secret, live.Move{Step: "hello", Open: "quiz-before"})
	vote := func(s *live.Session, ballot string) error {
		return s.Vote("room", live.Vote{Token: ballot, Poll: "quiz-before.lines", Answer: "a"})
	}
	mine := ballot(t, s)
	wrong := []string{
		ballot(t, other), mine[:22], mine[:len(mine)-1], mine + "A", "A" + mine, strings.Repeat("t", 16), strings.Repeat("t", 22),
		strings.Repeat("t", 38), strings.Repeat("t", 64), secret, s.Pass(),
	}
	for _, made := range wrong {
		var refused *live.MoveError
		if err := vote(s, made); !errors.As(err, &refused) || refused.Field != "token" {
			t.Errorf("answered with %q: %v", made, err)
		}
	}
	if err := vote(s, mine); err != nil {
		t.Errorf("a follower's answer: %v", err)
	}
	if err := vote(s, ballot(t, s)); err != nil {
		t.Errorf("that of a second phone: %v", err)
	}
	stop(h)
	again, err := hub(t, func(c *live.Config) { c.Sessions = db }).Find(context.Background(), s.Code, "room")
	if err != nil {
		t.Fatal(err)
	}
	if err := vote(again, mine); !errors.Is(err, live.ErrVoted) {
		t.Errorf("a ballot that was used before a restart: %v", err)
	}
	if got := votes(t, again, secret, "quiz-before.lines"); !slices.Equal(got, []int{2, 0}) {
		t.Errorf("totals %v, want 2 and 0", got)
	}
}

// One address has so many answers counted a minute; those that are refused for another reason take none of them.
func TestAnswersOfOneAddressAreCountedSoFast(t *testing.T) {
	clock := newClock()
	h := hub(t, func(c *live.Config) { c.Now = clock.now })
	s, secret := begin(t, h)
	move(t, s, secret, live.Move{Step: "hello", Open: "quiz-before"})
	vote := func(address, ballot string) error {
		return s.Vote(address, live.Vote{Token: ballot, Poll: "quiz-before.lines", Answer: "a"})
	}
	ballots := make([]string, 1204)
	for i := range ballots {
		ballots[i] = live.Ballot(s)
	}
	for i, b := range ballots[:1200] {
		if err := vote("room", b); err != nil {
			t.Fatalf("answer %d: %v", i+1, err)
		}
		if err := vote("room", b); !errors.Is(err, live.ErrVoted) {
			t.Fatalf("answer %d once more: %v", i+1, err)
		}
	}
	if err := vote("room", ballots[1200]); !errors.Is(err, live.ErrVotes) {
		t.Errorf("one more: %v, want ErrVotes", err)
	}
	if err := vote("elsewhere", ballots[1201]); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	clock.pass(100 * time.Millisecond)
	for i, want := range []error{nil, nil, live.ErrVotes} {
		if err := vote("room", ballots[[]int{1200, 1202, 1203}[i]]); !errors.Is(err, want) {
			t.Errorf("a tenth of a second later, answer %d: %v, want %v", i+1, err, want)
		}
	}
}

// Where answers and wrong codes came from is forgotten as soon as it counts no more.
func TestASweepForgetsAddresses(t *testing.T) {
	clock := newClock()
	h := hub(t, func(c *live.Config) { c.Now = clock.now })
	s, secret := begin(t, h)
	move(t, s, secret, live.Move{Step: "hello", Open: "quiz-before"})
	for range 40 { // a room
		if err := s.Vote("192.0.2.1", live.Vote{Token: live.Ballot(s), Poll: "quiz-before.lines", Answer: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, address := range []string{"192.0.2.2", "2001:db8::1"} { // the second with its network
		if _, err := h.Find(t.Context(), wrongCode, address); !errors.Is(err, live.ErrUnknown) {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		passed           time.Duration
		answered, missed int
	}{{0, 1, 3}, {time.Second, 1, 2}, {time.Second, 0, 0}} {
		clock.pass(tt.passed)
		h.Sweep(t.Context())
		if answered, missed := h.Remembered(); answered != tt.answered || missed != tt.missed {
			t.Errorf("%s later %d and %d are remembered, want %d and %d", tt.passed, answered, missed, tt.answered, tt.missed)
		}
	}
}

// A session takes so many answers in all, from however many addresses they come.
func TestASessionHasRoomForSoManyAnswers(t *testing.T) {
	const most = 20_000
	h := hub(t, nil)
	s, secret := begin(t, h)
	move(t, s, secret, live.Move{Step: "hello", Open: "quiz-before"})
	vote := func(i int) error {
		return s.Vote(fmt.Sprint("room ", i/1000), live.Vote{Token: live.Ballot(s), Poll: "quiz-before.lines", Answer: "a"})
	}
	for i := range most {
		if err := vote(i); err != nil {
			t.Fatalf("answer %d: %v", i+1, err)
		}
	}
	if err := vote(most); !errors.Is(err, live.ErrFull) {
		t.Errorf("one more: %v, want ErrFull", err)
	}
	if got := votes(t, s, secret, "quiz-before.lines"); !slices.Equal(got, []int{most, 0}) {
		t.Errorf("totals %v", got)
	}
}

// faulty is a store whose disk is full for a while.
type faulty struct {
	live.Sessions
	full *bool
}

var errDiskFull = errors.New("the disk is full")

func (f faulty) SaveSession(ctx context.Context, code string, until time.Time, body []byte, voters [][]byte) error {
	if *f.full {
		return errDiskFull
	}
	return f.Sessions.SaveSession(ctx, code, until, body, voters)
}

// Who has answered while the disk was full is written once it is not: after a restart nobody answers twice.
func TestVotersAreKeptAfterASaveThatFailed(t *testing.T) {
	db, full := database(t, filepath.Join(t.TempDir(), "live.db")), false
	h := hub(t, func(c *live.Config) { c.Sessions = faulty{db, &full} })
	s, secret := begin(t, h)
	move(t, s, secret, live.Move{Step: "hello", Open: "quiz-before"})
	var ballots []string
	for i := range 3 { // one before, one after the first save that fails, and one after the second
		b := live.Ballot(s)
		ballots = append(ballots, b)
		if err := s.Vote("room", live.Vote{Token: b, Poll: "quiz-before.lines", Answer: "a"}); err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			break
		}
		full = true
		if _, err := s.Move(context.Background(), secret, live.Move{Step: "hello", Open: "quiz-before"}); !errors.Is(err, errDiskFull) {
			t.Fatalf("with a full disk: %v", err)
		}
	}
	full = false
	move(t, s, secret, live.Move{Step: "hello", Open: "quiz-before"})
	stop(h)
	again, err := hub(t, func(c *live.Config) { c.Sessions = db }).Find(context.Background(), s.Code, "room")
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range ballots {
		if err := again.Vote("room", live.Vote{Token: b, Poll: "quiz-before.lines", Answer: "a"}); !errors.Is(err, live.ErrVoted) {
			t.Errorf("after a restart ballot %d answers again: %v", i+1, err)
		}
	}
	if got := votes(t, again, secret, "quiz-before.lines"); !slices.Equal(got, []int{3, 0}) {
		t.Errorf("totals %v, want 3 and 0", got)
	}
}
