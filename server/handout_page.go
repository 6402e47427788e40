package server

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

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
	Edition                 draw.Edition
	Editions                []HandoutLink
	PDFs                    []HandoutLink
	Claim                   ClaimView
	Steps                   []HandoutStepView
	// Count is how many steps there are, the quiz being one twice. Minutes are planned for all, QuizMinutes of them for the quiz.
	Count, Minutes, QuizMinutes int
	// MapSource says where the route on the maps is told and as of when, for steps whose words no source is cited for.
	MapSource string
	// EmptyMap is the address of the map without the route.
	EmptyMap string
	Quiz     []HandoutQuestionView
	Sources  []SourceView
	// Short is what the short edition shows; nil in the others.
	Short *ShortHandoutView
}

// Trainer says whether it is the trainer's edition.
func (h *HandoutView) Trainer() bool { return h.Edition == draw.TrainerEdition }

// link links the other editions and the files to print, each by the address of a path with its parameters.
func (h *HandoutView) link(address func(path string, more ...string) string) {
	for _, other := range draw.Editions() {
		name := string(other)
		h.Editions = append(h.Editions, HandoutLink{"handout." + name, address("/handout", "edition", name), other == h.Edition})
	}
	for i, key := range []string{"handout.pdfA4", "handout.pdfLetter"} {
		paper := string(draw.PaperSizes()[i])
		h.PDFs = append(h.PDFs, HandoutLink{Key: key, URL: address("/handout.pdf", "edition", string(h.Edition), "paper", paper)})
	}
}

// ShortHandoutView is what the short edition shows: a sheet to take home.
type ShortHandoutView struct {
	// Map is the address of the map of the whole route; it shows the stops.
	Map   string
	Stops []StopView
	// WithoutProtects says that what protects is left to the other editions.
	WithoutProtects bool
	// Steps are those that say what to notice, what protects or who can help.
	Steps []ShortStepView
	// Cited are the claims of these steps, each year's citations together.
	Cited                []ClaimView
	Drafts, Fallback     bool
	Licence, Attribution string
}

// ShortStepView is a step of the short edition; Stop is the number of the stop that it tells of, 0 where it tells of none.
type ShortStepView struct {
	HandoutStepView
	Stop int
}

// HandoutLink is a way to the same handout in another form; Key names the interface's text.
type HandoutLink struct {
	Key, URL string
	Current  bool
}

// HandoutStepView is one step of a handout.
type HandoutStepView struct {
	StepView
	Kind, Module string
	// StopID is the id of the stop that it tells of; empty where it tells of none.
	StopID                   string
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

// fillHandout gives the page of a handout what it shows. Only the trainer's edition is given notes and right answers.
func (s *Server) fillHandout(page *Page, pack routes.Pack, lesson routes.Lesson, edition draw.Edition) error {
	t, r, trainer := s.teller(pack, page.Lang), pack.Routes[0], edition == draw.TrainerEdition
	h := &HandoutView{
		Route: t.words(r.Title), Title: t.words(lesson.Title), Edition: edition, RouteURL: s.addressOnPaper(r.ID, page.Lang), Read: routeAddress(r.ID, page.Lang, ""),
		Claim: t.claim(r.Claim, r.SaidBy),
	}
	h.MapSource = mapSource(page, r, h.Claim.Historical)
	if trainer {
		h.Summary = t.words(lesson.Summary)
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
	h.link(address)
	for i := range page.Languages {
		q := url.Values{"lesson": {lesson.ID}, "lang": {page.Languages[i].Code}, "edition": {string(edition)}}
		page.Languages[i].URL = "?" + q.Encode()
	}
	var paper draw.Handout
	h.QuizMinutes = 2 * lesson.QuizMinutes
	h.Minutes = h.QuizMinutes
	for i, step := range lesson.Steps {
		view := s.handoutStepView(pack, lesson, i, page.Lang, trainer)
		drawn := s.handoutStep(pack, lesson, i, page.Lang, edition)
		paper.Steps = append(paper.Steps, drawn)
		if drawn.HasMap() {
			view.Map = address("/handout/map.png", "step", step.ID)
		}
		h.Steps = append(h.Steps, view)
		h.Count, h.Minutes = view.Seq, h.Minutes+step.Minutes
		t.drafts = t.drafts || view.Drafts
	}
	h.Quiz = quizView(t, lesson.Quiz, trainer)
	h.Sources = t.sources()
	if edition == draw.ShortEdition {
		h.Short = shortHandout(t, pack, h.Steps, paper)
	}
	page.Handout = h
	page.Title, page.Description = h.Title.Plain+" · "+page.T("handout.title"), h.Route.Plain
	s.date(page, t.years)
	page.HasDrafts = t.drafts
	page.StandIn = t.standIn()
	return nil
}

// mapSource says where the route on a map is told and as of when, as on paper.
func mapSource(page *Page, r routes.Route, historical bool) string {
	citations := make([]string, len(r.Citations))
	for i, c := range r.Citations {
		citations[i] = string(c)
	}
	said := page.T("handout.source", "cited", strings.Join(draw.Passages(citations), "; ")) + " · " + page.T("claim.asOf", "year", r.AsOf)
	if historical {
		said += " · " + page.T("claim.historical")
	}
	return page.T("claim.map", "cited", said)
}

// shortHandout is what the short edition shows of a lesson's steps, the same as on paper, and the map of the last.
func shortHandout(t *teller, pack routes.Pack, steps []HandoutStepView, paper draw.Handout) *ShortHandoutView {
	r := pack.Routes[0]
	kept, without := paper.ShortSteps()
	out := &ShortHandoutView{Map: steps[len(steps)-1].Map, WithoutProtects: without, Licence: pack.About.Licence, Attribution: pack.About.Attribution}
	for i, stop := range r.Stops {
		out.Stops = append(out.Stops, t.stop(r, i, stop))
	}
	for _, step := range steps {
		i := slices.IndexFunc(kept, func(other draw.HandoutStep) bool { return other.ID == step.ID })
		if i < 0 {
			continue
		}
		if without {
			step.Protects = Words{}
		}
		number := 1 + slices.IndexFunc(r.Stops, func(stop routes.Stop) bool { return step.StopID != "" && stop.ID == step.StopID })
		out.Steps = append(out.Steps, ShortStepView{step, number})
		out.Drafts, out.Fallback = out.Drafts || kept[i].HasDraft, out.Fallback || kept[i].Fallback
		out.cite(step.Claim)
	}
	for i := range out.Cited {
		out.Cited[i].Citations = together(out.Cited[i].Citations)
	}
	return out
}

// together names the passages of each source in one, as on paper.
func together(citations []CitationView) []CitationView {
	texts := make([]string, len(citations))
	for i, citation := range citations {
		texts[i] = citation.Text
	}
	var out []CitationView
	for _, passages := range draw.Passages(texts) {
		source, _, _ := strings.Cut(passages, " ")
		out = append(out, CitationView{Text: passages, Href: "#source-" + source})
	}
	return out
}

// cite adds the passages of a claim to those of its year.
func (h *ShortHandoutView) cite(c ClaimView) {
	i := slices.IndexFunc(h.Cited, func(other ClaimView) bool { return other.AsOf == c.AsOf })
	if len(c.Citations) == 0 {
		return
	} else if i < 0 {
		i, h.Cited = len(h.Cited), append(h.Cited, ClaimView{AsOf: c.AsOf, Historical: c.Historical})
	}
	h.Cited[i].Citations = append(h.Cited[i].Citations, c.Citations...)
}

func (s *Server) handoutStepView(pack routes.Pack, lesson routes.Lesson, i int, lang string, trainer bool) HandoutStepView {
	t, step := s.teller(pack, lang), lesson.Steps[i]
	view := HandoutStepView{
		StepView: StepView{
			Seq: lesson.Numbers()[i], ID: step.ID, Title: t.words(step.Title), Narration: t.words(step.Narration), Questions: t.all(step.Questions),
			Decision: t.words(step.Decision), Minutes: step.Minutes,
		},
		StopID: step.Stop, Kind: string(step.Kind), Module: string(step.Module), Acts: plain(step.Acts), Means: plain(step.Means), Signs: plain(step.Signs),
		Noticing: t.words(step.Noticing), Protects: t.words(step.Protects), Help: t.words(step.Help),
	}
	if len(step.Citations) > 0 {
		view.Claim = t.claim(routes.Claim{AsOf: step.AsOf, Citations: step.Citations}, "")
	}
	if trainer {
		view.Notes = t.words(step.Notes)
	}
	view.Drafts = t.drafts
	for _, w := range append([]Words{view.Title, view.Narration, view.Notes, view.Decision, view.Noticing, view.Protects, view.Help}, view.Questions...) {
		view.Fallback = view.Fallback || w.Fallback && w.Plain != ""
	}
	return view
}

func quizView(t *teller, quiz []routes.Question, trainer bool) []HandoutQuestionView {
	var out []HandoutQuestionView
	for i, q := range quiz {
		view := HandoutQuestionView{Seq: i + 1, Question: t.words(q.Question)}
		if trainer {
			view.Explanation = t.words(q.Explanation)
		}
		for _, a := range q.Answers {
			view.Answers = append(view.Answers, HandoutAnswerView{t.words(a.Text), trainer && a.Correct})
		}
		out = append(out, view)
	}
	return out
}
