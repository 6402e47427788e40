package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// SaveSession writes a presented session's JSON under its code and adds voters (hashes), all or nothing. It may be dropped
// after until.
func (s *Store) SaveSession(ctx context.Context, code string, until time.Time, body []byte, voters [][]byte) error {
	return s.writeSession(ctx, code, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO sessions (code, until, body) VALUES (?, ?, ?)
			ON CONFLICT (code) DO UPDATE SET until = excluded.until, body = excluded.body`, code, until.Unix(), string(body))
		if err != nil {
			return err
		}
		for _, voter := range voters {
			_, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO session_voters (code, voter) VALUES (?, ?)`, code, voter)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// EndSession writes a session's JSON for the last time and drops its voters. The error is [ErrNotFound] where there is no
// such session.
func (s *Store) EndSession(ctx context.Context, code string, body []byte) error {
	return s.writeSession(ctx, code, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE sessions SET body = ? WHERE code = ?`, string(body), code)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return ErrNotFound
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM session_voters WHERE code = ?`, code)
		return err
	})
}

func (s *Store) writeSession(ctx context.Context, code string, write func(context.Context, *sql.Tx) error) error {
	if err := s.writeSoon(ctx, write); err != nil {
		return fmt.Errorf("store: session %s: %w", code, err)
	}
	return nil
}

// DropSessions drops the sessions that may be dropped at a time.
func (s *Store) DropSessions(ctx context.Context, now time.Time) error {
	err := s.writeSoon(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE until <= ?`, now.Unix())
		return err
	})
	if err != nil {
		return fmt.Errorf("store: drop old sessions: %w", err)
	}
	return nil
}

// writeSoon writes in a transaction of its own. It waits until nobody else writes, or its context ends: SQLite itself waits as long as an
// import may take, whatever the context says, and a server could not stop meanwhile.
func (s *Store) writeSoon(ctx context.Context, write func(context.Context, *sql.Tx) error) (err error) {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	const turn = 100 // milliseconds
	return waiting(ctx, conn, turn, func() error {
		unending := context.WithoutCancel(ctx) // with one that ends the driver says of what it has begun that it has not
		tx, err := conn.BeginTx(unending, nil)
		for isBusy(err) {
			if ctx.Err() != nil {
				return fmt.Errorf("%w: %w", ctx.Err(), err)
			}
			tx, err = conn.BeginTx(unending, nil)
		}
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }() // after a commit this does nothing
		if err := write(unending, tx); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// ReadSessions calls read for each session with its voters, in the order of codes, until read fails.
func (s *Store) ReadSessions(ctx context.Context, read func(code string, body []byte, voters [][]byte) error) error {
	return s.View(ctx, func(v *View) error {
		codes, err := collect[string](ctx, v, `SELECT code FROM sessions ORDER BY code`)
		if err != nil {
			return err
		}
		for _, code := range codes {
			body, err := collect[[]byte](ctx, v, `SELECT body FROM sessions WHERE code = ?`, code)
			if err != nil {
				return err
			}
			voters, err := collect[[]byte](ctx, v, `SELECT voter FROM session_voters WHERE code = ?`, code)
			if err != nil {
				return err
			}
			if err := read(code, body[0], voters); err != nil {
				return err
			}
		}
		return nil
	})
}
