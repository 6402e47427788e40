package store

import (
	"math"

	"github.com/paulmach/orb"

	"corridor/geo/tile"
)

// coarseness says which marks of a zoom are one, from the finest. It is chosen for all tiles of a zoom and a collection, never
// for one tile: neighbours that are drawn in different ways would show an edge where nothing ends, and a false density. First
// those between the same places are one, then those whose ends lie in the same cells of a grid over the world, last also areas.
type coarseness int

const (
	byPlace coarseness = 0
	// finest is into how many cells a tile's side is divided at first, as a power of the square root of two: each of the next
	// steps halves the number of cells.
	finest   = 16
	coarsest = coarseness(2 * (finest + 1))
)

// step is that of the grid.
func (c coarseness) step() int { return finest - (int(c)-1)%(finest+1) }

// keepsOutlines says that areas which are seen as such stay what they are, each in one place.
func (c coarseness) keepsOutlines() bool { return c <= finest+1 }

// crowd is what may be too many marks, in the order in which they are chosen.
type crowd interface {
	len() int
	kind(i int) string
	count(i int) int
	// alike is a hash of what the mark has in common with those between the same places.
	alike(i int) uint64
	// box is that of an area whose outline is drawn.
	box(i int) (box tile.Box, outlined bool)
	// ends are where a line begins and ends, or where all else may be, in shares of the world's width and height.
	ends(i int) [2]orb.Point
}

// near is what marks have in common of which one stands for the others.
type near struct {
	how  sameness
	kind string
	ends [4]uint32
}

type sameness int8

const (
	sameCells sameness = iota
	sameOutline
	samePlaces
)

// near gives what a mark has in common with others at a zoom.
func (c coarseness) near(of crowd, i, zoom int) near {
	if box, outlined := of.box(i); outlined && c.keepsOutlines() {
		return near{sameOutline, of.kind(i), [4]uint32{box.West, box.North, box.East, box.South}}
	}
	if c == byPlace {
		alike := of.alike(i)
		return near{how: samePlaces, ends: [4]uint32{uint32(alike >> 32), uint32(alike)}}
	}
	ends := of.ends(i)
	size := math.Exp2(float64(zoom) + float64(c.step())/2) // the same for all tiles of a zoom
	cell := func(share float64) uint32 { return uint32(max(0, share*size)) }
	return near{sameCells, of.kind(i), [4]uint32{cell(ends[0][0]), cell(ends[0][1]), cell(ends[1][0]), cell(ends[1][1])}}
}

// group is what one mark stands for.
type group struct {
	first         int
	count, nearby int
}

// groups lets the first of the marks that lie near each other stand for all. It tells of each that stands for some, and ends
// early where that is answered with no.
func (c coarseness) groups(of crowd, zoom int, fits func(first int) bool) (groups []group, all bool) {
	seen := make(map[near]int32, min(of.len(), mostMarks))
	for i := range of.len() {
		key := c.near(of, i, zoom)
		if g, ok := seen[key]; ok {
			groups[g].count += of.count(i)
			groups[g].nearby += of.count(i)
			continue
		}
		if !fits(i) {
			return nil, false
		}
		seen[key] = int32(len(groups))
		groups = append(groups, group{first: i, count: of.count(i)})
	}
	return groups, true
}
