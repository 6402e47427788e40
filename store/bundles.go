package store

import (
	"context"
	"database/sql"
	"fmt"

	"corridor/geo/tile"
)

// bundlesForm names the form of bundles, [MaxTileZoom] among it. Another one makes every database make its own anew when it is next
// opened.
const bundlesForm = "1"

// refreshBundles makes all bundles anew where they are of another form.
func (s *Store) refreshBundles(ctx context.Context) error {
	return s.refresh(ctx, "bundles_form", bundlesForm, func(ctx context.Context, tx *sql.Tx) error {
		w := packWriter{context.WithoutCancel(ctx), ctx.Err, tx, "", nil}
		if err := w.exec(`DELETE FROM feature_bundles`); err != nil {
			return err
		}
		return w.saveBundles(0, 1<<62)
	})
}

// refreshRun makes the bundles of a run anew.
func (w packWriter) refreshRun(run int64) error {
	const bits = runBits - bundleBits
	if err := w.exec(`DELETE FROM feature_bundles WHERE n BETWEEN ?1 << ?2 AND (?1 + 1 << ?2) - 1`, run, bits); err != nil {
		return err
	}
	return w.saveBundles(run<<runBits, (run+1)<<runBits-1)
}

// saveBundles makes the bundles of features from one id to another.
func (w packWriter) saveBundles(first, last int64) error {
	rows, err := w.tx.QueryContext(w.ctx, markColumns+` FROM feature_marks m WHERE m.feature BETWEEN ? AND ? ORDER BY m.feature`, first, last)
	if err != nil {
		return err
	}
	defer rows.Close()
	n, b := int64(-1), bundler{}
	for rows.Next() {
		m, shape, err := scanMark(rows)
		if err != nil {
			return err
		}
		if m.id>>bundleBits != n {
			if err := w.saveBundle(n, b); err != nil {
				return err
			}
			n, b = m.id>>bundleBits, bundler{}
		}
		if _, err := b.add(m, shape); err != nil {
			return fmt.Errorf("%s: %w", m.fid, err)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return w.saveBundle(n, b)
}

// bundling is a bundle that is put together of features that come in the order of ids.
type bundling struct {
	n       int64
	bundler bundler
}

// add adds a feature. It gives the bundle that ended before it, and the feature's shape as bundles have it.
func (b *bundling) add(m mark, shape *markShape) (finished *bundling, packed tile.Packed, err error) {
	if n := m.id >> bundleBits; n != b.n {
		finished = &bundling{b.n, b.bundler}
		*b = bundling{n: n}
	}
	packed, err = b.bundler.add(m, shape)
	return finished, packed, err
}

// keepBundle writes a bundle where all the features of its run are new. The others are made of what the database has.
func (w packWriter) keepBundle(b *bundling, touched touchedRuns) error {
	if b == nil || touched[b.n>>(runBits-bundleBits)] == nil {
		return nil
	}
	return w.saveBundle(b.n, b.bundler)
}

func (w packWriter) saveBundle(n int64, b bundler) error {
	if err := w.stopped(); err != nil || len(b.records) == 0 {
		return err
	}
	return w.exec(`INSERT INTO feature_bundles (n, west, north, east, south, data) VALUES (?, ?, ?, ?, ?, ?)`,
		n, int64(b.box.West), int64(b.box.North), int64(b.box.East), int64(b.box.South), b.bytes())
}
