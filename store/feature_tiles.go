package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
	"corridor/routes"
)

const (
	// MaxTileZoom is the highest zoom of tiles of the data.
	MaxTileZoom = 12
	// keptZoom is the highest zoom whose tiles each import makes of a collection of many features: to draw them takes the whole of
	// it, or much of it. To it one mark stands for all between the same places.
	keptZoom = 6
)

// FeatureTile draws a Mapbox vector tile of a collection, rows counted from the north: a layer of the collection's name.
// It holds the features that meet it, or some that stand for others like them or near by; the property count says for how many.
// What stands for others is the same on all tiles of a zoom that show it: over these each feature is counted once, where a mark
// that several of them show, by its id, is taken once. Features without geometry are on no tile. There are no bytes where nothing is.
func (v *View) FeatureTile(ctx context.Context, collection routes.Collection, z, x, y int) ([]byte, error) {
	zooms, err := v.coarsenesses(ctx, collection)
	if err != nil {
		return nil, fmt.Errorf("store: tiles of %s: %w", collection, err)
	}
	if zooms != nil && z <= keptZoom {
		return v.keptTile(ctx, collection, z, x, y)
	}
	s := newSheet(tile.NewFrame(z, x, y), z, collection, zooms.at(z))
	if err := v.fill(ctx, s); err != nil {
		return nil, fmt.Errorf("store: tile %d/%d/%d of %s: %w", z, x, y, collection, err)
	}
	return s.tile()
}

// fill gathers what meets a tile.
func (v *View) fill(ctx context.Context, s *sheet) error {
	var c conditions
	query := "SELECT b.n, b.data " + bundlesWithin(&c, s.collection, s.frame)
	rows, err := v.tx.QueryContext(ctx, query, c.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var data sql.RawBytes
		if err := rows.Scan(&n, &data); err != nil {
			return err
		}
		b, err := readBundle(n, data)
		if err == nil {
			err = s.addAll(&b)
		}
		if err != nil {
			return fmt.Errorf("bundle %d: %w", n, err)
		}
	}
	return rows.Err()
}

// bundlesWithin goes through the bundles whose boxes meet a tile, in the order of ids.
func bundlesWithin(c *conditions, collection routes.Collection, frame *tile.Frame) (from string) {
	bound, grid := frame.Bound(), frame.Grid()
	box := Box{bound.Left(), bound.Bottom(), bound.Right(), bound.Top()}
	c.add("g.collection = +?", string(collection))
	c.meets("g", box)
	c.add("r.n BETWEEN g.n << ? AND (g.n + 1 << ?) - 1", groupBits-runBits, groupBits-runBits)
	c.meets("r", box)
	c.add("b.n BETWEEN r.n << ? AND (r.n + 1 << ?) - 1", runBits-bundleBits, runBits-bundleBits)
	c.add("b.east >= ? AND b.west <= ? AND b.south >= ? AND b.north <= ?", int64(grid.West), int64(grid.East), int64(grid.North), int64(grid.South))
	return "FROM feature_groups g CROSS JOIN feature_runs r CROSS JOIN feature_bundles b WHERE " + c.all()
}

// markColumns are what [scanMark] reads.
const markColumns = "SELECT m.feature, m.fid, m.title, m.kind, m.from_place, m.to_place, m.schematic, m.label_lon, m.label_lat, m.geometry"

// scanMark reads a row of feature_marks, and columns after these.
func scanMark(rows *sql.Rows, after ...any) (m mark, shape *markShape, err error) {
	var lon, lat sql.NullFloat64
	var geometry string
	into := []any{&m.id, &m.fid, &m.title, &m.kind, &m.from, &m.to, &m.schematic, &lon, &lat, &geometry}
	if err := rows.Scan(append(into, after...)...); err != nil {
		return m, nil, err
	}
	if lon.Valid && lat.Valid {
		m.label = &orb.Point{lon.Float64, lat.Float64}
	}
	binary, err := wkbOf(geometry)
	if err != nil {
		return m, nil, fmt.Errorf("%s: %w", m.fid, err)
	}
	return m, &markShape{wkb: binary}, nil
}

// keptTile gives a tile that the import has made; it made none where nothing is.
func (v *View) keptTile(ctx context.Context, collection routes.Collection, z, x, y int) (data []byte, err error) {
	err = v.tx.QueryRowContext(unwatched(ctx), `SELECT data FROM feature_tiles WHERE collection = ? AND z = ? AND x = ? AND y = ?`,
		string(collection), z, x, y).Scan(&data)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("store: tile %d/%d/%d of %s: %w", z, x, y, collection, err)
	}
	return data, nil
}
