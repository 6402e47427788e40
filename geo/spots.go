package geo

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// Spots chooses spots in one geometry for many neighbours, where a drawn line may end or a label may stand: what does not depend on
// the neighbours is worked out once. It may be used by several goroutines.
type Spots struct {
	geometry orb.Geometry
	avoid    []orb.Point
	parts    []*spotsPart // of an area
}

// spotsPart is one part of an area.
type spotsPart struct {
	polygon orb.Polygon
	bound   orb.Bound
	area    float64 // of its outer ring, square degrees
	once    sync.Once
	roomy   []roomySpot // the roomiest first
}

// roomySpot is a point inside an area with the part of its score that all neighbours share.
type roomySpot struct {
	at    orb.Point
	room  float64
	order int // among those of the part
}

// NewSpots prepares to choose spots in a geometry, away from the points to avoid.
func NewSpots(g orb.Geometry, avoid []orb.Point) *Spots {
	s := &Spots{geometry: g, avoid: avoid}
	switch g := g.(type) {
	case orb.Polygon:
		s.addPart(g)
	case orb.MultiPolygon:
		for _, p := range g {
			s.addPart(p)
		}
	}
	return s
}

func (s *Spots) addPart(p orb.Polygon) {
	s.parts = append(s.parts, &spotsPart{polygon: p, bound: p.Bound(), area: ringArea(p[0])})
}

// Near chooses the spot for some neighbours. It means nothing: it is chosen for legibility only, near the neighbours, away from the
// geometry's own edge and from the points to avoid (towns, crossings), so that no drawing suggests one of them. Of a point it is the
// point itself; of a line it lies beside the line on the neighbours' side; of an area inside it.
func (s *Spots) Near(neighbours ...orb.Point) orb.Point {
	switch g := s.geometry.(type) {
	case orb.Point:
		return g
	case orb.Polygon, orb.MultiPolygon:
		return s.inside(neighbours)
	case orb.LineString:
		return spotBeside(orb.MultiLineString{g}, neighbours, s.avoid)
	case orb.MultiLineString:
		return spotBeside(g, neighbours, s.avoid)
	}
	return s.geometry.Bound().Center()
}

// inside scores a grid of points inside one part of an area.
func (s *Spots) inside(neighbours []orb.Point) orb.Point {
	if len(s.parts) == 0 {
		return orb.Point{}
	}
	part := s.mainPart(neighbours)
	if len(neighbours) == 0 {
		middle, _ := planar.CentroidArea(part.polygon)
		neighbours = []orb.Point{middle}
	}
	reach := longerSide(part.bound)
	best, most := part.bound.Center(), math.Inf(-1)
	part.once.Do(func() { part.findRoom(s.avoid) })
	first := 0
	for _, p := range part.roomy {
		if p.room < most {
			break // no way to the neighbours is shorter than none
		}
		if v := p.room - detour(p.at, neighbours, reach); v > most || v == most && p.order < first {
			best, most, first = p.at, v, p.order
		}
	}
	return best
}

// mainPart is the largest part of an area, or one at least a third as large that lies nearer to the neighbours.
func (s *Spots) mainPart(neighbours []orb.Point) *spotsPart {
	const share = 3
	best := slices.MaxFunc(s.parts, func(a, b *spotsPart) int { return cmp.Compare(a.area, b.area) })
	largest := best.area
	for _, p := range s.parts {
		if p.area*share >= largest && meanDistance(p.bound.Center(), neighbours) < meanDistance(best.bound.Center(), neighbours) {
			best = p
		}
	}
	return best
}

func longerSide(b orb.Bound) float64 { return math.Max(b.Right()-b.Left(), b.Top()-b.Bottom()) }

// findRoom finds the grid's points inside a part.
func (p *spotsPart) findRoom(avoid []orb.Point) {
	b := p.bound
	size := longerSide(b)
	coarse := simplify.DouglasPeucker(size / coarseness).Polygon(p.polygon.Clone())
	room := scorer{avoid: within(avoid, b), edge: coarse, reach: size}
	inCoarse, inPart := NewPreparedArea(coarse), NewPreparedArea(p.polygon)
	step := size / gridSide
	for x := b.Left() + step/2; x < b.Right(); x += step {
		for y := b.Bottom() + step/2; y < b.Top(); y += step {
			spot := orb.Point{x, y}
			if inCoarse.Contains(spot) && inPart.Contains(spot) {
				p.roomy = append(p.roomy, roomySpot{spot, room.room(spot), len(p.roomy)})
			}
		}
	}
	p.roomy = slices.Clip(p.roomy)
	slices.SortStableFunc(p.roomy, func(a, b roomySpot) int { return cmp.Compare(b.room, a.room) })
}
