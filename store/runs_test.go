package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"corridor/routes"
	"corridor/store"
)

// scattered makes stops at random: most are points, so that they fill more than a group of their class of extent; some are as large
// as a district, and few as a country or half of the world, of which each is drawn into many tiles.
func scattered(route string, n int, random *rand.Rand) []routes.Feature {
	sizes := []float64{0.3, 0.3, 0.3, 0.3, 1, 1, 1, 1, 5, 5, 20, 150}
	features := make([]routes.Feature, n)
	for i := range features {
		size := 0.0
		if one := random.IntN(5 * len(sizes)); one < len(sizes) {
			size = sizes[one]
		}
		west, south := random.Float64()*(360-size)-180, random.Float64()*(180-size)-90
		features[i] = stop(route, i, orb.Point{west, south})
		if size > 0 {
			features[i].Geometry = orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{west + size, south + size}}.ToPolygon()
		}
	}
	return features
}

// within gives the ids of the features whose boxes meet a box, by looking at each.
func within(features []routes.Feature, b store.Box) []string {
	var ids []string
	for _, f := range features {
		g := f.Geometry.Bound()
		wide := g.Right() >= b.West && g.Left() <= b.East
		if b.West > b.East {
			wide = g.Right() >= b.West || g.Left() <= b.East
		}
		if wide && g.Top() >= b.South && g.Bottom() <= b.North {
			ids = append(ids, f.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

func randomBox(random *rand.Rand) store.Box {
	width, height := 40*random.Float64(), 40*random.Float64()
	b := store.Box{West: random.Float64()*360 - 180, South: random.Float64()*(180-height) - 90}
	b.East, b.North = b.West+width, b.South+height
	if b.East > 180 {
		b.East -= 360
	}
	return b
}

func TestBoxesOfManyFeaturesHoldWhatLiesInThem(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1))
	s, _ := temporary(t)
	first, second := scattered("r", 9000, random), scattered("q", 700, random)
	p, _ := pack("a", "r", 0)
	save(t, s, p, first)
	other, _ := pack("b", "q", 0)
	save(t, s, other, second)
	// Some go, some move far away, some come: the boxes of runs must follow.
	first = append(slices.Delete(first, 100, 900), scattered("new", 500, random)...)
	for i := range 300 {
		first[i*7].Geometry = orb.Point{random.Float64()*360 - 180, random.Float64()*180 - 90}
	}
	save(t, s, p, first)
	all := slices.Concat(first, second)
	for range 60 {
		box := randomBox(random)
		view(t, s, func(v *store.View) {
			var got []string
			q := store.ItemsQuery{Collection: routes.Stops, Box: &box, Limit: 50}
			for more := true; more; {
				var list []store.Item
				list, more = items(t, v, q)
				if more && len(list) != q.Limit {
					t.Fatalf("a page of %d before the last", len(list))
				}
				for _, item := range list {
					if item.ID <= q.After {
						t.Fatalf("%s comes after a later one", item.FID)
					}
					q.After = item.ID
				}
				got = append(got, fids(list)...)
			}
			slices.Sort(got)
			if want := within(all, box); !slices.Equal(got, want) {
				t.Errorf("%v holds %d features, want %d", box, len(got), len(want))
			}
		})
	}
}

func TestPagingThroughImportsOfManyFeaturesGivesEachOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 1))
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	features := scattered("r", 3000, random)
	save(t, s, p, features)
	seen := map[string]int{}
	world := store.Box{West: -180, South: -90, East: 180, North: 90}
	q := store.ItemsQuery{Collection: routes.Stops, Box: &world, Limit: 500}
	leaving, staying := features[:300], features[300:]
	for round, more := 0, true; more; round++ {
		view(t, s, func(v *store.View) {
			var list []store.Item
			list, more = items(t, v, q)
			for _, item := range list {
				seen[item.FID]++
				q.After = item.ID
			}
		})
		if round < 3 { // each import takes some away, moves all others and brings new ones
			leaving = leaving[100:]
			for i := range staying {
				staying[i].Geometry = orb.Point{random.Float64()*360 - 180, random.Float64()*180 - 90}
			}
			save(t, s, p, slices.Concat(leaving, staying, scattered(fmt.Sprint("new", round), 100, random)))
		}
	}
	for _, f := range staying {
		if seen[f.ID] != 1 {
			t.Errorf("%s came %d times", f.ID, seen[f.ID])
		}
	}
}

func TestASmallImportKeepsTheOrderOfItsDocuments(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 1))
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	save(t, s, p, scattered("r", 60, random))
	view(t, s, func(v *store.View) {
		list, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 100})
		if got := fids(list); len(got) != 60 || !slices.IsSorted(got) {
			t.Errorf("%v", got)
		}
	})
}

func TestTimes(t *testing.T) {
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	var features []routes.Feature
	for i, time := range []routes.Period{"", "2004", "2007-12", "1995/2008", "../1999", "2010/.."} {
		f := stop("r", i, orb.Point{100, 10}) // its source speaks in 2008, which is no time told of
		f.Time = time
		features = append(features, f)
	}
	timeless := stop("r", 6, orb.Point{100, 10})
	timeless.AsOf = 0
	save(t, s, p, append(features, timeless))
	day := func(text string) time.Time {
		if text == "" {
			return time.Time{}
		}
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, tt := range []struct {
		from, to string
		want     []string
	}{
		{"", "", []string{"r.000", "r.001", "r.002", "r.003", "r.004", "r.005", "r.006"}},
		{"2008-06-01T12:00:00Z", "2008-06-01T12:00:00Z", []string{"r.000", "r.003", "r.006"}},
		{"2004-12-31T23:59:59Z", "2004-12-31T23:59:59Z", []string{"r.000", "r.001", "r.003", "r.006"}},
		{"2005-01-01T06:59:59+07:00", "2005-01-01T06:59:59+07:00", []string{"r.000", "r.001", "r.003", "r.006"}}, // 2004 in UTC
		{"2007-12-31T00:00:00Z", "2008-01-01T00:00:00Z", []string{"r.000", "r.002", "r.003", "r.006"}},
		{"", "1999-01-01T00:00:00Z", []string{"r.000", "r.003", "r.004", "r.006"}},
		{"2009-01-01T00:00:00Z", "", []string{"r.000", "r.005", "r.006"}},
	} {
		view(t, s, func(v *store.View) {
			for _, box := range []*store.Box{nil, {West: 90, South: 0, East: 110, North: 20}} {
				list, _ := items(t, v, store.ItemsQuery{
					Collection: routes.Stops, Box: box, Time: &store.Interval{From: day(tt.from), To: day(tt.to)}, Limit: 10,
				})
				if got := fids(list); !slices.Equal(got, tt.want) {
					t.Errorf("%s to %s: %v, want %v", tt.from, tt.to, got, tt.want)
				}
			}
		})
	}
}

func TestAPageIsTheTextOfItsItems(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 1))
	s, _ := temporary(t)
	p, f := pack("a", "r", 3)
	features := append(scattered("q", 500, random), f...)
	for i := range features {
		features[i].AsOf = []int{0, 2008, 2015, 2016, 2024}[i%5]
		if i%7 == 0 {
			features[i].Geometry, features[i].From = large(i%3), fmt.Sprint("area-", i%3)
		}
		if i%5 == 0 {
			features[i].Properties["th"] = map[string]any{"title": `"}]}`, "other": "ที่"}
		}
	}
	save(t, s, p, features)
	world := &store.Box{West: -180, South: -90, East: 180, North: 90}
	for _, q := range []store.ItemsQuery{
		{Collection: routes.Stops, Limit: 1000},
		{Collection: routes.Stops, Limit: 1000, Lang: "th"},
		{Collection: routes.Stops, Limit: 1000, Lang: "fr", Box: world},
		{Collection: routes.Stops, Limit: 7, Box: world},
		{Collection: routes.Stops, Limit: 503, Lang: "th"},
		{Collection: routes.Movements, Limit: 5},
		{Collection: routes.Sites, Limit: 5},
		{Collection: routes.Stops, Limit: 2, Route: "r"},
		{Collection: routes.Stops, Limit: 3, Route: "r"},
	} {
		for more := true; more; {
			view(t, s, func(v *store.View) {
				var list []store.Item
				list, more = items(t, v, q)
				page, err := v.Page(t.Context(), q, 2016)
				if err != nil {
					t.Fatal(err)
				}
				var want []byte
				var last int64
				for i, item := range list {
					if i > 0 {
						want = append(want, ',')
					}
					want, last = item.AppendGeoJSON(want, 2016), item.ID
				}
				if got := strings.Join(page.Features, ""); got != string(want) {
					t.Errorf("%+v\ngives  %s\nitems: %s", q, got, want)
				}
				if page.Count != len(list) || page.Last < last || !more && page.Last != last || page.More != more {
					t.Errorf("%+v: count %d, last %d, more %t; want %d, %d, %t", q, page.Count, page.Last, page.More, len(list), last, more)
				}
				q.After = page.Last
			})
		}
	}
}
