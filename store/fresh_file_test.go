package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"corridor/routes"
)

// newIntakeFor begins an import of a pack that says nothing.
func newIntakeFor(t *testing.T, path string) *Intake {
	t.Helper()
	in, err := NewIntakeFor(t.Context(), path, routes.About{ID: "a"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	return in
}

// A file that a process opens and closes beside SQLite would end SQLite's lock. The other import is this test once more, told so by the
// environment: locks are between processes.
func TestAnImportThatFlushesIsStillUnderWayForOthers(t *testing.T) {
	if path := os.Getenv("OTHER_IMPORT"); path != "" {
		_, err := NewIntakeFor(t.Context(), path, routes.About{ID: "b"})
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.db")
	in := newIntakeFor(t, path)
	if err := in.fresh.flush(); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
	command.Env = append(os.Environ(), "OTHER_IMPORT="+path)
	if said, err := command.CombinedOutput(); err == nil || !strings.Contains(string(said), ErrUnderWay.Error()) {
		t.Errorf("the other import says %s, %v", said, err)
	}
	if changed, err := in.Save(t.Context()); err != nil || !changed {
		t.Error(changed, err)
	}
}

func TestAnImportThatIsFasterKeepsItsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	first := newIntakeFor(t, path)
	second := &fresh{path: path, made: first.fresh.made} // it saw no file a moment ago
	if err := second.open(t.Context()); !errors.Is(err, ErrUnderWay) {
		t.Errorf("got %v", err)
	}
	if err := second.drop(); err != nil {
		t.Error(err)
	}
	if changed, err := first.Save(t.Context()); err != nil || !changed {
		t.Error(changed, err)
	}
}

// An import whose file another took for one of a killed import leaves the other's alone and never gives it the name.
func TestWhatAnotherImportMakesIsNotGivenTheName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	in := newIntakeFor(t, path)
	made := in.fresh.made
	if err := os.Remove(made); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(made, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Save(t.Context()); !errors.Is(err, ErrUnderWay) {
		t.Errorf("got %v", err)
	}
	if half, err := os.ReadFile(made); err != nil || string(half) != "half" {
		t.Errorf("the other's file is %q, %v", half, err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("half a database has the name")
	}
}

func TestAnImportThatIsStoppedAtOnceLeavesTheOthersFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	first := newIntakeFor(t, path)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := NewIntakeFor(stopped, path, routes.About{ID: "b"}); !errors.Is(err, ErrUnderWay) {
		t.Errorf("got %v", err)
	}
	if changed, err := first.Save(t.Context()); err != nil || !changed {
		t.Error(changed, err)
	}
}

// On file systems without hard links a database is moved to its name.
func TestADatabaseThatIsMovedToItsNameOverwritesNothing(t *testing.T) {
	folder := t.TempDir()
	made, path := filepath.Join(folder, "x.db-new"), filepath.Join(folder, "x.db")
	for file, content := range map[string]string{made: "new", path: "first"} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []func(file, name string) error{moveTo, nameNew} {
		if err := name(made, path); !errors.Is(err, fs.ErrExist) {
			t.Errorf("got %v", err)
		}
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "first" {
		t.Errorf("the first one is %q, %v", content, err)
	}
	free := filepath.Join(folder, "y.db")
	if err := moveTo(made, free); err != nil {
		t.Error(err)
	}
	if content, err := os.ReadFile(free); err != nil || string(content) != "new" {
		t.Errorf("what was moved is %q, %v", content, err)
	}
	if err := moveTo(made, filepath.Join(folder, "z.db")); err == nil {
		t.Error("nothing was moved, and nothing said so")
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) != 2 {
		t.Errorf("left are %v, %v", left, err)
	}
}
