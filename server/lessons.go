package server

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"corridor/routes"
	"corridor/static"
	"corridor/store"
)

// lessonKit is all that a page needs to tell a lesson in any of its languages, without asking again.
type lessonKit struct {
	Lesson routes.Lesson `json:"lesson"`
	Route  kitRoute      `json:"route"`
	// Original is the language that stands in where another has no text.
	Original string            `json:"original"`
	Content  []routes.Language `json:"content"`
	// Languages are those of the interface, with what they call themselves.
	Languages   []kitLanguage   `json:"languages"`
	Sources     []routes.Source `json:"sources"`
	Licence     string          `json:"licence"`
	Attribution string          `json:"attribution"`
	Features    []kitFeature    `json:"features"`
	// HistoricalBefore is the year before which what is told is a historical account.
	HistoricalBefore int                 `json:"historical_before"`
	Basemap          ClientBasemap       `json:"basemap"`
	Strings          map[string]kitWords `json:"strings"`
}

type kitWords = static.Strings

type kitLanguage struct {
	Code string `json:"code"`
	Name string `json:"name"`
	// Dir is "ltr" or "rtl".
	Dir string `json:"dir"`
}

type kitRoute struct {
	ID        string            `json:"id"`
	Title     routes.Text       `json:"title"`
	Summary   routes.Text       `json:"summary"`
	SaidBy    routes.Text       `json:"said_by"`
	AsOf      int               `json:"as_of"`
	Citations []routes.Citation `json:"citations"`
	// Stops are the ids of the stops in order; Legs are one between each two of them.
	Stops []string `json:"stops"`
	Legs  []kitLeg `json:"legs"`
	// URL is the absolute address of the route's page.
	URL string `json:"url"`
}

type kitLeg struct {
	ID string `json:"id"`
	To string `json:"to"`
}

type kitFeature struct {
	store.ToldFeature
	Historical bool `json:"historical"`
}

// kitPrefixes are those of the interface's texts that are shown while a lesson is told.
func kitPrefixes() []string {
	return []string{
		"present.", "lesson.", "quiz.", "live.", "term.", "map.", "claim.", "fact.", "figure.", "mark.", "legend.", "note.boundary",
		"sources.title",
	}
}

// chosenLesson is the one that ?lesson= names, else the first of the route. The error is [store.ErrNotFound] where the
// route has none.
func chosenLesson(p routes.Pack, id string) (routes.Lesson, error) {
	i := slices.IndexFunc(p.Lessons, func(l routes.Lesson) bool { return id == "" || l.ID == id })
	if i < 0 {
		return routes.Lesson{}, fmt.Errorf("lesson %q of route %q: %w", id, p.Routes[0].ID, store.ErrNotFound)
	}
	return p.Lessons[i], nil
}

// lessonIn gives a route and the lesson that [chosenLesson] chooses.
func lessonIn(ctx context.Context, v *store.View, route, id string) (routes.Pack, routes.Lesson, error) {
	pack, err := v.Route(ctx, route)
	if err != nil {
		return pack, routes.Lesson{}, err
	}
	lesson, err := chosenLesson(pack, id)
	return pack, lesson, err
}

// kitOf gathers what a page needs to tell a lesson of a pack that holds one route.
func (s *Server) kitOf(ctx context.Context, v *store.View, p routes.Pack, lesson routes.Lesson) (lessonKit, error) {
	r := p.Routes[0]
	kit := lessonKit{
		Lesson: lesson, Original: p.About.Original(), Content: p.About.Languages, Sources: p.Sources,
		Licence: p.About.Licence, Attribution: p.About.Attribution, HistoricalBefore: s.historicalBefore(), Basemap: s.clientBasemap(presentAddress(r.ID, lesson.ID, s.tags[0])),
		Route: kitRoute{
			ID: r.ID, Title: r.Title, Summary: r.Summary, AsOf: r.AsOf, Citations: r.Citations, URL: s.absolute(routeAddress(r.ID, "", "")),
		},
		Strings: make(map[string]kitWords, len(s.tags)),
	}
	for _, stop := range r.Stops {
		kit.Route.Stops = append(kit.Route.Stops, stop.ID)
	}
	for _, leg := range r.Legs {
		kit.Route.Legs = append(kit.Route.Legs, kitLeg{leg.ID, leg.To})
	}
	for _, o := range p.Organisations {
		if o.ID == r.SaidBy {
			kit.Route.SaidBy = o.Title
		}
	}
	for _, tag := range s.tags {
		kit.Languages = append(kit.Languages, kitLanguage{tag, s.strings[tag].Format("language.self"), s.strings[tag].Direction()})
		kit.Strings[tag] = s.strings[tag].WithPrefixes(kitPrefixes())
	}
	features, err := v.Told(ctx, r.ID)
	if err != nil {
		return kit, err
	}
	for _, f := range features {
		kit.Features = append(kit.Features, kitFeature{f, f.AsOf != 0 && f.AsOf < s.historicalBefore()})
	}
	return kit, nil
}

// lessonDocument answers a lesson as it was written.
func (s *Server) lessonDocument(w http.ResponseWriter, r *http.Request) error {
	if err := onlyParams(r.URL.Query()); err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		p, err := v.Lesson(r.Context(), chi.URLParam(r, "id"))
		if err != nil {
			return err
		}
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		return writeJSON(w, p.Lessons[0])
	})
}

// lessonKit answers all that a page needs to tell a lesson of a route.
func (s *Server) lessonKit(w http.ResponseWriter, r *http.Request) error {
	if err := onlyParams(r.URL.Query(), "lesson"); err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		p, lesson, err := lessonIn(r.Context(), v, chi.URLParam(r, "id"), r.URL.Query().Get("lesson"))
		if err != nil {
			return err
		}
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		kit, err := s.kitOf(r.Context(), v, p, lesson)
		if err != nil {
			return err
		}
		if s.Folder { // in its languages only; a server has them all
			kit.keepLanguages(s.tags)
		}
		return writeJSON(w, kit)
	})
}

// present answers the presenter of a route's lesson, and notes the speaker's view of it: the same page, told apart by its
// view, so that both know the lesson in the same words.
func (s *Server) present(view string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		lang, err := s.pageLanguage(r)
		if err != nil {
			return err
		}
		return s.Store.View(r.Context(), func(v *store.View) error {
			p, lesson, err := lessonIn(r.Context(), v, chi.URLParam(r, "id"), r.URL.Query().Get("lesson"))
			if err != nil {
				return err
			}
			if s.pageUnchanged(w, r, v.Version, lang) {
				return nil
			}
			page := s.newPage(r, lang, view)
			page.Script, page.Style = "present", "present"
			s.fillLesson(&page, p, lesson, view)
			return s.render(w, "present.html", http.StatusOK, page)
		})
	}
}

// fillLesson gives the page of a presenter the whole lesson as text, for readers without JavaScript, and the address of the
// rest. The speaker's view has the notes too.
func (s *Server) fillLesson(page *Page, pack routes.Pack, lesson routes.Lesson, view string) {
	t := s.teller(pack, page.Lang)
	r := pack.Routes[0]
	l := &LessonView{
		ID: lesson.ID, Route: r.ID, View: view, Kit: "/routes/" + r.ID + "/lesson.json?lesson=" + lesson.ID,
		Notes: "/routes/" + r.ID + "/notes" + query("lang", page.Lang, "lesson", lesson.ID),
		Title: t.words(lesson.Title), Claim: t.claim(r.Claim, r.SaidBy),
	}
	for i := range lesson.Steps {
		step := s.handoutStepView(pack, lesson, i, page.Lang, view == "notes")
		step.Claim.Citations = together(step.Claim.Citations)
		l.Steps = append(l.Steps, step)
		t.drafts = t.drafts || step.Drafts
	}
	l.Quiz, l.Sources = quizView(t, lesson.Quiz, true), t.sources()
	page.Lesson = l
	page.Title, page.Description = l.Title.Plain, t.words(lesson.Summary).Plain
	s.date(page, t.years)
	page.HasDrafts = t.drafts
	page.StandIn = t.standIn()
}
