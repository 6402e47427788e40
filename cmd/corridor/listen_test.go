package main

import (
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// A client that says nothing, or too much, must not hold the server: all that lets one wait has an end.
func TestClientsHaveSoMuchTime(t *testing.T) {
	web := newWeb(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	for name, timeout := range map[string]struct{ got, want time.Duration }{
		"a header": {web.ReadHeaderTimeout, 5 * time.Second}, "a request": {web.ReadTimeout, 15 * time.Second},
		"an answer": {web.WriteTimeout, time.Minute}, "the next request": {web.IdleTimeout, 2 * time.Minute},
	} {
		if timeout.got != timeout.want {
			t.Errorf("%s may take %s, want %s", name, timeout.got, timeout.want)
		}
	}
	server := httptest.NewUnstartedServer(nil)
	server.Config = web
	server.Start()
	defer server.Close()
	for size, want := range map[int]int{60 << 10: http.StatusNotFound, 80 << 10: http.StatusRequestHeaderFieldsTooLarge} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Long", strings.Repeat("x", size))
		res, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("a header of %d bytes: status %d, want %d", size, res.StatusCode, want)
		}
	}
}

// Who reads a file slowly, or no more, does not make the end of the server a failure.
func TestAReaderWhoDoesNotReadIsCutOff(t *testing.T) {
	started, ended := make(chan struct{}), make(chan error)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(started)
		part := make([]byte, 1<<20)
		var err error
		for err == nil {
			_, err = w.Write(part)
		}
		ended <- err
	}))
	defer server.Close()
	reader, err := new(net.Dialer).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := reader.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	<-started
	if err := stop([]*http.Server{server.Config}, 50*time.Millisecond); err != nil {
		t.Error(err)
	}
	if err := <-ended; err == nil {
		t.Error("it goes on writing")
	}
}
