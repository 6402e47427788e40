package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	"corridor/live"
)

var (
	errNoSessions  = errors.New("this server has no sessions to follow")
	errOtherMethod = errors.New("this address does not answer this method")
	errMediaType   = errors.New("write the body as JSON and say so: Content-Type: application/json")
	errBodySize    = fmt.Errorf("the body is longer than %d bytes", mostBody)
	errNoSecret    = errors.New("send the session's secret: Authorization: Bearer SECRET")
	errOtherOrigin = errors.New("this can be done from this site's own pages only")
	errOpenings    = errors.New("too many sessions opened from one address; try again in a minute")
	errNoStreams   = errors.New("streams need HTTP/1.1")
)

// bodyError is a body that cannot be read.
type bodyError struct{ problem string }

func (e *bodyError) Error() string { return "the body cannot be read: " + e.problem }

// mostBody is how long a body may be, in bytes; the longest that is meant has 200.
const mostBody = 2048

// retryAfter is when a client that was refused may come again, in seconds.
const retryAfter = "2"

// askLater tells a client when to come again, where it was too much.
func askLater(w http.ResponseWriter, status int) {
	if (status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable) && w.Header().Get("Retry-After") == "" {
		w.Header().Set("Retry-After", retryAfter)
	}
}

// statusOfLive is the table from the errors of sessions to statuses, 0 for any other.
func statusOfLive(err error) int {
	var body *bodyError
	var move *live.MoveError
	if errors.As(err, &body) || errors.As(err, &move) {
		return http.StatusBadRequest
	}
	for _, row := range []struct {
		status int
		errors []error
	}{
		{http.StatusUnauthorized, []error{errNoSecret}},
		{http.StatusForbidden, []error{live.ErrSecret, errOtherOrigin}},
		{http.StatusNotFound, []error{live.ErrUnknown}},
		{http.StatusMethodNotAllowed, []error{errOtherMethod}},
		{http.StatusConflict, []error{live.ErrVoted, live.ErrClosed}},
		{http.StatusGone, []error{live.ErrEnded}},
		{http.StatusRequestEntityTooLarge, []error{errBodySize}},
		{http.StatusUnsupportedMediaType, []error{errMediaType}},
		{http.StatusTooManyRequests, []error{live.ErrGuessing, live.ErrShare, live.ErrVotes, errOpenings}},
		{http.StatusNotImplemented, []error{errNoStreams}},
		{http.StatusServiceUnavailable, []error{live.ErrFull, errNoSessions}},
	} {
		for _, is := range row.errors {
			if errors.Is(err, is) {
				return row.status
			}
		}
	}
	return 0
}

// liveDetail is what readers may know of an error of sessions, empty for any other.
func liveDetail(err error) string {
	var move *live.MoveError
	if errors.As(err, &move) {
		return fmt.Sprintf("parameter %q: %s", move.Field, move.Problem)
	}
	for is, detail := range map[error]string{
		live.ErrUnknown:  "No session has this code.",
		live.ErrEnded:    "This session is over.",
		live.ErrSecret:   "This is not the session's secret.",
		live.ErrGuessing: "Too many wrong codes came from your network; try again in a minute.",
		live.ErrFull:     "There is no room for another; try again later.",
		live.ErrShare:    "As many lessons are being presented from your network as one may; end one of them first.",
		live.ErrVoted:    "This has been answered already.",
		live.ErrVotes:    "Too many answers came from your network; try again in a minute.",
		live.ErrClosed:   "This cannot be answered now.",
		errNoSessions:    errNoSessions.Error(),
		errNoStreams:     errNoStreams.Error(),
	} {
		if errors.Is(err, is) {
			return detail
		}
	}
	return ""
}

// readJSON reads a request's body into a struct. The error is [errMediaType], [errBodySize] or a [bodyError].
func readJSON(w http.ResponseWriter, r *http.Request, into any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return errMediaType
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something stands after the JSON")
		}
	}
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		w.Header().Set("Connection", "close") // the rest of the body is not read
		return errBodySize
	case errors.Is(err, io.EOF):
		return &bodyError{"it is empty"}
	case err != nil:
		return &bodyError{err.Error()}
	}
	return nil
}

// sameOrigin refuses what another site's page sends in a reader's name.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	own := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if own.Check(r) != nil {
			s.api(func(http.ResponseWriter, *http.Request) error { return errOtherOrigin })(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
