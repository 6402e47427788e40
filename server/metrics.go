package server

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

// metrics count what was asked by the patterns of the table of URLs. Nothing in them tells who asked, or for what.
type metrics struct {
	began time.Time

	mu        sync.Mutex
	requests  map[requestKind]int
	durations map[string]*durations // by route
}

// requestKind is a pattern of the table of URLs and the status of an answer.
type requestKind struct {
	route  string
	status int
}

// durationBounds are the upper bounds of the classes of durations, in seconds; those above the last are a class of their own.
func durationBounds() []float64 {
	return []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
}

// durations are how long answers took.
type durations struct {
	classes []int // by durationBounds
	seconds float64
	count   int
}

func newMetrics(wanted bool) *metrics {
	if !wanted {
		return nil
	}
	return &metrics{began: time.Now(), requests: map[requestKind]int{}, durations: map[string]*durations{}}
}

// add counts an answer.
func (m *metrics) add(kind requestKind, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.requests[kind]++
	d := m.durations[kind.route]
	if d == nil {
		d = &durations{classes: make([]int, len(durationBounds()))}
		m.durations[kind.route] = d
	}
	d.count++
	d.seconds += took.Seconds()
	for i, bound := range durationBounds() {
		if took.Seconds() <= bound {
			d.classes[i]++
			break
		}
	}
}

// askedRoute is the pattern that a request came to, which the table of URLs fills in.
type askedRoute struct{ pattern string }

type askedRouteKey struct{}

// measured counts what a handler answers, where that is wanted.
func (s *Server) measured(next http.Handler) http.Handler {
	if s.metrics == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began, answer := time.Now(), middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		route := &askedRoute{beforeTable(r.URL.Path)}
		defer func() { // also where an answer is broken off
			status := answer.Status()
			if status == 0 { // as net/http says where a handler says nothing
				status = http.StatusOK
			}
			s.metrics.add(requestKind{route.pattern, status}, time.Since(began))
		}()
		next.ServeHTTP(answer, r.WithContext(context.WithValue(r.Context(), askedRouteKey{}, route)))
	})
}

// beforeTable is the pattern of what is answered before the table of URLs is looked through: files and tiles that are there.
func beforeTable(path string) string {
	switch {
	case strings.HasPrefix(path, assetPath):
		return assetPath + "*"
	case strings.HasPrefix(path, "/tiles/basemap/"):
		return "/tiles/basemap/{z}/{x}/{file}"
	}
	return "/tiles/{collection}/{z}/{x}/{file}"
}

// noteRoute notes the pattern that the table of URLs has found for a request.
func (s *Server) noteRoute(next http.Handler) http.Handler {
	if s.metrics == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if route, ok := r.Context().Value(askedRouteKey{}).(*askedRoute); ok {
				route.pattern = cmp.Or(chi.RouteContext(r.Context()).RoutePattern(), "none")
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Metrics is the handler for a listener that only the operator can reach: /metrics in the text format of Prometheus, of a server
// that was made with Config.Measured.
func (s *Server) Metrics() http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.GetHead, s.recoverer)
	r.Get("/metrics", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		_ = writeBody(w, "text/plain; version=0.0.4; charset=utf-8", s.exposition(r.Context()))
	})
	return r
}
