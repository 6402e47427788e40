package server_test

import (
	"io"
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

// BenchmarkGeocodeOverHTTP compares the rate of searches of places, limiter off, with that of 2 KB that stand ready, over the
// same listener and in turns. The searches are names and beginnings of names, five places each.
func BenchmarkGeocodeOverHTTP(b *testing.B) {
	s := realServer(b)
	ready := []byte(strings.Repeat("corridor", 256))
	listener := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/ready" {
			s.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write(ready)
	}))
	defer listener.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	var searches []string
	for _, q := range queries(b) {
		searches = append(searches, listener.URL+"/api/geocode?limit=5&q="+url.QueryEscape(q))
	}
	var ours, theirs []time.Duration
	for b.Loop() {
		ours = append(ours, fetchAll(b, client, searches))
		theirs = append(theirs, fetchAll(b, client, slices.Repeat([]string{listener.URL + "/ready"}, len(searches))))
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	own, other := ours[len(ours)/2], theirs[len(theirs)/2]
	b.ReportMetric(float64(len(searches))/own.Seconds(), "searches/s")
	b.ReportMetric(float64(len(searches))/other.Seconds(), "ready/s")
	b.ReportMetric(other.Seconds()/own.Seconds(), "rate")
	b.ReportMetric(0, "ns/op")
}

const connections = 8

// fetchAll asks for every address over a few connections and gives the time it takes.
func fetchAll(b *testing.B, client *http.Client, addresses []string) time.Duration {
	b.Helper()
	work := make(chan string)
	var done sync.WaitGroup
	start := time.Now()
	for range connections {
		done.Go(func() {
			for address := range work {
				res, err := client.Get(address) //nolint:noctx // bounded by the listener on loopback
				if err != nil {
					b.Error(err)
					continue
				}
				if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != http.StatusOK {
					b.Errorf("%s: status %d, %v", address, res.StatusCode, err)
				}
				_ = res.Body.Close()
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
