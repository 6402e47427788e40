package server_test

import (
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

// connections is how many readers ask at once.
const connections = 32

// BenchmarkTiles asks one server, over real connections, for the same tile in three ways, in turns: as the program serves
// it, as a fixed answer of the same size, and with one SQLite query for each request as mbtileserver does. It reports the
// requests per second and the time within which 99 of 100 were answered.
func BenchmarkTiles(b *testing.B) {
	s := realServer(b)
	target := "/tiles/basemap/4/12/7.mvt?v=" + basemap(b).Info().Version
	tile := get(b, s, target, "Accept-Encoding", "gzip")
	db, err := sql.Open("sqlite3", "file:../build/basemap.mbtiles?mode=ro")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	send := func(w http.ResponseWriter, body []byte) {
		for key, values := range tile.Header {
			w.Header()[key] = values
		}
		_, _ = w.Write(body)
	}
	fixed := []byte(tile.body)
	mux := http.NewServeMux()
	mux.Handle("/tiles/", s)
	mux.HandleFunc("/fixed", func(w http.ResponseWriter, _ *http.Request) { send(w, fixed) })
	mux.HandleFunc("/query", func(w http.ResponseWriter, r *http.Request) {
		var data []byte
		row := db.QueryRowContext(r.Context(), `SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?`, 4, 12, 1<<4-1-7)
		if err := row.Scan(&data); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		send(w, data)
	})
	web := httptest.NewServer(mux)
	b.Cleanup(web.Close)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	for round := range 3 {
		for _, way := range []struct{ name, target string }{{"served", target}, {"fixed", "/fixed"}, {"query", "/query"}} {
			b.Run(fmt.Sprintf("round=%d/%s", round+1, way.name), func(b *testing.B) {
				measure(b, client, web.URL+way.target, len(fixed))
			})
		}
	}
}

func measure(b *testing.B, client *http.Client, address string, size int) {
	var mutex sync.Mutex
	var all []time.Duration
	b.SetParallelism(connections / runtime.GOMAXPROCS(0))
	b.RunParallel(func(pb *testing.PB) {
		var own []time.Duration
		for pb.Next() {
			start := time.Now()
			if n, err := fetch(b, client, address, "gzip"); err != nil || n != size {
				b.Errorf("%d bytes, not %d: %v", n, size, err)
				return
			}
			own = append(own, time.Since(start))
		}
		mutex.Lock()
		defer mutex.Unlock()
		all = append(all, own...)
	})
	slices.Sort(all)
	if len(all) > 0 {
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
		b.ReportMetric(float64(len(all))/b.Elapsed().Seconds(), "requests/s")
	}
}

func fetch(b *testing.B, client *http.Client, address, encoding string) (int, error) {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Accept-Encoding", encoding)
	res, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, res.Body)
	if res.StatusCode != http.StatusOK && err == nil {
		err = fmt.Errorf("%s %s", res.Status, strings.TrimSpace(address))
	}
	return int(n), err
}

// BenchmarkTileHandler is the server's own part of answering a tile, without the network.
func BenchmarkTileHandler(b *testing.B) {
	s := realServer(b)
	r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/tiles/basemap/4/12/7.mvt?v="+basemap(b).Info().Version, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	b.ReportAllocs()
	for b.Loop() {
		w := &sink{header: http.Header{}}
		s.ServeHTTP(w, r)
		if w.bytes == 0 {
			b.Fatal("nothing was written")
		}
	}
}

// sink counts what is written.
type sink struct {
	header http.Header
	bytes  int
}

func (s *sink) Header() http.Header { return s.header }

func (s *sink) WriteHeader(int) {}

func (s *sink) Write(p []byte) (int, error) {
	s.bytes += len(p)
	return len(p), nil
}
