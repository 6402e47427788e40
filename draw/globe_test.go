package draw

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"corridor/geo"
	"corridor/routes"
)

// way is a route from spot to spot, each in its place.
func way(places []orb.Geometry, spots ...orb.Point) Route {
	r := Route{Lang: "en", Title: "A way", TitleLang: "en", SaidBy: "A test", AsOf: 2024}
	for i, at := range spots {
		s := Stop{Geometry: places[i]}
		s.Stop, s.Seq, s.Title, s.Lon, s.Lat, s.Precision = fmt.Sprint("s", i), i+1, fmt.Sprint("Stop ", i), &at[0], &at[1], "country"
		r.Stops = append(r.Stops, s)
		if i > 0 {
			r.Legs = append(r.Legs, Leg{LegProperties: routes.LegProperties{Evidence: "documented"}, Geometry: geo.Curve(spots[i-1], at, 0.1, 48)})
		}
	}
	return r
}

func rectangle(west, south, east, north float64) orb.Polygon {
	return orb.Polygon{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}
}

// linesOf are those of the flows; none may go on elsewhere, since between the positions of a curve there are few degrees.
func linesOf(t *testing.T, s *sheet) []orb.LineString {
	t.Helper()
	const most = 60 // degrees
	var lines []orb.LineString
	for _, f := range s.flows() {
		for i := 1; i < len(f.line); i++ {
			if a, b := f.line[i-1], f.line[i]; math.Hypot(b[0]-a[0], b[1]-a[1]) > most*s.view.scale {
				t.Errorf("from %v to %v a line jumps", a, b)
			}
		}
		lines = append(lines, f.line)
	}
	return lines
}

// Islands on both sides of the antimeridian, then a country on both sides of the prime meridian, which no view may cut either.
func TestWhatAMeridianCutsIsDrawnWhole(t *testing.T) {
	islands := orb.MultiPolygon{rectangle(177, -18, 180, -16), rectangle(-180, -18, -179, -16)}
	country := rectangle(-4, 43, 8, 51)
	r := way([]orb.Geometry{islands, orb.Point{-171.8, -13.8}, country, orb.Point{72.8, 19}},
		orb.Point{178, -17}, orb.Point{-171.8, -13.8}, orb.Point{2, 47}, orb.Point{72.8, 19})
	for _, o := range []Options{{Format: SVG, Width: SocialWidth}, {Format: SVG, Width: SocialWidth, Stop: "s0"}, {Format: SVG, Width: 1000, Height: 600}} {
		s := sheetOf(r, o)
		lines := linesOf(t, s)
		for _, line := range lines {
			for i, at := range []orb.Point{line[0], line[len(line)-1]} {
				if s.view.frame.holds(at) && nearestStop(s, at) > 1 {
					t.Errorf("%+v: end %d of a leg stands at %v, where no stop is", o, i, at)
				}
			}
		}
		if o.Stop == "" && len(lines) != len(r.Legs) {
			t.Errorf("%+v: %d lines of %d legs", o, len(lines), len(r.Legs))
		}
		for _, ring := range s.view.rings(country) {
			if b := ring.Bound(); b.Max[0]-b.Min[0] > 12.1*s.view.scale {
				t.Errorf("%+v: the country is %.0f pixels wide", o, b.Max[0]-b.Min[0])
			}
		}
		rings := s.view.rings(islands)
		if b := orb.MultiLineString(rings).Bound(); len(rings) != 2 || b.Max[0]-b.Min[0] > 4.1*s.view.scale {
			t.Errorf("%+v: the islands are %v", o, rings)
		}
		seam := s.view.pixel(orb.Point{180, 0})[0]
		for _, line := range s.view.around(islands, rings) {
			for i := 1; i < len(line); i++ {
				if math.Abs(line[i][0]-seam) < 0.01 && math.Abs(line[i-1][0]-seam) < 0.01 {
					t.Errorf("%+v: a line along the antimeridian: %v", o, line)
				}
			}
		}
	}
}

func nearestStop(s *sheet, at orb.Point) float64 {
	least := math.Inf(1)
	for _, stop := range s.route.Stops {
		spot, _ := stop.spot()
		for _, p := range s.view.again(s.view.pixel(spot)) {
			least = min(least, math.Hypot(p[0]-at[0], p[1]-at[1]))
		}
	}
	return least
}

// A ring around the globe has no end at which a view could begin: what leaves it at one edge comes back at the other.
func TestARouteAroundTheGlobeGoesOnAtTheOtherEdge(t *testing.T) {
	spots := []orb.Point{{174.8, -36.9}, {-77, -12}, {3.4, 6.5}, {72.8, 19}, {174.8, -36.9}}
	places := make([]orb.Geometry, len(spots))
	for i, at := range spots {
		places[i] = at
	}
	s := sheetOf(way(places, spots...), Options{Format: SVG, Width: SocialWidth})
	starts := 0
	for _, line := range linesOf(t, s) {
		if s.view.frame.holds(line[0]) {
			starts++
		}
	}
	if again := s.view.again(s.view.pixel(spots[0])); len(again) != 2 || starts != len(spots) {
		t.Errorf("the first stop stands at %v, %d legs begin in the picture", again, starts)
	}
}

func TestAnAreaThatARouteComesBackToIsDrawnOnce(t *testing.T) {
	home := rectangle(100, 10, 105, 15)
	r := way([]orb.Geometry{home, orb.Point{102, 18}, home}, orb.Point{102, 12}, orb.Point{102, 18}, orb.Point{103, 13})
	s := sheetOf(r, Options{Format: SVG, Width: SocialWidth, Stop: "s2"})
	places := s.places()
	if len(places) != 2 || s.strength(places[0]) != 1 || s.strength(places[1]) != receded {
		t.Errorf("%d places; home %.1f, the other %.1f", len(places), s.strength(places[0]), s.strength(places[1]))
	}
}

func TestLandHasNoCoastAlongTheAntimeridian(t *testing.T) {
	ring := orb.Ring{{10, 0}, {100, 5}, {100, 60}, {0, 50}, {0, 20}, {10, 0}}
	for name, tt := range map[string]struct {
		placer
		lines int
	}{
		"a tile in the middle": {placer{extent: 100}, 1},
		"the first":            {placer{extent: 100, first: true}, 2},
		"the last":             {placer{extent: 100, last: true}, 2},
		"the only":             {placer{extent: 100, first: true, last: true}, 3},
	} {
		if got := tt.uncut(ring); len(got) != tt.lines {
			t.Errorf("%s: %v, want %d lines", name, got, tt.lines)
		}
	}
}
