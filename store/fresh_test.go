package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corridor/routes"
	"corridor/store"
)

// onlyWhole looks that a folder has a database with all features and nothing beside it, once nobody has it open.
func onlyWhole(t *testing.T, path string, stops int) {
	t.Helper()
	view(t, open(t, path), func(v *store.View) {
		if list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 1000}); len(list) != stops {
			t.Errorf("%d stops, want %d", len(list), stops)
		}
	})
	if _, err := os.Stat(path + "-new"); !os.IsNotExist(err) {
		t.Error("a database under another name is left")
	}
}

func TestANewDatabaseHasItsNameWhenItIsWhole(t *testing.T) {
	p, _ := pack("a", "r", 0)
	features := scattered("r", 450, rand.New(rand.NewPCG(1, 1)))
	path := filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(path+"-new", []byte("what a killed import left"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	in := takeInFor(t, path, p, features)
	in.Progress = func(done int) {
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Error("half a database has the name")
		}
		if done == 200 {
			stop()
		}
	}
	if _, err := in.Save(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	for _, file := range []string{path, path + "-new"} {
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("a stopped import left %s", file)
		}
	}
	in = takeInFor(t, path, p, features)
	if changed, err := in.Save(t.Context()); err != nil || !changed {
		t.Fatal(changed, err)
	}
	onlyWhole(t, path, 450)
	if changed, err := takeInFor(t, path, p, features).Save(t.Context()); err != nil || changed {
		t.Errorf("the same once more: %t, %v", changed, err)
	}
	ordinary, _ := temporary(t)
	save(t, ordinary, p, features)
	if version(t, ordinary) != version(t, open(t, path)) {
		t.Error("the same content has another version")
	}
}

// takeInFor gathers a pack for the database of a path.
func takeInFor(t testing.TB, path string, p routes.Pack, features []routes.Feature) *store.Intake {
	t.Helper()
	in, err := store.NewIntakeFor(t.Context(), path, p.About)
	if err != nil {
		t.Fatal(err)
	}
	add(t, in, p, features)
	return in
}

// In a new database documents and entries are written before the features, entries of a kind many at a time.
func TestANewDatabaseIsLikeAnyOther(t *testing.T) {
	p, _ := pack("a", "r0", 0)
	for i := range 40 { // more text than waits
		long := strings.Repeat(fmt.Sprintf("the way number %d goes on and on ", i), 3000)
		p.Routes = append(p.Routes, routes.Route{ID: fmt.Sprint("r", i+1), Title: routes.Text{"en": fmt.Sprint("route ", i)}, Summary: routes.Text{"en": long}})
	}
	features := scattered("r0", 450, rand.New(rand.NewPCG(1, 1)))
	ordinary, former := temporary(t)
	save(t, ordinary, p, features)
	path := filepath.Join(t.TempDir(), "x.db")
	if changed, err := takeInFor(t, path, p, features).Save(t.Context()); err != nil || !changed {
		t.Fatal(changed, err)
	}
	for _, query := range []string{
		"SELECT id, digest, about FROM packs", "SELECT kind, id, position, body FROM documents ORDER BY position",
		"SELECT kind, id, route FROM document_routes ORDER BY kind, id, route", "SELECT id, entry, title, length(body) FROM entries ORDER BY id",
		"SELECT id, fid, route, bbox, properties, geometry FROM features ORDER BY id", "SELECT * FROM feature_runs ORDER BY n",
		"SELECT * FROM feature_groups ORDER BY n", "SELECT n, hex(data) FROM feature_bundles ORDER BY n", "SELECT * FROM meta ORDER BY key",
		"SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name",
		"SELECT rowid FROM entry_words WHERE entry_words MATCH 'number 37' ORDER BY rowid",
	} {
		same(t, query, list(t, opened(t, path), query), list(t, opened(t, former), query)...)
	}
}

func TestADatabaseThatCameFirstStays(t *testing.T) {
	p, _ := pack("a", "r", 0)
	other, few := pack("b", "other", 3)
	path := filepath.Join(t.TempDir(), "x.db")
	in := takeInFor(t, path, p, scattered("r", 450, rand.New(rand.NewPCG(1, 1))))
	save(t, open(t, path), other, few)
	if _, err := in.Save(t.Context()); !errors.Is(err, store.ErrOvertaken) {
		t.Fatalf("got %v", err)
	}
	onlyWhole(t, path, 3)
}

func TestTwoImportsDoNotMakeOneDatabase(t *testing.T) {
	p, _ := pack("a", "r", 0)
	path := filepath.Join(t.TempDir(), "x.db")
	in := takeInFor(t, path, p, scattered("r", 450, rand.New(rand.NewPCG(1, 1))))
	if _, err := store.NewIntakeFor(t.Context(), path, p.About); !errors.Is(err, store.ErrUnderWay) {
		t.Errorf("got %v", err)
	}
	if changed, err := in.Save(t.Context()); err != nil || !changed {
		t.Fatal(changed, err)
	}
	onlyWhole(t, path, 450)
}

func TestAnIntakeThatIsNotSavedLeavesNothing(t *testing.T) {
	p, features := pack("a", "r", 3)
	path := filepath.Join(t.TempDir(), "x.db")
	if err := takeInFor(t, path, p, features).Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}
}

// SQLite would write the log of a database that was removed, beneath a server or after one that was killed, into the new one.
func TestANewDatabaseHasNothingOfTheRemovedOne(t *testing.T) {
	old, few := pack("old", "former", 100)
	p, features := pack("a", "r", 3)
	path := filepath.Join(t.TempDir(), "x.db")
	server := open(t, path)
	save(t, server, old, few)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := store.NewIntakeFor(t.Context(), path, p.About); !errors.Is(err, store.ErrLogLeft) || !strings.Contains(err.Error(), path+"-wal") {
		t.Errorf("got %v, want an error that names the log", err)
	}
	if _, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrLogLeft) {
		t.Errorf("opened beside the log of another: %v", err)
	}
	if !save(t, server, old, few[:50]) { // it has what it had, and may go on with that
		t.Error("the server's own content is no longer what it was")
	}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	for _, log := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + log); err != nil {
			t.Fatal(err)
		}
	}
	if changed, err := takeInFor(t, path, p, features).Save(t.Context()); err != nil || !changed {
		t.Fatal(changed, err)
	}
	onlyWhole(t, path, 3)
}

// After a server was killed, or beneath one, a backup is put in the place of the database, whose log is still there.
func TestABackupIsNotMixedWithTheLogOfTheFormer(t *testing.T) {
	folder := t.TempDir()
	former, backup := filepath.Join(folder, "former.db"), filepath.Join(folder, "backup.db")
	server := open(t, former)
	p, features := pack("a", "r", 3)
	save(t, server, p, features)
	if err := server.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	large, many := pack("large", "other", 500)
	save(t, server, large, many)
	path := filepath.Join(folder, "x.db")
	for from, to := range map[string]string{former + "-wal": path + "-wal", backup: path} {
		content, err := os.ReadFile(from)
		if err != nil || len(content) == 0 {
			t.Fatal(from, err)
		}
		if err := os.WriteFile(to, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, opens := range []func(context.Context, string) (*store.Store, error){store.Open, store.OpenToRead} {
		if _, err := opens(t.Context(), path); !errors.Is(err, store.ErrLogLeft) || !strings.Contains(err.Error(), path+"-wal") {
			t.Errorf("got %v, want an error that names the log", err)
		}
	}
	if err := os.Remove(path + "-wal"); err != nil {
		t.Fatal(err)
	}
	onlyWhole(t, path, 3)
}

func TestALogThatIsLeftDuringAnImportStays(t *testing.T) {
	for _, log := range []string{"-wal", "-shm", "-journal"} {
		p, features := pack("a", "r", 3)
		path := filepath.Join(t.TempDir(), "x.db")
		in := takeInFor(t, path, p, features)
		if err := os.WriteFile(path+log, []byte("former"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := in.Save(t.Context()); !errors.Is(err, store.ErrLogLeft) {
			t.Errorf("%s: got %v", log, err)
		}
		if left, err := filepath.Glob(path + "*"); err != nil || len(left) != 1 || left[0] != path+log {
			t.Errorf("left are %v, %v", left, err)
		}
	}
}
