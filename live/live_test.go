package live_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corridor/live"
	"corridor/routes"
	"corridor/store"
)

// clock is a time that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func database(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// hub makes a hub on a database of its own; configure may change what it is made of.
func hub(t testing.TB, configure func(*live.Config)) *live.Hub {
	t.Helper()
	c := live.Config{}
	if configure != nil {
		configure(&c)
	}
	if c.Sessions == nil {
		c.Sessions = database(t, filepath.Join(t.TempDir(), "live.db"))
	}
	h, err := live.New(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func lesson() live.Outline {
	text := routes.Text{"en": "x"}
	return live.OutlineOf(routes.Lesson{
		ID: "talk", Route: "way",
		Steps: []routes.Step{
			{ID: "hello", Kind: routes.Opening},
			{ID: "middle", Questions: []routes.Text{text, text}, Decision: text},
			{ID: "goodbye", Kind: routes.Closing},
		},
		Quiz: []routes.Question{{ID: "lines", Answers: []routes.Answer{{ID: "a"}, {ID: "b", Correct: true}}}},
	})
}

func begin(t testing.TB, h *live.Hub) (*live.Session, string) {
	t.Helper()
	s, secret, err := h.Open(context.Background(), "room", lesson(), "")
	if err != nil {
		t.Fatal(err)
	}
	return s, secret
}

func move(t testing.TB, s *live.Session, secret string, m live.Move) live.State {
	t.Helper()
	state, err := s.Move(context.Background(), secret, m)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// follower is one end of a real connection that a session writes to.
type follower struct {
	conn  net.Conn
	read  *bufio.Reader
	given string // its ballot
}

func follow(t testing.TB, s *live.Session) *follower {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a test's own end of a connection
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	client, err := net.Dial("tcp", listener.Addr().String()) //nolint:noctx // a test's own end of a connection
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	err = s.Follow(func() (net.Conn, []byte, error) {
		conn, err := listener.Accept()
		return conn, []byte("head\n"), err
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = client.SetReadDeadline(time.Now().Add(20 * time.Second))
	return &follower{conn: client, read: bufio.NewReader(client)}
}

// event reads the next event that is no sign of life and no ballot; its name is empty at the end of the stream.
func (f *follower) event() (name, data string) {
	for {
		name, data = f.any()
		if name == "ballot" {
			f.given = data
		} else if name != "beat" {
			return name, data
		}
	}
}

// any reads the next event.
func (f *follower) any() (name, data string) {
	for {
		line, err := f.read.ReadString('\n')
		if err != nil {
			return "", ""
		}
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "event":
			name = value
		case "data":
			return name, value
		}
	}
}

// ballot follows a session and gives the ballot that this brings.
func ballot(t testing.TB, s *live.Session) string {
	t.Helper()
	f := follow(t, s)
	f.state(t)
	name, given := f.any()
	if name != "ballot" {
		t.Fatalf("after the first state comes %q, want a ballot", name)
	}
	return given
}

func (f *follower) state(t testing.TB) live.State {
	t.Helper()
	name, data := f.event()
	var s live.State
	if err := json.Unmarshal([]byte(data), &s); name != "state" || err != nil {
		t.Fatalf("event %q %q, %v; want a state", name, data, err)
	}
	return s
}

func TestFollowersSeeWhatIsShown(t *testing.T) {
	s, secret := begin(t, hub(t, nil))
	early := follow(t, s)
	if got := early.state(t); got.Step != "hello" || got.Reached != "hello" || got.Seq != 1 {
		t.Errorf("at first %+v", got)
	}
	move(t, s, secret, live.Move{Step: "goodbye", HideLater: true})
	state := move(t, s, secret, live.Move{Step: "middle", Open: "quiz-before", HideLater: true})
	if want := (live.State{Seq: 3, Step: "middle", Reached: "goodbye", HideLater: true, Open: "quiz-before"}); state != want {
		t.Errorf("state %+v, want %+v", state, want)
	}
	if got := follow(t, s).state(t); got != state {
		t.Errorf("who comes late sees %+v, want %+v", got, state)
	}
	for got := early.state(t); got != state; got = early.state(t) { // a state between may be left out
		if got.Seq > state.Seq {
			t.Fatalf("saw %+v", got)
		}
	}
	if s.Followers() != 2 {
		t.Errorf("%d followers, want 2", s.Followers())
	}
}

func TestTheOutlineOfALesson(t *testing.T) {
	o := lesson()
	if want := []string{"hello", "quiz-before", "middle", "quiz-after", "goodbye"}; !slices.Equal(o.Steps, want) {
		t.Errorf("steps %q, want %q", o.Steps, want)
	}
	var polls []string
	for _, p := range o.Polls {
		polls = append(polls, p.Group+" "+p.ID)
	}
	want := []string{
		"quiz-before quiz-before.lines", "question.middle question.middle.0", "question.middle question.middle.1",
		"decision.middle decision.middle", "quiz-after quiz-after.lines",
	}
	if !slices.Equal(polls, want) {
		t.Errorf("polls %q, want %q", polls, want)
	}
}

func TestOnlyTheSecretMoves(t *testing.T) {
	ctx := context.Background()
	h := hub(t, nil)
	s, secret := begin(t, h)
	_, other := begin(t, h)
	for _, wrong := range []string{"", other, secret + "x", s.Code, s.Pass()} {
		if _, err := s.Move(ctx, wrong, live.Move{Step: "middle"}); !errors.Is(err, live.ErrSecret) {
			t.Errorf("moved with %q: %v", wrong, err)
		}
		if err := s.End(ctx, wrong); !errors.Is(err, live.ErrSecret) {
			t.Errorf("ended with %q: %v", wrong, err)
		}
		if _, err := s.Totals(wrong); !errors.Is(err, live.ErrSecret) {
			t.Errorf("counted with %q: %v", wrong, err)
		}
	}
	var move *live.MoveError
	if _, err := s.Move(ctx, secret, live.Move{Step: "middle", Screen: "<b>"}); !errors.As(err, &move) || move.Field != "screen" {
		t.Errorf("moved to a screen that is no word: %v", err)
	}
	if _, err := s.Move(ctx, secret, live.Move{Step: "nowhere"}); !errors.As(err, &move) || move.Field != "step" {
		t.Errorf("moved to a step that is none: %v", err)
	}
	if _, err := s.Move(ctx, secret, live.Move{Step: "middle", Open: "quiz"}); !errors.As(err, &move) || move.Field != "open" {
		t.Errorf("opened what is none: %v", err)
	}
}

func TestAMoveThatWasHeldBackComesTooLate(t *testing.T) {
	ctx := context.Background()
	s, secret := begin(t, hub(t, nil))
	known := s.State().Seq
	if _, err := s.Move(ctx, secret, live.Move{Step: "middle", After: known}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Move(ctx, secret, live.Move{Step: "goodbye", After: known}); !errors.Is(err, live.ErrOvertaken) {
		t.Errorf("a move that knows nothing of the last one: %v", err)
	}
	if now := s.State(); now.Step != "middle" || now.Seq != known+1 {
		t.Errorf("what is shown is %+v", now)
	}
	for _, after := range []uint64{known + 1, 0, known + 99} { // the last knows of more than was kept before a power cut
		if _, err := s.Move(ctx, secret, live.Move{Step: "goodbye", After: after}); err != nil {
			t.Errorf("after %d: %v", after, err)
		}
	}
}

func TestASessionEndsAfterTwelveHours(t *testing.T) {
	ctx := context.Background()
	clock := newClock()
	db := database(t, filepath.Join(t.TempDir(), "live.db"))
	h := hub(t, func(c *live.Config) { c.Now, c.Sessions = clock.now, db })
	s, secret := begin(t, h)
	f := follow(t, s)
	f.state(t)
	clock.pass(12*time.Hour - time.Second)
	h.Sweep(ctx)
	if _, err := h.Find(ctx, s.Code, "a"); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	clock.pass(time.Second)
	if _, err := h.Find(ctx, s.Code, "a"); !errors.Is(err, live.ErrEnded) {
		t.Errorf("at its end: %v, want ErrEnded", err)
	}
	h.Sweep(ctx)
	if name, _ := f.event(); name != "ended" {
		t.Errorf("the follower is told %q, want ended", name)
	}
	if name, _ := f.event(); name != "" {
		t.Errorf("after the end came %q", name)
	}
	if _, err := s.Move(ctx, secret, live.Move{Step: "middle"}); !errors.Is(err, live.ErrEnded) {
		t.Errorf("moved after its end: %v", err)
	}
	again := hub(t, func(c *live.Config) { c.Now, c.Sessions = clock.now, db })
	if _, err := again.Find(ctx, s.Code, "a"); !errors.Is(err, live.ErrEnded) {
		t.Errorf("after a restart: %v, want ErrEnded", err)
	}
	clock.pass(12 * time.Hour)
	again.Sweep(ctx)
	if _, err := again.Find(ctx, s.Code, "a"); !errors.Is(err, live.ErrUnknown) {
		t.Errorf("a day later: %v, want ErrUnknown", err)
	}
}

func TestARestartGoesOnWhereItWas(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "live.db")
	h := hub(t, func(c *live.Config) { c.Sessions = database(t, path) })
	s, secret := begin(t, h)
	state := move(t, s, secret, live.Move{Step: "middle", Open: "decision.middle"})
	vote := live.Vote{Token: ballot(t, s), Poll: "decision.middle", Answer: "protection"}
	if err := s.Vote("room", vote); err != nil {
		t.Fatal(err)
	}
	f := follow(t, s)
	f.state(t)
	stop(h)
	if name, _ := f.event(); name != "" {
		t.Errorf("the server's end tells followers %q; it must only hang up", name)
	}
	again := hub(t, func(c *live.Config) { c.Sessions = database(t, path) })
	found, err := again.Find(ctx, strings.ToLower(live.Spell(s.Code)), "a")
	if err != nil {
		t.Fatal(err)
	}
	if got := follow(t, found).state(t); got != state {
		t.Errorf("after a restart %+v, want %+v", got, state)
	}
	if found.Pass() != s.Pass() {
		t.Error("who is in must show another pass after a restart")
	}
	if err := found.Vote("room", vote); !errors.Is(err, live.ErrVoted) {
		t.Errorf("voted twice over a restart: %v", err)
	}
	if got := votes(t, found, secret, "decision.middle"); !slices.Equal(got, []int{0, 1, 0, 0}) {
		t.Errorf("totals %v after a restart", got)
	}
	move(t, found, secret, live.Move{Step: "goodbye"})
}

// stop runs a hub to its end, which writes what is left and ends the streams.
func stop(h *live.Hub) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	h.Run(ctx)
}

func votes(t testing.TB, s *live.Session, secret, poll string) []int {
	t.Helper()
	totals, err := s.Totals(secret)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(totals.Polls, func(p live.PollTotals) bool { return p.ID == poll })
	var list []int
	for _, a := range totals.Polls[i].Answers {
		list = append(list, a.Votes)
	}
	return list
}

func TestEachAnswersOnce(t *testing.T) {
	s, secret := begin(t, hub(t, nil))
	ballots := map[string]string{}
	for _, phone := range []string{"a", "b", "c", "d"} {
		ballots[phone] = ballot(t, s)
	}
	vote := func(phone, poll, answer string) error {
		return s.Vote("room", live.Vote{Token: ballots[phone], Poll: poll, Answer: answer})
	}
	if err := vote("a", "quiz-before.lines", "a"); !errors.Is(err, live.ErrClosed) {
		t.Errorf("answered before it was open: %v", err)
	}
	move(t, s, secret, live.Move{Step: "hello", Open: "quiz-before"})
	for _, r := range []string{"a", "b", "c"} {
		if err := vote(r, "quiz-before.lines", "b"); err != nil {
			t.Error(err)
		}
	}
	if err := vote("a", "quiz-before.lines", "a"); !errors.Is(err, live.ErrVoted) {
		t.Errorf("answered twice: %v", err)
	}
	var wrong *live.MoveError
	for _, bad := range []live.Vote{
		{Token: "short", Poll: "quiz-before.lines", Answer: "a"},
		{Token: strings.Repeat("x", 65), Poll: "quiz-before.lines", Answer: "a"},
		{Token: strings.Repeat("<", 16), Poll: "quiz-before.lines", Answer: "a"},
		{Token: ballots["d"], Poll: "quiz.lines", Answer: "a"},
		{Token: ballots["d"], Poll: "quiz-before.lines", Answer: "c"},
	} {
		if err := s.Vote("room", bad); !errors.As(err, &wrong) {
			t.Errorf("%+v: %v, want a MoveError", bad, err)
		}
	}
	if got := votes(t, s, secret, "quiz-before.lines"); !slices.Equal(got, []int{0, 3}) {
		t.Errorf("before the lesson %v, want 0 and 3", got)
	}
	move(t, s, secret, live.Move{Step: "goodbye", Open: "quiz-after"})
	if err := vote("a", "quiz-after.lines", "a"); err != nil {
		t.Errorf("the same question after the lesson: %v", err)
	}
	move(t, s, secret, live.Move{Step: "goodbye", Open: "quiz-after", Reveal: true})
	if err := vote("b", "quiz-after.lines", "a"); !errors.Is(err, live.ErrClosed) {
		t.Errorf("answered when the answers are shown: %v", err)
	}
}

// Nothing that a follower sent stands in what is kept, but for hashes while the session lasts.
func TestNothingOfFollowersIsKept(t *testing.T) {
	ctx := context.Background()
	db := database(t, filepath.Join(t.TempDir(), "live.db"))
	h := hub(t, func(c *live.Config) { c.Sessions = db })
	s, secret := begin(t, h)
	move(t, s, secret, live.Move{Step: "hello", Open: "quiz-before"})
	token := ballot(t, s)
	if err := s.Vote("room", live.Vote{Token: token, Poll: "quiz-before.lines", Answer: "b"}); err != nil {
		t.Fatal(err)
	}
	move(t, s, secret, live.Move{Step: "middle"}) // writes the vote too
	kept := func() (text string, voters int) {
		err := db.ReadSessions(ctx, func(_ string, body []byte, v [][]byte) error {
			text, voters = string(body), len(v)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return text, voters
	}
	if text, voters := kept(); voters != 1 || strings.Contains(text, token) || strings.Contains(text, secret) {
		t.Errorf("kept %d voters and %s", voters, text)
	}
	if err := s.End(ctx, secret); err != nil {
		t.Fatal(err)
	}
	if _, voters := kept(); voters != 0 {
		t.Errorf("%d voters are kept after the end", voters)
	}
	if got := votes(t, s, secret, "quiz-before.lines"); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("the presenter sees %v after the end", got)
	}
}

// The streams, moves, votes and counts of many at once, for the race detector.
func TestManyAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	h := hub(t, nil)
	running := make(chan struct{})
	go func() { defer close(running); h.Run(ctx) }()
	s, secret := begin(t, h)
	var all sync.WaitGroup
	for range 20 {
		f, given := follow(t, s), ballot(t, s)
		all.Go(func() {
			for f.state(t).Step != "goodbye" {
				continue
			}
		})
		all.Go(func() {
			_ = s.Vote("room", live.Vote{Token: given, Poll: "quiz-before.lines", Answer: "a"})
			_, _ = h.Find(ctx, s.Code, "a")
			_, _ = s.Totals(secret)
			h.Sweep(ctx)
		})
	}
	for _, step := range []string{"middle", "hello", "middle", "goodbye"} {
		move(t, s, secret, live.Move{Step: step, Open: "quiz-before"})
	}
	all.Wait()
	cancel()
	<-running
}
