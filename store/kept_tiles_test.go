package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"corridor/routes"
)

// crowded is a pack of so many legs between places, drawn by chance, and of the stops at their ends, some of them in areas.
func crowded(id string, legs int) (routes.Pack, []routes.Feature) {
	random := rand.New(rand.NewPCG(1, uint64(legs)))
	p := routes.Pack{About: routes.About{ID: id}, Routes: []routes.Route{{ID: id}}}
	var features []routes.Feature
	spot := func(i int) orb.Point { return orb.Point{95 + float64(i%20), 5 + float64(i/20)} }
	for n := range legs {
		a, b := random.IntN(400), random.IntN(400)
		feature := func(collection routes.Collection, name, from, to, kind string, g orb.Geometry) {
			features = append(features, routes.Feature{
				Collection: collection, ID: fmt.Sprintf("%s.%s-%d", id, name, n), Routes: []string{id}, AsOf: 2008, Default: "en", From: from, To: to, Geometry: g,
				Properties: map[string]any{"en": map[string]any{"title": fmt.Sprint(name, n), "evidence": kind, "place_id": from}},
			})
		}
		feature(routes.Legs, "leg", fmt.Sprint("p", a), fmt.Sprint("p", b), []string{"documented", "inferred"}[n%2], orb.LineString{spot(a), spot(b)})
		var at orb.Geometry = spot(a)
		if a%10 == 0 {
			at = orb.Bound{Min: spot(a), Max: spot(a)}.Pad(float64(1+a%4) / 2).ToPolygon()
		}
		feature(routes.Stops, "stop", fmt.Sprint("p", a), "", "settlement", at)
	}
	return p, features
}

func saved(t *testing.T, s *Store, p routes.Pack, features []routes.Feature) {
	t.Helper()
	if _, err := s.SavePack(t.Context(), p, features); err != nil {
		t.Fatal(err)
	}
}

// keptOf gives all that imports keep of tiles.
func keptOf(t *testing.T, s *Store) (kept []string) {
	t.Helper()
	rows, err := s.reader.QueryContext(t.Context(), `
		SELECT collection || ' ' || z || '/' || x || '/' || y || ' ' || hex(data) FROM feature_tiles
		UNION ALL SELECT key || ' ' || value FROM meta WHERE key LIKE 'tiles%' ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			t.Fatal(err)
		}
		kept = append(kept, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return kept
}

// After a small change those tiles alone are drawn that show it, and what is kept is what would be if all were drawn.
func TestAfterASmallChangeTilesAreThoseOfAFullRedraw(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	large, many := crowded("large", 5200)
	small, few := crowded("small", 100)
	saved(t, s, large, many)
	check := func(change string) {
		t.Helper()
		kept := keptOf(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		db := openPool(path, url.Values{})
		_, err := db.ExecContext(t.Context(), `UPDATE meta SET value = 'another' WHERE key = 'tiles_form'; UPDATE feature_tiles SET data = x'00'`)
		if err != nil || db.Close() != nil {
			t.Fatal(err)
		}
		if s, err = Open(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		if drawn := keptOf(t, s); !slices.Equal(kept, drawn) || len(kept) < 50 {
			t.Errorf("after %s %d rows are kept, and drawn anew %d others", change, len(kept), len(drawn))
		}
	}
	check("the first import")
	for _, c := range []struct {
		name   string
		change func()
	}{
		{"a new pack", func() {}},
		{"another title", func() { few[3].Properties["en"].(map[string]any)["title"] = "otherwise" }},
		{"another place", func() { few[10].To, few[10].Geometry = "elsewhere", orb.LineString{{100, 20}, {80, -20}} }},
		{"a feature less", func() { few = slices.Delete(few, 20, 21) }},
		{"an area instead of a point", func() {
			few[41].Geometry = orb.Bound{Min: orb.Point{70, 20}, Max: orb.Point{90, 30}}.ToPolygon()
		}},
		{"a feature less of one between the same places", func() {
			few[0].From, few[0].To, few[2].From, few[2].To = "same", "places", "same", "places"
			few[0].Properties["en"].(map[string]any)["evidence"] = "documented"
		}},
		{"the first of them gone", func() { few = few[1:] }},
		{"most gone", func() { few = few[:20] }},
	} {
		c.change()
		saved(t, s, small, few)
		check(c.name)
	}
	saved(t, s, large, many[:20])
	if kept := keptOf(t, s); len(kept) != 1 {
		t.Errorf("%d rows are kept of few features", len(kept))
	}
}

// What does not change is not drawn anew, however much there is.
func TestASmallChangeLeavesOtherTiles(t *testing.T) {
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	large, many := crowded("large", 5200)
	small, few := crowded("small", 2)
	saved(t, s, large, many)
	saved(t, s, small, few)
	few[0].Properties["en"].(map[string]any)["title"] = "otherwise"
	if _, err := s.writer.ExecContext(t.Context(), `UPDATE feature_tiles SET data = x'00'`); err != nil {
		t.Fatal(err)
	}
	saved(t, s, small, few)
	var legs, stops, old int
	err = s.reader.QueryRowContext(t.Context(), `SELECT total(collection = 'legs' AND data <> x'00'), total(collection = 'stops' AND data <> x'00'), total(data = x'00')
		FROM feature_tiles`).Scan(&legs, &stops, &old)
	if err != nil || legs == 0 || legs > 20 || stops > 0 || old < 50 {
		t.Errorf("%d tiles of legs and %d of stops are drawn anew, %d are not: %v", legs, stops, old, err)
	}
}
