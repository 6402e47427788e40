package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
	"github.com/paulmach/orb"

	"corridor/routes"
	"corridor/store"
)

func open(t testing.TB, path string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func temporary(t testing.TB) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a %20? file#.db") // a path is no address
	return open(t, path), path
}

// pack is a pack of one route with so many stops in a row, one degree apart.
func pack(id, route string, stops int) (routes.Pack, []routes.Feature) {
	p := routes.Pack{
		About: routes.About{
			ID: id, Title: routes.Text{"en": id}, Licence: "CC-BY-4.0",
			Languages: []routes.Language{{Code: "en", Status: routes.Original}, {Code: "th", Status: routes.Draft}},
		},
		Sources:       []routes.Source{{ID: "S"}},
		Organisations: []routes.Organisation{{ID: "o"}},
		Routes:        []routes.Route{{ID: route, Title: routes.Text{"en": route}}},
		Findings:      []routes.Finding{{ID: "beside", Routes: []string{route}}, {ID: "elsewhere"}},
	}
	var features []routes.Feature
	for i := range stops {
		features = append(features, stop(route, i, orb.Point{float64(i), 10}))
	}
	features = append(features, routes.Feature{
		Collection: routes.Movements, ID: id + ".untold", Routes: []string{route}, AsOf: 2004, Default: "en",
		Properties: map[string]any{"en": map[string]any{"title": "untold"}},
	})
	return p, features
}

func stop(route string, i int, at orb.Point) routes.Feature {
	return routes.Feature{
		Collection: routes.Stops, ID: fmt.Sprintf("%s.%03d", route, i), Routes: []string{route}, AsOf: 2008, Default: "en",
		Geometry: at,
		Properties: map[string]any{
			"en": map[string]any{"title": fmt.Sprint("stop ", i)}, "th": map[string]any{"title": fmt.Sprint("จุด ", i)},
		},
	}
}

func save(t testing.TB, s *store.Store, p routes.Pack, features []routes.Feature) bool {
	t.Helper()
	changed, err := s.SavePack(context.Background(), p, features)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func view(t testing.TB, s *store.Store, read func(v *store.View)) {
	t.Helper()
	if err := s.View(context.Background(), func(v *store.View) error { read(v); return nil }); err != nil {
		t.Fatal(err)
	}
}

func items(t testing.TB, v *store.View, q store.ItemsQuery) ([]store.Item, bool) {
	t.Helper()
	list, more, err := v.Items(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return list, more
}

func fids(list []store.Item) []string {
	ids := make([]string, len(list))
	for i, item := range list {
		ids[i] = item.FID
	}
	return ids
}

func version(t testing.TB, s *store.Store) (v string) {
	t.Helper()
	view(t, s, func(view *store.View) { v = view.Version })
	return v
}

func TestTheSamePackChangesNothing(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 3)
	before := version(t, s)
	if !save(t, s, p, f) {
		t.Error("the first import changes nothing")
	}
	after := version(t, s)
	if before == after {
		t.Error("the content version stayed")
	}
	if save(t, s, p, f) || version(t, s) != after {
		t.Error("the second import of the same changes something")
	}
	p.Routes[0].Title = routes.Text{"en": "another"}
	if !save(t, s, p, f) || version(t, s) == after {
		t.Error("a changed title changes nothing")
	}
}

// A pack may differ in what it says of itself alone: whom to name, under which licence, who has reviewed a translation.
func TestWhatAPackSaysOfItselfIsContent(t *testing.T) {
	for name, change := range map[string]func(*routes.About){
		"attribution": func(a *routes.About) { a.Attribution = "Somebody else" },
		"licence":     func(a *routes.About) { a.Licence = "CC0-1.0" },
		"title":       func(a *routes.About) { a.Title = routes.Text{"en": "another"} },
		"status":      func(a *routes.About) { a.Languages[1].Status = routes.Reviewed },
	} {
		s, _ := temporary(t)
		p, f := pack("a", "r", 3)
		save(t, s, p, f)
		before := version(t, s)
		change(&p.About)
		if !save(t, s, p, f) || version(t, s) == before {
			t.Errorf("another %s changes nothing", name)
		}
		view(t, s, func(v *store.View) {
			if abouts, err := v.Abouts(context.Background()); err != nil || len(abouts) != 1 || !reflect.DeepEqual(abouts[0], p.About) {
				t.Errorf("%s: %+v, want %+v: %v", name, abouts, p.About, err)
			}
		})
	}
}

func TestTheVersionFollowsTheContentAlone(t *testing.T) {
	a, _ := temporary(t)
	b, _ := temporary(t)
	one, oneFeatures := pack("one", "r1", 2)
	two, twoFeatures := pack("two", "r2", 3)
	save(t, a, one, oneFeatures)
	save(t, a, two, twoFeatures)
	save(t, b, two, twoFeatures)
	save(t, b, one, oneFeatures)
	if version(t, a) != version(t, b) {
		t.Error("the same content has two versions")
	}
}

func TestAnImportReplacesAPackAndKeepsRowIDs(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 4)
	save(t, s, p, f)
	ids := map[string]int64{}
	view(t, s, func(v *store.View) {
		list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 10})
		for _, item := range list {
			ids[item.FID] = item.ID
		}
	})
	p.Findings = nil
	changed := append([]routes.Feature{stop("r", 9, orb.Point{9, 9})}, f[:2]...) // 2 and 3 and the movement go, 9 comes
	save(t, s, p, changed)
	view(t, s, func(v *store.View) {
		list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 10})
		if got, want := fids(list), []string{"r.000", "r.001", "r.009"}; !slices.Equal(got, want) {
			t.Errorf("stops %v, want %v", got, want)
		}
		for _, item := range list {
			if was, stayed := ids[item.FID]; stayed && was != item.ID {
				t.Errorf("%s moved from row %d to %d", item.FID, was, item.ID)
			}
		}
		if list, _ := items(t, v, store.ItemsQuery{Collection: routes.Movements, Limit: 10}); len(list) > 0 {
			t.Errorf("movements %v are left", fids(list))
		}
		doc, err := v.Route(context.Background(), "r")
		if err != nil || len(doc.Findings) != 0 {
			t.Errorf("findings %v, %v", doc.Findings, err)
		}
	})
}

func TestAFailedImportLeavesTheOldContent(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 3)
	p.Lessons = []routes.Lesson{{ID: "talk", Route: "r", Title: routes.Text{"en": "A talk"}}}
	save(t, s, p, f)
	before := version(t, s)
	other, otherFeatures := pack("b", "r", 3) // its route's id is taken
	if _, err := s.SavePack(context.Background(), other, otherFeatures); !errors.Is(err, store.ErrConflict) {
		t.Errorf("got %v, want a conflict", err)
	}
	other, otherFeatures = pack("b", "r2", 3)
	otherFeatures = append(otherFeatures, f[0]) // a feature's id is taken
	if _, err := s.SavePack(context.Background(), other, otherFeatures); !errors.Is(err, store.ErrConflict) {
		t.Errorf("got %v, want a conflict", err)
	}
	other, otherFeatures = pack("b", "r2", 3)
	other.Lessons = []routes.Lesson{{ID: "talk", Route: "r2", Title: routes.Text{"en": "Another talk"}}} // a lesson's id is taken
	if _, err := s.SavePack(context.Background(), other, otherFeatures); !errors.Is(err, store.ErrConflict) || !strings.Contains(err.Error(), `lesson "talk"`) {
		t.Errorf("got %v, want a conflict", err)
	}
	if version(t, s) != before {
		t.Error("a failed import changed the content")
	}
	view(t, s, func(v *store.View) {
		if doc, err := v.Lesson(context.Background(), "talk"); err != nil || len(doc.Lessons) != 1 || doc.Lessons[0].Title["en"] != "A talk" {
			t.Errorf("the lesson is %+v, %v", doc.Lessons, err)
		}
		if _, err := v.Route(context.Background(), "r2"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("half of the failed import is there: %v", err)
		}
	})
}

func TestAViewIsOneState(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 3)
	save(t, s, p, f)
	view(t, s, func(v *store.View) {
		before, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 10})
		if changed, err := s.SavePack(t.Context(), p, f[:1]); !changed || !errors.Is(err, store.ErrKept) { // which the view reads yet
			t.Errorf("changed %t, %v", changed, err)
		}
		after, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 10})
		if len(before) != 3 || len(after) != 3 {
			t.Errorf("a view saw %d and then %d stops", len(before), len(after))
		}
	})
	view(t, s, func(v *store.View) {
		if list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 10}); len(list) != 1 {
			t.Errorf("a later view sees %d stops", len(list))
		}
	})
}

func TestAViewThatIsLeftHoldsNothing(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 3)
	save(t, s, p, f)
	gone := errors.New("gone")
	for range 50 { // far more than there are connections
		ctx, cancel := context.WithCancel(context.Background())
		err := s.View(ctx, func(v *store.View) error {
			for _, err := range v.Each(ctx, store.ItemsQuery{Collection: routes.Stops}) {
				if err != nil {
					return err
				}
				cancel()
			}
			return gone
		})
		if !errors.Is(err, gone) && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	save(t, s, p, f[:1])
	for range 50 {
		view(t, s, func(v *store.View) {
			if list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 10}); len(list) != 1 {
				t.Fatalf("a connection still sees %d stops", len(list))
			}
		})
	}
}

func TestPagesGiveEachFeatureOnce(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 25)
	save(t, s, p, f)
	for _, limit := range []int{1, 7, 24, 25, 26} {
		var got []string
		q := store.ItemsQuery{Collection: routes.Stops, Limit: limit}
		for more := true; more; {
			view(t, s, func(v *store.View) {
				var list []store.Item
				list, more = items(t, v, q)
				if len(list) > limit || more && len(list) < limit {
					t.Errorf("a page of %d with limit %d", len(list), limit)
				}
				got = append(got, fids(list)...)
				q.After = list[len(list)-1].ID
			})
		}
		if len(got) != 25 || !slices.IsSorted(got) || len(slices.Compact(got)) != 25 {
			t.Errorf("limit %d: %v", limit, got)
		}
	}
}

func TestPagingGoesOnThroughAnImport(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 10)
	save(t, s, p, f)
	seen := map[string]int{}
	q := store.ItemsQuery{Collection: routes.Stops, Limit: 3}
	for round, more := 0, true; more; round++ {
		view(t, s, func(v *store.View) {
			var list []store.Item
			list, more = items(t, v, q)
			for _, item := range list {
				seen[item.FID]++
			}
			q.After = list[len(list)-1].ID
		})
		p.Routes[0].Title = routes.Text{"en": strconv.Itoa(round)} // every import writes all rows again
		save(t, s, p, f)
	}
	if len(seen) != 10 {
		t.Errorf("%d features seen", len(seen))
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("%s came %d times", id, times)
		}
	}
}

func TestBoxes(t *testing.T) {
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	save(t, s, p, []routes.Feature{
		stop("r", 0, orb.Point{100.1, 10}), stop("r", 1, orb.Point{179.5, 0}), stop("r", 2, orb.Point{-179.5, 0}),
		stop("r", 3, orb.Point{0, 0}),
	})
	tests := []struct {
		name string
		box  store.Box
		want []string
	}{
		{"one", store.Box{West: 100, South: 9, East: 101, North: 11}, []string{"r.000"}},
		{"its very edge", store.Box{West: 100.1, South: 10, East: 101, North: 11}, []string{"r.000"}},
		{"just beside, closer than 32 bits tell", store.Box{West: 100.1000001, South: 9, East: 101, North: 11}, nil},
		{"over the antimeridian", store.Box{West: 170, South: -5, East: -170, North: 5}, []string{"r.001", "r.002"}},
		{"the world", store.Box{West: -180, South: -90, East: 180, North: 90}, []string{"r.000", "r.001", "r.002", "r.003"}},
		{"a point", store.Box{}, []string{"r.003"}},
		{"the empty sea", store.Box{West: 50, South: 50, East: 51, North: 51}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			view(t, s, func(v *store.View) {
				list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Box: &tt.box, Limit: 10})
				if !slices.Equal(fids(list), tt.want) && len(list)+len(tt.want) > 0 {
					t.Errorf("%v, want %v", fids(list), tt.want)
				}
			})
		})
	}
}

func TestRouteFilterAndLanguages(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 2)
	save(t, s, p, f)
	other, otherFeatures := pack("b", "r2", 3)
	save(t, s, other, otherFeatures)
	view(t, s, func(v *store.View) {
		list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Route: "r2", Lang: "th", Limit: 10})
		if len(list) != 3 || list[0].Properties != `{"title":"จุด 0"}` {
			t.Errorf("%d stops, first %s", len(list), list[0].Properties)
		}
		list, _ = items(t, v, store.ItemsQuery{Collection: routes.Stops, Route: "r", Lang: "fr", Limit: 10})
		if list[0].Properties != `{"title":"stop 0"}` {
			t.Errorf("a missing language gives %s, want the pack's own", list[0].Properties)
		}
		tags, err := v.Languages(context.Background())
		if err != nil || !slices.Equal(tags, []string{"en", "th"}) {
			t.Errorf("languages %v, %v", tags, err)
		}
	})
}

func TestARouteComesWithWhatIsToldBesideIt(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 2)
	save(t, s, p, f)
	view(t, s, func(v *store.View) {
		doc, err := v.Route(context.Background(), "r")
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Findings) != 1 || doc.Findings[0].ID != "beside" || len(doc.Sources) != 1 || doc.About.ID != "a" {
			t.Errorf("%+v", doc)
		}
		if _, err := v.Route(context.Background(), "none"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v, want not found", err)
		}
		if _, err := v.Item(context.Background(), routes.Stops, "none", "en"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v, want not found", err)
		}
	})
}

func TestAppendGeoJSON(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 1)
	place := routes.Feature{Collection: routes.Places, ID: "a.x", Default: "en", Geometry: orb.Point{1, 2}, Properties: map[string]any{"en": map[string]any{"title": "x"}}}
	save(t, s, p, append(f, place))
	tests := []struct {
		collection routes.Collection
		fid        string
		before     int
		want       string
	}{
		{routes.Stops, "r.000", 2016, `{"type":"Feature","id":"r.000","bbox":[0,10,0,10],"geometry":{"type":"Point","coordinates":[0,10]},"properties":{"title":"stop 0","historical":true}}`},
		{routes.Stops, "r.000", 2008, `{"type":"Feature","id":"r.000","bbox":[0,10,0,10],"geometry":{"type":"Point","coordinates":[0,10]},"properties":{"title":"stop 0","historical":false}}`},
		{routes.Movements, "a.untold", 2016, `{"type":"Feature","id":"a.untold","geometry":null,"properties":{"title":"untold","historical":true}}`},
		{routes.Places, "a.x", 2016, `{"type":"Feature","id":"a.x","bbox":[1,2,1,2],"geometry":{"type":"Point","coordinates":[1,2]},"properties":{"title":"x"}}`},
	}
	view(t, s, func(v *store.View) {
		for _, tt := range tests {
			item, err := v.Item(context.Background(), tt.collection, tt.fid, "en")
			if err != nil {
				t.Fatal(err)
			}
			got := item.AppendGeoJSON(nil, tt.before)
			if string(got) != tt.want || !json.Valid(got) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		}
	})
}

func TestBackupIsAWholeCopy(t *testing.T) {
	s, _ := temporary(t)
	p, f := pack("a", "r", 5)
	save(t, s, p, f)
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(context.Background(), copied); err != nil {
		t.Fatal(err)
	}
	if got, want := version(t, open(t, copied)), version(t, s); got != want {
		t.Errorf("the copy is of version %s, not %s", got, want)
	}
}

func TestADatabaseOfALaterVersionIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "later.db")
	if err := open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.ExecContext(context.Background(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`); err != nil {
		t.Fatal(err)
	}
	_ = raw.Close()
	if _, err := store.Open(context.Background(), path); !errors.Is(err, store.ErrNewer) {
		t.Errorf("got %v, want ErrNewer", err)
	}
}

func TestWhatIsNoDatabaseIsRefused(t *testing.T) {
	if _, err := store.Open(context.Background(), t.TempDir()); err == nil {
		t.Error("a folder opens as a database")
	}
}

func TestAnotherProcessSeesTheImport(t *testing.T) {
	_, path := temporary(t)
	other := open(t, path) // a second process's view
	p, f := pack("a", "r", 1)
	save(t, other, p, f)
	if got := version(t, open(t, path)); got == "empty" {
		t.Error("another opening does not see the import")
	}
}

func TestFirstLessonsAndThatOfARoute(t *testing.T) {
	s, _ := temporary(t)
	for _, id := range []string{"b", "a"} {
		p, features := pack(id, "route-"+id, 1)
		for _, lesson := range []string{"z", "y"} {
			p.Lessons = append(p.Lessons, routes.Lesson{ID: id + lesson, Route: "route-" + id, Title: routes.Text{"en": lesson}})
		}
		save(t, s, p, features)
	}
	bare, features := pack("c", "bare", 1)
	save(t, s, bare, features)
	view(t, s, func(v *store.View) {
		for most, want := range map[int]string{0: "", 1: "a:ay", 3: "a:ay a:az b:by", 9: "a:ay a:az b:by b:bz"} {
			packs, err := v.FirstLessons(t.Context(), most)
			var got []string
			for _, p := range packs {
				got = append(got, p.About.ID+":"+p.Lessons[0].ID)
			}
			if err != nil || strings.Join(got, " ") != want {
				t.Errorf("the first %d are %v, %v; want %s", most, got, err, want)
			}
		}
		want := map[string]string{"route-a": "az", "route-b": "bz"} // the first in the pack's order
		got, err := v.LessonsOf(t.Context(), []string{"route-a", "route-b", "bare", "none"})
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("the routes have the lessons %v, %v; want %v", got, err, want)
		}
	})
}
