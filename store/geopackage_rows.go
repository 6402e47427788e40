package store

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"iter"
	"strconv"
	"unsafe"

	"github.com/buger/jsonparser"
	"github.com/paulmach/orb"
)

// geoPackageRow is a feature as a row of a table of a GeoPackage.
type geoPackageRow struct {
	id    int64
	shape Shape
	// box is in degrees; it has no meaning where the shape is Untold.
	box orb.Bound
	// values are those of the table's columns after the key: the geometry, unless the shape is Untold, the feature's id, and those
	// of the layer's columns.
	values []driver.Value
}

// geometryKind is a kind of well-known binary.
type geometryKind struct {
	shape Shape
	// name is the standard's for the geometries of the layer.
	name string
	// several is what stands before a geometry of one part to make it one of several parts, empty where it stays as it is.
	several []byte
}

// geometries are the kinds by their numbers in well-known binary, from 1.
func geometries() []geometryKind {
	const lines, areas = "MULTILINESTRING", "MULTIPOLYGON"
	return []geometryKind{
		{Points, "POINT", nil},
		{Lines, lines, severalOf(5)},
		{Areas, areas, severalOf(6)},
		{Multipoints, "MULTIPOINT", nil},
		{Lines, lines, nil},
		{Areas, areas, nil},
		{Mixed, "GEOMETRYCOLLECTION", nil},
	}
}

// severalOf begins a geometry of one part: little endian, its kind, how many parts.
func severalOf(kind uint32) []byte {
	return binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32([]byte{1}, kind), 1)
}

// geometryHead stands before the well-known binary of a geometry: little endian, no envelope, EPSG:4326.
var geometryHead = []byte{'G', 'P', 0, 1, 0xe6, 0x10, 0, 0}

// right is what a pack says of its rights, NULL where it says nothing.
type right struct{ attribution, licence driver.Value }

// geoPackageReader makes rows of the features of a layer.
type geoPackageReader struct {
	GeoPackageLayer
	rights           map[string]right // by pack
	historicalBefore int
	kinds            []geometryKind
	// properties are the columns, from 0, that have the values of a property.
	properties map[string][]int
	last       lastShape
}

// lastShape is the shape that was made last: neighbours often have the same.
type lastShape struct {
	id       int64
	geometry []byte
	of       Shape
}

func (w *geoPackageWriter) reader(v *View, l GeoPackageLayer) (*geoPackageReader, error) {
	abouts, err := v.Abouts(w.ctx)
	if err != nil {
		return nil, err
	}
	l.Query.Sort = nil // a table has no order but that of its key
	r := &geoPackageReader{
		GeoPackageLayer: l, rights: make(map[string]right, len(abouts)), historicalBefore: w.HistoricalBefore, kinds: geometries(), properties: map[string][]int{},
	}
	for _, about := range abouts {
		r.rights[about.ID] = right{about.Attribution + "; " + w.Attribution, about.Licence}
	}
	for i, c := range l.Columns {
		if c.From != FromProperties {
			continue
		}
		name := c.Property
		if name == "" {
			name = c.Name
		}
		r.properties[name] = append(r.properties[name], i)
	}
	return r, nil
}

// A batch has so many rows, or fewer where they are large: then it ends after so many bytes.
const (
	batchRows  = 64
	batchBytes = 256 << 10
)

// storedRow is a feature as it is stored.
type storedRow struct {
	id, asOf   int64
	fid, pack  string
	box        [4]sql.NullFloat64
	geometry   sql.NullString
	shape      sql.NullInt64 // that it shares
	properties string
}

// read gives what is stored in batches, in the order of the keys.
func (r *geoPackageReader) read(ctx context.Context, v *View) iter.Seq2[[]storedRow, error] {
	return func(yield func([]storedRow, error) bool) {
		from, c := r.Query.parts()
		rows, err := v.tx.QueryContext(ctx, `SELECT f.id, f.fid, f.as_of, f.pack, f.west, f.south, f.east, f.north,
			`+geometryText+`, f.shape, `+shown+from, c.args...)
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		var batch []storedRow
		size := 0
		for rows.Next() {
			var row storedRow
			box := &row.box
			err := rows.Scan(&row.id, &row.fid, &row.asOf, &row.pack, &box[0], &box[1], &box[2], &box[3], &row.geometry, &row.shape, &row.properties)
			if err != nil {
				yield(nil, err)
				return
			}
			batch = append(batch, row)
			if size += len(row.geometry.String) + len(row.properties); len(batch) == batchRows || size > batchBytes {
				if !yield(batch, nil) {
					return
				}
				batch, size = make([]storedRow, 0, batchRows), 0
			}
		}
		if err := rows.Err(); err != nil || len(batch) > 0 {
			yield(batch, err)
		}
	}
}

// rows makes rows of a batch.
func (r *geoPackageReader) rows(batch []storedRow) ([]geoPackageRow, error) {
	rows := make([]geoPackageRow, 0, len(batch))
	for i := range batch {
		row, err := r.row(&batch[i])
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// row makes a row of what is stored.
func (r *geoPackageReader) row(stored *storedRow) (row geoPackageRow, err error) {
	row = geoPackageRow{id: stored.id, shape: Untold, values: make([]driver.Value, 0, 2+len(r.Columns))}
	if stored.geometry.Valid {
		geometry, kind, err := r.known(stored.geometry.String, stored.shape.Int64)
		if err != nil {
			return row, fmt.Errorf("%s %s: %w", r.Query.Collection, stored.fid, err)
		}
		box := stored.box
		row.shape, row.values = kind, append(row.values, geometry)
		row.box = orb.Bound{Min: orb.Point{box[0].Float64, box[1].Float64}, Max: orb.Point{box[2].Float64, box[3].Float64}}
	}
	row.values = append(row.values, stored.fid)
	columns := row.values[len(row.values):cap(row.values)][:len(r.Columns)]
	row.values = row.values[:len(row.values)+len(columns)]
	if err := r.fill(columns, stored.properties); err != nil {
		return row, fmt.Errorf("properties of %s %s: %w", r.Query.Collection, stored.fid, err)
	}
	for i, c := range r.Columns {
		switch {
		case c.From == FromYear && stored.asOf != 0:
			columns[i] = stored.asOf < int64(r.historicalBefore)
		case c.From == FromAttribution:
			columns[i] = r.rights[stored.pack].attribution
		case c.From == FromLicence:
			columns[i] = r.rights[stored.pack].licence
		}
	}
	return row, nil
}

// known is geometry, which is made once of a shape that many features have.
func (r *geoPackageReader) known(text string, shared int64) (geometry []byte, of Shape, err error) {
	if last := r.last; shared != 0 && last.id == shared {
		return last.geometry, last.of, nil
	}
	geometry, of, err = r.geometry(text)
	if shared != 0 && err == nil {
		r.last = lastShape{shared, geometry, of}
	}
	return geometry, of, err
}

// geometry makes the standard's binary of the text of a geometry.
func (r *geoPackageReader) geometry(text string) (geometry []byte, of Shape, err error) {
	shape, err := wkbOf(text)
	if err != nil {
		return nil, "", err
	}
	kind := r.kinds[shape[1]-1] // after the order of bytes
	geometry = make([]byte, 0, len(geometryHead)+len(kind.several)+len(shape))
	return append(append(append(geometry, geometryHead...), kind.several...), shape...), kind.shape, nil
}

// fill sets the columns that have values of properties, which are a flat JSON object. Texts are parts of it.
func (r *geoPackageReader) fill(columns []driver.Value, properties string) error {
	return jsonparser.ObjectEach(unsafe.Slice(unsafe.StringData(properties), len(properties)), func(key, raw []byte, kind jsonparser.ValueType, _ int) error {
		of, ok := r.properties[string(key)]
		if !ok {
			return nil
		}
		value, err := valueOfJSON(raw, kind)
		for _, i := range of {
			columns[i] = value
		}
		return err
	})
}

// valueOfJSON is a value of JSON as SQLite's ->> gives it. A text may be a part of what is given, which must not change.
func valueOfJSON(raw []byte, kind jsonparser.ValueType) (driver.Value, error) {
	switch kind {
	case jsonparser.Null:
		return nil, nil
	case jsonparser.Boolean:
		return raw[0] == 't', nil
	case jsonparser.String:
		if bytes.IndexByte(raw, '\\') >= 0 {
			return jsonparser.ParseString(raw)
		}
	}
	text := unsafe.String(unsafe.SliceData(raw), len(raw))
	if kind != jsonparser.Number {
		return text, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	return strconv.ParseFloat(text, 64)
}
