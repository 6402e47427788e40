package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corridor/geo/gazetteer"
)

// BenchmarkGeocode compares the rate of searches of places, limiter off, with that of 2 KB that stand ready under the same
// headers, over the same listener and in turns. The searches are names and beginnings of names, five places each.
func BenchmarkGeocode(b *testing.B) {
	s := realServer(b)
	headers := get(b, s, "/api/geocode?q=Bangkok").Header
	ready := []byte(strings.Repeat("corridor", 256))
	mux := http.NewServeMux()
	mux.Handle("/api/", s)
	mux.HandleFunc("/ready", func(w http.ResponseWriter, _ *http.Request) {
		for key, values := range headers {
			w.Header()[key] = values
		}
		_, _ = w.Write(ready)
	})
	web := httptest.NewServer(mux)
	b.Cleanup(web.Close)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	var searches []string
	for _, q := range queries(b) {
		searches = append(searches, web.URL+"/api/geocode?limit=5&q="+url.QueryEscape(q))
	}
	same := slices.Repeat([]string{web.URL + "/ready"}, len(searches))
	fetchAll(b, client, searches) // the index comes into memory
	var ours, theirs []time.Duration
	for b.Loop() {
		ours = append(ours, fetchAll(b, client, searches))
		theirs = append(theirs, fetchAll(b, client, same))
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	own, other := ours[len(ours)/2], theirs[len(theirs)/2]
	b.ReportMetric(float64(len(searches))/own.Seconds(), "searches/s")
	b.ReportMetric(float64(len(searches))/other.Seconds(), "ready/s")
	b.ReportMetric(other.Seconds()/own.Seconds(), "rate")
	b.ReportMetric(0, "ns/op")
}

// fetchAll asks for every address over a few connections and gives the time it takes.
func fetchAll(b *testing.B, client *http.Client, addresses []string) time.Duration {
	b.Helper()
	work := make(chan string)
	var done sync.WaitGroup
	start := time.Now()
	for range connections {
		done.Go(func() {
			for address := range work {
				if _, err := fetch(b, client, address, "identity"); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for _, address := range addresses {
		work <- address
	}
	close(work)
	done.Wait()
	return time.Since(start)
}

// queries are names of the index and beginnings of them, the same each time.
func queries(b *testing.B) []string {
	b.Helper()
	ix, err := gazetteer.Open("../build/gazetteer.idx")
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	var list []string
	for i := range 1000 {
		name := ix.Sample(i)
		if r := []rune(name); i%2 == 0 && len(r) > 5 {
			name = string(r[:5])
		}
		list = append(list, name)
	}
	return list
}
