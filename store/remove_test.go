package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"corridor/routes"
	"corridor/store"
)

// secretive is a pack in which each secret stands in a site, in a stop's title in two languages and in an outline of its own.
func secretive(id string, secrets []string) (routes.Pack, []routes.Feature) {
	p, features := pack(id, id+"-way", 0)
	for i, secret := range secrets {
		text := routes.Text{"en": "It is " + secret + " where they are.", "th": "ที่ " + secret}
		p.Sites = append(p.Sites, routes.Site{ID: secret, Title: text, Text: text, Routes: []string{id + "-way"}})
		f := stop(id+"-way", i, orb.Point{float64(i % 180), 10})
		f.ID = id + "-way." + secret
		f.Geometry = orb.LineString{{float64(i), 1}, {float64(i) + 1, 2}, {float64(i), 3}}
		f.Properties = map[string]any{"en": map[string]any{"title": secret}, "th": map[string]any{"title": "จุด " + secret}}
		features = append(features, f)
	}
	return p, features
}

// words are made up, so many of them, and none is like another.
func words(random *rand.Rand, n int) []string {
	list := make([]string, n)
	for i := range list {
		word := make([]byte, 14)
		for j := range word {
			word[j] = byte('a' + random.IntN(26))
		}
		list[i] = string(word)
	}
	return list
}

// left gives those words of which the end stands in the files of a database; the index of words keeps what two begin with once.
func left(t *testing.T, path string, words []string) (found []string) {
	t.Helper()
	var all []byte
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		all = append(all, bytes.ToLower(content)...)
	}
	for _, word := range words {
		if bytes.Contains(all, []byte(word[len(word)-9:])) {
			found = append(found, word)
		}
	}
	return found
}

// twoPacks is a database of two packs, whose index of words is merged, with the words of each.
type twoPacks struct {
	path          string
	store         *store.Store
	first, second []string
}

func newTwoPacks(t *testing.T, random *rand.Rand, sizes [2]int) twoPacks {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	two := twoPacks{path, open(t, path), words(random, sizes[0]), words(random, sizes[1])}
	other, otherFeatures := secretive("second", two.second)
	save(t, two.store, other, otherFeatures)
	p, features := secretive("first", two.first)
	save(t, two.store, p, features)
	mergeWords(t, two.store)
	return two
}

// mergeWords imports twenty packs of a stop each, for which SQLite merges what it has of the index of words. Of few entries among many that go
// then, it only marks the words.
func mergeWords(t *testing.T, s *store.Store) {
	t.Helper()
	for i := range 20 {
		id := fmt.Sprint("p", i)
		p, features := pack(id, id, 1)
		save(t, s, p, features)
	}
}

// A pack that turns out to expose somebody is taken out, also under a server that has the database open.
func TestARemovedPackIsNowhereInTheFile(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, sizes := range [][2]int{{1, 1}, {40, 900}, {700, 700}} {
		size := sizes[0]
		two := newTwoPacks(t, random, sizes)
		path, s, bad, good := two.path, two.store, two.first, two.second
		if n := len(left(t, path, bad)); n != size {
			t.Fatalf("%d of %d words stand in the database", n, size)
		}
		another, before := open(t, path), version(t, s)
		removed, err := another.RemovePack(t.Context(), "first")
		if want := (store.Removed{Routes: 1, Documents: 5 + size, Features: 1 + size}); err != nil || removed != want {
			t.Fatalf("removed are %+v, %v, want %+v", removed, err, want)
		}
		if now := version(t, s); now == before {
			t.Error("the version is the former one")
		}
		view(t, s, func(v *store.View) {
			list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 2000})
			if len(list) != len(good)+20 {
				t.Errorf("%d stops are left of %d", len(list), len(good)+20)
			}
			if abouts, err := v.Abouts(t.Context()); err != nil || len(abouts) != 21 {
				t.Errorf("%v are left, %v", abouts, err)
			}
		})
		if found := left(t, path, bad); len(found) > 0 {
			t.Errorf("%d of %d words stand in the files that are open: %v", len(found), size, found[0])
		}
		_, _ = another.Close(), s.Close() // the last one brings the log into the file
		if found := left(t, path, bad); len(found) > 0 {
			t.Errorf("%d of %d words are left: %v", len(found), size, found[0])
		}
		if n := len(left(t, path, good)); n != len(good) {
			t.Errorf("of the other pack %d words of %d are left", n, len(good))
		}
		same(t, "rows of the pack", rowsOf(t, path, "first"))
		p, features := secretive("first", bad)
		if changed := save(t, open(t, path), p, features); !changed {
			t.Error("it cannot be imported again")
		}
	}
}

// rowsOf gives the tables that have something of a pack.
func rowsOf(t *testing.T, path, pack string) (tables []string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for table, condition := range map[string]string{
		"packs": "id = ?", "documents": "pack = ?", "document_routes": "pack = ?", "features": "pack = ?", "entries": "pack = ?",
		"feature_translations": "feature NOT IN (SELECT id FROM features) OR ? = ''", "shapes": "id NOT IN (SELECT shape FROM features WHERE shape IS NOT NULL) OR ? = ''",
	} {
		var n int
		if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM "+table+" WHERE "+condition, pack).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			tables = append(tables, fmt.Sprint(table, " ", n))
		}
	}
	return tables
}

func TestWhoseIDIsUnknownIsNotRemoved(t *testing.T) {
	s, _ := temporary(t)
	for _, ids := range [][]string{nil, {"one"}, {"one", "two"}} {
		for _, id := range ids {
			p, features := pack(id, id, 2)
			save(t, s, p, features)
		}
		before := version(t, s)
		_, err := s.RemovePack(t.Context(), "three")
		var unknown *store.UnknownPackError
		if !errors.As(err, &unknown) || !slices.Equal(unknown.Known, ids) || version(t, s) != before {
			t.Errorf("%v: %v", ids, err)
		}
	}
}

// A removal that is broken off changes nothing.
func TestARemovalIsWholeOrNone(t *testing.T) {
	s, _ := temporary(t)
	p, features := pack("one", "one", 100)
	save(t, s, p, features)
	before := version(t, s)
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := s.RemovePack(ended, "one"); err == nil {
		t.Fatal("it was removed")
	}
	view(t, s, func(v *store.View) {
		if list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 200}); len(list) != 100 || v.Version != before {
			t.Errorf("%d stops are left", len(list))
		}
	})
}

// The log has what was removed for as long as somebody reads the former state, which is said.
func TestARemovalThatAReaderHoldsUpSaysSo(t *testing.T) {
	s, path := temporary(t)
	p, features := pack("one", "one", 10)
	save(t, s, p, features)
	another := open(t, path)
	view(t, s, func(*store.View) {
		if removed, err := another.RemovePack(t.Context(), "one"); !errors.Is(err, store.ErrKept) || removed.Routes != 1 {
			t.Errorf("%+v, %v", removed, err)
		}
	})
}

// While somebody reads the former state, such as for a long download, what was withdrawn cannot be overwritten. That is said, and the next
// import does it, also one that changes nothing.
func TestWhatAReaderHeldUpIsOverwrittenByTheNextImport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s := open(t, path)
	secrets := words(rand.New(rand.NewPCG(5, 6)), 30)
	p, features := secretive("first", secrets)
	save(t, s, p, features)
	another := open(t, path)
	p, features = secretive("first", secrets[:1])
	view(t, s, func(*store.View) {
		if changed, err := another.SavePack(t.Context(), p, features); !changed || !errors.Is(err, store.ErrKept) {
			t.Errorf("changed %t, %v", changed, err)
		}
	})
	if n := len(left(t, path, secrets[1:])); n != len(secrets)-1 {
		t.Fatalf("%d withdrawn words are left while somebody reads", n)
	}
	if changed, err := another.SavePack(t.Context(), p, features); changed || err != nil {
		t.Errorf("changed %t, %v", changed, err)
	}
	if found := left(t, path, secrets[1:]); len(found) > 0 {
		t.Errorf("%d withdrawn words are left", len(found))
	}
}

// A text that is withdrawn by another import is nowhere in the file either.
func TestAWithdrawnTextIsNowhereInTheFile(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for round, sizes := range [][2]int{{1, 0}, {2, 1}, {30, 15}, {30, 900}, {300, 150}, {1200, 600}} { // of few among many the index only marks that they go
		size := sizes[0]
		two := newTwoPacks(t, random, sizes)
		path, s, all, others := two.path, two.store, two.first, two.second
		var gone, stay []string
		for i, word := range all {
			if size == 1 || i%(round+1) == 0 {
				gone = append(gone, word)
			} else {
				stay = append(stay, word)
			}
		}
		p, features := secretive("first", stay)
		save(t, s, p, features)
		_ = s.Close()
		if found := left(t, path, gone); len(found) > 0 {
			t.Errorf("%d: %d of %d withdrawn words are left", size, len(found), len(gone))
		}
		if n := len(left(t, path, append(stay, others...))); n != len(stay)+len(others) {
			t.Errorf("%d: %d words stayed", size, n)
		}
	}
}

// A large database is not rewritten by an import, and yet what that withdraws is gone from its rows. What a version of Corridor that
// overwrote nothing has left goes with the first import that rewrites the file.
func TestWhatIsWithdrawnIsGoneFromALargeDatabaseToo(t *testing.T) {
	for _, rewritten := range []bool{false, true} {
		t.Run(fmt.Sprint("rewritten ", rewritten), func(t *testing.T) {
			random := rand.New(rand.NewPCG(5, 6))
			s, path := temporary(t)
			if !rewritten {
				s.RewriteUpTo(0) // as if the database were larger
			}
			secrets, former := words(random, 1), words(random, 1)
			p, features := secretive("first", secrets)
			save(t, s, p, features)
			leave(t, path, former[0])
			if n := len(left(t, path, append(former, secrets...))); n != 2 {
				t.Fatalf("%d of two words stand in the database", n)
			}
			p, features = secretive("first", nil)
			save(t, s, p, features)
			_ = s.Close() // the last one brings the log into the file
			if found := left(t, path, secrets); len(found) > 0 {
				t.Errorf("what was withdrawn is left: %v", found)
			}
			if gone := len(left(t, path, former)) == 0; gone != rewritten {
				t.Errorf("what a former version left is gone: %t", gone)
			}
		})
	}
}

// leave leaves a word in the file as versions of Corridor did that overwrote nothing.
func leave(t *testing.T, path, word string) {
	t.Helper()
	db := opened(t, path)
	for _, statement := range []string{
		"PRAGMA secure_delete = OFF", "CREATE TABLE former (word TEXT)", "INSERT INTO former VALUES ('it is " + word + "'), ('it stays')",
		"DELETE FROM former WHERE word <> 'it stays'",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
