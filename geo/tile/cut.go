package tile

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// placer brings positions of a packed line to a frame's units.
type placer struct{ x, y, step float64 }

func (f *Frame) placer(u unpacker) placer {
	size := math.Ldexp(f.scale, -gridBits)
	return placer{float64(u.box.West)*size - f.x, float64(u.box.North)*size - f.y, math.Ldexp(size, int(u.shift))}
}

func (p placer) at(line []byte) orb.Point {
	_ = line[packedPosition-1]
	return orb.Point{float64(threeBytes(line))*p.step + p.x, float64(threeBytes(line[3:]))*p.step + p.y}
}

// sides of the padded frame beyond which a point lies, as bits.
func (f *Frame) sides(p orb.Point) (beyond uint8) {
	if p[0] < f.padded.Min[0] {
		beyond |= 1
	} else if p[0] > f.padded.Max[0] {
		beyond |= 2
	}
	if p[1] < f.padded.Min[1] {
		beyond |= 4
	} else if p[1] > f.padded.Max[1] {
		beyond |= 8
	}
	return beyond
}

// inside gives the part of a segment that lies in the padded frame, after Liang and Barsky.
func (f *Frame) inside(a, b orb.Point) (from, to orb.Point, ok bool) {
	first, last := 0.0, 1.0
	for i := range 2 {
		d := b[i] - a[i]
		low, high := f.padded.Min[i]-a[i], f.padded.Max[i]-a[i]
		if d == 0 {
			if low > 0 || high < 0 {
				return a, b, false
			}
			continue
		}
		enter, leave := low/d, high/d
		if d < 0 {
			enter, leave = leave, enter
		}
		first, last = max(first, enter), min(last, leave)
	}
	if first > last {
		return a, b, false
	}
	along := func(t float64) orb.Point { return orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])} }
	from, to = a, b
	if first > 0 {
		from = along(first)
	}
	if last < 1 {
		to = along(last)
	}
	return from, to, true
}

// meetsLine says whether something of a packed line lies in the padded frame.
func (f *Frame) meetsLine(p placer, line []byte) bool {
	if len(line) == 0 {
		return false
	}
	before := p.at(line)
	was := f.sides(before)
	for at := packedPosition; was != 0 && at < len(line); at += packedPosition {
		next := p.at(line[at:])
		is := f.sides(next)
		if is == 0 {
			return true
		}
		if was&is == 0 {
			if _, _, ok := f.inside(before, next); ok {
				return true
			}
		}
		before, was = next, is
	}
	return was == 0
}

// cut hands out the parts of a packed line that lie in the padded frame. They are good until the next one.
func (f *Frame) cut(p placer, line []byte, part func([]orb.Point)) {
	if len(line) == 0 {
		return
	}
	points := f.points[:0]
	before := p.at(line)
	was := f.sides(before)
	if was == 0 {
		points = append(points, before)
	}
	for at := packedPosition; at < len(line); at += packedPosition {
		next := p.at(line[at:])
		is := f.sides(next)
		switch {
		case was|is == 0:
			points = append(points, next)
		case was&is == 0:
			if from, to, ok := f.inside(before, next); ok {
				if was != 0 {
					points = append(points[:0], from)
				}
				points = append(points, to)
			}
			if is != 0 && len(points) > 0 {
				part(points)
				points = points[:0]
			}
		}
		before, was = next, is
	}
	if len(points) > 0 {
		part(points)
	}
	f.points = points
}

// Meets says whether anything of a shape is drawn in the frame; the label is that of [Frame.Draw]. The error is [ErrGeometry].
func (f *Frame) Meets(p Packed, label *orb.Point) (bool, error) {
	if !f.grid.Meets(p.Box) {
		return false, nil
	}
	if !p.IsLine() {
		d, err := f.Draw(p, label)
		return !d.Empty(), err
	}
	u, err := p.reader()
	if err != nil {
		return false, err
	}
	place := f.placer(u)
	for line, err := range u.each() {
		if err != nil || f.meetsLine(place, line) {
			return err == nil, err
		}
	}
	return false, nil
}

// Draw draws a shape. The label is where that of an area may be drawn, in degrees; nil for the middle of its box. The error is
// [ErrGeometry].
func (f *Frame) Draw(p Packed, label *orb.Point) (Drawn, error) {
	if p.IsArea() && !p.Outlined(f.zoom) {
		return f.spot(p, label)
	}
	if !p.IsLine() {
		s, err := p.Shape()
		if err != nil {
			return Drawn{}, err
		}
		switch g := s.world.(type) {
		case orb.Point:
			return f.point(f.placed(g)), nil
		case orb.MultiPolygon:
			return f.area(g), nil
		}
	}
	u, err := p.reader()
	if err != nil {
		return Drawn{}, err
	}
	pen, place, start := pen{}, f.placer(u), len(f.commands)
	for line, err := range u.each() {
		if err != nil {
			return Drawn{}, err
		}
		f.cut(place, line, func(part []orb.Point) {
			if len(part) > 2 {
				part = simplify.DouglasPeucker(tolerance).LineString(part)
			}
			f.commands = pen.line(f.commands, part)
		})
	}
	return Drawn{kind: aLine, commands: f.commands[start:len(f.commands):len(f.commands)]}, nil
}

// Ends are where a line begins and ends, in shares of the world's width and height. Those of an area are where its label may be, given in
// degrees, or the middle of its box; those of a point are the point. The error is [ErrGeometry].
func (p Packed) Ends(label *orb.Point) (first, last orb.Point, err error) {
	if !p.IsLine() {
		if label != nil && p.IsArea() {
			first = mercator(label[0], label[1])
			return first, first, nil
		}
		first = orb.Point{(share(p.Box.West) + share(p.Box.East)) / 2, (share(p.Box.North) + share(p.Box.South)) / 2}
		return first, first, nil
	}
	u, err := p.reader()
	if err != nil {
		return first, last, err
	}
	n := 0
	for line, err := range u.each() {
		if err != nil || len(line) == 0 {
			return first, last, ErrGeometry
		}
		if n == 0 {
			first = u.shares(line[:packedPosition])[0]
		}
		last = u.shares(line[len(line)-packedPosition:])[0]
		n++
	}
	return first, last, nil
}
