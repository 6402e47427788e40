package basemap

import (
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
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
	areas    []Area
	flat     []orb.MultiPolygon
	disputed *near
}

// NewWorld takes every country and every province. Boundaries that run along one of the disputed lines, in degrees, are
// drawn as disputed too.
func NewWorld(areas []Area, disputed []orb.LineString) *World {
	w := &World{areas: areas, flat: make([]orb.MultiPolygon, len(areas)), disputed: newNear(disputed)}
	for i, a := range areas {
		w.flat[i] = project.MultiPolygon(a.Geometry.Clone(), mercator)
	}
	return w
}

// at gives the world's features for a zoom: one area of land, and each boundary once.
func (w *World) at(zoom int) []flat {
	areas := geo.Generalise(w.flat, toleranceAt(zoom))
	var countries []orb.MultiPolygon
	for i, a := range areas {
		if !w.areas[i].Province {
			countries = append(countries, a)
		}
	}
	out := []flat{{LayerEarth, geo.Dissolve(countries...), geojson.Properties{"kind": "earth"}}}
	lines := w.boundaries(areas)
	for _, kind := range boundaryKinds(zoom) {
		if len(lines[kind]) > 0 {
			out = append(out, flat{LayerBoundaries, joined(lines[kind]), kind.properties()})
		}
	}
	return out
}

// A boundary is between countries or between provinces of one.
type boundary struct{ province, disputed bool }

// provincesFrom is the first zoom with the boundaries of provinces.
const provincesFrom = 3

func boundaryKinds(zoom int) []boundary {
	kinds := []boundary{{}, {disputed: true}}
	if zoom >= provincesFrom {
		kinds = append(kinds, boundary{province: true})
	}
	return kinds
}

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

// sides are the areas on the two sides of a step; -1 where there is none.
type sides struct{ countries, provinces [2]int }

// boundaries gathers the steps that two areas share: those of countries, and those of provinces that no country has.
func (w *World) boundaries(areas []orb.MultiPolygon) map[boundary][]step {
	shared := map[step]*sides{}
	var order []step
	for i, area := range areas {
		for _, polygon := range area {
			for _, ring := range polygon {
				for j := 1; j < len(ring); j++ {
					s := stepOf(ring[j-1], ring[j])
					if shared[s] == nil {
						shared[s] = &sides{[2]int{-1, -1}, [2]int{-1, -1}}
						order = append(order, s)
					}
					shared[s].add(i, w.areas[i].Province)
				}
			}
		}
	}
	out := map[boundary][]step{}
	for _, s := range order {
		if kind, ok := w.kindOf(s, shared[s]); ok {
			out[kind] = append(out[kind], s)
		}
	}
	return out
}

func (s *sides) add(area int, province bool) {
	pair := &s.countries
	if province {
		pair = &s.provinces
	}
	if i := slices.Index(pair[:], -1); i >= 0 {
		pair[i] = area
	}
}

// kindOf says what boundary a step is; a coast is none.
func (w *World) kindOf(s step, of *sides) (boundary, bool) {
	a, b := of.countries[0], of.countries[1]
	if b >= 0 {
		middle := orb.Point{(s.a[0] + s.b[0]) / 2, (s.a[1] + s.b[1]) / 2}
		disputed := w.areas[a].Disputed || w.areas[b].Disputed || w.disputed.has(middle)
		return boundary{disputed: disputed}, true
	}
	p, q := of.provinces[0], of.provinces[1]
	inland := a < 0 && q >= 0 && w.areas[p].Country == w.areas[q].Country
	return boundary{province: true}, inland
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
