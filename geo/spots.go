package geo

import (
	"math"
	"sync"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// Spots chooses spots in one geometry as [SchematicSpot] does, for many neighbours: what does not depend on them is worked
// out once. It may be used by several goroutines.
type Spots struct {
	geometry orb.Geometry
	avoid    []orb.Point
	mutex    sync.Mutex
	parts    map[*orb.Point][]roomySpot // by the first point of a part's first ring
}

// roomySpot is a point inside an area with the part of its score that all neighbours share.
type roomySpot struct {
	at   orb.Point
	room float64
}

// NewSpots prepares to choose spots in a geometry, away from the points to avoid.
func NewSpots(g orb.Geometry, avoid []orb.Point) *Spots {
	return &Spots{geometry: g, avoid: avoid, parts: map[*orb.Point][]roomySpot{}}
}

// Near chooses the spot for some neighbours.
func (s *Spots) Near(neighbours ...orb.Point) orb.Point {
	switch g := s.geometry.(type) {
	case orb.Point:
		return g
	case orb.Polygon:
		return s.inside(orb.MultiPolygon{g}, neighbours)
	case orb.MultiPolygon:
		return s.inside(g, neighbours)
	case orb.LineString:
		return spotBeside(orb.MultiLineString{g}, neighbours, s.avoid)
	case orb.MultiLineString:
		return spotBeside(g, neighbours, s.avoid)
	}
	return s.geometry.Bound().Center()
}

// inside scores a grid of points inside one part of an area.
func (s *Spots) inside(area orb.MultiPolygon, neighbours []orb.Point) orb.Point {
	if len(area) == 0 {
		return orb.Point{}
	}
	part := mainPart(area, neighbours)
	b := part.Bound()
	if len(neighbours) == 0 {
		middle, _ := planar.CentroidArea(part)
		neighbours = []orb.Point{middle}
	}
	reach := longerSide(b)
	best, most := b.Center(), math.Inf(-1)
	for _, p := range s.roomy(part) {
		if v := p.room - detour(p.at, neighbours, reach); v > most {
			best, most = p.at, v
		}
	}
	return best
}

func longerSide(b orb.Bound) float64 { return math.Max(b.Right()-b.Left(), b.Top()-b.Bottom()) }

// roomy gives the grid's points inside a part.
func (s *Spots) roomy(part orb.Polygon) []roomySpot {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := &part[0][0]
	if known, ok := s.parts[key]; ok {
		return known
	}
	b := part.Bound()
	size := longerSide(b)
	coarse := simplify.DouglasPeucker(size / coarseness).Polygon(part.Clone())
	room := scorer{avoid: within(s.avoid, b), edge: coarse, reach: size}
	spots := []roomySpot{}
	step := size / gridSide
	for x := b.Left() + step/2; x < b.Right(); x += step {
		for y := b.Bottom() + step/2; y < b.Top(); y += step {
			p := orb.Point{x, y}
			if planar.PolygonContains(coarse, p) && planar.PolygonContains(part, p) {
				spots = append(spots, roomySpot{p, room.room(p)})
			}
		}
	}
	s.parts[key] = spots
	return spots
}
