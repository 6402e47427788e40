package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// refresh makes anew what is derived from the content where the database has it in another form, or not at all. The key is
// that of meta under which the form stands.
func (s *Store) refresh(ctx context.Context, key, form string, derive func(context.Context, *sql.Tx) error) error {
	var former string
	err := s.writer.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = ?`, key).Scan(&former)
	if err != nil && !errors.Is(err, sql.ErrNoRows) || former == form {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	if err := derive(ctx, tx); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)`, key, form); err != nil {
		return err
	}
	return tx.Commit()
}
