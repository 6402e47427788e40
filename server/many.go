package server

import (
	"context"

	"github.com/paulmach/orb"

	"corridor/geo"
	"corridor/routes"
	"corridor/store"
)

const (
	// mostDrawn is how many features the map of everything loads at once; where there are more, tiles show them, and those of a view
	// that has few are loaded for it (static/src/few.ts).
	mostDrawn = 2000
	// mostListed is how many routes of a pack the page of everything lists.
	mostListed = 100
)

// onMap are the collections that the map of everything shows.
func onMap() []routes.Collection {
	return []routes.Collection{routes.Stops, routes.Legs, routes.Movements, routes.Sites}
}

// ManyView is what the page of everything says where it holds too much to draw one by one.
type ManyView struct{ Legs, Stops int }

// ClientMany says where the tiles of the data are that the map of everything draws instead of single features.
type ClientMany struct {
	// Tiles is the address of a tile with {collection}, {z}, {x} and {y} in it.
	Tiles   string `json:"tiles"`
	MaxZoom int    `json:"maxzoom"`
	// Items is the address of the API's page of a collection, with {collection} in it; it has no query.
	Items string `json:"items"`
	// Bounds are what all of it lies in: west, south, east, north in degrees; west is greater than east across the antimeridian.
	Bounds [4]float64 `json:"bounds"`
}

// homeRoutes gives the routes that the page of everything lists. A folder of files has all, since nothing searches it.
func (s *Server) homeRoutes(ctx context.Context, v *store.View) ([]routes.Pack, error) {
	if s.Folder {
		return v.Routes(ctx)
	}
	return v.FirstRoutes(ctx, mostListed)
}

// homeLessons gives the ids of the lessons that routes have, by the routes' own.
func homeLessons(ctx context.Context, v *store.View, packs []routes.Pack) (map[string]string, error) {
	var ids []string
	for _, pack := range packs {
		for _, r := range pack.Routes {
			ids = append(ids, r.ID)
		}
	}
	return v.LessonsOf(ctx, ids)
}

// fillMany turns the page of everything to tiles where there are too many features.
func (s *Server) fillMany(ctx context.Context, v *store.View, page *Page) error {
	all, err := v.CountRoutes(ctx)
	if err != nil {
		return err
	}
	page.Home.More = all - len(page.Home.Routes)
	count, err := v.CountUpTo(ctx, mostDrawn+1, onMap()...)
	if err != nil || s.Folder || count <= mostDrawn {
		return err
	}
	page.Many = &ManyView{}
	var years []int
	var boxes orb.MultiLineString
	for _, c := range onMap() {
		extent, err := s.extents.of(ctx, v, c)
		if err != nil {
			return err
		}
		switch c {
		case routes.Stops:
			page.Many.Stops = extent.Count
		case routes.Legs:
			page.Many.Legs = extent.Count
		case routes.Movements:
			page.Counts.Movements = extent.Count
		case routes.Sites:
			page.Counts.Sites = extent.Count
		}
		boxes = append(boxes, diagonals(extent.Box)...)
		if extent.LastYear > 0 {
			years = append(years, extent.FirstYear, extent.LastYear)
		}
	}
	s.date(page, years)
	bound := geo.Extent(boxes)
	page.Client.Many = &ClientMany{
		Tiles: dataTilePath("{collection}") + "?v=" + s.edition(v.Version), MaxZoom: store.MaxTileZoom, Items: "/api/collections/{collection}/items",
		Bounds: [4]float64{bound.Left(), bound.Bottom(), bound.Right(), bound.Top()},
	}
	return nil
}

// diagonals are lines that reach as far as a box: two where it crosses the antimeridian.
func diagonals(b *store.Box) orb.MultiLineString {
	switch {
	case b == nil:
		return nil
	case b.West > b.East:
		return orb.MultiLineString{{{b.West, b.South}, {180, b.North}}, {{-180, b.South}, {b.East, b.North}}}
	}
	return orb.MultiLineString{{{b.West, b.South}, {b.East, b.North}}}
}
