package geo

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Extent is the smallest box around a geometry, in degrees. As in RFC 7946, west is greater than east where the box passes
// the antimeridian: it leaves out the widest gap between the parts, wherever that lies.
func Extent(g orb.Geometry) orb.Bound {
	b := g.Bound()
	var spans [][2]float64
	switch g := g.(type) {
	case orb.MultiPolygon:
		for _, p := range g {
			spans = append(spans, span(p))
		}
	case orb.MultiLineString:
		for _, l := range g {
			spans = append(spans, span(l))
		}
	case orb.MultiPoint:
		for _, p := range g {
			spans = append(spans, span(p))
		}
	}
	if len(spans) == 0 {
		return b
	}
	slices.SortFunc(spans, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	widest, reached := 360+spans[0][0]-b.Right(), spans[0][1]
	for _, s := range spans[1:] {
		if gap := s[0] - reached; gap > widest {
			widest = gap
			b.Min[0], b.Max[0] = s[0], reached
		}
		reached = math.Max(reached, s[1])
	}
	return b
}

func span(g orb.Geometry) [2]float64 {
	b := g.Bound()
	return [2]float64{b.Left(), b.Right()}
}
