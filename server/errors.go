package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"corridor/live"
	"corridor/store"
	"corridor/store/tiles"
)

var (
	errNoPage     = errors.New("there is no page at this address")
	errNoResource = errors.New("there is no resource at this address")
	errMethod     = errors.New("this address answers GET and HEAD only")
	errQuery      = errors.New("the query cannot be read: in a name or a value write %3B for a semicolon, %25 for a percent sign and %26 for an ampersand, and join parameters by &")
)

// paramError is a query parameter that cannot be used.
type paramError struct{ name, problem string }

func (e *paramError) Error() string { return fmt.Sprintf("parameter %q: %s", e.name, e.problem) }

// statusOf is the table from kinds of errors to statuses.
func statusOf(err error) int {
	var param *paramError
	if status := statusOfLive(err); status != 0 {
		return status
	}
	switch {
	case errors.As(err, &param), errors.Is(err, errQuery):
		return http.StatusBadRequest
	case errors.Is(err, errNoPage), errors.Is(err, errNoResource), errors.Is(err, store.ErrNotFound),
		errors.Is(err, tiles.ErrOutOfRange):
		return http.StatusNotFound
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case errors.Is(err, errFormat):
		return http.StatusNotImplemented
	case errors.Is(err, errTooMany):
		return http.StatusTooManyRequests
	case errors.Is(err, errNoGazetteer), errors.Is(err, errBusy), errors.Is(err, errManyDownloads):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// publicDetail is what readers may know of an error; internals are never shown.
func publicDetail(err error, status int) string {
	if status == http.StatusInternalServerError {
		return "Something went wrong inside. It is in the log."
	}
	for _, known := range []error{errBusy, errManyDownloads, errNoGazetteer} { // whatever they wrap
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	if detail := liveDetail(err); detail != "" {
		return detail
	}
	var param *paramError
	if errors.As(err, &param) {
		return param.Error()
	}
	if errors.Is(err, store.ErrNotFound) {
		return "There is nothing of this id."
	}
	if errors.Is(err, tiles.ErrOutOfRange) {
		return "There is no such tile."
	}
	return err.Error()
}

// handler answers a request or says why not.
type handler func(w http.ResponseWriter, r *http.Request) error

// problem is an RFC 9457 problem document.
type problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Parameter string `json:"parameter,omitempty"`
}

// takeBack takes back what was said of an answer that comes to nothing: the error in its place has other bytes and is not kept.
func takeBack(h http.Header) {
	for _, name := range []string{"ETag", "Accept-Ranges", "Content-Disposition", "Content-Encoding", "Content-Length"} {
		h.Del(name)
	}
	h.Set("Cache-Control", "no-store")
}

// notRead answers a method that an address does not have, to programs and people each in their way.
func (s *Server) notRead() http.HandlerFunc {
	people, programs := s.page(refuse(errMethod)), readable()(s.api(refuse(errMethod)))
	return func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimSuffix(r.URL.Path, "/")
		if path == "/oembed" || strings.HasPrefix(path, "/embed/") && strings.HasSuffix(path, ".json") {
			programs.ServeHTTP(w, r)
			return
		}
		people(w, r)
	}
}

// api adapts a handler whose errors are read by programs.
func (s *Server) api(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h.answer(w, r)
		if err == nil {
			return
		}
		status := s.report(r, err)
		p := problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: publicDetail(err, status)}
		var param *paramError
		if errors.As(err, &param) {
			p.Parameter = param.name
		}
		body, err := json.Marshal(p)
		if err != nil {
			body = []byte("{}")
		}
		takeBack(w.Header())
		w.Header().Set("Content-Type", "application/problem+json")
		askLater(w, status)
		w.WriteHeader(status)
		_, _ = w.Write(body) // the reader is gone; nobody is left to tell
	}
}

// page adapts a handler whose errors are read by people.
func (s *Server) page(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h.answer(w, r); err != nil {
			s.failure(w, r, s.report(r, err), err)
		}
	}
}

// isRefusal says that there was no room for what was asked for: nothing is wrong inside, and who asks for more than there is must not
// fill the log.
func isRefusal(err error) bool {
	return errors.Is(err, errBusy) || errors.Is(err, errManyDownloads) || errors.Is(err, live.ErrFull)
}

// report logs what is our own fault and gives the status.
func (s *Server) report(r *http.Request, err error) int {
	status := statusOf(err)
	if status >= http.StatusInternalServerError && status != http.StatusNotImplemented && !errors.Is(err, context.Canceled) {
		level := slog.LevelError
		if isRefusal(err) {
			level = slog.LevelDebug
		}
		s.asked(r).Log(r.Context(), level, "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	return status
}

// asked is the log of a request. It names the reader's address only where the operator has turned that on.
func (s *Server) asked(r *http.Request) *slog.Logger {
	if s.LogAddresses {
		return s.Log.With("address", r.RemoteAddr)
	}
	return s.Log
}
