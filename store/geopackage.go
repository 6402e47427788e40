package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

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

// shapes gives for each shape the name that the standard has for its geometries, the kinds of well-known binary that it takes,
// and what makes one of several parts of one of the first kind.
func shapes() []struct {
	shape           Shape
	geometry, kinds string
	several         string
} {
	return []struct {
		shape           Shape
		geometry, kinds string
		several         string
	}{
		{Points, "POINT", "x'01'", ""},
		{Multipoints, "MULTIPOINT", "x'04'", ""},
		{Lines, "MULTILINESTRING", "x'02', x'05'", "x'010500000001000000'"},
		{Areas, "MULTIPOLYGON", "x'03', x'06'", "x'010600000001000000'"},
		{Mixed, "GEOMETRYCOLLECTION", "x'07'", ""},
	}
}

// geometryHead stands before the well-known binary of a geometry: little endian, no envelope, EPSG:4326.
const geometryHead = "x'47500001E6100000'"

// WriteGeoPackage fills a file that is empty or not there yet, from one state of the content, whose version it gives. The file is of
// no use after an error.
func (s *Store) WriteGeoPackage(ctx context.Context, path string, g GeoPackage) (version string, err error) {
	pool := openPool(path, url.Values{
		"mode": {"rwc"}, "_journal_mode": {"OFF"}, "_synchronous": {"OFF"}, // a file that fails is thrown away
		"_cache_size": {"-32768"}, // KiB
	})
	pool.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, pool.Close()) }()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return "", fmt.Errorf("store: %s: %w", path, err)
	}
	defer conn.Close()
	content := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(s.path)}).EscapedPath(), RawQuery: "mode=ro"}
	w := geoPackageWriter{ctx, conn, g}
	for _, step := range []func() error{
		func() error { return w.exec("ATTACH ? AS content", content.String()) },
		func() error { return w.exec("BEGIN") },
		func() error {
			return conn.QueryRowContext(ctx, `SELECT value FROM content.meta WHERE key = 'content_version'`).Scan(&version)
		},
		w.prepare,
		w.layers,
		w.sources,
		func() error { return w.exec("COMMIT") },
	} {
		if err := step(); err != nil {
			return "", fmt.Errorf("store: a GeoPackage: %w", err)
		}
	}
	return version, nil
}

// geoPackageWriter writes through a connection to the new file that has the content attached to it.
type geoPackageWriter struct {
	ctx  context.Context //nolint:containedctx // lives as long as the one call of WriteGeoPackage
	conn *sql.Conn
	GeoPackage
}

func (w geoPackageWriter) exec(query string, args ...any) error {
	_, err := w.conn.ExecContext(w.ctx, query, args...)
	return err
}

// prepare makes the standard's tables, and a table of the rights of each pack for the time of the writing.
func (w geoPackageWriter) prepare() error {
	if err := w.exec(geoPackageTables); err != nil {
		return err
	}
	return w.exec(`CREATE TEMP TABLE rights AS
		SELECT id AS pack, (about ->> 'attribution') || '; ' || ? AS attribution, about ->> 'licence' AS licence FROM content.packs;
		CREATE UNIQUE INDEX temp.rights_by_pack ON rights (pack)`, w.Attribution)
}

func (w geoPackageWriter) layers() error {
	for _, l := range w.Layers {
		there, err := w.kindsOf(l)
		if err != nil {
			return err
		}
		for _, s := range shapes() {
			var box *orb.Bound
			for kind := range strings.SplitSeq(s.kinds, ", ") {
				if b, ok := there[kind]; ok && box == nil {
					box = &b
				} else if ok {
					*box = box.Union(b)
				}
			}
			if box == nil {
				continue
			}
			t := geoPackageTable{name: string(l.Query.Collection) + "_" + string(s.shape), layer: l, shape: s.shape, geometry: s.geometry, box: *box}
			geometry := "t.wkb"
			if s.several != "" {
				geometry = "iif(substr(t.wkb, 2, 1) = " + s.kinds[:len("x'00'")] + ", " + s.several + ", x'') || t.wkb"
			}
			if err := w.table(t, "substr(t.wkb, 2, 1) IN ("+s.kinds+")", "CAST("+geometryHead+" || "+geometry+" AS BLOB)"); err != nil {
				return err
			}
		}
		if _, ok := there[""]; ok {
			t := geoPackageTable{name: string(l.Query.Collection) + "_" + string(Untold), layer: l, shape: Untold}
			if err := w.table(t, "t.wkb IS NULL", ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// kindsOf gives the kinds of geometries that a layer has, "" for none, each with the box of its features.
func (w geoPackageWriter) kindsOf(l GeoPackageLayer) (map[string]orb.Bound, error) {
	from, c := l.Query.parts()
	rows, err := w.conn.QueryContext(w.ctx, `SELECT iif(wkb IS NULL, '', 'x''' || hex(substr(wkb, 2, 1)) || ''''), coalesce(min(west), 0),
		coalesce(min(south), 0), coalesce(max(east), 0), coalesce(max(north), 0) FROM (SELECT (SELECT wkb FROM feature_shapes WHERE feature = f.id) AS wkb,
		f.west, f.south, f.east, f.north, ?1`+from+") GROUP BY 1", c.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	kinds := map[string]orb.Bound{}
	for rows.Next() {
		var kind string
		var b orb.Bound
		if err := rows.Scan(&kind, &b.Min[0], &b.Min[1], &b.Max[0], &b.Max[1]); err != nil {
			return nil, err
		}
		kinds[kind] = b
	}
	return kinds, rows.Err()
}

// geoPackageTable is a table of features.
type geoPackageTable struct {
	name  string
	layer GeoPackageLayer
	shape Shape
	// geometry is the standard's name of its kind of geometries, empty where it has none.
	geometry string
	box      orb.Bound
}

// table makes a table and fills it with the features for which a condition holds, whose geometry is an expression.
func (w geoPackageWriter) table(t geoPackageTable, where, geometry string) error {
	columns, values := []string{"fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"}, []string{"t.id"}
	if t.geometry != "" {
		columns, values = append(columns, "geom "+t.geometry), append(values, geometry)
	}
	columns, values = append(columns, "id TEXT NOT NULL"), append(values, "t.fid")
	besides := []any{w.HistoricalBefore}
	for _, c := range t.layer.Columns {
		columns = append(columns, quoted(c.Name)+" "+c.Type)
		switch c.From {
		case FromYear:
			values = append(values, "iif(t.as_of = 0, NULL, t.as_of < ?2)")
		case FromAttribution:
			values = append(values, "(SELECT attribution FROM temp.rights WHERE pack = t.pack)")
		case FromLicence:
			values = append(values, "(SELECT licence FROM temp.rights WHERE pack = t.pack)")
		default:
			property := c.Property
			if property == "" {
				property = c.Name
			}
			besides = append(besides, jsonPath(property))
			values = append(values, fmt.Sprintf("t.shown ->> ?%d", len(besides)+1))
		}
	}
	if err := w.exec("CREATE TABLE " + t.name + " (" + strings.Join(columns, ", ") + ") "); err != nil {
		return err
	}
	from, c := t.layer.Query.parts(besides...)
	// The limit keeps SQLite from working out what is shown once for each column.
	query := "INSERT INTO " + t.name + " SELECT " + strings.Join(values, ", ") + ` FROM (SELECT f.id, f.fid, f.as_of, f.pack,
		(SELECT wkb FROM feature_shapes WHERE feature = f.id) AS wkb, ` + shown + " AS shown" + from + " LIMIT -1) t WHERE " + where
	if err := w.exec(query, c.args...); err != nil {
		return err
	}
	return w.register(t)
}

// quoted is a name for SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// stamp is a time as the standard writes it.
func (w geoPackageWriter) stamp() string { return w.Made.UTC().Format("2006-01-02T15:04:05.000Z") }

// register tells the standard's tables of a table, gives it its index, and how QGIS draws it.
func (w geoPackageWriter) register(t geoPackageTable) error {
	kind, reference := "features", any(4326)
	if t.geometry == "" {
		kind, reference = "attributes", nil
	}
	steps := []struct {
		query string
		args  []any
	}{
		{
			`INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES (?, ?, ?1, ?, ?, ?)`,
			[]any{t.name, kind, t.layer.Description, w.stamp(), reference},
		},
		{
			`INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) VALUES ('dataset', 'http://mrcc.com/qgis.dtd', 'text/xml', ?)`,
			[]any{t.layer.Metadata},
		},
		{
			`INSERT INTO gpkg_metadata_reference (reference_scope, table_name, timestamp, md_file_id) VALUES ('table', ?, ?, last_insert_rowid())`,
			[]any{t.name, w.stamp()},
		},
	}
	if t.geometry != "" {
		index := "rtree_" + t.name + "_geom"
		steps = append(steps, []struct {
			query string
			args  []any
		}{
			{`INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)`, []any{t.name, t.geometry}},
			{"CREATE VIRTUAL TABLE " + index + " USING rtree (id, minx, maxx, miny, maxy)", nil},
			{"INSERT INTO " + index + " SELECT t.fid, f.west, f.east, f.south, f.north FROM " + t.name +
				" t CROSS JOIN features f WHERE f.id = t.fid ORDER BY t.fid", nil},
			{
				`UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?`,
				[]any{t.box.Left(), t.box.Bottom(), t.box.Right(), t.box.Top(), t.name},
			},
			{
				`INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec/#extension_rtree', 'write-only')`,
				[]any{t.name},
			},
			{strings.ReplaceAll(indexTriggers, "{table}", t.name), nil},
			{
				`INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
				useAsDefault, description, owner, update_time) VALUES ('', '', ?, 'geom', ?1, ?, '', 1, '', '', ?)`,
				[]any{t.name, t.layer.Style(t.shape), w.stamp()},
			},
		}...)
	}
	for _, step := range steps {
		if err := w.exec(step.query, step.args...); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return nil
}

// indexTriggers keep the index true when somebody changes the file.
const indexTriggers = `
CREATE TRIGGER rtree_{table}_geom_insert AFTER INSERT ON {table} WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN INSERT OR REPLACE INTO rtree_{table}_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_{table}_geom_update1 AFTER UPDATE OF geom ON {table}
WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN INSERT OR REPLACE INTO rtree_{table}_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_{table}_geom_update2 AFTER UPDATE OF geom ON {table}
WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM rtree_{table}_geom WHERE id = OLD.fid; END;
CREATE TRIGGER rtree_{table}_geom_update3 AFTER UPDATE ON {table}
WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM rtree_{table}_geom WHERE id = OLD.fid;
INSERT OR REPLACE INTO rtree_{table}_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_{table}_geom_update4 AFTER UPDATE ON {table}
WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM rtree_{table}_geom WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER rtree_{table}_geom_delete AFTER DELETE ON {table} WHEN OLD.geom NOT NULL
BEGIN DELETE FROM rtree_{table}_geom WHERE id = OLD.fid; END;`

// sources writes the table of the sources that features are cited from.
func (w geoPackageWriter) sources() error {
	if len(w.Sources) == 0 {
		return nil
	}
	err := w.exec(`INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES ('sources', 'attributes', 'sources', '', ?)`, w.stamp())
	for _, source := range w.Sources {
		if err == nil {
			err = w.exec(`INSERT INTO sources (id, title, author, created, nature, url) VALUES (?, ?, ?, ?, ?, nullif(?, ''))`,
				source.ID, source.Title, w.words(source.Author), source.Created, w.words(source.Nature), source.URL)
		}
	}
	return err
}

// words chooses a text in the file's language, else in English, else in any.
func (w geoPackageWriter) words(t routes.Text) string {
	for _, lang := range []string{w.Lang, "en"} {
		if t[lang] != "" {
			return t[lang]
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(t)) { // the same in every file
		if t[lang] != "" {
			return t[lang]
		}
	}
	return ""
}
