package geo

import (
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Meets says whether a geometry has a point in a box, whose edges belong to it. Both are in degrees; lines are straight between
// their positions in degrees, as in GeoJSON (RFC 7946, 3.1.1), and none passes the antimeridian.
func Meets(g orb.Geometry, box orb.Bound) bool {
	switch g := g.(type) {
	case orb.Point:
		return box.Contains(g)
	case orb.MultiPoint:
		return slices.ContainsFunc(g, box.Contains)
	case orb.LineString:
		return lineMeets(g, box)
	case orb.MultiLineString:
		return slices.ContainsFunc(g, func(l orb.LineString) bool { return lineMeets(l, box) })
	case orb.Polygon:
		return areaMeets(g, box)
	case orb.MultiPolygon:
		return slices.ContainsFunc(g, func(p orb.Polygon) bool { return areaMeets(p, box) })
	case orb.Collection:
		return slices.ContainsFunc(g, func(part orb.Geometry) bool { return Meets(part, box) })
	}
	return false
}

// areaMeets: where no edge of an area meets a box, all of the box is in the area or none of it.
func areaMeets(p orb.Polygon, box orb.Bound) bool {
	if slices.ContainsFunc(p, func(ring orb.Ring) bool { return lineMeets(ring, box) }) {
		return true
	}
	return len(p) > 0 && planar.PolygonContains(p, box.Min)
}

func lineMeets[L orb.LineString | orb.Ring](line L, box orb.Bound) bool {
	if len(line) == 1 {
		return box.Contains(line[0])
	}
	for i := 1; i < len(line); i++ {
		if SegmentMeets(line[i-1], line[i], box) {
			return true
		}
	}
	return false
}

// SegmentMeets says whether the straight way from a to b has a point in a box: it has where neither lies beside the other, unless
// all corners of the box are on one side of the way.
func SegmentMeets(a, b orb.Point, box orb.Bound) bool {
	if max(a[0], b[0]) < box.Min[0] || min(a[0], b[0]) > box.Max[0] || max(a[1], b[1]) < box.Min[1] || min(a[1], b[1]) > box.Max[1] {
		return false // most ways are beside it
	}
	across, along := b[0]-a[0], b[1]-a[1]
	west, east := along*(box.Min[0]-a[0]), along*(box.Max[0]-a[0])
	south, north := across*(box.Min[1]-a[1]), across*(box.Max[1]-a[1])
	return min(south, north) <= max(west, east) && max(south, north) >= min(west, east)
}
