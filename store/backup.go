package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Backup writes a whole copy of the database to a file that does not exist yet, while others read and write. It is made under another
// name and gets its own when it is whole and on the disk, so that no part of one is ever taken for a backup. The error is [fs.ErrExist]
// where there is a file of the name, also one that came meanwhile.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := s.backup(ctx, path); err != nil {
		return fmt.Errorf("store: backup to %s: %w", path, err)
	}
	return nil
}

func (s *Store) backup(ctx context.Context, path string) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	const permissions = 0o644 // as SQLite's own files have, less what the user forbids
	made := fmt.Sprintf("%s-%08x-new", path, rand.Uint32())
	f, err := os.OpenFile(made, os.O_RDWR|os.O_CREATE|os.O_EXCL, permissions)
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, f.Close())
		if removed := os.Remove(made); !errors.Is(removed, fs.ErrNotExist) { // a move has taken the name away
			err = errors.Join(err, removed)
		}
	}()
	if _, err := s.writer.ExecContext(ctx, `VACUUM INTO ?`, made); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := nameNew(made, path); err != nil {
		return err
	}
	_ = flushFolder(filepath.Dir(path)) // a folder cannot be flushed everywhere
	return nil
}
