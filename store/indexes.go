package store

import (
	"database/sql"
	"errors"
	"fmt"
)

// Indexes in which new features come in no order are put together anew after so many of them, where these are more than half
// of all: to sort once is several times as fast as to find a place for each, and far less is written.
const manyFeatures = 20_000

// takenIndexes are the statements that make indexes again.
type takenIndexes []string

// takeIndexes drops those indexes where that is worth it. Readers see them until the commit.
func (w packWriter) takeIndexes(coming int) (takenIndexes, error) {
	var there int
	if err := w.tx.QueryRowContext(w.ctx, `SELECT count(*) FROM features`).Scan(&there); err != nil {
		return nil, err
	}
	if coming < manyFeatures || there > coming {
		return nil, nil
	}
	names, statements, err := w.indexes()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := w.exec(`DROP INDEX "` + name + `"`); err != nil {
			return nil, err
		}
	}
	return statements, nil
}

func (w packWriter) indexes() (names []string, statements takenIndexes, err error) {
	rows, err := w.tx.QueryContext(w.ctx, `SELECT name, sql FROM sqlite_schema
		WHERE type = 'index' AND name IN ('features_by_fid', 'features_by_route', 'feature_several_routes_by_route')`)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			return nil, nil, err
		}
		names, statements = append(names, name), append(statements, statement)
	}
	return names, statements, rows.Err()
}

// putBack makes the indexes again. The error is [ErrConflict] where a new feature has the id of one of another pack.
func (t takenIndexes) putBack(w packWriter) (err error) {
	if len(t) == 0 {
		return nil
	}
	// Rows that fill a small cache are sorted by a thread of their own while the next ones are read, which takes a fifth less time.
	var cache string
	if err := w.tx.QueryRowContext(w.ctx, `PRAGMA cache_size`).Scan(&cache); err != nil {
		return err
	}
	if err := w.pragma("threads = 2", "cache_size = -8192"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.pragma("threads = 0", "cache_size = "+cache)) }()
	for _, statement := range t {
		err := w.exec(statement)
		if isUnique(err) {
			return w.explainTwice()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w packWriter) pragma(settings ...string) error {
	for _, setting := range settings {
		if _, err := w.tx.ExecContext(w.ctx, "PRAGMA "+setting); err != nil {
			return err
		}
	}
	return nil
}

// explainTwice says which feature stands twice.
func (w packWriter) explainTwice() error {
	var collection, fid string
	var owner sql.NullString
	err := w.tx.QueryRowContext(w.ctx, `SELECT collection, fid, max(nullif(pack, ?)) FROM features
		GROUP BY collection, fid HAVING count(*) > 1 LIMIT 1`, w.pack).Scan(&collection, &fid, &owner)
	switch {
	case err != nil:
		return errors.Join(errTwice, err)
	case owner.Valid:
		return fmt.Errorf("%s %q: %w, %q; give it another", collection, fid, ErrConflict, owner.String)
	}
	return fmt.Errorf("%s %q: %w", collection, fid, errTwice)
}
