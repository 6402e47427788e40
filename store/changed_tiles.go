package store

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
	"corridor/routes"
)

// mostCompared is up to how many features of a pack are compared with what they were, so that only the tiles that show another
// one are drawn anew: a small correction must not cost as much as all that the database holds.
const mostCompared = 20_000

// changes say what changed in a collection since its tiles were drawn.
type changes struct {
	// alike are hashes of what features that changed have in common with others.
	alike map[uint64]bool
	// marks are these features as they were, and all that are like them as they are.
	marks  []keptMark
	former coarsenesses
}

func (c *changes) touches(alike uint64) bool { return c != nil && c.alike[alike] }

// onTiles is what tiles tell of a feature.
type onTiles struct {
	collection routes.Collection
	mark       mark
	packed     tile.Packed
}

func (s onTiles) equal(o onTiles) bool {
	label := func(m mark) orb.Point {
		if m.label == nil {
			return orb.Point{360, 360}
		}
		return *m.label
	}
	told := func(m mark) [5]string { return [5]string{m.fid, m.title, m.kind, m.from, m.to} }
	return told(s.mark) == told(o.mark) && s.mark.schematic == o.mark.schematic && label(s.mark) == label(o.mark) &&
		s.packed.Box == o.packed.Box && slices.Equal(s.packed.Data, o.packed.Data)
}

// shownOfPack gives what tiles tell of the pack's features, by their ids; nil where these are too many to be compared.
func (w packWriter) shownOfPack() (map[int64]onTiles, error) {
	rows, err := w.tx.QueryContext(w.ctx, `SELECT id, collection FROM features WHERE pack = ? LIMIT ?`, w.pack, mostCompared+1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	of := map[int64]onTiles{}
	bundles := map[int64]bool{}
	for rows.Next() {
		var id int64
		var s onTiles
		if err := rows.Scan(&id, &s.collection); err != nil {
			return nil, err
		}
		of[id], bundles[id>>bundleBits] = s, true
	}
	if err := rows.Err(); err != nil || len(of) > mostCompared {
		return nil, err
	}
	return of, w.readShown(of, slices.Sorted(maps.Keys(bundles)))
}

// readShown reads what bundles tell of features; those that have no geometry are left out.
func (w packWriter) readShown(of map[int64]onTiles, bundles []int64) error {
	texts := names{}
	for _, n := range bundles {
		var data []byte
		err := w.tx.QueryRowContext(w.ctx, `SELECT data FROM feature_bundles WHERE n = ?`, n).Scan(&data)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err == nil {
			err = eachMark(n, data, texts, func(m mark, packed tile.Packed) error {
				if s, ok := of[m.id]; ok {
					of[m.id] = onTiles{s.collection, m, packed}
				}
				return nil
			})
		}
		if err != nil {
			return fmt.Errorf("bundle %d: %w", n, err)
		}
	}
	maps.DeleteFunc(of, func(_ int64, s onTiles) bool { return s.mark.id == 0 })
	return nil
}

// gatherChanged gathers the collections in which something changed since the pack was as it is told here, to draw the tiles that
// show it; all tiles of all collections where nothing is told.
func (w packWriter) gatherChanged(all *gatherings, former map[int64]onTiles) error {
	now, err := w.shownOfPack()
	if err != nil {
		return err
	}
	if former == nil || now == nil {
		return w.gatherAnew(all)
	}
	defer all.end()
	for collection, changed := range changedIn(former, now) {
		g := newGathering(collection)
		g.changes = &changes{alike: map[uint64]bool{}}
		if g.changes.former, err = readCoarsenesses(w.ctx, w.tx, collection); err != nil {
			return err
		}
		for _, s := range changed {
			alike := s.mark.alike()
			k, err := g.keep(s.mark, s.packed, alike)
			if err != nil {
				return err
			}
			g.changes.alike[alike], g.changes.marks = true, append(g.changes.marks, k)
		}
		if err := w.gather(g); err != nil {
			return err
		}
		all.drawn.whole <- g
	}
	return nil
}

// changedIn gives what differs, as it was and as it is.
func changedIn(former, now map[int64]onTiles) map[routes.Collection][]onTiles {
	changed := map[routes.Collection][]onTiles{}
	add := func(s onTiles) { changed[s.collection] = append(changed[s.collection], s) }
	for id, was := range former {
		is, ok := now[id]
		if ok && was.equal(is) {
			continue
		}
		if add(was); ok {
			add(is)
		}
	}
	for id, is := range now {
		if _, ok := former[id]; !ok {
			add(is)
		}
	}
	return changed
}

// changed gives the tiles of the zoom on which something may look otherwise than before: all of which a changed feature, or one
// that has something in common with it, has a part. some is false where these are all.
func (z zoomed) changed(coarse coarseness) (tiles map[tile.Address]bool, some bool, err error) {
	c := z.changes
	if c == nil || len(c.former) <= z.zoom || c.former[z.zoom] != coarse {
		return nil, false, nil
	}
	touched := zoomed{z.gathering, c.marks, nil, z.zoom}
	if touched.where, err = z.endsOf(c.marks); err != nil {
		return nil, false, err
	}
	tiles = map[tile.Address]bool{}
	keys := map[near]bool{}
	var those, all crowd = touched, z // made once, as for [coarseness.exceeds]
	for i := range touched.marks {
		keys[coarse.near(those, i, z.zoom)] = true
		err = cmp.Or(err, touched.addTiles(i, tiles))
	}
	for i := range z.marks {
		if keys[coarse.near(all, i, z.zoom)] {
			err = cmp.Or(err, z.addTiles(i, tiles))
		}
	}
	return tiles, true, err
}

func (z zoomed) addTiles(i int, to map[tile.Address]bool) error {
	tiles, err := z.tiles(i, nil)
	for _, at := range tiles {
		to[at] = true
	}
	return err
}
