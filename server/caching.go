package server

import (
	"net/http"
	"strings"
)

// gzipSuffix marks the ETag of a compressed answer: a strong ETag differs by encoding.
const gzipSuffix = "-gzip"

// unchanged sets a strong ETag made of parts that together determine the answer's bytes, and answers 304 where the reader
// has them already.
func unchanged(w http.ResponseWriter, r *http.Request, parts ...string) bool {
	tag := strings.Join(parts, "-")
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
