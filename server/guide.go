package server

import (
	"net/http"

	"corridor/store"
)

// mostGuided is how many lessons the guide for trainers lists; where there are more, the list of routes leads to them.
const mostGuided = 12

// GuideView is what the guide for trainers leads to.
type GuideView struct {
	Lessons []LessonLink
}

// Only is the lesson that the guide speaks of where there is but one; else nil.
func (g GuideView) Only() *LessonLink {
	if len(g.Lessons) != 1 {
		return nil
	}
	return &g.Lessons[0]
}

// guide answers the page that tells trainers how to give a lesson.
func (s *Server) guide(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		if s.pageUnchanged(w, r, v.Version, "guide", lang) {
			return nil
		}
		packs, err := v.FirstLessons(r.Context(), mostGuided)
		if err != nil {
			return err
		}
		page := s.newPage(r, lang, "guide")
		page.Style = "guide"
		page.Title, page.Description = page.T("guide.title"), page.T("guide.intro")
		page.Guide = &GuideView{}
		for _, pack := range packs {
			page.Guide.Lessons = append(page.Guide.Lessons, s.teller(pack, lang).lesson(pack.Lessons[0]))
		}
		return s.render(w, "guide.html", http.StatusOK, page)
	})
}
