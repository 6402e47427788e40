package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// channel is the one that Centrifugo's followers hear.
const channel = "live"

// startCentrifugo runs the Centrifugo at path on loopback, where anyone may hear channels by server-sent events. History
// and presence are off, as they are unless asked for; it sends its makers nothing.
func startCentrifugo(ctx context.Context, path string) (*subject, error) {
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	config, err := json.Marshal(map[string]any{
		"http_server": map[string]any{"address": "127.0.0.1", "port": port},
		"log":         map[string]any{"level": "error"},
		"client":      map[string]any{"allow_anonymous_connect_without_token": true},
		"channel": map[string]any{"without_namespace": map[string]any{
			"allow_subscribe_for_client": true, "allow_subscribe_for_anonymous": true,
		}},
		"uni_sse":     map[string]any{"enabled": true},
		"http_api":    map[string]any{"insecure": true, "error_mode": "transport"},
		"usage_stats": map[string]any{"disabled": true},
	})
	if err != nil {
		return nil, err
	}
	wish := fmt.Sprintf(`{"subs":{%q:{}}}`, channel)
	s := &subject{
		hub: true, number: pushedNumber, address: "127.0.0.1:" + strconv.Itoa(port),
		events: "/connection/uni_sse?" + url.Values{"cf_connect": {wish}}.Encode(),
	}
	if s.folder, err = os.MkdirTemp("", "corridor-live"); err != nil {
		return nil, err
	}
	file := filepath.Join(s.folder, "centrifugo.json")
	s.process = exec.CommandContext(ctx, path, "--config", file)
	s.process.Stderr = os.Stderr
	const private = 0o600
	if err := errors.Join(os.WriteFile(file, config, private), s.process.Start()); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.folder))
	}
	if err := s.answers(ctx); err != nil {
		s.stop()
		return nil, fmt.Errorf("--centrifugo: it does not listen: %w", err)
	}
	return s, nil
}

// freePort gives a port of loopback that was free just now.
func freePort(ctx context.Context) (int, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(port)
}

// answers waits until connections are accepted.
func (s *subject) answers(ctx context.Context) error {
	const look, longest = 50 * time.Millisecond, 10 * time.Second
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		var dialer net.Dialer
		conn, err := dialer.DialContext(ctx, "tcp", s.address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return err
		}
	}
}

// publish sends the i-th step to all who hear the channel.
func (s *subject) publish(ctx context.Context, i int) error {
	body := map[string]any{"channel": channel, "data": json.RawMessage(state(i))}
	return s.send(ctx, http.MethodPost, "/api/publish", body, nil)
}

// pushedNumber finds the number of the last whole step in what was read of Centrifugo's events, 0 if that only says
// that the channel is heard.
func pushedNumber(text []byte) (int, bool) {
	end := bytes.LastIndex(text, []byte("\n\n"))
	if end < 0 {
		return 0, false
	}
	const name = `"seq":`
	at := bytes.LastIndex(text[:end], []byte(name))
	if at < 0 {
		return 0, bytes.Contains(text[:end], []byte(`"subs":{"`+channel+`"`))
	}
	digits, _, _ := bytes.Cut(text[at+len(name):end], []byte(","))
	n, err := strconv.Atoi(string(digits))
	return n, err == nil
}
