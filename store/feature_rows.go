package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mattn/go-sqlite3"

	"corridor/geo/tile"
	"corridor/routes"
)

// errTwice means that a pack has two features of one id.
var errTwice = errors.New("store: the id stands twice")

// featureRow is a feature as it is stored: JSON text and blobs.
type featureRow struct {
	collection, id     string
	asOf               int
	firstDay, lastDay  string // empty where open or unknown
	partOf, language   string
	from, to           string // ids of places in the pack
	box                string // [west,south,east,north] in degrees, empty without geometry
	shape              int64  // in the table of shapes, where geometry and wkb are empty
	geometry, wkb      string
	routes             []string
	languages, objects []string // the properties, a JSON object for each language
	shown              shownFields
}

// rowFrom reads the record of a row, as [recordWriter.feature] writes it.
func rowFrom(fields []string) (featureRow, error) {
	const fixed = 14
	if len(fields) < fixed+shownCount {
		return featureRow{}, errSpool
	}
	shown := fields[len(fields)-shownCount:]
	fields = fields[:len(fields)-shownCount]
	r := featureRow{
		collection: fields[0], id: fields[1], firstDay: fields[3], lastDay: fields[4], partOf: fields[5], language: fields[6],
		box: fields[7], geometry: fields[9], wkb: fields[10], from: fields[11], to: fields[12],
		shown: shownFields{shown[0], shown[1], shown[2], shown[3], shown[4]},
	}
	if fields[8] != "" {
		var err error
		if r.shape, err = strconv.ParseInt(fields[8], 10, 64); err != nil {
			return r, errSpool
		}
	}
	asOf, err := strconv.Atoi(fields[2])
	beside, err2 := strconv.Atoi(fields[fixed-1])
	fields = fields[fixed:]
	if err != nil || err2 != nil || beside < 0 || len(fields) < beside {
		return r, errSpool
	}
	r.asOf, r.routes = asOf, fields[:beside]
	for pair := range slices.Chunk(fields[beside:], 2) {
		if len(pair) < 2 {
			return r, errSpool
		}
		r.languages, r.objects = append(r.languages, pair[0]), append(r.objects, pair[1])
	}
	return r, nil
}

// properties are those in the pack's own language.
func (r featureRow) properties() string {
	if i := slices.Index(r.languages, r.language); i >= 0 {
		return r.objects[i]
	}
	return "{}"
}

// route is its only one, empty where it has none or several.
func (r featureRow) route() string {
	if len(r.routes) == 1 {
		return r.routes[0]
	}
	return ""
}

// boxSides are the sides of the row's box for the database, NULL without geometry. What lies on both sides of the antimeridian is
// there from one end of the world to the other: its numbers are compared.
func (r featureRow) boxSides() (sides [4]any) {
	if r.box == "" {
		return sides
	}
	var box [4]float64
	for i, part := range strings.SplitN(strings.Trim(r.box, "[]"), ",", len(box)) {
		box[i], _ = strconv.ParseFloat(part, 64) // which [appendDegrees] wrote
	}
	if box[0] > box[2] {
		box[0], box[2] = -180, 180
	}
	for i, side := range box {
		sides[i] = side
	}
	return sides
}

// saveFeatures writes a pack's features, removes those that it no longer has and gathers what tiles are drawn from, unless there is
// nothing to gather it in. The indexes that it took are to be put back, and the runs that it touched to be refreshed.
func (w packWriter) saveFeatures(in *Intake, known bool, touched touchedRuns, tiles *gatherings) (indexes takenIndexes, err error) {
	if known {
		if err := w.knownIDs(in); err != nil {
			return nil, err
		}
		if err := w.dropOthers(in.features, touched); err != nil {
			return nil, err
		}
	}
	if err := w.arrange(in.features); err != nil {
		return nil, err
	}
	if !known {
		if indexes, err = w.takeIndexes(len(in.features)); err != nil {
			return nil, err
		}
	}
	return indexes, w.writeFeatures(in, touched, tiles)
}

// writeFeatures writes the rows in the order of ids. Meanwhile the next ones are gathered, and others read from the temporary file.
func (w packWriter) writeFeatures(in *Intake, touched touchedRuns, tiles *gatherings) error {
	bundles := &bundling{n: -1}
	done := 0
	if tiles != nil {
		tiles.expect(in.features)
	}
	rows := ahead(w.ctx, counted(len(in.features), in.readRow))
	for row, err := range ahead(w.ctx, then(rows, func(row *gatheredRow) (*gatheredRow, error) { return row, row.gather(in.pack, tiles, bundles) })) {
		if err := cmp.Or(err, w.stopped()); err != nil {
			return err
		}
		if err := w.keepBundle(row.ended, touched); err != nil {
			return err
		}
		if err := w.saveFeature(in.features[done], row); err != nil {
			return fmt.Errorf("%s %q: %w", row.collection, row.id, err)
		}
		touched.wrote(in.features[done], row.sides)
		if done++; in.Progress != nil {
			in.Progress(done)
		}
	}
	return w.keepBundle(&bundling{bundles.n, bundles.bundler}, touched)
}

// gatheredRow is a row that is gathered for tiles.
type gatheredRow struct {
	featureRow
	key     int64      // its id in the database
	sides   [4]any     // of its box for the database, NULL without geometry
	outline *markShape // nil without geometry
	ended   *bundling  // the bundle that ended before it, nil where none did
}

// readRow reads a row from the temporary file.
func (in *Intake) readRow(i int) (*gatheredRow, error) {
	f := in.features[i]
	fields, err := in.spool.read(f.record)
	if err != nil {
		return nil, err
	}
	row := &gatheredRow{key: f.id}
	if row.featureRow, err = rowFrom(fields); err != nil || row.box == "" {
		return row, err
	}
	row.sides = row.boxSides()
	if row.shape != 0 {
		row.outline, err = in.shapes.mark(in.spool, row.shape)
	} else {
		row.outline = &markShape{wkb: []byte(row.wkb)}
	}
	return row, err
}

// gather puts the row into a bundle, and gathers it for tiles where these are drawn of what is written alone.
func (row *gatheredRow) gather(pack string, tiles *gatherings, bundles *bundling) (err error) {
	collection := routes.Collection(row.collection)
	if tiles != nil {
		defer tiles.gathered(collection)
	}
	if row.outline == nil {
		return nil
	}
	m := row.mark(row.key, pack)
	var packed tile.Packed
	if row.ended, packed, err = bundles.add(m, row.outline); err == nil && tiles != nil {
		err = tiles.add(collection, m, packed)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", collection, row.id, err)
	}
	return nil
}

// knownIDs finds the ids of the features that the pack has already.
func (w packWriter) knownIDs(in *Intake) error {
	for i := range in.features {
		f := &in.features[i]
		fields, err := in.spool.read(f.record)
		if err != nil {
			return err
		}
		err = w.tx.QueryRowContext(w.ctx, `SELECT id FROM features WHERE collection = ? AND fid = ? AND pack = ?`,
			fields[0], fields[1], w.pack).Scan(&f.id)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		f.known = err == nil
	}
	return nil
}

// dropOthers removes the features of the pack that are not among those that are kept.
func (w packWriter) dropOthers(kept []spooled, touched touchedRuns) error {
	ids := make([]int64, 0, len(kept))
	for _, f := range kept {
		if f.known {
			ids = append(ids, f.id)
		}
	}
	slices.Sort(ids)
	rows, err := w.tx.QueryContext(w.ctx, `SELECT id FROM features WHERE pack = ?`, w.pack)
	if err != nil {
		return err
	}
	defer rows.Close()
	var gone []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if _, stays := slices.BinarySearch(ids, id); !stays {
			gone = append(gone, id)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, id := range gone {
		if err := w.exec(`DELETE FROM features WHERE id = ?`, id); err != nil {
			return err
		}
		touched.touch(id)
	}
	return nil
}

// saveFeature writes a feature under its id, over the one that has it where the pack has it already.
func (w packWriter) saveFeature(f spooled, row *gatheredRow) error {
	query := `INSERT INTO features
			(as_of, begins, ends, part_of, route, language, west, south, east, north, bbox, properties, geometry, shape, id, pack, collection, fid)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	if f.known {
		query = `UPDATE features SET as_of = ?, begins = ?, ends = ?, part_of = ?, route = ?, language = ?,
				west = ?, south = ?, east = ?, north = ?, bbox = ?, properties = ?, geometry = ?, shape = ?
			WHERE id = ? AND pack = ? AND collection = ? AND fid = ?`
		for _, child := range []string{"feature_translations", "feature_several_routes"} {
			if err := w.exec("DELETE FROM "+child+" WHERE feature = ?", f.id); err != nil {
				return err
			}
		}
	}
	box := row.sides
	err := w.exec(query, row.asOf, orNull(row.firstDay), orNull(row.lastDay), orNull(row.partOf), orNull(row.route()), row.language,
		box[0], box[1], box[2], box[3], orNull(row.box), row.properties(), orNull(row.geometry), orNull(row.shape), f.id, w.pack, row.collection, row.id)
	if isUnique(err) {
		return cmp.Or(w.free(`SELECT pack FROM features WHERE collection = ? AND fid = ?`, row.collection, row.id), errTwice)
	}
	if err != nil {
		return err
	}
	return w.saveParts(f.id, row)
}

// isUnique says whether an error is that a value stands in a table already.
func isUnique(err error) bool {
	var constraint sqlite3.Error
	return errors.As(err, &constraint) && constraint.ExtendedCode == sqlite3.ErrConstraintUnique
}

// saveParts writes what belongs to a feature.
func (w packWriter) saveParts(id int64, row *gatheredRow) error {
	for i, lang := range row.languages {
		if lang == row.language {
			continue
		}
		err := w.exec(`INSERT INTO feature_translations (feature, language, properties) VALUES (?, ?, ?)`, id, lang, row.objects[i])
		if err != nil {
			return err
		}
	}
	if row.route() != "" {
		return nil
	}
	if len(row.routes) == 0 {
		return nil
	}
	list, err := json.Marshal(row.routes) // hundreds beside a place
	if err != nil {
		return err
	}
	return w.exec(`INSERT OR IGNORE INTO feature_several_routes (feature, route) SELECT ?, value FROM json_each(?)`, id, string(list))
}
