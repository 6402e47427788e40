package tile

import (
	"math"

	"github.com/paulmach/orb"
)

// fixed is how many units the world has in kept lines: a 250th of a unit of a tile of zoom 10.
const fixed = 1 << 30

// Shapes keeps many shapes, in a fifth of the memory where they are lines, which the collector of garbage need not look through.
// It may be read by several goroutines.
type Shapes struct {
	bounds []orb.Bound // in shares of the world
	// parts says where the lines of each shape begin among lines, and lines where the positions of each begin among positions.
	parts, lines []int32
	positions    [][2]int32
	others       map[int32]Shape // what is no line, by number
}

// Len is how many there are.
func (s *Shapes) Len() int { return len(s.bounds) }

// Add keeps a shape, of lines what is seen at a zoom or a lower one. Its number is the [Shapes.Len] before.
func (s *Shapes) Add(shape Shape, zoom int) {
	s.bounds = append(s.bounds, shape.Bound())
	s.parts = append(s.parts, int32(len(s.lines)))
	lines, ok := shape.Simplified(zoom).world.(orb.MultiLineString)
	if !ok {
		if s.others == nil {
			s.others = map[int32]Shape{}
		}
		s.others[int32(len(s.bounds)-1)] = shape
		return
	}
	for _, line := range lines {
		s.lines = append(s.lines, int32(len(s.positions)))
		for _, p := range line {
			s.positions = append(s.positions, [2]int32{int32(math.Round(p[0] * fixed)), int32(math.Round(p[1] * fixed))})
		}
	}
}

// Bound is a shape's box as [Shape.Bound] gives it.
func (s *Shapes) Bound(i int32) orb.Bound { return s.bounds[i] }

// Ends are a shape's as [Shape.Ends] gives them.
func (s *Shapes) Ends(i int32, label *orb.Point) (first, last orb.Point) {
	begin, end := s.positionsOf(i)
	if begin == end {
		return s.At(i).Ends(label)
	}
	return share(s.positions[begin]), share(s.positions[end-1])
}

// At gives a shape.
func (s *Shapes) At(i int32) Shape {
	if shape, ok := s.others[i]; ok {
		return shape
	}
	begin, end := s.positionsOf(i)
	all := make([]orb.Point, end-begin)
	for n := range all {
		all[n] = share(s.positions[int(begin)+n])
	}
	parts := s.lines[s.parts[i]:after(s.parts, i, len(s.lines))]
	world := make(orb.MultiLineString, len(parts))
	for n, from := range parts {
		to := end
		if n+1 < len(parts) {
			to = parts[n+1]
		}
		world[n] = all[from-begin : to-begin]
	}
	return Shape{world}
}

// positionsOf says where the positions of a shape's lines begin and end; nowhere of other shapes.
func (s *Shapes) positionsOf(i int32) (begin, end int32) {
	first, last := s.parts[i], after(s.parts, i, len(s.lines))
	if first == last {
		return 0, 0
	}
	return s.lines[first], after(s.lines, last-1, len(s.positions))
}

// after is where what follows the part of a number begins.
func after(starts []int32, i int32, end int) int32 {
	if int(i)+1 < len(starts) {
		return starts[i+1]
	}
	return int32(end)
}

func share(p [2]int32) orb.Point { return orb.Point{float64(p[0]) / fixed, float64(p[1]) / fixed} }
