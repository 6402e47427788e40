package routes

import "slices"

// Lesson tells a route in steps, for a trainer before a group. It is a document of its own beside the route, so that a
// route may have several and a trainer their own (lessons/ID.yaml).
type Lesson struct {
	// A stable word of a-z, 0-9 and hyphens; the file is lessons/ID.yaml.
	ID string `json:"id"`
	// The id of the route that is told.
	Route string `json:"route"`
	// What readers see the lesson called.
	Title Text `json:"title"`
	// For whom it is and what it teaches.
	Summary Text `json:"summary"`
	// In the order of telling: an opening first, a closing last.
	Steps []Step `json:"steps"`
	// Asked before the lesson and again after it, without names.
	Quiz []Question `json:"quiz,omitempty"`
	// The time planned for the quiz, in minutes, each of the two times that it is asked.
	QuizMinutes int `json:"quiz_minutes,omitempty"`
}

// Numbers are those by which the steps are called, from 1, the last of them being how many there are: the quiz counts as a
// step after the opening and again before the closing, as it is presented.
func (l Lesson) Numbers() []int {
	numbers := make([]int, len(l.Steps))
	next := 1
	for i, step := range l.Steps {
		if step.Kind == Closing && len(l.Quiz) > 0 {
			next++
		}
		numbers[i] = next
		next++
		if step.Kind == Opening && len(l.Quiz) > 0 {
			next++
		}
	}
	return numbers
}

// Only gives the lesson with its texts in some languages and no others; the lesson itself stays as it is.
func (l Lesson) Only(tags ...string) Lesson {
	copied := l
	for _, t := range []*Text{&copied.Title, &copied.Summary} {
		*t = t.Only(tags...)
	}
	copied.Steps = slices.Clone(l.Steps)
	for i := range copied.Steps {
		s := &copied.Steps[i]
		s.Questions = slices.Clone(s.Questions)
		for j := range s.Questions {
			s.Questions[j] = s.Questions[j].Only(tags...)
		}
		for _, t := range []*Text{&s.Title, &s.Narration, &s.Noticing, &s.Protects, &s.Help, &s.Notes, &s.Decision} {
			*t = t.Only(tags...)
		}
	}
	copied.Quiz = slices.Clone(l.Quiz)
	for i := range copied.Quiz {
		q := &copied.Quiz[i]
		for _, t := range []*Text{&q.Question, &q.Explanation} {
			*t = t.Only(tags...)
		}
		q.Answers = slices.Clone(q.Answers)
		for j := range q.Answers {
			q.Answers[j].Text = q.Answers[j].Text.Only(tags...)
		}
	}
	return copied
}

// Step is one screen of a lesson, and what the trainer does with it.
type Step struct {
	// A stable word of a-z, 0-9 and hyphens; permalinks name it.
	ID string `json:"id"`
	// What the step is for: the first is the opening, the last the closing; a stage tells of a stop or a leg, a topic of what lies beside the route.
	Kind StepKind `json:"kind"`
	// A few words.
	Title Text `json:"title"`
	// What the screen says: at most 40 words, or as many signs as fill the same room.
	Narration Text `json:"narration"`
	// The id of the stop that the step tells of; the map goes there.
	Stop string `json:"stop,omitempty"`
	// The id of the leg that is drawn while the step is told.
	Leg string `json:"leg,omitempty"`
	// The ids of movements that the map shows at this step.
	Movements []string `json:"movements,omitempty"`
	// The ids of sites that the map shows at this step.
	Sites []string `json:"sites,omitempty"`
	// The part of COMMIT's regional training programme that it belongs to: A introduction, B prevention, C protection, D prosecution, E policy and cooperation.
	Module Module `json:"module"`
	// The time planned, in minutes.
	Minutes int `json:"minutes"`
	// The acts that the source tells of, by the Palermo Protocol.
	Acts []Act `json:"acts,omitempty"`
	// The means that the source tells of, by the Palermo Protocol.
	Means []Means `json:"means,omitempty"`
	// The ILO's indicators of forced labour that one could notice at such a stage.
	Signs []Sign `json:"signs,omitempty"`
	// The signs that one could notice, in words.
	Noticing Text `json:"noticing,omitempty"`
	// What protects people at such a stage.
	Protects Text `json:"protects,omitempty"`
	// Who can help: kinds of services, never a contact that is not in the content.
	Help Text `json:"help,omitempty"`
	// For the speaker alone.
	Notes Text `json:"notes"`
	// For the group.
	Questions []Text `json:"questions,omitempty"`
	// What could have changed here?
	Decision Text `json:"decision,omitempty"`
	// Where it is said, for what the narration takes from a source. A stage has at least one.
	Citations []Citation `json:"citations,omitempty"`
	// The year the source speaks of, wherever there is a citation.
	AsOf int `json:"as_of,omitempty"`
}

// Question is one of a quiz.
type Question struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// What is asked.
	Question Text `json:"question"`
	// Two to five, one of them correct.
	Answers []Answer `json:"answers"`
	// Told once the group has answered after the lesson.
	Explanation Text `json:"explanation"`
}

// Answer is one that can be chosen.
type Answer struct {
	// A stable word of a-z, 0-9 and hyphens.
	ID string `json:"id"`
	// What is answered.
	Text Text `json:"text"`
	// Whether it is the right one.
	Correct bool `json:"correct,omitempty"`
}
