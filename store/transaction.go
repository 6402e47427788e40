package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A transaction writes packs. Until it has ended, nobody else writes.
type transaction struct {
	conn     *sql.Conn
	prepared *statements
	// unending is never cancelled: database/sql would end a transaction of its own as soon as the context ends, and rows would
	// go on being written outside it.
	unending context.Context //nolint:containedctx // it lives only as long as the transaction
}

func (s *Store) begin(ctx context.Context) (*transaction, error) {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	t := &transaction{conn: conn, unending: context.WithoutCancel(ctx)}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return nil, errors.Join(fmt.Errorf("store: %w", err), conn.Close())
	}
	if t.prepared, err = statementsOf(conn); err != nil {
		return nil, errors.Join(fmt.Errorf("store: %w", err), t.end())
	}
	return t, nil
}

// writer writes a pack until a context ends.
func (t *transaction) writer(ctx context.Context, pack string) packWriter {
	// The driver watches a context that can end with a goroutine for each statement: millions of them. So the loops look.
	return packWriter{t.unending, ctx.Err, t.conn, pack, t.prepared}
}

// end undoes what was not committed.
func (t *transaction) end() error {
	err := t.prepared.close()
	_, _ = t.conn.ExecContext(t.unending, "ROLLBACK") // after a commit there is nothing to undo
	return errors.Join(err, t.conn.Close())
}
