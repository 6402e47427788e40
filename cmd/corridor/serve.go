package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"corridor/geo/gazetteer"
	"corridor/server"
	"corridor/store"
	"corridor/store/tiles"
)

type serveCommand struct {
	Addr         string `help:"The address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	DB           string `help:"The database." default:"data/corridor.db" placeholder:"FILE"`
	Gazetteer    string `help:"The index of names." default:"build/gazetteer.idx" placeholder:"FILE"`
	Basemap      string `help:"The map under the routes: MBTiles with vector tiles in the Protomaps schema or with pictures, or PMTiles." default:"build/basemap.mbtiles" placeholder:"FILE"`
	GeocodeRate  int    `help:"How many searches of places a minute one address may make; 0 for any number." default:"300"`
	ExitURL      string `help:"Where the quick exit of viewers' pages goes; write it empty for pages without one." default:"https://www.wikipedia.org/" placeholder:"URL"`
	LogAddresses bool   `help:"Let the log name the address of who asked for what failed."`
	BaseURL      string `help:"The address under which readers reach the server; http://ADDR where left out." placeholder:"URL"`
}

// How long a client may take. An answer is at most a few megabytes.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 60 * time.Second
	idleTimeout       = 2 * time.Minute
	stopTimeout       = 10 * time.Second
	maxHeaderBytes    = 64 << 10
)

// Run serves until the context is cancelled, then lets requests end.
func (c serveCommand) Run(ctx context.Context, con console) error {
	log := slog.New(slog.NewTextHandler(con.Err, nil))
	if err := os.MkdirAll(filepath.Dir(c.DB), 0o755); err != nil {
		return fmt.Errorf("--db: %w", err)
	}
	s, err := store.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	basemap, err := tiles.Open(ctx, c.Basemap)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("--basemap: %w; `make build/basemap.mbtiles` makes the program's own", err)
	}
	if err != nil {
		return fmt.Errorf("--basemap: %w", err)
	}
	defer basemap.Close()
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("--addr %s: %w", c.Addr, err)
	}
	address := "http://" + listener.Addr().String()
	if c.BaseURL == "" {
		c.BaseURL = address
	}
	handler, err := server.New(server.Config{
		Store: s, Basemap: basemap, BaseURL: c.BaseURL, Version: version(), Log: log, GeocodeRate: c.GeocodeRate,
		ExitURL: c.ExitURL, LogAddresses: c.LogAddresses,
		Gazetteer: sync.OnceValues(func() (*gazetteer.Index, error) { return gazetteer.Open(c.Gazetteer) }),
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	web := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	fmt.Fprintln(con.Err, "listening on", address)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	fmt.Fprintln(con.Err, "stopping")
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	return web.Shutdown(grace)
}
