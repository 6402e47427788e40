package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// ErrReadOnly means that a database is there but cannot be written to, or that nothing can be written beside it, as SQLite does.
var ErrReadOnly = errors.New("the database or its folder cannot be written to; let this user write there, or copy the file, with its -wal where there is one, to where it can")

// OpenToRead opens a database that is only read and backed up. One on a disk that nobody can write to is read as it stands, if there is
// nothing to bring up to date. The error is [ErrReadOnly] where that cannot be.
func OpenToRead(ctx context.Context, path string) (*Store, error) {
	s, err := Open(ctx, path)
	if !errors.Is(err, ErrReadOnly) || !fixed(path) {
		return s, err
	}
	return openFixed(ctx, path)
}

// fixed says whether a database is on a disk that cannot be written to, and has all of its content in the file.
func fixed(path string) bool {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		_ = f.Close()
	}
	log, missing := os.Stat(path + "-wal")
	return errors.Is(err, syscall.EROFS) && (errors.Is(missing, fs.ErrNotExist) || missing == nil && log.Size() == 0)
}

// openFixed opens a database that nobody changes: SQLite then locks nothing and needs no files beside it.
func openFixed(ctx context.Context, path string) (*Store, error) {
	options := func() url.Values { return url.Values{"mode": {"ro"}, "immutable": {"1"}} }
	s, err := openWriter(ctx, path, options())
	if err != nil {
		return nil, unwritable(path, err)
	}
	s.openReaders(options)
	return s, nil
}

// unwritable gives [ErrReadOnly] where a database could not be opened for that.
func unwritable(path string, err error) error {
	var failed sqlite3.Error
	if !errors.As(err, &failed) || failed.Code != sqlite3.ErrReadonly && failed.Code != sqlite3.ErrCantOpen {
		return err
	}
	if info, missing := os.Stat(path); missing != nil || !info.Mode().IsRegular() {
		return err
	}
	return fmt.Errorf("store: %s: %w", path, ErrReadOnly)
}
