package store

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// boxIndex fills the tables of an R-tree of SQLite (https://www.sqlite.org/rtree.html#shadow_tables) in one pass. Boxes come in the
// order of a Hilbert curve, as features have their ids, so each node takes the next ones and is full: to insert them one by one
// takes ten times as long and gives a tree of half-full nodes. rtreecheck finds nothing to say against it.
type boxIndex struct {
	// node, row and parent write a node of a number, the node that a row is in, and the parent of a node.
	node, row, parent *rowInserter
	size              int // of a node, bytes
	last              int64
	// levels are the nodes that are not full yet, leaves first.
	levels [][]boxCell
}

// boxCell is a row, or a node below, with its box in degrees: 32-bit numbers, rounded outwards.
type boxCell struct {
	of                       int64
	west, east, south, north float32
}

// The tree's nodes: two bytes for its depth, in the root, which is node 1, two for how many cells follow, and these.
const (
	rootNode = 1
	nodeHead = 4
	cellSize = 8 + 4*4
)

// add adds a row.
func (x *boxIndex) add(row int64, box orb.Bound) error {
	return x.put(0, boxCell{row, below(box.Left()), above(box.Right()), below(box.Bottom()), above(box.Top())})
}

func (x *boxIndex) put(level int, c boxCell) error {
	if level == len(x.levels) {
		x.levels = append(x.levels, make([]boxCell, 0, (x.size-nodeHead)/cellSize))
	}
	if len(x.levels[level]) == cap(x.levels[level]) {
		if err := x.close(level); err != nil {
			return err
		}
	}
	x.levels[level] = append(x.levels[level], c)
	return nil
}

// close writes the node that a level has open, which goes into the level above.
func (x *boxIndex) close(level int) error {
	x.last++
	c, err := x.write(level, x.last, 0)
	if err != nil {
		return err
	}
	x.levels[level] = x.levels[level][:0]
	return x.put(level+1, c)
}

// write writes the node that a level has open under a number, and gives its cell.
func (x *boxIndex) write(level int, number int64, depth uint16) (boxCell, error) {
	cells := x.levels[level]
	b := binary.BigEndian.AppendUint16(make([]byte, 0, x.size), depth)
	b = binary.BigEndian.AppendUint16(b, uint16(len(cells)))
	all := boxCell{of: number}
	if len(cells) > 0 { // a table without rows has a root without cells
		all = cells[0]
		all.of = number
	}
	within := x.row
	if level > 0 {
		within = x.parent
	}
	for _, c := range cells {
		all.west, all.east = min(all.west, c.west), max(all.east, c.east)
		all.south, all.north = min(all.south, c.south), max(all.north, c.north)
		b = binary.BigEndian.AppendUint64(b, uint64(c.of))
		for _, side := range [...]float32{c.west, c.east, c.south, c.north} {
			b = binary.BigEndian.AppendUint32(b, math.Float32bits(side))
		}
		if err := within.add(c.of, number); err != nil {
			return all, err
		}
	}
	return all, x.node.add(number, b[:x.size])
}

// finish writes what is open. The last level's node is the root.
func (x *boxIndex) finish() error {
	for level := 0; level < len(x.levels)-1; level++ {
		if err := x.close(level); err != nil {
			return err
		}
	}
	if len(x.levels) == 0 {
		x.levels = append(x.levels, nil)
	}
	top := len(x.levels) - 1
	if _, err := x.write(top, rootNode, uint16(top)); err != nil {
		return err
	}
	for _, i := range []*rowInserter{x.node, x.row, x.parent} {
		if err := i.flush(); err != nil {
			return err
		}
	}
	return nil
}

// below and above are the 32-bit numbers next to a number of degrees.
func below(degrees float64) float32 {
	f := float32(degrees)
	if float64(f) > degrees {
		return math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

func above(degrees float64) float32 { return -below(-degrees) }
