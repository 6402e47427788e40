package draw_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/paulmach/orb"

	"corridor/draw"
)

// An operator's basemap may begin deep or leave zooms out: a picture takes those that are there, and does without land before
// it takes too many tiles.
func TestAPictureTakesTheZoomsThatTheBasemapHas(t *testing.T) {
	world := routeIn(t, "en")
	world.Legs = nil
	for i := range world.Stops {
		world.Stops[i].Geometry = orb.Point{float64(i)*60 - 150, float64(i)*20 - 50}
	}
	for name, tt := range map[string]struct {
		route draw.Route
		zooms []int
		land  bool
	}{
		"one zoom, deeper than is needed":   {routeIn(t, "en"), []int{6}, true},
		"zooms left out below what suits":   {routeIn(t, "en"), []int{0, 6}, true},
		"says that it has more than it has": {routeIn(t, "en"), []int{0}, true},
		"the world of deep tiles":           {world, []int{6}, false},
		"no tiles there":                    {routeIn(t, "en"), nil, false},
	} {
		p := painter(t)
		read, asked := p.Tiles.Tile, 0
		p.Tiles.MinZoom, p.Tiles.MaxZoom = 0, 6
		if len(tt.zooms) > 0 {
			p.Tiles.MinZoom = tt.zooms[0]
		}
		p.Tiles.Tile = func(ctx context.Context, z, x, y int) ([]byte, error) {
			asked++
			for _, has := range tt.zooms {
				if z == has {
					return read(ctx, z, x, y)
				}
			}
			return nil, nil
		}
		o := draw.Options{Format: draw.SVG, Theme: draw.Light}
		got, err := p.Draw(t.Context(), tt.route, words(t, "en"), o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if coast := bytes.Contains(got, []byte("#a3b4ba")); coast != tt.land {
			t.Errorf("%s: a coast %t, want %t", name, coast, tt.land)
		}
		if sea := bytes.Contains(got, []byte("#dbe6ea")); sea != tt.land {
			t.Errorf("%s: sea %t, want %t", name, sea, tt.land)
		}
		if asked > 300 {
			t.Errorf("%s: it asked for %d tiles", name, asked)
		}
	}
}
