package server

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/klauspost/compress/gzhttp"

	"corridor/download"
	"corridor/store"
)

const (
	// mostDownloads is how many files may be on their way at a time. Each holds a connection of the database.
	mostDownloads = 8
	// slowestDownload is how long a reader may take for what is sent at once, some 64 KB, before the connection is cut.
	slowestDownload = 30 * time.Second
)

// errManyDownloads means that too many files are on their way.
var errManyDownloads = errors.New("too many files are being downloaded; ask again in a moment")

// slots are places for a number of things at a time.
type slots chan struct{}

// take takes a place; leave gives it back. The error is [errManyDownloads] where none is free.
func (s slots) take() (leave func(), err error) {
	select {
	case s <- struct{}{}:
		return func() { <-s }, nil
	default:
		return nil, errManyDownloads
	}
}

// notOfFiles are the parameters of pages of items that a file does not have: it holds everything.
func notOfFiles() []string { return []string{"limit", "offset", "cursor", "f"} }

// fileParameters are the parameters of a collection's file.
func (c dataCollection) fileParameters() []parameter {
	return slices.DeleteFunc(c.itemsParameters(), func(p parameter) bool { return slices.Contains(notOfFiles(), p.name) })
}

// collectionDownload answers a file of a collection, or of a filter of it.
func (s *Server) collectionDownload(w http.ResponseWriter, r *http.Request) error {
	c, err := collectionOf(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	if err := onlyParams(q, names(c.fileParameters())...); err != nil {
		return err
	}
	p, err := parseItems(c, q)
	if err != nil {
		return err
	}
	return s.download(w, r, fileOf{collections: []dataCollection{c}, params: p})
}

// routeDownload answers a file of all that is told of a route.
func (s *Server) routeDownload(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if err := onlyParams(q, "lang", "v"); err != nil {
		return err
	}
	lang, err := langParam(q)
	if err != nil {
		return err
	}
	return s.download(w, r, routeFile(chi.URLParam(r, "id"), lang))
}

// download answers a file in the format that the address names.
func (s *Server) download(w http.ResponseWriter, r *http.Request, f fileOf) error {
	format, ok := download.ByExtension(chi.URLParam(r, "extension"))
	if !ok {
		return errNoResource
	}
	leave, err := s.slots.take()
	if err != nil {
		return err
	}
	defer leave()
	if !format.Streams() {
		return s.downloadMade(w, r, f, format)
	}
	f.source = s.absolute(r.URL.RequestURI())
	return s.Store.SlowView(r.Context(), func(v *store.View) error {
		if f.isRoute {
			if err := v.KnowsRoute(r.Context(), f.params.Route); err != nil {
				return err
			}
		}
		s.keep(w, r, v.Version)
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		if format.Compressed() {
			w.Header().Set(gzhttp.HeaderNoCompression, "true")
		}
		out := &fileAnswer{ResponseWriter: w, head: func(h http.Header) { f.head(h, format) }}
		if r.Method == http.MethodHead {
			out.start()
			return nil
		}
		d := s.downloads(f.params.Lang)
		return s.sent(r, out, d.write(r.Context(), v, f, format, out))
	})
}

// sent says how a file came to its end. One that has begun and fails is cut off, so that no reader takes it for complete.
func (s *Server) sent(r *http.Request, out *fileAnswer, err error) error {
	if err == nil || !out.started {
		return err
	}
	if !errors.Is(err, context.Canceled) && !out.gone {
		s.asked(r).Error("a download broke off", "path", r.URL.Path, "error", err)
	}
	panic(http.ErrAbortHandler)
}

// downloads makes files with words in the interface's language that is nearest to a tag.
func (s *Server) downloads(lang string) downloads {
	words := contentLanguage(lang, s.tags)
	if !slices.Contains(s.tags, words) {
		words = s.tags[0]
	}
	return downloads{texts: s.strings[words], lang: words, render: s.renderer, historicalBefore: s.historicalBefore()}
}

// head says what a file is.
func (f fileOf) head(h http.Header, format download.Format) {
	h.Set("Content-Type", format.ContentType())
	h.Set("Content-Disposition", attachment(f.name()+"."+format.Extension()))
}

// attachment says under which name a file is to be kept. The name has quotes only where it needs them: GDAL 3.6, which is given an
// address, takes them for a part of it.
func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

// downloadMade answers a file that is whole before any of it is sent. One is made at a time.
func (s *Server) downloadMade(w http.ResponseWriter, r *http.Request, f fileOf, format download.Format) error {
	f.source = s.absolute(r.URL.RequestURI())
	d := s.downloads(f.params.Lang)
	known := false
	err := s.Store.View(r.Context(), func(v *store.View) error {
		if f.isRoute {
			if err := v.KnowsRoute(r.Context(), f.params.Route); err != nil {
				return err
			}
		}
		d.made = s.editions.of(s.edition(v.Version), s.Now())
		s.keep(w, r, v.Version)
		known = s.unchangedSince(w, r, d.made, v.Version)
		return nil
	})
	if err != nil || known {
		return err
	}
	if r.Method == http.MethodHead {
		f.head(w.Header(), format)
		w.Header().Set("Accept-Ranges", "bytes")
		return nil
	}
	address, err := addressOf(r)
	if err != nil {
		return err
	}
	file, version, err := s.madeInTurn(r.Context(), address, d, f)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // nothing is lost with it
	w.Header().Del("Cache-Control")
	s.keep(w, r, version)
	if s.unchangedSince(w, r, d.made, version) { // of the content that it was made of, which may be newer
		return nil
	}
	f.head(w.Header(), format)
	w.Header().Set(gzhttp.HeaderNoCompression, "true") // its length is known, and a part of it can be asked for
	http.ServeContent(&fileAnswer{ResponseWriter: w, head: func(http.Header) {}}, r, "", time.Time{}, file)
	return nil
}

// madeInTurn makes a file when it is the turn of the reader's address. Whatever comes of it, the next has its turn after.
func (s *Server) madeInTurn(ctx context.Context, address string, d downloads, f fileOf) (file *goneFile, version string, err error) {
	leave, err := s.making.enter(ctx, address)
	if err != nil {
		return nil, "", err
	}
	defer leave()
	return d.temporary(ctx, s.Store, f)
}

// fileAnswer sends a file as it is made. Before its first byte nothing is said of success.
type fileAnswer struct {
	http.ResponseWriter
	head    func(http.Header)
	started bool
	// gone says that the reader takes no more.
	gone bool
}

func (a *fileAnswer) start() {
	if !a.started {
		a.started = true
		a.head(a.Header())
	}
}

// Write sends a part of the file.
func (a *fileAnswer) Write(p []byte) (int, error) {
	a.start()
	// A reader has some time for each part and any time for all of them. A recorder of tests has no deadlines.
	_ = http.NewResponseController(a.ResponseWriter).SetWriteDeadline(time.Now().Add(slowestDownload))
	n, err := a.ResponseWriter.Write(p)
	a.gone = a.gone || err != nil
	return n, err
}

// downloadLinks are the links of a collection or a route to its files.
func (s *Server) downloadLinks(f fileOf) []link {
	var list []link
	for _, format := range download.Formats() {
		kind, _, _ := strings.Cut(format.ContentType(), ";")
		list = append(list, link{Href: s.BaseURL + f.address() + format.Extension(), Rel: "enclosure", Type: kind, Title: format.Name()})
	}
	return list
}

// files are the links of a page to the files of what it shows, in its language and with the filter of a query.
func (f fileOf) files(q url.Values, lang string) []LinkView {
	filter := url.Values{}
	for name, values := range q {
		if !slices.Contains(notOfFiles(), name) && name != "v" {
			filter[name] = values
		}
	}
	filter.Set("lang", lang)
	var list []LinkView
	for _, format := range download.Formats() {
		list = append(list, LinkView{format.Name(), f.address() + format.Extension() + "?" + filter.Encode()})
	}
	return list
}
