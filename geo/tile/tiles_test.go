package tile

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

// What is drawn on a tile must be counted there, and a tile that is split must find in its quarters all that it held.
func TestTilesAreAllOnWhichSomethingIsDrawn(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	shapes := samples()
	for range 50 {
		var line orb.LineString
		for range 2 + random.IntN(20) {
			line = append(line, orb.Point{95 + 20*random.Float64(), 25 * random.Float64()})
		}
		shapes = append(shapes, line)
	}
	for _, g := range shapes {
		packed := shapeOf(t, g).Pack(8)
		for zoom := range 8 {
			on, err := packed.Tiles(nil, zoom, nil)
			if err != nil {
				t.Fatal(err)
			}
			for y := range uint32(1) << zoom {
				for x := range uint32(1) << zoom {
					meets, err := NewFrame(zoom, int(x), int(y)).Meets(packed, nil)
					if err != nil {
						t.Fatal(err)
					}
					if at := (Address{x, y}); meets && !slices.Contains(on, at) {
						t.Errorf("%v is drawn on %v of zoom %d, which is not among %v", g, at, zoom, on)
					}
				}
			}
			checkQuarters(t, packed, zoom, on)
		}
	}
}

func checkQuarters(t *testing.T, packed Packed, zoom int, on []Address) {
	t.Helper()
	if zoom == 0 || packed.Outlined(zoom) && !packed.Outlined(zoom-1) { // what was a spot on one tile has an outline on several
		return
	}
	parents, err := packed.Tiles(nil, zoom-1, nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []Address
	for _, of := range parents {
		quarters, err := packed.Quarters(nil, zoom, of, nil)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, quarters...)
	}
	if found = Once(found); !slices.Equal(found, on) {
		t.Errorf("the quarters at zoom %d are %v, the tiles %v", zoom, found, on)
	}
}
