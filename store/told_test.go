package store_test

import (
	"testing"

	"github.com/paulmach/orb"

	"corridor/routes"
	"corridor/store"
)

// Ids of places are a pack's own: two packs may each have a "yunnan".
func TestARouteShowsThePartsOfItsOwnPacksPlaces(t *testing.T) {
	s, _ := temporary(t)
	for _, id := range []string{"a", "b"} {
		p, _ := pack(id, "route-"+id, 0)
		whole := stop("route-"+id, 0, orb.Point{100, 20})
		whole.Properties = map[string]any{"en": map[string]any{"title": "Yunnan", "place_id": "yunnan"}}
		part := routes.Feature{
			Collection: routes.Places, ID: id + ".part", PartOf: "yunnan", Default: "en", Geometry: orb.Point{100, 21},
			Properties: map[string]any{"en": map[string]any{"title": "a part", "part_of": "yunnan"}},
		}
		save(t, s, p, []routes.Feature{whole, part})
	}
	for _, id := range []string{"a", "b"} {
		view(t, s, func(v *store.View) {
			told, err := v.Told(t.Context(), "route-"+id)
			if err != nil || len(told) != 2 {
				t.Fatalf("%d features, %v", len(told), err)
			}
			for _, f := range told {
				if f.Collection == routes.Places && f.ID != id+".part" {
					t.Errorf("route-%s shows %s", id, f.ID)
				}
			}
		})
	}
}
