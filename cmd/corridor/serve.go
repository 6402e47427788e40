package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"corridor/geo/gazetteer"
	"corridor/live"
	"corridor/server"
	"corridor/store"
	"corridor/store/tiles"
)

type serveCommand struct {
	Addr         string         `help:"The address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	DB           string         `help:"The database." default:"data/corridor.db" placeholder:"FILE"`
	Gazetteer    string         `help:"The index of names." default:"build/gazetteer.idx" placeholder:"FILE"`
	Basemap      string         `help:"The map under the routes: MBTiles with vector tiles in the Protomaps schema or with pictures, or PMTiles." default:"build/basemap.mbtiles" placeholder:"FILE"`
	GeocodeRate  int            `help:"How many searches of places a minute one address may make; 0 for any number." default:"300"`
	SearchRate   int            `help:"How many searches of the content a minute one address may make while typing; 0 for any number. A room full of people often has one address." default:"1500"`
	ExitURL      string         `help:"Where the quick exit of viewers' pages goes; write it empty for pages without one." default:"https://www.wikipedia.org/" placeholder:"URL"`
	Contact      string         `help:"Whom readers may write to about what the site says, at the foot of every page: an e-mail address or an https address; nobody where left out." placeholder:"ADDRESS"`
	LogAddresses bool           `help:"Let the log name the address of who asked for what failed."`
	TrustedProxy []proxyNetwork `help:"The networks of the proxies through which readers come, such as 127.0.0.1 or 10.0.0.0/8, of these alone: rates and the log then go by the address for which such a proxy says it asks (X-Forwarded-For, Forwarded)." placeholder:"CIDR"`
	BaseURL      string         `help:"The address under which readers reach the server, such as https://maps.example.org; http://ADDR where left out, and with an ADDR of every network the address of this machine in its own." placeholder:"URL"`
	Share        bool           `help:"Let an audience in the same local network follow a presenter: a second listener with no more than that."`
	ShareAddr    string         `help:"Where to listen for the audience; a private address of this machine, port 8090, where left out. Implies --share." placeholder:"HOST:PORT"`
	MetricsAddr  string         `help:"Where to answer /metrics in the text format of Prometheus, for the operator alone, such as 127.0.0.1:9090; nowhere where left out." placeholder:"HOST:PORT"`
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

// spareMemory is how many bytes of memory are taken and never touched, so the system gives none for them. Go collects garbage when
// as much has gathered as is live; a server has a few live megabytes only and would collect after every few pages of data.
const spareMemory = 64 << 20

// Run serves until the context is cancelled, then lets requests end.
func (c serveCommand) Run(ctx context.Context, con console) error {
	if err := c.check(ctx); err != nil {
		return usageError{err}
	}
	spare := make([]byte, spareMemory)
	defer runtime.KeepAlive(spare)
	log := slog.New(slog.NewTextHandler(con.Err, nil))
	s, err := c.openStore(ctx, log)
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
	sessions, err := live.New(ctx, live.Config{Sessions: s, Log: log})
	if err != nil {
		return err
	}
	at, err := c.listen(ctx, log)
	if err != nil {
		return err
	}
	handler, err := server.New(server.Config{
		Store: s, Basemap: basemap, BaseURL: at.baseURL, FollowURL: at.followURL, Version: version(), Log: log,
		GeocodeRate: c.GeocodeRate, SearchRate: c.SearchRate, Live: sessions,
		ExitURL: c.ExitURL, Contact: c.Contact, LogAddresses: c.LogAddresses, TrustedProxies: prefixesOf(c.TrustedProxy), Measured: c.MetricsAddr != "",
		Gazetteer: gazetteer.Lazily(c.Gazetteer),
	})
	if err != nil {
		return errors.Join(err, at.close())
	}
	keeping, stop := context.WithCancel(context.WithoutCancel(ctx)) // answers come until the last request has ended
	kept := make(chan struct{})
	go func() { defer close(kept); sessions.Run(keeping) }()
	err = serveUntil(ctx, con, at, handler, log)
	stop()
	<-kept // what was answered last is written before the database closes
	return err
}

// check says which flags cannot be used, before anything is opened.
func (c serveCommand) check(ctx context.Context) error {
	if c.Addr == "" { // such as by a variable that is set to nothing: any port of every network would be taken
		return errors.New("--addr: it is empty; write HOST:PORT")
	}
	for _, flag := range []struct{ name, address string }{{"addr", c.Addr}, {"share-addr", c.ShareAddr}, {"metrics-addr", c.MetricsAddr}} {
		if err := checkListenAddress(ctx, flag.address); err != nil {
			return fmt.Errorf("--%s: %w", flag.name, err)
		}
	}
	if c.BaseURL != "" {
		if err := server.CheckBaseURL(c.BaseURL, false); err != nil {
			return fmt.Errorf("--base-url: %w", err)
		}
	}
	if err := server.CheckContact(c.Contact); err != nil {
		return fmt.Errorf("--contact: %w", err)
	}
	if err := server.CheckExitURL(c.ExitURL); err != nil {
		return fmt.Errorf("--exit-url: %w", err)
	}
	return nil
}

// openStore opens the database, or makes one; the log warns where there is nothing to show, since the name may be mistyped.
func (c serveCommand) openStore(ctx context.Context, log *slog.Logger) (*store.Store, error) {
	if err := os.MkdirAll(filepath.Dir(c.DB), 0o755); err != nil {
		return nil, fmt.Errorf("--db: %w", err)
	}
	_, missing := os.Stat(c.DB)
	s, err := store.Open(ctx, c.DB)
	if err != nil {
		return nil, err
	}
	var count int
	var former []string
	err = s.View(ctx, func(v *store.View) (err error) {
		if count, err = v.CountRoutes(ctx); err == nil {
			former, err = v.FormerPacks(ctx)
		}
		return err
	})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	file, err := filepath.Abs(c.DB)
	if err != nil {
		file = c.DB
	}
	mend := "look at --db, or bring routes in: corridor import --db " + c.DB + " PACK"
	switch {
	case errors.Is(missing, os.ErrNotExist):
		log.Warn("there was no database; an empty one was made", "file", file, "mend", mend)
	case count == 0:
		log.Warn("the database has no route; the map is empty", "file", file, "mend", mend)
	case len(former) > 0:
		log.Warn("a former version of the program has imported what is served; where it lies on the map and what is told of it may be wrong by now",
			"packs", strings.Join(former, ", "), "mend", "import each again: corridor import --db "+c.DB+" PACK")
	}
	return s, nil
}
