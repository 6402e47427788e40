package live

import (
	"encoding/json"
	"fmt"
	"slices"

	"corridor/routes"
)

// State is what a presenter shows, whole: who comes late needs nothing else.
type State struct {
	// Seq grows by one with each move; it is the id of the event.
	Seq uint64 `json:"seq"`
	// Step is the id of the lesson's current step; Reached is the furthest that was shown.
	Step    string `json:"step"`
	Reached string `json:"reached"`
	// Blank says that the presenter's screen shows nothing.
	Blank bool `json:"blank"`
	// HideLater keeps followers from looking at steps beyond Reached.
	HideLater bool `json:"hide_later"`
	// Open is the group of polls that may be answered now, empty for none: see [Poll].
	Open string `json:"open"`
	// Reveal shows the right answers of the quiz.
	Reveal bool `json:"reveal"`
}

// Move is what a presenter sets; the rest of a [State] follows from it.
type Move struct {
	Step      string `json:"step"`
	Blank     bool   `json:"blank"`
	HideLater bool   `json:"hide_later"`
	Open      string `json:"open"`
	Reveal    bool   `json:"reveal"`
}

// Poll is one thing that followers answer, each once. Polls of a group are opened together:
//
//	quiz.before, quiz.after   the whole quiz; its polls are quiz.before.ID and quiz.after.ID, the answers those of the quiz
//	decision.STEP             "what could have changed here?"; the answers are [DecisionAnswers]
//	question.STEP.N           the N-th question of a step, from 0; the answers are [QuestionAnswers]
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
		o.Steps = append(o.Steps, step.ID)
		for i := range step.Questions {
			id := fmt.Sprintf("question.%s.%d", step.ID, i)
			o.Polls = append(o.Polls, Poll{id, id, QuestionAnswers()})
		}
		if len(step.Decision) > 0 {
			id := "decision." + step.ID
			o.Polls = append(o.Polls, Poll{id, id, DecisionAnswers()})
		}
	}
	for _, round := range []string{"quiz.before", "quiz.after"} {
		for _, q := range l.Quiz {
			p := Poll{ID: round + "." + q.ID, Group: round}
			for _, a := range q.Answers {
				p.Answers = append(p.Answers, a.ID)
			}
			o.Polls = append(o.Polls, p)
		}
	}
	return o
}

// after gives the state that a move leads to. The error is a [MoveError].
func (o Outline) after(s State, m Move) (State, error) {
	at := slices.Index(o.Steps, m.Step)
	if at < 0 {
		return s, &MoveError{"step", "the lesson has no such step"}
	}
	if m.Open != "" && !slices.ContainsFunc(o.Polls, func(p Poll) bool { return p.Group == m.Open }) {
		return s, &MoveError{"open", "the lesson has nothing of this name to answer"}
	}
	next := State{s.Seq + 1, m.Step, s.Reached, m.Blank, m.HideLater, m.Open, m.Reveal}
	if at > slices.Index(o.Steps, s.Reached) {
		next.Reached = m.Step
	}
	return next, nil
}

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
