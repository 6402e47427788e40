package server

import "net/http"

// healthz says that the process answers.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	_ = writeBody(w, "text/plain; charset=utf-8", []byte("ok\n"))
}

// readyz says that the content can be read too.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if err := s.Store.Ping(r.Context()); err != nil {
		s.Log.Error("not ready", "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	_ = writeBody(w, "text/plain; charset=utf-8", []byte("ready\n"))
}
