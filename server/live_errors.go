package server

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"

	"corridor/live"
)

var (
	errNoSessions  = errors.New("this server has no sessions to follow")
	errOtherMethod = errors.New("this address does not answer this method")
	errMediaType   = errors.New("write the body as JSON and say so: Content-Type: application/json")
	errBodyTime    = errors.New("the body did not come in time")
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
		{http.StatusRequestTimeout, []error{errBodyTime}},
		{http.StatusConflict, []error{live.ErrVoted, live.ErrClosed, live.ErrOvertaken}},
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
		live.ErrUnknown:   "No session has this code.",
		live.ErrEnded:     "This session is over.",
		live.ErrSecret:    "This is not the session's secret.",
		live.ErrGuessing:  "Too many wrong codes came from your network; try again in a minute.",
		live.ErrFull:      "There is no room for another; try again later.",
		live.ErrShare:     "As many lessons are being presented from your network as one may; end one of them first.",
		live.ErrOvertaken: "Another move came first.",
		live.ErrVoted:     "This has been answered already.",
		live.ErrVotes:     "Too many answers came from your network; try again in a minute.",
		live.ErrClosed:    "This cannot be answered now.",
		errNoSessions:     errNoSessions.Error(),
		errNoStreams:      errNoStreams.Error(),
	} {
		if errors.Is(err, is) {
			return detail
		}
	}
	return ""
}

// readJSON reads a request's body into a struct. The error is [errMediaType], [errBodySize], [errBodyTime] or a [bodyError].
func readJSON(w http.ResponseWriter, r *http.Request, into any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return errMediaType
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		switch _, more := decoder.Token(); {
		case more == nil, isSyntax(more):
			return &bodyError{"something stands after the JSON"}
		case !errors.Is(more, io.EOF):
			err = more
		}
	}
	if err = unreadable(err); errors.Is(err, errBodySize) || errors.Is(err, errBodyTime) {
		w.Header().Set("Connection", "close") // the rest of the body is not read
	}
	return err
}

// unreadable says in words of our own why a body cannot be read: those of the libraries tell of the program and its machine.
func unreadable(err error) error {
	var long *http.MaxBytesError
	var kind *json.UnmarshalTypeError
	var slow net.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &long):
		return errBodySize
	case errors.As(err, &slow) && slow.Timeout():
		return errBodyTime
	case errors.Is(err, io.EOF):
		return &bodyError{"it is empty"}
	case errors.As(err, &kind) && kind.Field != "":
		return &bodyError{fmt.Sprintf("%q has a value of another kind than is meant", kind.Field)}
	case errors.As(err, &kind):
		return &bodyError{"it must be an object of JSON"}
	case isSyntax(err):
		return &bodyError{"it is no JSON"}
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok { // the library has no type for it; the name is the sender's
		return &bodyError{"it has a field that is not known: " + field}
	}
	return &bodyError{"it did not come whole"}
}

func isSyntax(err error) bool {
	var syntax *json.SyntaxError
	return errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF)
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
