package server

import (
	"net/http"
	"strconv"
	"strings"
)

// gzipSuffix marks the ETag of a compressed answer: a strong ETag differs by encoding.
const gzipSuffix = "-gzip"

// unchanged sets a strong ETag of what determines an answer's bytes besides its address: the content's version, the
// program, the year and, of a page, the language. It answers 304 where the reader has them already. What the address names
// must be known to exist.
func (s *Server) unchanged(w http.ResponseWriter, r *http.Request, version string, more ...string) bool {
	tag := strings.Join(append([]string{version, s.build, strconv.Itoa(s.historicalBefore())}, more...), "-")
	w.Header().Set("ETag", `"`+tag+`"`)
	w.Header().Set("Cache-Control", "no-cache")
	for _, candidate := range strings.Split(r.Header.Get("If-None-Match"), ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		bare := strings.TrimSuffix(strings.Trim(candidate, `"`), gzipSuffix)
		if bare == tag || candidate == "*" {
			w.Header().Set("ETag", candidate)
			if candidate == "*" {
				w.Header().Set("ETag", `"`+tag+`"`)
			}
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}
