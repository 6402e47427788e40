package store

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb/encoding/mvt"
	"github.com/pressly/goose/v3"

	"corridor/routes"
)

// formerDatabase makes a database as a former version left it, with what is written to it by statements.
func formerDatabase(t *testing.T, version int64, statements ...string) (path string) {
	t.Helper()
	ctx := context.Background()
	path = filepath.Join(t.TempDir(), "former.db")
	db := openPool(path, url.Values{"mode": {"rwc"}}) // migrations need our functions
	defer func() { _ = db.Close() }()
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // a transaction is one connection's
	for _, statement := range slices.Concat([]string{"BEGIN"}, statements, []string{"COMMIT"}) {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	return path
}

func TestAFormerDatabaseKeepsItsContent(t *testing.T) {
	statements := []string{
		`INSERT INTO packs VALUES ('a', 'digest', '{"id":"a"}')`,
		`UPDATE meta SET value = 'former' WHERE key = 'content_version'`,
		`INSERT INTO features VALUES (7, 'a', 'movements', 'a.untold', 0, NULL, 'en', NULL, NULL, NULL, NULL, NULL)`,
		`INSERT INTO feature_texts VALUES (7, 'en', '{"title":"untold"}')`,
	}
	const stops = 5000 // more than a group holds
	for i := range stops {
		id := 10 + i
		statements = append(
			statements,
			fmt.Sprintf(`INSERT INTO features VALUES (%d, 'a', 'stops', 'r.%04d', 2008, NULL, 'en', '{"type":"Point","coordinates":[%d,10]}', %[3]d, 10, %[3]d, 10)`, id, i, i%100),
			fmt.Sprintf(`INSERT INTO feature_texts VALUES (%d, 'en', '{"title":"%d","time":"1995-03/.."}')`, id, i),
			fmt.Sprintf(`INSERT INTO feature_texts VALUES (%d, 'th', '{"title":"ที่ %d"}')`, id, i),
			fmt.Sprintf(`INSERT INTO feature_routes VALUES (%d, 'r')`, id),
		)
	}
	s, err := Open(context.Background(), formerDatabase(t, 2, statements...))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.View(context.Background(), func(v *View) error {
		if v.Version != "former" {
			t.Errorf("the version of the content is %q", v.Version)
		}
		items, more, err := v.Items(context.Background(), ItemsQuery{Collection: routes.Stops, Route: "r", Lang: "th", Limit: stops})
		if err != nil || more || len(items) != stops {
			t.Fatalf("%d stops, more: %t, %v", len(items), more, err)
		}
		if !slices.IsSortedFunc(items, func(a, b Item) int { return int(a.ID - b.ID) }) || items[0].FID != "r.0000" || items[stops-1].FID != "r.4999" {
			t.Error("the stops changed their order")
		}
		if items[7].Properties != `{"title":"ที่ 7"}` || items[7].Geometry != `{"type":"Point","coordinates":[7,10]}` {
			t.Errorf("%+v", items[7])
		}
		box := &Box{West: 6.5, South: 9, East: 7.5, North: 11}
		items, _, err = v.Items(context.Background(), ItemsQuery{Collection: routes.Stops, Box: box, Limit: stops})
		if err != nil || len(items) != stops/100 {
			t.Errorf("%d stops in a box, %v", len(items), err)
		}
		early := &Interval{To: time.Date(1995, 2, 28, 0, 0, 0, 0, time.UTC)}
		items, _, err = v.Items(context.Background(), ItemsQuery{Collection: routes.Stops, Time: early, Limit: stops})
		if err != nil || len(items) != 0 {
			t.Errorf("%d stops before March 1995, %v", len(items), err)
		}
		untold, err := v.Item(context.Background(), routes.Movements, "a.untold", "en")
		if err != nil || untold.Box != "" {
			t.Errorf("%+v, %v", untold, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A server and an import may be begun at once after an upgrade: each finds the former tables, and one of them brings these up to date.
func TestAFormerDatabaseMayBeOpenedByManyAtOnce(t *testing.T) {
	path := formerDatabase(t, 2)
	var opening sync.WaitGroup
	for range 8 {
		opening.Go(func() {
			s, err := Open(context.Background(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	opening.Wait()
}

// planOf are the steps in which SQLite answers a query.
func planOf(t *testing.T, s *Store, query string, args ...any) (plan []string) {
	t.Helper()
	rows, err := s.reader.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan
}

// A hundred thousand routes may be in one pack: what asks for a few of its documents must not read or sort all.
func TestAFewDocumentsAreFoundByAnIndex(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	few, args := documentReader{nil, "a", "", 12}.of(kindRoute)
	tests := []struct {
		name, query string
		args        []any
		want        string
	}{
		{"a pack's first route", firstRoute, []any{"a"}, "SEARCH documents USING COVERING INDEX routes_in_order (pack=?)"},
		{"a pack's first routes", few, args, "SEARCH documents USING INDEX routes_in_order (pack=?)"},
		{"a lesson", routeOfLesson, []any{"a"}, "SEARCH documents USING INDEX lessons (id=?)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if plan := planOf(t, s, tt.query, tt.args...); !slices.Equal(plan, []string{tt.want}) {
				t.Errorf("%q", plan)
			}
		})
	}
}

// A page of a box's features must come in the order of the runs: a sort would read all that the box holds.
func TestBoxQueriesAreNotSorted(t *testing.T) {
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, box := range []*Box{{West: 1, East: 2, South: 3, North: 4}, {West: 170, East: -170}} {
		query, args := ItemsQuery{Collection: routes.Stops, Box: box, Time: &Interval{From: time.Now(), To: time.Now()}, After: 5, Limit: 10}.sql()
		plan := planOf(t, s, query, args...)
		want := []string{
			"SEARCH g USING PRIMARY KEY (collection=? AND n>?)", "SEARCH r USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
			"SEARCH f USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
		}
		if len(plan) < len(want) || !slices.Equal(plan[:len(want)], want) || slices.ContainsFunc(plan, func(step string) bool { return step == "USE TEMP B-TREE FOR ORDER BY" }) {
			t.Errorf("%v: %q", *box, plan)
		}
	}
}

func TestItIsSaidWhichPacksAFormerProgramImported(t *testing.T) {
	s, err := Open(t.Context(), formerDatabase(t, 5, `INSERT INTO packs VALUES ('a', 'digest', '{"id":"a"}'), ('b', 'digest', '{"id":"b"}')`))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, want := range [][]string{{"a", "b"}, {"b"}} {
		err := s.View(t.Context(), func(v *View) error {
			former, err := v.FormerPacks(t.Context())
			if !slices.Equal(former, want) {
				t.Errorf("%v, want %v", former, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.SavePack(t.Context(), routes.Pack{About: routes.About{ID: "a"}}, nil); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFormerDatabaseHasTiles(t *testing.T) {
	feature := func(id int, collection, fid, properties string) string {
		return fmt.Sprintf(`INSERT INTO features (id, pack, collection, fid, as_of, language, properties) VALUES (%d, 'a', '%s', '%s', 2008, 'en', '%s')`,
			id, collection, fid, properties)
	}
	path := formerDatabase(t, 5,
		`INSERT INTO packs VALUES ('a', 'digest', '{"id":"a"}')`,
		feature(4096, "legs", "r.one", `{"route":"r","title":"A → B","from":"s1","to":"s2","evidence":"inferred","schematic":true}`),
		feature(8192, "stops", "r.s1", `{"place_id":"place-a","title":"A"}`),
		feature(8193, "stops", "r.s2", `{"place_id":"place-b","title":"B"}`),
		`UPDATE features SET bbox = '[100,10,104,12]', geometry = '{"type":"LineString","coordinates":[[100,10],[104,12]]}' WHERE id = 4096`,
		`INSERT INTO feature_groups VALUES ('legs', 1, 0, 100, 10, 104, 12)`,
		`INSERT INTO feature_runs VALUES (64, 100, 10, 104, 12)`,
	)
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.View(context.Background(), func(v *View) error {
		data, err := v.FeatureTile(context.Background(), routes.Legs, 6, 49, 30)
		if err != nil {
			return err
		}
		layers, err := mvt.Unmarshal(data)
		if err != nil || len(layers) != 1 || len(layers[0].Features) != 1 {
			return fmt.Errorf("%v: %w", layers, err)
		}
		want := map[string]any{
			"count": 1.0, "title": "A → B", "fid": "r.one", "evidence": "inferred", "schematic": true, "from": "a.place-a", "to": "a.place-b",
		}
		if got := layers[0].Features[0].Properties; fmt.Sprint(map[string]any(got)) != fmt.Sprint(want) {
			t.Errorf("%v, not %v", got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
