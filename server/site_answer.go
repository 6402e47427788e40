package server

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
)

// answer is what the server answers, kept in memory.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the first status, as net/http does.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// ask gives the server's own answer to an address; one that is no success is an error.
func (s *Server) ask(ctx context.Context, address string) (*answer, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	r.RequestURI = address
	a := &answer{header: http.Header{}}
	s.ServeHTTP(a, r)
	if a.status != http.StatusOK {
		return nil, fmt.Errorf("%s: %d %s", address, a.status, http.StatusText(a.status))
	}
	return a, nil
}
