package server

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
)

// ReadPatterns are the patterns of all addresses that answer GET.
func (s *Server) ReadPatterns() (patterns []string, err error) {
	table, err := s.table()
	if err != nil {
		return nil, err
	}
	err = chi.Walk(table, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method == http.MethodGet {
			patterns = append(patterns, strings.ReplaceAll(pattern, "/*/", "/"))
		}
		return nil
	})
	return patterns, err
}
