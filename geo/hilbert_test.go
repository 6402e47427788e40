package geo_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"corridor/geo"
)

func TestHilbertVisitsEachCellOfAGridAndStepsToANeighbour(t *testing.T) {
	const side = 32 // cells of the grid along the world's width and height
	type cell struct {
		column, row int
		along       uint32
	}
	var cells []cell
	for column := range side {
		for row := range side {
			p := orb.Point{-180 + 360*(float64(column)+0.5)/side, -90 + 180*(float64(row)+0.5)/side}
			cells = append(cells, cell{column, row, geo.Hilbert(p)})
		}
	}
	slices.SortFunc(cells, func(a, b cell) int { return int(int64(a.along) - int64(b.along)) })
	for i, c := range cells[1:] {
		before := cells[i]
		if c.along == before.along {
			t.Fatalf("%v and %v are at one place of the curve", before, c)
		}
		if step := abs(c.column-before.column) + abs(c.row-before.row); step != 1 {
			t.Fatalf("the curve jumps from %v to %v", before, c)
		}
	}
}

func abs(n int) int { return max(n, -n) }

func TestHilbertTakesPointsAtAndBeyondTheEdge(t *testing.T) {
	for _, tt := range []struct{ edge, beyond orb.Point }{
		{orb.Point{180, 90}, orb.Point{190, 95}},
		{orb.Point{-180, -90}, orb.Point{-200, -91}},
		{orb.Point{-180, 90}, orb.Point{-181, 90}},
	} {
		if at, beyond := geo.Hilbert(tt.edge), geo.Hilbert(tt.beyond); at != beyond {
			t.Errorf("%v lies at %d, %v at %d", tt.edge, at, tt.beyond, beyond)
		}
	}
}

// Runs of points in the curve's order must be small: that is what it is for.
func TestRunsAlongHilbertAreSmall(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	points := make(orb.MultiPoint, 64*256)
	for i := range points {
		points[i] = orb.Point{random.Float64()*360 - 180, random.Float64()*180 - 90}
	}
	slices.SortFunc(points, func(a, b orb.Point) int { return int(int64(geo.Hilbert(a)) - int64(geo.Hilbert(b))) })
	covered := 0.0 // square degrees
	for run := range slices.Chunk(points, 64) {
		b := run.Bound()
		covered += (b.Right() - b.Left()) * (b.Top() - b.Bottom())
	}
	if world := 360.0 * 180; covered > 2*world {
		t.Errorf("the boxes of 256 runs cover the world %.1f times", covered/world)
	}
}
