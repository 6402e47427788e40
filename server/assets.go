package server

import (
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/go-chi/chi/v5"

	"corridor/static"
)

// asset answers a file of the built front end. Its name holds a hash of its content, so it may be kept for ever. Where
// the build has compressed it already, it is sent as it is.
func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	name := chi.URLParam(r, "*")
	if !fs.ValidPath(name) || path.Ext(name) == "" || hidden(name) {
		s.failure(w, r, http.StatusNotFound, errNoPage)
		return
	}
	files := static.Files()
	body, err := fs.ReadFile(files, name)
	if err != nil {
		s.failure(w, r, http.StatusNotFound, errNoPage)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(name))
	h.Set("Cache-Control", keptForEver)
	h.Set("Vary", "Accept-Encoding")
	// An embed in a frame without an origin of its own reads them as another site would.
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	for _, encoding := range []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepts(r, encoding.name) {
			continue
		}
		if packed, err := fs.ReadFile(files, name+encoding.suffix); err == nil {
			body = packed
			h.Set("Content-Encoding", encoding.name)
			break
		}
	}
	_, _ = w.Write(body) // the reader is gone; nobody is left to tell
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

// accepts says whether a reader takes an encoding; one with q=0 is refused.
func accepts(r *http.Request, encoding string) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			weight = strings.ReplaceAll(weight, " ", "")
			return weight != "q=0" && !strings.HasPrefix(weight, "q=0.000")
		}
	}
	return false
}
