package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"corridor/routes"
)

// ErrKept means that content was removed or replaced, and that the file of the database or its log may still have some of it.
var ErrKept = errors.New("store: what was removed may still be in the file of the database or in its log")

// UnknownPackError means that a database has no pack of an id. Known are those that it has.
type UnknownPackError struct {
	ID    string
	Known []string
}

// Error names the packs that there are.
func (e *UnknownPackError) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("no pack has the id %q; the database has none", e.ID)
	}
	return fmt.Sprintf("no pack has the id %q; the database has %s", e.ID, strings.Join(e.Known, ", "))
}

// Removed is what was removed with a pack.
type Removed struct{ Routes, Documents, Features int }

// RemovePack removes a pack with all that was derived from it, all in one transaction, and overwrites it in the file. Who reads sees the new
// version of the content. The error is an [*UnknownPackError] where there is no such pack, and [ErrKept], beside what was removed, where it
// could not be overwritten, such as while somebody reads a former state.
func (s *Store) RemovePack(ctx context.Context, id string) (Removed, error) {
	removed, err := s.removePack(ctx, id)
	if err != nil {
		return Removed{}, err
	}
	const wait = 2_000 // milliseconds: longer than it takes to read a page
	return removed, s.overwrite(ctx, math.MaxInt64, wait)
}

// mostRewritten is up to how many bytes of a database an import rewrites that replaced something, which takes a second.
const mostRewritten = 64 << 20

// replacedKey is that of meta which says that what was replaced or removed may still be in the file or in the log. It is written with the
// change itself, so that it is known after whatever breaks off, and the next import does what is left to do, also one that changes nothing.
const replacedKey = "replaced"

// overwrite sees to it that what was replaced or removed is gone from the file and from the log, where anything was. A database of more than
// so many bytes is not written anew, since sessions would wait; there no more is done than SQLite does for each row that it deletes. The
// error is [ErrKept], also where somebody reads a former state, for whose end it waits so many milliseconds.
func (s *Store) overwrite(ctx context.Context, most int64, wait int) error {
	var bytes int64
	var replaced, cut bool
	err := s.writer.QueryRowContext(ctx, `SELECT page_count * page_size, EXISTS (SELECT 1 FROM meta WHERE key = ?)
		FROM pragma_page_count, pragma_page_size`, replacedKey).Scan(&bytes, &replaced)
	if err == nil && !replaced {
		return nil
	}
	if err == nil && bytes <= most {
		err = s.rewrite(ctx)
	}
	if err == nil {
		cut, err = s.cutLog(ctx, wait)
	}
	if err == nil && cut {
		_, err = s.writer.ExecContext(ctx, `DELETE FROM meta WHERE key = ?`, replacedKey)
	}
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrKept, err)
	case !cut:
		return fmt.Errorf("%w: somebody reads the former content", ErrKept)
	}
	return nil
}

// noteReplaced notes that the transaction takes something away.
func (w packWriter) noteReplaced() error {
	return w.exec(`INSERT OR REPLACE INTO meta (key, value) VALUES (?, '')`, replacedKey)
}

// rewrite writes the whole file anew. SQLite overwrites the rows that it deletes, but not the copies of them that are left in a page when
// it moves rows to another; and versions of Corridor before this one overwrote nothing.
func (s *Store) rewrite(ctx context.Context) error {
	_, err := s.writer.ExecContext(ctx, "VACUUM")
	return err
}

// removePack saves the pack as one of which nothing is left.
func (s *Store) removePack(ctx context.Context, id string) (removed Removed, err error) {
	in, err := NewIntake(filepath.Dir(s.path), routes.About{ID: id})
	if err != nil {
		return removed, err
	}
	defer in.Close()
	t, err := s.begin(ctx)
	if err != nil {
		return removed, err
	}
	defer func() { err = errors.Join(err, t.end()) }()
	w := t.writer(ctx, id)
	if removed, err = w.countPack(); err != nil {
		return removed, err
	}
	return removed, w.save(ctx, in, true, []step{
		func() error { return w.saveDocuments(in) },
	}, []step{
		func() error { return w.saveEntries(in) },
		w.forgetWords,
		func() error { return w.exec(`DELETE FROM packs WHERE id = ?`, id) },
	})
}

// countPack counts what there is of the pack. The error is an [*UnknownPackError] where that is nothing.
func (w packWriter) countPack() (n Removed, err error) {
	rows, err := w.tx.QueryContext(w.ctx, `SELECT id FROM packs ORDER BY id`)
	if err != nil {
		return n, err
	}
	defer rows.Close()
	var known []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return n, err
		}
		known = append(known, id)
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	if !slices.Contains(known, w.pack) {
		return n, &UnknownPackError{w.pack, known}
	}
	err = w.tx.QueryRowContext(w.ctx, `SELECT count(*) FILTER (WHERE kind = 'route'), count(*),
			(SELECT count(*) FROM features WHERE pack = ?1) FROM documents WHERE pack = ?1`,
		w.pack).Scan(&n.Routes, &n.Documents, &n.Features)
	return n, err
}

// cutLog brings the log into the file and leaves nothing of it, so that what was deleted is in neither. It says whether that could be done
// within a time in milliseconds: who reads a former state needs the log.
func (s *Store) cutLog(ctx context.Context, wait int) (done bool, err error) {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return false, fmt.Errorf("store: %w", err)
	}
	defer conn.Close()
	var busy, pages, brought sql.NullInt64
	err = waiting(ctx, conn, wait, func() error {
		return conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &brought)
	})
	if err != nil {
		return false, fmt.Errorf("store: %w", err)
	}
	return busy.Int64 == 0, nil
}
