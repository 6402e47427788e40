package geo

import (
	"testing"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"
)

// everyKind is one geometry of each kind that the package deals with, around Xishuangbanna.
func everyKind() []orb.Geometry {
	line := orb.LineString{{100.123456, 21.123456}, {100.2, 21.9}, {101.654321, 22.111111}}
	area := square(99.987654, 21.123456, 1.5)
	return []orb.Geometry{
		orb.Point{100.795123, 22.006456},
		orb.MultiPoint{{100.795123, 22.006456}, {100.1, 21.5}},
		line,
		orb.MultiLineString{line, {{99, 20}, {98, 19}}},
		area,
		orb.MultiPolygon{area, square(110, 10, 3)},
	}
}

// metres is about how far from a point of this precision the place may lie that is meant; 0 for [Unknown] and [Border],
// which say nothing of the kind.
func metres(p Precision) float64 {
	switch p {
	case Exact:
		return 100
	case Settlement:
		return 2_000
	case District:
		return 15_000
	case Prefecture:
		return 50_000
	case Province:
		return 150_000
	case Country:
		return 500_000
	case Region:
		return 1_000_000
	}
	return 0
}

func TestCoarseningStaysNearAndIsDoneOnce(t *testing.T) {
	for _, p := range Precisions() {
		for _, g := range everyKind() {
			once := Coarsen(g, p)
			if twice := Coarsen(once, p); !orb.Equal(once, twice) {
				t.Errorf("%s of a %s: coarsening twice gives\n%v, not\n%v", p, g.GeoJSONType(), twice, once)
			}
			if point, ok := g.(orb.Point); ok && metres(p) > 0 {
				c, _ := once.(orb.Point)
				if d := orbgeo.Distance(point, c); d > metres(p) {
					t.Errorf("%s moves a point by %.0f m, more than %.0f", p, d, metres(p))
				}
			}
		}
	}
}

func TestPointsNearEachOtherCannotBeToldApartOnceCoarsened(t *testing.T) {
	for _, p := range []Precision{Settlement, District, Prefecture, Province, Country, Region} {
		step := p.grid()
		a, b := orb.Point{100 + step/10, 20 + step/10}, orb.Point{100 + step*0.9, 20 + step*0.9}
		if Coarsen(a, p) != Coarsen(b, p) {
			t.Errorf("%s: %v and %v stay %v and %v", p, a, b, Coarsen(a, p), Coarsen(b, p))
		}
	}
}

// All that a cell holds has the same cell, which is that of its middle; at the antimeridian and the poles too.
func TestACellHoldsWhatIsCoarsenedToItsMiddle(t *testing.T) {
	for _, p := range []Precision{Exact, Settlement, District, Prefecture, Province, Country, Region, Unknown} {
		for _, at := range []orb.Point{{99.8876, 20.4312}, {-70.66, -33.44}, {180, 90}, {-180, -90}, {0, 0}, {179.9999, -89.9999}} {
			cell := Cell(at, p)
			middle, _ := Coarsen(at, p).(orb.Point)
			b := cell.Bound()
			if !b.Contains(at) || !b.Contains(middle) || !orb.Equal(Cell(middle, p), cell) || cell[0].Orientation() != orb.CCW {
				t.Errorf("%s of %v is %v, with the middle %v", p, at, cell, middle)
			}
			if b.Min[0] < -180 || b.Max[0] > 180 || b.Min[1] < -90 || b.Max[1] > 90 {
				t.Errorf("%s of %v leaves the globe: %v", p, at, cell)
			}
		}
	}
	if Cell(orb.Point{1, 1}, Border) != nil {
		t.Error("a border has a cell")
	}
}

func TestCoarseningKeepsToTheGlobe(t *testing.T) {
	for _, p := range Precisions() {
		for _, at := range []orb.Point{{180, 90}, {-180, -90}, {179.99, 89.99}, {0, 0}} {
			c, ok := Coarsen(at, p).(orb.Point)
			if !ok || c[0] < -180 || c[0] > 180 || c[1] < -90 || c[1] > 90 {
				t.Errorf("%s of %v is %v", p, at, c)
			}
		}
	}
}

func TestTheLadderOfMetresClimbs(t *testing.T) {
	ladder := []Precision{Exact, Settlement, District, Prefecture, Province, Country, Region}
	for i, p := range ladder[1:] {
		if metres(p) <= metres(ladder[i]) || p.grid() <= ladder[i].grid() {
			t.Errorf("%s is no coarser than %s", p, ladder[i])
		}
	}
	for _, p := range []Precision{Unknown, Border} {
		if metres(p) != 0 {
			t.Errorf("%s has a size", p)
		}
	}
	if c := Coarsen(square(0, 0, 1), Border); !orb.Equal(c, square(0, 0, 1)) {
		t.Error("a border's precision changes an area")
	}
	if !planar.PolygonContains(square(0, 0, 1), orb.Point{0.5, 0.5}) {
		t.Error("the square is none")
	}
}
