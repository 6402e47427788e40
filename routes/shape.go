package routes

import (
	"github.com/paulmach/orb"

	"corridor/geo"
	"corridor/geo/gazetteer"
)

// shape is a place as it is published.
type shape struct {
	place    Place
	geometry orb.Geometry
	bound    orb.Bound
	parts    []orb.MultiPolygon
	spots    *geo.Spots
	inside   *geo.PreparedArea // nil of a place that is no area
}

// newShape generalises an area; the parts of one are generalised together, so that they meet and join without gaps.
func newShape(p Place, found gazetteer.Place) shape {
	s := shape{place: p}
	switch g := found.Geometry.(type) {
	case orb.MultiPolygon:
		if len(found.Parts) == 0 {
			s.geometry = simplest(generalised(g)[0])
			break
		}
		areas := make([]orb.MultiPolygon, len(found.Parts))
		for i, part := range found.Parts {
			areas[i] = part.Area
		}
		s.parts = generalised(areas...)
		s.geometry = simplest(geo.Dissolve(s.parts...))
	case nil:
	default:
		s.geometry = simplest(geo.Rounded(g, placeDecimals))
	}
	if s.geometry != nil {
		s.bound = s.geometry.Bound()
		s.spots = geo.NewSpots(s.geometry, found.Settlements)
		if s.geometry.Dimensions() == 2 {
			s.inside = geo.NewPreparedArea(s.geometry)
		}
	}
	return s
}

// generalised rounds first, so that what is valid after generalising is valid as published.
func generalised(areas ...orb.MultiPolygon) []orb.MultiPolygon {
	rounded := make([]orb.MultiPolygon, len(areas))
	for i, a := range areas {
		rounded[i], _ = geo.Rounded(a, areaDecimals).(orb.MultiPolygon)
	}
	return geo.Generalise(rounded, areaTolerance)
}

// simplest gives a geometry of one part the type of that part.
func simplest(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.MultiPolygon:
		if len(g) == 1 {
			return g[0]
		}
		return g
	case orb.MultiLineString:
		if len(g) == 1 {
			return g[0]
		}
		return g
	}
	return g
}

// placed says whether the place is on the map at all: one of unknown precision is not.
func (s shape) placed() bool { return s.geometry != nil }

// point says whether the place is a point: only there may a line really begin or end.
func (s shape) point() bool {
	_, is := s.geometry.(orb.Point)
	return is
}

func (s shape) centre() orb.Point { return s.bound.Center() }

// spot is where a drawing to the neighbours may begin or end.
func (s shape) spot(neighbours ...orb.Point) orb.Point {
	return s.spots.Near(neighbours...)
}

// label is nil for a point, which needs none, and for what is not on the map.
func (s shape) label(neighbours ...orb.Point) Label {
	if !s.placed() || s.point() {
		return Label{}
	}
	p, ok := geo.Rounded(s.spot(neighbours...), lineDecimals).(orb.Point)
	if !ok {
		return Label{}
	}
	return Label{&p[0], &p[1]}
}
