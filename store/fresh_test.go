package store_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
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
	in := takeIn(t, filepath.Dir(path), p, features)
	in.Progress = func(done int) {
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Error("half a database has the name")
		}
		if done == 200 {
			stop()
		}
	}
	if _, err := store.SaveTo(ctx, path, in); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	for _, file := range []string{path, path + "-new"} {
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("a stopped import left %s", file)
		}
	}
	in = takeIn(t, filepath.Dir(path), p, features)
	if changed, err := store.SaveTo(t.Context(), path, in); err != nil || !changed {
		t.Fatal(changed, err)
	}
	onlyWhole(t, path, 450)
	if changed, err := store.SaveTo(t.Context(), path, takeIn(t, filepath.Dir(path), p, features)); err != nil || changed {
		t.Errorf("the same once more: %t, %v", changed, err)
	}
	ordinary, _ := temporary(t)
	save(t, ordinary, p, features)
	if version(t, ordinary) != version(t, open(t, path)) {
		t.Error("the same content has another version")
	}
}

func TestADatabaseThatCameFirstIsAddedTo(t *testing.T) {
	p, _ := pack("a", "r", 0)
	other, few := pack("b", "other", 3)
	path := filepath.Join(t.TempDir(), "x.db")
	in := takeIn(t, filepath.Dir(path), p, scattered("r", 450, rand.New(rand.NewPCG(1, 1))))
	in.Progress = func(done int) {
		if done == 200 {
			if _, err := os.Stat(path); os.IsNotExist(err) {
				save(t, open(t, path), other, few)
			}
		}
	}
	if changed, err := store.SaveTo(t.Context(), path, in); err != nil || !changed {
		t.Fatal(changed, err)
	}
	onlyWhole(t, path, 450+3)
}

func TestTwoImportsDoNotMakeOneDatabase(t *testing.T) {
	p, _ := pack("a", "r", 0)
	features := scattered("r", 450, rand.New(rand.NewPCG(1, 1)))
	path := filepath.Join(t.TempDir(), "x.db")
	in := takeIn(t, filepath.Dir(path), p, features)
	in.Progress = func(done int) {
		if done == 200 {
			if _, err := store.SaveTo(t.Context(), path, takeIn(t, filepath.Dir(path), p, features)); !errors.Is(err, store.ErrUnderWay) {
				t.Errorf("got %v", err)
			}
		}
	}
	if changed, err := store.SaveTo(t.Context(), path, in); err != nil || !changed {
		t.Fatal(changed, err)
	}
	onlyWhole(t, path, 450)
}
