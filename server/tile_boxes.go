package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/maptile"

	"corridor/routes"
	"corridor/store/tiles"
)

// tileBox are tiles of a zoom: the first and the last column and row, counted from the north-west: x, y, x, y.
type tileBox [4]int

// tileMargins are how far around what is told of a part of the basemap goes, in degrees by zoom: the finer the nearer, since
// the map shows coarser tiles where it has no others.
func tileMargins() []float64 { return []float64{180, 180, 90, 60, 25, 12, 5} }

// boxesAround gives the tiles around features, for each zoom from the basemap's lowest. What one or another part of a large
// area tells of is seen from afar, so its area counts for the coarse zooms only. Without features there is the world at the
// lowest zoom.
func (s *Server) boxesAround(features []kitFeature) ([]tileBox, error) {
	const coarse = 4
	var wide, near orb.Bound
	var begun [2]bool
	extend := func(b *orb.Bound, i int, with orb.Bound) {
		if !begun[i] {
			*b, begun[i] = with, true
			return
		}
		*b = b.Union(with)
	}
	for _, f := range features {
		if string(f.Geometry) == "null" {
			continue
		}
		g, err := geojson.UnmarshalGeometry(f.Geometry)
		if err != nil {
			return nil, fmt.Errorf("feature %s: %w", f.ID, err)
		}
		extend(&wide, 0, g.Coordinates.Bound())
		if f.Collection == routes.Legs || f.Collection == routes.Movements {
			extend(&near, 1, g.Coordinates.Bound())
		}
	}
	about, margins := s.Basemap.Info(), tileMargins()
	if !begun[0] {
		last := 1<<about.MinZoom - 1
		return []tileBox{{0, 0, last, last}}, nil
	}
	var boxes []tileBox
	for z := about.MinZoom; z <= min(about.MaxZoom, len(margins)-1); z++ {
		around := near
		if z < coarse || !begun[1] {
			around = wide
		}
		boxes = append(boxes, boxOf(around.Pad(margins[z]), z))
	}
	return boxes, nil
}

// boxOf gives the tiles of a zoom that meet a box in degrees.
func boxOf(box orb.Bound, z int) tileBox {
	const edge = 85.05 // degrees, where the square world of the tiles ends
	zoom := maptile.Zoom(z)
	low := maptile.At(orb.Point{max(-180, box.Left()), min(edge, box.Top())}, zoom)
	high := maptile.At(orb.Point{min(179.999, box.Right()), max(-edge, box.Bottom())}, zoom)
	return tileBox{int(low.X), int(low.Y), int(high.X), int(high.Y)}
}

// eachTile gives the tiles of boxes, gzipped; one with nothing on it is empty.
func (s *Server) eachTile(ctx context.Context, boxes []tileBox, next func(at tileAddress, data []byte)) error {
	lowest := s.Basemap.Info().MinZoom
	for i, box := range boxes {
		for y := box[1]; y <= box[3]; y++ {
			for x := box[0]; x <= box[2]; x++ {
				tile, err := s.Basemap.Tile(ctx, lowest+i, x, y)
				if err != nil && !errors.Is(err, tiles.ErrEmpty) {
					return err
				}
				data := tile.Data
				if len(data) > 0 && !tile.Gzipped {
					if data, err = tiles.Zip(data); err != nil {
						return err
					}
				}
				next(tileAddress{lowest + i, x, y}, data)
			}
		}
	}
	return nil
}
