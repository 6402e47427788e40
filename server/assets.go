package server

import (
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"corridor/static"
)

// assets are the files of the built front end that were asked for, kept as they are sent: there are no more than the build has.
type assets struct{ byPath sync.Map } // of *asset by the path of the address

// asset is a file of the built front end. Its name holds a hash of its content, so it may be kept for ever. Values of headers are
// made once; nobody changes them.
type asset struct {
	contentType []string
	font        bool
	// forms are the file compressed by the build, the best first, and as it is.
	forms []assetForm
}

type assetForm struct {
	body []byte
	// encoding is nil for the file as it is.
	encoding, length, tag []string
}

// of gives the file under a path.
func (a *assets) of(path string) (*asset, bool) {
	if known, ok := a.byPath.Load(path); ok {
		return known.(*asset), true
	}
	name, ok := strings.CutPrefix(path, assetPath)
	if !ok {
		return nil, false
	}
	read, ok := readAsset(name)
	if ok {
		a.byPath.Store(path, read)
	}
	return read, ok
}

// assetPath is where the front end's files are.
const assetPath = "/assets/"

// readAsset reads a file of the built front end, and what the build has compressed of it.
func readAsset(name string) (*asset, bool) {
	if !fs.ValidPath(name) || path.Ext(name) == "" || hidden(name) {
		return nil, false
	}
	files := static.Files()
	a := &asset{contentType: []string{contentType(name)}, font: path.Ext(name) == ".woff2"}
	for _, form := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}, {"", ""}} {
		body, err := fs.ReadFile(files, name+form.suffix)
		if err != nil {
			continue
		}
		f := assetForm{body: body, length: []string{strconv.Itoa(len(body))}, tag: []string{`"` + name + form.suffix + `"`}}
		if form.encoding != "" {
			f.encoding = []string{form.encoding}
		}
		a.forms = append(a.forms, f)
	}
	return a, len(a.forms) > 0 && a.forms[len(a.forms)-1].encoding == nil
}

// assetsFirst answers the front end's files before the table of URLs is looked through, since none needs a header that is for pages.
func (s *Server) assetsFirst(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			if a, ok := s.assetFiles.of(r.URL.Path); ok {
				s.sendAsset(w, r, a)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// asset answers a file of the built front end to whoever asks in another way than for its content, and says that it is not there.
func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	a, ok := s.assetFiles.of(r.URL.Path)
	if !ok {
		s.failure(w, r, http.StatusNotFound, errNoPage)
		return
	}
	s.sendAsset(w, r, a)
}

// sendAsset sends a file, compressed as the build has it where the reader takes that.
func (s *Server) sendAsset(w http.ResponseWriter, r *http.Request, a *asset) {
	form := a.forms[len(a.forms)-1]
	for _, packed := range a.forms[:len(a.forms)-1] {
		if accepts(r, packed.encoding[0]) {
			form = packed
			break
		}
	}
	// An embed in a frame without an origin of its own reads files as another site would. Only fonts are asked for with an origin
	// (Fetch, "request mode"); no file has more than the eight headers that a map of Go holds without growing.
	fixed, h := &s.fixedHeaders, w.Header()
	h["X-Content-Type-Options"], h["Cross-Origin-Resource-Policy"] = fixed.nosniff, fixed.crossOrigin
	if a.font {
		h["Access-Control-Allow-Origin"] = fixed.any
	}
	h["Cache-Control"], h["Etag"] = fixed.kept, form.tag
	if len(a.forms) > 1 {
		h["Vary"] = fixed.vary
	}
	if strings.Contains(r.Header.Get("If-None-Match"), form.tag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if form.encoding != nil {
		h["Content-Encoding"] = form.encoding
	}
	h["Content-Type"], h["Content-Length"] = a.contentType, form.length
	_, _ = w.Write(form.body) // the reader is gone; nobody is left to tell
}

// assetBody gives a file of the built front end by its address.
func assetBody(address string) ([]byte, error) {
	body, err := fs.ReadFile(static.Files(), strings.TrimPrefix(address, "/assets/"))
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	return body, nil
}

// hidden are the files of the build that are not for readers.
func hidden(name string) bool {
	return name == "manifest.json" || strings.HasPrefix(name, "draw/") || strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz")
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json"
	case ".woff2":
		return "font/woff2"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// accepts says whether a reader takes an encoding; one with a weight of 0 is refused.
func accepts(r *http.Request, encoding string) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, parameters, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			return weight(parameters) > 0
		}
	}
	return false
}
