package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"corridor/geo/tile"
	"corridor/routes"
)

// tilesForm names how the tiles that imports keep are made. Another one makes every database make its own anew when it is next
// opened.
const tilesForm = "5"

// gatherings are those of the collections. Tiles of each are drawn as soon as it is whole, while others are gathered.
type gatherings struct {
	of map[routes.Collection]*gathering
	// coming is how many features of a collection are still to be gathered.
	coming map[routes.Collection]int
	drawn  *drawnTiles
}

// newGatherings begins to draw what will be gathered, until the context ends.
func newGatherings(ctx context.Context) *gatherings {
	return &gatherings{map[routes.Collection]*gathering{}, map[routes.Collection]int{}, drawTiles(ctx)}
}

// refreshTiles makes the kept tiles anew where they are of another form.
func (s *Store) refreshTiles(ctx context.Context) error {
	return s.refresh(ctx, "tiles_form", tilesForm, func(ctx context.Context, tx *sql.Tx) error {
		drawing, stop := context.WithCancel(ctx)
		defer stop()
		w := packWriter{context.WithoutCancel(ctx), ctx.Err, tx, "", nil}
		all := newGatherings(drawing)
		if err := w.gatherAnew(all); err != nil {
			return err
		}
		return w.saveTiles(all.drawn)
	})
}

// gatherAnew gathers all features.
func (w packWriter) gatherAnew(all *gatherings) error {
	defer all.end()
	for _, collection := range collectionNames {
		g := newGathering(collection)
		if err := w.gather(g); err != nil {
			return err
		}
		all.drawn.whole <- g
	}
	return nil
}

// add gathers a feature with its shape as bundles have it.
func (all *gatherings) add(collection routes.Collection, m mark, packed tile.Packed) error {
	g, ok := all.of[collection]
	if !ok {
		g = newGathering(collection)
		all.of[collection] = g
	}
	return g.add(m, packed)
}

// expect tells of features that will be gathered, all or none of a collection.
func (all *gatherings) expect(features []spooled) {
	for _, f := range features {
		all.coming[collectionNames[f.collection]]++
	}
}

// gathered says that one of those has been gathered, or has nothing to be drawn.
func (all *gatherings) gathered(collection routes.Collection) {
	if all.coming[collection]--; all.coming[collection] == 0 {
		all.draw(collection)
	}
}

// draw draws a collection, in which nothing may be gathered any more.
func (all *gatherings) draw(collection routes.Collection) {
	if g, ok := all.of[collection]; ok {
		all.drawn.whole <- g
		delete(all.of, collection)
	}
}

// end draws what has not been drawn. Nothing may be gathered any more.
func (all *gatherings) end() {
	for _, collection := range collectionNames {
		all.draw(collection)
	}
	close(all.drawn.whole)
}

// drawnTiles are tiles that are being drawn.
type drawnTiles struct {
	whole chan *gathering // as many as there may be
	of    []*drawnCollection
	err   error
	ended chan struct{}
}

// drawnCollection is what an import keeps of a collection's tiles.
type drawnCollection struct {
	name  routes.Collection
	zooms coarsenesses
	// anew are the zooms all of whose tiles are there; of the others only those that changed are, without bytes where nothing is left.
	anew  [keptZoom + 1]bool
	tiles []keptTile
}

// keptTile is a tile that an import keeps.
type keptTile struct {
	z    int
	at   tile.Address
	data []byte
}

// drawTiles draws the tiles of the lowest zooms of collections that hold too many features for them to be drawn when they are
// asked for.
func drawTiles(ctx context.Context) *drawnTiles {
	d := &drawnTiles{whole: make(chan *gathering, len(collectionNames)), ended: make(chan struct{})}
	go func() {
		defer close(d.ended)
		for d.err == nil {
			select {
			case g, more := <-d.whole:
				if !more {
					return
				}
				var drawn *drawnCollection
				drawn, d.err = g.draw(ctx)
				d.of = append(d.of, drawn)
			case <-ctx.Done():
				d.err = ctx.Err()
			}
		}
	}()
	return d
}

// coarsenesses are those of the zooms of a collection, nil where it holds few features.
type coarsenesses []coarseness

// at is that of a zoom.
func (c coarsenesses) at(zoom int) coarseness {
	if zoom >= len(c) {
		return byPlace
	}
	return c[zoom]
}

// draw draws the tiles of a collection that are kept, or those of them that changed, and chooses how coarse those of the other zooms are.
func (g *gathering) draw(ctx context.Context) (*drawnCollection, error) {
	d := &drawnCollection{name: g.collection}
	if g.features <= mostFeatures {
		for zoom := range d.anew {
			d.anew[zoom] = true
		}
		return d, nil
	}
	g.at, g.numbers = nil, nil
	slices.SortFunc(g.marks, func(a, b keptMark) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.id, b.id)) }) // as inOrder does
	ends, err := g.endsOf(g.marks)
	if err != nil {
		return nil, err
	}
	choice, err := g.choice()
	if err != nil {
		return nil, err
	}
	for zoom := range MaxTileZoom + 1 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		z := zoomed{g, g.marks, ends, zoom}
		coarse, groups, err := choice.at(z)
		if err != nil {
			return nil, err
		}
		if zoom > keptZoom && coarse == byPlace { // and so are all that show less of the world
			break
		}
		d.zooms = append(d.zooms, coarse)
		if zoom <= keptZoom {
			if err := z.draw(ctx, coarse, groups, d); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
}

// draw draws the tiles of the zoom, or those that changed.
func (z zoomed) draw(ctx context.Context, coarse coarseness, groups []group, into *drawnCollection) (err error) {
	on := map[tile.Address][]int{}
	var tiles []tile.Address
	for n, g := range groups {
		if tiles, err = z.tiles(g.first, tiles); err != nil {
			return err
		}
		for _, at := range tiles {
			on[at] = append(on[at], n)
		}
	}
	changed, some, err := z.changed(coarse)
	if err != nil {
		return err
	}
	into.anew[z.zoom] = !some
	for at, numbers := range on {
		if some && !changed[at] {
			continue
		}
		delete(changed, at)
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := z.tile(at, groups, numbers)
		if err != nil {
			return err
		}
		into.tiles = append(into.tiles, keptTile{z.zoom, at, data})
	}
	for at := range changed {
		into.tiles = append(into.tiles, keptTile{z.zoom, at, nil})
	}
	return nil
}

// tile draws a tile of some groups.
func (z zoomed) tile(at tile.Address, groups []group, numbers []int) ([]byte, error) {
	s := newSheet(tile.NewFrame(z.zoom, int(at.X), int(at.Y)), z.zoom, z.collection, byPlace)
	for _, n := range numbers {
		m := z.mark(&z.marks[groups[n].first])
		var err error
		if m.drawn, err = s.frame.Draw(m.packed, m.label); err != nil {
			return nil, err
		}
		if m.drawn.Empty() {
			continue
		}
		m.count, m.nearby = groups[n].count, groups[n].nearby
		s.marks.add(m)
	}
	return s.written(), nil
}

// coarsenessKey is that of meta under which a collection's coarsenesses stand.
func coarsenessKey(collection routes.Collection) string {
	return "tiles_coarseness." + string(collection)
}

// readCoarsenesses reads how coarse a collection's tiles are.
func readCoarsenesses(ctx context.Context, tx querier, collection routes.Collection) (zooms coarsenesses, err error) {
	var text string
	err = tx.QueryRowContext(unwatched(ctx), `SELECT value FROM meta WHERE key = ?`, coarsenessKey(collection)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &zooms)
	}
	return zooms, err
}

func (v *View) coarsenesses(ctx context.Context, collection routes.Collection) (coarsenesses, error) {
	return readCoarsenesses(ctx, v.tx, collection)
}

// saveTiles replaces the kept tiles by those that were drawn.
func (w packWriter) saveTiles(d *drawnTiles) error {
	<-d.ended
	if d.err != nil {
		return d.err
	}
	for _, drawn := range d.of {
		if err := w.saveDrawn(drawn); err != nil {
			return err
		}
	}
	return nil
}

func (w packWriter) saveDrawn(d *drawnCollection) error {
	if err := w.exec(`DELETE FROM meta WHERE key = ?`, coarsenessKey(d.name)); err != nil {
		return err
	}
	if d.zooms != nil {
		text, err := json.Marshal(d.zooms)
		if err != nil {
			return err
		}
		if err := w.exec(`INSERT INTO meta (key, value) VALUES (?, ?)`, coarsenessKey(d.name), string(text)); err != nil {
			return err
		}
	}
	for zoom, anew := range d.anew {
		if anew {
			if err := w.exec(`DELETE FROM feature_tiles WHERE collection = ? AND z = ?`, string(d.name), zoom); err != nil {
				return err
			}
		}
	}
	for _, t := range d.tiles {
		query := `INSERT OR REPLACE INTO feature_tiles (collection, z, x, y, data) VALUES (?, ?, ?, ?, ?)`
		args := []any{string(d.name), t.z, int64(t.at.X), int64(t.at.Y), t.data}
		if len(t.data) == 0 {
			query, args = `DELETE FROM feature_tiles WHERE collection = ? AND z = ? AND x = ? AND y = ?`, args[:4]
		}
		if err := w.exec(query, args...); err != nil {
			return err
		}
	}
	return nil
}
