package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
)

// The driver's own defaults lose acknowledged writes in a power cut, and a pragma set once holds for one connection only.
func TestPragmasHoldOnEveryConnection(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	tests := []struct {
		db           *sql.DB
		pragma, want string
	}{
		{s.writer, "synchronous", "2"}, // FULL
		{s.writer, "journal_mode", "wal"},
		{s.writer, "foreign_keys", "1"},
		{s.writer, "busy_timeout", "120000"},
		{s.reader, "query_only", "1"},
		{s.reader, "busy_timeout", "120000"},
	}
	for _, tt := range tests {
		func() {
			connections := 1
			if tt.db == s.reader {
				connections = 3
			}
			for range connections {
				c, err := tt.db.Conn(ctx)
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close() // only at the end, so that each is another connection
				var got string
				if err := c.QueryRowContext(ctx, "PRAGMA "+tt.pragma).Scan(&got); err != nil || got != tt.want {
					t.Errorf("%s is %q, %v; want %q", tt.pragma, got, err, tt.want)
				}
			}
		}()
		if tt.db == s.writer {
			continue
		}
		if _, err := tt.db.ExecContext(ctx, "DELETE FROM meta"); err == nil {
			t.Error("a reader can write")
		}
	}
}
