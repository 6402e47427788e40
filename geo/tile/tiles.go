package tile

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/paulmach/orb"
)

// Address is the column and the row of a tile of some zoom, rows counted from the north.
type Address struct{ X, Y uint32 }

// Outlined says that an area is large enough at a zoom for its outline to be drawn; a smaller one is a spot there.
func (p Packed) Outlined(zoom int) bool {
	long := max(p.Box.East-p.Box.West, p.Box.South-p.Box.North)
	return p.IsArea() && uint64(long)*Extent<<zoom >= smallest<<gridBits
}

// Once brings tiles in the order of rows and columns, each once.
func Once(tiles []Address) []Address {
	slices.SortFunc(tiles, Address.Compare)
	return slices.Compact(tiles)
}

// Compare goes by rows, then by columns.
func (a Address) Compare(b Address) int { return cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X)) }

// Tiles gives the tiles of a zoom on which something of a shape may be drawn in the place of those that are given, as [Once] has them:
// all on which something is, and some that a line or an area only passes by. The label is that of [Frame.Draw]. The error is [ErrGeometry].
func (p Packed) Tiles(tiles []Address, zoom int, label *orb.Point) ([]Address, error) {
	last := uint32(1)<<zoom - 1
	return p.tilesAmong(tiles, zoom, Address{}, Address{last, last}, label)
}

// Quarters gives those of the four tiles within a tile of the zoom before that [Packed.Tiles] gives.
func (p Packed) Quarters(tiles []Address, zoom int, of Address, label *orb.Point) ([]Address, error) {
	return p.tilesAmong(tiles, zoom, Address{2 * of.X, 2 * of.Y}, Address{2*of.X + 1, 2*of.Y + 1}, label)
}

// tilesAmong gives the tiles from the first to the last column and row.
func (p Packed) tilesAmong(tiles []Address, zoom int, first, last Address, label *orb.Point) ([]Address, error) {
	a := around{tiles: tiles[:0], shift: gridBits - zoom, buffer: Buffer << gridBits / Extent >> zoom, first: first, last: last}
	switch {
	case p.IsLine():
		u, err := p.reader()
		if err != nil {
			return tiles, err
		}
		for line, err := range u.each() {
			if err != nil {
				return tiles, err
			}
			a.line(u, line)
		}
	case p.Outlined(zoom):
		a.add(a.within(p.Box))
	default:
		spot, _, err := p.Ends(label)
		if err != nil {
			return tiles, err
		}
		a.buffer = 0
		at := [2]uint32{step(spot[0]), step(spot[1])}
		a.add(a.within(Box{at[0], at[1], at[0], at[1]}))
	}
	return Once(a.tiles), nil
}

// around gathers tiles: in steps of the grid, a million lines are looked at in an import.
type around struct {
	tiles  []Address
	shift  int // by how many bits a tile is larger than a step
	buffer uint32
	// first and last are the columns and rows beyond which nothing is looked at.
	first, last Address
}

// line adds those near which a line passes.
func (a *around) line(u unpacker, line []byte) {
	var from [2]uint32
	for at := 0; at < len(line); at += packedPosition {
		to := [2]uint32{u.box.West + threeBytes(line[at:])<<u.shift, u.box.North + threeBytes(line[at+3:])<<u.shift}
		if at == 0 {
			from = to
		}
		a.segment(from, to)
		from = to
	}
}

// segment adds those that the box of a segment meets, or those of its halves where most of its box would lie beside it.
func (a *around) segment(from, to [2]uint32) {
	low, high := a.within(Box{min(from[0], to[0]), min(from[1], to[1]), max(from[0], to[0]), max(from[1], to[1])})
	if low.X > a.last.X || low.Y > a.last.Y || high.X < a.first.X || high.Y < a.first.Y {
		return
	}
	if high.X > low.X+1 && high.Y > low.Y+1 {
		middle := [2]uint32{half(from[0], to[0]), half(from[1], to[1])}
		if middle != from && middle != to {
			a.segment(from, middle)
			a.segment(middle, to)
			return
		}
	}
	a.add(low, high)
}

// half lies between two steps.
func half(a, b uint32) uint32 { return uint32((uint64(a) + uint64(b)) / 2) }

// within are the first and the last of those that a box meets.
func (a *around) within(b Box) (low, high Address) {
	return Address{less(b.West, a.buffer) >> a.shift, less(b.North, a.buffer) >> a.shift},
		Address{more(b.East, a.buffer) >> a.shift, more(b.South, a.buffer) >> a.shift}
}

func (a *around) add(low, high Address) {
	for y := max(low.Y, a.first.Y); y <= min(high.Y, a.last.Y); y++ {
		for x := max(low.X, a.first.X); x <= min(high.X, a.last.X); x++ {
			at := Address{x, y}
			if n := len(a.tiles); n > 0 && a.tiles[n-1] == at { // a line has many positions on each
				continue
			}
			a.tiles = append(a.tiles, at)
		}
	}
}

// less and more do not go beyond the edge of the world.
func less(step, by uint32) uint32 { return step - min(step, by) }

func more(step, by uint32) uint32 {
	if sum, beyond := bits.Add32(step, by, 0); beyond == 0 {
		return sum
	}
	return ^uint32(0)
}
