package store

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
)

// errBundle means that a bundle is damaged.
var errBundle = errors.New("store: a bundle of shapes cannot be read")

// bundleBits says how many ids in a row are one bundle: 16 of them lie closer together than a run, and to read a bundle takes
// little longer than to read one feature.
const bundleBits = 4

// A bundle holds shapes with what tiles say of them; all numbers are little-endian. After the number of features come a
// record of fixed size for each, the numbers of texts and of geometries, where each of these ends, and then these themselves.
// What several have in common stands there once.
//
//	record: id within the bundle, flags, box (4 × 4 bytes), the numbers of fid, title, kind, from, to and geometry, label (2 × 8 bytes)
const (
	recordSize  = 40
	atBox       = 2
	atTexts     = 18
	atGeometry  = 23
	atLabel     = 24
	isSchematic = 1
	hasLabel    = 2
)

// bundler puts a bundle together.
type bundler struct {
	box        tile.Box
	records    []byte
	texts      []string
	geometries [][]byte
	packed     map[string]packedAt // by well-known binary
}

// packedAt is a geometry that is in the bundle already.
type packedAt struct {
	box    tile.Box
	number int
}

// markShape is the geometry of a mark as it is stored, which is read when that is first asked.
type markShape struct {
	wkb   []byte
	shape tile.Shape
	known bool
}

// read gives the shape. The error is [tile.ErrGeometry].
func (s *markShape) read() (shape tile.Shape, err error) {
	if !s.known {
		s.shape, err = tile.Read(s.wkb)
		s.known = err == nil
	}
	return s.shape, err
}

// add adds a feature and gives its shape as the bundle has it.
func (b *bundler) add(m mark, geometry *markShape) (packed tile.Packed, err error) {
	at, ok := b.packed[string(geometry.wkb)]
	if !ok {
		shape, err := geometry.read()
		if err != nil {
			return packed, err
		}
		p := shape.Pack(MaxTileZoom)
		at = packedAt{p.Box, len(b.geometries)}
		b.geometries = append(b.geometries, p.Data)
		if b.packed == nil {
			b.packed = map[string]packedAt{}
		}
		b.packed[string(geometry.wkb)] = at
	}
	if len(b.records) == 0 {
		b.box = at.box
	}
	b.box = b.box.Union(at.box)
	flags, label := byte(0), orb.Point{}
	if m.schematic {
		flags |= isSchematic
	}
	if m.label != nil {
		flags, label = flags|hasLabel, *m.label
	}
	r := b.records
	r = append(r, byte(m.id&(1<<bundleBits-1)), flags)
	for _, side := range [...]uint32{at.box.West, at.box.North, at.box.East, at.box.South} {
		r = binary.LittleEndian.AppendUint32(r, side)
	}
	r = append(r, b.text(m.fid), b.text(m.title), b.text(m.kind), b.text(m.from), b.text(m.to), byte(at.number))
	r = binary.LittleEndian.AppendUint64(r, math.Float64bits(label[0]))
	b.records = binary.LittleEndian.AppendUint64(r, math.Float64bits(label[1]))
	return tile.Packed{Box: at.box, Data: b.geometries[at.number]}, nil
}

// text is the number of a text: five of sixteen features fit in a byte.
func (b *bundler) text(text string) byte {
	i := slices.Index(b.texts, text)
	if i < 0 {
		i = len(b.texts)
		b.texts = append(b.texts, text)
	}
	return byte(i)
}

func (b *bundler) bytes() []byte {
	out := append([]byte{byte(len(b.records) / recordSize)}, b.records...)
	out = append(out, byte(len(b.texts)), byte(len(b.geometries)))
	end := 0
	for _, text := range b.texts {
		end += len(text)
		out = binary.LittleEndian.AppendUint32(out, uint32(end))
	}
	for _, g := range b.geometries {
		end += len(g)
		out = binary.LittleEndian.AppendUint32(out, uint32(end))
	}
	for _, text := range b.texts {
		out = append(out, text...)
	}
	for _, g := range b.geometries {
		out = append(out, g...)
	}
	return out
}

// bundle is one that is read. What it gives is good as long as its bytes are.
type bundle struct {
	first         int64 // the least id that it can have
	records       []byte
	texts, shapes int
	ends, body    []byte
}

func readBundle(n int64, data []byte) (bundle, error) {
	b := bundle{first: n << bundleBits}
	if len(data) == 0 || len(data) < 1+int(data[0])*recordSize+2 {
		return b, errBundle
	}
	b.records, data = data[1:1+int(data[0])*recordSize], data[1+int(data[0])*recordSize:]
	b.texts, b.shapes, data = int(data[0]), int(data[1]), data[2:]
	size := 4 * (b.texts + b.shapes)
	if len(data) < size {
		return b, errBundle
	}
	b.ends, b.body = data[:size], data[size:]
	return b, nil
}

func (b *bundle) len() int { return len(b.records) / recordSize }

// part is a text or a geometry, by its number among all of them.
func (b *bundle) part(i int) ([]byte, error) {
	if i >= len(b.ends)/4 {
		return nil, errBundle
	}
	start, end := uint32(0), binary.LittleEndian.Uint32(b.ends[4*i:])
	if i > 0 {
		start = binary.LittleEndian.Uint32(b.ends[4*i-4:])
	}
	if start > end || uint64(end) > uint64(len(b.body)) {
		return nil, errBundle
	}
	return b.body[start:end], nil
}

// box is that of a feature.
func (b *bundle) box(i int) tile.Box {
	r := b.records[i*recordSize+atBox:]
	return tile.Box{
		West: binary.LittleEndian.Uint32(r), North: binary.LittleEndian.Uint32(r[4:]),
		East: binary.LittleEndian.Uint32(r[8:]), South: binary.LittleEndian.Uint32(r[12:]),
	}
}

// shape is that of a feature, with where its label may be.
func (b *bundle) shape(i int) (p tile.Packed, label *orb.Point, err error) {
	r := b.records[i*recordSize:][:recordSize]
	if r[1]&hasLabel != 0 {
		label = &orb.Point{
			math.Float64frombits(binary.LittleEndian.Uint64(r[atLabel:])), math.Float64frombits(binary.LittleEndian.Uint64(r[atLabel+8:])),
		}
	}
	p.Box = b.box(i)
	p.Data, err = b.part(b.texts + int(r[atGeometry]))
	return p, label, err
}

// mark is what is said of a feature, but for its fid. Texts come from shared, so that those that many have are kept once.
func (b *bundle) mark(i int, shared names) (m mark, err error) {
	r := b.records[i*recordSize:][:recordSize]
	m = mark{id: b.first + int64(r[0]), schematic: r[1]&isSchematic != 0, count: 1}
	for n, text := range [...]*string{&m.title, &m.kind, &m.from, &m.to} {
		raw, err := b.part(int(r[atTexts+1+n]))
		if err != nil {
			return m, err
		}
		*text = shared.of(raw)
	}
	return m, nil
}

func (b *bundle) fid(i int) (string, error) {
	raw, err := b.part(int(b.records[i*recordSize+atTexts]))
	return string(raw), err
}

// names are texts that many have.
type names map[string]string

func (n names) of(raw []byte) string {
	if known, ok := n[string(raw)]; ok {
		return known
	}
	text := string(raw)
	n[text] = text
	return text
}
