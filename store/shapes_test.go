package store_test

import (
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/geojson"

	"corridor/routes"
	"corridor/store"
)

// large is an area with a long outline, another one for each number.
func large(n int) orb.Polygon {
	const corners = 100
	ring := make(orb.Ring, corners+1)
	for i := range corners {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		ring[i] = orb.Point{math.Round(1e3*(100+float64(n)+cos)) / 1e3, math.Round(1e3*(20+sin)) / 1e3}
	}
	ring[corners] = ring[0]
	return orb.Polygon{ring}
}

// inAreas are stops in so many areas of the numbers 0, 1, 2 …, five in each, one after the other.
func inAreas(areas int) (features []routes.Feature) {
	for i := range 5 * areas {
		f := stop("r", i, orb.Point{})
		f.Geometry, f.From = large(i%areas), fmt.Sprint("area-", i%areas)
		features = append(features, f)
	}
	return features
}

func TestAnOutlineIsStoredOnce(t *testing.T) {
	s, path := temporary(t)
	db := opened(t, path)
	p, _ := pack("a", "r", 0)
	for _, areas := range []int{3, 1, 2, 0} { // some go, one comes back
		features := inAreas(areas)
		save(t, s, p, features)
		same(t, fmt.Sprint(areas, " areas"), list(t, db, "SELECT count(*) FROM shapes"), strconv.Itoa(areas))
		view(t, s, func(v *store.View) {
			stored, _ := items(t, v, store.ItemsQuery{Collection: routes.Stops, Limit: 100})
			told, err := v.Told(t.Context(), "r")
			if err != nil || len(stored) != len(features) || len(told) != len(features) {
				t.Fatalf("%d items and %d told of %d features, %v", len(stored), len(told), len(features), err)
			}
			for i, item := range stored {
				got, err := geojson.UnmarshalGeometry([]byte(item.Geometry))
				if err != nil || !orb.Equal(got.Geometry(), features[i].Geometry) || item.FID != features[i].ID {
					t.Errorf("%s is at %s, %v", item.FID, item.Geometry, err)
				}
				if string(told[i].Geometry) != item.Geometry {
					t.Errorf("%s is told at %s", item.FID, told[i].Geometry)
				}
			}
		})
	}
}

func TestAGeoPackageHasEachOutline(t *testing.T) {
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	features := inAreas(3)
	save(t, s, p, features)
	layer := store.GeoPackageLayer{Query: store.ItemsQuery{Collection: routes.Stops}, Style: func(store.Shape) string { return "" }}
	file := filepath.Join(t.TempDir(), "x.gpkg")
	if _, err := s.WriteGeoPackage(t.Context(), file, store.GeoPackage{Layers: []store.GeoPackageLayer{layer}}); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, f := range features {
		area, _ := f.Geometry.(orb.Polygon)
		raw, err := wkb.Marshal(orb.MultiPolygon{area})
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, fmt.Sprintf("%X", raw))
	}
	const head = 8 // bytes of the standard's own, in front of well-known binary
	same(t, "outlines", list(t, opened(t, file), fmt.Sprintf("SELECT substr(hex(geom), %d) FROM stops_areas ORDER BY fid", 2*head+1)), want...)
}

// What a former version left in a feature's own row stays there.
func TestAnOutlineInItsOwnRowIsShown(t *testing.T) {
	s, path := temporary(t)
	p, _ := pack("a", "r", 0)
	save(t, s, p, inAreas(1))
	var before, after store.Page
	page := func(into *store.Page) {
		t.Helper()
		view(t, s, func(v *store.View) {
			var err error
			if *into, err = v.Page(t.Context(), store.ItemsQuery{Collection: routes.Stops, Limit: 100}, 2016); err != nil {
				t.Fatal(err)
			}
		})
	}
	page(&before)
	_, err := opened(t, path).ExecContext(t.Context(), "UPDATE features SET geometry = (SELECT geometry FROM shapes WHERE id = shape), shape = NULL WHERE fid = 'r.002'")
	if err != nil {
		t.Fatal(err)
	}
	page(&after)
	if one, other := strings.Join(before.Features, ""), strings.Join(after.Features, ""); one != other {
		t.Errorf("%s\nbefore: %s", other, one)
	}
}
