package server

import "net/http"

// guide answers the page that tells trainers how to give a lesson.
func (s *Server) guide(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	if s.pageUnchanged(w, r, "guide", lang) {
		return nil
	}
	page := s.newPage(r, lang, "guide")
	page.Style = "guide"
	page.Title, page.Description = page.T("guide.title"), page.T("guide.intro")
	return s.render(w, "guide.html", http.StatusOK, page)
}
