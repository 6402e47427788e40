package server

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"corridor/routes"
	"corridor/store"
)

const geoJSONType = "application/geo+json"

// attribution names the data sets behind every geometry.
const attribution = "Natural Earth; GeoNames (CC BY 4.0); ECharts (Apache-2.0)"

// link is a link of the API to another answer.
type link struct {
	Href string `json:"href"`
	Rel  string `json:"rel"`
	Type string `json:"type"`
}

func collectionOf(r *http.Request) (routes.Collection, error) {
	c := routes.Collection(chi.URLParam(r, "collection"))
	if !slices.Contains(routes.Collections(), c) {
		return "", errNoResource
	}
	return c, nil
}

// inLanguage answers from one state of the content, with the wanted language brought to the nearest one that it has.
func (s *Server) inLanguage(r *http.Request, wanted string, answer func(*store.View, string) error) error {
	return s.Store.View(r.Context(), func(v *store.View) error {
		have, err := v.Languages(r.Context())
		if err != nil {
			return err
		}
		return answer(v, contentLanguage(wanted, have))
	})
}

// items answers a page of a collection as a GeoJSON FeatureCollection.
func (s *Server) items(w http.ResponseWriter, r *http.Request) error {
	collection, err := collectionOf(r)
	if err != nil {
		return err
	}
	p, err := parseItems(collection, r.URL.Query())
	if err != nil {
		return err
	}
	return s.inLanguage(r, p.Lang, func(v *store.View, lang string) error {
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		page, err := v.Page(r.Context(), store.ItemsQuery{
			Collection: collection, Lang: lang, Route: p.Route, PartOf: p.PartOf,
			Box: p.Box, After: p.After, Limit: p.Limit,
		}, s.historicalBefore())
		if err != nil {
			return err
		}
		links := []link{{s.BaseURL + r.URL.RequestURI(), "self", geoJSONType}}
		if page.More {
			links = append(links, link{s.nextPage(r.URL, page.Last), "next", geoJSONType})
		}
		return writeCollection(w, page, links)
	})
}

func (s *Server) nextPage(u *url.URL, last int64) string {
	q := u.Query()
	q.Set("cursor", cursorOf(last))
	return s.BaseURL + u.Path + "?" + q.Encode()
}

// writeCollection sends a page that is whole before anything of it is sent.
func writeCollection(w http.ResponseWriter, page store.Page, links []link) error {
	list, err := json.Marshal(links)
	if err != nil {
		return err
	}
	head := append([]byte(`{"type":"FeatureCollection","numberReturned":`), strconv.Itoa(page.Count)...)
	head = append(head, `,"attribution":`...)
	head = strconv.AppendQuote(head, attribution)
	head = append(append(head, `,"links":`...), list...)
	head = append(head, `,"features":[`...)
	w.Header().Set("Content-Type", geoJSONType)
	for _, part := range []string{string(head), page.Features, "]}\n"} {
		if _, err := io.WriteString(w, part); err != nil {
			return nil // the reader is gone; nobody is left to tell
		}
	}
	return nil
}

// item answers one feature.
func (s *Server) item(w http.ResponseWriter, r *http.Request) error {
	collection, err := collectionOf(r)
	if err != nil {
		return err
	}
	if err := onlyParams(r.URL.Query(), "lang"); err != nil {
		return err
	}
	lang, err := langParam(r.URL.Query())
	if err != nil {
		return err
	}
	return s.inLanguage(r, lang, func(v *store.View, lang string) error {
		item, err := v.Item(r.Context(), collection, chi.URLParam(r, "fid"), lang)
		if err != nil {
			return err
		}
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		return writeBody(w, geoJSONType, append(item.AppendGeoJSON(nil, s.historicalBefore()), '\n'))
	})
}

func writeBody(w http.ResponseWriter, contentType string, body []byte) error {
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(body) // the reader is gone; nobody is left to tell
	return nil
}
