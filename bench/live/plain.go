package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// plainHub is what one writes first: a handler, a channel and a flush for each follower.
type plainHub struct {
	mu        sync.Mutex
	seq       int
	followers map[chan []byte]struct{}
}

func servePlain() {
	h := &plainHub{followers: map[chan []byte]struct{}{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /events", h.follow)
	mux.HandleFunc("PUT /state", h.move)
	var config net.ListenConfig
	listener, err := config.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Fprintf(os.Stderr, "listening on http://%s\n", listener.Addr())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	fmt.Fprintln(os.Stderr, server.Serve(listener))
}

func (h *plainHub) event() []byte {
	return fmt.Appendf(nil, "id: %d\nevent: state\ndata: %s\n\n", h.seq, state(h.seq))
}

// state is a session's state as JSON, of the size that the program sends.
func state(seq int) []byte {
	return fmt.Appendf(nil, `{"seq":%d,"step":"closing","reached":"closing","screen":"",`+
		`"blank":false,"hide_later":true,"open":"","reveal":false}`, seq)
}

func (h *plainHub) follow(w http.ResponseWriter, r *http.Request) {
	const queue = 16
	own := make(chan []byte, queue)
	h.mu.Lock()
	h.followers[own] = struct{}{}
	own <- h.event()
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		delete(h.followers, own)
		h.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	for {
		select {
		case event := <-own:
			if _, err := w.Write(event); err != nil || flush.Flush() != nil {
				return
			}
		case <-r.Context().Done():
			return
		}
	}
}

func (h *plainHub) move(w http.ResponseWriter, _ *http.Request) {
	h.mu.Lock()
	h.seq++
	event := h.event()
	for own := range h.followers {
		select {
		case own <- event:
		default: // it is slow and misses this one
		}
	}
	h.mu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}
