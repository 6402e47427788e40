package store

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/mattn/go-sqlite3"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

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
	geometry, wkb      string
	routes             []string
	languages, objects []string // the properties, a JSON object for each language
}

func rowOf(f routes.Feature) (featureRow, error) {
	row := featureRow{
		collection: string(f.Collection), id: f.ID, asOf: f.AsOf, partOf: f.PartOf, language: f.Default, routes: f.Routes,
		from: f.From, to: f.To,
	}
	row.firstDay, row.lastDay = f.Time.Days()
	if f.Geometry != nil {
		if err := row.shape(f.Geometry); err != nil {
			return row, fmt.Errorf("store: %s %s: %w", f.Collection, f.ID, err)
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(f.Properties)) {
		raw, err := json.Marshal(f.Properties[lang])
		if err != nil {
			return row, fmt.Errorf("store: %s %s: %w", f.Collection, f.ID, err)
		}
		row.languages, row.objects = append(row.languages, lang), append(row.objects, string(raw))
	}
	return row, nil
}

func (r *featureRow) shape(g orb.Geometry) error {
	text, err := appendGeometry(nil, g)
	if err != nil {
		return err
	}
	binary, err := wkb.Marshal(g)
	if err != nil {
		return err
	}
	b := g.Bound()
	sides := make([]string, 0, 4)
	for _, v := range []float64{b.Left(), b.Bottom(), b.Right(), b.Top()} {
		sides = append(sides, strconv.FormatFloat(v, 'f', -1, 64))
	}
	r.geometry, r.wkb, r.box = string(text), string(binary), "["+strings.Join(sides, ",")+"]"
	return nil
}

// fields is the row as a record of the spool.
func (r featureRow) fields() []string {
	fields := []string{
		r.collection, r.id, strconv.Itoa(r.asOf), r.firstDay, r.lastDay, r.partOf, r.language, r.box, r.geometry, r.wkb, r.from, r.to,
		strconv.Itoa(len(r.routes)),
	}
	fields = append(fields, r.routes...)
	for i := range r.languages {
		fields = append(fields, r.languages[i], r.objects[i])
	}
	return fields
}

func rowFrom(fields []string) (featureRow, error) {
	const fixed = 13
	if len(fields) < fixed {
		return featureRow{}, errSpool
	}
	r := featureRow{
		collection: fields[0], id: fields[1], firstDay: fields[3], lastDay: fields[4], partOf: fields[5], language: fields[6],
		box: fields[7], geometry: fields[8], wkb: fields[9], from: fields[10], to: fields[11],
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

// sides of the row's box for the database, NULL without geometry.
func (r featureRow) sides() (sides [4]any) {
	for i, part := range strings.SplitN(strings.Trim(r.box, "[]"), ",", len(sides)) {
		if v, err := strconv.ParseFloat(part, 64); err == nil {
			sides[i] = v
		}
	}
	return sides
}

// saveFeatures writes a pack's features and removes those that it no longer has.
func (w packWriter) saveFeatures(in *Intake, known bool) error {
	touched := map[int64]bool{}
	if known {
		if err := w.knownIDs(in); err != nil {
			return err
		}
		if err := w.dropOthers(in.features, touched); err != nil {
			return err
		}
	}
	if err := w.arrange(in.features); err != nil {
		return err
	}
	var indexes takenIndexes
	if !known {
		var err error
		if indexes, err = w.takeIndexes(len(in.features)); err != nil {
			return err
		}
	}
	if err := w.writeFeatures(in, touched); err != nil {
		return err
	}
	if err := indexes.putBack(w); err != nil {
		return err
	}
	return w.refreshRuns(touched)
}

// writeFeatures writes the rows in the order of ids. The next ones are read from the temporary file meanwhile.
func (w packWriter) writeFeatures(in *Intake, touched map[int64]bool) error {
	ahead, stop := in.ahead()
	defer stop()
	for i, f := range in.features {
		if err := w.stopped(); err != nil {
			return err
		}
		if in.Progress != nil {
			in.Progress(i)
		}
		row := <-ahead
		if row.err != nil {
			return row.err
		}
		if err := w.saveFeature(f, row.featureRow); err != nil {
			return fmt.Errorf("%s %q: %w", row.collection, row.id, err)
		}
		touched[f.id>>runBits] = true
	}
	return nil
}

// readRow is a row that was read ahead, or why it was not.
type readRow struct {
	featureRow
	err error
}

// ahead reads the rows in their order, some ahead of the reader, until stop is called.
func (in *Intake) ahead() (rows <-chan readRow, stop func()) {
	const most = 256
	out, ended := make(chan readRow, most), make(chan struct{})
	go func() {
		for _, f := range in.features {
			var row readRow
			fields, err := in.spool.read(f.record)
			if err == nil {
				row.featureRow, err = rowFrom(fields)
			}
			row.err = err
			select {
			case out <- row:
			case <-ended:
				return
			}
		}
	}()
	return out, sync.OnceFunc(func() { close(ended) })
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
func (w packWriter) dropOthers(kept []spooled, touched map[int64]bool) error {
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
		touched[id>>runBits] = true
	}
	return nil
}

// saveFeature writes a feature under its id, over the one that has it where the pack has it already.
func (w packWriter) saveFeature(f spooled, row featureRow) error {
	query := `INSERT INTO features
			(as_of, begins, ends, part_of, route, language, west, south, east, north, bbox, properties, geometry, id, pack, collection, fid)
		VALUES (?, nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?, ?, ?, ?, nullif(?, ''), ?, nullif(?, ''), ?, ?, ?, ?)`
	if f.known {
		query = `UPDATE features SET as_of = ?, begins = nullif(?, ''), ends = nullif(?, ''), part_of = nullif(?, ''), route = nullif(?, ''), language = ?,
				west = ?, south = ?, east = ?, north = ?, bbox = nullif(?, ''), properties = ?, geometry = nullif(?, '')
			WHERE id = ? AND pack = ? AND collection = ? AND fid = ?`
		for _, child := range []string{"feature_translations", "feature_several_routes", "feature_shapes"} {
			if err := w.exec("DELETE FROM "+child+" WHERE feature = ?", f.id); err != nil {
				return err
			}
		}
	}
	box := row.sides()
	err := w.exec(query, row.asOf, row.firstDay, row.lastDay, row.partOf, row.route(), row.language,
		box[0], box[1], box[2], box[3], row.box, row.properties(), row.geometry, f.id, w.pack, row.collection, row.id)
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
func (w packWriter) saveParts(id int64, row featureRow) error {
	if row.wkb != "" {
		if err := w.saveShape(id, row); err != nil {
			return err
		}
	}
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
	for _, route := range row.routes {
		if err := w.exec(`INSERT OR IGNORE INTO feature_several_routes (feature, route) VALUES (?, ?)`, id, route); err != nil {
			return err
		}
	}
	return nil
}

// saveShape writes what tiles are drawn from.
func (w packWriter) saveShape(id int64, row featureRow) error {
	qualified := func(place string) string {
		if place == "" {
			return ""
		}
		return w.pack + "." + place
	}
	return w.exec(`INSERT INTO feature_shapes (feature, fid, title, kind, from_place, to_place, schematic, label_lon, label_lat, wkb)
		SELECT ?, ?, coalesce(p ->> 'title', ''), coalesce(p ->> 'evidence', p ->> 'kind', p ->> 'precision', ''), ?, ?,
			coalesce(p ->> 'schematic', 0), p ->> 'label_lon', p ->> 'label_lat', ? FROM (SELECT ? AS p)`,
		id, row.id, qualified(row.from), qualified(row.to), []byte(row.wkb), row.properties())
}
