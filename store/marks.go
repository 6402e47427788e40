package store

import (
	"cmp"
	"hash/maphash"
	"slices"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
	"corridor/routes"
)

const (
	// mostFeatures is how many features of a collection a tile holds one by one. Where more meet it, one mark stands for all
	// between the same places.
	mostFeatures = 5000
	// mostMarks is how many marks the fullest tile of a zoom holds where marks stand for others: as many as can be told apart.
	mostMarks = 2000
)

// mark is what a tile shows: a feature, or one that stands for others.
type mark struct {
	id                         int64
	fid, title, kind, from, to string
	schematic                  bool
	label                      *orb.Point
	// packed is what is drawn, and drawn that once it is.
	packed tile.Packed
	drawn  tile.Drawn
	// count is for how many features it stands, itself among them; nearby is how many of these lie elsewhere near by.
	count, nearby int
}

// marks are in blocks: a list of them all would be moved each time that it grows.
type marks struct {
	list  []*mark
	block []mark
}

func (l *marks) add(m mark) {
	const size = 128
	if len(l.block) == cap(l.block) {
		l.block = make([]mark, 0, size)
	}
	l.block = append(l.block, m)
	l.list = append(l.list, &l.block[len(l.block)-1])
}

// sheet is a tile while it is drawn.
type sheet struct {
	frame      *tile.Frame
	zoom       int
	collection routes.Collection
	coarse     coarseness // that of all tiles of the zoom
	marks      marks
	names      names
	// areas are those drawn already, by place: hundreds of features may be in one and the same.
	areas map[string]tile.Drawn
	// at finds marks by a hash of what features have in common: those of areas, or all.
	at map[uint64]int32
	// gathers says that one mark stands for all between the same places.
	gathers bool
	// bytes is where shapes are kept until they are drawn.
	bytes []byte
}

// newSheet begins a tile. At low zooms, and where a tile of the zoom would be too full, one mark stands for all between the same
// places from the start, on each tile alike.
func newSheet(frame *tile.Frame, zoom int, collection routes.Collection, coarse coarseness) *sheet {
	return &sheet{
		frame: frame, zoom: zoom, collection: collection, coarse: coarse, names: names{}, areas: map[string]tile.Drawn{},
		at: map[uint64]int32{}, gathers: zoom <= keptZoom || coarse > byPlace,
	}
}

// addAll adds what of a bundle is on the tile.
func (s *sheet) addAll(b *bundle) error {
	grid := s.frame.Grid()
	for i := range b.len() {
		if !grid.Meets(b.box(i)) {
			continue
		}
		if err := s.add(b, i); err != nil {
			return err
		}
	}
	return nil
}

// add adds a feature, unless nothing of it is on the tile. Lines are drawn when all are known, since one may stand for many.
func (s *sheet) add(b *bundle, i int) error {
	packed, label, err := b.shape(i)
	if err != nil {
		return err
	}
	if packed.IsLine() {
		if meets, err := s.frame.Meets(packed, label); err != nil || !meets {
			return err
		}
	}
	m, err := b.mark(i, s.names)
	if err != nil {
		return err
	}
	m.label, m.packed.Box = label, packed.Box
	if packed.IsLine() {
		m.packed.Data = packed.Data
	} else if err := s.drawNow(&m, packed); err != nil || m.drawn.Empty() {
		return err
	}
	if s.counted(&m) {
		return nil
	}
	if m.fid, err = b.fid(i); err != nil {
		return err
	}
	m.packed.Data = s.keep(m.packed.Data)
	if s.marks.add(m); len(s.marks.list) > mostFeatures && !s.gathers {
		s.gather()
	}
	return nil
}

// drawNow draws a point or an area, or takes the drawing of an area at the same place.
func (s *sheet) drawNow(m *mark, packed tile.Packed) (err error) {
	known, ok := s.areas[m.from]
	if ok && packed.IsArea() && !known.Spot { // the spot of a label is chosen for each route
		m.drawn = known
		return nil
	}
	m.drawn, err = s.frame.Draw(packed, m.label)
	if packed.IsArea() && m.from != "" {
		s.areas[m.from] = m.drawn
	}
	return err
}

// counted counts a mark where one that is alike is there already and stands for it. An area's outline is on a tile once at any zoom.
func (s *sheet) counted(m *mark) bool {
	if !s.gathers && !m.drawn.IsArea() {
		return false
	}
	key := m.alike()
	if i, ok := s.at[key]; ok {
		s.marks.list[i].count++
		return true
	}
	s.at[key] = int32(len(s.marks.list))
	return false
}

// keep copies what is the database's.
func (s *sheet) keep(data []byte) []byte {
	const block = 64 << 10
	if len(s.bytes)+len(data) > cap(s.bytes) {
		s.bytes = make([]byte, 0, max(block, len(data)))
	}
	start := len(s.bytes)
	s.bytes = append(s.bytes, data...)
	return s.bytes[start:len(s.bytes):len(s.bytes)]
}

// tile writes the tile; no bytes where nothing is on it.
func (s *sheet) tile() ([]byte, error) {
	if s.gathers {
		inOrder(s.marks.list)
	}
	if s.coarse > byPlace {
		if err := s.thin(); err != nil {
			return nil, err
		}
	}
	if err := s.draw(); err != nil {
		return nil, err
	}
	return s.written(), nil
}

// draw draws the marks that are not drawn yet.
func (s *sheet) draw() error {
	for _, m := range s.marks.list {
		if m.drawn.Empty() {
			var err error
			if m.drawn, err = s.frame.Draw(m.packed, m.label); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *sheet) written() []byte {
	if len(s.marks.list) == 0 {
		return nil
	}
	layer := tile.NewLayer(string(s.collection))
	for _, m := range s.marks.list {
		m.set(layer, s.collection)
		layer.Add(m.id, m.drawn)
	}
	return layer.Tile()
}

// set gives a layer the mark's properties, see [TileFields].
func (m *mark) set(layer *tile.Layer, collection routes.Collection) {
	layer.SetNumber("count", uint64(m.count))
	layer.SetText("title", m.title)
	if m.count == 1 {
		layer.SetText("fid", m.fid)
	}
	if m.nearby > 0 {
		layer.SetNumber("nearby", uint64(m.nearby))
	}
	if m.kind != "" {
		layer.SetText(kindField(collection), m.kind)
	}
	if m.schematic || m.drawn.Spot {
		layer.SetTrue("schematic")
	}
	if m.from != "" && m.nearby == 0 {
		layer.SetText("from", m.from)
		if m.to != "" {
			layer.SetText("to", m.to)
		}
	}
}

// kindField is the property by which marks of a collection look different.
func kindField(collection routes.Collection) string {
	switch collection {
	case routes.Legs:
		return "evidence"
	case routes.Movements, routes.Sites:
		return "kind"
	}
	return "precision"
}

// TileFields are the properties of a collection's features in tiles, with what they are, in English.
func TileFields(collection routes.Collection) map[string]string {
	fields := map[string]string{
		"count":               "Number. For how many features this one stands, itself among them",
		"nearby":              "Number. How many of these lie between other places near by, or at them; left out for none",
		"title":               "String. The title of the feature, or of the one that most of these are like",
		"fid":                 "String. The id of the feature; left out where it stands for several",
		kindField(collection): "String. A code of the vocabulary",
		"schematic":           "Boolean. Whether an end of the line, or the point, has no meaning; left out for false",
		"from":                "String. The place with its pack, of a line where it begins; left out where others near by are meant too",
	}
	if collection == routes.Legs || collection == routes.Movements {
		fields["to"] = "String. The place where the line ends, with its pack; left out where others near by are meant too"
	}
	return fields
}

// alike is what features have in common that one mark stands for without loss.
type alike struct {
	from, to, kind string
	// id tells apart what is at no known place.
	id int64
}

var alikeSeed = maphash.MakeSeed()

// alike is a hash of what the mark has in common with others.
func (m *mark) alike() uint64 {
	if m.from == "" {
		return maphash.Comparable(alikeSeed, alike{id: m.id})
	}
	return maphash.Comparable(alikeSeed, alike{from: m.from, to: m.to, kind: m.kind})
}

// gather lets one mark stand for all between the same places.
func (s *sheet) gather() {
	s.gathers = true
	s.at = make(map[uint64]int32, 2*len(s.marks.list))
	kept := s.marks.list[:0]
	for _, m := range s.marks.list {
		key := m.alike()
		if i, ok := s.at[key]; ok {
			kept[i].count += m.count
			continue
		}
		s.at[key] = int32(len(kept))
		kept = append(kept, m)
	}
	s.marks.list = kept
}

// inOrder puts those first that stand for most, then those with the least ids, so that neighbouring tiles choose the same.
func inOrder(marks []*mark) {
	slices.SortFunc(marks, func(a, b *mark) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.id, b.id)) })
}

// sheetMarks are those that have been gathered for one tile, with where they end.
type sheetMarks struct {
	list  []*mark
	where [][2]orb.Point
}

func (c sheetMarks) len() int                { return len(c.list) }
func (c sheetMarks) kind(i int) string       { return c.list[i].kind }
func (c sheetMarks) count(i int) int         { return c.list[i].count }
func (c sheetMarks) alike(i int) uint64      { return c.list[i].alike() }
func (c sheetMarks) ends(i int) [2]orb.Point { return c.where[i] }
func (c sheetMarks) box(i int) (tile.Box, bool) {
	return c.list[i].packed.Box, c.list[i].drawn.IsArea()
}

// thin lets one mark stand for those near by, as coarsely as all tiles of the zoom do.
func (s *sheet) thin() error {
	all := sheetMarks{s.marks.list, make([][2]orb.Point, len(s.marks.list))}
	for i, m := range all.list {
		var err error
		if all.where[i][0], all.where[i][1], err = m.packed.Ends(m.label); err != nil {
			return err
		}
	}
	groups, _ := s.coarse.groups(all, s.zoom, func(int) bool { return true })
	kept := make([]*mark, len(groups))
	for i, g := range groups {
		kept[i] = all.list[g.first]
		kept[i].count, kept[i].nearby = g.count, g.nearby
	}
	s.marks.list = kept
	return nil
}
