package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// audience holds the followers' ends of the streams.
type audience struct {
	streams []net.Conn
	mu      sync.RWMutex
	sent    []time.Time // when each step was sent, by its number from 1
	first   int         // the event id of the step before the first
	seen    atomic.Int64
	broken  atomic.Int64
	leaving atomic.Bool
	late    [][]time.Duration // by follower
	readers sync.WaitGroup
}

// join opens streams and waits until each has its first event, where they read.
func (a *audience) join(ctx context.Context, s *subject, n int, read bool) error {
	const atOnce = 64
	slots := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	var mu sync.Mutex
	var failed error
	for range n {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			conn, id, err := a.open(ctx, s, read)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = errors.Join(failed, err)
				return
			}
			a.streams = append(a.streams, conn)
			if !read {
				return
			}
			a.first = id
			i := len(a.late)
			a.late = append(a.late, nil)
			a.readers.Go(func() { a.listen(conn, i, s.number) })
		})
		if ctx.Err() != nil {
			break
		}
	}
	all.Wait()
	return errors.Join(failed, ctx.Err())
}

func (a *audience) open(ctx context.Context, s *subject, read bool) (net.Conn, int, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", s.address)
	if err != nil {
		return nil, 0, err
	}
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", s.events, s.address); err != nil || !read {
		return conn, 0, err
	}
	var head []byte
	buffer := make([]byte, 2048)
	for {
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		n, err := conn.Read(buffer)
		if err != nil {
			return nil, 0, fmt.Errorf("no first event: %w", err)
		}
		head = append(head, buffer[:n]...)
		if id, ok := s.number(head); ok {
			_ = conn.SetReadDeadline(time.Time{})
			return conn, id, nil
		}
	}
}

// listen notes when each step came. An event is far shorter than a packet, so that it comes in one piece.
func (a *audience) listen(conn net.Conn, i int, number func([]byte) (int, bool)) {
	buffer := make([]byte, 1024)
	for {
		n, err := conn.Read(buffer)
		now := time.Now()
		if err != nil {
			if !a.leaving.Load() {
				a.broken.Add(1)
			}
			return
		}
		id, ok := number(buffer[:n])
		if !ok {
			continue
		}
		a.mu.RLock()
		step := id - a.first
		sent := a.sent[max(0, min(step, len(a.sent)-1))]
		a.mu.RUnlock()
		if step >= 1 && !sent.IsZero() {
			a.late[i] = append(a.late[i], now.Sub(sent))
			a.seen.Add(1)
		}
	}
}

// lastID finds the id of the last whole event in what was read.
func lastID(text []byte) (int, bool) {
	end := bytes.LastIndex(text, []byte("\n\n"))
	if end < 0 {
		return 0, false
	}
	at := bytes.LastIndex(text[:end], []byte("id: "))
	if at < 0 {
		return 0, false
	}
	line, _, _ := bytes.Cut(text[at+len("id: "):], []byte("\n"))
	id, err := strconv.Atoi(string(bytes.TrimSpace(line)))
	return id, err == nil
}

// present shows the steps, waits for the last, and gives how late each follower saw each of them.
func (a *audience) present(ctx context.Context, s *subject, o options) (late []time.Duration, broken int64, err error) {
	pace := time.NewTicker(o.every)
	defer pace.Stop()
	for i := 1; i <= o.moves; i++ {
		select {
		case <-pace.C:
		case <-ctx.Done():
			return nil, 0, ctx.Err()
		}
		a.mu.Lock()
		a.sent[i] = time.Now()
		a.mu.Unlock()
		if err := s.move(ctx, i); err != nil {
			return nil, 0, err
		}
	}
	const patience = 10 * time.Second
	for end := time.Now().Add(patience); a.seen.Load() < int64(o.followers*o.moves) && time.Now().Before(end); {
		<-pace.C
	}
	a.leave()
	a.readers.Wait()
	for _, own := range a.late {
		late = append(late, own...)
	}
	if len(late) == 0 {
		return nil, a.broken.Load(), errors.New("no follower saw a step")
	}
	return late, a.broken.Load(), nil
}

func (a *audience) leave() {
	a.leaving.Store(true)
	for _, conn := range a.streams {
		_ = conn.Close() // the run is over
	}
}
