package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// subject is the server that is measured, a process of its own.
type subject struct {
	process *exec.Cmd
	folder  string
	address string // host and port
	events  string // path and query of a stream
	code    string
	secret  string
	plain   bool
	// number finds a step's number in the last whole event of what was read.
	number func(text []byte) (int, bool)
	hub    bool // it is Centrifugo
}

func start(ctx context.Context, o options) (*subject, error) {
	if o.centrifugo != "" {
		return startCentrifugo(ctx, o.centrifugo)
	}
	s := &subject{plain: o.plain, events: "/events", number: lastID}
	arguments := []string{os.Args[0], "--serve-plain"}
	if !o.plain {
		var err error
		if s.folder, err = os.MkdirTemp("", "corridor-live"); err != nil {
			return nil, err
		}
		db := filepath.Join(s.folder, "live.db")
		if out, err := exec.CommandContext(ctx, o.binary, "import", "--db", db, o.pack).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("import: %w: %s", err, out)
		}
		arguments = []string{o.binary, "serve", "--addr", "127.0.0.1:0", "--db", db}
	}
	s.process = exec.CommandContext(ctx, arguments[0], arguments[1:]...)
	said, err := s.process.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(said)
	for s.address == "" && lines.Scan() {
		if at, ok := strings.CutPrefix(lines.Text(), "listening on http://"); ok {
			s.address = at
		}
	}
	if s.address == "" {
		s.stop()
		return nil, errors.New("the server did not start")
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	if o.plain {
		return s, nil
	}
	return s, s.begin(ctx)
}

// begin opens a session of the pack's first route.
func (s *subject) begin(ctx context.Context) error {
	var opened struct{ Code, Secret, URL string }
	if err := s.send(ctx, http.MethodPost, "/live", map[string]string{"route": "yunnan"}, &opened); err != nil {
		return err
	}
	to, err := url.Parse(opened.URL)
	if err != nil {
		return err
	}
	s.code, s.secret = opened.Code, opened.Secret
	s.events = "/live/" + opened.Code + "/events?" + to.RawQuery
	return nil
}

// move shows the i-th step.
func (s *subject) move(ctx context.Context, i int) error {
	if s.hub {
		return s.publish(ctx, i)
	}
	if s.plain {
		return s.send(ctx, http.MethodPut, "/state", map[string]any{}, nil)
	}
	step := []string{"opening", "closing"}[i%2]
	return s.send(ctx, http.MethodPut, "/live/"+s.code+"/state", map[string]any{"step": step, "hide_later": true}, nil)
}

func (s *subject) send(ctx context.Context, method, path string, body, answer any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, method, "http://"+s.address+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+s.secret)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode >= http.StatusBadRequest {
		err = fmt.Errorf("%s %s: %d %s", method, path, response.StatusCode, said)
	}
	if err == nil && answer != nil {
		err = json.Unmarshal(said, answer)
	}
	return err
}

// memory is the server's anonymous resident memory in kB, 0 where the system does not tell.
func (s *subject) memory() int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "RssAnon:")
	line, _, _ := strings.Cut(rest, "kB")
	kB, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return 0
	}
	return kB
}

// settledMemory waits until the memory has stayed for a while, and gives it.
func (s *subject) settledMemory(ctx context.Context) (int, error) {
	const look, longest = time.Second, 8
	tick := time.NewTicker(look)
	defer tick.Stop()
	last := s.memory()
	for range longest {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
		now := s.memory()
		if now <= last+64 && now >= last-64 {
			return now, nil
		}
		last = now
	}
	return last, nil
}

func (s *subject) stop() {
	_ = s.process.Process.Kill() // what it kept is dropped
	_ = s.process.Wait()
	if s.folder != "" {
		_ = os.RemoveAll(s.folder)
	}
}
