package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// ErrUnderWay means that another import makes the same new database.
var ErrUnderWay = errors.New("store: another import makes the same database")

// SaveTo saves what was taken in into the database of that path, as [Store.Save] does. One that does not exist yet is made
// under another name and gets its own when it is whole. So nobody needs a log to undo it by or to read beside it, in which SQLite
// would write all pages a second time and look for each page that it reads again.
func SaveTo(ctx context.Context, path string, in *Intake) (changed bool, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := saveNew(ctx, path, in); !errors.Is(err, fs.ErrExist) {
			return err == nil, err
		}
	}
	s, err := Open(ctx, path)
	if err != nil {
		return false, err
	}
	defer s.Close()
	return s.Save(ctx, in)
}

// saveNew makes a database. The error is [fs.ErrExist] where another came first.
func saveNew(ctx context.Context, path string, in *Intake) error {
	made := path + "-new"
	if err := dropLeft(ctx, made); err != nil {
		return err
	}
	defer func() { _ = os.Remove(made) }() // in vain where it was moved to its place
	s, err := openWriter(ctx, made, url.Values{
		"mode":          {"rwc"},
		"_locking_mode": {"EXCLUSIVE"},
		"_journal_mode": {"MEMORY"},
		"_synchronous":  {"OFF"}, // it is flushed as a whole
		"_mutex":        {"no"},  // one connection, one after the other
		"_cache_size":   {"-65536"},
	})
	if err != nil {
		return err
	}
	// Pages that are read through the system's memory would count as the program's.
	if _, err = s.writer.ExecContext(ctx, "PRAGMA mmap_size = 0"); err == nil {
		_, err = s.Save(ctx, in)
	}
	if err := errors.Join(err, s.writer.Close()); err != nil {
		return err
	}
	if err := flush(made); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	err = os.Link(made, path)
	if err != nil && !errors.Is(err, fs.ErrExist) { // a file system without links
		err = os.Rename(made, path)
	}
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	_ = flush(filepath.Dir(path)) // a folder cannot be flushed everywhere
	return nil
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
