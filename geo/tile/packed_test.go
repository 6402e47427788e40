package tile

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

func shapeOf(t *testing.T, g orb.Geometry) Shape {
	t.Helper()
	raw, err := wkb.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	shape, err := Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	return shape
}

// samples are shapes of every kind, from a few metres wide to the whole world.
func samples() (all []orb.Geometry) {
	random := rand.New(rand.NewPCG(1, 1))
	for _, size := range []float64{1e-4, 0.1, 10, 85} {
		at := func() orb.Point {
			return orb.Point{(random.Float64()*2 - 1) * size * 2, (random.Float64()*2 - 1) * size}
		}
		ring := func() orb.Ring {
			first := at()
			return orb.Ring{first, at(), at(), at(), first}
		}
		all = append(all, at(), orb.LineString{at(), at(), at()}, orb.MultiLineString{{at(), at()}, {at(), at(), at()}},
			orb.Polygon{ring(), ring()}, orb.MultiPolygon{{ring()}, {ring(), ring(), ring()}})
	}
	return append(all, orb.LineString{{-180, 90}, {180, -90}}, orb.LineString{{180, 90}, {180, 90}}, orb.Point{180, -90}) // the last steps
}

// positions of a shape, one after the other.
func positions(g orb.Geometry) (all []orb.Point) {
	switch g := g.(type) {
	case orb.Point:
		return []orb.Point{g}
	case orb.MultiLineString:
		for _, line := range g {
			all = append(all, line...)
		}
	case orb.MultiPolygon:
		for _, polygon := range g {
			for _, ring := range polygon {
				all = append(all, ring...)
			}
		}
	}
	return all
}

func TestAPackedShapeIsTheSameWithinItsStep(t *testing.T) {
	for _, g := range samples() {
		shape := shapeOf(t, g)
		packed := shape.Pack(30) // so fine that no line loses a position
		unpacked, err := packed.Shape()
		if err != nil {
			t.Fatal(err)
		}
		before, after := positions(shape.world), positions(unpacked.world)
		if len(before) == 0 || len(before) != len(after) {
			t.Fatalf("%v became %v", shape.world, unpacked.world)
		}
		step := share(1 << packed.Data[1])
		for i, p := range before {
			for side := range 2 {
				if d := p[side] - after[i][side]; d < -1e-12 || d > step+1e-12 {
					t.Errorf("%v: %v became %v, with steps of %v", g, p, after[i], step)
				}
			}
		}
		if again := unpacked.Pack(30); again.Box != packed.Box || !bytes.Equal(again.Data, packed.Data) {
			t.Errorf("%v: packed once more it is another", g)
		}
	}
}

// What is broken on its way gives an error or another drawing, and never ends the program.
func TestBrokenShapesAreErrors(t *testing.T) {
	frame, label := NewFrame(1, 1, 0), orb.Point{10, 10}
	try := func(data []byte, box Box) {
		p := Packed{Box: box, Data: data}
		_, err1 := frame.Draw(p, &label)
		_, err2 := frame.Meets(p, nil)
		_, _, err3 := p.Ends(nil)
		_, err4 := p.Shape()
		for _, err := range []error{err1, err2, err3, err4} {
			if err != nil && !errors.Is(err, ErrGeometry) {
				t.Errorf("%x: %v", data, err)
			}
		}
	}
	random := rand.New(rand.NewPCG(2, 2))
	for _, g := range samples() {
		packed := shapeOf(t, g).Pack(30)
		for n := range packed.Data {
			p := Packed{Box: packed.Box, Data: packed.Data[:n]}
			try(p.Data, p.Box)
			if _, err := p.Shape(); err == nil && n < packedHead {
				t.Errorf("%v: %d of %d bytes are a shape", g, n, len(packed.Data))
			}
			for range 20 {
				broken := bytes.Clone(packed.Data)
				broken[n] = byte(random.Uint32())
				try(broken, Box{random.Uint32(), random.Uint32(), random.Uint32(), random.Uint32()})
			}
		}
		raw, err := wkb.Marshal(g)
		if err != nil {
			t.Fatal(err)
		}
		for n := range raw {
			if _, err := Read(raw[:n]); !errors.Is(err, ErrGeometry) {
				t.Errorf("%d of %d bytes of %v: %v", n, len(raw), g, err)
			}
		}
	}
}
