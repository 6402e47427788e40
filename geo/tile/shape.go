package tile

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// edge is the latitude in degrees at which the square world of tiles ends.
const edge = 85.0511287798066

// mercator brings longitude and latitude in degrees to shares of the world's width and height, from its north-west.
func mercator(lon, lat float64) orb.Point {
	sin := math.Sin(max(-edge, min(edge, lat)) * math.Pi / 180)
	return orb.Point{(lon + 180) / 360, 0.5 - math.Log((1+sin)/(1-sin))/(4*math.Pi)}
}

// Shape is a geometry on the square world of tiles.
type Shape struct {
	world orb.Geometry // a point, lines or areas, in shares of the world's width and height
	bound orb.Bound
}

// Read reads well-known binary in degrees. The error is [ErrGeometry].
func Read(wkb []byte) (Shape, error) {
	r := reader{data: wkb, bound: orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}}
	kind, err := r.head()
	if err != nil {
		return Shape{}, err
	}
	switch kind {
	case 1:
		p, err := r.points(1)
		if err != nil {
			return Shape{}, err
		}
		return Shape{p[0], r.bound}, nil
	case 2, 5:
		lines, err := r.lists(kind)
		return Shape{lines, r.bound}, err
	case 3, 6:
		areas, err := r.polygons(kind)
		return Shape{areas, r.bound}, err
	}
	return Shape{}, ErrGeometry
}

// reader reads well-known binary in the order of bytes in which it is stored.
type reader struct {
	data  []byte
	bound orb.Bound // of what was read
}

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

// positionSize is how many bytes a position has.
const positionSize = 16

// position reads one of those that follow, in degrees.
func (r *reader) position(i int) orb.Point {
	at := r.data[i*positionSize:]
	return orb.Point{math.Float64frombits(binary.LittleEndian.Uint64(at)), math.Float64frombits(binary.LittleEndian.Uint64(at[positionSize/2:]))}
}

// points reads positions and brings them to shares of the world's width and height, from its north-west.
func (r *reader) points(n int) (orb.LineString, error) {
	if len(r.data) < n*positionSize {
		return nil, ErrGeometry
	}
	line := make(orb.LineString, n)
	for i := range line {
		at := r.position(i)
		line[i] = mercator(at[0], at[1])
		r.extend(line[i])
	}
	r.data = r.data[n*positionSize:]
	return line, nil
}

// extend brings a point into the bound. Unlike [orb.Bound.Extend] it is made for a million of them.
func (r *reader) extend(p orb.Point) {
	for i, at := range p {
		r.bound.Min[i], r.bound.Max[i] = min(r.bound.Min[i], at), max(r.bound.Max[i], at)
	}
}

// lists reads the lines of a line or of several.
func (r *reader) lists(kind uint32) (orb.MultiLineString, error) {
	parts := 1
	if kind == 5 {
		var err error
		if parts, err = r.count(); err != nil {
			return nil, err
		}
	}
	lines := make(orb.MultiLineString, parts)
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
		if lines[i], err = r.points(n); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

func (r *reader) polygons(kind uint32) (orb.MultiPolygon, error) {
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
			ring, err := r.points(n)
			if err != nil {
				return nil, err
			}
			polygons[i] = append(polygons[i], orb.Ring(ring))
		}
	}
	return polygons, nil
}
