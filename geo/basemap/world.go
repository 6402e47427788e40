package basemap

import (
	"cmp"
	"iter"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/project"

	"corridor/geo"
)

// Area is a country, or a province of one.
type Area struct {
	// Geometry is in degrees, longitude first. Neighbours share their vertices, exactly.
	Geometry orb.MultiPolygon
	// Country is the same for a country and its provinces.
	Country string
	// Province says that this is a part of a country.
	Province bool
	// Disputed says that the area's extent is not agreed upon, so that its boundaries are drawn as disputed.
	Disputed bool
}

// World is the land and its boundaries. Make one with [NewWorld].
type World struct {
	countries, provinces group
	disputed             *near
}

// NewWorld takes every country and every province. Boundaries that run along one of the disputed lines, in degrees, are
// drawn as disputed too.
func NewWorld(areas []Area, disputed []orb.LineString) *World {
	w := &World{disputed: newNear(disputed)}
	for _, a := range areas {
		g := &w.countries
		if a.Province {
			g = &w.provinces
		}
		g.areas = append(g.areas, a)
		g.extents = append(g.extents, a.Geometry)
	}
	return w
}

// A group are areas that share their edges.
type group struct {
	areas   []Area
	extents []orb.MultiPolygon
}

// at gives the world's features for a zoom: one area of land, and each boundary once. Areas are generalised in degrees,
// since on the plane the coasts by the poles would fall together.
func (w *World) at(zoom int) []flat {
	countries := geo.Generalise(w.countries.extents, toleranceAt(zoom, LayerEarth))
	dissolved := geo.Dissolve(countries...)
	if zoom < MaxZoom {
		dissolved = withoutSpecks(dissolved, countries, leastIsland*360/Extent/float64(int(1)<<zoom))
	}
	land := project.MultiPolygon(dissolved, mercator)
	out := []flat{{LayerEarth, land, geojson.Properties{"kind": "earth"}}}
	lines := map[boundary][]step{}
	for s, pair := range shared(countries) {
		kind := boundary{disputed: w.isDisputed(s, pair)}
		lines[kind] = append(lines[kind], s)
	}
	if zoom >= provincesFrom {
		kind := boundary{province: true}
		for s, pair := range shared(geo.Generalise(w.provinces.extents, toleranceAt(zoom, LayerEarth))) {
			if w.provinces.areas[pair[0]].Country == w.provinces.areas[pair[1]].Country {
				lines[kind] = append(lines[kind], s)
			}
		}
	}
	for _, kind := range []boundary{{}, {disputed: true}, {province: true}} {
		if len(lines[kind]) > 0 {
			out = append(out, flat{LayerBoundaries, project.MultiLineString(joined(lines[kind]), mercator), kind.properties()})
		}
	}
	return out
}

// withoutSpecks leaves out islands narrower than so many degrees, but for the largest piece of each country.
func withoutSpecks(land orb.MultiPolygon, countries []orb.MultiPolygon, width float64) orb.MultiPolygon {
	largest := map[orb.Point]bool{} // the vertices of these pieces
	for _, country := range countries {
		if len(country) == 0 {
			continue
		}
		piece := slices.MaxFunc(country, func(a, b orb.Polygon) int { return cmp.Compare(planar.Area(a), planar.Area(b)) })
		for _, p := range piece[0] {
			largest[p] = true
		}
	}
	return slices.DeleteFunc(land, func(island orb.Polygon) bool {
		return planar.Area(island) < width*width && !slices.ContainsFunc(island[0], func(p orb.Point) bool { return largest[p] })
	})
}

// isDisputed says so of a step between two countries.
func (w *World) isDisputed(s step, pair [2]int) bool {
	middle := orb.Point{(s.a[0] + s.b[0]) / 2, (s.a[1] + s.b[1]) / 2}
	return w.countries.areas[pair[0]].Disputed || w.countries.areas[pair[1]].Disputed || w.disputed.has(middle)
}

// A boundary is between countries or between provinces of one.
type boundary struct{ province, disputed bool }

// provincesFrom is the first zoom with the boundaries of provinces.
const provincesFrom = 3

// properties are those of the Protomaps schema: kind_detail is the level of administration as OpenStreetMap counts it.
func (b boundary) properties() geojson.Properties {
	p := geojson.Properties{"kind": "country", "kind_detail": 2}
	if b.province {
		p = geojson.Properties{"kind": "region", "kind_detail": 4}
	}
	if b.disputed {
		p["disputed"] = true
	}
	return p
}

// step is a piece of a boundary between two vertices, the same from both sides.
type step struct{ a, b orb.Point }

func stepOf(p, q orb.Point) step {
	if p[0] > q[0] || p[0] == q[0] && p[1] > q[1] {
		p, q = q, p
	}
	return step{p, q}
}

// shared gives each step that two areas have in common, once, with the two areas' positions.
func shared(areas []orb.MultiPolygon) iter.Seq2[step, [2]int] {
	return func(yield func(step, [2]int) bool) {
		first := map[step]int{}
		for i, area := range areas {
			for _, polygon := range area {
				for _, ring := range polygon {
					for j := 1; j < len(ring); j++ {
						s := stepOf(ring[j-1], ring[j])
						other, seen := first[s]
						if !seen {
							first[s] = i
						} else if other != i && !yield(s, [2]int{other, i}) {
							return
						}
					}
				}
			}
		}
	}
}

// joined makes lines of steps, each as long as it can be without a choice.
func joined(steps []step) orb.MultiLineString {
	at := map[orb.Point][]int{}
	for i, s := range steps {
		at[s.a] = append(at[s.a], i)
		at[s.b] = append(at[s.b], i)
	}
	used := make([]bool, len(steps))
	follow := func(from orb.Point, i int) orb.LineString {
		line := orb.LineString{from}
		for {
			used[i] = true
			to := steps[i].b
			if to == line[len(line)-1] {
				to = steps[i].a
			}
			line = append(line, to)
			next := slices.IndexFunc(at[to], func(j int) bool { return !used[j] })
			if len(at[to]) != 2 || next < 0 {
				return line
			}
			i = at[to][next]
		}
	}
	var lines orb.MultiLineString
	for i, s := range steps { // first from the ends and forks, then what is left: closed lines
		for _, end := range []orb.Point{s.a, s.b} {
			if !used[i] && len(at[end]) != 2 {
				lines = append(lines, follow(end, i))
			}
		}
	}
	for i, s := range steps {
		if !used[i] {
			lines = append(lines, follow(s.a, i))
		}
	}
	return lines
}
