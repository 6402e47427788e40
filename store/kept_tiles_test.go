package store

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"corridor/routes"
)

// Tiles that an import keeps are, byte for byte, those that are drawn when they are asked for: marks thinned out by the same rule.
func TestTilesThatAreKeptAreThoseThatWouldBeDrawn(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	random := rand.New(rand.NewPCG(1, 2))
	p := routes.Pack{About: routes.About{ID: "m"}, Routes: []routes.Route{{ID: "way"}}}
	var features []routes.Feature
	for n := range 7000 {
		a, b := random.IntN(400), random.IntN(400)
		spot := func(i int) orb.Point { return orb.Point{95 + float64(i%20), 5 + float64(i/20)} }
		features = append(features, routes.Feature{
			Collection: routes.Legs, ID: fmt.Sprintf("way.leg-%d", n), Routes: []string{"way"}, AsOf: 2008, Default: "en",
			From: fmt.Sprint("place-", a), To: fmt.Sprint("place-", b), Geometry: orb.LineString{spot(a), spot(b)},
			Properties: map[string]any{"en": map[string]any{"title": fmt.Sprint("leg ", n), "evidence": []string{"documented", "inferred"}[n%2]}},
		})
	}
	if _, err := s.SavePack(ctx, p, features); err != nil {
		t.Fatal(err)
	}
	err = s.View(ctx, func(v *View) error {
		kept := 0
		for z := range keptZoom + 1 {
			for x := range 1 << z {
				for y := range 1 << z {
					data, found, err := v.keptTile(ctx, routes.Legs, z, x, y)
					if err != nil {
						return err
					}
					if !found {
						continue
					}
					kept++
					sheet, err := v.sheet(ctx, routes.Legs, z, x, y)
					if err != nil {
						return err
					}
					drawn, err := sheet.tile()
					if err != nil || !bytes.Equal(drawn, data) {
						t.Errorf("%d/%d/%d: %d bytes are kept, %d drawn: %v", z, x, y, len(data), len(drawn), err)
					}
				}
			}
		}
		if kept < 3 {
			t.Errorf("only %d tiles are kept", kept)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
