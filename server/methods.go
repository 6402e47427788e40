package server

import (
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
)

// refuse answers methods that an address does not have with an error, and says which it has (RFC 9110, 15.5.6). OPTIONS asks for
// nothing else.
func refuse(err error) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		methods := methodsOf(r)
		w.Header().Set("Allow", strings.Join(append(methods, http.MethodOptions), ", "))
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return nil
		}
		return err
	}
}

// anyMethod lets the table of URLs answer HEAD as it answers GET, also at the first address of a table within it, and take a method that
// it has never heard of for one that no address has. Else it would refuse it before it looks for the address, and a program
// would get a page.
func anyMethod(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodHead:
			chi.RouteContext(r.Context()).RouteMethod = http.MethodGet
		case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions:
		default:
			chi.RouteContext(r.Context()).RouteMethod = http.MethodTrace
		}
		next.ServeHTTP(w, r)
	})
}

// asWritten lets an address be found however it is escaped: %79 is a y (RFC 3986, 6.2.2.2). An escaped slash stays one, since it
// parts nothing.
func asWritten(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawPath != "" && strings.Count(r.URL.RawPath, "/") == strings.Count(r.URL.Path, "/") {
			r.URL.RawPath = ""
		}
		next.ServeHTTP(w, r)
	})
}

// methodsOf are the methods that the table of URLs has for an address.
func methodsOf(r *http.Request) (methods []string) {
	path := r.URL.RawPath
	if path == "" {
		path = r.URL.Path
	}
	table := chi.RouteContext(r.Context()).Routes
	for _, row := range table.Routes() { // a table within it takes every method for its own first address
		if row.SubRoutes != nil && strings.TrimSuffix(row.Pattern, "/*") == strings.TrimSuffix(path, "/") {
			table, path = row.SubRoutes, "/"
			break
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete} {
		if method == http.MethodHead && slices.Contains(methods, http.MethodGet) || table.Match(chi.NewRouteContext(), method, path) {
			methods = append(methods, method)
		}
	}
	return methods
}
