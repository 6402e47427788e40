package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"corridor/routes"
)

// featureRow is a feature with its geometry and properties as they are stored.
type featureRow struct {
	routes.Feature
	geometry string // GeoJSON, empty for none
	texts    []featureText
}

type featureText struct{ language, properties string }

func featureRows(features []routes.Feature) ([]featureRow, error) {
	rows := make([]featureRow, len(features))
	for i, f := range features {
		rows[i].Feature = f
		if f.Geometry != nil {
			raw, err := json.Marshal(geojson.NewGeometry(f.Geometry))
			if err != nil {
				return nil, fmt.Errorf("store: %s %s: %w", f.Collection, f.ID, err)
			}
			rows[i].geometry = string(raw)
		}
		for _, lang := range slices.Sorted(maps.Keys(f.Properties)) {
			raw, err := json.Marshal(f.Properties[lang])
			if err != nil {
				return nil, fmt.Errorf("store: %s %s: %w", f.Collection, f.ID, err)
			}
			rows[i].texts = append(rows[i].texts, featureText{lang, string(raw)})
		}
	}
	return rows, nil
}

// saveFeatures writes a pack's features and removes those it no longer has. A feature that stays keeps its row's id, so
// that paging through a collection while it is imported skips and repeats nothing.
func (w packWriter) saveFeatures(rows []featureRow) error {
	for _, child := range []string{
		`DELETE FROM feature_texts WHERE feature IN (SELECT id FROM features WHERE pack = ?)`,
		`DELETE FROM feature_routes WHERE feature IN (SELECT id FROM features WHERE pack = ?)`,
		`DELETE FROM feature_boxes WHERE id IN (SELECT id FROM features WHERE pack = ?)`,
	} {
		if err := w.exec(child, w.pack); err != nil {
			return err
		}
	}
	kept := make(map[int64]bool, len(rows))
	for _, row := range rows {
		id, err := w.saveFeature(row)
		if err != nil {
			return fmt.Errorf("%s %q: %w", row.Collection, row.ID, err)
		}
		kept[id] = true
	}
	return w.dropOthers(kept)
}

func (w packWriter) saveFeature(row featureRow) (int64, error) {
	err := w.free(`SELECT pack FROM features WHERE collection = ? AND fid = ?`, row.Collection, row.ID)
	if err != nil {
		return 0, err
	}
	box := [4]sql.NullFloat64{}
	if row.Geometry != nil {
		b := row.Geometry.Bound()
		for i, v := range [4]float64{b.Left(), b.Bottom(), b.Right(), b.Top()} {
			box[i] = sql.NullFloat64{Float64: v, Valid: true}
		}
	}
	var id int64
	err = w.tx.QueryRowContext(w.ctx, `INSERT INTO features
			(pack, collection, fid, as_of, part_of, language, geometry, west, south, east, north)
		VALUES (?, ?, ?, ?, nullif(?, ''), ?, nullif(?, ''), ?, ?, ?, ?)
		ON CONFLICT (collection, fid) DO UPDATE SET as_of = excluded.as_of, part_of = excluded.part_of, language = excluded.language,
			geometry = excluded.geometry, west = excluded.west, south = excluded.south, east = excluded.east,
			north = excluded.north
		RETURNING id`,
		w.pack, row.Collection, row.ID, row.AsOf, row.PartOf, row.Default, row.geometry, box[0], box[1], box[2], box[3]).Scan(&id)
	if err != nil {
		return 0, err
	}
	if row.Geometry != nil {
		err := w.exec(`INSERT INTO feature_boxes (id, west, east, south, north) VALUES (?, ?, ?, ?, ?)`,
			id, box[0], box[2], box[1], box[3])
		if err != nil {
			return 0, err
		}
	}
	for _, t := range row.texts {
		err := w.exec(`INSERT INTO feature_texts (feature, language, properties) VALUES (?, ?, ?)`, id, t.language, t.properties)
		if err != nil {
			return 0, err
		}
	}
	for _, route := range row.Routes {
		if err := w.exec(`INSERT OR IGNORE INTO feature_routes (feature, route) VALUES (?, ?)`, id, route); err != nil {
			return 0, err
		}
	}
	return id, nil
}

func (w packWriter) dropOthers(kept map[int64]bool) error {
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
		if !kept[id] {
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
	}
	return nil
}

// ItemsQuery asks for a page of a collection.
type ItemsQuery struct {
	Collection routes.Collection
	// Lang is the BCP 47 tag of the properties; a feature whose pack has no such language comes in the pack's own.
	Lang string
	// Route keeps the features that belong to a route or are shown beside it; empty for all.
	Route string
	// PartOf keeps the parts of one place; empty for all.
	PartOf string
	// Box keeps the features whose bounding box meets it; nil for all. Features without geometry meet no box. A box whose
	// west is greater than its east crosses the antimeridian.
	Box *Box
	// Where keeps the features for which every condition holds.
	Where []Condition
	// Sort is the order; by row where empty.
	Sort []Order
	// After is the row after which the page begins, 0 for the first page, and AfterKeys what [Item.Keys] gives of it, one for
	// each Order. Limit is how many features the page has at most.
	After     int64
	AfterKeys []any
	Limit     int
}

// Box is a bounding box in degrees.
type Box struct{ West, South, East, North float64 }

// Item is a stored feature.
type Item struct {
	ID   int64
	FID  string
	AsOf int
	// Bound is nil where Geometry is empty.
	Bound *orb.Bound
	// Geometry and Properties are JSON.
	Geometry, Properties string
}

// Items gives a page of a collection in a stable order. It asks for one more than the limit to say whether more follow.
func (v *View) Items(ctx context.Context, q ItemsQuery) (items []Item, more bool, err error) {
	query, args := q.sql()
	rows, err := v.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, false, fmt.Errorf("store: items of %s: %w", q.Collection, err)
	}
	defer rows.Close()
	for rows.Next() {
		item, err := scanItem(rows)
		if err != nil {
			return nil, false, fmt.Errorf("store: items of %s: %w", q.Collection, err)
		}
		items = append(items, item)
	}
	if err := rows.Err(); err != nil {
		return nil, false, fmt.Errorf("store: items of %s: %w", q.Collection, err)
	}
	if len(items) > q.Limit {
		return items[:q.Limit], true, nil
	}
	return items, false, nil
}

const (
	selectItem = `SELECT f.id, f.fid, f.as_of, f.geometry, f.west, f.south, f.east, f.north, ` + shown + fromItems
	fromItems  = `
	FROM features f
	JOIN feature_texts own ON own.feature = f.id AND own.language = f.language
	LEFT JOIN feature_texts wanted ON wanted.feature = f.id AND wanted.language = ?`
)

func (q ItemsQuery) sql() (query string, args []any) {
	where, whereArgs := q.whereSQL()
	order, orderArgs := q.orderSQL()
	args = slices.Concat([]any{q.Lang}, whereArgs, orderArgs, []any{q.Limit + 1})
	return selectItem + " WHERE " + where + " ORDER BY " + order + " LIMIT ?", args
}

func (q ItemsQuery) whereSQL() (query string, args []any) {
	after, afterArgs := q.afterSQL()
	where := []string{"f.collection = ?", after}
	args = append([]any{string(q.Collection)}, afterArgs...)
	if q.Route != "" {
		where = append(where, "f.id IN (SELECT feature FROM feature_routes WHERE route = ?)")
		args = append(args, q.Route)
	}
	if q.PartOf != "" {
		where = append(where, "f.part_of = ?")
		args = append(args, q.PartOf)
	}
	if q.Box != nil {
		var boxes []string
		for _, b := range q.Box.split() {
			boxes = append(boxes, `(f.east >= ? AND f.west <= ? AND f.north >= ? AND f.south <= ? AND f.id IN (
				SELECT id FROM feature_boxes WHERE east >= ? AND west <= ? AND north >= ? AND south <= ?))`)
			for range 2 {
				args = append(args, b.West, b.East, b.South, b.North)
			}
		}
		where = append(where, "("+strings.Join(boxes, " OR ")+")")
	}
	for _, c := range q.Where {
		condition, conditionArgs := c.sql()
		where, args = append(where, condition), append(args, conditionArgs...)
	}
	return strings.Join(where, " AND "), args
}

// split cuts a box at the antimeridian.
func (b Box) split() []Box {
	if b.West <= b.East {
		return []Box{b}
	}
	return []Box{{b.West, b.South, 180, b.North}, {-180, b.South, b.East, b.North}}
}

// Item gives one feature. The error is [ErrNotFound] where there is none.
func (v *View) Item(ctx context.Context, collection routes.Collection, fid, lang string) (Item, error) {
	row := v.tx.QueryRowContext(ctx, selectItem+" WHERE f.collection = ? AND f.fid = ?", lang, string(collection), fid)
	item, err := scanItem(row)
	if errors.Is(err, sql.ErrNoRows) {
		return item, fmt.Errorf("%s %q: %w", collection, fid, ErrNotFound)
	}
	if err != nil {
		return item, fmt.Errorf("store: %s %q: %w", collection, fid, err)
	}
	return item, nil
}

func scanItem(row interface{ Scan(into ...any) error }) (Item, error) {
	var item Item
	var geometry sql.NullString
	var box [4]sql.NullFloat64
	err := row.Scan(&item.ID, &item.FID, &item.AsOf, &geometry, &box[0], &box[1], &box[2], &box[3], &item.Properties)
	item.Geometry = geometry.String
	if geometry.Valid {
		item.Bound = &orb.Bound{Min: orb.Point{box[0].Float64, box[1].Float64}, Max: orb.Point{box[2].Float64, box[3].Float64}}
	}
	return item, err
}

// AppendGeoJSON appends the item as a GeoJSON feature. Sources that speak of a year before historicalBefore make it a
// historical account; this is said when it is read, not when it is stored, because it changes with the calendar.
func (i Item) AppendGeoJSON(b []byte, historicalBefore int) []byte {
	b = append(b, `{"type":"Feature","id":`...)
	b = strconv.AppendQuote(b, i.FID) // ids hold no character that JSON and Go quote differently
	if i.Bound == nil {
		b = append(b, `,"geometry":null`...)
	} else {
		b = append(b, `,"bbox":[`...)
		for n, v := range []float64{i.Bound.Left(), i.Bound.Bottom(), i.Bound.Right(), i.Bound.Top()} {
			if n > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendFloat(b, v, 'f', -1, 64)
		}
		b = append(b, `],"geometry":`...)
		b = append(b, i.Geometry...)
	}
	b = append(b, `,"properties":`...)
	if i.AsOf == 0 {
		b = append(b, i.Properties...)
		return append(b, '}')
	}
	b = append(b, strings.TrimSuffix(i.Properties, "}")...)
	b = append(b, `,"historical":`...)
	b = strconv.AppendBool(b, i.AsOf < historicalBefore)
	return append(b, "}}"...)
}
