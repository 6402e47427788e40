package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"corridor/routes"
	"corridor/store"
)

// drawn are features of each kind of geometry, and one without.
func drawn() []routes.Feature {
	ring := orb.Ring{{0, 0}, {9, 0}, {9, 9}, {0, 0}}
	var list []routes.Feature
	for i, g := range []orb.Geometry{
		orb.Point{100.5, 13.75},
		orb.Point{-100, -13},
		orb.LineString{{1, 2}, {3, 4}},
		orb.MultiLineString{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}},
		orb.Polygon{ring},
		orb.MultiPolygon{{ring}, {{{20, 20}, {21, 20}, {21, 21}, {20, 20}}}},
		nil,
	} {
		f := stop("r", i, orb.Point{})
		f.Geometry, f.AsOf = g, 2008+10*(i%2)
		f.Properties = map[string]any{
			"en": map[string]any{"title": fmt.Sprintf("it's \"%d\"", i), "seq": i, "draft": i == 1, "label_lon": 1.5}, "th": map[string]any{"title": "ไทย"},
		}
		list = append(list, f)
	}
	return list
}

func geoPackage(t *testing.T, change func(*store.GeoPackage)) *sql.DB {
	t.Helper()
	s, _ := temporary(t)
	p, _ := pack("p", "r", 1)
	p.About.Attribution, p.About.Licence = "The authors", "CC0-1.0"
	p.Sources = []routes.Source{{ID: "S1", Title: "A source", Author: routes.Text{"en": "An office", "th": "สำนักงาน"}, Created: "2008-12"}}
	save(t, s, p, drawn())
	g := store.GeoPackage{
		Layers: []store.GeoPackageLayer{{
			Query: store.ItemsQuery{Collection: routes.Stops}, Description: "Stops", Metadata: "<qgis/>", Style: func(shape store.Shape) string { return "<" + string(shape) + "/>" },
			Columns: []store.FileColumn{
				{Name: "title", Type: "TEXT"},
				{Name: "seq", Type: "INTEGER"},
				{Name: "draft", Type: "BOOLEAN"},
				{Name: "label_lon", Type: "DOUBLE"},
				{Name: "citation", Type: "TEXT", Property: "title"},
				{Name: "historical", Type: "BOOLEAN", From: store.FromYear},
				{Name: "attribution", Type: "TEXT", From: store.FromAttribution},
				{Name: "licence", Type: "TEXT", From: store.FromLicence},
			},
		}},
		Sources: p.Sources, Lang: "th", HistoricalBefore: 2016, Attribution: "A data set", Made: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
	}
	if change != nil {
		change(&g)
	}
	path := filepath.Join(t.TempDir(), "x.gpkg")
	version, err := s.WriteGeoPackage(t.Context(), path, g)
	if err != nil {
		t.Fatal(err)
	}
	view(t, s, func(v *store.View) {
		if v.Version != version {
			t.Errorf("the file is of %s, the content is %s", version, v.Version)
		}
	})
	for _, left := range []string{path + "-journal", path + "-wal"} {
		if _, err := os.Stat(left); err == nil {
			t.Errorf("%s is left behind", left)
		}
	}
	return opened(t, path)
}

// opened opens a database as any other program does, with one connection.
func opened(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath())
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// list gives a query's rows, each as text with | between its values.
func list(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		row := make([]string, len(values))
		for i, v := range values {
			row[i] = v.String
		}
		out = append(out, strings.Join(row, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant:\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The file is what the standard asks for, so that any reader takes it.
func TestAGeoPackageIsOne(t *testing.T) {
	db := geoPackage(t, nil)
	same(t, "application", list(t, db, "SELECT * FROM pragma_application_id, pragma_user_version"), "1196444487|10300") // "GPKG", 1.3
	same(t, "integrity", list(t, db, "PRAGMA integrity_check"), "ok")
	same(t, "references", list(t, db, "PRAGMA foreign_key_check"))
	same(t, "reference systems", list(t, db, "SELECT srs_id, organization FROM gpkg_spatial_ref_sys ORDER BY 1"), "-1|NONE", "0|NONE", "4326|EPSG")
	same(
		t, "contents", list(t, db, "SELECT table_name, data_type, srs_id, min_x, min_y, max_x, max_y FROM gpkg_contents ORDER BY 1"),
		"layer_styles|attributes|||||", "sources|attributes|||||", "stops_areas|features|4326|0|0|21|21", "stops_lines|features|4326|1|2|7|8",
		"stops_points|features|4326|-100|-13|100.5|13.75", "stops_without_place|attributes|||||",
	)
	same(
		t, "geometries", list(t, db, "SELECT * FROM gpkg_geometry_columns ORDER BY 1"),
		"stops_areas|geom|MULTIPOLYGON|4326|0|0", "stops_lines|geom|MULTILINESTRING|4326|0|0", "stops_points|geom|POINT|4326|0|0",
	)
	same(t, "times", list(t, db, "SELECT DISTINCT last_change || '' FROM gpkg_contents WHERE table_name LIKE 'stops%'"), "2026-11-01T00:00:00.000Z")
	same(
		t, "extensions", list(t, db, "SELECT table_name, extension_name FROM gpkg_extensions ORDER BY 1"), "gpkg_metadata|gpkg_metadata",
		"gpkg_metadata_reference|gpkg_metadata", "stops_areas|gpkg_rtree_index", "stops_lines|gpkg_rtree_index", "stops_points|gpkg_rtree_index",
	)
	same(t, "styles", list(t, db, "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles ORDER BY 1"),
		"stops_areas|geom|<areas/>|true", "stops_lines|geom|<lines/>|true", "stops_points|geom|<points/>|true")
	same(t, "metadata", list(t, db, "SELECT DISTINCT metadata, reference_scope FROM gpkg_metadata m JOIN gpkg_metadata_reference r ON r.md_file_id = m.id"), "<qgis/>|table")
	same(t, "sources", list(t, db, "SELECT id, title, author, created || '', url FROM sources"), "S1|A source|สำนักงาน|2008-12|")
	// A month is no DATE of a GeoPackage, which is a whole day.
	same(t, "when sources were written", list(t, db, "SELECT type FROM pragma_table_info('sources') WHERE name = 'created'"), "TEXT")
	same(t, "triggers", list(t, db, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'rtree_stops_points_geom_%'"), "6")
}

func TestAGeoPackagesFeatures(t *testing.T) {
	db := geoPackage(t, nil)
	same(t, "points", list(t, db, "SELECT id, title, seq, draft, typeof(draft), label_lon, citation, historical, attribution, licence FROM stops_points ORDER BY id"),
		`r.000|it's "0"|0|false|integer|1.5|it's "0"|true|The authors; A data set|CC0-1.0`, `r.001|it's "1"|1|true|integer|1.5|it's "1"|false|The authors; A data set|CC0-1.0`)
	same(t, "without a place", list(t, db, "SELECT id FROM stops_without_place"), "r.006")
	want := map[string]orb.Geometry{}
	for _, f := range drawn() {
		switch g := f.Geometry.(type) {
		case orb.LineString:
			want[f.ID] = orb.MultiLineString{g}
		case orb.Polygon:
			want[f.ID] = orb.MultiPolygon{g}
		default:
			want[f.ID] = g
		}
	}
	delete(want, "r.006")
	for _, table := range []string{"stops_points", "stops_lines", "stops_areas"} {
		rows, err := db.QueryContext(t.Context(), "SELECT t.id, typeof(geom), geom, minx, miny, maxx, maxy FROM "+table+" t JOIN rtree_"+table+"_geom b ON b.id = t.fid")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var id, kind string
			var blob []byte
			var box [4]float64
			if err := rows.Scan(&id, &kind, &blob, &box[0], &box[1], &box[2], &box[3]); err != nil {
				t.Fatal(err)
			}
			if kind != "blob" || !bytes.Equal(blob[:4], []byte("GP\x00\x01")) || binary.LittleEndian.Uint32(blob[4:]) != 4326 {
				t.Fatalf("%s is a %s with the head % x", id, kind, blob[:8])
			}
			g, err := wkb.Unmarshal(blob[8:])
			if err != nil || !orb.Equal(g, want[id]) {
				t.Errorf("%s is %v, %v, want %v", id, g, err, want[id])
			}
			bound := want[id].Bound()
			if box[0] > bound.Left() || box[1] > bound.Bottom() || box[2] < bound.Right() || box[3] < bound.Top() {
				t.Errorf("the index has %s at %v, want %v", id, box, bound)
			}
			delete(want, id)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing are %v", want)
	}
}

// A filter, an order and a language hold for a file as they do for pages.
func TestAGeoPackageOfAFilter(t *testing.T) {
	db := geoPackage(t, func(g *store.GeoPackage) {
		g.Layers[0].Query = store.ItemsQuery{
			Collection: routes.Stops, Lang: "th", Route: "r", Box: &store.Box{West: 90, South: 0, East: 110, North: 20}, Sort: []store.Order{{Property: "title"}},
			Where: []store.Condition{{Property: "title", Value: "ไทย"}},
		}
	})
	same(t, "points", list(t, db, "SELECT id, title FROM stops_points"), "r.000|ไทย")
}

// A script finds the layers that a collection has whatever a filter leaves of it, and none that it has not.
func TestAFilterThatLeavesNothingKeepsTheLayers(t *testing.T) {
	for value, points := range map[string]string{"ไทย": "5", "nothing": "0"} {
		db := geoPackage(t, func(g *store.GeoPackage) {
			g.Layers[0].Query.Where = []store.Condition{{Property: "title", Value: value}}
			g.Layers[0].Query.Lang, g.Layers[0].Query.Box = "th", &store.Box{West: -180, South: -90, East: 180, North: 11}
		})
		same(t, "layers", list(t, db, "SELECT table_name FROM gpkg_contents WHERE table_name LIKE 'stops%' ORDER BY 1"), "stops_areas", "stops_lines", "stops_points", "stops_without_place")
		same(t, "features", list(t, db, "SELECT (SELECT count(*) FROM stops_points) + (SELECT count(*) FROM stops_lines) + (SELECT count(*) FROM stops_areas)"), points)
		for _, table := range []string{"stops_points", "stops_lines", "stops_areas"} {
			same(t, "the index of "+table, list(t, db, "SELECT rtreecheck('rtree_"+table+"_geom')"), "ok")
			same(t, "the columns of "+table, list(t, db, "SELECT count(*) FROM pragma_table_info('"+table+"')"), "11")
		}
		same(t, "where there is nothing", list(t, db, "SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'stops_without_place'"), "|")
		same(t, "integrity", list(t, db, "PRAGMA integrity_check"), "ok")
	}
	db := geoPackage(t, func(g *store.GeoPackage) {
		g.Layers[0].Query.Where = []store.Condition{{Property: "title", Value: "nothing"}}
	})
	same(t, "extents", list(t, db, "SELECT DISTINCT min_x, min_y, max_x, max_y FROM gpkg_contents"), "|||")
}

func TestAGeoPackageThatCannotBeWritten(t *testing.T) {
	s, _ := temporary(t)
	if _, err := s.WriteGeoPackage(t.Context(), filepath.Join(t.TempDir(), "none", "x.gpkg"), store.GeoPackage{}); err == nil {
		t.Error("it is said to be written")
	}
}

// Each gives what pages give, without end, and stops where its reader stops.
func TestEachGivesEveryFeature(t *testing.T) {
	s, _ := temporary(t)
	p, features := pack("p", "r", 2500)
	save(t, s, p, features)
	view(t, s, func(v *store.View) {
		var got []string
		for item, err := range v.Each(t.Context(), store.ItemsQuery{Collection: routes.Stops, Limit: 10}) {
			if err != nil || item.Pack != "p" {
				t.Fatal(item.Pack, err)
			}
			got = append(got, item.FID)
		}
		if slices.Sort(got); len(slices.Compact(got)) != 2500 {
			t.Errorf("%d features, want 2500", len(got))
		}
		for _, err := range v.Each(t.Context(), store.ItemsQuery{Collection: routes.Stops}) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		if _, err := v.Abouts(t.Context()); err != nil {
			t.Errorf("after a reader has stopped: %v", err)
		}
	})
}

// What was broken off must not look whole: who writes a file of the features would end it as one.
func TestEachSaysThatItWasBrokenOff(t *testing.T) {
	s, _ := temporary(t)
	p, features := pack("p", "r", 2500)
	save(t, s, p, features)
	view(t, s, func(v *store.View) {
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		given := 0
		var last error
		for _, err := range v.Each(ctx, store.ItemsQuery{Collection: routes.Stops}) {
			if last != nil {
				t.Errorf("something comes after the error: %v", err)
			}
			given, last = given+1, err
			leave()
		}
		if !errors.Is(last, context.Canceled) || given == 2500 {
			t.Errorf("the last of %d is %v", given, last)
		}
	})
}

// Of a large collection not every feature is looked at for its layers, and still a few large areas among many points have theirs.
func TestAFilterOfManyFeaturesKeepsTheLayers(t *testing.T) {
	const many = 9000
	s, _ := temporary(t)
	p, _ := pack("p", "r", 0)
	features := make([]routes.Feature, many)
	for i := range features {
		features[i] = stop("r", i, orb.Point{float64(i%360) - 180, float64(i/360) - 45})
	}
	features[many/2].Geometry = orb.Polygon{{{0, 0}, {9, 0}, {9, 9}, {0, 0}}}
	save(t, s, p, features)
	path := filepath.Join(t.TempDir(), "x.gpkg")
	layer := store.GeoPackageLayer{Query: store.ItemsQuery{Collection: routes.Stops, Route: "none"}, Style: func(store.Shape) string { return "" }}
	if _, err := s.WriteGeoPackage(t.Context(), path, store.GeoPackage{Layers: []store.GeoPackageLayer{layer}}); err != nil {
		t.Fatal(err)
	}
	same(t, "layers", list(t, opened(t, path), "SELECT table_name FROM gpkg_contents WHERE table_name LIKE 'stops%' ORDER BY 1"), "stops_areas", "stops_points")
}
