package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"time"

	"github.com/mattn/go-sqlite3"

	"corridor/routes"
)

// GeoPackage is what a GeoPackage 1.3 (OGC 12-128r17) holds: a layer for each collection and each kind of geometry in it.
type GeoPackage struct {
	Layers []GeoPackageLayer
	// Sources are the documents that features are cited from, with words in the language Lang or in their own.
	Sources []routes.Source
	Lang    string
	// HistoricalBefore is the first year whose sources are no historical account.
	HistoricalBefore int
	// Attribution names the data sets of the geometries, which stands after each pack's own.
	Attribution string
	// Made is when the file says that it was made.
	Made time.Time
}

// GeoPackageLayer is a collection, or a filter of it.
type GeoPackageLayer struct {
	Query       ItemsQuery
	Description string
	Columns     []FileColumn
	// Metadata is in the form of QGIS, and so is what Style gives for each [Shape].
	Metadata string
	Style    func(Shape) string
}

// Shape is a kind of geometries that share a layer; its value ends the name of the layer's table.
type Shape string

// The shapes. Lines and areas are stored as of several parts, so that one kind of geometry is in a layer.
const (
	Points      Shape = "points"
	Lines       Shape = "lines"
	Areas       Shape = "areas"
	Multipoints Shape = "multipoints"
	Mixed       Shape = "mixed"
	// Untold is what the source gives no place for.
	Untold Shape = "without_place"
)

// FileColumn is a column of a file that the database fills.
type FileColumn struct {
	Name string
	// Type is one of SQL's: TEXT, INTEGER, DOUBLE, BOOLEAN.
	Type string
	From ColumnOrigin
	// Property is the one that it has the values of, where that has another name.
	Property string
}

// ColumnOrigin says where a column's values come from.
type ColumnOrigin int

// The origins of columns.
const (
	FromProperties ColumnOrigin = iota
	// FromYear is whether the source is a historical account.
	FromYear
	// FromAttribution and FromLicence are of the pack.
	FromAttribution
	FromLicence
)

//go:embed geopackage.sql
var geoPackageTables string

// WriteGeoPackage fills a file that is empty or not there yet from the view, which should be a slow one. The file is of no use after an
// error.
func (v *View) WriteGeoPackage(ctx context.Context, path string, g GeoPackage) (err error) {
	pool := openPool(path, url.Values{
		"mode": {"rwc"}, "_journal_mode": {"OFF"}, "_synchronous": {"OFF"}, "_locking_mode": {"EXCLUSIVE"}, // a file that fails is thrown away
		"_cache_size": {"-16384"}, // KiB
	})
	pool.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, pool.Close()) }()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: %s: %w", path, err)
	}
	defer conn.Close()
	w := geoPackageWriter{ctx: ctx, conn: conn, GeoPackage: g}
	if err := errors.Join(w.write(v), w.close()); err != nil {
		return fmt.Errorf("store: a GeoPackage: %w", err)
	}
	return nil
}

// geoPackageWriter writes through a connection to the new file.
type geoPackageWriter struct {
	ctx  context.Context //nolint:containedctx // lives as long as the one call of WriteGeoPackage
	conn *sql.Conn
	GeoPackage
	// rows writes the rows of tables; it is the driver's own connection.
	rows   *sqlite3.SQLiteConn
	tables []*geoPackageTable
}

func (w *geoPackageWriter) exec(query string, args ...any) error {
	_, err := w.conn.ExecContext(w.ctx, query, args...)
	return err
}

func (w *geoPackageWriter) write(v *View) error {
	err := w.conn.Raw(func(driverConn any) error {
		w.rows, _ = driverConn.(*sqlite3.SQLiteConn)
		return nil
	})
	if err != nil {
		return err
	}
	if err := w.exec("BEGIN"); err != nil {
		return err
	}
	if err := w.exec(geoPackageTables); err != nil {
		return err
	}
	for _, l := range w.Layers {
		if err := w.layer(v, l); err != nil {
			return err
		}
	}
	if err := w.sources(); err != nil {
		return err
	}
	return w.exec("COMMIT")
}

// close lets go of what writes rows.
func (w *geoPackageWriter) close() (err error) {
	for _, t := range w.tables {
		err = errors.Join(err, t.close())
	}
	return err
}

// layer writes the tables of a layer, one for each kind of geometries that it has, or has without a filter. While rows are
// written others are made, and features read for yet others.
func (w *geoPackageWriter) layer(v *View, l GeoPackageLayer) error {
	r, err := w.reader(v, l)
	if err != nil {
		return err
	}
	tables := map[Shape]*geoPackageTable{}
	read := func(ctx context.Context) iter.Seq2[[]storedRow, error] { return r.read(ctx, v) }
	made := func(ctx context.Context) iter.Seq2[[]geoPackageRow, error] { return then(beside(ctx, read), r.rows) }
	for rows, err := range beside(w.ctx, made) {
		if err != nil {
			return err
		}
		for _, row := range rows {
			t := tables[row.shape]
			if t == nil {
				if t, err = w.table(l, row.shape); err != nil {
					return err
				}
				tables[row.shape] = t
			}
			if err := t.add(row); err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
		}
	}
	if err := w.complete(v, l, tables); err != nil {
		return err
	}
	for _, s := range append(geometries(), geometryKind{shape: Untold}) { // the same order in every file
		if t := tables[s.shape]; t != nil {
			if err := w.finish(t); err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
			delete(tables, s.shape)
		}
	}
	return nil
}

// sources writes the table of the sources that features are cited from.
func (w *geoPackageWriter) sources() error {
	if len(w.Sources) == 0 {
		return nil
	}
	err := w.exec(`INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES ('sources', 'attributes', 'sources', '', ?)`, w.stamp())
	for _, source := range w.Sources {
		if err == nil {
			err = w.exec(`INSERT INTO sources (id, title, author, created, nature, url) VALUES (?, ?, ?, ?, ?, nullif(?, ''))`,
				source.ID, source.Title, source.Author.Nearest(w.Lang), string(source.Created), source.Nature.Nearest(w.Lang), source.URL)
		}
	}
	return err
}
