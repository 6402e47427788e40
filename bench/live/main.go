// Command live measures how a server tells followers of a step: it opens streams on this machine's loopback, moves the
// session, and prints how long after the request each follower had read the event, and the memory that a follower costs.
// Server and followers are processes of their own.
//
//	go run -tags sqlite_fts5 ./bench/live --followers 10000 --dead 100
//
// With --plain the server is a plain hub on net/http instead (a handler, a channel and a flush for each follower), to
// compare with. With --centrifugo it is Centrifugo, whose binary is not part of this repository; to build it elsewhere:
//
//	GOBIN=/tmp/centrifugo CGO_ENABLED=0 go install github.com/centrifugal/centrifugo/v6@v6.9.1
//	go run -tags sqlite_fts5 ./bench/live --followers 10000 --centrifugo /tmp/centrifugo/centrifugo
//
// Nothing leaves the machine; the run is bounded by --moves and --most.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

// mostFollowers keeps within the files that a process may usually open.
const mostFollowers = 19_000

type options struct {
	followers, dead, moves int
	every, most            time.Duration
	plain                  bool
	binary, pack           string
	centrifugo             string
}

func main() {
	var o options
	serve := flag.Bool("serve-plain", false, "be the plain hub (used by the benchmark itself)")
	flag.IntVar(&o.followers, "followers", 1000, "how many followers")
	flag.IntVar(&o.dead, "dead", 0, "how many more that never read")
	flag.IntVar(&o.moves, "moves", 40, "how many steps are shown")
	flag.DurationVar(&o.every, "every", 500*time.Millisecond, "the time between two steps")
	flag.DurationVar(&o.most, "most", 3*time.Minute, "the longest that the run may take")
	flag.BoolVar(&o.plain, "plain", false, "measure a plain hub instead")
	flag.StringVar(&o.centrifugo, "centrifugo", "", "measure the Centrifugo at this path instead")
	flag.StringVar(&o.binary, "binary", "bin/corridor", "the program")
	flag.StringVar(&o.pack, "pack", "data/content/mekong", "the content")
	flag.Parse()
	if *serve {
		servePlain()
		return
	}
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "live:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	if o.followers < 1 || o.dead < 0 || o.followers+o.dead > mostFollowers {
		return fmt.Errorf("--followers and --dead: 1 to %d together", mostFollowers)
	}
	if o.plain && o.centrifugo != "" {
		return errors.New("--plain and --centrifugo: give one of them")
	}
	ctx, cancel := context.WithTimeout(context.Background(), o.most)
	defer cancel()
	debug.SetGCPercent(400) // the followers' own memory is not what is measured
	s, err := start(ctx, o)
	if err != nil {
		return err
	}
	defer s.stop()
	before, err := s.settledMemory(ctx)
	if err != nil {
		return err
	}
	a := &audience{sent: make([]time.Time, o.moves+1)}
	defer a.leave()
	begun := time.Now()
	if err := a.join(ctx, s, o.followers, true); err != nil {
		return err
	}
	joined := time.Since(begun)
	if err := a.join(ctx, s, o.dead, false); err != nil {
		return err
	}
	peak := s.memory()
	after, err := s.settledMemory(ctx)
	if err != nil {
		return err
	}
	late, failed, err := a.present(ctx, s, o)
	if err != nil {
		return err
	}
	end := s.memory()
	slices.Sort(late)
	at := func(share float64) float64 {
		return float64(late[min(len(late)-1, int(share*float64(len(late))))].Microseconds()) / 1000
	}
	streams := o.followers + o.dead
	perFollower := func(kB int) float64 { return float64(kB-before) / float64(streams) }
	name := "corridor"
	switch {
	case o.plain:
		name = "plain hub"
	case o.centrifugo != "":
		name = "Centrifugo"
	}
	fmt.Printf("%s, %d processors, %d followers and %d that never read, %d steps\n", name, runtime.NumCPU(), o.followers, o.dead, o.moves)
	fmt.Printf("step seen after: p50 %.1f ms, p99 %.1f ms, most %.1f ms; %d of %d seen, %d streams broken\n",
		at(0.5), at(0.99), at(1), len(late), o.followers*o.moves, failed)
	fmt.Printf("memory a follower (RssAnon): %.1f kB settled, %.1f kB after joining, %.1f kB after the steps\n",
		perFollower(after), perFollower(peak), perFollower(end))
	fmt.Printf("all joined in %.1f s\n", joined.Seconds())
	return nil
}
