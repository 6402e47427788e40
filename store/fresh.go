package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"corridor/routes"
)

// ErrUnderWay means that another import makes the same new database.
var ErrUnderWay = errors.New("store: another import makes the same database")

// ErrOvertaken means that the database that an intake began was made by somebody else before it was saved. Another intake adds to it.
var ErrOvertaken = errors.New("store: the database was made by somebody else meanwhile")

// mostWaiting is how many bytes of entries of a kind wait until they are written: about as many as the index of words takes at a time.
const mostWaiting = 1 << 20

// flushEvery is how often what was written so far is brought to the disk, so that little is left when a reader waits for the end.
const flushEvery = 5 * time.Second

// fresh is a database that nobody sees yet, since it gets its name when it is whole. So nobody needs a log to undo it by or to read
// beside it, in which SQLite would write all pages a second time and look for each page that it reads again; and documents
// and entries are written while others are still read and checked, in the transaction that writes the features at last.
type fresh struct {
	path, made   string
	store        *Store
	transaction  *transaction
	writer       packWriter
	documents    int
	entries      map[routes.EntryKind]*waitingEntries
	stopFlushing func()
}

// waitingEntries are those of a kind that wait. The index of words is built several times as fast when ids only grow, so each
// kind's go into it many at a time.
type waitingEntries struct {
	last    int64 // the id of the one that was written last
	records []byte
	lengths []int
}

// NewIntakeFor begins to take in a pack for the database of that path, see [NewIntake]. One that does not exist yet is begun under another
// name. The error is [ErrUnderWay] where another import has begun it.
func NewIntakeFor(ctx context.Context, path string, about routes.About) (*Intake, error) {
	in, err := NewIntake(filepath.Dir(path), about)
	if err != nil {
		return nil, err
	}
	in.path = path
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if in.fresh, err = newFresh(ctx, path, in); err != nil {
			return nil, errors.Join(err, in.Close())
		}
	}
	return in, nil
}

// Save saves what was taken in into the database that [NewIntakeFor] was told, as [Store.Save] does. The error is [ErrOvertaken] where
// the intake has begun the database and somebody else was faster.
func (in *Intake) Save(ctx context.Context) (changed bool, err error) {
	if in.fresh != nil {
		return true, in.fresh.save(ctx, in)
	}
	if in.path == "" {
		return false, errors.New("store: the intake is for no database")
	}
	s, err := Open(ctx, in.path)
	if err != nil {
		return false, err
	}
	defer s.Close()
	return s.Save(ctx, in)
}

// newFresh begins a database.
func newFresh(ctx context.Context, path string, in *Intake) (*fresh, error) {
	f := &fresh{path: path, made: path + "-new", entries: map[routes.EntryKind]*waitingEntries{}}
	for i, kind := range routes.EntryKinds() {
		f.entries[kind] = &waitingEntries{last: firstEntry(i)}
	}
	if err := dropLeft(ctx, f.made); err != nil {
		return nil, err
	}
	var err error
	f.store, err = openWriter(ctx, f.made, url.Values{
		"mode":          {"rwc"},
		"_locking_mode": {"EXCLUSIVE"},
		"_journal_mode": {"MEMORY"},
		"_synchronous":  {"OFF"}, // it is flushed as a whole
		"_mutex":        {"no"},  // one connection, one after the other
		"_cache_size":   {"-65536"},
	})
	if err != nil {
		_ = os.Remove(f.made)
		return nil, err
	}
	// Pages that are read through the system's memory would count as the program's.
	_, err = f.store.writer.ExecContext(ctx, "PRAGMA mmap_size = 0")
	if err == nil {
		f.transaction, err = f.store.begin(ctx)
	}
	if err == nil {
		f.writer = f.transaction.writer(ctx, in.pack)
		err = f.writer.savePack("", in.about)
	}
	if err != nil {
		return nil, errors.Join(err, f.drop())
	}
	f.stopFlushing = flushAlong(f.made)
	return f, nil
}

// flushAlong flushes a file time and again until it is stopped. What fails then fails at the end too.
func flushAlong(path string) (stop func()) {
	ticks, done := time.NewTicker(flushEvery), make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		for {
			select {
			case <-ticks.C:
				_ = flush(path)
			case <-done:
				return
			}
		}
	})
	return func() { ticks.Stop(); close(done); ended.Wait() }
}

func (f *fresh) saveDocument(encoded []byte) error {
	if err := f.writer.stopped(); err != nil {
		return err
	}
	fields, err := fieldsOf(string(encoded))
	if err != nil {
		return err
	}
	f.documents++
	return f.writer.saveDocument(f.documents-1, fields)
}

func (f *fresh) addEntry(kind routes.EntryKind, encoded []byte) error {
	waiting := f.entries[kind]
	waiting.records, waiting.lengths = append(waiting.records, encoded...), append(waiting.lengths, len(encoded))
	if len(waiting.records) < mostWaiting {
		return nil
	}
	return waiting.save(f.writer)
}

// save writes the entries.
func (e *waitingEntries) save(w packWriter) error {
	rest := string(e.records)
	for _, length := range e.lengths {
		fields, err := fieldsOf(rest[:length])
		if err != nil {
			return err
		}
		entry, err := entryFrom(fields)
		if err != nil {
			return err
		}
		e.last++
		if err := w.saveEntry(e.last, entry); err != nil {
			return err
		}
		rest = rest[length:]
	}
	e.records, e.lengths = e.records[:0], e.lengths[:0]
	return nil
}

// saveEntries writes those that still wait.
func (f *fresh) saveEntries() error {
	for _, kind := range routes.EntryKinds() {
		if err := f.entries[kind].save(f.writer); err != nil {
			return fmt.Errorf("entry of %s: %w", kind, err)
		}
	}
	return nil
}

// save writes the rest and gives the database its name.
func (f *fresh) save(ctx context.Context, in *Intake) error {
	w := f.transaction.writer(ctx, in.pack)
	err := w.save(ctx, in, false, []step{f.saveEntries}, []step{
		func() error { return w.savePack(in.sum(), in.about) },
	})
	if err != nil {
		return errors.Join(err, f.drop())
	}
	defer func() { _ = os.Remove(f.made) }() // in vain where it was moved to its place
	if err := f.close(); err != nil {
		return err
	}
	if err := flush(f.made); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	err = os.Link(f.made, f.path)
	if errors.Is(err, fs.ErrExist) {
		return ErrOvertaken
	}
	if err != nil { // a file system without links
		err = os.Rename(f.made, f.path)
	}
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	_ = flush(filepath.Dir(f.path)) // a folder cannot be flushed everywhere
	return nil
}

// close ends the transaction and closes the database; once only.
func (f *fresh) close() (err error) {
	if f.stopFlushing != nil {
		f.stopFlushing()
		f.stopFlushing = nil
	}
	if f.transaction != nil {
		err = f.transaction.end()
		f.transaction = nil
	}
	if f.store != nil {
		err = errors.Join(err, f.store.writer.Close())
		f.store = nil
	}
	return err
}

// drop removes the database unless it was closed before.
func (f *fresh) drop() error {
	if f.store == nil {
		return nil
	}
	return errors.Join(f.close(), os.Remove(f.made))
}

// dropLeft drops what an import left that was killed. One that lives has it locked.
func dropLeft(ctx context.Context, made string) error {
	if _, err := os.Stat(made); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	db := openPool(made, url.Values{"mode": {"rw"}, "_busy_timeout": {"0"}})
	_, err := db.ExecContext(ctx, "BEGIN EXCLUSIVE")
	closed := db.Close()
	var failed sqlite3.Error
	if errors.As(err, &failed) && failed.Code == sqlite3.ErrBusy {
		return ErrUnderWay
	}
	return errors.Join(closed, os.Remove(made), ctx.Err()) // whatever else is wrong with it, it was never whole
}

func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
