package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corridor/store"
)

func TestADatabaseOfAnotherProgramIsLeftAlone(t *testing.T) {
	tests := []struct {
		name, statements string
		foreign          bool
	}{
		{"another program's", `CREATE TABLE tiles (x); INSERT INTO tiles VALUES (1)`, true},
		{"another program's with a log", `PRAGMA journal_mode = WAL; CREATE TABLE tiles (x)`, true},
		{"another program's that has migrations too", `CREATE TABLE goose_db_version (id); CREATE TABLE orders (x)`, true},
		{"without tables", `PRAGMA user_version = 3`, false},
		{"empty", ``, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.db")
			db, err := sql.Open("sqlite3", path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.ExecContext(t.Context(), tt.statements); err != nil {
				t.Fatal(err)
			}
			_ = db.Close()
			before, _ := os.ReadFile(path)
			s, err := store.Open(t.Context(), path)
			if err == nil {
				_ = s.Close()
			}
			if errors.Is(err, store.ErrForeign) != tt.foreign || err != nil && !strings.Contains(err.Error(), path) {
				t.Fatalf("%v, foreign: %t", err, tt.foreign)
			}
			after, _ := os.ReadFile(path)
			left, _ := filepath.Glob(path + "-*")
			if tt.foreign && (!bytes.Equal(before, after) || len(left) > 0) {
				t.Errorf("the file was changed, or %v left beside it", left)
			}
		})
	}
}

// A server whose file was written over keeps its connections, but no page can be read any more.
func TestPingReadsTheContent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	first, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	_ = first.Close() // which brings its log into the file
	s := open(t, path)
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(bytes.Repeat([]byte("over"), int(info.Size())/4)); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	if err := s.Ping(t.Context()); err == nil {
		t.Error("what was written over still answers")
	}
}
