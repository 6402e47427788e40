package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

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
