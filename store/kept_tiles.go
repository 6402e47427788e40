package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"

	"corridor/geo/tile"
	"corridor/routes"
)

// tilesForm names how the tiles that imports keep are made. Another one makes every database make its own anew when it is next
// opened.
const tilesForm = "3"

// gatheringGC is how much garbage may gather beside what is live before it is collected, in percent.
const gatheringGC = 20

// gathering is what tiles of the lowest zooms are drawn from: a mark for all features between the same places.
type gathering struct {
	collection routes.Collection
	marks      marks
	// at finds marks by a hash of what they have in common, and names are strings that many marks share: there may be a million.
	at    map[uint64]int32
	names names
	// chosen is used for one tile after another.
	chosen []*mark
}

// refreshTiles makes the kept tiles anew where they are of another form.
func (s *Store) refreshTiles(ctx context.Context) error {
	var form string
	err := s.writer.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = 'tiles_form'`).Scan(&form)
	if err != nil && !errors.Is(err, sql.ErrNoRows) || form == tilesForm {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit this does nothing
	if err := (packWriter{context.WithoutCancel(ctx), ctx.Err, tx, ""}).saveTiles(); err != nil {
		return fmt.Errorf("tiles: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO meta (key, value) VALUES ('tiles_form', ?)`, tilesForm); err != nil {
		return err
	}
	return tx.Commit()
}

// saveTiles makes the tiles of the lowest zooms that hold too many features to be drawn when they are asked for.
func (w packWriter) saveTiles() error {
	// Half of a million features can be live at once; with the usual share of garbage beside them that would be a gigabyte.
	defer debug.SetGCPercent(debug.SetGCPercent(gatheringGC))
	if err := w.exec(`DELETE FROM feature_tiles`); err != nil {
		return err
	}
	for _, collection := range routes.Collections() {
		var count int
		err := w.tx.QueryRowContext(w.ctx, `SELECT count(*) FROM (SELECT 1 FROM features WHERE collection = ? LIMIT ?)`, string(collection), mostFeatures+1).Scan(&count)
		if err != nil {
			return err
		}
		if count <= mostFeatures {
			continue
		}
		g, err := w.gather(collection)
		if err != nil {
			return err
		}
		if err := w.saveTilesOf(g); err != nil {
			return err
		}
	}
	return nil
}

// gather reads a collection.
func (w packWriter) gather(collection routes.Collection) (*gathering, error) {
	rows, err := w.tx.QueryContext(w.ctx, `SELECT b.n, b.data FROM feature_groups g CROSS JOIN feature_bundles b
		WHERE g.collection = ? AND b.n BETWEEN g.n << ? AND (g.n + 1 << ?) - 1`, string(collection), groupBits-bundleBits, groupBits-bundleBits)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	g := &gathering{collection: collection, at: map[uint64]int32{}, names: names{}}
	for rows.Next() {
		if err := w.stopped(); err != nil {
			return nil, err
		}
		var n int64
		var data sql.RawBytes
		if err := rows.Scan(&n, &data); err != nil {
			return nil, err
		}
		b, err := readBundle(n, data)
		if err == nil {
			err = g.addAll(&b)
		}
		if err != nil {
			return nil, fmt.Errorf("bundle %d: %w", n, err)
		}
	}
	return g, rows.Err()
}

func (g *gathering) addAll(b *bundle) error {
	for i := range b.len() {
		m, err := b.mark(i, g.names)
		if err != nil {
			return err
		}
		key := m.alike()
		if at, ok := g.at[key]; ok {
			g.marks.list[at].count++
			continue
		}
		packed, label, err := b.shape(i)
		if err != nil {
			return err
		}
		shape, err := packed.Shape()
		if err != nil {
			return err
		}
		if m.fid, err = b.fid(i); err != nil {
			return err
		}
		g.at[key] = int32(len(g.marks.list))
		m.label, m.packed = label, shape.Pack(keptZoom)
		g.marks.add(m)
	}
	return nil
}

func (w packWriter) saveTilesOf(g *gathering) error {
	g.at, g.names = nil, nil
	inOrder(g.marks.list) // for all tiles
	whole := g.marks.list[0].packed.Box
	for _, m := range g.marks.list {
		whole = whole.Union(m.packed.Box)
	}
	for z := range keptZoom + 1 {
		size := 1 << z
		for x := range size {
			for y := range size {
				if err := w.stopped(); err != nil {
					return err
				}
				if !tile.NewFrame(z, x, y).Grid().Meets(whole) {
					continue
				}
				data, err := g.tile(z, x, y)
				if err != nil {
					return err
				}
				if len(data) == 0 {
					continue
				}
				err = w.exec(`INSERT INTO feature_tiles (collection, z, x, y, data) VALUES (?, ?, ?, ?, ?)`, string(g.collection), z, x, y, data)
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// tile draws a tile; nothing where it holds few features, which are drawn one by one when they are asked for.
func (g *gathering) tile(z, x, y int) ([]byte, error) {
	s := newSheet(tile.NewFrame(z, x, y), z, g.collection)
	s.marks.list = g.chosen[:0]
	defer func() { clear(g.chosen) }()
	total, grid := 0, s.frame.Grid()
	for _, m := range g.marks.list {
		if !grid.Meets(m.packed.Box) {
			continue
		}
		if !s.frame.Contains(m.packed.Box) { // what lies inside is drawn surely
			meets, err := s.frame.Meets(m.packed, m.label)
			if err != nil {
				return nil, err
			}
			if !meets {
				continue
			}
		}
		s.marks.list = append(s.marks.list, m)
		total += m.count
	}
	g.chosen = s.marks.list
	if total <= mostFeatures {
		return nil, nil
	}
	if err := s.thin(); err != nil {
		return nil, err
	}
	if err := s.draw(); err != nil {
		return nil, err
	}
	return s.written(), nil
}
