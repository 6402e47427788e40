package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/paulmach/orb"

	"corridor/routes"
)

// Extent is what a collection holds: how many features, and where and of which time they tell.
type Extent struct {
	Count int
	// Bound holds every geometry, in longitude-latitude degrees; nil where there is none.
	Bound *orb.Bound
}

// Extent reads the whole collection; keep what it gives for as long as the version stays.
func (v *View) Extent(ctx context.Context, collection routes.Collection) (Extent, error) {
	var e Extent
	var box [4]sql.NullFloat64
	err := v.tx.QueryRowContext(ctx, `SELECT count(*), min(west), min(south), max(east), max(north)
		FROM features WHERE collection = ?`, string(collection)).Scan(&e.Count, &box[0], &box[1], &box[2], &box[3])
	if err != nil {
		return e, fmt.Errorf("store: extent of %s: %w", collection, err)
	}
	if box[0].Valid {
		e.Bound = &orb.Bound{Min: orb.Point{box[0].Float64, box[1].Float64}, Max: orb.Point{box[2].Float64, box[3].Float64}}
	}
	return e, nil
}

// Count says how many features a query has on all of its pages together.
func (v *View) Count(ctx context.Context, q ItemsQuery) (int, error) {
	q.After, q.Sort = 0, nil
	where, args := q.whereSQL()
	var n int
	err := v.tx.QueryRowContext(ctx, "SELECT count(*)"+fromItems+" WHERE "+where, append([]any{q.Lang}, args...)...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("store: count of %s: %w", q.Collection, err)
	}
	return n, nil
}
