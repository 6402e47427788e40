package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"corridor/geo/gazetteer"
	"corridor/routes"
	"corridor/store"
)

const (
	longestLine  = 4 << 20 // bytes
	mostProblems = 1000    // after so many the rest of a file is not read
	chunkLines   = 256     // how many lines are worked on at a time

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
	r := linesReader{con: con, folder: filepath.Dir(c.DB), counts: counts{start: time.Now()}}
	defer r.close()
	if err := r.read(ctx, file, c.Gazetteer); err != nil {
		return err
	}
	r.lines = nil // of many places it takes as much memory as the writing
	bar := newProgress(con.Err, "writing features", int64(r.counts.features))
	r.intake.Progress = func(done int) { bar.at(int64(done)) }
	changed, err := store.SaveTo(ctx, c.DB, r.intake)
	bar.done()
	return report(con, file, changed, err, r.counts)
}

// checkLines prints every problem of a file of route documents, and what each place was resolved to.
func (c checkCommand) checkLines(ctx context.Context, con console, file string) error {
	r := linesReader{con: con, folder: os.TempDir()}
	defer r.close()
	if err := r.read(ctx, file, c.Gazetteer); err != nil {
		return err
	}
	for place, found := range r.lines.Resolved() {
		printResolved(con.Out, place, found)
	}
	fmt.Fprintf(con.Err, "%s: fit for import\n", file)
	return nil
}

// linesReader reads a file of route documents into an intake.
type linesReader struct {
	con      console
	folder   string // of the intake's temporary file
	lines    *routes.Lines
	intake   *store.Intake // nil until the file says which pack it is
	counts   counts
	problems int // errors
	printed  int // problems of every kind
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
	switch {
	case err != nil:
		return fmt.Errorf("%s:%w", file, err)
	case r.problems >= mostProblems:
		return fmt.Errorf("%s: more than %d problems; the rest was not read; nothing was changed", file, mostProblems)
	case r.problems > 0:
		return fmt.Errorf("%s: %d problems; nothing was changed", file, r.problems)
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

// parsed are some lines in a row, and how many bytes of the file end with them.
type parsed struct {
	lines []*routes.Line
	read  int64
}

// readAll works on some lines while the next ones are parsed.
func (r *linesReader) readAll(ctx context.Context, f io.Reader, bar *progress) error {
	reading, stop := context.WithCancel(ctx)
	chunks, failed := make(chan parsed), make(chan error, 1)
	go func() {
		defer close(chunks)
		failed <- r.parseAll(reading, f, chunks)
	}()
	defer func() { // nothing may use the file and the lines any more
		stop()
		for range chunks {
		}
	}()
	for chunk := range chunks {
		if err := r.take(chunk.lines); err != nil {
			return err
		}
		bar.at(chunk.read)
		if r.problems >= mostProblems {
			return nil
		}
	}
	return <-failed
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
			if len(scanner.Bytes()) > 0 {
				chunk = append(chunk, numbered{number, append([]byte(nil), scanner.Bytes()...)})
			}
		}
		lines := make([]*routes.Line, len(chunk))
		together(len(chunk), func(i int) { lines[i] = r.lines.Parse(chunk[i].number, chunk[i].content) })
		select {
		case into <- parsed{lines, read}:
		case <-ctx.Done():
			return fmt.Errorf(" stopped; nothing was changed: %w", ctx.Err())
		}
	}
	if err := scanner.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("%d: the line has more than %d bytes; write one route in each; nothing was changed", number+1, longestLine)
	} else if err != nil {
		return fmt.Errorf("%d: %w", number+1, err)
	}
	return nil
}

// take works on some lines at the same time where it may, and adds them in their order.
func (r *linesReader) take(lines []*routes.Line) error {
	for _, line := range lines {
		r.lines.Take(line)
	}
	done := make([]finished, len(lines))
	together(len(lines), func(i int) {
		features, problems := lines[i].Features()
		done[i].problems = problems
		done[i].counts = counts{routes: len(lines[i].Routes), features: len(features)}
		if r.problems == 0 {
			done[i].prepared, done[i].err = store.Prepare(lines[i].Pack, r.lines.Names(), features)
		}
	})
	for _, d := range done {
		if err := r.add(d); err != nil {
			return err
		}
	}
	return nil
}

func (r *linesReader) add(d finished) error {
	for _, problem := range d.problems {
		if r.printed++; r.printed <= mostProblems {
			fmt.Fprintln(r.con.Err, problem)
		} else if r.printed == mostProblems+1 {
			fmt.Fprintln(r.con.Err, "more problems are not printed")
		}
	}
	r.problems += len(d.problems.Errors())
	if r.problems > 0 || d.err != nil {
		return d.err
	}
	if r.intake == nil {
		about, _ := r.lines.About()
		var err error
		if r.intake, err = store.NewIntake(r.folder, about); err != nil {
			return err
		}
	}
	r.counts.routes += d.routes
	r.counts.features += d.features
	return r.intake.Add(d.prepared)
}

func (r *linesReader) addPlaces() error {
	for features := range r.lines.Places() {
		p, err := store.Prepare(routes.Pack{}, routes.Names{}, features)
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
