package server

import (
	"context"
	"net/http"
	"strconv"
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

// foundItems is a page of a collection.
type foundItems struct {
	items []store.Item
	// matched is how many there are on all pages; nil where to count them would take longer than to read the page.
	matched *int
	// next is the address of the next page, below the server's root; empty on the last.
	next string
}

// find reads a page of a collection in a language that the content has.
func (s *Server) find(r *http.Request, v *store.View, c dataCollection, p itemsParams, lang string) (foundItems, error) {
	var found foundItems
	q := store.ItemsQuery{
		Collection: c.id, Lang: lang, Route: p.Route, PartOf: p.PartOf, Box: p.Box, Time: p.Time, Where: p.Where, Sort: p.Sort,
		After: p.After, AfterKeys: p.AfterKeys, Limit: p.Limit, Offset: p.Offset,
	}
	items, more, err := v.Items(r.Context(), q)
	if err != nil {
		return found, err
	}
	found.items = items
	if more {
		last := items[len(items)-1]
		keys, err := last.Keys(p.Sort)
		if err != nil {
			return found, err
		}
		found.next = with(r.URL, "offset", "", "cursor", cursor{last.ID, p.SortBy, keys}.String())
	}
	found.matched, err = s.matched(r.Context(), v, p, q, found)
	return found, err
}

// matched counts what a query finds, where that is cheap.
func (s *Server) matched(ctx context.Context, v *store.View, p itemsParams, q store.ItemsQuery, found foundItems) (*int, error) {
	n := len(found.items)
	switch {
	case q.After == 0 && q.Offset == 0 && found.next == "":
	case q.Box != nil || p.Time != nil || len(q.Where) > 0:
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
		found, err := s.find(r, v, c, p, lang)
		if err != nil {
			return err
		}
		head := collectionHead{links: s.itself(r, geoJSONType), matched: found.matched, made: made}
		if found.next != "" {
			head.links = append(head.links, link{Href: s.BaseURL + found.next, Rel: "next", Type: geoJSONType})
		}
		return writeCollection(w, found.items, head, s.historicalBefore())
	})
}

// collectionHead is what a FeatureCollection says of itself.
type collectionHead struct {
	links []link
	// matched is nil where it is not known.
	matched *int
	// made is when it was put together; zero where it does not say so.
	made time.Time
}

// writeCollection encodes to a buffer first, so that nothing is sent before all is known to be whole.
func writeCollection(w http.ResponseWriter, items []store.Item, head collectionHead, historicalBefore int) error {
	b := append([]byte(`{"type":"FeatureCollection","numberReturned":`), strconv.Itoa(len(items))...)
	if head.matched != nil {
		b = strconv.AppendInt(append(b, `,"numberMatched":`...), int64(*head.matched), 10)
	}
	if !head.made.IsZero() {
		b = head.made.AppendFormat(append(b, `,"timeStamp":"`...), time.RFC3339)
		b = append(b, '"')
	}
	b = append(b, `,"attribution":`...)
	b = append(strconv.AppendQuote(b, attribution), ',')
	b, err := appendLinks(b, head.links)
	if err != nil {
		return err
	}
	b = append(b, `,"features":[`...)
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = item.AppendGeoJSON(b, historicalBefore)
	}
	return writeBody(w, geoJSONType, append(b, "]}\n"...))
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
		b := item.AppendGeoJSON(nil, s.historicalBefore())
		if b, err = appendLinks(append(b[:len(b)-1], ','), links); err != nil {
			return err
		}
		return writeBody(w, geoJSONType, append(b, "}\n"...))
	})
}
