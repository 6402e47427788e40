package server

import (
	"net/http"
)

// PrivacyView is what the site does with what it learns of its readers: nothing, and how that can be seen.
type PrivacyView struct {
	// Statement is the text that organisations may paste into their own, in the page's language.
	Statement string
	// Addresses says that the operator has turned the noting of addresses on.
	Addresses bool
}

// privacy answers the page on privacy.
func (s *Server) privacy(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	if s.pageUnchanged(w, r, "privacy", lang) {
		return nil
	}
	page := s.newPage(r, lang, "privacy")
	page.Script = "plain"
	page.Title = page.T("privacy.title") + " · " + page.T("site.name")
	page.Description = page.T("privacy.intro")
	page.Leave, page.Found = s.ExitURL, s.found(r, lang)
	page.Privacy = &PrivacyView{Addresses: s.LogAddresses}
	statement := "privacy.statement"
	if s.LogAddresses {
		statement = "privacy.statementAddresses"
	}
	page.Privacy.Statement = page.T(statement, "host", s.BaseURL)
	return s.render(w, "privacy.html", http.StatusOK, page)
}
