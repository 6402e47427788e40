// Command mbtiles is what the server's tiles are measured against: the reader and the web framework of mbtileserver,
// mbtiles-go and echo, put together as it does, with one SQLite query for each request. It is a module of its own, so that
// the program depends on neither.
//
//	mbtiles ADDRESS FILE FIXED
//
// FIXED is a tile, as zoom/column/row counted from the north, that /fixed answers from memory by net/http alone.
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/brendan-ward/mbtiles-go"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: mbtiles ADDRESS FILE FIXED")
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func run(address, file, fixed string) error {
	db, err := mbtiles.Open(file)
	if err != nil {
		return err
	}
	defer db.Close()
	e := echo.New()
	e.Pre(middleware.RemoveTrailingSlash())
	e.Use(middleware.Recover(), middleware.CORS())
	e.GET("/*", echo.WrapHandler(tileHandler(db)))
	memory, err := read(db, strings.Split(fixed, "/"))
	if err != nil || memory == nil {
		return fmt.Errorf("no tile %s: %w", fixed, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/fixed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-protobuf")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", strconv.Itoa(len(memory)))
		_, _ = w.Write(memory)
	})
	mux.Handle("/", e)
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	fmt.Println("listening on http://" + listener.Addr().String())
	return http.Serve(listener, mux)
}

// tileHandler answers /services/NAME/tiles/Z/X/Y.pbf.
func tileHandler(db *mbtiles.MBtiles) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/services/basemap/tiles/", func(w http.ResponseWriter, r *http.Request) {
		parts := strings.Split(strings.TrimSuffix(r.URL.Path, ".pbf"), "/")
		data, err := read(db, parts[len(parts)-3:])
		switch {
		case err != nil:
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
			return
		case len(data) <= 1:
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", db.GetTileFormat().MimeType())
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(data)
	})
	return mux
}

// read reads a tile by zoom, column and row counted from the north; nil where there is none.
func read(db *mbtiles.MBtiles, address []string) ([]byte, error) {
	var at [3]int64
	for i := range at {
		var err error
		if at[i], err = strconv.ParseInt(address[i], 10, 64); err != nil {
			return nil, err
		}
	}
	var data []byte
	err := db.ReadTile(at[0], at[1], 1<<at[0]-1-at[2], &data)
	return data, err
}
