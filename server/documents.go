package server

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"

	"corridor/routes"
	"corridor/store"
)

// routeSummary is a route in the list of routes.
type routeSummary struct {
	ID          string            `json:"id"`
	Title       routes.Text       `json:"title"`
	Summary     routes.Text       `json:"summary"`
	AsOf        int               `json:"as_of"`
	Historical  bool              `json:"historical"`
	Stops       int               `json:"stops"`
	Pack        string            `json:"pack"`
	Licence     string            `json:"licence"`
	Languages   []routes.Language `json:"languages"`
	Links       []link            `json:"links"`
	Attribution string            `json:"attribution"`
}

// routeDocument is a route as JSON: the documents as written, and the features derived from them.
type routeDocument struct {
	routeSummary
	BoundaryNote  string                `json:"boundary_note"`
	Route         routes.Route          `json:"route"`
	Sources       []routes.Source       `json:"sources"`
	Organisations []routes.Organisation `json:"organisations"`
	Places        []routes.Place        `json:"places"`
	Movements     []routes.Movement     `json:"movements"`
	Sites         []routes.Site         `json:"sites"`
	Findings      []routes.Finding      `json:"findings"`
	// Features are FeatureCollections by the name of their collection, geometry included.
	Features map[routes.Collection]json.RawMessage `json:"features"`
}

func (s *Server) summary(p routes.Pack, r routes.Route) routeSummary {
	var links []link
	if self := s.absolute("/api/routes/" + r.ID); self != "" {
		page := s.absolute(routeAddress(r.ID, "", ""))
		links = []link{{Href: self, Rel: "self", Type: jsonType}, {Href: page, Rel: "alternate", Type: htmlType}}
		if !s.Folder {
			links = append(links, s.downloadLinks(routeFile(r.ID, ""))...)
		}
	}
	return routeSummary{
		ID: r.ID, Title: r.Title, Summary: r.Summary, AsOf: r.AsOf, Historical: r.AsOf < s.historicalBefore(),
		Stops: len(r.Stops), Pack: p.About.ID, Licence: p.About.Licence, Languages: p.About.Languages,
		Attribution: p.About.Attribution, Links: links,
	}
}

// routeList is a page of the list of routes.
type routeList struct {
	Routes []routeSummary `json:"routes"`
	// Links lead to the next page where there is one.
	Links []link `json:"links"`
}

// listRoutes answers a page of the list of routes, in the order of their ids.
func (s *Server) listRoutes(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	limit, after, err := parseRouteList(q)
	if err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		packs, err := v.RoutesAfter(r.Context(), after, limit+1)
		if err != nil {
			return err
		}
		list := routeList{Routes: []routeSummary{}, Links: []link{{Href: s.absolute(r.URL.RequestURI()), Rel: "self", Type: jsonType}}}
		if len(packs) > limit {
			packs = packs[:limit]
			next := with(r.URL, "cursor", base64.RawURLEncoding.EncodeToString([]byte(packs[limit-1].Routes[0].ID)))
			list.Links = append(list.Links, link{Href: s.BaseURL + next, Rel: "next", Type: jsonType})
		}
		for _, p := range packs {
			list.Routes = append(list.Routes, s.summary(p, p.Routes[0]))
		}
		return writeJSON(w, list)
	})
}

// parseRouteList reads how many routes a page has and the id after which it begins. The error names the first that cannot be used.
func parseRouteList(q url.Values) (limit int, after string, err error) {
	if err := onlyParams(q, "limit", "cursor"); err != nil {
		return 0, "", err
	}
	limit = defaultLimit
	if q.Has("limit") {
		if limit, err = parseLimit(q.Get("limit"), maxLimit); err != nil {
			return 0, "", err
		}
	}
	raw, err := base64.RawURLEncoding.DecodeString(q.Get("cursor"))
	if err != nil || q.Has("cursor") && (len(raw) == 0 || !utf8.Valid(raw)) {
		return 0, "", &paramError{"cursor", "it is none of ours; follow the next link of a page"}
	}
	return limit, string(raw), nil
}

// routeDocument answers one route with everything told beside it.
func (s *Server) routeDocument(w http.ResponseWriter, r *http.Request) error {
	if err := onlyParams(r.URL.Query(), "lang"); err != nil {
		return err
	}
	lang, err := langParam(r.URL.Query())
	if err != nil {
		return err
	}
	id := chi.URLParam(r, "id")
	return s.Store.View(r.Context(), func(v *store.View) error {
		p, err := v.Route(r.Context(), id)
		if err != nil {
			return err
		}
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		d := routeDocument{
			routeSummary: s.summary(p, p.Routes[0]), BoundaryNote: s.textsFor(lang).Format("data.boundary"), Route: p.Routes[0], Sources: p.Sources,
			Organisations: p.Organisations, Places: p.Places, Movements: p.Movements, Sites: p.Sites, Findings: p.Findings,
			Features: map[routes.Collection]json.RawMessage{},
		}
		for _, c := range []routes.Collection{routes.Stops, routes.Legs, routes.Movements, routes.Sites} {
			q := store.ItemsQuery{Collection: c, Route: id, Lang: contentLanguage(lang, p.About.Tags()), Limit: maxLimit}
			if d.Features[c], err = s.wholeCollection(r, v, q); err != nil {
				return err
			}
		}
		return writeJSON(w, d)
	})
}

// wholeCollection gives every feature of a query, however many pages it has.
func (s *Server) wholeCollection(r *http.Request, v *store.View, q store.ItemsQuery) (json.RawMessage, error) {
	b := []byte(`{"type":"FeatureCollection","features":[`)
	for first := true; ; {
		items, more, err := v.Items(r.Context(), q)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			if !first {
				b = append(b, ',')
			}
			first = false
			b = item.AppendGeoJSON(b, s.historicalBefore())
		}
		if !more {
			return append(b, "]}"...), nil
		}
		q.After = items[len(items)-1].ID
	}
}

func writeJSON(w http.ResponseWriter, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeBody(w, "application/json", append(body, '\n'))
}
