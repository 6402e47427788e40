package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
)

// ErrForeign means that a file is the database of another program.
var ErrForeign = errors.New("it is a database, but none of Corridor's; name the one that corridor import has made, or a file that is not there yet")

// refuseForeign looks that a file with tables has ours too, before anything is written to it: SQLite would add ours to any
// database, and a basemap is one. A file that cannot be read at all is left to those who open it, who say why.
func refuseForeign(ctx context.Context, path string) error {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil //nolint:nilerr // it is not there yet, or cannot be opened
	}
	db := openPool(path, url.Values{"mode": {"rw"}}) // one that only reads would leave its log beside the file
	defer func() { _ = db.Close() }()                // nothing was written
	var tables, own int
	// The first migration makes packs; one that was broken off has left no more than the table of versions.
	const question = `SELECT count(*), count(*) FILTER (WHERE name IN ('goose_db_version', 'packs'))
		FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`
	if err := db.QueryRowContext(ctx, question).Scan(&tables, &own); err != nil {
		return nil //nolint:nilerr // as above
	}
	if tables > 0 && own < min(tables, 2) {
		return fmt.Errorf("store: %s: %w", path, ErrForeign)
	}
	return nil
}
