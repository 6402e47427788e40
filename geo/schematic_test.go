package geo_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"corridor/geo"
)

func schematicSpot(g orb.Geometry, neighbours, avoid []orb.Point) orb.Point {
	return geo.NewSpots(g, avoid).Near(neighbours...)
}

func TestSchematicSpotOfAPointIsThePoint(t *testing.T) {
	p := orb.Point{100.5, 13.75}
	if got := schematicSpot(p, nil, nil); got != p {
		t.Errorf("got %v", got)
	}
}

func TestSchematicSpotLiesInsideAndAwayFromTowns(t *testing.T) {
	area := orb.MultiPolygon{{{{0, 0}, {10, 0}, {10, 10}, {6, 10}, {6, 2}, {4, 2}, {4, 10}, {0, 10}, {0, 0}}}} // a U
	towns := []orb.Point{{2, 5}, {2, 7}, {8, 5}, {5, 1}}
	for _, neighbour := range []orb.Point{{-20, 5}, {30, 5}, {5, -30}, {5, 30}} {
		got := schematicSpot(area, []orb.Point{neighbour}, towns)
		if !planar.MultiPolygonContains(area, got) {
			t.Errorf("%v lies outside", got)
		}
		for _, town := range towns {
			if d := planar.Distance(got, town); d < 0.4 {
				t.Errorf("%v lies %v degrees from the town %v", got, d, town)
			}
		}
	}
}

func TestSchematicSpotLeansTowardsTheNeighbours(t *testing.T) {
	area := orb.MultiPolygon{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}}}
	east := schematicSpot(area, []orb.Point{{40, 5}}, nil)
	west := schematicSpot(area, []orb.Point{{-30, 5}}, nil)
	if east[0] <= west[0] {
		t.Errorf("towards the east %v, towards the west %v", east, west)
	}
}

func TestSchematicSpotStaysOffABorder(t *testing.T) {
	border := orb.LineString{{100, 6}, {101, 6.2}, {102, 6}}
	bangkok := orb.Point{100.5, 13.75}
	crossing := orb.Point{100.4, 6.5}
	got := schematicSpot(border, []orb.Point{bangkok}, []orb.Point{crossing})
	if d := planar.DistanceFrom(border, got); d < 0.2 {
		t.Errorf("%v lies %v degrees from the line, so it points at a spot of it", got, d)
	}
	if got[1] < 6 {
		t.Errorf("%v lies beyond the border", got)
	}
	if planar.Distance(got, crossing) < 0.1 {
		t.Errorf("%v suggests the crossing at %v", got, crossing)
	}
}

func TestSchematicSpotTakesThePartNearTheNeighbours(t *testing.T) {
	large := orb.Polygon{{{110, 0}, {120, 0}, {120, 5}, {110, 5}, {110, 0}}}
	half := orb.Polygon{{{100, 0}, {105, 0}, {105, 5}, {100, 5}, {100, 0}}}
	speck := orb.Polygon{{{90, 0}, {91, 0}, {91, 1}, {90, 1}, {90, 0}}}
	area := orb.MultiPolygon{large, half, speck}
	if got := schematicSpot(area, []orb.Point{{95, 2}}, nil); !planar.PolygonContains(half, got) {
		t.Errorf("%v is not in the half that lies nearer", got)
	}
	if got := schematicSpot(area, nil, nil); !planar.PolygonContains(large, got) {
		t.Errorf("without neighbours %v is not in the largest part", got)
	}
}
