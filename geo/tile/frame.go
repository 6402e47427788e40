// Package tile draws geometries into Mapbox Vector Tiles (version 2): it brings well-known binary to a tile's units, clips,
// simplifies and quantises it, and writes the tile's bytes. It goes straight from one form of bytes to the other, since a
// tile of a busy region holds tens of thousands of features.
package tile

import (
	"encoding/binary"
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
	// edge is the latitude in degrees at which the square world of tiles ends.
	edge = 85.0511287798066
)

// ErrGeometry means that well-known binary is damaged or of a type that is not drawn.
var ErrGeometry = errors.New("tile: a geometry cannot be read")

// Frame is a tile's square of the world.
type Frame struct {
	x, y, scale float64 // the corner in units of the zoom, and how many units the world is wide
	padded      orb.Bound
}

// NewFrame gives the frame of a tile by its zoom, column and row, rows counted from the north.
func NewFrame(z, x, y int) *Frame {
	f := &Frame{x: float64(x) * Extent, y: float64(y) * Extent, scale: float64(uint64(1)<<z) * Extent}
	f.padded = orb.Bound{Max: orb.Point{Extent, Extent}}.Pad(Buffer)
	return f
}

// Bound is the frame with its buffer, in longitude-latitude degrees.
func (f *Frame) Bound() orb.Bound {
	low, high := f.degrees(f.padded.Min), f.degrees(f.padded.Max)
	return orb.Bound{Min: orb.Point{low[0], high[1]}, Max: orb.Point{high[0], low[1]}}
}

func (f *Frame) degrees(p orb.Point) orb.Point {
	x, y := (p[0]+f.x)/f.scale, (p[1]+f.y)/f.scale
	return orb.Point{max(-180, min(180, x*360-180)), 180 / math.Pi * math.Atan(math.Sinh(math.Pi*(1-2*y)))}
}

// units brings longitude and latitude in degrees to the tile's units by the web's Mercator.
func (f *Frame) units(lon, lat float64) orb.Point {
	sin := math.Sin(max(-edge, min(edge, lat)) * math.Pi / 180)
	y := 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)
	return orb.Point{(lon+180)/360*f.scale - f.x, y*f.scale - f.y}
}

// World brings a point in a frame's units to a share of the world's width and height.
func (f *Frame) World(p orb.Point) (x, y float64) {
	return (p[0] + f.x) / f.scale, (p[1] + f.y) / f.scale
}

// Drawn is a geometry as a tile holds it.
type Drawn struct {
	kind     uint64
	commands []uint32
	// First and Last are where a line begins and ends, before it was clipped, in units; of all else both are where its label
	// may be.
	First, Last orb.Point
	// Spot says that an area too small for its outline is drawn as a point, which is no location.
	Spot bool
}

// Empty says that nothing of it lies in the frame.
func (d Drawn) Empty() bool { return len(d.commands) == 0 }

// Draw draws a geometry, given as well-known binary in degrees. The label is where that of an area may be drawn, in degrees;
// nil for the middle of its box. The error is [ErrGeometry].
func (f *Frame) Draw(wkb []byte, label *orb.Point) (Drawn, error) {
	r := reader{data: wkb}
	kind, err := r.head()
	if err != nil {
		return Drawn{}, err
	}
	switch kind {
	case 1:
		p, err := r.points(1, f)
		if err != nil {
			return Drawn{}, err
		}
		return f.point(p[0]), nil
	case 2, 5:
		lines, err := r.lists(kind, f)
		if err != nil {
			return Drawn{}, err
		}
		return f.lines(lines), nil
	case 3, 6:
		polygons, err := r.polygons(kind, f)
		if err != nil {
			return Drawn{}, err
		}
		return f.area(polygons, label), nil
	}
	return Drawn{}, ErrGeometry
}

func (f *Frame) point(p orb.Point) Drawn {
	d := Drawn{kind: 1, First: p, Last: p}
	if p[0] >= 0 && p[0] < Extent && p[1] >= 0 && p[1] < Extent {
		pen := pen{}
		d.commands = pen.move(nil, orb.Point{math.Floor(p[0]), math.Floor(p[1])})
	}
	return d
}

func (f *Frame) lines(lines []orb.LineString) Drawn {
	d := Drawn{kind: 2}
	pen := pen{}
	for i, line := range lines {
		if len(line) == 0 {
			continue
		}
		if i == 0 {
			d.First = line[0]
		}
		d.Last = line[len(line)-1]
		bound := line.Bound()
		if !f.padded.Intersects(bound) {
			continue
		}
		parts := orb.MultiLineString{line}
		if !f.padded.Contains(bound.Min) || !f.padded.Contains(bound.Max) {
			parts = clip.LineString(f.padded, line)
		}
		for _, part := range parts {
			d.commands = pen.line(d.commands, simplify.DouglasPeucker(tolerance).LineString(part))
		}
	}
	return d
}

// area draws outlines, or a point where they would be too small to tell.
func (f *Frame) area(polygons orb.MultiPolygon, label *orb.Point) Drawn {
	bound := polygons.Bound()
	spot := bound.Center()
	if label != nil {
		spot = f.units(label[0], label[1])
	}
	if bound.Right()-bound.Left() < smallest && bound.Top()-bound.Bottom() < smallest {
		d := f.point(spot)
		d.Spot = true
		return d
	}
	d := Drawn{kind: 3, First: spot, Last: spot}
	if !f.padded.Intersects(bound) {
		return d
	}
	pen := pen{}
	for _, polygon := range polygons {
		bound := polygon.Bound()
		if !f.padded.Intersects(bound) {
			continue
		}
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

// reader reads well-known binary in the order of bytes in which it is stored.
type reader struct{ data []byte }

// head reads the order of bytes, which must be little-endian, and the type.
func (r *reader) head() (uint32, error) {
	const size = 5
	if len(r.data) < size || r.data[0] != 1 {
		return 0, ErrGeometry
	}
	kind := binary.LittleEndian.Uint32(r.data[1:])
	r.data = r.data[size:]
	return kind, nil
}

func (r *reader) count() (int, error) {
	const size = 4
	if len(r.data) < size {
		return 0, ErrGeometry
	}
	n := binary.LittleEndian.Uint32(r.data)
	r.data = r.data[size:]
	if uint64(n) > uint64(len(r.data)) {
		return 0, ErrGeometry
	}
	return int(n), nil
}

// points reads positions and brings them to a frame's units.
func (r *reader) points(n int, f *Frame) (orb.LineString, error) {
	const size = 16
	if len(r.data) < n*size {
		return nil, ErrGeometry
	}
	line := make(orb.LineString, n)
	for i := range line {
		lon := math.Float64frombits(binary.LittleEndian.Uint64(r.data[i*size:]))
		lat := math.Float64frombits(binary.LittleEndian.Uint64(r.data[i*size+size/2:]))
		line[i] = f.units(lon, lat)
	}
	r.data = r.data[n*size:]
	return line, nil
}

// lists reads the lines of a line or of several.
func (r *reader) lists(kind uint32, f *Frame) ([]orb.LineString, error) {
	parts := 1
	if kind == 5 {
		var err error
		if parts, err = r.count(); err != nil {
			return nil, err
		}
	}
	lines := make([]orb.LineString, parts)
	for i := range lines {
		if kind == 5 {
			if inner, err := r.head(); err != nil || inner != 2 {
				return nil, ErrGeometry
			}
		}
		n, err := r.count()
		if err != nil {
			return nil, err
		}
		if lines[i], err = r.points(n, f); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

func (r *reader) polygons(kind uint32, f *Frame) (orb.MultiPolygon, error) {
	parts := 1
	if kind == 6 {
		var err error
		if parts, err = r.count(); err != nil {
			return nil, err
		}
	}
	polygons := make(orb.MultiPolygon, parts)
	for i := range polygons {
		if kind == 6 {
			if inner, err := r.head(); err != nil || inner != 3 {
				return nil, ErrGeometry
			}
		}
		rings, err := r.count()
		if err != nil {
			return nil, err
		}
		for range rings {
			n, err := r.count()
			if err != nil {
				return nil, err
			}
			ring, err := r.points(n, f)
			if err != nil {
				return nil, err
			}
			polygons[i] = append(polygons[i], orb.Ring(ring))
		}
	}
	return polygons, nil
}
