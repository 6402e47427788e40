package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"corridor/routes"
)

// ItemsQuery asks for a page of a collection.
type ItemsQuery struct {
	Collection routes.Collection
	// Lang is the BCP 47 tag of the properties; a feature whose pack has no such language comes in the pack's own.
	Lang string
	// Route keeps the features that belong to a route or are shown beside it; empty for all.
	Route string
	// PartOf keeps the parts of one place; empty for all.
	PartOf string
	// Box keeps the features whose geometry meets it, as [geo.Meets] has it; nil for all. Features without geometry meet no
	// box. A box whose west is greater than its east crosses the antimeridian.
	Box *Box
	// Time keeps the features that tell of a day in an interval, and those that tell of no time; nil for all.
	Time *Interval
	// Where keeps the features for which every condition holds.
	Where []Condition
	// Sort is the order; by row where empty.
	Sort []Order
	// After is the row after which the page begins, 0 for the first page, and AfterKeys what [Item.Keys] gives of it, one for
	// each Order. Limit is how many features the page has at most.
	After     int64
	AfterKeys []any
	Limit     int
	// Offset is how many features are passed over before the page begins.
	Offset int
}

// Box is a bounding box in degrees.
type Box struct{ West, South, East, North float64 }

// Interval is from one day to another, both included, in UTC; a side that is the zero time is open.
type Interval struct{ From, To time.Time }

// Item is a stored feature.
type Item struct {
	ID   int64
	FID  string
	AsOf int
	// Pack is the id of the pack that it comes from.
	Pack string
	// Box, Geometry and Properties are JSON. The box is that of the geometry as [geo.Extent] has it; both are empty where there
	// is none.
	Box, Geometry, Properties string
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

// shown are the properties that a reader gets: in the language that is the query's first parameter, or in the pack's own.
const shown = `iif(f.language = ?1, f.properties, coalesce(
	(SELECT properties FROM feature_translations WHERE feature = f.id AND language = +?1), f.properties))`

// selectItem has the language as its first parameter.
const selectItem = `SELECT f.id, f.fid, f.as_of, f.pack, f.bbox, ` + geometryText + `, ` + shown

// limited ends a query. The signs before parameters here and elsewhere mean nothing but that SQLite plans the query without them:
// it would look into a bare one, and plan anew each time that one is given.
const limited = " LIMIT +? OFFSET +?"

func (q ItemsQuery) sql() (query string, args []any) {
	from, c := q.parts()
	return selectItem + from + limited, append(c.args, q.Limit+1, q.Offset)
}

// parts gives where the features come from, in which order, with the arguments: the language, what the columns need
// besides, and what the conditions need.
func (q ItemsQuery) parts(besides ...any) (from string, c conditions) {
	c = conditions{args: append([]any{q.Lang}, besides...)}
	from, order := " FROM features f", "f.id"
	if q.Box == nil {
		c.add("f.collection = +?", string(q.Collection))
	} else {
		from, order = q.throughRuns(&c), "g.n, r.n, f.id"
	}
	q.after(&c)
	if q.Route != "" {
		c.add("f.id IN (SELECT feature FROM feature_routes WHERE route = +?)", q.Route)
	}
	if q.PartOf != "" {
		c.add("f.part_of = +?", q.PartOf)
	}
	if q.Time != nil && !q.Time.To.IsZero() {
		c.add("(f.begins IS NULL OR f.begins <= ?)", q.Time.To.UTC().Format(time.DateOnly))
	}
	if q.Time != nil && !q.Time.From.IsZero() {
		c.add("(f.ends IS NULL OR f.ends >= ?)", q.Time.From.UTC().Format(time.DateOnly))
	}
	for _, condition := range q.Where {
		where, args := condition.sql()
		c.add(where, args...)
	}
	if len(q.Sort) > 0 {
		order = q.order(&c)
	}
	return from + " WHERE " + c.all() + " ORDER BY " + order, c
}

// throughRuns goes through the groups and runs whose boxes meet the query's, in the order of ids, so that a page stops as
// soon as it is full.
func (q ItemsQuery) throughRuns(c *conditions) (from string) {
	first := q.After
	if len(q.Sort) > 0 {
		first = 0 // in another order, what follows may have any id
	}
	c.add("g.collection = +?", string(q.Collection))
	c.add("g.n >= ?", first>>groupBits)
	c.meets("g", *q.Box)
	c.add("r.n BETWEEN g.n << ? AND (g.n + 1 << ?) - 1", groupBits-runBits, groupBits-runBits)
	c.add("r.n >= ?", first>>runBits)
	c.meets("r", *q.Box)
	c.add("f.id BETWEEN r.n << ? AND (r.n + 1 << ?) - 1", runBits, runBits)
	c.reaches(*q.Box)
	return " FROM feature_groups g CROSS JOIN feature_runs r CROSS JOIN features f"
}

// conditions of a query, all of which must hold, with their arguments.
type conditions struct {
	where []string
	args  []any
}

func (c *conditions) add(condition string, args ...any) {
	c.where = append(c.where, condition)
	c.args = append(c.args, args...)
}

// all is what follows WHERE.
func (c *conditions) all() string { return strings.Join(c.where, " AND ") }

// meets wants a table's box to meet another.
func (c *conditions) meets(table string, box Box) {
	c.either(box, strings.ReplaceAll(boxesMeet, "t.", table+"."), func(b Box) []any { return []any{b.West, b.East, b.South, b.North} })
}

const boxesMeet = "t.east >= ? AND t.west <= ? AND t.north >= ? AND t.south <= ?"

// reaches wants the geometry of a feature f to meet a box. It is read only where the boxes of both meet and tell too little. They
// tell enough of a line that is no wider than the box, or no higher: on its way from one side of its own box to the other it is
// inside. Lines in several parts may leap over it.
func (c *conditions) reaches(box Box) {
	const (
		sidesWithin = "(f.west >= ? AND f.east <= ?) + (f.south >= ? AND f.north <= ?)"
		sidesNeeded = `iif(f.geometry BETWEEN '{"type":"LineString",' AND '{"type":"LineString~', 1, 2)`
		exact       = `iif(f.shape IS NULL, meets(f.geometry, ?), coalesce(outline_meets(f.shape, ?),
			read_outline_meets(f.shape, ?, (SELECT geometry FROM shapes WHERE id = f.shape))))`
	)
	c.either(box, strings.ReplaceAll(boxesMeet, "t.", "f.")+" AND ("+sidesWithin+" >= "+sidesNeeded+" OR "+exact+")", func(b Box) []any {
		sides := b.sides()
		return []any{b.West, b.East, b.South, b.North, b.West, b.East, b.South, b.North, sides, sides, sides}
	})
}

// either wants one part of a box, cut at the antimeridian, to fulfil a condition.
func (c *conditions) either(box Box, condition string, args func(Box) []any) {
	var either []string
	for _, b := range box.split() {
		either = append(either, condition)
		c.args = append(c.args, args(b)...)
	}
	c.where = append(c.where, "("+strings.Join(either, " OR ")+")")
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
	row := v.tx.QueryRowContext(unwatched(ctx), selectItem+" FROM features f WHERE f.collection = +? AND f.fid = +?", lang, string(collection), fid)
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
	var box, geometry sql.NullString
	err := row.Scan(&item.ID, &item.FID, &item.AsOf, &item.Pack, &box, &geometry, &item.Properties)
	item.Box, item.Geometry = box.String, geometry.String
	return item, err
}

// AppendGeoJSON appends the item as a GeoJSON feature. Sources that speak of a year before historicalBefore make it a
// historical account; this is said when it is read, not when it is stored, because it changes with the calendar.
func (i Item) AppendGeoJSON(b []byte, historicalBefore int) []byte {
	b = append(b, `{"type":"Feature","id":`...)
	b = strconv.AppendQuote(b, i.FID) // ids hold no character that JSON and Go quote differently
	if i.Geometry == "" {
		b = append(b, `,"geometry":null`...)
	} else {
		b = append(append(append(b, `,"bbox":`...), i.Box...), `,"geometry":`...)
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
