package store

import (
	"cmp"
	"maps"
	"slices"

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
	c := &choice{starts: make([]int32, 1, len(g.marks)+1)}
	var tiles []tile.Address
	for i := range g.marks {
		packed, label := g.shape(&g.marks[i])
		var err error
		if tiles, err = packed.Tiles(tiles[:0], choiceZoom, label); err != nil {
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
	var last tile.Address
	for n, at := range c.tiles[c.starts[i]:c.starts[i+1]] {
		at = tile.Address{X: at.X >> up, Y: at.Y >> up}
		if n > 0 && at == last || slices.Contains(tiles, at) {
			continue
		}
		tiles, last = append(tiles, at), at
	}
	return tiles
}

// at gives the finest way in which the fullest tile of a zoom does not hold too many marks, with what each of them stands for where
// tiles of the zoom are kept.
func (c *choice) at(z zoomed) (coarse coarseness, groups []group, err error) {
	most := mostMarks
	if z.zoom > keptZoom {
		most = mostFeatures // those that meet a tile are gathered when it is asked for
	}
	on, err := c.fullest(z, most)
	if err != nil {
		return 0, nil, err
	}
	for coarse < coarsest && coarse.exceeds(z, on, most) {
		coarse++
	}
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
	for _, i := range marks {
		if seen[c.near(z, int(i), z.zoom)] = struct{}{}; len(seen) > most {
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

// fullest gives the marks on the tile of a zoom that holds most.
func (c *choice) fullest(z zoomed, most int) ([]int32, error) {
	var on map[tile.Address][]int32
	var err error
	if z.zoom > choiceZoom {
		if on, err = c.partsOfFull(z); err != nil {
			return nil, err
		}
	} else {
		on = c.perTile(z)
	}
	var fullest tile.Address
	for at, marks := range on {
		n := cmp.Compare(len(marks), len(on[fullest]))
		if cmp.Or(n, cmp.Compare(fullest.Y, at.Y), cmp.Compare(fullest.X, at.X)) > 0 {
			fullest = at
		}
	}
	marks := on[fullest]
	maps.DeleteFunc(on, func(_ tile.Address, marks []int32) bool { return len(marks) <= most })
	c.full = on
	return marks, nil
}

// perTile gives the marks on each tile.
func (c *choice) perTile(z zoomed) map[tile.Address][]int32 {
	on := map[tile.Address][]int32{}
	var tiles []tile.Address
	for i := range z.marks {
		tiles = c.of(i, z.zoom, tiles)
		for _, at := range tiles {
			on[at] = append(on[at], int32(i))
		}
	}
	return on
}

// partsOfFull gives the marks on each tile within those that are too full at the zoom before: others hold fewer.
func (c *choice) partsOfFull(z zoomed) (map[tile.Address][]int32, error) {
	on := map[tile.Address][]int32{}
	for at, marks := range c.full {
		for part := range uint32(4) {
			within := tile.Address{X: 2*at.X + part&1, Y: 2*at.Y + part>>1}
			frame := tile.NewFrame(z.zoom, int(within.X), int(within.Y))
			for _, i := range marks {
				packed, label := z.shape(&z.marks[i])
				meets, err := frame.Meets(packed, label)
				if err != nil {
					return nil, err
				}
				if meets {
					on[within] = append(on[within], i)
				}
			}
		}
	}
	return on, nil
}
