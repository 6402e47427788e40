package store

import (
	"database/sql"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
	"corridor/routes"
)

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
	// changes say what changed since the tiles were drawn, nil where all are to be drawn anew.
	changes *changes
}

// keptMark is a mark as it is kept until tiles are drawn.
type keptMark struct {
	id                  int64
	alike               uint64
	label               orb.Point // where it has one
	box                 tile.Box
	start               int64 // where its bytes begin
	fid, title, shape   int32 // how long they are
	count               int32
	kind, from, to      int32 // numbers of names
	schematic, labelled bool
	area                bool
}

func newGathering(collection routes.Collection) *gathering {
	return &gathering{collection: collection, at: map[uint64]int32{}, numbers: map[string]int32{}}
}

// add gathers a feature, in which the mark holds no more than rows do, with its shape as bundles have it. They come in the order
// of ids: of those that are alike the first is shown.
func (g *gathering) add(m mark, packed tile.Packed) error {
	g.features++
	alike := m.alike()
	i, known := g.at[alike]
	if known {
		g.marks[i].count++
	}
	touched := g.changes.touches(alike)
	if known && !touched {
		return nil
	}
	k, err := g.keep(m, packed, alike)
	if err != nil {
		return err
	}
	if touched {
		g.changes.marks = append(g.changes.marks, k)
	}
	if !known {
		g.at[alike] = int32(len(g.marks))
		g.marks = append(g.marks, k)
	}
	return nil
}

// keep keeps what is said of a feature.
func (g *gathering) keep(m mark, packed tile.Packed, alike uint64) (k keptMark, err error) {
	if packed.IsLine() { // without what is not seen at these zooms
		shape, err := packed.Shape()
		if err != nil {
			return k, fmt.Errorf("%s %s: %w", g.collection, m.fid, err)
		}
		packed = shape.Pack(keptZoom)
	}
	k = keptMark{
		id: m.id, alike: alike, count: 1, kind: g.number(m.kind), from: g.number(m.from), to: g.number(m.to), schematic: m.schematic, area: packed.IsArea(),
		box: packed.Box, start: int64(len(g.bytes)), fid: int32(len(m.fid)), title: int32(len(m.title)), shape: int32(len(packed.Data)),
	}
	if m.label != nil {
		k.label, k.labelled = *m.label, true
	}
	g.bytes = append(append(append(g.bytes, m.fid...), m.title...), packed.Data...)
	return k, nil
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

// endsOf are where marks end.
func (g *gathering) endsOf(marks []keptMark) (ends [][2]orb.Point, err error) {
	ends = make([][2]orb.Point, len(marks))
	for i := range marks {
		packed, label := g.shape(&marks[i])
		if ends[i][0], ends[i][1], err = packed.Ends(label); err != nil {
			return nil, err
		}
	}
	return ends, nil
}

// zoomed are marks as they are at a zoom.
type zoomed struct {
	*gathering
	marks []keptMark
	where [][2]orb.Point
	zoom  int
}

func (z zoomed) len() int                { return len(z.marks) }
func (z zoomed) kind(i int) string       { return z.names[z.marks[i].kind] }
func (z zoomed) count(i int) int         { return int(z.marks[i].count) }
func (z zoomed) alike(i int) uint64      { return z.marks[i].alike }
func (z zoomed) ends(i int) [2]orb.Point { return z.where[i] }

func (z zoomed) box(i int) (tile.Box, bool) {
	if !z.marks[i].area { // nearly none is one: the others' bytes are not looked at
		return tile.Box{}, false
	}
	packed, _ := z.shape(&z.marks[i])
	return packed.Box, packed.Outlined(z.zoom)
}

// tiles gives those on which a mark may be drawn, in the place of others.
func (z zoomed) tiles(i int, instead []tile.Address) ([]tile.Address, error) {
	packed, label := z.shape(&z.marks[i])
	return packed.Tiles(instead, z.zoom, label)
}

// gather gathers a collection from its bundles.
func (w packWriter) gather(g *gathering) error {
	rows, err := w.tx.QueryContext(w.ctx, `SELECT b.n, b.data FROM feature_groups g CROSS JOIN feature_bundles b
		WHERE g.collection = ? AND b.n BETWEEN g.n << ?2 AND (g.n + 1 << ?2) - 1
		ORDER BY g.n, b.n`, string(g.collection), groupBits-bundleBits)
	if err != nil {
		return err
	}
	defer rows.Close()
	shared := names{}
	for rows.Next() {
		if err := w.stopped(); err != nil {
			return err
		}
		var n int64
		var data sql.RawBytes
		if err := rows.Scan(&n, &data); err != nil {
			return err
		}
		err := eachMark(n, data, shared, g.add)
		if err != nil {
			return fmt.Errorf("bundle %d: %w", n, err)
		}
	}
	return rows.Err()
}

// eachMark hands out the features of a bundle with their shapes.
func eachMark(n int64, data []byte, shared names, add func(mark, tile.Packed) error) error {
	b, err := readBundle(n, data)
	if err != nil {
		return err
	}
	for i := range b.len() {
		m, err := b.mark(i, shared)
		if err != nil {
			return err
		}
		if m.fid, err = b.fid(i); err != nil {
			return err
		}
		var packed tile.Packed
		if packed, m.label, err = b.shape(i); err == nil {
			err = add(m, packed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
