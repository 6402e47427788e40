package server

import (
	"fmt"
	"net/http"
	"time"

	"corridor/routes"
	"corridor/store"
)

// dataPage begins a page of the API. Its address keeps all that it asks for in the links to other languages.
func (s *Server) dataPage(r *http.Request, lang string) Page {
	page := s.newPage(r, lang, "data")
	page.Style, page.Script, page.Leave = "data", "plain", s.ExitURL
	for i, l := range page.Languages {
		page.Languages[i].URL = with(r.URL, "f", "html", "lang", l.Code)
		page.Languages[i].Alternate = s.absolute(page.Languages[i].URL)
	}
	page.Data = &DataView{
		Crumbs:  []LinkView{{page.T("data.title"), dataAddress("", lang)}},
		Formats: []LinkView{{"JSON", with(r.URL, "f", "json")}},
	}
	return page
}

// dataAddress is that of a page below the API's beginning.
func dataAddress(path, lang string) string { return "/api" + path + query("f", "html", "lang", lang) }

// titled names the page after the last of its crumbs, to which it adds some.
func (p *Page) titled(description string, crumbs ...LinkView) {
	p.Data.Crumbs = append(p.Data.Crumbs, crumbs...)
	last := p.Data.Crumbs[len(p.Data.Crumbs)-1].Title
	p.Title, p.Description = last+" · "+p.T("site.name"), description
}

// dataPageUnchanged answers 304 to who has the page.
func (s *Server) dataPageUnchanged(w http.ResponseWriter, r *http.Request, version, lang string) bool {
	return s.pageUnchanged(w, r, version, "html", lang)
}

// answerDataPage answers a page of the API in the language asked for, of a version of what it shows.
func (s *Server) answerDataPage(w http.ResponseWriter, r *http.Request, version, template string, fill func(*Page) error) error {
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	if s.dataPageUnchanged(w, r, version, lang) {
		return nil
	}
	page := s.dataPage(r, lang)
	if err := fill(&page); err != nil {
		return err
	}
	return s.render(w, template, http.StatusOK, page)
}

func (s *Server) landingPage(w http.ResponseWriter, r *http.Request) error {
	return s.Store.View(r.Context(), func(v *store.View) error {
		return s.answerDataPage(w, r, v.Version, "api-landing.html", func(page *Page) error {
			page.titled(page.T("data.intro"))
			page.Data.Address, page.Data.Crumbs[0].URL = s.BaseURL+"/api", ""
			if err := s.fillCredit(r, v, page); err != nil {
				return err
			}
			return s.fillCollections(r, v, page)
		})
	})
}

func (s *Server) conformancePage(w http.ResponseWriter, r *http.Request) error {
	return s.answerDataPage(w, r, "conformance", "api-conformance.html", func(page *Page) error {
		page.titled(page.T("data.conformance"), LinkView{page.T("data.conformance"), ""})
		page.Data.Classes = conformanceClasses()
		return nil
	})
}

func (s *Server) collectionsPage(w http.ResponseWriter, r *http.Request, v *store.View) error {
	return s.answerDataPage(w, r, v.Version, "api-collections.html", func(page *Page) error {
		page.titled(page.T("data.intro"), LinkView{page.T("data.collections"), ""})
		if err := s.fillCredit(r, v, page); err != nil {
			return err
		}
		if err := s.fillCollections(r, v, page); err != nil {
			return err
		}
		for i, c := range dataCollections() { // what its JSON links to, the page does too
			page.Data.Collections[i].Files, page.Data.Collections[i].Tiles = fileOf{collections: []dataCollection{c}}.files(nil, page.Lang), tilesAddress(c.id)
		}
		return nil
	})
}

// fillCredit says under which licences the content is, and whom to name.
func (s *Server) fillCredit(r *http.Request, v *store.View, page *Page) error {
	whose, err := s.extents.credit(r.Context(), v)
	if err != nil {
		return err
	}
	page.Data.Attribution = whose.attribution
	for _, licence := range whose.licences {
		page.Data.Licences = append(page.Data.Licences, LinkView{licence, routes.LicenceAddress(licence)})
	}
	return nil
}

func (s *Server) fillCollections(r *http.Request, v *store.View, page *Page) error {
	for _, c := range dataCollections() {
		view, err := s.collectionView(r, v, page, c)
		if err != nil {
			return err
		}
		page.Data.Collections = append(page.Data.Collections, *view)
	}
	return nil
}

func (s *Server) collectionView(r *http.Request, v *store.View, page *Page, c dataCollection) (*CollectionView, error) {
	extent, err := s.extents.of(r.Context(), v, c.id)
	if err != nil {
		return nil, err
	}
	name := string(c.id)
	view := &CollectionView{
		ID: name, Title: page.T("data.collection." + name), About: page.T("data.about." + name), Count: extent.Count,
		URL: dataAddress("/collections/"+name, page.Lang), ItemsURL: dataAddress("/collections/"+name+"/items", page.Lang),
		SchemaURL: dataAddress("/collections/"+name+"/schema", page.Lang),
	}
	if b := extent.Box; b != nil {
		view.Bounds = fmt.Sprintf("%.2f, %.2f, %.2f, %.2f", b.West, b.South, b.East, b.North)
	}
	if t := extent.Time; t != nil {
		view.Time = dayOf(t.From) + " – " + dayOf(t.To)
	}
	for _, p := range c.properties {
		view.Properties = append(view.Properties, PropertyView{Name: p.name, About: page.T("data.property." + p.name), Type: p.typeName()})
	}
	return view, nil
}

// dayOf writes a day, or an ellipsis for an open end.
func dayOf(t time.Time) string {
	if t.IsZero() {
		return "…"
	}
	return t.Format(time.DateOnly)
}

func (s *Server) collectionPage(w http.ResponseWriter, r *http.Request, v *store.View, c dataCollection) error {
	return s.answerDataPage(w, r, v.Version, "api-collection.html", func(page *Page) (err error) {
		if page.Data.Collection, err = s.collectionView(r, v, page, c); err != nil {
			return err
		}
		page.titled(page.Data.Collection.About, collectionsCrumb(*page), LinkView{page.Data.Collection.Title, ""})
		page.Data.Files, page.Data.Tiles = fileOf{collections: []dataCollection{c}}.files(nil, page.Lang), tilesAddress(c.id)
		return s.fillCredit(r, v, page)
	})
}

func collectionsCrumb(page Page) LinkView {
	return LinkView{page.T("data.collections"), dataAddress("/collections", page.Lang)}
}
