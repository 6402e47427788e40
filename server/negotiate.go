package server

import (
	"net/http"
	"strconv"
	"strings"
)

// wantsPage says whether a reader of the API wants a page instead of JSON: ?f= decides, and without it what the browser
// accepts. It notes on the answer what it went by.
func wantsPage(w http.ResponseWriter, r *http.Request) (bool, error) {
	q := r.URL.Query()
	if !q.Has("f") {
		variesBy(w, "Accept")
		accept := strings.Join(r.Header.Values("Accept"), ",")
		return quality(accept, "text/html") > max(quality(accept, "application/json"), quality(accept, geoJSONType)), nil
	}
	switch q.Get("f") {
	case "json":
		return false, nil
	case "html":
		return true, nil
	}
	return false, &paramError{"f", "it must be json or html"}
}

// quality is how much a header Accept (RFC 9110) wants a type, from 0 to 1. What names the type most exactly counts.
func quality(accept, contentType string) float64 {
	if strings.TrimSpace(accept) == "" {
		return 1
	}
	group, _, _ := strings.Cut(contentType, "/")
	best, exactness := 0.0, -1
	for part := range strings.SplitSeq(accept, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		exact := -1
		switch strings.ToLower(strings.TrimSpace(name)) {
		case contentType:
			exact = 2
		case group + "/*":
			exact = 1
		case "*/*":
			exact = 0
		}
		if exact <= exactness {
			continue
		}
		best, exactness = weight(parameters), exact
	}
	return best
}

// weight is how much something is wanted by the parameters behind it (RFC 9110, 12.4.2), 1 where they do not say.
func weight(parameters string) float64 {
	wanted := 1.0
	for parameter := range strings.SplitSeq(parameters, ";") {
		key, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
		if strings.EqualFold(key, "q") {
			wanted, _ = strconv.ParseFloat(value, 64) // what cannot be read is not wanted
		}
	}
	return wanted
}

// resource adapts a handler of the API that answers programs and people at the same address.
func (s *Server) resource(h func(w http.ResponseWriter, r *http.Request, page bool) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		page, err := wantsPage(w, r)
		answer := func(w http.ResponseWriter, r *http.Request) error {
			if err != nil {
				return err
			}
			return h(w, r, page)
		}
		if page {
			s.pagePolicy(s.page(answer)).ServeHTTP(w, r)
			return
		}
		s.api(answer)(w, r)
	}
}
