package live

import (
	"net"
	"time"
)

// How streams are kept.
const (
	// beat is the time between two signs of life while a room follows: so short that a phone that has lost its network
	// knows it before the next step.
	beat = 2 * time.Second
	// slowBeat is that of a session with more than manyFollowers, so that their signs of life do not delay a step.
	slowBeat      = 15 * time.Second
	manyFollowers = 1000
	// writeTimeout is how long a follower's connection may take no bytes, once the system's own buffers are full.
	writeTimeout = 10 * time.Second
	// sendBuffer is how many bytes the system may take for a follower before that; some take no less than twice as many.
	sendBuffer = 2048
	// retry is how long browsers wait before they connect again.
	retry = "retry: 1000\n\n"
)

// The signs of life: a comment for those who count them, and an event with the seconds to the next, which a page's script
// can see.
const (
	beatEvent     = ": beat\nevent: beat\ndata: 2\n\n"
	slowBeatEvent = ": beat\nevent: beat\ndata: 15\n\n"
)

// Follow tells a follower the session's state, now and at every change, until either side ends the connection. After the
// first state comes a ballot, with which this follower can answer. Where there is room for one more it calls accept, which
// gives the connection and what is to be written first (a response's head). From then on the connection belongs to the
// session: one goroutine with no more than its stack, which nobody waits for but this follower. Who is slow misses states
// between and gets the latest; who reads nothing is cut off.
//
// The error is [ErrFull] or that of accept; then nothing was begun.
func (s *Session) Follow(accept func() (conn net.Conn, head []byte, err error)) error {
	if s.hub.followers.Add(1) > int64(s.hub.MostFollowers) {
		s.hub.followers.Add(-1)
		return ErrFull
	}
	conn, head, err := accept()
	if err != nil {
		s.hub.followers.Add(-1)
		return err
	}
	s.followers.Add(1)
	go s.stream(conn, head)
	return nil
}

func (s *Session) stream(conn net.Conn, head []byte) {
	defer func() {
		_ = conn.Close() // the follower is gone or was told all
		s.leave()
	}()
	keepLittle(conn)
	timer := time.NewTimer(beat)
	defer timer.Stop()
	shown := s.current.Load()
	first := append(append(head, retry...), shown.event...)
	if write(conn, append(first, "event: ballot\ndata: "+s.ballot()+"\n\n"...)) != nil {
		return
	}
	for !shown.last {
		every, sign := s.beat()
		timer.Reset(every)
		var message []byte
		select {
		case <-shown.next:
			shown = s.current.Load()
			message = shown.event
		case <-timer.C:
			message = []byte(sign)
		}
		if write(conn, message) != nil {
			return
		}
	}
}

func (s *Session) beat() (every time.Duration, sign string) {
	if s.Followers() > manyFollowers {
		return slowBeat, slowBeatEvent
	}
	return beat, beatEvent
}

// keepLittle lets the system take little for a follower who confirms nothing. By itself it takes megabytes: a phone with a slow network
// would be told all that it missed, and one out of reach would be counted for a quarter of an hour.
func keepLittle(conn net.Conn) {
	if own, ok := conn.(interface{ SetWriteBuffer(bytes int) error }); ok {
		_ = own.SetWriteBuffer(sendBuffer) // a stream works without it
	}
}

func write(conn net.Conn, message []byte) error {
	if err := conn.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	_, err := conn.Write(message)
	return err
}

// publish tells every follower. Either the session is new or its mu is held.
func (s *Session) publish(event []byte, last bool) {
	former := s.current.Swap(&snapshot{event, last, make(chan struct{})})
	close(former.next)
}

// hangUp ends the streams without a word: browsers come again.
func (s *Session) hangUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.current.Load().last {
		s.publish(nil, true)
	}
}
