package basemap

import (
	"math"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// placed gives a geometry in a tile's own units, as whole numbers, or nil where nothing is left of it.
func placed(g orb.Geometry, origin orb.Point) orb.Geometry {
	switch g := g.(type) {
	case orb.Point:
		return moved(g, origin)
	case orb.LineString:
		if l := movedLine(g, origin); len(l) > 1 {
			return l
		}
	case orb.Polygon:
		var out orb.Polygon
		for i, ring := range g {
			r := orb.Ring(movedLine(orb.LineString(ring), origin))
			if len(r) < 4 || r.Orientation() == 0 {
				if i == 0 {
					return nil
				}
				continue
			}
			// By the specification of vector tiles an outer ring has a positive area where y points down.
			if want := geo.Winding(i); r.Orientation() != want {
				r.Reverse()
			}
			out = append(out, r)
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

func moved(p, origin orb.Point) orb.Point {
	return orb.Point{math.Round(p[0] - origin[0]), math.Round(p[1] - origin[1])}
}

// movedLine moves a line and leaves out positions that repeat the one before.
func movedLine(l orb.LineString, origin orb.Point) orb.LineString {
	out := make(orb.LineString, 0, len(l))
	for _, p := range l {
		if q := moved(p, origin); len(out) == 0 || out[len(out)-1] != q {
			out = append(out, q)
		}
	}
	return out
}

// united makes one geometry of the parts of a feature, which are all of one kind.
func united(parts []orb.Geometry) orb.Geometry {
	if len(parts) == 1 {
		return parts[0]
	}
	switch parts[0].(type) {
	case orb.LineString:
		out := make(orb.MultiLineString, 0, len(parts))
		for _, p := range parts {
			out = append(out, p.(orb.LineString))
		}
		return out
	case orb.Polygon:
		out := make(orb.MultiPolygon, 0, len(parts))
		for _, p := range parts {
			out = append(out, p.(orb.Polygon))
		}
		return out
	}
	return parts[0]
}
