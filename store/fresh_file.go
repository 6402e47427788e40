package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"
)

// flushEvery is how often what was written so far is brought to the disk, so that little is left when a reader waits for the end.
const flushEvery = 5 * time.Second

// dropLeft drops what an import left that was killed. One that lives has it locked.
func dropLeft(ctx context.Context, made string) error {
	if _, err := os.Stat(made); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	db := openPool(made, url.Values{"mode": {"rw"}, "_busy_timeout": {"0"}})
	db.SetMaxOpenConns(1)
	_, err := db.ExecContext(context.WithoutCancel(ctx), "BEGIN EXCLUSIVE") // a context that has ended says nothing of the lock
	if isBusy(err) {
		return errors.Join(ErrUnderWay, db.Close())
	}
	err = os.Remove(made) // whatever else is wrong with it, it was never whole; while it is locked, it is nobody's
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, db.Close())
}

// open makes the file and locks it. The error is [ErrUnderWay] where another import was faster.
func (f *fresh) open(ctx context.Context) (err error) {
	const permissions = 0o644 // as SQLite's own files have, less what the user forbids
	f.file, err = os.OpenFile(f.made, os.O_RDWR|os.O_CREATE|os.O_EXCL, permissions)
	if errors.Is(err, fs.ErrExist) {
		return ErrUnderWay
	}
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	f.store, err = openWriter(ctx, f.made, url.Values{
		"mode":          {"rw"},
		"_locking_mode": {"EXCLUSIVE"},
		"_busy_timeout": {"1000"}, // no longer than another import needs to see whether this one lives
		"_journal_mode": {"MEMORY"},
		"_synchronous":  {"OFF"}, // it is flushed as a whole
		"_mutex":        {"no"},  // one connection, one after the other
		"_cache_size":   {"-65536"},
	})
	if isBusy(err) || err == nil && !f.isOwn() { // another took the file for one of a killed import before it was locked
		return ErrUnderWay
	}
	if err == nil {
		// Pages that are read through the system's memory would count as the program's.
		_, err = f.store.writer.ExecContext(ctx, "PRAGMA mmap_size = 0")
	}
	return err
}

// isOwn says whether what has the name under which the database is made is still that, and not another import's. Once it is locked, nobody
// else removes it.
func (f *fresh) isOwn() bool {
	own, err := f.file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(f.made)
	return err == nil && os.SameFile(own, there)
}

func isBusy(err error) bool {
	var failed sqlite3.Error
	return errors.As(err, &failed) && failed.Code == sqlite3.ErrBusy
}

// giveName gives the database its name while it is still locked, so that no other import takes it for one of a killed import, and nobody
// reads it before it has only this name.
func (f *fresh) giveName() error {
	if err := f.flush(); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	if err := noLogLeft(f.path); err != nil {
		return err
	}
	if !f.isOwn() {
		return ErrUnderWay
	}
	err := nameNew(f.made, f.path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return ErrOvertaken
	case err != nil:
		return fmt.Errorf("store: %w", err)
	}
	_ = flushFolder(filepath.Dir(f.path)) // a folder cannot be flushed everywhere
	return nil
}

// nameNew gives a file a name that nothing has; where there are links, it keeps its first one too. The error is [fs.ErrExist] where
// something has the name.
func nameNew(file, name string) error {
	err := os.Link(file, name)
	if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without links
		err = moveTo(file, name)
	}
	return err
}

// moveTo gives a file another name. It takes that first, since a move alone would overwrite what has it. The error is [fs.ErrExist]
// where it is taken.
func moveTo(file, name string) error {
	const permissions = 0o600 // for a moment only
	taken, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, permissions)
	if err != nil {
		return err
	}
	if err := errors.Join(taken.Close(), os.Rename(file, name)); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

// noLogLeft looks that no database that was removed has left its log: SQLite would write that into a new one of the name. Nor does it help
// to let SQLite make the new one, which forgets the log but shares its index with a server that still has the former database open. So
// it is not decided here whether anybody needs it. The error is [ErrLogLeft].
func noLogLeft(path string) error {
	var left []string
	for _, kind := range []string{"-wal", "-shm", "-journal"} {
		if _, err := os.Lstat(path + kind); err == nil {
			left = append(left, path+kind)
		}
	}
	if len(left) == 0 {
		return nil
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return noLogOfAnother(path)
	}
	return fmt.Errorf("%w: %s is not there, but %s; stop what may still have it open, then remove these too",
		ErrLogLeft, path, strings.Join(left, ", "))
}

// noLogOfAnother looks that a database that is there was not put in the place of one that has left its log, such as a backup after the server
// was killed: SQLite would write that into it, and neither could be read any more. The header of a file says whether it was ever opened to be
// written with such a log, and that of a backup says that it was not.
func noLogOfAnother(path string) error {
	log := path + "-wal"
	if info, err := os.Stat(log); err != nil || info.Size() == 0 { // before the header, which is written before a log is
		return nil //nolint:nilerr // there is nothing to be written into it
	}
	f, err := os.Open(path)
	if err != nil {
		return nil //nolint:nilerr // who opens it says why it cannot be opened
	}
	defer f.Close()           // it would end SQLite's locks on the file, of which this process has none yet
	const at, without = 18, 1 // the write version of SQLite's format of files
	version := make([]byte, 1)
	if _, err := f.ReadAt(version, at); err != nil || version[0] != without {
		return nil //nolint:nilerr // an empty file, which makes SQLite forget the log
	}
	return fmt.Errorf("%w: %s has never had a log, but %s is there; stop what may still have the former one open, then remove that, and %s-shm",
		ErrLogLeft, path, log, path)
}

// flush brings to the disk what was written so far.
func (f *fresh) flush() error { return f.file.Sync() }

// flushAlong flushes time and again until it is stopped. What fails then fails at the end too.
func (f *fresh) flushAlong() (stop func()) {
	ticks, done := time.NewTicker(flushEvery), make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		for {
			select {
			case <-ticks.C:
				_ = f.flush()
			case <-done:
				return
			}
		}
	})
	return func() { ticks.Stop(); close(done); ended.Wait() }
}

// flushFolder brings the names of files to the disk.
func flushFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
