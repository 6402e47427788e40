package tiles

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
)

// Writer writes an MBTiles file. Make one with [Create]; nothing is at the path before [Writer.Close] has succeeded.
type Writer struct {
	path string
	part string // where the file grows, a name of its own: two builds at once must not write into one
	db   *sql.DB
	tx   *sql.Tx
	add  *sql.Stmt
}

// Create begins a file of vector tiles. The same calls in the same order make the same bytes.
func Create(ctx context.Context, path string, about Info) (*Writer, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return nil, err
	}
	if err := errors.Join(part.Chmod(0o644), part.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(part.Name()))
	}
	db, err := sql.Open("sqlite3", address(part.Name(), url.Values{"mode": {"rwc"}, "_journal_mode": {"OFF"}, "_synchronous": {"OFF"}}))
	if err != nil {
		return nil, errors.Join(err, os.Remove(part.Name()))
	}
	db.SetMaxOpenConns(1)
	w := &Writer{path: path, part: part.Name(), db: db}
	if err := w.begin(ctx, about); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), db.Close(), os.Remove(w.part))
	}
	return w, nil
}

func (w *Writer) begin(ctx context.Context, about Info) error {
	for _, statement := range []string{
		`PRAGMA page_size = 4096`,
		`CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID`,
		`CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)`,
		`CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)`,
	} {
		if _, err := w.db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	var err error
	if w.tx, err = w.db.BeginTx(ctx, nil); err != nil {
		return err
	}
	inner, err := json.Marshal(map[string]json.RawMessage{"vector_layers": about.VectorLayers})
	if err != nil {
		return err
	}
	b := about.Bounds
	for _, row := range [][2]string{
		{"name", about.Name},
		{"description", about.Description},
		{"attribution", about.Attribution},
		{"format", "pbf"},
		{"type", "baselayer"},
		{"minzoom", strconv.Itoa(about.MinZoom)},
		{"maxzoom", strconv.Itoa(about.MaxZoom)},
		{"bounds", fmt.Sprintf("%g,%g,%g,%g", b[0], b[1], b[2], b[3])},
		{"json", string(inner)},
	} {
		if _, err := w.tx.ExecContext(ctx, `INSERT INTO metadata VALUES (?, ?)`, row[0], row[1]); err != nil {
			return err
		}
	}
	w.add, err = w.tx.PrepareContext(ctx, `INSERT INTO tiles VALUES (?, ?, ?, ?)`)
	return err
}

// Add writes a tile as it will be stored; rows count from the north.
func (w *Writer) Add(ctx context.Context, z, x, y int, data []byte) error {
	if _, err := w.add.ExecContext(ctx, z, x, 1<<z-1-y, data); err != nil {
		return fmt.Errorf("%s: tile %d/%d/%d: %w", w.path, z, x, y, err)
	}
	return nil
}

// Close ends the file and puts it in its place.
func (w *Writer) Close(ctx context.Context) error {
	if err := errors.Join(w.add.Close(), w.tx.Commit()); err != nil {
		return fmt.Errorf("%s: %w", w.path, err)
	}
	if _, err := w.db.ExecContext(ctx, `VACUUM`); err != nil {
		return fmt.Errorf("%s: %w", w.path, err)
	}
	if err := w.db.Close(); err != nil {
		return fmt.Errorf("%s: %w", w.path, err)
	}
	return os.Rename(w.part, w.path)
}

// Discard gives up what was written so far.
func (w *Writer) Discard() error {
	return errors.Join(w.tx.Rollback(), w.db.Close(), os.Remove(w.part))
}
