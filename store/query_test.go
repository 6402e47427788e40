package store_test

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/routes"
	"corridor/store"
)

// figures are the properties of made-up features, of which many are equal and some are missing.
type figures struct {
	Title string  `json:"title"`
	Count *int    `json:"count,omitempty"`
	Kind  string  `json:"kind,omitempty"`
	Sure  bool    `json:"sure"`
	Lon   float64 `json:"lon"`
}

// figured makes features whose figures are drawn at random.
func figured(n int, random *rand.Rand) ([]routes.Feature, []figures) {
	features, all := make([]routes.Feature, n), make([]figures, n)
	for i := range features {
		f := figures{Title: string(rune('a'+random.IntN(5))) + "ไทย", Sure: random.IntN(2) == 1, Lon: float64(random.IntN(4)) / 4}
		if random.IntN(3) > 0 {
			count := random.IntN(4) - 1
			f.Count = &count
		}
		if random.IntN(3) > 0 {
			f.Kind = []string{"shelter", "training", "train*[x]?"}[random.IntN(3)]
		}
		features[i], all[i] = stop("r", i, orb.Point{f.Lon, 0}), f
		features[i].AsOf = 2005 + random.IntN(3)
		features[i].Properties = map[string]any{"en": f}
	}
	return features, all
}

// paged reads all pages of a query, in small ones.
func paged(t *testing.T, s *store.Store, q store.ItemsQuery) []string {
	t.Helper()
	var got []string
	for more := true; more; {
		view(t, s, func(v *store.View) {
			page, err := v.Page(context.Background(), q, 2000)
			if err != nil {
				t.Fatal(err)
			}
			list, _ := items(t, v, q)
			got = append(got, fids(list)...)
			if page.Count != len(list) || page.Count > 0 && page.Last < list[len(list)-1].ID {
				t.Errorf("the page has %d features up to %d, the list %d", page.Count, page.Last, len(list))
			}
			q.After, q.AfterKeys, more = page.Last, page.LastKeys, page.More
		})
	}
	return got
}

// In every order, pages give the features as an ordinary sort of them does: those without a value first, equals by row.
func TestOrdersAreThoseOfASort(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	features, all := figured(60, random)
	save(t, s, p, features)
	byRow := paged(t, s, store.ItemsQuery{Collection: routes.Stops, Limit: 1000})
	of := map[string]int{}
	for i, f := range features {
		of[f.ID] = i
	}
	count := func(f figures) int {
		if f.Count == nil {
			return -1000
		}
		return *f.Count
	}
	for name, tt := range map[string]struct {
		sort    []store.Order
		compare func(i, j int) int
	}{
		"count":      {[]store.Order{{Property: "count", Numeric: true}}, func(i, j int) int { return cmp.Compare(count(all[i]), count(all[j])) }},
		"kind, down": {[]store.Order{{Property: "kind", Descending: true}}, func(i, j int) int { return cmp.Compare(all[j].Kind, all[i].Kind) }},
		"year down, title, count down": {
			[]store.Order{{Property: "as_of", Numeric: true, Descending: true}, {Property: "title"}, {Property: "count", Numeric: true, Descending: true}},
			func(i, j int) int {
				return cmp.Or(cmp.Compare(features[j].AsOf, features[i].AsOf), cmp.Compare(all[i].Title, all[j].Title), cmp.Compare(count(all[j]), count(all[i])))
			},
		},
		"sure, lon": {[]store.Order{{Property: "sure", Numeric: true}, {Property: "lon", Numeric: true}}, func(i, j int) int {
			truth := map[bool]int{true: 1}
			return cmp.Or(cmp.Compare(truth[all[i].Sure], truth[all[j].Sure]), cmp.Compare(all[i].Lon, all[j].Lon))
		}},
		"what nothing has": {[]store.Order{{Property: "none"}}, func(int, int) int { return 0 }},
	} {
		want := slices.Clone(byRow)
		slices.SortStableFunc(want, func(a, b string) int { return tt.compare(of[a], of[b]) })
		for _, box := range []*store.Box{nil, {West: -1, South: -1, East: 1, North: 1}} {
			if got := paged(t, s, store.ItemsQuery{Collection: routes.Stops, Limit: 7, Sort: tt.sort, Box: box}); !slices.Equal(got, want) {
				t.Errorf("%s, box %v:\n%v, want\n%v", name, box, got, want)
			}
		}
	}
}

// In another order, what follows a feature in a box may be in any group of ids: pages go through all of them again.
func TestPagesOfASortedBoxSkipNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 1))
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	features := scattered("r", 700, random) // of every class of extent, each of which has groups of its own
	save(t, s, p, features)
	box := store.Box{West: -150, South: -80, East: 150, North: 80}
	for _, descending := range []bool{false, true} {
		want := within(features, box)
		title := func(id string) string { return "stop " + strings.TrimLeft(strings.TrimPrefix(id, "r."), "0") }
		slices.SortFunc(want, func(a, b string) int {
			if descending {
				a, b = b, a
			}
			return cmp.Compare(title(a), title(b))
		})
		q := store.ItemsQuery{Collection: routes.Stops, Lang: "en", Box: &box, Sort: []store.Order{{Property: "title", Descending: descending}}}
		for _, limit := range []int{9, 64, 1000} {
			q.Limit = limit
			if got := paged(t, s, q); !slices.Equal(got, want) {
				t.Errorf("descending %t, in pages of %d: %d features, want %d", descending, limit, len(got), len(want))
			}
		}
	}
}

func TestConditionsOnProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 1))
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	features, all := figured(80, random)
	save(t, s, p, features)
	for name, tt := range map[string]struct {
		where []store.Condition
		holds func(i int) bool
	}{
		"a text":        {[]store.Condition{{Property: "kind", Value: "shelter"}}, func(i int) bool { return all[i].Kind == "shelter" }},
		"a part":        {[]store.Condition{{Property: "kind", Value: "tr*ing"}}, func(i int) bool { return all[i].Kind == "training" }},
		"signs":         {[]store.Condition{{Property: "kind", Value: "*[x]?"}}, func(i int) bool { return all[i].Kind == "train*[x]?" }},
		"a number":      {[]store.Condition{{Property: "count", Value: 2.0}}, func(i int) bool { return all[i].Count != nil && *all[i].Count == 2 }},
		"a truth":       {[]store.Condition{{Property: "sure", Value: 0.0}}, func(i int) bool { return !all[i].Sure }},
		"the year":      {[]store.Condition{{Property: "as_of", Value: 2006.0}}, func(i int) bool { return features[i].AsOf == 2006 }},
		"two":           {[]store.Condition{{Property: "sure", Value: 1.0}, {Property: "lon", Value: 0.25}}, func(i int) bool { return all[i].Sure && all[i].Lon == 0.25 }},
		"what is empty": {[]store.Condition{{Property: "kind", Value: ""}}, func(int) bool { return false }},
		"no SQL":        {[]store.Condition{{Property: "kind", Value: "' OR 1=1 --"}}, func(int) bool { return false }},
	} {
		var want []string
		for i, f := range features {
			if tt.holds(i) {
				want = append(want, f.ID)
			}
		}
		q := store.ItemsQuery{Collection: routes.Stops, Limit: 9, Where: tt.where}
		got := paged(t, s, q)
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		view(t, s, func(v *store.View) {
			if n, err := v.Count(context.Background(), q); err != nil || n != len(want) {
				t.Errorf("%s: %d are counted, want %d: %v", name, n, len(want), err)
			}
		})
	}
}

func TestExtentOfACollection(t *testing.T) {
	s, _ := temporary(t)
	extent := func() (e store.Extent) {
		view(t, s, func(v *store.View) {
			var err error
			if e, err = v.Extent(context.Background(), routes.Stops); err != nil {
				t.Fatal(err)
			}
		})
		return e
	}
	if e := extent(); e.Count != 0 || e.Bound != nil || e.Time != nil {
		t.Errorf("of nothing: %+v", e)
	}
	p, _ := pack("a", "r", 0)
	features := []routes.Feature{stop("r", 0, orb.Point{-170, 10}), stop("r", 1, orb.Point{100, -20}), stop("r", 2, orb.Point{})}
	features[2].Geometry = nil
	for i, period := range []routes.Period{"2004", "1995/2008-02", ""} {
		features[i].Time, features[i].AsOf = period, 0
	}
	save(t, s, p, features)
	e := extent()
	if e.Count != 3 || *e.Bound != (orb.Bound{Min: orb.Point{-170, -20}, Max: orb.Point{100, 10}}) {
		t.Errorf("%d in %v", e.Count, e.Bound)
	}
	if *e.Box != (store.Box{West: 100, South: -20, East: -170, North: 10}) {
		t.Errorf("the smallest box is %v, want one over the antimeridian", *e.Box)
	}
	if from, to := e.Time.From.Format("2006-01-02"), e.Time.To.Format("2006-01-02"); from != "1995-01-01" || to != "2008-02-29" {
		t.Errorf("from %s to %s", from, to)
	}
	over := stop("r", 3, orb.Point{})
	over.Geometry = orb.MultiLineString{{{170, 0}, {180, 0}}, {{-180, 0}, {-175, 0}}}
	save(t, s, p, []routes.Feature{over})
	if e := extent(); *e.Box != (store.Box{West: 170, East: -175}) || e.Bound.Left() != -180 || e.Bound.Right() != 180 {
		t.Errorf("of a line over the antimeridian: %v in %v", *e.Box, e.Bound)
	}
	features[0].Time = "../2004"
	save(t, s, p, features)
	if e := extent(); !e.Time.From.IsZero() || e.Time.To.IsZero() {
		t.Errorf("an open beginning: %+v", e.Time)
	}
}
