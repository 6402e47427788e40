package routes_test

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
	simplefeatures "github.com/peterstace/simplefeatures/geom"

	"corridor/routes"
)

// compileReal compiles the first pack, which must have no error.
func compileReal(t testing.TB) (routes.Pack, map[string]routes.Feature) {
	t.Helper()
	pack, list := compileRealList(t)
	features := make(map[string]routes.Feature, len(list))
	for _, f := range list {
		features[string(f.Collection)+"/"+f.ID] = f
	}
	if len(features) != len(list) {
		t.Fatalf("%d features have %d ids", len(list), len(features))
	}
	return pack, features
}

var compiled struct {
	once sync.Once
	pack routes.Pack
	list []routes.Feature
}

// compileRealList compiles the first pack once for all tests.
func compileRealList(t testing.TB) (routes.Pack, []routes.Feature) {
	t.Helper()
	compiled.once.Do(func() {
		loaded, places, problems := problemsOf(t, os.DirFS("../data/content/mekong"))
		if len(problems) > 0 {
			t.Fatalf("the pack has problems:\n%s", problems)
		}
		compiled.pack, compiled.list = loaded.Pack, routes.Compile(loaded.Pack, places)
	})
	return compiled.pack, compiled.list
}

// The whole pack as GeoJSON, a line a feature, with its properties in every language.
func TestGoldenFeatures(t *testing.T) {
	_, list := compileRealList(t)
	var b strings.Builder
	for _, f := range list {
		line, err := json.Marshal(struct {
			Collection routes.Collection `json:"collection"`
			ID         string            `json:"id"`
			Routes     []string          `json:"routes"`
			AsOf       int               `json:"as_of"`
			Geometry   *geojson.Geometry `json:"geometry"`
			Properties map[string]any    `json:"properties"`
		}{f.Collection, f.ID, f.Routes, f.AsOf, geometryOf(f), f.Properties})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	golden(t, "testdata/golden/mekong.jsonl", b.String())
}

func geometryOf(f routes.Feature) *geojson.Geometry {
	if f.Geometry == nil {
		return nil
	}
	return geojson.NewGeometry(f.Geometry)
}

func TestCompileIsPure(t *testing.T) {
	_, first := compileRealList(t)
	loaded, places, _ := problemsOf(t, os.DirFS("../data/content/mekong"))
	if !reflect.DeepEqual(first, routes.Compile(loaded.Pack, places)) {
		t.Error("the same pack gives other features the second time")
	}
}

func TestTheRouteHasSixStopsInOrder(t *testing.T) {
	_, features := compileReal(t)
	stops := []struct {
		id, geometry, precision, role string
	}{
		{"interior-provinces", "MultiPolygon", "region", "origin; recruitment"},
		{"xishuangbanna", "Polygon", "prefecture", "intended_destination; transit"},
		{"myanmar", "MultiPolygon", "country", "transit"},
		{"thailand", "MultiPolygon", "country", "transit; identification"},
		{"bangkok", "Point", "settlement", "transit"},
		{"malaysian-border", "LineString", "border", "end"},
	}
	for i, want := range stops {
		f, ok := features["stops/yunnan."+want.id]
		if !ok {
			t.Errorf("no stop %s", want.id)
			continue
		}
		p := stopProperties(t, f, "en")
		if p.Seq != i+1 || p.Route != "yunnan" || f.Geometry.GeoJSONType() != want.geometry || p.Precision != want.precision || p.Role != want.role {
			t.Errorf("%s: stop %d of %s, %s, %s, %s; want %d, %s, %s, %s",
				want.id, p.Seq, p.Route, f.Geometry.GeoJSONType(), p.Precision, p.Role, i+1, want.geometry, want.precision, want.role)
		}
		if p.Citation != "08BEIJING4697 ¶5" || p.AsOf != 2008 || p.SaidBy != "Save the Children UK" {
			t.Errorf("%s: %q, %d, %q", want.id, p.Citation, p.AsOf, p.SaidBy)
		}
		if th := stopProperties(t, f, "th"); !th.Draft || th.Lang != "th" || th.Text == p.Text {
			t.Errorf("%s in Thai: draft %v, lang %s", want.id, th.Draft, th.Lang)
		}
	}
}

func stopProperties(t *testing.T, f routes.Feature, lang string) routes.StopProperties {
	t.Helper()
	p, ok := f.Properties[lang].(routes.StopProperties)
	if !ok {
		t.Fatalf("%s has %T in %s", f.ID, f.Properties[lang], lang)
	}
	return p
}

// A drawn end in an area must suggest no town, and one before a border no crossing.
func TestDrawnEndsSuggestNoPlace(t *testing.T) {
	_, features := compileReal(t)
	towns := map[string]orb.Point{ // a centroid or pole of the areas would draw the route through the first two
		"Mandalay": {96.08, 21.98}, "Ankang": {109.02, 32.69}, "Kengtung": {99.606, 21.291}, "Tachileik": {99.88, 20.45},
		"Jinghong": {100.797, 22.009}, "Chiang Rai": {99.83, 19.91}, "Mae Sai": {99.876, 20.43}, "Nakhon Sawan": {100.13, 15.70},
		"Padang Besar": {100.321, 6.662}, "Sadao": {100.42, 6.64}, "Betong": {101.07, 5.77}, "Su-ngai Kolok": {101.97, 6.03},
		"Hat Yai": {100.47, 7.01}, "Ruili": {97.85, 24.01}, "Daluo": {100.05, 21.68},
	}
	bangkok := features["stops/yunnan.bangkok"].Geometry
	for id, f := range features {
		if f.Collection != routes.Legs {
			continue
		}
		line, ok := f.Geometry.(orb.LineString)
		if !ok {
			t.Fatalf("%s is a %s", id, f.Geometry.GeoJSONType())
		}
		p, ok := f.Properties["en"].(routes.LegProperties)
		if !ok || !p.Schematic {
			t.Errorf("%s: schematic %v: every leg of this route has an end in an area or before a border", id, p.Schematic)
		}
		for i, end := range []orb.Point{line[0], line[len(line)-1]} {
			stop := []string{p.From, p.To}[i]
			if stop == "bangkok" {
				if d := orbgeo.Distance(end, bangkok.Bound().Center()); d > 200 {
					t.Errorf("%s ends %.0f m from Bangkok, which is a point", id, d)
				}
				continue
			}
			for town, at := range towns {
				if km := orbgeo.Distance(end, at) / 1000; km < 10 {
					t.Errorf("%s ends %.1f km from %s", id, km, town)
				}
			}
			if area := features["stops/yunnan."+stop].Geometry; stop != "malaysian-border" && !inside(area, end) {
				t.Errorf("%s ends at %v, outside %s", id, end, stop)
			}
		}
	}
}

func inside(g orb.Geometry, p orb.Point) bool {
	switch g := g.(type) {
	case orb.Polygon:
		return planar.PolygonContains(g, p)
	case orb.MultiPolygon:
		return planar.MultiPolygonContains(g, p)
	}
	return false
}

func TestTheLegToTheBorderReachesNoSpotOfIt(t *testing.T) {
	_, features := compileReal(t)
	leg, ok := features["legs/yunnan.bangkok-to-malaysian-border"].Geometry.(orb.LineString)
	border := features["stops/yunnan.malaysian-border"].Geometry
	if !ok {
		t.Fatal("no such leg")
	}
	const degreesOf20km = 0.18
	if d := planar.DistanceFrom(border, leg[len(leg)-1]); d < degreesOf20km {
		t.Errorf("it ends %.2f degrees from the border line", d)
	}
}

func TestCountsOverAnAreaAreAnAreaWithACount(t *testing.T) {
	_, features := compileReal(t)
	centres := features["sites/mekong.activity-centres"]
	p, ok := centres.Properties["en"].(routes.SiteProperties)
	if !ok || p.Count == nil || *p.Count != 16 || p.CountUnit != "centres" || p.Precision != "region" {
		t.Errorf("the sixteen centres: %+v", p)
	}
	if _, area := centres.Geometry.(orb.MultiPolygon); !area {
		if _, area := centres.Geometry.(orb.Polygon); !area {
			t.Errorf("the sixteen centres are a %s", centres.Geometry.GeoJSONType())
		}
	}
}

func TestPlacesOfPartsHaveAFeatureForEach(t *testing.T) {
	_, features := compileReal(t)
	parts := map[string]int{}
	for _, f := range features {
		if p, ok := f.Properties["en"].(routes.PlaceProperties); ok && p.PartOf != "" {
			parts[p.PartOf]++
		}
	}
	if parts["yunnan-prefectures"] != 16 || parts["interior-provinces"] != 30 {
		t.Errorf("parts: %v", parts)
	}
}

func TestPartsOfOneCodeHaveIDsOfTheirOwn(t *testing.T) {
	pack := edit(t, "places.yaml", "query: Yunnan, China\n    precision: province", "query: provinces of Ireland\n    precision: region")
	loaded, places, problems := problemsOf(t, pack)
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	ids := map[string]bool{}
	for _, f := range routes.Compile(loaded.Pack, places) {
		if id := string(f.Collection) + "/" + f.ID; ids[id] {
			t.Errorf("%s stands twice", id)
		} else {
			ids[id] = true
		}
	}
	if !ids["places/small.yunnan.IE-CO-2"] {
		t.Error("the second area of a code has no id of its own")
	}
}

func TestOnlyTheTownThatTheSourceNamesIsAPoint(t *testing.T) {
	_, features := compileReal(t)
	points := 0
	for _, f := range features {
		if _, point := f.Geometry.(orb.Point); point && f.Collection == routes.Sites {
			points++
		}
	}
	if points != 1 {
		t.Errorf("%d sites are points, want the one town that the source names", points)
	}
}

func TestWhatHasNoPlaceHasNoGeometry(t *testing.T) {
	_, features := compileReal(t)
	without := map[routes.Collection]int{}
	for _, f := range features {
		if f.Geometry == nil {
			without[f.Collection]++
		}
	}
	want := map[routes.Collection]int{routes.Movements: 2, routes.Sites: 1}
	if !reflect.DeepEqual(without, want) {
		t.Errorf("without geometry: %v, want %v", without, want)
	}
}

// There is no way to draw between two stops at one town.
func TestALegWithinATownHasNoLine(t *testing.T) {
	loaded, found, problems := problemsOf(t, edit(t, "routes/way.yaml", "place: yunnan", "place: bangkok"))
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, f := range routes.Compile(loaded.Pack, found) {
		if f.Collection == routes.Legs && (f.Geometry == nil) != (f.ID == "way.start-to-middle") {
			t.Errorf("%s has the geometry %v", f.ID, f.Geometry)
		}
	}
}

// Nor is there one between two towns whose positions are one when they are rounded, as those of a ferry's town and of the village at its
// landing are.
func TestALegBetweenTownsAtOneSpotHasNoLine(t *testing.T) {
	loaded, found, problems := problemsOf(t, goodPack(t))
	if errs := problems.Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	for place, lon := range map[string]float64{"bangkok": 105.286, "yunnan": 105.28607} {
		town := found["bangkok"]
		town.Geometry = orb.Point{lon, 11.262}
		found[place] = town
	}
	for _, f := range routes.Compile(loaded.Pack, found) {
		if f.ID == "way.start-to-middle" && f.Geometry != nil {
			t.Errorf("%s has the geometry %v", f.ID, f.Geometry)
		}
	}
}

// A line with one end in an area shows no way, though its other end is a town.
func TestAMovementBetweenATownAndAnAreaIsSchematic(t *testing.T) {
	const ends = "from: bangkok\n    to: yunnan"
	for _, tt := range []struct {
		from, to  string
		schematic bool
	}{
		{"bangkok", "yunnan", true}, {"yunnan", "bangkok", true}, {"yunnan", "the-border", true}, {"bangkok", "mae-sai", false},
	} {
		pack := edit(t, "movements.yaml", ends, "from: "+tt.from+"\n    to: "+tt.to)
		pack["places.yaml"].Data = append(pack["places.yaml"].Data, "  - {id: mae-sai, title: {en: Mae Sai, th: แม่สาย}, query: Mae Sai, precision: settlement}\n"...)
		loaded, found, problems := problemsOf(t, pack)
		if errs := problems.Errors(); len(errs) > 0 {
			t.Fatal(errs)
		}
		for _, f := range routes.Compile(loaded.Pack, found) {
			if p, movement := f.Properties["en"].(routes.MovementProperties); movement && (p.Schematic != tt.schematic || f.Geometry == nil) {
				t.Errorf("from %s to %s: schematic %v, want %v, drawn %v", tt.from, tt.to, p.Schematic, tt.schematic, f.Geometry != nil)
			}
		}
	}
}

// Coordinates coarser than a town are an area and those of unknown precision nowhere: never a point, nor the end of a line.
func TestCoarseCoordinatesAreNoPoint(t *testing.T) {
	pack := edit(t, "places.yaml", "query: Yunnan, China", "query: at 25.04 N, 101.55 E, precision province, source Survey")
	places := strings.Replace(string(pack["places.yaml"].Data), "city of Bangkok, Thailand\n    precision: settlement",
		"at 13.7 N, 100.5 E, precision unknown, source Survey\n    precision: unknown", 1)
	pack["places.yaml"].Data = []byte(places)
	loaded, found, problems := problemsOf(t, pack)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	cell := orb.Bound{Min: orb.Point{101, 25}, Max: orb.Point{102, 26}}
	area := map[string]bool{"stops/way.start": true, "sites/small.training": true, "places/small.yunnan": true}
	border := map[string]bool{"stops/way.finish": true, "places/small.the-border": true}
	for _, f := range routes.Compile(loaded.Pack, found) {
		id := string(f.Collection) + "/" + f.ID
		var label routes.Label
		switch p := f.Properties["en"].(type) {
		case routes.StopProperties:
			label = p.Label
		case routes.SiteProperties:
			label = p.Label
		case routes.PlaceProperties:
			label = p.Label
		case routes.LegProperties:
			if p.Schematic {
				t.Errorf("%s is drawn to a place that is nowhere", id)
			}
		}
		labelled := label.Lon != nil && label.Lat != nil
		switch {
		case border[id]:
		case !area[id] && (f.Geometry != nil || labelled):
			t.Errorf("%s is drawn: %v, label %v", id, f.Geometry, labelled)
		case area[id] && (!orb.Equal(f.Geometry, cell.ToPolygon()) || !labelled || !cell.Contains(orb.Point{*label.Lon, *label.Lat})):
			t.Errorf("%s is %v, want the cell %v with a label in it", id, f.Geometry, cell)
		}
	}
}

func TestTheTwoTrendsNameEachOther(t *testing.T) {
	pack, _ := compileReal(t)
	found := map[string]routes.Finding{}
	for _, f := range pack.Findings {
		found[f.ID] = f
	}
	down, up := found["cases-decreased-yunnan"], found["cases-increased-china"]
	if down.Scope != "yunnan" || up.Scope != "china" || len(down.DisagreesWith) != 1 || len(up.DisagreesWith) != 1 {
		t.Errorf("%+v\n%+v", down, up)
	}
}

// Every row of the facts page.
func TestTheWholeSourceIsThere(t *testing.T) {
	pack, _ := compileReal(t)
	got := []int{
		len(pack.Sources), len(pack.Routes), len(pack.Routes[0].Stops), len(pack.Routes[0].Legs), len(pack.Movements),
		len(pack.Sites), len(pack.Findings),
	}
	if want := []int{1, 1, 6, 5, 9, 10, 12}; !reflect.DeepEqual(got, want) {
		t.Errorf("sources, routes, stops, legs, movements, sites, findings: %v, want %v", got, want)
	}
	paragraphs := map[string]bool{}
	note := func(list []routes.Citation) {
		for _, c := range list {
			paragraphs[c.Locator()] = true
		}
	}
	for _, m := range pack.Movements {
		note(m.Citations)
	}
	for _, s := range pack.Sites {
		note(s.Citations)
	}
	for _, f := range pack.Findings {
		note(f.Citations)
	}
	note(pack.Routes[0].Citations)
	for _, p := range []string{"¶1", "¶2", "¶3", "¶4", "¶5", "¶6", "¶7", "¶8", "¶9", "¶10", "¶11", "¶12", "¶13", "¶14", "¶15", "¶16"} {
		if !paragraphs[p] {
			t.Errorf("nothing cites %s", p)
		}
	}
}

// Polygons must not cross themselves, rings must close, and every position must be one on the globe.
func TestGeometriesAreValid(t *testing.T) {
	_, features := compileReal(t)
	for id, f := range features {
		if f.Geometry == nil {
			continue
		}
		raw, err := json.Marshal(geojson.NewGeometry(f.Geometry))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := simplefeatures.UnmarshalGeoJSON(raw); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		b := f.Geometry.Bound()
		if math.Abs(b.Min[0]) > 180 || math.Abs(b.Max[0]) > 180 || math.Abs(b.Min[1]) > 90 || math.Abs(b.Max[1]) > 90 {
			t.Errorf("%s lies at %v", id, b)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	loaded, places, _ := problemsOf(b, os.DirFS("../data/content/mekong"))
	for b.Loop() {
		routes.Compile(loaded.Pack, places)
	}
}
