package store_test

import (
	"os"
	"testing"

	"corridor/geo/gazetteer"
	"corridor/routes"
	"corridor/store"
)

// What tiles are drawn from is told in two ways: by the program while it imports, and by a view of the database when it is made anew.
func TestBundlesThatAreMadeAnewAreThoseOfTheImport(t *testing.T) {
	ix, err := gazetteer.Open("../build/gazetteer.idx")
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	loaded, problems := routes.Load(os.DirFS("../data/content/mekong"))
	places, unresolved := loaded.Resolve(ix)
	if len(problems.Errors()) > 0 || len(unresolved.Errors()) > 0 {
		t.Fatal(problems, unresolved)
	}
	s, path := temporary(t)
	save(t, s, loaded.Pack, routes.Compile(loaded.Pack, places))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	const all = "SELECT n, west, north, east, south, hex(data) FROM feature_bundles ORDER BY n"
	db := opened(t, path)
	made := list(t, db, all)
	if len(made) == 0 {
		t.Error("no bundle was made")
	}
	_, err = db.ExecContext(t.Context(), `UPDATE meta SET value = 'another' WHERE key = 'bundles_form'; UPDATE feature_bundles SET data = x'00'`)
	if err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	same(t, "made anew", list(t, db, all), made...)
}
