package tile

import (
	"bytes"
	"encoding/binary"
	"iter"
	"math"
	"math/bits"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// gridBits says how fine the grid of packed shapes is: the world is 2^32 steps wide, one of them 9 mm at the equator.
const gridBits = 32

// Box is in steps of the grid, from the world's north-west; both ends belong to it.
type Box struct{ West, North, East, South uint32 }

// Meets says whether two boxes have a step in common.
func (b Box) Meets(o Box) bool {
	return b.West <= o.East && o.West <= b.East && b.North <= o.South && o.North <= b.South
}

// Union is the box of both.
func (b Box) Union(o Box) Box {
	return Box{min(b.West, o.West), min(b.North, o.North), max(b.East, o.East), max(b.South, o.South)}
}

// Packed is a shape in a form of bytes that is drawn as it is: after the kind each position is two whole numbers of three
// bytes, from the north-west of its box. The bytes belong to the caller.
type Packed struct {
	Box  Box
	Data []byte
}

// The kinds of geometry, as vector tiles have them.
const (
	aPoint = 1
	aLine  = 2
	anArea = 3
)

// IsLine says whether it is a line or several.
func (p Packed) IsLine() bool { return len(p.Data) > 0 && p.Data[0] == aLine }

// IsArea says whether it is an area or several.
func (p Packed) IsArea() bool { return len(p.Data) > 0 && p.Data[0] == anArea }

const (
	packedHead     = 2 // the kind, and by how many bits positions are shifted
	packedBits     = 24
	packedPosition = 6
)

// step brings a share of the world to the grid. It rounds down, so that a point stays in its tile.
func step(share float64) uint32 {
	return uint32(max(0, min(math.MaxUint32, math.Floor(share*(1<<gridBits)))))
}

// share is a step of the grid as a share of the world.
func share(step uint32) float64 { return float64(step) / (1 << gridBits) }

// onGrid brings a point in shares of the world to where the grid has it.
func onGrid(p orb.Point) orb.Point { return orb.Point{share(step(p[0])), share(step(p[1]))} }

func stepBox(b orb.Bound) Box {
	return Box{step(b.Min[0]), step(b.Min[1]), step(b.Max[0]), step(b.Max[1])}
}

// Pack packs a shape. Of lines it leaves out what is not seen at a zoom or a lower one.
func (s Shape) Pack(zoom int) Packed {
	switch g := s.world.(type) {
	case orb.Point:
		return newPacker(aPoint, s.bound).packed()
	case orb.MultiLineString:
		const part = 0.5 // of what tiles of the zoom leave out themselves
		least := simplify.DouglasPeucker(part * tolerance / float64(uint64(1)<<zoom) / Extent)
		w := newPacker(aLine, s.bound)
		w.count(len(g))
		for _, line := range g {
			w.line(least.LineString(line.Clone())) // it moves what it keeps
		}
		return w.packed()
	case orb.MultiPolygon:
		w := newPacker(anArea, s.bound)
		w.count(len(g))
		for _, polygon := range g {
			w.count(len(polygon))
			for _, ring := range polygon {
				w.line(orb.LineString(ring))
			}
		}
		return w.packed()
	}
	return Packed{}
}

type packer struct {
	data  []byte
	box   Box
	shift byte
}

func newPacker(kind byte, b orb.Bound) *packer {
	box := stepBox(b)
	long := max(box.East-box.West, box.South-box.North)
	shift := byte(max(bits.Len32(long), packedBits) - packedBits)
	return &packer{[]byte{kind, shift}, box, shift}
}

func (w *packer) packed() Packed { return Packed{w.box, bytes.Clone(w.data)} }

func (w *packer) count(n int) { w.data = binary.AppendUvarint(w.data, uint64(n)) }

func (w *packer) line(line orb.LineString) {
	w.count(len(line))
	for _, p := range line {
		for i, from := range [2]uint32{w.box.West, w.box.North} {
			n := (step(p[i]) - from) >> w.shift
			w.data = append(w.data, byte(n), byte(n>>8), byte(n>>16))
		}
	}
}

// unpacker reads a packed shape.
type unpacker struct {
	data  []byte
	kind  byte
	shift byte
	box   Box
}

func (p Packed) reader() (unpacker, error) {
	if len(p.Data) < packedHead || p.Data[1] > gridBits-packedBits {
		return unpacker{}, ErrGeometry
	}
	return unpacker{p.Data[packedHead:], p.Data[0], p.Data[1], p.Box}, nil
}

func (u *unpacker) count() (int, error) {
	n, size := binary.Uvarint(u.data)
	if size <= 0 || n > uint64(len(u.data)) {
		return 0, ErrGeometry
	}
	u.data = u.data[size:]
	return int(n), nil
}

// positions gives the bytes of a line's positions.
func (u *unpacker) positions() ([]byte, error) {
	n, err := u.count()
	if err != nil || len(u.data) < n*packedPosition {
		return nil, ErrGeometry
	}
	line := u.data[: n*packedPosition : n*packedPosition]
	u.data = u.data[n*packedPosition:]
	return line, nil
}

// each gives the bytes of the positions of one line after the other.
func (u *unpacker) each() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		n, err := u.count()
		if err != nil {
			yield(nil, err)
			return
		}
		for range n {
			line, err := u.positions()
			if !yield(line, err) || err != nil {
				return
			}
		}
	}
}

func threeBytes(b []byte) uint32 { return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 }

// shares brings positions to shares of the world.
func (u *unpacker) shares(line []byte) orb.LineString {
	out := make(orb.LineString, len(line)/packedPosition)
	for i := range out {
		at := line[i*packedPosition:][:packedPosition]
		out[i] = orb.Point{
			(float64(u.box.West) + float64(threeBytes(at)<<u.shift)) / (1 << gridBits),
			(float64(u.box.North) + float64(threeBytes(at[3:])<<u.shift)) / (1 << gridBits),
		}
	}
	return out
}

// Shape unpacks a shape. The error is [ErrGeometry].
func (p Packed) Shape() (Shape, error) {
	u, err := p.reader()
	if err != nil {
		return Shape{}, err
	}
	bound := orb.Bound{Min: orb.Point{share(p.Box.West), share(p.Box.North)}, Max: orb.Point{share(p.Box.East), share(p.Box.South)}}
	switch u.kind {
	case aPoint:
		return Shape{bound.Min, bound}, nil
	case aLine:
		lines, err := u.lines()
		return Shape{orb.MultiLineString(lines), bound}, err
	case anArea:
		n, err := u.count()
		if err != nil {
			return Shape{}, err
		}
		areas := make(orb.MultiPolygon, n)
		for i := range areas {
			rings, err := u.lines()
			if err != nil {
				return Shape{}, err
			}
			for _, ring := range rings {
				areas[i] = append(areas[i], orb.Ring(ring))
			}
		}
		return Shape{areas, bound}, nil
	}
	return Shape{}, ErrGeometry
}

func (u *unpacker) lines() (lines []orb.LineString, err error) {
	for line, err := range u.each() {
		if err != nil {
			return nil, err
		}
		lines = append(lines, u.shares(line))
	}
	return lines, nil
}
