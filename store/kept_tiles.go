package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/maphash"
	"runtime/debug"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
	"corridor/routes"
)

// tilesForm names how the tiles that imports keep are made. Another one makes every database make its own anew when it is next
// opened.
const tilesForm = "2"

// gatheringGC is how much garbage may gather beside what is live before it is collected, in percent.
const gatheringGC = 20

// gathering is what tiles of the lowest zooms are drawn from: a mark for all features between the same places.
type gathering struct {
	collection routes.Collection
	marks      []mark
	shapes     []tile.Shape
	bounds     []orb.Bound
	// at finds marks by a hash of what they have in common, and names are strings that many marks share: there may be a million.
	at    map[uint64]int32
	seed  maphash.Seed
	names map[string]string
	// chosen is used for one tile after another.
	chosen []mark
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
	rows, err := w.tx.QueryContext(w.ctx, markColumns+`FROM feature_groups g CROSS JOIN feature_shapes s
		WHERE g.collection = ? AND s.feature BETWEEN g.n << ? AND (g.n + 1 << ?) - 1`, string(collection), groupBits, groupBits)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	g := &gathering{collection: collection, at: map[uint64]int32{}, seed: maphash.MakeSeed(), names: map[string]string{}}
	for rows.Next() {
		if err := w.stopped(); err != nil {
			return nil, err
		}
		m, wkb, err := scanMark(rows)
		if err == nil {
			err = g.add(m, wkb)
		}
		if err != nil {
			return nil, err
		}
	}
	return g, rows.Err()
}

func (g *gathering) add(m mark, wkb []byte) error {
	m.count = 1
	key := maphash.Comparable(g.seed, m.alike())
	if i, ok := g.at[key]; ok {
		g.marks[i].count++
		return nil
	}
	shape, err := tile.Read(wkb)
	if err != nil {
		return fmt.Errorf("%s %s: %w", g.collection, m.fid, err)
	}
	g.at[key] = int32(len(g.marks))
	m.from, m.to, m.kind = g.shared(m.from), g.shared(m.to), g.shared(m.kind)
	m.first, m.last = shape.Ends(m.label)
	m.shape = len(g.shapes)
	g.marks = append(g.marks, m)
	g.bounds = append(g.bounds, shape.Bound())
	g.shapes = append(g.shapes, shape.Simplified(keptZoom))
	return nil
}

func (g *gathering) shared(text string) string {
	if known, ok := g.names[text]; ok {
		return known
	}
	g.names[text] = text
	return text
}

func (w packWriter) saveTilesOf(g *gathering) error {
	g.at, g.names = nil, nil
	inOrder(g.marks) // for all tiles
	whole := g.bounds[0]
	for _, b := range g.bounds {
		whole = whole.Union(b)
	}
	for z := range keptZoom + 1 {
		size := 1 << z
		for x := range size {
			for y := range size {
				if err := w.stopped(); err != nil {
					return err
				}
				if !tile.NewFrame(z, x, y).Meets(whole) {
					continue
				}
				data := g.tile(z, x, y)
				if len(data) == 0 {
					continue
				}
				err := w.exec(`INSERT INTO feature_tiles (collection, z, x, y, data) VALUES (?, ?, ?, ?, ?)`, string(g.collection), z, x, y, data)
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// tile draws a tile; nothing where it holds few features, which are drawn one by one when they are asked for.
func (g *gathering) tile(z, x, y int) []byte {
	s := newSheet(tile.NewFrame(z, x, y), z, g.collection)
	s.marks = g.chosen[:0]
	defer func() { clear(g.chosen) }()
	total := 0
	for i := range g.marks {
		m := &g.marks[i]
		bound := g.bounds[m.shape]
		if !s.frame.Meets(bound) {
			continue
		}
		inside := s.frame.Contains(bound) // drawn when it is chosen
		var drawn tile.Drawn
		if !inside {
			if drawn = s.frame.DrawShape(g.shapes[m.shape], m.label); drawn.Empty() {
				continue
			}
		}
		s.marks = append(s.marks, *m)
		s.marks[len(s.marks)-1].drawn = drawn
		total += m.count
	}
	g.chosen = s.marks
	if total <= mostFeatures {
		return nil
	}
	s.thin()
	for i := range s.marks {
		if m := &s.marks[i]; m.drawn.Empty() {
			m.drawn = s.frame.DrawShape(g.shapes[m.shape], m.label)
		}
	}
	return s.written()
}
