package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corridor/routes"
)

// ErrUnderWay means that another import makes the same new database.
var ErrUnderWay = errors.New("store: another import makes the same database")

// ErrLogLeft means that there is a log of a database that was removed, which SQLite would write into a new one of the name, or into one that
// was put in its place.
var ErrLogLeft = errors.New("store: the log of a removed database is left")

// ErrOvertaken means that the database that an intake began was made by somebody else before it was saved. Another intake adds to it.
var ErrOvertaken = errors.New("store: the database was made by somebody else meanwhile")

// mostWaiting is how many bytes of entries of a kind wait until they are written: about as many as the index of words takes at a time.
const mostWaiting = 1 << 20

// fresh is a database that nobody sees yet, since it gets its name when it is whole. So nobody needs a log to undo it by or to read
// beside it, in which SQLite would write all pages a second time and look for each page that it reads again; and documents
// and entries are written while others are still read and checked, in the transaction that writes the features at last.
type fresh struct {
	path, made   string
	file         *os.File // what is made: whatever opened and closed it beside SQLite would end SQLite's lock
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
// name. The error is [ErrUnderWay] where another import has begun it, [ErrLogLeft] where only its log is there, and [ErrNameless] where
// no file is named.
func NewIntakeFor(ctx context.Context, path string, about routes.About) (*Intake, error) {
	if path == "" {
		return nil, ErrNameless
	}
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
	if err := noLogLeft(path); err != nil {
		return nil, err
	}
	if err := dropLeft(ctx, f.made); err != nil {
		return nil, err
	}
	err := f.open(ctx)
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
	f.stopFlushing = f.flushAlong()
	return f, nil
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
	if err == nil {
		err = f.end()
	}
	if err == nil {
		err = f.giveName()
	}
	return errors.Join(err, f.drop())
}

// end stops flushing and ends the transaction; once only. The database stays locked.
func (f *fresh) end() (err error) {
	if f.stopFlushing != nil {
		f.stopFlushing()
		f.stopFlushing = nil
	}
	if f.transaction != nil {
		err = f.transaction.end()
		f.transaction = nil
	}
	return err
}

// drop closes what is made and removes its first name; once only. The name goes while the database is locked: afterwards it may be
// another import's.
func (f *fresh) drop() error {
	if f.file == nil {
		return nil
	}
	err := f.end()
	if f.isOwn() {
		err = errors.Join(err, os.Remove(f.made))
	}
	err = errors.Join(err, f.file.Close()) // before SQLite lets others of this process have locks, which this would end
	if f.store != nil {
		err = errors.Join(err, f.store.writer.Close())
	}
	f.store, f.file = nil, nil
	return err
}
