package server

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/go-chi/chi/v5/middleware"
)

// secure sets what every answer carries. Nothing leaves for a third party and nothing may frame a page.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", permissions())
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		next.ServeHTTP(w, r)
	})
}

// pageRules are those for the content of a page.
func (s *Server) pageRules() string {
	return "default-src 'none'; script-src 'self' " + s.fontsFirst.hash + "; style-src 'self'; img-src 'self' data:; " +
		"connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'"
}

// pagePolicy lets a page load the front end's own files and nothing else.
func (s *Server) pagePolicy(next http.Handler) http.Handler {
	policy := s.pageRules() + "; frame-ancestors 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		next.ServeHTTP(w, r)
	})
}

// apiPolicy lets other origins read the API.
func apiPolicy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		next.ServeHTTP(w, r)
	})
}

// recoverer answers 500 where a handler panics, and logs the stack. An answer that has begun is cut off instead, so that no reader
// takes it for complete.
func (s *Server) recoverer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler { //nolint:errorlint // net/http itself compares the value
				panic(cause)
			}
			s.asked(r).Error("panic", "path", r.URL.Path, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			if answer.Status() != 0 { // its head is sent
				panic(http.ErrAbortHandler)
			}
			takeBack(w.Header())
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		}()
		next.ServeHTTP(answer, r)
	})
}

// picturePolicy lets a picture that is opened by itself use its own style and nothing else, and lets other sites show it.
func picturePolicy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		next.ServeHTTP(w, r)
	})
}

// permissions closes every power of the browser that a page could ask for. The whole screen stays: a reader asks for it.
func permissions() string {
	closed := []string{
		"accelerometer", "autoplay", "browsing-topics", "camera",
		"display-capture", "encrypted-media", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
		"interest-cohort", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment",
		"publickey-credentials-get", "serial", "storage-access", "usb", "window-management",
		"xr-spatial-tracking",
	}
	return strings.Join(closed, "=(), ") + "=()"
}
