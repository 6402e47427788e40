package store

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
)

func TestADatabaseThatNobodyCanWriteToIsReadAndBackedUp(t *testing.T) {
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "x.db"), filepath.Join(folder, "copy.db")
	first, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := openFixed(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, read := range []func() error{
		func() error { return s.Ping(t.Context()) },
		func() error { return s.SlowView(t.Context(), func(*View) error { return nil }) },
		func() error { return s.Backup(t.Context(), copied) },
	} {
		if err := read(); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.writer.ExecContext(t.Context(), `DELETE FROM meta`); err == nil {
		t.Error("it was written to")
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || !slices.Equal(left, []string{copied, path}) {
		t.Errorf("left are %v, %v", left, err)
	}
}

func TestADatabaseToBringUpToDateMustBeWritten(t *testing.T) {
	if _, err := openFixed(t.Context(), formerDatabase(t, 5)); !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v", err)
	}
}
