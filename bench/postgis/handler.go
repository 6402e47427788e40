package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

// serve answers /stops?bbox=west,south,east,north&limit=N as GeoJSON, and no more than that; below /ordered/ by the key,
// and below /bare/ as many bytes as are wanted.
func serve(ctx context.Context, address string) error {
	pool, err := pgxpool.New(ctx, address)
	if err != nil {
		return err
	}
	defer pool.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("listening on http://%s\n", l.Addr())
	mux := http.NewServeMux()
	for _, collection := range collections {
		query := `SELECT fid, ST_AsGeoJSON(geom), properties FROM ` + collection +
			` WHERE ST_Intersects(geom, ST_MakeEnvelope($1, $2, $3, $4, 4326))`
		for path, order := range map[string]string{"/": "", "/ordered/": " ORDER BY id"} {
			mux.HandleFunc(path+collection, func(w http.ResponseWriter, r *http.Request) {
				if err := answer(w, r, pool, query+order+" LIMIT $5"); err != nil {
					http.Error(w, err.Error(), http.StatusInternalServerError)
				}
			})
		}
	}
	mux.HandleFunc("/tiles/{collection}/{z}/{x}/{y}", func(w http.ResponseWriter, r *http.Request) {
		if err := tile(w, r, pool); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	mux.HandleFunc("/bare/", func(w http.ResponseWriter, r *http.Request) {
		if err := bare(w, r); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	server := &http.Server{Handler: mux}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.Serve(l); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// bare answers with as many bytes as are wanted, and has nothing to do for them.
func bare(w http.ResponseWriter, r *http.Request) error {
	size, err := strconv.Atoi(r.FormValue("bytes"))
	if err != nil || size < 2 || size > len(nothing) {
		return fmt.Errorf("bytes %q", r.FormValue("bytes"))
	}
	w.Header().Set("Content-Type", "application/geo+json")
	_, err = w.Write(nothing[len(nothing)-size:])
	return err
}

var nothing = append(bytes.Repeat([]byte(" "), 64<<20), "]}"...)

func answer(w http.ResponseWriter, r *http.Request, pool *pgxpool.Pool, query string) error {
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil {
		return err
	}
	args := make([]any, 0, 5)
	for _, part := range strings.Split(r.FormValue("bbox"), ",") {
		side, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return err
		}
		args = append(args, side)
	}
	rows, err := pool.Query(r.Context(), query, append(args, limit)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	b := []byte(`{"type":"FeatureCollection","features":[`)
	for first := true; rows.Next(); first = false {
		if !first {
			b = append(b, ',')
		}
		row := rows.RawValues()
		b = strconv.AppendQuote(append(b, `{"type":"Feature","id":`...), string(row[0]))
		b = append(append(b, `,"geometry":`...), row[1]...)
		b = append(append(append(b, `,"properties":`...), row[2]...), '}')
	}
	if err := rows.Err(); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/geo+json")
	_, err = w.Write(append(b, "]}"...))
	return err
}

// tileQuery is pg_tileserver's: the features whose boxes meet the tile, clipped with a buffer of 64 units.
const tileQuery = `SELECT ST_AsMVT(t, $5, 4096, 'geom', 'id') FROM (
	SELECT id, fid, ST_AsMVTGeom(ST_Transform(geom, 3857), ST_TileEnvelope($1, $2, $3), 4096, 64, true) AS geom FROM %s
	WHERE geom && ST_Transform(ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096), 4326) LIMIT $4) t`

func tile(w http.ResponseWriter, r *http.Request, pool *pgxpool.Pool) error {
	collection := r.PathValue("collection")
	if !slices.Contains(collections, collection) {
		return fmt.Errorf("no collection %q", collection)
	}
	most, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil {
		return err
	}
	args := make([]any, 0, 5)
	for _, name := range []string{"z", "x", "y"} {
		n, err := strconv.Atoi(r.PathValue(name))
		if err != nil {
			return err
		}
		args = append(args, n)
	}
	var data []byte
	if err := pool.QueryRow(r.Context(), fmt.Sprintf(tileQuery, collection), append(args, most, collection)...).Scan(&data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.mapbox-vector-tile")
	_, err = w.Write(data)
	return err
}
