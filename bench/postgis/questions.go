package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// subject is a server that is asked.
type subject struct {
	name string
	// url is that of a box of a collection, with a place for each.
	url     string
	process *exec.Cmd
}

// startServer starts a process and waits for the address it writes once it listens.
func startServer(name, path string, said func(*exec.Cmd) (io.ReadCloser, error), command *exec.Cmd) (*subject, error) {
	out, err := said(command)
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if at, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return &subject{name, at + path, command}, nil
		}
	}
	return nil, errors.New(name + " did not start")
}

// questions says how many of a round's are for a server: what sorts a whole box before each answer takes up to two seconds for it.
func (s *subject) questions(all int) int {
	if s.name == "ordered" {
		return max(all/10, min(all, 15))
	}
	return all
}

func (s *subject) stop() {
	_ = s.process.Process.Signal(syscall.SIGTERM)
	_ = s.process.Wait()
}

// question is a kind of box.
type question struct {
	name       string
	collection string
	limit      int
	side       float64 // of the box, degrees
	few        bool    // whether the small set can answer it too
}

// The region's boxes hold a full page of either set; those of a street, a town or a district hold one of the large set only.
var questions = []question{
	{"100 stops in a small box", "stops", 100, 0.5, false},
	{"1000 stops in a small box", "stops", 1000, 2, false},
	{"100 legs in a small box", "legs", 100, 0.5, false},
	{"1000 legs in a small box", "legs", 1000, 2, false},
	{"100 stops in a wide box", "stops", 100, 25, true},
	{"1000 stops in a wide box", "stops", 1000, 60, true},
	{"100 legs in a wide box", "legs", 100, 25, true},
	{"1000 legs in a wide box", "legs", 1000, 60, true},
}

func runQuestions(ctx context.Context, o options, pg *cluster, large, small string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	items := "/api/collections/%s/items?bbox=%s&limit=%d&lang=en"
	byErr, byOut := (*exec.Cmd).StderrPipe, (*exec.Cmd).StdoutPipe
	ours, err := startServer("large", items, byErr, exec.CommandContext(ctx, o.binary, "serve", "--addr", "127.0.0.1:0", "--db", large))
	if err != nil {
		return err
	}
	defer ours.stop()
	few, err := startServer("small", items, byErr, exec.CommandContext(ctx, o.binary, "serve", "--addr", "127.0.0.1:0", "--db", small))
	if err != nil {
		return err
	}
	defer few.stop()
	theirs, err := startServer("postgis", "/%s?bbox=%s&limit=%d", byOut, exec.CommandContext(ctx, self, "--serve", pg.address))
	if err != nil {
		return err
	}
	defer theirs.stop()
	subjects := []*subject{ours, theirs}
	if o.featureserv != "" {
		known, err := startFeatureserv(ctx, o.featureserv, pg.address)
		if err != nil {
			return err
		}
		defer known.stop()
		subjects = append(subjects, known)
	}
	bare := &subject{"bare", strings.Replace(theirs.url, "/%s?", "/bare/%s?", 1), theirs.process}
	ordered := &subject{"ordered", strings.Replace(theirs.url, "/%s?", "/ordered/%s?", 1), theirs.process}
	subjects = append(subjects, ordered, few, bare)
	centres, err := readCentres(ctx, large)
	if err != nil {
		return err
	}
	for _, q := range questions {
		if err := q.ask(ctx, o, subjects, centres); err != nil {
			return err
		}
	}
	return nil
}

// readCentres gives where some stops are, so that boxes lie where features are.
func readCentres(ctx context.Context, path string) (centres [][2]float64, err error) {
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, `SELECT (west + east) / 2, (south + north) / 2 FROM features WHERE collection = 'stops' AND id % 97 = 0`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c [2]float64
		if err := rows.Scan(&c[0], &c[1]); err != nil {
			return nil, err
		}
		centres = append(centres, c)
	}
	return centres, rows.Err()
}

// ask asks each server the same questions in turns and prints their times and ratios.
func (q question) ask(ctx context.Context, o options, subjects []*subject, centres [][2]float64) error {
	times := map[string][]float64{}  // milliseconds
	rounds := map[string][]float64{} // the median of each round
	features, bytes := map[string]int{}, map[string]int{}
	sizes := make([]int, o.requests)  // of our answers
	for round := range o.rounds + 1 { // the first warms up
		for _, s := range subjects {
			if s.name == "small" && !q.few {
				continue
			}
			random := rand.New(rand.NewPCG(uint64(round), 1))
			var took []float64
			for i := range s.questions(o.requests) {
				ms, n, size, err := s.ask(ctx, q, centres[random.IntN(len(centres))], sizes[i])
				if err != nil {
					return fmt.Errorf("%s: %w", s.name, err)
				}
				if s.name == "large" {
					sizes[i] = size
				}
				took = append(took, ms)
				if round > 0 {
					features[s.name] += n
					bytes[s.name] += size
				}
			}
			if round > 0 {
				times[s.name] = append(times[s.name], took...)
				rounds[s.name] = append(rounds[s.name], median(took))
			}
		}
	}
	fmt.Printf("%s, load %s\n", q.name, load())
	for _, s := range subjects {
		if list := times[s.name]; len(list) > 0 {
			fmt.Printf("  %-11s median %7.2f ms, p99 %7.2f ms; %d features, %d KB on average\n", s.name, median(list),
				quantile(list, 0.99), features[s.name]/len(list), bytes[s.name]/len(list)/1000)
		}
	}
	for _, other := range []string{"postgis", "featureserv", "ordered", "small", "bare"} {
		if len(times[other]) == 0 {
			continue
		}
		var ratios []float64
		for i, ms := range rounds["large"] {
			ratios = append(ratios, ms/rounds[other][i])
		}
		fmt.Printf("  large to %-11s median %.2f, p99 %.2f (%.1f times as fast)\n", other, median(ratios),
			quantile(times["large"], 0.99)/quantile(times[other], 0.99), 1/median(ratios))
	}
	return nil
}

// received is the answer that came last. Its memory is used again: to find new for each would be measured as the server's time.
var received bytes.Buffer

// ask asks one question and gives the milliseconds until the last byte, and how many features and bytes came. A bare server is told
// how many bytes to give.
func (s *subject) ask(ctx context.Context, q question, centre [2]float64, wanted int) (ms float64, features, size int, err error) {
	west, south := max(centre[0]-q.side/2, -180), max(centre[1]-q.side/2, -90)
	box := fmt.Sprintf("%.4f,%.4f,%.4f,%.4f", west, south, min(west+q.side, 180), min(south+q.side, 90))
	address := fmt.Sprintf(s.url, q.collection, box, q.limit)
	if s.name == "bare" {
		address += fmt.Sprintf("&bytes=%d", wanted)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, 0, 0, err
	}
	r.Header.Set("Accept-Encoding", "identity")
	start := time.Now()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, 0, 0, err
	}
	received.Reset()
	_, err = received.ReadFrom(response.Body)
	response.Body.Close()
	body := received.Bytes()
	ms = float64(time.Since(start).Microseconds()) / 1000
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %d %s", r.URL, response.StatusCode, body)
	}
	if err != nil {
		return 0, 0, 0, err
	}
	if !bytes.HasSuffix(bytes.TrimSpace(body), []byte("]}")) {
		return 0, 0, 0, fmt.Errorf("%s: half an answer", r.URL)
	}
	return ms, bytes.Count(body, []byte(`{"type":"Feature",`)), len(body), nil
}

func median(list []float64) float64 { return quantile(list, 0.5) }

func quantile(list []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[int(q*float64(len(sorted)-1)+0.5)]
}

// load is how much else the machine does: work that waits for a processor, over the last minute.
func load() string {
	raw, _ := os.ReadFile("/proc/loadavg") // not every system has one
	first, _, _ := strings.Cut(string(raw), " ")
	return first
}

// mostMemory is the most memory that a process had, in bytes.
func mostMemory(state *os.ProcessState) int64 {
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss << 10
	}
	return 0
}
