package live

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"corridor/routes"
)

// State is what a presenter shows, whole: who comes late needs nothing else.
type State struct {
	// Seq grows by one with each move; it is the id of the event.
	Seq uint64 `json:"seq"`
	// Step is the id of the current step, [QuizBefore] and [QuizAfter] among them; Reached is the furthest that was shown.
	Step    string `json:"step"`
	Reached string `json:"reached"`
	// Screen is the presenter's name for the part of the step that is shown, such as "ask"; empty for its first.
	Screen string `json:"screen"`
	// Blank says that the presenter's screen shows nothing.
	Blank bool `json:"blank"`
	// HideLater keeps followers from looking at steps beyond Reached.
	HideLater bool `json:"hide_later"`
	// Open is the poll, or the group of polls, that may be answered now; empty for none: see [Poll].
	Open string `json:"open"`
	// Reveal shows the right answers of the quiz, as far as it is shown.
	Reveal bool `json:"reveal"`
}

// Move is what a presenter sets; the rest of a [State] follows from it.
type Move struct {
	Step      string `json:"step"`
	Screen    string `json:"screen"`
	Blank     bool   `json:"blank"`
	HideLater bool   `json:"hide_later"`
	Open      string `json:"open"`
	Reveal    bool   `json:"reveal"`
	// After is the Seq of the last state that the presenter knows of, 0 where they know none.
	After uint64 `json:"after"`
}

// QuizBefore and QuizAfter are the steps at which a lesson's quiz is asked: after the opening and before the closing.
const (
	QuizBefore = "quiz-before"
	QuizAfter  = "quiz-after"
)

// Poll is one thing that followers answer, each once. A presenter opens one by its ID, or all of a group by that:
//
//	quiz-before.ID, quiz-after.ID   a question of the quiz; the group is quiz-before or quiz-after, the answers those of the quiz
//	decision.STEP                   "what could have changed here?"; the answers are [DecisionAnswers]
//	question.STEP.N                 the N-th question of a step, from 0; the group is question.STEP, the answers are [QuestionAnswers]
type Poll struct {
	ID      string   `json:"id"`
	Group   string   `json:"group"`
	Answers []string `json:"answers"`
}

// DecisionAnswers are the kinds of change that can be chosen at a decision, after the modules B to E of the lesson.
func DecisionAnswers() []string { return []string{"prevention", "protection", "prosecution", "policy"} }

// QuestionAnswers are what a group can say of an open question: its answer itself is spoken, never written.
func QuestionAnswers() []string { return []string{"ready", "more_time", "unclear"} }

// Outline is all that a session needs to know of a lesson: nothing that could be read.
type Outline struct {
	Lesson string   `json:"lesson"`
	Route  string   `json:"route"`
	Steps  []string `json:"steps"`
	Polls  []Poll   `json:"polls"`
}

// OutlineOf draws a lesson's outline.
func OutlineOf(l routes.Lesson) Outline {
	o := Outline{Lesson: l.ID, Route: l.Route}
	for _, step := range l.Steps {
		if step.Kind == routes.Closing {
			o.addQuiz(QuizAfter, l.Quiz)
		}
		o.Steps = append(o.Steps, step.ID)
		group := "question." + step.ID
		for i := range step.Questions {
			o.Polls = append(o.Polls, Poll{group + "." + strconv.Itoa(i), group, QuestionAnswers()})
		}
		if len(step.Decision) > 0 {
			id := "decision." + step.ID
			o.Polls = append(o.Polls, Poll{id, id, DecisionAnswers()})
		}
		if step.Kind == routes.Opening {
			o.addQuiz(QuizBefore, l.Quiz)
		}
	}
	return o
}

func (o *Outline) addQuiz(round string, quiz []routes.Question) {
	if len(quiz) == 0 {
		return
	}
	o.Steps = append(o.Steps, round)
	for _, q := range quiz {
		p := Poll{ID: round + "." + q.ID, Group: round}
		for _, a := range q.Answers {
			p.Answers = append(p.Answers, a.ID)
		}
		o.Polls = append(o.Polls, p)
	}
}

// after gives the state that a move leads to. The error is a [MoveError].
func (o Outline) after(s State, m Move) (State, error) {
	const longest = 64
	at := slices.Index(o.Steps, m.Step)
	if at < 0 {
		return s, &MoveError{"step", "the lesson has no such step"}
	}
	if len(m.Screen) > longest || strings.Trim(m.Screen, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return s, &MoveError{"screen", "it must be a word of a-z, 0-9 and hyphens, 64 at most"}
	}
	if m.Open != "" && !slices.ContainsFunc(o.Polls, func(p Poll) bool { return p.openBy(m.Open) }) {
		return s, &MoveError{"open", "the lesson has nothing of this name to answer"}
	}
	next := State{
		Seq: s.Seq + 1, Step: m.Step, Reached: s.Reached, Screen: m.Screen,
		Blank: m.Blank, HideLater: m.HideLater, Open: m.Open, Reveal: m.Reveal,
	}
	if at > slices.Index(o.Steps, s.Reached) {
		next.Reached = m.Step
	}
	return next, nil
}

func (p Poll) openBy(name string) bool { return name != "" && (p.ID == name || p.Group == name) }

func (o Outline) poll(id string) (Poll, bool) {
	i := slices.IndexFunc(o.Polls, func(p Poll) bool { return p.ID == id })
	if i < 0 {
		return Poll{}, false
	}
	return o.Polls[i], true
}

// event writes a state as a server-sent event.
func (s State) event() []byte {
	body, err := json.Marshal(s)
	if err != nil {
		panic(err) // a struct of texts and numbers can always be written
	}
	return fmt.Appendf(nil, "id: %d\nevent: state\ndata: %s\n\n", s.Seq, body)
}
