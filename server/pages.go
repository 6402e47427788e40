package server

import (
	"bytes"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"corridor/store"
)

// home answers the map of everything with the list of routes.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		packs, err := s.homeRoutes(r.Context(), v)
		if err != nil {
			return err
		}
		if s.pageUnchanged(w, r, v.Version, lang, s.helpDay(packs...)) {
			return nil
		}
		page := s.newPage(r, lang, "home")
		page.Client.Addresses = s.clientAddresses(r.URL.RequestURI(), lang, "", s.edition(v.Version))
		page.Script, page.MapScript = "viewer", s.assets.Scripts["viewer-map"]
		page.Find = s.findView(lang, "")
		page.Title = page.T("site.title")
		page.Description = page.T("site.description")
		lessons, err := homeLessons(r.Context(), v, packs)
		if err != nil {
			return err
		}
		s.fillHome(&page, packs, lessons)
		if err := s.fillMany(r.Context(), v, &page); err != nil {
			return err
		}
		letterRoutes(&page)
		page.Home.Picture = homePicture(&page)
		page.Leave, page.Found = s.ExitURL, s.found(r, lang)
		s.foundHome(&page)
		return s.render(w, "home.html", http.StatusOK, page)
	})
}

// route answers one route: the map, and all of its text.
func (s *Server) route(w http.ResponseWriter, r *http.Request) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		pack, err := v.Route(r.Context(), chi.URLParam(r, "id"))
		if err != nil {
			return err
		}
		if s.pageUnchanged(w, r, v.Version, lang, s.helpDay(pack)) {
			return nil
		}
		page := s.newPage(r, lang, "route")
		page.Script, page.MapScript = "viewer", s.assets.Scripts["viewer-map"]
		page.Find = s.findView(lang, "")
		page.Client.Route = pack.Routes[0].ID
		page.Client.Addresses = s.clientAddresses(r.URL.RequestURI(), lang, page.Client.Route, s.edition(v.Version))
		s.fillRoute(&page, pack)
		page.Leave, page.Found = s.ExitURL, s.found(r, lang)
		s.foundRoute(&page)
		page.Route.Share = s.share(pack.Routes[0].ID, lang, stopOf(pack.Routes[0], r), page.Title, page.Found)
		return s.render(w, "route.html", http.StatusOK, page)
	})
}

// failure answers a page about what went wrong.
func (s *Server) failure(w http.ResponseWriter, r *http.Request, status int, err error) {
	lang, langErr := s.pageLanguage(r)
	if langErr != nil {
		lang = s.tags[0]
	}
	page := s.newPage(r, lang, "failure")
	page.Failure = &FailureView{Status: status, Key: failureKey(status)}
	if status != http.StatusInternalServerError && status != http.StatusNotFound {
		page.Failure.Detail = publicDetail(err, status)
	}
	page.Title, page.Leave, page.Script = page.T(page.Failure.Key), s.ExitURL, "plain"
	takeBack(w.Header())
	s.pagePolicy(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := s.render(w, "failure.html", status, page); err != nil {
			s.Log.Error("the page of a failure failed", "error", err)
			http.Error(w, http.StatusText(status), status)
		}
	})).ServeHTTP(w, r)
}

func failureKey(status int) string {
	switch status {
	case http.StatusNotFound:
		return "failure.notFound"
	case http.StatusInternalServerError:
		return "failure.internal"
	}
	return "failure.badRequest"
}

func (s *Server) pageUnchanged(w http.ResponseWriter, r *http.Request, version string, more ...string) bool {
	s.varies(w, r)
	return s.unchanged(w, r, version, more...)
}

func (s *Server) newPage(r *http.Request, lang, kind string) Page {
	at := r.URL.RequestURI()
	p := Page{Lang: lang, Strings: s.strings[lang], Assets: s.assets, MapAttribution: s.basemapAttribution(), Folder: s.Folder, Responsible: responsibleOf(s.Contact)}
	p.Client = ClientData{
		Page: kind, Lang: lang, Basemap: s.clientBasemap(at), Strings: s.strings[lang].WithPrefixes(clientPrefixes()),
		Addresses: s.clientAddresses(at, lang, "", ""),
	}
	if fontScripts[lang] != "" {
		p.FontsFirst = s.fontsFirst.js()
	}
	if s.Folder {
		p.Policy = s.folderPolicy(kind)
	}
	for _, tag := range s.tags {
		q := url.Values{"lang": {tag}}
		for _, name := range []string{"lesson", "edition", "q"} {
			if value := r.URL.Query().Get(name); value != "" {
				q.Set(name, value)
			}
		}
		alternate := s.absolute(r.URL.EscapedPath() + "?" + q.Encode())
		if stop := r.URL.Query().Get("stop"); stop != "" {
			q.Set("stop", stop)
		}
		p.Languages = append(p.Languages, LanguageLink{
			Code: tag, Name: s.strings[tag].Format("language.self"), URL: "?" + q.Encode(), Current: tag == lang,
			Alternate: alternate,
		})
	}
	return p
}

// clientPrefixes are those of the texts that the script of the map pages shows; what templates alone show stays out of the
// page's data, since each reader pays for it.
func clientPrefixes() []string {
	return []string{
		"map.", "card.", "claim.", "steps.", "figure.", "legend.count", "legend.stops", "many.", "fact.means", "mark.", "home.read", "share.copied", "share.copyByHand", "term.role.",
		"term.precision.", "term.evidence.", "term.means.", "term.movement_kind.", "term.site_kind.", "term.unit.",
	}
}

// render writes a page whole or not at all.
func (s *Server) render(w http.ResponseWriter, name string, status int, page Page) error {
	var b bytes.Buffer
	if err := s.templates.ExecuteTemplate(&b, name, page); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", page.Lang)
	w.WriteHeader(status)
	writeWhole(w, b.Bytes())
	return nil
}
