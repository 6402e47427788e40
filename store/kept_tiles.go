package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
	"corridor/routes"
)

// tilesForm names how the tiles that imports keep are made. Another one makes every database make its own anew when it is next
// opened.
const tilesForm = "4"

// gathering is what tiles of the lowest zooms are drawn from: a mark for all features between the same places. There may be a
// million, so they are kept without pointers.
type gathering struct {
	collection routes.Collection
	features   int
	marks      []keptMark
	bytes      []byte // of each mark its id, its title and its packed shape, one behind the other
	// at finds marks by a hash of what they have in common.
	at map[uint64]int32
	// names are the texts that many marks share, with their numbers.
	names   []string
	numbers map[string]int32
}

// keptMark is a mark as it is kept until tiles are drawn.
type keptMark struct {
	id                  int64
	label               orb.Point // where it has one
	box                 tile.Box
	start               int64 // where its bytes begin
	fid, title, shape   int32 // how long they are
	count               int32
	kind, from, to      int32 // numbers of names
	schematic, labelled bool
}

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
		if err := w.gatherOthers(all); err != nil {
			return err
		}
		all.end()
		return w.saveTiles(all.drawn)
	})
}

// gatherOthers gathers the features of all packs but the writer's own.
func (w packWriter) gatherOthers(all *gatherings) error {
	var others bool
	err := w.tx.QueryRowContext(w.ctx, `SELECT EXISTS (SELECT 1 FROM packs WHERE id <> ?)`, w.pack).Scan(&others)
	if err != nil || !others {
		return err
	}
	rows, err := w.tx.QueryContext(w.ctx, markColumns+`, m.collection FROM feature_marks m WHERE m.pack <> ? ORDER BY m.feature`, w.pack)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := w.stopped(); err != nil {
			return err
		}
		var collection routes.Collection
		m, shape, err := scanMark(rows, &collection)
		if err == nil {
			err = all.add(collection, m, shape)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

// add gathers a feature, in which the mark holds no more than rows do.
func (all *gatherings) add(collection routes.Collection, m mark, geometry *markShape) error {
	g, ok := all.of[collection]
	if !ok {
		g = &gathering{collection: collection, at: map[uint64]int32{}, numbers: map[string]int32{}}
		all.of[collection] = g
	}
	g.features++
	key := m.alike()
	if i, ok := g.at[key]; ok {
		g.marks[i].count++
		return nil
	}
	shape, err := geometry.read()
	if err != nil {
		return fmt.Errorf("%s %s: %w", collection, m.fid, err)
	}
	packed := shape.Pack(keptZoom)
	g.at[key] = int32(len(g.marks))
	k := keptMark{
		id: m.id, count: 1, kind: g.number(m.kind), from: g.number(m.from), to: g.number(m.to), schematic: m.schematic,
		box: packed.Box, start: int64(len(g.bytes)), fid: int32(len(m.fid)), title: int32(len(m.title)), shape: int32(len(packed.Data)),
	}
	if m.label != nil {
		k.label, k.labelled = *m.label, true
	}
	g.bytes = append(append(append(g.bytes, m.fid...), m.title...), packed.Data...)
	g.marks = append(g.marks, k)
	return nil
}

// number is that of a name.
func (g *gathering) number(name string) int32 {
	n, ok := g.numbers[name]
	if !ok {
		n = int32(len(g.names))
		name = strings.Clone(name) // what it may be a part of must not be kept
		g.names, g.numbers[name] = append(g.names, name), n
	}
	return n
}

// mark gives a mark as it is drawn.
func (g *gathering) mark(k *keptMark) mark {
	raw := g.bytes[k.start:]
	m := mark{
		id: k.id, fid: string(raw[:k.fid]), title: string(raw[k.fid : k.fid+k.title]), schematic: k.schematic, count: int(k.count),
		kind: g.names[k.kind], from: g.names[k.from], to: g.names[k.to],
	}
	m.packed, m.label = g.shape(k)
	return m
}

// shape is that of a mark, with where its label may be.
func (g *gathering) shape(k *keptMark) (p tile.Packed, label *orb.Point) {
	if k.labelled {
		label = &k.label
	}
	end := k.start + int64(k.fid) + int64(k.title) + int64(k.shape)
	return tile.Packed{Box: k.box, Data: g.bytes[end-int64(k.shape) : end]}, label
}

// keptTile is a tile that an import keeps.
type keptTile struct {
	collection routes.Collection
	z, x, y    int
	data       []byte
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
	tiles []keptTile
	err   error
	ended chan struct{}
}

// drawTiles draws the tiles of the lowest zooms that hold too many features to be drawn when they are asked for.
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
				d.err = g.drawAll(ctx, &d.tiles)
			case <-ctx.Done():
				d.err = ctx.Err()
			}
		}
	}()
	return d
}

// drawAll draws all tiles of a collection that are kept.
func (g *gathering) drawAll(ctx context.Context, into *[]keptTile) error {
	if g.features <= mostFeatures {
		return nil
	}
	g.at, g.numbers = nil, nil
	slices.SortFunc(g.marks, func(a, b keptMark) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.id, b.id)) }) // as inOrder does
	every := make([]int32, len(g.marks))
	for i := range every {
		every[i] = int32(i)
	}
	return g.draw(ctx, keptTile{collection: g.collection}, every, into)
}

// saveTiles replaces the kept tiles by those that were drawn.
func (w packWriter) saveTiles(d *drawnTiles) error {
	<-d.ended
	if d.err != nil {
		return d.err
	}
	if err := w.exec(`DELETE FROM feature_tiles`); err != nil {
		return err
	}
	for _, t := range d.tiles {
		err := w.exec(`INSERT INTO feature_tiles (collection, z, x, y, data) VALUES (?, ?, ?, ?, ?)`, string(t.collection), t.z, t.x, t.y, t.data)
		if err != nil {
			return err
		}
	}
	return nil
}

// draw draws a tile and those within it, unless they hold few features: these are drawn one by one when they are asked for.
// The marks are those whose boxes meet the tile around it.
func (g *gathering) draw(ctx context.Context, at keptTile, around []int32, into *[]keptTile) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	frame := tile.NewFrame(at.z, at.x, at.y)
	var near []int32
	total := 0
	for _, i := range around {
		if frame.Grid().Meets(g.marks[i].box) {
			near = append(near, i)
			total += int(g.marks[i].count)
		}
	}
	if total <= mostFeatures {
		return nil
	}
	var err error
	if at.data, err = g.tile(frame, at.z, near); err != nil {
		return err
	}
	if len(at.data) > 0 {
		*into = append(*into, at)
	}
	if at.z == keptZoom {
		return nil
	}
	for part := range 4 {
		within := keptTile{at.collection, at.z + 1, 2*at.x + part&1, 2*at.y + part>>1, nil}
		if err := g.draw(ctx, within, near, into); err != nil {
			return err
		}
	}
	return nil
}

// tile draws a tile; nothing where it holds few features.
func (g *gathering) tile(frame *tile.Frame, z int, around []int32) ([]byte, error) {
	chosen := make([]int32, 0, len(around))
	total := 0
	for _, i := range around {
		k := &g.marks[i]
		meets := frame.Contains(k.box) // what lies inside is drawn surely
		if !meets {
			packed, label := g.shape(k)
			var err error
			if meets, err = frame.Meets(packed, label); err != nil {
				return nil, err
			}
		}
		if meets {
			chosen = append(chosen, i)
			total += int(k.count)
		}
	}
	if total <= mostFeatures {
		return nil, nil
	}
	s := newSheet(frame, z, g.collection)
	var err error
	if s.marks, err = thin(chosenMarks{g, chosen}, z); err != nil {
		return nil, err
	}
	if err := s.draw(); err != nil {
		return nil, err
	}
	return s.written(), nil
}

// chosenMarks are those of a gathering that are on a tile, by their numbers.
type chosenMarks struct {
	of      *gathering
	numbers []int32
}

func (c chosenMarks) at(i int) *keptMark { return &c.of.marks[c.numbers[i]] }

func (c chosenMarks) len() int                              { return len(c.numbers) }
func (c chosenMarks) mark(i int) mark                       { return c.of.mark(c.at(i)) }
func (c chosenMarks) kind(i int) string                     { return c.of.names[c.at(i).kind] }
func (c chosenMarks) count(i int) int                       { return int(c.at(i).count) }
func (c chosenMarks) shape(i int) (tile.Packed, *orb.Point) { return c.of.shape(c.at(i)) }
