package store_test

import (
	"bufio"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/routes"
	"corridor/store"
)

// takeIn gathers a pack of some hundred features.
func takeIn(t testing.TB, folder string, p routes.Pack, features []routes.Feature) *store.Intake {
	t.Helper()
	in, err := store.NewIntake(folder, p.About)
	if err != nil {
		t.Fatal(err)
	}
	add(t, in, p, features)
	return in
}

// add adds a pack to an intake, which is closed after the test.
func add(t testing.TB, in *store.Intake, p routes.Pack, features []routes.Feature) {
	t.Helper()
	t.Cleanup(func() { _ = in.Close() })
	for i := 0; i < len(features); i += 100 { // in parts, as a large file is read
		documents := routes.Pack{}
		if i == 0 {
			documents = p
		}
		prepared, err := new(store.Preparer).Prepare(documents, routes.NamesOf(p), features[i:min(i+100, len(features))])
		if err != nil {
			t.Fatal(err)
		}
		if err := in.Add(prepared); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAPackInPartsIsThePack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	features := scattered("r", 450, random)
	p, _ := pack("a", "r", 0)
	whole, _ := temporary(t)
	save(t, whole, p, features)
	parts, path := temporary(t)
	if changed, err := parts.Save(t.Context(), takeIn(t, filepath.Dir(path), p, features)); err != nil || !changed {
		t.Fatal(changed, err)
	}
	if version(t, whole) != version(t, parts) {
		t.Error("the same pack in parts has another version")
	}
	if save(t, parts, p, features) {
		t.Error("the same pack as a whole changes something")
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".corridor-import-*")); err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v, %v", left, err)
	}
}

func TestOthersSeeAllOfAnImportOrNothing(t *testing.T) {
	s, path := temporary(t)
	p, _ := pack("a", "r", 0)
	features := scattered("r", 450, rand.New(rand.NewPCG(1, 1)))
	save(t, s, p, features[:10])
	before := version(t, s)
	in := takeIn(t, filepath.Dir(path), p, features)
	other := open(t, path) // as a server beside has it
	looked, written := 0, 0
	in.Progress = func(done int) {
		written = done
		view(t, other, func(v *store.View) {
			if list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 1000}); len(list) != 10 || v.Version != before {
				t.Errorf("%d stops of version %s", len(list), v.Version)
			}
		})
		looked++
	}
	if changed, err := s.Save(t.Context(), in); err != nil || !changed || looked != 450 || written != 450 {
		t.Fatal(changed, err, looked, written)
	}
	view(t, other, func(v *store.View) {
		if list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 1000}); len(list) != 450 || v.Version == before {
			t.Errorf("%d stops of version %s after the import", len(list), v.Version)
		}
	})
}

func TestAStoppedImportChangesNothingAndCanBeDoneAgain(t *testing.T) {
	s, path := temporary(t)
	p, _ := pack("a", "r", 0)
	features := scattered("r", 450, rand.New(rand.NewPCG(1, 1)))
	save(t, s, p, features[:10])
	before := version(t, s)
	ctx, stop := context.WithCancel(t.Context())
	in := takeIn(t, filepath.Dir(path), p, features)
	in.Progress = func(done int) {
		if done == 200 {
			stop()
		}
	}
	if _, err := s.Save(ctx, in); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if version(t, s) != before {
		t.Error("a stopped import changed the content")
	}
	view(t, s, func(v *store.View) {
		if list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 1000}); len(list) != 10 {
			t.Errorf("%d stops after a stopped import", len(list))
		}
	})
	if !save(t, s, p, features) {
		t.Error("the import after it changed nothing")
	}
}

// The process that is killed is this test once more, told so by the environment.
func TestAKilledImportLeavesTheDatabaseAsItWas(t *testing.T) {
	p, _ := pack("a", "r", 0)
	features := scattered("r", 450, rand.New(rand.NewPCG(1, 1)))
	if path := os.Getenv("KILLED_IMPORT"); path != "" {
		in := takeIn(t, filepath.Dir(path), p, features)
		in.Progress = func(done int) {
			if done == 200 {
				_, _ = os.Stdout.WriteString("half of it is written\n")
				select {} // until the kill
			}
		}
		_, err := open(t, path).Save(t.Context(), in)
		t.Fatal("the import ended: ", err)
	}
	s, path := temporary(t)
	save(t, s, p, features[:10])
	before := version(t, s)
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
	command.Env = append(os.Environ(), "KILLED_IMPORT="+path)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for said.Scan() && !strings.Contains(said.Text(), "half of it is written") {
		t.Log(said.Text())
	}
	if err := command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // it was killed
	after := open(t, path)
	if version(t, after) != before {
		t.Error("a killed import changed the content")
	}
	view(t, after, func(v *store.View) {
		if list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 1000}); len(list) != 10 {
			t.Errorf("%d stops", len(list))
		}
	})
	if !save(t, after, p, features) {
		t.Error("the import after it changed nothing")
	}
}

// Above some number of features the indexes are made anew, and a feature of another pack's id shows only then.
func TestALargeImportKeepsTheRules(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 1))
	s, path := temporary(t)
	small, _ := pack("a", "small", 0)
	taken := scattered("r", 20, random)
	save(t, s, small, taken)
	before := version(t, s)
	p, _ := pack("b", "r", 0)
	features := scattered("r", 21_000, random)
	for i := range features { // at a few places, for which few tiles are drawn
		features[i].Geometry = orb.Point{95 + float64(i%40)/4, 20}
	}
	if _, err := s.Save(t.Context(), takeIn(t, filepath.Dir(path), p, features)); !errors.Is(err, store.ErrConflict) || !strings.Contains(err.Error(), `"r.0`) {
		t.Errorf("got %v, want a conflict that names the feature", err)
	}
	twice := slices.Concat(features[100:], features[500:501])
	if _, err := s.Save(t.Context(), takeIn(t, filepath.Dir(path), p, twice)); err == nil || !strings.Contains(err.Error(), "stands twice") {
		t.Errorf("got %v", err)
	}
	if version(t, s) != before {
		t.Error("a failed import changed the content")
	}
	if changed, err := s.Save(t.Context(), takeIn(t, filepath.Dir(path), p, features[100:])); err != nil || !changed {
		t.Fatal(changed, err)
	}
	if _, err := s.SavePack(t.Context(), small, features[200:201]); !errors.Is(err, store.ErrConflict) {
		t.Errorf("got %v: the index that holds ids apart is gone", err)
	}
	view(t, s, func(v *store.View) {
		q := store.ItemsQuery{Collection: routes.Stops, Route: "r", Limit: 1000}
		n := 0
		for more := true; more; {
			var list []store.Item
			list, more = items(t, v, q)
			n += len(list)
			q.After = list[len(list)-1].ID
		}
		if n != 20_920 {
			t.Errorf("%d stops of the route", n)
		}
	})
}
