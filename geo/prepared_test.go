package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"corridor/geo"
)

func TestPreparedAreaAgreesWithLookingAtEveryEdge(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	star := orb.Ring{} // so many points that no band has all edges
	for i := range 400 {
		angle, reach := 2*math.Pi*float64(i)/400, 5+4*random.Float64()
		star = append(star, orb.Point{100 + reach*math.Cos(angle), 15 + reach*math.Sin(angle)})
	}
	star = append(star, star[0])
	hole := orb.Ring{{99, 14}, {99, 16}, {101, 16}, {101, 14}, {99, 14}}
	area := orb.MultiPolygon{{star, hole}, {{{120, 0}, {121, 0}, {121, 1}, {120, 1}, {120, 0}}}}
	for name, g := range map[string]orb.Geometry{"several": area, "one": area[0], "flat": orb.Polygon{{{0, 5}, {1, 5}, {0, 5}}}} {
		in := geo.NewPreparedArea(g)
		found := 0
		for range 20_000 {
			p := orb.Point{88 + 40*random.Float64(), 30*random.Float64() - 2}
			want := false
			switch g := g.(type) {
			case orb.MultiPolygon:
				want = planar.MultiPolygonContains(g, p)
			case orb.Polygon:
				want = planar.PolygonContains(g, p)
			}
			if got := in.Contains(p); got != want {
				t.Fatalf("%s: %v: %t, want %t", name, p, got, want)
			}
			if want {
				found++
			}
		}
		if found == 0 && name != "flat" {
			t.Errorf("%s: no point lay inside", name)
		}
	}
}

func TestNothingLiesInWhatIsNoArea(t *testing.T) {
	for _, g := range []orb.Geometry{nil, orb.Point{1, 1}, orb.LineString{{0, 0}, {2, 2}}, orb.MultiPolygon{}} {
		if geo.NewPreparedArea(g).Contains(orb.Point{1, 1}) {
			t.Errorf("a point lies in %v", g)
		}
	}
}
