package store

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
	"corridor/routes"
)

const (
	// mostFeatures is how many features of a collection a tile holds one by one. Where more meet it, it holds mostMarks at
	// most that stand for them: as many lines and places as can be told apart.
	mostFeatures = 5000
	mostMarks    = 2000
	// finest is into how many cells, as a power of two, a tile is divided at first to find what is near by.
	finest = 8
)

// mark is what a tile shows: a feature, or one that stands for others.
type mark struct {
	id                         int64
	fid, title, kind, from, to string
	schematic                  bool
	label                      *orb.Point
	drawn                      tile.Drawn
	// count is for how many features it stands, itself among them; nearby is how many of these lie elsewhere near by.
	count, nearby int
}

// sheet is a tile while it is drawn.
type sheet struct {
	frame      *tile.Frame
	zoom       int
	collection routes.Collection
	marks      []mark
	// areas are those drawn already, by place: hundreds of features may be in one and the same.
	areas map[string]tile.Drawn
}

func newSheet(frame *tile.Frame, zoom int, collection routes.Collection) *sheet {
	return &sheet{frame: frame, zoom: zoom, collection: collection, areas: map[string]tile.Drawn{}}
}

// areaBytes is how large a geometry is that is worth looking for among those drawn.
const areaBytes = 200

// add draws a feature, unless nothing of it is on the tile.
func (s *sheet) add(m mark, wkb []byte) error {
	atPlace := m.to == "" && m.from != "" && len(wkb) > areaBytes
	drawn, known := tile.Drawn{}, false
	if atPlace {
		// The spot of its label is chosen for each route.
		drawn, known = s.areas[m.from]
		known = known && !drawn.Spot
	}
	if !known {
		var err error
		if drawn, err = s.frame.Draw(wkb, m.label); err != nil {
			return err
		}
		if atPlace {
			s.areas[m.from] = drawn
		}
	}
	if drawn.Empty() {
		return nil
	}
	m.drawn, m.count = drawn, 1
	s.marks = append(s.marks, m)
	return nil
}

// tile writes the tile; no bytes where nothing is on it.
func (s *sheet) tile() []byte {
	if len(s.marks) > mostFeatures {
		s.marks = s.gathered()
	}
	return s.written()
}

func (s *sheet) written() []byte {
	if len(s.marks) == 0 {
		return nil
	}
	layer := tile.NewLayer(string(s.collection))
	for _, m := range s.marks {
		m.set(layer, s.collection)
		layer.Add(m.id, m.drawn)
	}
	return layer.Tile()
}

// set gives a layer the mark's properties, see [TileFields].
func (m mark) set(layer *tile.Layer, collection routes.Collection) {
	layer.Set("count", m.count)
	layer.Set("title", m.title)
	if m.count == 1 {
		layer.Set("fid", m.fid)
	}
	if m.nearby > 0 {
		layer.Set("nearby", m.nearby)
	}
	if m.kind != "" {
		layer.Set(kindField(collection), m.kind)
	}
	if m.schematic || m.drawn.Spot {
		layer.Set("schematic", true)
	}
	if m.from != "" && m.nearby == 0 {
		layer.Set("from", m.from)
		if m.to != "" {
			layer.Set("to", m.to)
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
	// ends tell apart what is at no known place.
	ends [4]int32
}

// gathered lets marks stand for those between the same places, and then for those near by until they are few enough.
func (s *sheet) gathered() []mark {
	marks := gather(s.marks, func(m mark) alike {
		if m.from == "" {
			return alike{kind: m.kind, ends: s.cells(m, s.zoom+finest)}
		}
		return alike{from: m.from, to: m.to, kind: m.kind}
	}, false)
	for level := s.zoom + finest; len(marks) > mostMarks && level >= s.zoom; level-- {
		marks = gather(marks, func(m mark) alike { return alike{kind: m.kind, ends: s.cells(m, level)} }, true)
	}
	return marks
}

// gather lets the first of the marks that are alike stand for all of them. Those that stand for most come first, then those
// with the least ids, so that neighbouring tiles choose the same.
func gather(marks []mark, of func(mark) alike, nearby bool) []mark {
	marks = slices.Clone(marks)
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(b.count-b.nearby, a.count-a.nearby), cmp.Compare(a.id, b.id))
	})
	at := make(map[alike]int, len(marks))
	kept := marks[:0]
	for _, m := range marks {
		key := of(m)
		i, ok := at[key]
		if !ok {
			at[key] = len(kept)
			kept = append(kept, m)
			continue
		}
		kept[i].count += m.count
		if nearby {
			kept[i].nearby += m.count
		}
	}
	return kept
}

// cells are where a mark begins and ends on a grid of so many cells, as a power of two, over the world.
func (s *sheet) cells(m mark, level int) (ends [4]int32) {
	size := float64(uint64(1) << level)
	for i, end := range []orb.Point{m.drawn.First, m.drawn.Last} {
		x, y := s.frame.World(end)
		ends[2*i], ends[2*i+1] = int32(x*size), int32(y*size)
	}
	return ends
}
