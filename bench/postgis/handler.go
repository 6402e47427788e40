package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"
)

// serve answers /stops?bbox=west,south,east,north&limit=N as GeoJSON, and no more than that; below /ordered/ by the key.
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
			` WHERE geom && ST_MakeEnvelope($1, $2, $3, $4, 4326)`
		for path, order := range map[string]string{"/": "", "/ordered/": " ORDER BY id"} {
			mux.HandleFunc(path+collection, func(w http.ResponseWriter, r *http.Request) {
				if err := answer(w, r, pool, query+order+" LIMIT $5"); err != nil {
					http.Error(w, err.Error(), http.StatusInternalServerError)
				}
			})
		}
	}
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
