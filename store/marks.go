package store

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
	"corridor/routes"
)

const (
	// mostFeatures is how many features of a collection a tile holds one by one. Where more meet it, it holds mostMarks at
	// most that stand for them: as many lines and places as can be told apart.
	mostFeatures = 5000
	mostMarks    = 2000
	// finest is into how many cells a tile's side is divided at first to find what is near by, as a power of the square root
	// of two: each of the next steps halves the number of cells.
	finest = 16
)

// mark is what a tile shows: a feature, or one that stands for others.
type mark struct {
	id                         int64
	fid, title, kind, from, to string
	schematic                  bool
	label                      *orb.Point
	drawn                      tile.Drawn
	// first and last are where it begins and ends, in shares of the world's width and height.
	first, last orb.Point
	shape       int // of those gathered by an import
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
	areas map[string]mark
}

func newSheet(frame *tile.Frame, zoom int, collection routes.Collection) *sheet {
	return &sheet{frame: frame, zoom: zoom, collection: collection, areas: map[string]mark{}}
}

// areaBytes is how large a geometry is that is worth looking for among those drawn.
const areaBytes = 200

// add draws a feature, unless nothing of it is on the tile.
func (s *sheet) add(m mark, wkb []byte) error {
	if s.frame.Misses(wkb) {
		return nil
	}
	if atPlace := m.to == "" && m.from != "" && len(wkb) > areaBytes; !atPlace {
		shape, err := tile.Read(wkb)
		if err != nil {
			return err
		}
		m.first, m.last = shape.Ends(m.label)
		m.drawn = s.frame.DrawShape(shape, m.label)
	} else if known, ok := s.areas[m.from]; ok && !known.drawn.Spot { // the spot of a label is chosen for each route
		m.drawn, m.first, m.last = known.drawn, known.first, known.last
	} else {
		shape, err := tile.Read(wkb)
		if err != nil {
			return err
		}
		m.first, m.last = shape.Ends(m.label)
		m.drawn = s.frame.DrawShape(shape, m.label)
		s.areas[m.from] = m
	}
	if !m.drawn.Empty() {
		m.count = 1
		s.marks = append(s.marks, m)
	}
	return nil
}

// tile writes the tile; no bytes where nothing is on it.
func (s *sheet) tile() []byte {
	if len(s.marks) > mostFeatures {
		s.gather()
		s.thin()
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
	// id tells apart what is at no known place.
	id int64
}

func (m mark) alike() alike {
	if m.from == "" {
		return alike{id: m.id}
	}
	return alike{from: m.from, to: m.to, kind: m.kind}
}

// gather lets one mark stand for all between the same places.
func (s *sheet) gather() {
	at := make(map[alike]int, len(s.marks))
	kept := s.marks[:0]
	for _, m := range s.marks {
		key := m.alike()
		if i, ok := at[key]; ok {
			kept[i].count += m.count
			continue
		}
		at[key] = len(kept)
		kept = append(kept, m)
	}
	s.marks = kept
	inOrder(kept)
}

// inOrder puts those first that stand for most, then those with the least ids, so that neighbouring tiles choose the same.
func inOrder(marks []mark) {
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.id, b.id)) })
}

// near is what marks have in common of which one may stand for the others.
type near struct {
	kind string
	ends [4]int32
}

// thin lets the first of the marks that lie near each other stand for all, on the finest grid on which they are few enough.
func (s *sheet) thin() {
	if len(s.marks) <= mostMarks {
		return
	}
	cell := func(i, step int) near {
		return nearAt(s.marks[i].kind, s.marks[i].first, s.marks[i].last, s.zoom, step)
	}
	step := stepFor(len(s.marks), cell)
	seen := make(map[near]int, mostMarks)
	kept := s.marks[:0]
	for i, m := range s.marks {
		key := cell(i, step)
		if first, ok := seen[key]; ok {
			kept[first].count += m.count
			kept[first].nearby += m.count
			continue
		}
		seen[key] = len(kept)
		kept = append(kept, m)
	}
	s.marks = kept
}

// noStep means that marks are not thinned.
const noStep = -1

// stepFor gives the finest step at which so many marks lie in few enough cells.
func stepFor(marks int, cell func(i, step int) near) int {
	seen := make(map[near]struct{}, mostMarks)
	return finest - sort.Search(finest, func(coarser int) bool {
		clear(seen)
		for i := range marks {
			if seen[cell(i, finest-coarser)] = struct{}{}; len(seen) > mostMarks {
				return false
			}
		}
		return true
	})
}

// nearAt gives the cells in which a mark begins and ends on a grid over the world, which is the same for all tiles of a zoom.
func nearAt(kind string, first, last orb.Point, zoom, step int) near {
	size := math.Exp2(float64(zoom) + float64(step)/2)
	return near{kind, [4]int32{int32(first[0] * size), int32(first[1] * size), int32(last[0] * size), int32(last[1] * size)}}
}
