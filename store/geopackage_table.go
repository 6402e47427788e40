package store

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
)

// geoPackageTable is a table of features that is being filled.
type geoPackageTable struct {
	name  string
	layer GeoPackageLayer
	shape Shape
	// geometry is the standard's name of its kind of geometries, empty where it has none.
	geometry string
	rows     *rowInserter
	values   []driver.Value // of the row that is added
	// box and index are of a table with geometries.
	box   orb.Bound
	index *boxIndex
}

// table makes a table for the features of a layer whose geometries are of a shape.
func (w *geoPackageWriter) table(l GeoPackageLayer, s Shape) (*geoPackageTable, error) {
	t := &geoPackageTable{name: string(l.Query.Collection) + "_" + string(s), layer: l, shape: s}
	w.tables = append(w.tables, t)
	columns := []string{"fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"}
	for _, g := range geometries() {
		if g.shape == s && t.geometry == "" {
			t.geometry = g.name
			columns = append(columns, "geom "+g.name)
		}
	}
	columns = append(columns, "id TEXT NOT NULL")
	for _, c := range l.Columns {
		columns = append(columns, quoted(c.Name)+" "+c.Type)
	}
	err := w.exec("CREATE TABLE " + t.name + " (" + strings.Join(columns, ", ") + ") ")
	if err == nil {
		t.rows, err = newRowInserter(w.rows, t.name, len(columns))
	}
	if err == nil && t.geometry != "" {
		err = w.newIndex(t)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.name, err)
	}
	return t, nil
}

// newIndex makes a table's index, whose own tables are filled beside the table.
func (w *geoPackageWriter) newIndex(t *geoPackageTable) error {
	name := "rtree_" + t.name + "_geom"
	if err := w.exec("CREATE VIRTUAL TABLE " + name + " USING rtree (id, minx, maxx, miny, maxy)"); err != nil {
		return err
	}
	t.box = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	t.index = &boxIndex{last: rootNode}
	if err := w.conn.QueryRowContext(w.ctx, "DELETE FROM "+name+"_node RETURNING length(data)").Scan(&t.index.size); err != nil {
		return err
	}
	for inserter, into := range map[**rowInserter]string{
		&t.index.node: "_node (nodeno, data)", &t.index.row: "_rowid (rowid, nodeno)", &t.index.parent: "_parent (nodeno, parentnode)",
	} {
		var err error
		if *inserter, err = newRowInserter(w.rows, name+into, 2); err != nil {
			return err
		}
	}
	return nil
}

// add adds a row. Those with greater keys come later.
func (t *geoPackageTable) add(row geoPackageRow) error {
	t.values = append(append(t.values[:0], row.id), row.values...)
	if err := t.rows.add(t.values...); err != nil || t.index == nil {
		return err
	}
	t.box = t.box.Union(row.box)
	return t.index.add(row.id, row.box)
}

// finish writes what is left of a table, and tells others of it.
func (w *geoPackageWriter) finish(t *geoPackageTable) error {
	if err := t.rows.flush(); err != nil {
		return err
	}
	if t.index != nil {
		if err := t.index.finish(); err != nil {
			return err
		}
	}
	return w.register(t)
}

func (t *geoPackageTable) close() (err error) {
	list := []*rowInserter{t.rows}
	if t.index != nil {
		list = append(list, t.index.node, t.index.row, t.index.parent)
	}
	for _, i := range list {
		if i != nil {
			err = errors.Join(err, i.close())
		}
	}
	return err
}

// quoted is a name for SQL.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// stamp is a time as the standard writes it.
func (w *geoPackageWriter) stamp() string { return w.Made.UTC().Format("2006-01-02T15:04:05.000Z") }

// extent is where the table's features are, NULL where there are none, and the table's name.
func (t *geoPackageTable) extent() []any {
	if t.box.IsEmpty() {
		return []any{nil, nil, nil, nil, t.name}
	}
	return []any{t.box.Left(), t.box.Bottom(), t.box.Right(), t.box.Top(), t.name}
}

// register tells the standard's tables of a table, and how QGIS draws it.
func (w *geoPackageWriter) register(t *geoPackageTable) error {
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
		steps = append(steps, []struct {
			query string
			args  []any
		}{
			{`INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)`, []any{t.name, t.geometry}},
			{`UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?`, t.extent()},
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
			return err
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
