package server

import (
	"bytes"
	"net"
	"net/http"
)

// liveEvents streams the session's states to a follower as server-sent events: the present one at once, each later one as
// it comes, and signs of life between. A state is whole, so whoever comes back with Last-Event-ID needs no more than the
// present one.
//
// The connection is taken from net/http: ten thousand followers would keep its buffers, its reading goroutine and the
// request in memory for hours. The deadlines of the server go with it; the session sets its own for each write.
func (s *Server) liveEvents(w http.ResponseWriter, r *http.Request) error {
	session, err := s.session(r)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy of the nginx kind would hold events back
	if r.Method == http.MethodHead {
		return nil
	}
	return session.Follow(func() (net.Conn, []byte, error) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return nil, nil, errNoStreams
		}
		var head bytes.Buffer
		head.WriteString("HTTP/1.1 200 OK\r\n")
		h.Set("Connection", "close") // the body ends with the connection
		if err := h.Write(&head); err != nil {
			return nil, nil, err
		}
		head.WriteString("\r\n")
		return conn, head.Bytes(), nil
	})
}
