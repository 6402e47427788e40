package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// How a spot is chosen inside an area, or before a border, where a drawing may begin or end without meaning a place.
const (
	gridSide = 36 // candidates along the longer side of an area
	// coarseness is how much finer than an area's size the outline is by which candidates are weighed.
	coarseness = 200
	// clearance is how far a spot keeps from what is to be avoided: as a share of the geometry's size, and at most so many
	// degrees, so that in a large country the empty parts are not preferred to all others.
	clearance, maxClearance = 0.06, 0.6
	// borderSetback is how far before a border a line ends, as a share of the border's extent in degrees.
	borderSetback = 0.22
)

func meanDistance(p orb.Point, others []orb.Point) float64 {
	sum := 0.0
	for _, o := range others {
		sum += planar.Distance(p, o) / float64(len(others))
	}
	return sum
}

// spotBeside scores points set back from a line towards the neighbours.
func spotBeside(lines orb.MultiLineString, neighbours, avoid []orb.Point) orb.Point {
	b := lines.Bound()
	size := math.Max(b.Right()-b.Left(), b.Top()-b.Bottom())
	toward := b.Center()
	if len(neighbours) > 0 {
		toward = neighbours[0]
	}
	s := scorer{neighbours: neighbours, avoid: within(avoid, b.Pad(size)), reach: size}
	best, most := b.Center(), math.Inf(-1)
	for _, l := range lines {
		for _, p := range l {
			d := planar.Distance(p, toward)
			if d == 0 {
				continue
			}
			set := orb.Point{p[0] + (toward[0]-p[0])*borderSetback*size/d, p[1] + (toward[1]-p[1])*borderSetback*size/d}
			v := s.score(set) - planar.Distance(p, b.Center())/size
			if v > most {
				best, most = set, v
			}
		}
	}
	return best
}

type scorer struct {
	neighbours, avoid []orb.Point
	edge              orb.Polygon
	reach             float64 // the size of the geometry in degrees
}

// score weighs the room against the detour by the spot.
func (s scorer) score(p orb.Point) float64 { return s.room(p) - detour(p, s.neighbours, s.reach) }

// room weighs the room to the edge and to what is to be avoided, both capped.
func (s scorer) room(p orb.Point) float64 {
	room := 1.0
	if s.edge != nil {
		room = math.Min(1, edgeDistance(s.edge, p)/(0.1*s.reach))
	}
	clear, radius := 1.0, math.Min(clearance*s.reach, maxClearance)
	for _, a := range s.avoid {
		clear = math.Min(clear, planar.Distance(a, p)/radius)
	}
	return 1.2*room + 0.8*clear
}

// detour weighs how far a spot lies from its neighbours, for a geometry of so many degrees.
func detour(p orb.Point, neighbours []orb.Point, reach float64) float64 {
	sum := 0.0
	for _, n := range neighbours {
		sum += math.Min(planar.Distance(n, p)/reach, 4) / float64(len(neighbours))
	}
	return 2 * sum
}

func edgeDistance(p orb.Polygon, q orb.Point) float64 {
	least := math.Inf(1)
	for _, ring := range p {
		for i := 1; i < len(ring); i++ {
			least = math.Min(least, planar.DistanceFromSegmentSquared(ring[i-1], ring[i], q))
		}
	}
	return math.Sqrt(least)
}

func within(points []orb.Point, b orb.Bound) []orb.Point {
	var in []orb.Point
	for _, p := range points {
		if b.Contains(p) {
			in = append(in, p)
		}
	}
	return in
}
