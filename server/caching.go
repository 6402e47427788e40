package server

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// They mark the ETag of a compressed answer: a strong ETag differs by encoding.
const (
	gzipSuffix = "-gzip"
	zstdSuffix = "-zstd" // written by gzhttp
)

// How long answers may be kept. What names the state of the content in its address is right for ever; all else a browser
// asks for again each time, and a cache that many share may answer from for a minute.
const (
	keptForEver = "public, max-age=31536000, immutable"
	askedAgain  = "public, max-age=0, s-maxage=60, must-revalidate"
)

// madeMark stands in an ETag before the second in which the answer was made, where the answer says it.
const madeMark = "-at"

// unchanged sets a strong ETag of what determines an answer's bytes besides its address: the content's version, the
// program, the year and, of a page, the language. It answers 304 where the reader has them already. What the address names
// must be known to exist.
func (s *Server) unchanged(w http.ResponseWriter, r *http.Request, version string, more ...string) bool {
	return s.unchangedSince(w, r, time.Time{}, version, more...)
}

// unchangedSince is unchanged for an answer that says when it was made, unless that is zero: its bytes differ by the second,
// and so does its ETag, but a reader who has an older answer of the same content has nothing to fetch.
func (s *Server) unchangedSince(w http.ResponseWriter, r *http.Request, made time.Time, version string, more ...string) bool {
	content := strings.Join(append([]string{version, s.build, strconv.Itoa(s.historicalBefore())}, more...), "-")
	tag := content
	if !made.IsZero() {
		tag += madeMark + strconv.FormatInt(made.Unix(), 36)
	}
	h := w.Header()
	h.Set("ETag", `"`+tag+`"`)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", askedAgain)
	}
	for _, candidate := range strings.Split(r.Header.Get("If-None-Match"), ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == "*" {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
		bare, taken := withoutEncoding(r, strings.Trim(candidate, `"`))
		if !made.IsZero() {
			bare, _, _ = strings.Cut(bare, madeMark)
		}
		if taken && bare == content {
			h.Set("ETag", candidate)
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}

// withoutEncoding gives an ETag without the mark of a compressed answer, and says whether the reader takes what is compressed so: a
// cache asks with the tags of all that it has for others, and gives out what it is told of.
func withoutEncoding(r *http.Request, tag string) (bare string, taken bool) {
	if bare, packed := strings.CutSuffix(tag, gzipSuffix); packed {
		return bare, accepts(r, "gzip")
	}
	if bare, packed := strings.CutSuffix(tag, zstdSuffix); packed {
		return bare, accepts(r, "zstd")
	}
	return tag, true
}

// edition names what the data's answers are made of: the content, the program and the year.
func (s *Server) edition(version string) string {
	const digits = 16
	sum := sha256.Sum256([]byte(version + "\n" + s.build + "\n" + strconv.Itoa(s.historicalBefore())))
	return hex.EncodeToString(sum[:])[:digits]
}

// editionTime knows since when a server has given out an edition. A file that says when it was made says this, so that it has the
// same bytes however often it is made: a reader may fetch it in parts.
type editionTime struct {
	mu      sync.Mutex
	edition string
	since   time.Time
}

// of gives the time of an edition, in whole seconds: now, where it is another one than the last.
func (e *editionTime) of(edition string, now time.Time) time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.edition != edition {
		e.edition, e.since = edition, now.UTC().Truncate(time.Second)
	}
	return e.since
}

// keep lets an answer be kept for ever where its address names the edition that it is of.
func (s *Server) keep(w http.ResponseWriter, r *http.Request, version string) {
	if r.URL.Query().Get("v") == s.edition(version) {
		w.Header().Set("Cache-Control", keptForEver)
	}
}

// varies says that a page differs by the languages that a browser asks for, unless the address names one of ours.
func (s *Server) varies(w http.ResponseWriter, r *http.Request) {
	if !slices.Contains(s.tags, r.URL.Query().Get("lang")) {
		variesBy(w, "Accept-Language")
	}
}

// variesBy says in the one line of Vary by which header of a question an answer differs besides: caches that are in use, nginx 1.22 among
// them, go by the last line alone, and gave what is compressed to who cannot read it.
func variesBy(w http.ResponseWriter, header string) {
	w.Header().Set("Vary", strings.Join(append(w.Header().Values("Vary"), header), ", "))
}
