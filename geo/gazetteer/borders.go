package gazetteer

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// A countryBorder is what the index knows of the border that two countries share, so that a search need not go through
// their outlines.
type countryBorder struct {
	countries [2]uint32 // the lower number first
	middle    orb.Point // halfway along its longest stretch
	extent    orb.Bound
	metres    float64
}

const borderSize = 36

// borders writes the borders of every two countries that share edges.
func (w *writer) borders(entries []entry) {
	type edge [4]float64
	owners := map[edge]uint32{}
	pairs := map[[2]uint32]bool{}
	for i, e := range entries {
		if e.record.Kind != KindCountry {
			continue
		}
		for _, polygon := range e.area {
			for _, ring := range polygon {
				for j := 1; j < len(ring); j++ {
					a, b := ring[j-1], ring[j]
					if a[0] > b[0] || a[0] == b[0] && a[1] > b[1] {
						a, b = b, a
					}
					key := edge{a[0], a[1], b[0], b[1]}
					if other, ok := owners[key]; ok && other != uint32(i) {
						pairs[[2]uint32{other, uint32(i)}] = true
					}
					owners[key] = uint32(i)
				}
			}
		}
	}
	var list []countryBorder
	for pair := range pairs {
		line := geo.SharedBorder(entries[pair[0]].area, entries[pair[1]].area)
		list = append(list, countryBorder{pair, geo.Midpoint(line), geo.Extent(line), geo.Length(line)})
	}
	slices.SortFunc(list, func(a, b countryBorder) int { return slices.Compare(a.countries[:], b.countries[:]) })
	for _, b := range list {
		w.put(sectionBorders, b.countries[0])
		w.put(sectionBorders, b.countries[1])
		for _, degrees := range []float64{b.middle[0], b.middle[1], b.extent.Min[0], b.extent.Min[1], b.extent.Max[0], b.extent.Max[1]} {
			w.put(sectionBorders, uint32(toMicro(degrees)))
		}
		w.put(sectionBorders, uint32(math.Round(b.metres)))
	}
}

func (ix *Index) borderAt(i int) countryBorder {
	b := ix.sections[sectionBorders][i*borderSize:]
	var n [6]float64
	for j := range n {
		n[j] = fromMicro(int32(order.Uint32(b[8+4*j:])))
	}
	return countryBorder{
		[2]uint32{order.Uint32(b), order.Uint32(b[4:])},
		orb.Point{n[0], n[1]},
		orb.Bound{Min: orb.Point{n[2], n[3]}, Max: orb.Point{n[4], n[5]}},
		float64(order.Uint32(b[32:])),
	}
}

// borderBetween is the border of two countries, ok where they share one.
func (ix *Index) borderBetween(a, b uint32) (border countryBorder, ok bool) {
	wanted := []uint32{min(a, b), max(a, b)}
	n := len(ix.sections[sectionBorders]) / borderSize
	i := sort.Search(n, func(i int) bool {
		at := ix.borderAt(i)
		return slices.Compare(at.countries[:], wanted) >= 0
	})
	if i == n {
		return countryBorder{}, false
	}
	border = ix.borderAt(i)
	return border, slices.Equal(border.countries[:], wanted)
}

// longestBorder is the longest border of a country, its extent that of all its borders; ok where it has one.
func (ix *Index) longestBorder(country uint32) (longest countryBorder, ok bool) {
	var extents orb.MultiPolygon
	for i := range len(ix.sections[sectionBorders]) / borderSize {
		b := ix.borderAt(i)
		if !slices.Contains(b.countries[:], country) {
			continue
		}
		extents = append(extents, b.extent.ToPolygon())
		if !ok || cmp.Compare(b.metres, longest.metres) > 0 {
			longest, ok = b, true
		}
	}
	if ok {
		longest.extent = geo.Extent(extents)
	}
	return longest, ok
}

// searchBorder answers a border of countries. Its point lies on the border and means no point of it.
func (ix *Index) searchBorder(q Query, e expression) (Found, error) {
	d := newDocument(ix)
	d.add(e.names...)
	d.weigh()
	ids, countries := make([]uint32, len(e.names)), make([]string, len(e.names))
	f := Found{Name: q.Text, Kind: string(geo.Border), Precision: string(geo.Border), Write: q.Text, Score: 1}
	for i, n := range e.names {
		found, err := d.decide(n)
		if err != nil {
			return f, err
		}
		if ix.raw(found.id).kind() != KindCountry {
			return f, &GeometryError{"only borders of countries are searched for; resolve others with `corridor geocode`"}
		}
		countries[i] = ix.raw(found.id).country()
		ids[i], f.Score = found.id, min(f.Score, found.Score)
		f.Reasons = append(f.Reasons, n.String()+" is "+ix.write(found.id))
	}
	if err := q.keeps(countries); err != nil {
		return f, err
	}
	border, ok := ix.longestBorder(ids[0])
	if len(ids) == 2 {
		border, ok = ix.borderBetween(ids[0], ids[1])
	}
	if !ok {
		return f, &GeometryError{"these countries share no border in the data"}
	}
	f.Lat, f.Lon, f.BBox = rounded(border.middle[1]), rounded(border.middle[0]), boxOf(border.extent)
	f.Origin, f.Licence = OriginNaturalEarth.String(), OriginNaturalEarth.Licence()
	return f, nil
}
