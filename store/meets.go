package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// outlines say for SQL what meets a box. Hundreds of features may be in one province: its outline is read once, for as long as there is
// room, and held against one box once.
type outlines struct {
	known memory[int64, orb.Geometry]
	asked memory[outlineIn, bool]
}

// outlineIn asks whether an outline meets a box.
type outlineIn struct {
	outline int64
	box     orb.Bound
}

// mostOutlines is how many bytes of the texts of outlines a pool of connections remembers, and mostAsked how many of answers.
const (
	mostOutlines = 16 << 20
	mostAsked    = 1 << 20
	answerSize   = 128 // in a map of Go, more or less
)

var errSides = errors.New("store: a box has four sides of eight bytes")

// sides are a box as the function meets of SQL takes it: of all that the driver brings to a function, one value takes the least.
func (b Box) sides() []byte {
	var sides []byte
	for _, side := range [...]float64{b.West, b.South, b.East, b.North} {
		sides = binary.BigEndian.AppendUint64(sides, math.Float64bits(side))
	}
	return sides
}

func boundOf(sides []byte) (b orb.Bound, err error) {
	if len(sides) != 4*8 {
		return b, errSides
	}
	side := func(i int) float64 { return math.Float64frombits(binary.BigEndian.Uint64(sides[8*i:])) }
	return orb.Bound{Min: orb.Point{side(0), side(1)}, Max: orb.Point{side(2), side(3)}}, nil
}

// meets says whether a geometry, by its text, has a point in a box of [Box.sides].
func meets(geometry string, sides []byte) (bool, error) {
	box, err := boundOf(sides)
	if err != nil {
		return false, err
	}
	if meets, isLine := lineMeets(geometry, box); isLine {
		return meets, nil
	}
	g, err := readGeometry(geometry)
	if err != nil {
		return false, fmt.Errorf("a geometry that begins with %.40q: %w", geometry, err)
	}
	return geo.Meets(g, box), nil
}

// meets says the same of an outline that several features share, by its id; NULL where it has not been read. To bring its text here for
// each of them would take longer than all else.
func (o *outlines) meets(id int64, sides []byte) (any, error) {
	box, err := boundOf(sides)
	if err != nil {
		return nil, err
	}
	if meets, ok := o.asked.get(outlineIn{id, box}); ok {
		return meets, nil
	}
	g, ok := o.known.get(id)
	if !ok {
		return nil, nil
	}
	return o.holdAgainst(id, g, box), nil
}

// readAndMeets says it of one that is read.
func (o *outlines) readAndMeets(id int64, sides []byte, geometry string) (bool, error) {
	box, err := boundOf(sides)
	if err != nil {
		return false, err
	}
	g, err := readGeometry(geometry)
	if err != nil {
		return false, fmt.Errorf("outline %d: %w", id, err)
	}
	o.known.keep(id, g, len(geometry), mostOutlines)
	return o.holdAgainst(id, g, box), nil
}

func (o *outlines) holdAgainst(id int64, g orb.Geometry, box orb.Bound) bool {
	meets := geo.Meets(g, box)
	o.asked.keep(outlineIn{id, box}, meets, answerSize, mostAsked)
	return meets
}

// lineMeets says of the text of a line, or of lines, whether it has a point in a box. Most features whose own box tells too little
// are lines: nothing of them is kept, and none is read further than it takes.
func lineMeets(text string, box orb.Bound) (meets, isLine bool) {
	kind, rest, _ := strings.Cut(strings.TrimPrefix(text, `{"type":"`), `","coordinates":`)
	r := &positionReader{rest: rest}
	switch kind {
	case "LineString":
		meets = r.lineMeets(box)
	case "MultiLineString":
		r.need('[')
		for meets = r.lineMeets(box); !meets && !r.broken && r.take(','); {
			meets = r.lineMeets(box)
		}
	default:
		return false, false
	}
	return meets, !r.broken
}

func (r *positionReader) lineMeets(box orb.Bound) bool {
	r.need('[')
	before := r.position()
	if box.Contains(before) {
		return !r.broken
	}
	for !r.broken && r.take(',') {
		next := r.position()
		if geo.SegmentMeets(before, next, box) {
			return !r.broken
		}
		before = next
	}
	r.need(']')
	return false
}
