package store

import (
	"context"
	"fmt"
	"iter"

	"corridor/routes"
)

// Each gives the features of a query one after the other as the database finds them, so that any number takes the memory of one.
// The query's Limit is not looked at. An error ends it.
func (v *View) Each(ctx context.Context, q ItemsQuery) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		fail := func(err error) { yield(Item{}, fmt.Errorf("store: items of %s: %w", q.Collection, err)) }
		from, c := q.parts()
		rows, err := v.tx.QueryContext(ctx, selectItem+from, c.args...)
		if err != nil {
			fail(err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			item, err := scanItem(rows)
			if err != nil {
				fail(err)
				return
			}
			if !yield(item, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			fail(err)
		}
	}
}

// Abouts gives what every pack says of itself.
func (v *View) Abouts(ctx context.Context) ([]routes.About, error) {
	bodies, err := collect[string](ctx, v, `SELECT about FROM packs ORDER BY id`)
	if err != nil {
		return nil, err
	}
	list := make([]routes.About, len(bodies))
	for i, body := range bodies {
		if err := unmarshal(body, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Sources gives the sources of a pack, or of all where none is named.
func (v *View) Sources(ctx context.Context, pack string) ([]routes.Source, error) {
	bodies, err := collect[string](ctx, v, `SELECT body FROM documents WHERE kind = 'source' AND (pack = ?1 OR ?1 = '')
		ORDER BY pack, position`, pack)
	if err != nil {
		return nil, err
	}
	list := make([]routes.Source, len(bodies))
	for i, body := range bodies {
		if err := unmarshal(body, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}
