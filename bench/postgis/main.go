// Command postgis measures how Corridor bears a million features, against PostGIS and against itself with a thousand. It is
// a module of its own, so that the program depends on no driver of PostgreSQL.
//
//	make bench-features
//	build/bench-postgis [--rounds 5] [--imports 5] [--requests 200] [--db build/large.db] [--cluster FOLDER] [--only imports|tiles|boxes]
//		[--featureserv build/pg_featureserv]
//
// It needs Debian's packages postgresql-15 and postgresql-15-postgis-3. PostgreSQL gets a cluster of its own in a temporary folder, on a port of the
// loopback; both end with the run. With --db and --cluster the folder stays, and the next run finds its tables loaded.
//
// The reference for questions is what a minimal server does: net/http and pgx, a table and a GiST index for each
// collection, the rows written as GeoJSON by ST_AsGeoJSON. It is asked in two ways: in no order, when the database chooses which
// features of a box it gives, and by the key, when it gives the same ones as Corridor, page by page; the latter sorts a whole box for
// each page, and is asked fewer of the questions. pg_featureserv itself is asked in its own order, on the same tables; their properties
// are one column of text, which is less for it to write than a column for each. Besides, the reference answers with as many bytes as
// Corridor did out of memory ("bare"): nothing on net/http is faster. All servers are processes of their own, are asked in turns, one
// question at a time over a connection that stays open, for the same boxes in the same order. The reference for
// imports is COPY of the features that Corridor made, with the key and the GiST index; an import is measured from the start of
// the program to its end, kept tiles, index of words and all, into a new database.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

type options struct {
	rounds, imports, requests int
	binary, large, small      string
	bin                       string
	database, cluster, only   string
	featureserv               string
}

func main() {
	var o options
	handler := flag.String("serve", "", "answer questions from the database of this address (used by the benchmark itself)")
	flag.IntVar(&o.rounds, "rounds", 5, "how often the servers are asked in turns")
	flag.IntVar(&o.imports, "imports", 5, "how often each import is measured, 0 for once and without COPY")
	flag.IntVar(&o.requests, "requests", 200, "how many questions a round has for each server")
	flag.StringVar(&o.binary, "corridor", "bin/corridor", "the program")
	flag.StringVar(&o.large, "large", "build/routes-large.jsonl", "the large set")
	flag.StringVar(&o.small, "small", "build/routes-small.jsonl", "the small set")
	flag.StringVar(&o.bin, "postgresql", "/usr/lib/postgresql/15/bin", "where PostgreSQL's programs are")
	flag.StringVar(&o.featureserv, "featureserv", "build/pg_featureserv", "the program pg_featureserv, empty for not to ask it")
	flag.StringVar(&o.database, "db", "", "a database that holds the large set already, instead of measuring imports")
	flag.StringVar(&o.cluster, "cluster", "", "with --db: a folder whose cluster stays for the next run")
	flag.StringVar(&o.only, "only", "", "imports, tiles or boxes, to measure these alone")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if *handler != "" {
		err = serve(ctx, *handler)
	} else {
		err = run(ctx, o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "postgis:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	folder, err := os.MkdirTemp("", "corridor-postgis")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := os.Chmod(folder, 0o755); err != nil { // another user may run PostgreSQL
		return err
	}
	if o.cluster == "" {
		o.cluster = filepath.Join(folder, "cluster")
	} else if o.database == "" {
		return errors.New("--cluster needs --db: its tables are those of one database")
	}
	pg, err := startCluster(ctx, o.bin, o.cluster)
	if err != nil {
		return err
	}
	defer pg.stop()
	large := filepath.Join(folder, "large.db")
	if o.database != "" {
		large = o.database
	} else if err := runImports(ctx, o, pg, large); err != nil {
		return err
	}
	loaded, err := pg.loaded(ctx)
	if err != nil {
		return err
	}
	if !loaded {
		if _, err := pg.load(ctx, large, folder); err != nil {
			return err
		}
	}
	if o.only == "imports" {
		return nil
	}
	if o.only != "boxes" {
		if err := runTiles(ctx, o, pg, large); err != nil || o.only == "tiles" {
			return err
		}
	}
	small := filepath.Join(folder, "small.db")
	if _, err := o.importInto(ctx, small, o.small); err != nil {
		return err
	}
	return runQuestions(ctx, o, pg, large, small)
}
