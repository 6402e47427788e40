package draw

import (
	"context"
	"errors"
	"fmt"

	"corridor/routes"
)

// PaperSize is the paper that a handout is printed on.
type PaperSize string

// The paper sizes.
const (
	A4     PaperSize = "a4"
	Letter PaperSize = "letter"
)

// PaperSizes lists the paper sizes.
func PaperSizes() []PaperSize { return []PaperSize{A4, Letter} }

// Millimetres is the paper's width and height, upright.
func (p PaperSize) Millimetres() (width, height float64) {
	if p == Letter {
		return 215.9, 279.4
	}
	return 210, 297
}

// pixels is the paper's size in the pixels of a layout.
func (p PaperSize) pixels() (width, height float64) {
	const perMillimetre = 96 / 25.4
	w, h := p.Millimetres()
	return w * perMillimetre, h * perMillimetre
}

// Edition says for whom a handout is.
type Edition string

// The editions. The participant's has a page for each step, to work with; the trainer's has the notes, the time planned and the
// quiz's answers too; the short one is a sheet printed on both sides, to take home.
const (
	ParticipantEdition Edition = "participant"
	TrainerEdition     Edition = "trainer"
	ShortEdition       Edition = "short"
)

// Editions lists the editions.
func Editions() []Edition { return []Edition{ParticipantEdition, TrainerEdition, ShortEdition} }

// Handout is a lesson on paper, all in one language: that of its route.
type Handout struct {
	Route            Route
	Title, TitleLang string
	// StandIn names, in the handout's language, the one that the texts stand in where they have none of the handout's.
	StandIn string
	// Summary is for whom the lesson is and what it teaches; the trainer's edition shows it.
	Summary string
	// URL is the route's absolute address and Code the same as a QR code, black where true; both are empty where it is not known.
	URL  string
	Code [][]bool
	// Edition is the participant's where it is empty.
	Edition Edition
	Steps   []HandoutStep
	Quiz    []HandoutQuestion
	// QuizMinutes is the time planned for the quiz, for both times that it is asked together; 0 for none.
	QuizMinutes int
	Sources     []HandoutSource
	// Rights say under which licence the content may be used and whom to name.
	Rights string
}

// HandoutStep is one step of the lesson; texts that are empty are left out.
type HandoutStep struct {
	ID string
	// Number is the one by which the lesson's presenter calls it, which counts the quiz too.
	Number           int
	Kind             routes.StepKind
	Module           routes.Module
	Minutes          int
	Title, Narration string
	// StopsTold is how many of the route's stops have been told when this step is; the map shows these, and no later one.
	StopsTold int
	// Stop is the id of the stop that the step tells of, Leg that of the leg.
	Stop, Leg string
	// Movements and Sites are the ids of what the map shows besides.
	Movements, Sites               []string
	Acts                           []routes.Act
	Means                          []routes.Means
	Signs                          []routes.Sign
	Noticing, Protects, Help       string
	Questions                      []string
	Decision, Notes                string
	Citations                      []routes.Citation
	AsOf                           int
	Historical, HasDraft, Fallback bool
}

// HandoutQuestion is one of the quiz.
type HandoutQuestion struct {
	Question    string
	Answers     []HandoutAnswer
	Explanation string
}

// HandoutAnswer is one that can be ticked.
type HandoutAnswer struct {
	Text    string
	Correct bool
}

// HandoutSource is a document that the lesson rests on.
type HandoutSource struct {
	ID string
	// Brief says in a line what it is and of what day.
	Brief string
	// About are lines of text: its title, who wrote it and when, its nature.
	About []string
}

// ErrNoStep means that the lesson has no such step, or that the step has no map.
var ErrNoStep = errors.New("draw: the step has no map")

// HasMap says whether the step tells of something that a map shows.
func (s HandoutStep) HasMap() bool {
	return s.Kind != routes.Opening && (s.Stop != "" || s.Leg != "" || len(s.Movements)+len(s.Sites) > 0 || s.Kind == routes.Closing)
}

// Handout writes a lesson as a PDF for printing, black on white. The same handout gives the same bytes.
func (p *Painter) Handout(ctx context.Context, h Handout, words Words, size PaperSize) ([]byte, error) {
	b := newBooklet(p, h, words, size)
	if h.Edition == ShortEdition {
		b.short()
	} else {
		b.whole()
	}
	if err := b.load(ctx); err != nil {
		return nil, err
	}
	body := b.print()
	if err := errors.Join(ctx.Err(), p.Fonts.missing); err != nil {
		return nil, err
	}
	return body, nil
}

// whole lays out the editions that have a page for each step.
func (b *booklet) whole() {
	b.plan = b.choosePlan()
	b.cover()
	for i, step := range b.handout.Steps {
		if step.Kind == routes.Closing { // after all that the group works with
			b.emptyMap()
			b.quiz()
		}
		b.step(i)
	}
}

// StepMap draws the map of a step as a PNG of a width in pixels. The error is [ErrNoStep] for a step
// without a map; an index of -1 is the empty map.
func (p *Painter) StepMap(ctx context.Context, h Handout, words Words, step, width int) ([]byte, error) {
	if step >= len(h.Steps) || step >= 0 && !h.Steps[step].HasMap() {
		return nil, fmt.Errorf("%w: %d", ErrNoStep, step)
	}
	frame := box{right: mapWidth, bottom: mapHeight}
	if step < 0 {
		frame = box{right: emptyMapWidth, bottom: emptyMapHeight}
	}
	m := newStepMaps(h, words, p)
	s := m.sheet(step, frame)
	s.options.Format, s.options.Width = PNG, width
	base, err := m.base(ctx, s)
	if err != nil {
		return nil, err
	}
	pen, err := newPen(s)
	if err != nil {
		return nil, err
	}
	s.drawMap(pen, base)
	s.drawScale(pen)
	if err := errors.Join(ctx.Err(), p.Fonts.missing); err != nil {
		return nil, err
	}
	return pen.finish()
}
