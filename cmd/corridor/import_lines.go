package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"corridor/geo/gazetteer"
	"corridor/routes"
	"corridor/store"
)

const (
	longestLine  = 4 << 20 // bytes
	mostProblems = 1000    // after so many the rest of a file is not read
	chunkLines   = 64      // how many lines are worked on at a time

	// Reading makes much that is gone at once: to look for it less often saves a tenth of the time and costs memory, of
	// which the limit says how much.
	garbagePercent = 400
	memoryLimit    = 300 << 20 // bytes
)

// importLines imports a file of route documents, all of it or nothing. Where it is stopped or killed before the end, the
// database is as it was, and the import begins anew: what takes long is the reading, which changes nothing, and the
// writing is one transaction, which SQLite undoes.
func (c importCommand) importLines(ctx context.Context, con console, file string) error {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryLimit))
	defer debug.SetGCPercent(debug.SetGCPercent(garbagePercent))
	err := c.importOnce(ctx, con, file)
	if errors.Is(err, store.ErrOvertaken) { // such as by a server that was begun meanwhile
		fmt.Fprintf(con.Err, "%s: the database was made by somebody else meanwhile; the file is read once more to add to it\n", file)
		return c.importOnce(ctx, con, file)
	}
	return err
}

func (c importCommand) importOnce(ctx context.Context, con console, file string) error {
	into := func(about routes.About) (*store.Intake, error) { return store.NewIntakeFor(ctx, c.DB, about) }
	r := linesReader{con: con, into: into, counts: counts{start: time.Now()}, found: heldProblems{all: c.All}}
	defer r.close()
	if err := r.read(ctx, file, c.Gazetteer); err != nil {
		return err
	}
	r.lines = nil // of many places it takes as much memory as the writing
	bar := newProgress(con.Err, "writing features", int64(r.counts.features))
	r.intake.MayWithdraw = c.Withdraw
	r.intake.Progress = func(done int) { bar.at(int64(done)) }
	changed, err := r.intake.Save(ctx)
	bar.done()
	r.counts.withdrawn = r.intake.Withdrawn
	return report(con, file, changed, err, r.counts)
}

// checkLines prints every problem of a file of route documents, and what each place was resolved to.
func (c checkCommand) checkLines(ctx context.Context, con console, file string) error {
	into := func(about routes.About) (*store.Intake, error) { return store.NewIntake(os.TempDir(), about) }
	r := linesReader{con: con, into: into, found: heldProblems{all: c.All}}
	defer r.close()
	if err := r.read(ctx, file, c.Gazetteer); err != nil {
		return err
	}
	out := bufio.NewWriter(con.Out) // it remembers what could not be written
	for place, found := range r.lines.Resolved() {
		printResolved(out, place, found)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(con.Err, fit(file, r.found.warned))
	return nil
}

// linesReader reads a file of route documents into an intake.
type linesReader struct {
	con      console
	into     func(routes.About) (*store.Intake, error)
	lines    *routes.Lines
	preparer store.Preparer
	intake   *store.Intake // nil until the file says which pack it is
	counts   counts
	found    heldProblems
	problems int // errors
}

func (r *linesReader) close() {
	if r.intake != nil {
		_ = r.intake.Close()
	}
}

// read reads and checks the whole file; every problem is printed.
func (r *linesReader) read(ctx context.Context, file, index string) error {
	ix, err := gazetteer.Open(index)
	if err != nil {
		return err
	}
	defer ix.Close()
	f, err := os.Open(file)
	if err != nil {
		return usageError{err}
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r.lines = routes.NewLines(file, ix)
	bar := newProgress(r.con.Err, "reading "+file, info.Size())
	err = r.readAll(ctx, f, bar)
	bar.done()
	if r.problems == 0 && err == nil {
		r.note(r.lines.Warnings())
	}
	r.found.print(r.con.Err)
	switch {
	case err != nil:
		return fmt.Errorf("%s:%w", file, err)
	case r.problems >= mostProblems:
		return fmt.Errorf("%s: more than %d problems; the rest was not read; nothing was changed", file, mostProblems)
	case r.problems > 0:
		return fmt.Errorf("%s: %s; nothing was changed", file, r.found.counted())
	case r.intake == nil:
		return fmt.Errorf("%s: the file says nothing; nothing was changed", file)
	}
	return r.addPlaces()
}

// numbered is a line of a file with its number, from 1.
type numbered struct {
	number  int
	content []byte
}

// finished is a line that is ready to be added.
type finished struct {
	problems routes.Problems
	prepared store.Prepared
	err      error
	counts
}

// parsed are some lines in a row, how many bytes of the file end with them, and why no others follow, where that is an error.
type parsed struct {
	lines []*routes.Line
	read  int64
	err   error
}

// errEnough means that there are too many problems to go on.
var errEnough = errors.New("more problems than are printed")

// readAll adds some lines while the next ones are checked, and others are parsed.
func (r *linesReader) readAll(ctx context.Context, f io.Reader, bar *progress) error {
	work, going := errgroup.WithContext(ctx)
	chunks, ready := make(chan parsed, 4), make(chan []store.Prepared, 4)
	work.Go(func() error {
		defer close(chunks)
		return r.parseAll(going, f, chunks)
	})
	work.Go(func() error {
		defer close(ready)
		return r.checkAll(going, chunks, bar, ready)
	})
	work.Go(func() error {
		for lines := range ready {
			for _, line := range lines {
				if err := r.intake.Add(line); err != nil {
					return fmt.Errorf(" nothing was changed: %w", err)
				}
			}
		}
		return nil
	})
	err := work.Wait()
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf(" stopped; nothing was changed: %w", ctx.Err())
	case errors.Is(err, errEnough):
		return nil
	}
	return err
}

// parseAll parses the lines of a file and hands them over in their order.
func (r *linesReader) parseAll(ctx context.Context, f io.Reader, into chan<- parsed) error {
	scanner := bufio.NewScanner(f)
	scanner.Buffer(make([]byte, 1<<16), longestLine)
	read, number := int64(0), 0
	for more := true; more; {
		var chunk []numbered
		for len(chunk) < chunkLines {
			if more = scanner.Scan(); !more {
				break
			}
			number++
			read += int64(len(scanner.Bytes())) + 1
			if len(bytes.TrimSpace(scanner.Bytes())) > 0 {
				chunk = append(chunk, numbered{number, append([]byte(nil), scanner.Bytes()...)})
			}
		}
		next := parsed{lines: make([]*routes.Line, len(chunk)), read: read}
		if err := scanner.Err(); errors.Is(err, bufio.ErrTooLong) {
			next.err = fmt.Errorf("%d: the line has more than %d bytes; write one route in each; nothing was changed", number+1, longestLine)
		} else if err != nil {
			next.err = fmt.Errorf("%d: %w", number+1, err)
		}
		together(len(chunk), func(i int) { next.lines[i] = r.lines.Parse(chunk[i].number, chunk[i].content) })
		if err := send(ctx, into, next); err != nil {
			return err
		}
	}
	return nil
}

// checkAll checks lines and hands over those that may be added, in their order. It alone notes what is wrong with lines, and tells how far it is.
func (r *linesReader) checkAll(ctx context.Context, chunks <-chan parsed, bar *progress, into chan<- []store.Prepared) error {
	for chunk := range chunks {
		lines, err := r.check(chunk.lines)
		if err != nil {
			return fmt.Errorf(" nothing was changed: %w", err)
		}
		if chunk.err != nil {
			return chunk.err
		}
		if r.problems >= mostProblems {
			return errEnough
		}
		if err := send(ctx, into, lines); err != nil {
			return err
		}
		bar.at(chunk.read)
	}
	return nil
}

// send hands a value over unless the context ends first.
func send[T any](ctx context.Context, into chan<- T, value T) error {
	select {
	case into <- value:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// check works on some lines at the same time where it may, and gives those that may be added, in their order.
func (r *linesReader) check(lines []*routes.Line) ([]store.Prepared, error) {
	for _, line := range lines {
		r.lines.Take(line)
	}
	done := make([]finished, len(lines))
	together(len(lines), func(i int) {
		features, problems := lines[i].Features()
		done[i].problems = problems
		done[i].counts = counts{routes: len(lines[i].Routes), features: len(features)}
		if r.problems == 0 {
			done[i].prepared, done[i].err = r.preparer.Prepare(lines[i].Documents(), r.lines.Names(), features)
		}
	})
	fit := make([]store.Prepared, 0, len(done))
	for _, d := range done {
		if r.note(d.problems); r.problems > 0 {
			continue
		}
		if d.err != nil {
			return nil, d.err
		}
		r.counts.routes += d.routes
		r.counts.features += d.features
		fit = append(fit, d.prepared)
	}
	if r.intake == nil && len(fit) > 0 {
		about, told := r.lines.About()
		if !told { // there was nothing but blank lines
			return nil, nil
		}
		var err error
		r.intake, err = r.into(about)
		return fit, err
	}
	return fit, nil
}

func (r *linesReader) note(problems routes.Problems) {
	for _, problem := range problems {
		r.found.add(problem)
	}
	r.problems += len(problems.Errors())
}

// addPlaces adds the places that routes name: only after the last line are these known.
func (r *linesReader) addPlaces() error {
	for place, features := range r.lines.Places() {
		p, err := r.preparer.Prepare(routes.Pack{Places: []routes.Place{place}}, routes.Names{}, features)
		if err != nil {
			return err
		}
		if err := r.intake.Add(p); err != nil {
			return err
		}
		r.counts.features += len(features)
	}
	return nil
}

// together does some pieces of work, as many at the same time as there are processors.
func together(n int, work func(i int)) {
	var wait sync.WaitGroup
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	wait.Wait()
}
