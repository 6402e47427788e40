package server

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"corridor/live"
	"corridor/routes"
)

// liveEntry answers the page where an audience types the code, and leads a typed code to its session.
func (s *Server) liveEntry(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	typed := r.URL.Query().Get("code")
	if code, ok := live.ParseCode(typed); ok {
		to := "/live/" + code
		if asked := r.URL.Query().Get("lang"); asked != "" {
			to += "?" + url.Values{"lang": {lang}}.Encode()
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	view := &LiveView{Code: typed}
	status := http.StatusOK
	if typed != "" {
		view.Problem, status = "live.problem.unknown", http.StatusNotFound
	}
	return s.renderLive(w, r, status, livePage{lang, "live-entry.html", view, nil})
}

// liveHelp answers how to share a network in a room that has none.
func (s *Server) liveHelp(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	return s.renderLive(w, r, http.StatusOK, livePage{lang, "live-help.html", &LiveView{}, nil})
}

// livePage answers the page that follows a session; it is whole without JavaScript, for the step that is shown now.
func (s *Server) livePage(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	session, err := s.session(r)
	if key := liveProblem(err); key != "" {
		askLater(w, statusOfLive(err))
		view := &LiveView{Code: chi.URLParam(r, "code"), Problem: key}
		return s.renderLive(w, r, statusOfLive(err), livePage{lang, "live-entry.html", view, nil})
	}
	if err != nil {
		return err
	}
	pack, lesson, err := s.lessonOf(r, session.Route(), session.Lesson())
	if err != nil {
		return err
	}
	client := &LiveClient{Code: session.Code, Pass: session.Pass(), State: session.State()}
	view := s.followView(pack, lesson, client.State, lang)
	view.Code = live.Spell(session.Code)
	view.Address = "/live/" + session.Code + "?" + url.Values{"lang": {lang}, "k": {client.Pass}}.Encode()
	return s.renderLive(w, r, http.StatusOK, livePage{lang, "live.html", view, client})
}

func liveProblem(err error) string {
	for key, is := range map[string]error{
		"live.problem.unknown": live.ErrUnknown, "live.problem.ended": live.ErrEnded, "live.problem.guessing": live.ErrGuessing,
	} {
		if errors.Is(err, is) {
			return key
		}
	}
	return ""
}

// livePage is one of the pages for an audience, with the template and what it shows; client is nil for a page without script.
type livePage struct {
	lang, template string
	view           *LiveView
	client         *LiveClient
}

func (s *Server) renderLive(w http.ResponseWriter, r *http.Request, status int, p livePage) error {
	page := s.newPage(r, p.lang, "live")
	page.Live = p.view
	page.Title = page.T("live.title")
	page.Client.Live = p.client
	keep := url.Values{}
	if p.client != nil {
		page.Script = "live"
		page.HasDrafts, page.StandIn = p.view.Drafts, p.view.StandIn
		page.Client.Strings = s.strings[p.lang].WithPrefixes([]string{"live."})
		page.Title = p.view.Title.Plain
		keep.Set("k", p.client.Pass)
	}
	for i, l := range page.Languages {
		keep.Set("lang", l.Code)
		page.Languages[i].URL = "?" + keep.Encode()
	}
	w.Header().Set("Cache-Control", "no-store")
	variesBy(w, "Accept-Language")
	return s.render(w, p.template, status, page)
}

// followView is a lesson as followers see it, the quiz as steps of its own.
func (s *Server) followView(pack routes.Pack, lesson routes.Lesson, state live.State, lang string) *LiveView {
	t := s.teller(pack, lang)
	v := &LiveView{Title: t.words(lesson.Title), State: state}
	for _, step := range lesson.Steps {
		if step.Kind == routes.Closing {
			v.Steps = append(v.Steps, t.liveQuiz(live.QuizAfter, "live.quiz.after", lesson.Quiz)...)
		}
		v.Steps = append(v.Steps, t.liveStep(step))
		if step.Kind == routes.Opening {
			v.Steps = append(v.Steps, t.liveQuiz(live.QuizBefore, "live.quiz.before", lesson.Quiz)...)
		}
	}
	// A step that the lesson has no longer, since it was imported anew, is taken for the first until the presenter moves on.
	shown := max(0, slices.IndexFunc(v.Steps, func(step LiveStep) bool { return step.ID == state.Step }))
	for i := range v.Steps {
		v.Steps[i].Seq, v.Steps[i].Total, v.Steps[i].Current = i+1, len(v.Steps), i == shown
	}
	v.Drafts, v.StandIn = t.drafts, t.standIn()
	return v
}

// liveQuiz is the quiz of a round as a step, or none where the lesson has no quiz; the title's key is in the interface.
func (t *teller) liveQuiz(round, title string, questions []routes.Question) []LiveStep {
	if len(questions) == 0 {
		return nil
	}
	drafts := t.noteDrafts()
	step := LiveStep{ID: round, Key: title, Quiz: t.quiz(questions, round)}
	step.Drafts = drafts()
	return []LiveStep{step}
}

func (t *teller) liveStep(step routes.Step) LiveStep {
	drafts := t.noteDrafts()
	view := LiveStep{
		ID: step.ID, Title: t.words(step.Title), Narration: t.words(step.Narration), Noticing: t.words(step.Noticing),
		Protects: t.words(step.Protects), Help: t.words(step.Help),
	}
	for n, q := range step.Questions {
		group := "question." + step.ID
		view.Questions = append(view.Questions, LivePoll{
			ID: group + "." + strconv.Itoa(n), Group: group, Text: t.words(q), Answers: ownAnswers("question", live.QuestionAnswers()),
		})
	}
	if len(step.Decision) > 0 {
		id := "decision." + step.ID
		view.Decision = &LivePoll{ID: id, Group: id, Text: t.words(step.Decision), Answers: lettered(ownAnswers("decision", live.DecisionAnswers()))}
	}
	if len(step.Citations) > 0 {
		claim := t.claim(routes.Claim{Citations: step.Citations, AsOf: step.AsOf}, t.pack.Routes[0].SaidBy)
		claim.Citations = together(claim.Citations)
		view.Claim = &claim
	}
	view.Drafts = drafts()
	return view
}

func (t *teller) quiz(questions []routes.Question, round string) []LivePoll {
	polls := make([]LivePoll, len(questions))
	for i, q := range questions {
		polls[i] = LivePoll{
			ID: round + "." + q.ID, Group: round, Screen: q.ID, Seq: i + 1, Total: len(questions),
			Text: t.words(q.Question), Explanation: t.words(q.Explanation),
		}
		for _, a := range q.Answers {
			polls[i].Answers = append(polls[i].Answers, LiveAnswer{ID: a.ID, Text: t.words(a.Text), Correct: a.Correct})
		}
		lettered(polls[i].Answers)
	}
	return polls
}

// lettered gives answers their letters, from A.
func lettered(answers []LiveAnswer) []LiveAnswer {
	for i := range answers {
		answers[i].Letter = string(rune('A' + i))
	}
	return answers
}

// ownAnswers are answers that have the interface's words.
func ownAnswers(kind string, ids []string) []LiveAnswer {
	list := make([]LiveAnswer, len(ids))
	for i, id := range ids {
		list[i] = LiveAnswer{ID: id, Key: strings.Join([]string{"live", kind, id}, ".")}
	}
	return list
}
