package server

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"corridor/store"
)

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

// query asks for a page of a collection in a language that the content has.
func (p itemsParams) query(c dataCollection, lang string) store.ItemsQuery {
	return store.ItemsQuery{
		Collection: c.id, Lang: lang, Route: p.Route, PartOf: p.PartOf, Box: p.Box, Time: p.Time, Where: p.Where, Sort: p.Sort,
		After: p.After, AfterKeys: p.AfterKeys, Limit: p.Limit, Offset: p.Offset,
	}
}

// next is the address of the page after the one that ends with a row, below the server's root.
func (p itemsParams) next(u *url.URL, last int64, keys []any) string {
	return with(u, "offset", "", "cursor", cursor{last, p.SortBy, keys}.String())
}

// matched counts what a query finds on all pages, of which one has n; nil where to count would take longer than to read the page.
func (s *Server) matched(ctx context.Context, v *store.View, q store.ItemsQuery, n int, more bool) (*int, error) {
	switch {
	case q.After == 0 && q.Offset == 0 && !more:
	case q.Box != nil || q.Time != nil || len(q.Where) > 0:
		return nil, nil
	case q.Route != "" || q.PartOf != "":
		var err error
		if n, err = v.Count(ctx, q); err != nil {
			return nil, err
		}
	default:
		extent, err := s.extents.of(ctx, v, q.Collection)
		if err != nil {
			return nil, err
		}
		n = extent.Count
	}
	return &n, nil
}

// items answers a page of a collection: a GeoJSON FeatureCollection, or a page for people.
func (s *Server) items(w http.ResponseWriter, r *http.Request, page bool) error {
	c, err := collectionOf(r)
	if err != nil {
		return err
	}
	if plain := withoutEmpty(r.URL); page && plain != "" { // a form sends what was left empty too
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, plain, http.StatusSeeOther)
		return nil
	}
	p, err := parseItems(c, r.URL.Query())
	if err != nil {
		return err
	}
	if page {
		return s.itemsPage(w, r, c, p)
	}
	return s.inLanguage(r, p.Lang, func(v *store.View, lang string) error {
		made := s.Now().UTC().Truncate(time.Second)
		s.keep(w, r, v.Version)
		if s.unchangedSince(w, r, made, v.Version) {
			return nil
		}
		q := p.query(c, lang)
		found, err := v.Page(r.Context(), q, s.historicalBefore())
		if err != nil {
			return err
		}
		head := collectionHead{links: s.itself(r, geoJSONType), made: made}
		if head.whose, err = s.extents.credit(r.Context(), v); err != nil {
			return err
		}
		if head.matched, err = s.matched(r.Context(), v, q, found.Count, found.More); err != nil {
			return err
		}
		if p.Route != "" && found.Count > 0 {
			head.links = append(head.links, s.sourcesLink(p.Route))
		}
		if found.More {
			head.links = append(head.links, link{Href: s.BaseURL + p.next(r.URL, found.Last, found.LastKeys), Rel: "next", Type: geoJSONType})
		}
		return writeCollection(w, found, head)
	})
}

// sourcesAddress is that of a route's document, which lists the sources that all told of it is cited from.
func sourcesAddress(route string) string { return "/api/routes/" + route }

func (s *Server) sourcesLink(route string) link {
	return link{Href: s.BaseURL + sourcesAddress(route), Rel: "describedby", Type: jsonType}
}

// routeOf is the id of the route that a feature is of, empty for none.
func routeOf(item store.Item) (string, error) {
	var of struct{ Route string }
	if err := json.Unmarshal([]byte(item.Properties), &of); err != nil {
		return "", fmt.Errorf("properties of %s: %w", item.FID, err)
	}
	return of.Route, nil
}

// collectionHead is what a FeatureCollection says of itself.
type collectionHead struct {
	links []link
	whose credit
	// matched is nil where it is not known.
	matched *int
	// made is when it was put together; zero where it does not say so.
	made time.Time
}

// writeCollection sends a page that is whole before anything of it is sent.
func writeCollection(w http.ResponseWriter, page store.Page, head collectionHead) error {
	b := append([]byte(`{"type":"FeatureCollection","numberReturned":`), strconv.Itoa(page.Count)...)
	if head.matched != nil {
		b = strconv.AppendInt(append(b, `,"numberMatched":`...), int64(*head.matched), 10)
	}
	if !head.made.IsZero() {
		b = head.made.AppendFormat(append(b, `,"timeStamp":"`...), time.RFC3339)
		b = append(b, '"')
	}
	b = append(b, `,"attribution":`...)
	b = append(append(b, head.whose.quoted...), ',')
	b, err := appendLinks(b, head.links)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", geoJSONType)
	parts := [][]byte{append(b, `,"features":[`...)}
	for _, text := range page.Features {
		parts = append(parts, bytesOf(text))
	}
	writeWhole(w, append(parts, []byte("]}\n"))...)
	return nil
}

// gatherers put small parts of large answers together: what is written to a client costs more by the piece than by the byte.
var gatherers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 256<<10) }}

// writeParts writes parts behind one another.
func writeParts(w io.Writer, parts [][]byte) error {
	const few = 3 // one page between its head and its end
	if len(parts) > few {
		gathered, _ := gatherers.Get().(*bufio.Writer)
		gathered.Reset(w)
		defer func() { gathered.Reset(nil); gatherers.Put(gathered) }()
		for _, part := range parts {
			if _, err := gathered.Write(part); err != nil {
				return err
			}
		}
		return gathered.Flush()
	}
	for _, part := range parts {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// item answers one feature, as GeoJSON or as a page for people.
func (s *Server) item(w http.ResponseWriter, r *http.Request, page bool) error {
	c, err := collectionOf(r)
	if err != nil {
		return err
	}
	if err := onlyParams(r.URL.Query(), "lang", "f", "v"); err != nil {
		return err
	}
	if page {
		return s.itemPage(w, r, c)
	}
	lang, err := langParam(r.URL.Query())
	if err != nil {
		return err
	}
	return s.inLanguage(r, lang, func(v *store.View, lang string) error {
		item, err := v.Item(r.Context(), c.id, chi.URLParam(r, "fid"), lang)
		if err != nil {
			return err
		}
		s.keep(w, r, v.Version)
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		links := append(s.itself(r, geoJSONType), link{Href: s.BaseURL + "/api/collections/" + string(c.id), Rel: "collection", Type: jsonType})
		route, err := routeOf(item)
		if err != nil {
			return err
		}
		if route != "" {
			links = append(links, s.sourcesLink(route))
		}
		b := item.AppendGeoJSON(nil, s.historicalBefore())
		if b, err = appendLinks(append(b[:len(b)-1], ','), links); err != nil {
			return err
		}
		return writeBody(w, geoJSONType, append(b, "}\n"...))
	})
}
