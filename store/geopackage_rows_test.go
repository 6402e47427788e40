package store_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/routes"
	"corridor/store"
)

// The index of a large table, of several levels, is one that SQLite's own check finds nothing against, and gives what is in a box.
func TestAGeoPackagesIndexIsWhole(t *testing.T) {
	const many = 6000
	random := rand.New(rand.NewPCG(7, 1))
	s, _ := temporary(t)
	p, _ := pack("p", "r", 0)
	features := make([]routes.Feature, many)
	for i := range features {
		at := orb.Point{random.Float64()*360 - 180, random.Float64()*180 - 90}
		features[i] = stop("r", i, at)
		if i%3 == 0 {
			features[i].Geometry = orb.LineString{at, {at[0] / 2, at[1] / 2}}
		}
	}
	save(t, s, p, features)
	path := filepath.Join(t.TempDir(), "x.gpkg")
	layer := store.GeoPackageLayer{Query: store.ItemsQuery{Collection: routes.Stops}, Style: func(store.Shape) string { return "" }}
	if _, err := s.WriteGeoPackage(t.Context(), path, store.GeoPackage{Layers: []store.GeoPackageLayer{layer}}); err != nil {
		t.Fatal(err)
	}
	db := opened(t, path)
	boxes := map[string][]orb.Bound{}
	for _, f := range features {
		table := "rtree_stops_points_geom"
		if _, ok := f.Geometry.(orb.LineString); ok {
			table = "rtree_stops_lines_geom"
		}
		boxes[table] = append(boxes[table], f.Geometry.Bound())
	}
	for table, all := range boxes {
		same(t, table, list(t, db, "SELECT rtreecheck('"+table+"')"), "ok")
		for range 50 {
			corner := orb.Point{random.Float64()*360 - 180, random.Float64()*180 - 90}
			box := corner.Bound().Extend(orb.Point{corner[0] + random.Float64()*90, corner[1] + random.Float64()*45})
			want := 0
			for _, b := range all {
				if b.Intersects(box) {
					want++
				}
			}
			query := fmt.Sprintf("SELECT count(*) FROM %s WHERE maxx >= %v AND minx <= %v AND maxy >= %v AND miny <= %v", table, box.Left(), box.Right(), box.Bottom(), box.Top())
			same(t, query, list(t, db, query), strconv.Itoa(want))
		}
		for _, change := range []string{"DELETE FROM " + table + " WHERE id % 2 = 0", "INSERT INTO " + table + " SELECT value, value, value, 0, 0 FROM json_each('[1, 2, 3]')"} {
			if _, err := db.ExecContext(t.Context(), change); err != nil {
				t.Fatal(err)
			}
			same(t, change, list(t, db, "SELECT rtreecheck('"+table+"')"), "ok")
		}
	}
}

// What a property holds comes into its column as SQLite reads it from the JSON.
func TestAGeoPackagesValues(t *testing.T) {
	values := map[string]any{
		"plain": "a", "empty": "", "escaped": "\"quoted\" <b> \\ line\nbreak \u2028 😀", "thai": "ไทย", "number": -1.25e-7, "large": int64(1) << 60, "whole": 3.0,
		"yes": true, "no": false, "none": nil, "list": []any{1, "b"}, "object": map[string]any{"a": 1},
	}
	s, path := temporary(t)
	p, _ := pack("p", "r", 0)
	f := stop("r", 0, orb.Point{1, 2})
	f.Properties = map[string]any{"en": values}
	save(t, s, p, []routes.Feature{f})
	layer := store.GeoPackageLayer{Query: store.ItemsQuery{Collection: routes.Stops}, Style: func(store.Shape) string { return "" }}
	for _, name := range append(slices.Sorted(maps.Keys(values)), "missing") {
		layer.Columns = append(layer.Columns, store.FileColumn{Name: name})
	}
	file := filepath.Join(t.TempDir(), "x.gpkg")
	if _, err := s.WriteGeoPackage(t.Context(), file, store.GeoPackage{Layers: []store.GeoPackageLayer{layer}}); err != nil {
		t.Fatal(err)
	}
	db := opened(t, file)
	if _, err := db.ExecContext(t.Context(), "ATTACH ? AS content", path); err != nil {
		t.Fatal(err)
	}
	for _, c := range layer.Columns {
		want := list(t, db, "SELECT typeof(properties ->> '"+c.Name+"'), properties ->> '"+c.Name+"' FROM content.features")
		same(t, c.Name, list(t, db, "SELECT typeof("+c.Name+"), "+c.Name+" FROM stops_points"), want...)
	}
}

func TestAGeoPackageOfADamagedFeature(t *testing.T) {
	s, path := temporary(t)
	p, features := pack("p", "r", 300)
	save(t, s, p, features)
	db := opened(t, path)
	layer := store.GeoPackageLayer{Query: store.ItemsQuery{Collection: routes.Stops}, Columns: []store.FileColumn{{Name: "title"}}, Style: func(store.Shape) string { return "" }}
	for _, damaged := range [][2]string{ // each comes before what was damaged before
		{"UPDATE features SET properties = '{\"title\":' WHERE fid = 'r.200'", "properties of stops r.200"},
		{"UPDATE features SET geometry = '{\"type\":\"Point\",\"coordinates\":[1]}' WHERE fid = 'r.100'", "stops r.100"},
	} {
		damage, want := damaged[0], damaged[1]
		if _, err := db.ExecContext(t.Context(), damage); err != nil {
			t.Fatal(err)
		}
		_, err := s.WriteGeoPackage(t.Context(), filepath.Join(t.TempDir(), "x.gpkg"), store.GeoPackage{Layers: []store.GeoPackageLayer{layer}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v", damage, err)
		}
	}
}
