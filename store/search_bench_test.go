package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"corridor/routes"
	"corridor/store"
)

// many is a pack of so many routes with five stops each, in English and Thai, at a hundred places.
func many(count int) routes.Pack {
	p := told()
	for i := range 100 {
		p.Places = append(p.Places, routes.Place{ID: fmt.Sprint("place-", i), Title: routes.Text{"en": fmt.Sprint("Town ", i), "th": fmt.Sprint("เมือง", i)}})
	}
	model := p.Routes[0]
	for i := range count {
		r := model
		r.ID, r.Stops, r.Legs = fmt.Sprint("route-", i), nil, nil
		for j := range 5 {
			r.Stops = append(r.Stops, routes.Stop{ID: fmt.Sprint("stop-", j), Place: fmt.Sprint("place-", (i*7+j)%100), Text: model.Summary})
		}
		p.Routes = append(p.Routes, r)
	}
	return p
}

// BenchmarkEntries is what the search adds to an import, for each route of five stops.
func BenchmarkEntries(b *testing.B) {
	p := many(b.N)
	names := routes.NamesOf(p)
	b.ResetTimer()
	if _, err := new(store.Preparer).Prepare(p, names, nil); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkSearch asks what readers ask of the first pack repeated so often, in turns, and tells the median and the 99th
// percentile.
func BenchmarkSearch(b *testing.B) {
	for _, count := range []int{1, 10_000} {
		b.Run(strconv.Itoa(count), func(b *testing.B) {
			s, _ := temporary(b)
			save(b, s, many(count), nil)
			queries := []string{"bangkok", "town 42", "กรุงเทพ", "云南", "b", "ท", "helpdesk", "nothing of the kind"}
			var times []time.Duration
			for b.Loop() {
				for _, q := range queries {
					start := time.Now()
					search(b, s, q, "en", 10)
					times = append(times, time.Since(start))
				}
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds()), "median-µs")
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
		})
	}
}

// BenchmarkSaveEntries is an import of routes without features.
func BenchmarkSaveEntries(b *testing.B) {
	p := many(500)
	names := routes.NamesOf(p)
	for b.Loop() {
		s, path := temporary(b)
		in, err := store.NewIntake(filepath.Dir(path), p.About)
		if err != nil {
			b.Fatal(err)
		}
		prepared, err := new(store.Preparer).Prepare(p, names, nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := in.Add(prepared); err != nil {
			b.Fatal(err)
		}
		if _, err := s.Save(context.Background(), in); err != nil {
			b.Fatal(err)
		}
		_ = in.Close()
	}
}
