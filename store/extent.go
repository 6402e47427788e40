package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"corridor/routes"
)

// Extent is what a collection holds: how many features, and where and of which time they tell.
type Extent struct {
	Count int
	// Bound holds every geometry, in longitude-latitude degrees; nil where there is none.
	Bound *orb.Bound
	// Box is the smallest that holds every geometry, as [geo.Extent] has it; nil where there is none.
	Box *Box
	// Time is from the first day told of to the last; nil where no feature tells of a time.
	Time *Interval
	// FirstYear and LastYear are those as of which the sources speak; 0 where no feature is a statement of a source.
	FirstYear, LastYear int
}

// Extent reads the whole collection; keep what it gives for as long as the version stays.
func (v *View) Extent(ctx context.Context, collection routes.Collection) (Extent, error) {
	var e Extent
	var box [4]sql.NullFloat64
	var timed, openBegin, openEnd int
	var begins, ends sql.NullString
	err := v.tx.QueryRowContext(ctx, `SELECT count(*), min(west), min(south), max(east), max(north),
			count(coalesce(begins, ends)), count(iif(begins IS NULL, ends, NULL)), count(iif(ends IS NULL, begins, NULL)),
			min(begins), max(ends), coalesce(min(nullif(as_of, 0)), 0), coalesce(max(as_of), 0)
		FROM features WHERE collection = ?`, string(collection)).
		Scan(&e.Count, &box[0], &box[1], &box[2], &box[3], &timed, &openBegin, &openEnd, &begins, &ends,
			&e.FirstYear, &e.LastYear)
	if err != nil {
		return e, fmt.Errorf("store: extent of %s: %w", collection, err)
	}
	if timed > 0 {
		e.Time = &Interval{}
		if openBegin == 0 {
			e.Time.From = day(begins.String)
		}
		if openEnd == 0 {
			e.Time.To = day(ends.String)
		}
	}
	if box[0].Valid {
		e.Bound = &orb.Bound{Min: orb.Point{box[0].Float64, box[1].Float64}, Max: orb.Point{box[2].Float64, box[3].Float64}}
		e.Box, err = v.around(ctx, collection, *e.Bound)
	}
	return e, err
}

// widestGap finds between which longitudes a collection has nothing, apart from what it leaves out over the antimeridian. A feature that
// crosses that has its sides in bbox alone.
const widestGap = `WITH crossing AS (
		SELECT west, east, bbox ->> 0 AS first, bbox ->> 2 AS last, west = -180 AND east = 180 AND bbox ->> 0 > bbox ->> 2 AS crosses
		FROM features WHERE collection = ? AND west IS NOT NULL),
	spans AS (SELECT west, iif(crosses, last, east) AS east FROM crossing UNION ALL SELECT first, 180 FROM crossing WHERE crosses),
	gaps AS (SELECT west, max(east) OVER (ORDER BY west ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM spans)
	SELECT reached, west FROM gaps WHERE reached IS NOT NULL ORDER BY west - reached DESC LIMIT 1`

// around gives the smallest box, which crosses the antimeridian where the widest gap is elsewhere.
func (v *View) around(ctx context.Context, collection routes.Collection, bound orb.Bound) (*Box, error) {
	box := &Box{West: bound.Left(), South: bound.Bottom(), East: bound.Right(), North: bound.Top()}
	if box.East-box.West <= 180 {
		return box, nil
	}
	var begins, ends float64
	err := v.tx.QueryRowContext(ctx, widestGap, string(collection)).Scan(&begins, &ends)
	switch {
	case errors.Is(err, sql.ErrNoRows): // one feature
	case err != nil:
		return nil, fmt.Errorf("store: extent of %s: %w", collection, err)
	case ends-begins > 360-(box.East-box.West):
		box.West, box.East = ends, begins
	}
	return box, nil
}

// day reads a day of the tables, which hold no other.
func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}
	}
	return at
}

// Count says how many features a query has on all of its pages together.
func (v *View) Count(ctx context.Context, q ItemsQuery) (int, error) {
	q.After, q.Sort = 0, nil
	from, c := q.parts()
	var n int
	err := v.tx.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT ?1"+from+")", c.args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("store: count of %s: %w", q.Collection, err)
	}
	return n, nil
}

// CountUpTo counts the features of some collections, but not beyond a limit.
func (v *View) CountUpTo(ctx context.Context, limit int, collections ...routes.Collection) (int, error) {
	total := 0
	for _, c := range collections {
		n, err := collect[int](ctx, v, `SELECT count(*) FROM (SELECT 1 FROM features WHERE collection = ? LIMIT ?)`, string(c), limit)
		if err != nil {
			return 0, err
		}
		total += n[0]
	}
	return min(total, limit), nil
}
