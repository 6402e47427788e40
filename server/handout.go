package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"corridor/draw"
	"corridor/routes"
	"corridor/store"
)

// HandoutOptions choose a handout.
type HandoutOptions struct {
	// Lesson is the id of one of the route's lessons; the first where empty.
	Lesson string
	// Edition is the participant's where it is empty.
	Edition draw.Edition
	// Paper is that of the PDF.
	Paper draw.PaperSize
	// step is that of a map; the empty map where empty.
	step string
}

// parseHandout reads the parameters of a handout, of those that are known at an address. The error names the first that
// cannot be used.
func parseHandout(q url.Values, known ...string) (HandoutOptions, error) {
	o := HandoutOptions{Lesson: q.Get("lesson"), Edition: draw.ParticipantEdition, Paper: draw.A4, step: q.Get("step")}
	if err := onlyParams(q, append([]string{"lesson", "lang"}, known...)...); err != nil {
		return o, err
	}
	if q.Has("edition") {
		if o.Edition = draw.Edition(q.Get("edition")); !slices.Contains(draw.Editions(), o.Edition) {
			return o, &paramError{"edition", "it must be participant, trainer or short"}
		}
	}
	if q.Has("paper") {
		if o.Paper = draw.PaperSize(q.Get("paper")); !slices.Contains(draw.PaperSizes(), o.Paper) {
			return o, &paramError{"paper", "it must be a4 or letter"}
		}
	}
	return o, nil
}

// handout answers the page of a handout, which a browser prints by itself.
func (s *Server) handout(w http.ResponseWriter, r *http.Request) error {
	o, err := parseHandout(r.URL.Query(), "edition")
	if err != nil {
		return err
	}
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		pack, lesson, err := lessonIn(r.Context(), v, chi.URLParam(r, "id"), o.Lesson)
		if err != nil {
			return err
		}
		if s.pageUnchanged(w, r, v.Version, lang) {
			return nil
		}
		page := s.newPage(r, lang, "handout")
		page.Style = "handout"
		if err := s.fillHandout(&page, pack, lesson, o.Edition); err != nil {
			return err
		}
		return s.render(w, "handout.html", http.StatusOK, page)
	})
}

// handoutPDF answers a handout as a PDF.
func (s *Server) handoutPDF(w http.ResponseWriter, r *http.Request) error {
	o, err := parseHandout(r.URL.Query(), "edition", "paper")
	if err != nil {
		return err
	}
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	return s.answerDrawn(w, r, lang, draw.PDF, func(v *store.View) (drawJob, error) {
		return s.handoutJob(r.Context(), v, chi.URLParam(r, "id"), lang, o)
	})
}

// handoutMap answers the map of one step of a handout as a PNG, or the empty map where no step is named.
func (s *Server) handoutMap(w http.ResponseWriter, r *http.Request) error {
	o, err := parseHandout(r.URL.Query(), "step")
	if err != nil {
		return err
	}
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	return s.answerDrawn(w, r, lang, draw.PNG, func(v *store.View) (drawJob, error) {
		return s.handoutMapJob(r.Context(), v, chi.URLParam(r, "id"), lang, o)
	})
}

// answerDrawn answers what a job draws, which is prepared while the database is held and drawn after.
func (s *Server) answerDrawn(w http.ResponseWriter, r *http.Request, lang string, format draw.Format, prepare func(*store.View) (drawJob, error)) error {
	var job drawJob
	err := s.Store.View(r.Context(), func(v *store.View) error {
		var err error
		if job, err = prepare(v); err != nil {
			return err
		}
		if s.pageUnchanged(w, r, v.Version, lang) {
			job = drawJob{}
		}
		return nil
	})
	if err != nil || job.draw == nil {
		return err
	}
	address, err := addressOf(r)
	if err != nil {
		return err
	}
	body, err := s.pictures.drawn(r.Context(), address, job)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Header().Set("Content-Language", lang)
	return writeBody(w, format.ContentType(), body)
}

// Handout writes a route's lesson for printing, in a language of the interface. The error is [store.ErrNotFound] where there
// is no such route or lesson.
func (s *Server) Handout(ctx context.Context, route, lang string, o HandoutOptions) ([]byte, error) {
	if !slices.Contains(s.tags, lang) {
		return nil, fmt.Errorf("the interface has no language %q; it has %v", lang, s.tags)
	}
	var job drawJob
	err := s.Store.View(ctx, func(v *store.View) (err error) {
		job, err = s.handoutJob(ctx, v, route, lang, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.pictures.drawn(ctx, "", job)
}

func (s *Server) handoutJob(ctx context.Context, v *store.View, route, lang string, o HandoutOptions) (drawJob, error) {
	h, err := s.drawHandout(ctx, v, route, lang, o)
	return drawJob{
		key: fmt.Sprintf("handout %s %s %d %s %s %+v", v.Version, s.build, s.historicalBefore(), lang, route, o),
		draw: func(ctx context.Context) ([]byte, error) {
			return s.pictures.painter.Handout(ctx, h, s.strings[lang].Format, o.Paper)
		},
	}, err
}

// handoutMapWidth is how wide in pixels the maps of a handout's page are: twice as many as the page shows, for printers.
const handoutMapWidth = 1000

func (s *Server) handoutMapJob(ctx context.Context, v *store.View, route, lang string, o HandoutOptions) (drawJob, error) {
	h, err := s.drawHandout(ctx, v, route, lang, o)
	if err != nil {
		return drawJob{}, err
	}
	i := -1
	if o.step != "" {
		i = slices.IndexFunc(h.Steps, func(told draw.HandoutStep) bool { return told.ID == o.step })
		if i < 0 || !h.Steps[i].HasMap() {
			return drawJob{}, &paramError{"step", "the lesson has no step of this id that has a map"}
		}
	}
	return drawJob{
		key: fmt.Sprintf("handout map %s %s %d %s %s %+v %d", v.Version, s.build, s.historicalBefore(), lang, route, o, i),
		draw: func(ctx context.Context) ([]byte, error) {
			return s.pictures.painter.StepMap(ctx, h, s.strings[lang].Format, i, handoutMapWidth)
		},
	}, nil
}

// drawHandout gathers what a handout shows.
func (s *Server) drawHandout(ctx context.Context, v *store.View, route, lang string, o HandoutOptions) (draw.Handout, error) {
	pack, lesson, err := lessonIn(ctx, v, route, o.Lesson)
	if err != nil {
		return draw.Handout{}, err
	}
	t := s.teller(pack, lang)
	title := t.words(lesson.Title)
	h := draw.Handout{
		Title: title.Plain, TitleLang: title.Lang, Summary: t.words(lesson.Summary).Plain, Edition: o.Edition,
		QuizMinutes: 2 * lesson.QuizMinutes,
		URL:         s.addressOnPaper(route, lang), StandIn: t.standIn(),
		Rights: s.strings[lang].Format("footer.licence", "licence", pack.About.Licence, "attribution", pack.About.Attribution),
	}
	if h.URL != "" {
		if h.Code, err = qrModules(h.URL); err != nil {
			return h, err
		}
	}
	if h.Route, err = s.drawRoute(ctx, v, pack, lang, draw.Options{Movements: true, Sites: true}); err != nil {
		return h, err
	}
	for i := range lesson.Steps {
		h.Steps = append(h.Steps, s.handoutStep(pack, lesson, i, lang, o.Edition))
	}
	for _, q := range lesson.Quiz {
		question := draw.HandoutQuestion{Question: t.words(q.Question).Plain, Explanation: t.words(q.Explanation).Plain}
		for _, a := range q.Answers {
			question.Answers = append(question.Answers, draw.HandoutAnswer{Text: t.words(a.Text).Plain, Correct: a.Correct})
		}
		h.Quiz = append(h.Quiz, question)
	}
	for _, src := range pack.Sources {
		h.Sources = append(h.Sources, draw.HandoutSource{ID: src.ID, Brief: s.briefSource(t, src), About: s.aboutSource(t, src)})
	}
	return h, nil
}

// addressOnPaper is the absolute address of a route's page in a language; empty where it is not known or leads to this computer alone:
// on paper it would send a reader to their own.
func (s *Server) addressOnPaper(route, lang string) string {
	address := s.absolute(routeAddress(route, lang, ""))
	if isLocal(address) {
		return ""
	}
	return address
}

// briefSource says of a source in a line what it is and when it was written.
func (s *Server) briefSource(t *teller, src routes.Source) string {
	about := []string{src.Title}
	if src.Created != "" {
		about = append(about, s.strings[t.lang].Format("sources.created", "date", string(src.Created)))
	}
	return strings.Join(slices.DeleteFunc(about, func(part string) bool { return part == "" }), " · ")
}

// aboutSource says of a source what a reader on paper needs to find it, or why it is not to be found here.
func (s *Server) aboutSource(t *teller, src routes.Source) []string {
	about := []string{src.Title, t.words(src.Author).Plain}
	words := s.strings[t.lang]
	if src.Created != "" {
		about = append(about, words.Format("sources.created", "date", string(src.Created)))
	}
	about = append(about, t.words(src.Nature).Plain, t.words(src.Marking).Plain)
	if src.NamesPeople {
		about = append(about, words.Format("sources.namesPeople"))
	}
	about = append(about, src.URL)
	return slices.DeleteFunc(about, func(line string) bool { return line == "" })
}

// handoutStep is a step of the lesson in a language, with the route as far as it has been told by then. Its marks are those of the texts that
// an edition shows.
func (s *Server) handoutStep(pack routes.Pack, lesson routes.Lesson, i int, lang string, edition draw.Edition) draw.HandoutStep {
	t, step := s.teller(pack, lang), lesson.Steps[i]
	out := draw.HandoutStep{
		ID: step.ID, Number: lesson.Numbers()[i], Kind: step.Kind, Module: step.Module, Minutes: step.Minutes, StopsTold: stopsTold(pack.Routes[0], lesson, i),
		Stop: step.Stop, Leg: step.Leg, Movements: step.Movements, Sites: step.Sites, Acts: step.Acts, Means: step.Means, Signs: step.Signs,
		Citations: step.Citations, AsOf: step.AsOf, Historical: step.AsOf != 0 && t.old(step.AsOf),
	}
	say := func(text routes.Text) string {
		w := t.words(text)
		out.Fallback, out.HasDraft = out.Fallback || w.Fallback && w.Plain != "", out.HasDraft || w.Draft
		return w.Plain
	}
	out.Title, out.Noticing, out.Protects, out.Help = say(step.Title), say(step.Noticing), say(step.Protects), say(step.Help)
	if edition == draw.ShortEdition {
		return out
	}
	out.Narration, out.Decision = say(step.Narration), say(step.Decision)
	for _, question := range step.Questions {
		out.Questions = append(out.Questions, say(question))
	}
	if edition == draw.TrainerEdition {
		out.Notes = say(step.Notes)
	}
	return out
}

// stopsTold counts the stops of a route that a lesson has told of by a step: all up to the furthest that was reached, since a
// step may tell of several at once, and the whole route at the closing.
func stopsTold(r routes.Route, lesson routes.Lesson, step int) int {
	if lesson.Steps[step].Kind == routes.Closing {
		return len(r.Stops)
	}
	reached := 0
	for _, told := range lesson.Steps[:step+1] {
		goal := told.Stop
		if i := slices.IndexFunc(r.Legs, func(leg routes.Leg) bool { return leg.ID == told.Leg }); goal == "" && i >= 0 {
			goal = r.Legs[i].To
		}
		reached = max(reached, 1+slices.IndexFunc(r.Stops, func(stop routes.Stop) bool { return stop.ID == goal }))
	}
	return reached
}
