// Package tile draws geometries into Mapbox Vector Tiles (version 2): it brings well-known binary to a tile's units, clips,
// simplifies and quantises it, and writes the tile's bytes. It goes straight from one form of bytes to the other, since a
// tile of a busy region holds tens of thousands of features.
package tile

import (
	"errors"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

const (
	// Extent is a tile's width and height in units.
	Extent = 4096
	// Buffer is how far lines and areas reach beyond a tile's edge, in units. A point belongs to one tile and has none.
	Buffer = 64
	// tolerance of simplified lines and outlines, in units: a quarter of a pixel of a tile that is drawn 512 pixels wide.
	tolerance = 2
	// smallest is how wide or high an area must be for its outline to be drawn, in units: 16 of these pixels.
	smallest = 128
)

// ErrGeometry means that well-known binary is damaged or of a type that is not drawn.
var ErrGeometry = errors.New("tile: a geometry cannot be read")

// Frame is a tile's square of the world.
type Frame struct {
	zoom        int
	x, y, scale float64 // the corner in units of the zoom, and how many units the world is wide
	padded      orb.Bound
	bound       orb.Bound   // the same in degrees
	grid        Box         // the same in steps of the grid
	points      []orb.Point // of a line while it is cut
	commands    []uint32    // of all that was drawn, one after the other
}

// NewFrame gives the frame of a tile by its zoom, column and row, rows counted from the north.
func NewFrame(z, x, y int) *Frame {
	f := &Frame{zoom: z, x: float64(x) * Extent, y: float64(y) * Extent, scale: float64(uint64(1)<<z) * Extent}
	f.padded = orb.Bound{Max: orb.Point{Extent, Extent}}.Pad(Buffer)
	low, high := f.degrees(f.padded.Min), f.degrees(f.padded.Max)
	f.bound = orb.Bound{Min: orb.Point{low[0], high[1]}, Max: orb.Point{high[0], low[1]}}
	// What lies beyond the square world's edge is drawn at its edge.
	if y == 0 {
		f.bound.Max[1] = 90
	}
	if y == 1<<z-1 {
		f.bound.Min[1] = -90
	}
	ofWorld := func(p orb.Point) orb.Point { return orb.Point{(p[0] + f.x) / f.scale, (p[1] + f.y) / f.scale} }
	f.grid = stepBox(orb.Bound{Min: ofWorld(f.padded.Min), Max: ofWorld(f.padded.Max)})
	return f
}

// Bound is the frame with its buffer, in longitude-latitude degrees; the first and the last row reach to the poles.
func (f *Frame) Bound() orb.Bound { return f.bound }

// Grid is the same in steps of the grid of packed shapes.
func (f *Frame) Grid() Box { return f.grid }

func (f *Frame) degrees(p orb.Point) orb.Point {
	x, y := (p[0]+f.x)/f.scale, (p[1]+f.y)/f.scale
	return orb.Point{max(-180, min(180, x*360-180)), 180 / math.Pi * math.Atan(math.Sinh(math.Pi*(1-2*y)))}
}

// Drawn is a geometry as a tile holds it.
type Drawn struct {
	kind     uint64
	commands []uint32
	// Spot says that an area too small for its outline is drawn as a point, which is no location.
	Spot bool
}

// Empty says that nothing of it lies in the frame.
func (d Drawn) Empty() bool { return len(d.commands) == 0 }

// IsArea says that it is the outline of an area.
func (d Drawn) IsArea() bool { return d.kind == anArea }

// placed brings a point from shares of the world to the frame's units.
func (f *Frame) placed(p orb.Point) orb.Point {
	return orb.Point{p[0]*f.scale - f.x, p[1]*f.scale - f.y}
}

func (f *Frame) placedLine(line []orb.Point) []orb.Point {
	out := make([]orb.Point, len(line))
	for i, p := range line {
		out[i] = f.placed(p)
	}
	return out
}

// Contains says that all that lies in a box is drawn, so that something of it surely is.
func (f *Frame) Contains(b Box) bool {
	at := func(x, y uint32) orb.Point { return f.placed(orb.Point{share(x), share(y)}) }
	inner := orb.Bound{Max: orb.Point{Extent - 1, Extent - 1}}
	return inner.Contains(at(b.West, b.North)) && inner.Contains(at(b.East, b.South))
}

// reaches says whether a box in shares of the world meets the frame with its buffer.
func (f *Frame) reaches(b orb.Bound) bool {
	return f.padded.Intersects(orb.Bound{Min: f.placed(b.Min), Max: f.placed(b.Max)})
}

func (f *Frame) point(p orb.Point) Drawn {
	d := Drawn{kind: 1}
	if p[0] >= 0 && p[0] < Extent && p[1] >= 0 && p[1] < Extent {
		pen := pen{}
		d.commands = pen.move(nil, orb.Point{math.Floor(p[0]), math.Floor(p[1])})
	}
	return d
}

// spot draws an area that is too small for its outline as a point. One at the world's edge is in its last tile, as a point is.
func (f *Frame) spot(p Packed, label *orb.Point) (Drawn, error) {
	at, _, err := p.Ends(label)
	d := f.point(f.placed(onGrid(at)))
	d.Spot = true
	return d, err
}

// area draws outlines.
func (f *Frame) area(polygons orb.MultiPolygon) Drawn {
	d := Drawn{kind: anArea}
	pen := pen{}
	for _, world := range polygons {
		if !f.reaches(world.Bound()) {
			continue
		}
		polygon := make(orb.Polygon, len(world))
		for i, ring := range world {
			polygon[i] = f.placedLine(ring)
		}
		bound := polygon.Bound()
		if !f.padded.Contains(bound.Min) || !f.padded.Contains(bound.Max) {
			polygon = clip.Polygon(f.padded, polygon)
		}
		if f.inHole(polygon) {
			continue
		}
		for i, ring := range polygon {
			ring = orb.Ring(simplify.DouglasPeucker(tolerance).LineString(orb.LineString(ring)))
			before := len(d.commands)
			if d.commands = pen.ring(d.commands, ring, i == 0); i == 0 && len(d.commands) == before {
				break // without its outer ring there are no holes
			}
		}
	}
	return d
}

// inHole says that a clipped polygon's hole is the whole frame.
func (f *Frame) inHole(polygon orb.Polygon) bool {
	for i := 1; i < len(polygon); i++ {
		if math.Abs(planar.Area(polygon[i])) > planar.Area(f.padded)-1 {
			return true
		}
	}
	return false
}
