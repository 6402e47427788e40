package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"corridor/routes"
)

// BenchmarkDataTiles asks one server, over real connections, for a tile of the data that is in memory and for the same bytes
// as a fixed answer, in turns.
func BenchmarkDataTiles(b *testing.B) {
	s := realServer(b)
	target := addressOf(dataTiles(b, s, routes.Stops).Tiles[0], "4", "12", "7")
	tile := get(b, s, target, "Accept-Encoding", "gzip")
	fixed := []byte(tile.body)
	mux := http.NewServeMux()
	mux.Handle("/tiles/", s)
	mux.HandleFunc("/fixed", func(w http.ResponseWriter, _ *http.Request) {
		for key, values := range tile.Header {
			w.Header()[key] = values
		}
		_, _ = w.Write(fixed)
	})
	web := httptest.NewServer(mux)
	b.Cleanup(web.Close)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	for round := range 5 {
		for _, way := range []struct{ name, target string }{{"kept", target}, {"fixed", "/fixed"}} {
			b.Run(fmt.Sprintf("round=%d/%s", round+1, way.name), func(b *testing.B) {
				measure(b, client, web.URL+way.target, len(fixed))
			})
		}
	}
}
