package store

import (
	"maps"
	"slices"
	"sort"

	"corridor/geo/tile"
)

// choice chooses how coarse the zooms of a collection are. For each mark it holds the tiles of one zoom on which it may be, of
// which those of the lower zooms follow: a million lines are not followed again for each.
type choice struct {
	tiles  []tile.Address
	starts []int32 // where those of each mark begin, and where the last ones end
	// full are the marks on the tiles that are too full at the zoom before.
	full map[tile.Address][]int32
}

// choiceZoom is the zoom of these tiles.
const choiceZoom = keptZoom + 1

func (g *gathering) choice() (*choice, error) {
	c := &choice{starts: make([]int32, 1, len(g.marks)+1), full: map[tile.Address][]int32{}}
	var tiles []tile.Address
	for i := range g.marks {
		packed, label := g.shape(&g.marks[i])
		var err error
		if tiles, err = packed.Tiles(tiles, choiceZoom, label); err != nil {
			return nil, err
		}
		c.tiles = append(c.tiles, tiles...)
		c.starts = append(c.starts, int32(len(c.tiles)))
	}
	return c, nil
}

// of gives the tiles of a zoom on which a mark is, in the place of others.
func (c *choice) of(i, zoom int, instead []tile.Address) []tile.Address {
	tiles := instead[:0]
	up := choiceZoom - zoom
	for _, at := range c.tiles[c.starts[i]:c.starts[i+1]] {
		at = tile.Address{X: at.X >> up, Y: at.Y >> up}
		if n := len(tiles); n > 0 && tiles[n-1] == at {
			continue
		}
		tiles = append(tiles, at)
	}
	return tile.Once(tiles)
}

// at gives how coarse a zoom is, with what each of its marks stands for where tiles of the zoom are kept: the finest way in which the
// fullest tile holds [mostMarks], or every mark by itself where it holds no more than [mostFeatures] of a zoom whose tiles are not kept.
func (c *choice) at(z zoomed) (coarse coarseness, groups []group, err error) {
	most := mostMarks
	if z.zoom > keptZoom {
		most = mostFeatures // those that meet a tile are gathered when it is asked for
	}
	on, err := c.fullest(z, most)
	if err != nil {
		return 0, nil, err
	}
	coarse = coarseness(sort.Search(int(coarsest), func(c int) bool { return !coarseness(c).exceeds(z, on, mostMarks) }))
	if z.zoom > keptZoom {
		return coarse, nil, nil
	}
	for {
		var fits bool
		if groups, fits = c.groups(z, coarse, most); fits || coarse == coarsest {
			return coarse, groups, nil
		}
		coarse++
	}
}

// exceeds says whether more than so many of the marks have nothing in common.
func (c coarseness) exceeds(z zoomed, marks []int32, most int) bool {
	if len(marks) <= most {
		return false
	}
	seen := make(map[near]struct{}, most)
	var of crowd = z // made once: a million marks are looked at
	for _, i := range marks {
		if seen[c.near(of, int(i), z.zoom)] = struct{}{}; len(seen) > most {
			return true
		}
	}
	return false
}

// groups lets marks stand for others, unless a tile would hold too many.
func (c *choice) groups(z zoomed, coarse coarseness, most int) (groups []group, fits bool) {
	on := map[tile.Address]int{}
	var tiles []tile.Address
	return coarse.groups(z, z.zoom, func(first int) bool {
		tiles = c.of(first, z.zoom, tiles)
		for _, at := range tiles {
			if on[at]++; on[at] > most && coarse < coarsest {
				return false
			}
		}
		return true
	})
}

// fullest gives the marks on the tile of a zoom that holds most, none where it does not hold too many.
func (c *choice) fullest(z zoomed, most int) (fullest []int32, err error) {
	if z.zoom > choiceZoom {
		if c.full, err = c.partsOfFull(z); err != nil {
			return nil, err
		}
		for _, at := range slices.SortedFunc(maps.Keys(c.full), tile.Address.Compare) {
			if len(c.full[at]) > len(fullest) {
				fullest = c.full[at]
			}
		}
		maps.DeleteFunc(c.full, func(_ tile.Address, marks []int32) bool { return len(marks) <= most })
		return fullest, nil
	}
	on := c.perTile(z)
	first := slices.Index(on, slices.Max(on))
	if int(on[first]) <= most {
		return nil, nil
	}
	c.each(z, func(i int32, at tile.Address) {
		n := int(at.Y<<z.zoom | at.X)
		if n == first {
			fullest = append(fullest, i)
		}
		if z.zoom == choiceZoom && int(on[n]) > most {
			c.full[at] = append(c.full[at], i)
		}
	})
	return fullest, nil
}

// each hands out each tile of a mark.
func (c *choice) each(z zoomed, visit func(i int32, at tile.Address)) {
	var tiles []tile.Address
	for i := range z.marks {
		tiles = c.of(i, z.zoom, tiles)
		for _, at := range tiles {
			visit(int32(i), at)
		}
	}
}

// perTile gives how many marks are on each tile, row by row.
func (c *choice) perTile(z zoomed) []int32 {
	on := make([]int32, 1<<(2*z.zoom))
	c.each(z, func(_ int32, at tile.Address) { on[at.Y<<z.zoom|at.X]++ })
	return on
}

// partsOfFull gives the marks on each tile within those that are too full at the zoom before: others hold fewer.
func (c *choice) partsOfFull(z zoomed) (map[tile.Address][]int32, error) {
	on := map[tile.Address][]int32{}
	var tiles []tile.Address
	for at, marks := range c.full {
		for _, i := range marks {
			packed, label := z.shape(&z.marks[i])
			var err error
			if tiles, err = packed.Quarters(tiles, z.zoom, at, label); err != nil {
				return nil, err
			}
			for _, within := range tiles {
				on[within] = append(on[within], i)
			}
		}
	}
	return on, nil
}
