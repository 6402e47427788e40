package server

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"corridor/routes"
	"corridor/static"
	"corridor/store"
)

const (
	geoJSONType = "application/geo+json"
	jsonType    = "application/json"
	htmlType    = "text/html"
	openAPIType = "application/vnd.oai.openapi+json;version=3.0"
)

// crs84 is longitude and latitude in degrees on WGS 84, in which all coordinates are.
const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

// gregorian is the calendar of temporal extents.
const gregorian = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"

// attribution names the data sets behind every geometry, which stand after whoever made the content.
const attribution = "Natural Earth; GeoNames (CC BY 4.0); ECharts (Apache-2.0)"

// link is a link of the API to another answer.
type link struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type,omitempty"`
	Title string `json:"title,omitempty"`
}

// collectionOf finds the collection that a request names. The error is [errNoResource] where there is none.
func collectionOf(r *http.Request) (dataCollection, error) {
	id := routes.Collection(chi.URLParam(r, "collection"))
	all := dataCollections()
	i := slices.IndexFunc(all, func(c dataCollection) bool { return c.id == id })
	if i < 0 {
		return dataCollection{}, errNoResource
	}
	return all[i], nil
}

// itself are the links of an answer to itself and to its other form.
func (s *Server) itself(r *http.Request, contentType string) []link {
	return []link{
		{Href: s.BaseURL + r.URL.RequestURI(), Rel: "self", Type: contentType},
		{Href: s.BaseURL + with(r.URL, "f", "html"), Rel: "alternate", Type: htmlType},
	}
}

// with gives an address with some of its parameters set, or left out where their value is empty.
func with(u *url.URL, pairs ...string) string {
	q := u.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Del(pairs[i])
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return u.EscapedPath()
	}
	return u.EscapedPath() + "?" + q.Encode()
}

// landingDocument is the landing page of OGC API - Features.
type landingDocument struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Attribution string `json:"attribution"`
	Links       []link `json:"links"`
}

// spatialExtent is in longitude-latitude degrees: west, south, east, north.
type spatialExtent struct {
	BBox [][4]float64 `json:"bbox"`
	CRS  string       `json:"crs"`
}

// temporalExtent has intervals of RFC 3339 times, nil for an open end.
type temporalExtent struct {
	Interval [][2]*string `json:"interval"`
	TRS      string       `json:"trs"`
}

type extentDocument struct {
	Spatial  *spatialExtent  `json:"spatial,omitempty"`
	Temporal *temporalExtent `json:"temporal,omitempty"`
}

type collectionDocument struct {
	ID          string          `json:"id"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Attribution string          `json:"attribution"`
	Extent      *extentDocument `json:"extent,omitempty"`
	ItemType    string          `json:"itemType"`
	CRS         []string        `json:"crs"`
	Links       []link          `json:"links"`
}

type collectionsDocument struct {
	Links       []link               `json:"links"`
	Collections []collectionDocument `json:"collections"`
}

// dataTexts reads the parameters of an answer about the data and gives the interface's texts in the language nearest to the one asked
// for, in the first of ours where none is. What a browser would like counts for pages alone: JSON does not say that it varies by it.
func (s *Server) dataTexts(r *http.Request) (static.Strings, error) {
	if err := onlyParams(r.URL.Query(), "f", "lang"); err != nil {
		return static.Strings{}, err
	}
	lang, err := langParam(r.URL.Query())
	return s.textsFor(lang), err
}

// landing answers where the API begins.
func (s *Server) landing(w http.ResponseWriter, r *http.Request, page bool) error {
	texts, err := s.dataTexts(r)
	if err != nil {
		return err
	}
	if page {
		return s.landingPage(w, r)
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		whose, err := s.extents.credit(r.Context(), v)
		if err != nil {
			return err
		}
		return writeJSON(w, s.landingDocument(r, texts, whose))
	})
}

func (s *Server) landingDocument(r *http.Request, texts static.Strings, whose credit) landingDocument {
	to := func(path, rel, contentType, title string) link {
		return link{Href: s.BaseURL + path, Rel: rel, Type: contentType, Title: texts.Format(title)}
	}
	return landingDocument{
		Title: texts.Format("site.name"), Description: texts.Format("data.intro"), Attribution: whose.attribution,
		Links: slices.Concat(s.itself(r, jsonType), []link{
			to("/api/openapi.json", "service-desc", openAPIType, "data.openapi"),
			to("/api/conformance", "conformance", jsonType, "data.conformance"),
			to("/api/collections", "data", jsonType, "data.collections"),
			to("/api/collections", "http://www.opengis.net/def/rel/ogc/1.0/data", jsonType, "data.collections"),
			to("/api/routes", "related", jsonType, "home.routes"),
		}, whose.links()),
	}
}

// conformance answers which classes of the standard the API conforms to.
func (s *Server) conformance(w http.ResponseWriter, r *http.Request, page bool) error {
	if _, err := s.dataTexts(r); err != nil {
		return err
	}
	if page {
		return s.conformancePage(w, r)
	}
	if s.unchanged(w, r, "conformance") {
		return nil
	}
	return writeJSON(w, map[string]any{"conformsTo": conformanceClasses(), "links": s.itself(r, jsonType)})
}

// collections answers the list of collections.
func (s *Server) collections(w http.ResponseWriter, r *http.Request, page bool) error {
	texts, err := s.dataTexts(r)
	if err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		if page {
			return s.collectionsPage(w, r, v)
		}
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		document := collectionsDocument{Links: s.itself(r, jsonType)}
		for _, c := range dataCollections() {
			one, err := s.collectionDocument(r.Context(), v, c, texts)
			if err != nil {
				return err
			}
			at := "/api/collections/" + one.ID
			one.Links = append(one.Links,
				link{Href: s.BaseURL + at, Rel: "self", Type: jsonType}, link{Href: s.BaseURL + at + "?f=html", Rel: "alternate", Type: htmlType})
			document.Collections = append(document.Collections, one)
		}
		return writeJSON(w, document)
	})
}

// collection answers what one collection is.
func (s *Server) collection(w http.ResponseWriter, r *http.Request, page bool) error {
	c, err := collectionOf(r)
	if err != nil {
		return err
	}
	texts, err := s.dataTexts(r)
	if err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		if page {
			return s.collectionPage(w, r, v, c)
		}
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		document, err := s.collectionDocument(r.Context(), v, c, texts)
		if err != nil {
			return err
		}
		document.Links = append(document.Links, s.itself(r, jsonType)...)
		return writeJSON(w, document)
	})
}

// collectionDocument describes a collection, without the links to itself.
func (s *Server) collectionDocument(ctx context.Context, v *store.View, c dataCollection, texts static.Strings) (collectionDocument, error) {
	extent, err := s.extents.of(ctx, v, c.id)
	if err != nil {
		return collectionDocument{}, err
	}
	whose, err := s.extents.credit(ctx, v)
	if err != nil {
		return collectionDocument{}, err
	}
	items := s.BaseURL + "/api/collections/" + string(c.id) + "/items"
	return collectionDocument{
		ID: string(c.id), Title: texts.Format("data.collection." + string(c.id)), Description: texts.Format("data.about." + string(c.id)),
		Attribution: whose.attribution, Extent: extentOf(extent), ItemType: "feature", CRS: []string{crs84},
		Links: slices.Concat([]link{
			{Href: items, Rel: "items", Type: geoJSONType},
			{Href: items + "?f=html", Rel: "items", Type: htmlType},
			{Href: s.BaseURL + tilesAddress(c.id), Rel: "related", Type: jsonType, Title: texts.Format("data.tiles")},
		}, s.schemaLinks(c, texts), s.downloadLinks(fileOf{collections: []dataCollection{c}}), whose.links()),
	}, nil
}

// tilesAddress is that of the TileJSON of a collection, below the server's root.
func tilesAddress(c routes.Collection) string { return "/tiles/" + string(c) + ".json" }

// extentOf leaves out what is not known: an empty collection has no extent.
func extentOf(e store.Extent) *extentDocument {
	if e.Bound == nil && e.Time == nil {
		return nil
	}
	d := &extentDocument{}
	if b := e.Box; b != nil {
		d.Spatial = &spatialExtent{BBox: [][4]float64{{b.West, b.South, b.East, b.North}}, CRS: crs84}
	}
	if e.Time != nil {
		begins, ends := moment(e.Time.From), moment(e.Time.To.AddDate(0, 0, 1).Add(-time.Second))
		if e.Time.To.IsZero() {
			ends = nil
		}
		d.Temporal = &temporalExtent{Interval: [][2]*string{{begins, ends}}, TRS: gregorian}
	}
	return d
}

// moment writes a time as RFC 3339 has it, nil for an open end.
func moment(at time.Time) *string {
	if at.IsZero() {
		return nil
	}
	text := at.UTC().Format(time.RFC3339)
	return &text
}

// extents keeps what the collections hold, and whose it is, for as long as the content stays.
type extents struct {
	mu      sync.Mutex
	version string
	known   map[routes.Collection]store.Extent
	whose   credits
}

func (e *extents) of(ctx context.Context, v *store.View, c routes.Collection) (store.Extent, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.version != v.Version {
		e.version, e.known = v.Version, map[routes.Collection]store.Extent{}
	}
	extent, ok := e.known[c]
	if !ok {
		var err error
		if extent, err = v.Extent(ctx, c); err != nil {
			return extent, err
		}
		e.known[c] = extent
	}
	return extent, nil
}

func appendLinks(b []byte, links []link) ([]byte, error) {
	raw, err := json.Marshal(links)
	return append(append(b, `"links":`...), raw...), err
}

func writeBody(w http.ResponseWriter, contentType string, body []byte) error {
	w.Header().Set("Content-Type", contentType)
	writeWhole(w, body)
	return nil
}
