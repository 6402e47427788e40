package server

import (
	"html/template"
	"net/url"

	"corridor/draw"
	"corridor/routes"
)

// HandoutView is a handout as a page, which a browser prints by itself.
type HandoutView struct {
	Route, Title, Summary Words
	// RouteURL is the absolute address of the route's page, empty where it is not known; Code is the same as a QR code. Read is
	// the page's address on the site, Present the presenter's.
	RouteURL, Read, Present string
	Code                    template.HTML
	Trainer                 bool
	Editions                []HandoutLink
	PDFs                    []HandoutLink
	Claim                   ClaimView
	Steps                   []HandoutStepView
	// Count is how many steps there are, the quiz being one twice.
	Count, Minutes int
	// EmptyMap is the address of the map without the route.
	EmptyMap string
	Quiz     []HandoutQuestionView
	Sources  []SourceView
}

// HandoutLink is a way to the same handout in another form; Key names the interface's text.
type HandoutLink struct {
	Key, URL string
	Current  bool
}

// HandoutStepView is one step of a handout.
type HandoutStepView struct {
	StepView
	Kind, Module             string
	Acts, Means, Signs       []string
	Noticing, Protects, Help Words
	// Map is the address of its map; empty where it has none.
	Map   string
	Claim ClaimView
	// Drafts and Fallback say that a text is a draft or stands in for another language.
	Drafts, Fallback bool
}

// HandoutQuestionView is a question of the quiz.
type HandoutQuestionView struct {
	Seq                   int
	Question, Explanation Words
	Answers               []HandoutAnswerView
}

// HandoutAnswerView is an answer that can be ticked; Correct is only ever true in the trainer's edition.
type HandoutAnswerView struct {
	Text    Words
	Correct bool
}

// fillHandout gives the page of a handout what it shows. The participant's edition is given no notes and no right answers.
func (s *Server) fillHandout(page *Page, pack routes.Pack, lesson routes.Lesson, trainer bool) error {
	p, r := s.presenter(pack, page.Lang), pack.Routes[0]
	h := &HandoutView{
		Route: p.words(r.Title), Title: p.words(lesson.Title), Trainer: trainer, RouteURL: s.addressOnPaper(r.ID, page.Lang), Read: routeAddress(r.ID, page.Lang, ""),
		Claim: p.claim(r.Claim, r.SaidBy),
	}
	if trainer {
		h.Summary = p.words(lesson.Summary)
	}
	if h.RouteURL != "" {
		code, err := qrSVG(h.RouteURL)
		if err != nil {
			return err
		}
		h.Code = template.HTML(code) //nolint:gosec // our own drawing, of numbers alone
	}
	base := "/routes/" + r.ID
	address := func(path string, more ...string) string {
		q := url.Values{"lesson": {lesson.ID}, "lang": {page.Lang}}
		for i := 0; i+1 < len(more); i += 2 {
			q.Set(more[i], more[i+1])
		}
		return base + path + "?" + q.Encode()
	}
	h.Present, h.EmptyMap = address("/present"), address("/handout/map.png")
	edition := participantEdition
	if trainer {
		edition = trainerEdition
	}
	for _, name := range []string{participantEdition, trainerEdition} {
		h.Editions = append(h.Editions, HandoutLink{"handout." + name, address("/handout", "edition", name), name == edition})
	}
	for i, key := range []string{"handout.pdfA4", "handout.pdfLetter"} {
		paper := string(draw.PaperSizes()[i])
		h.PDFs = append(h.PDFs, HandoutLink{Key: key, URL: address("/handout.pdf", "edition", edition, "paper", paper)})
	}
	for i := range page.Languages {
		q := url.Values{"lesson": {lesson.ID}, "lang": {page.Languages[i].Code}, "edition": {edition}}
		page.Languages[i].URL = "?" + q.Encode()
	}
	for i, step := range lesson.Steps {
		view := s.handoutStepView(pack, lesson, i, page.Lang, trainer)
		if drawn := s.handoutStep(pack, lesson, i, page.Lang); drawn.HasMap() {
			view.Map = address("/handout/map.png", "step", step.ID)
		}
		h.Steps = append(h.Steps, view)
		h.Count, h.Minutes = view.Seq, h.Minutes+step.Minutes
		p.drafts = p.drafts || view.Drafts
	}
	h.Quiz = quizView(p, lesson.Quiz, trainer)
	h.Sources = p.sources()
	page.Handout = h
	page.Title, page.Description = h.Title.Plain+" · "+page.T("handout.title"), h.Route.Plain
	page.Years, page.Historical, page.HasDrafts = spanOf(p.years), p.historical, p.drafts
	page.StandIn = p.standIn()
	return nil
}

func (s *Server) handoutStepView(pack routes.Pack, lesson routes.Lesson, i int, lang string, trainer bool) HandoutStepView {
	p, step := s.presenter(pack, lang), lesson.Steps[i]
	view := HandoutStepView{
		StepView: StepView{
			Seq: lesson.Numbers()[i], ID: step.ID, Title: p.words(step.Title), Narration: p.words(step.Narration), Questions: p.all(step.Questions),
			Decision: p.words(step.Decision), Minutes: step.Minutes,
		},
		Kind: string(step.Kind), Module: string(step.Module), Acts: plain(step.Acts), Means: plain(step.Means), Signs: plain(step.Signs),
		Noticing: p.words(step.Noticing), Protects: p.words(step.Protects), Help: p.words(step.Help),
	}
	if len(step.Citations) > 0 {
		view.Claim = p.claim(routes.Claim{AsOf: step.AsOf, Citations: step.Citations}, "")
	}
	if trainer {
		view.Notes = p.words(step.Notes)
	}
	view.Drafts = p.drafts
	for _, w := range append([]Words{view.Title, view.Narration, view.Notes, view.Decision, view.Noticing, view.Protects, view.Help}, view.Questions...) {
		view.Fallback = view.Fallback || w.Fallback && w.Plain != ""
	}
	return view
}

func quizView(p *presenter, quiz []routes.Question, trainer bool) []HandoutQuestionView {
	var out []HandoutQuestionView
	for i, q := range quiz {
		view := HandoutQuestionView{Seq: i + 1, Question: p.words(q.Question)}
		if trainer {
			view.Explanation = p.words(q.Explanation)
		}
		for _, a := range q.Answers {
			view.Answers = append(view.Answers, HandoutAnswerView{p.words(a.Text), trainer && a.Correct})
		}
		out = append(out, view)
	}
	return out
}
