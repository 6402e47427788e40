package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corridor/routes"
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
	overwrite(t, path, 0)
	if err := s.Ping(t.Context()); err == nil {
		t.Error("what was written over still answers")
	}
}

// What is left of a backup that failed would be taken for one, and refused the next.
func TestABackupIsWholeOrNotThere(t *testing.T) {
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "x.db"), filepath.Join(folder, "copy.db")
	first, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	p, f := pack("a", "r", 500)
	save(t, first, p, f)
	if err := first.Backup(t.Context(), filepath.Join(folder, "none", "copy.db")); err == nil {
		t.Error("a backup was written into no folder")
	}
	for i, want := range []error{nil, fs.ErrExist} {
		if err := first.Backup(t.Context(), copied); !errors.Is(err, want) {
			t.Errorf("backup %d: %v, want %v", i+1, err, want)
		}
	}
	_ = first.Close()
	overwrite(t, path, 0.5)
	broken := filepath.Join(folder, "broken.db")
	if err := open(t, path).Backup(t.Context(), broken); err == nil || !strings.Contains(err.Error(), broken) {
		t.Errorf("a broken database was backed up: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(folder, "*[^lm]")) // without the log of what is open
	if want := []string{copied, path}; err != nil || !slices.Equal(left, want) {
		t.Errorf("left are %v, %v", left, err)
	}
}

// overwrite writes over the last part of a file, from a share of it on.
func overwrite(t *testing.T, path string, from float64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	at := int64(from * float64(info.Size()))
	if _, err := f.WriteAt(bytes.Repeat([]byte("x"), int(info.Size()-at)), at); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// SQLite takes some names for databases that are gone with their connection: what is written to one would be lost without a word.
func TestADatabaseIsAlwaysAFile(t *testing.T) {
	t.Chdir(t.TempDir())
	const name = ":memory:"
	open(t, name)
	if _, err := os.Stat(name); err != nil {
		t.Error(err)
	}
	if _, err := store.Open(t.Context(), ""); !errors.Is(err, store.ErrNameless) {
		t.Errorf("without a name: %v", err)
	}
	if _, err := store.NewIntakeFor(t.Context(), "", routes.About{ID: "a"}); !errors.Is(err, store.ErrNameless) {
		t.Errorf("an intake without a name: %v", err)
	}
}
