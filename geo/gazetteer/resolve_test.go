package gazetteer

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"

	"corridor/geo"
)

func TestResolveInASmallWorld(t *testing.T) {
	ix := openAtlas(t)
	tests := []struct {
		query     string
		precision geo.Precision
		parts     int
		kind      string
	}{
		{"Westland", geo.Country, 0, "MultiPolygon"}, // the largest kind that bears the name
		{"city of Westland", geo.Settlement, 0, "Point"},
		{"old west", geo.Country, 0, "MultiPolygon"},
		{"North, Westland", geo.Province, 0, "MultiPolygon"},
		{"Twin, Eastland", geo.Settlement, 0, "Point"},
		{"Twin, North, Eastland", geo.Settlement, 0, "Point"},
		{"provinces of Westland", geo.Region, 2, "MultiPolygon"},
		{"provinces of Westland except North", geo.Province, 1, "MultiPolygon"}, // what is left is one province, and known as finely
		{"Westland except North", geo.Province, 1, "MultiPolygon"},
		{"provinces of Eastland", geo.Province, 1, "MultiPolygon"}, // the unofficial one is left out
		{"Westland and 东国", geo.Region, 2, "MultiPolygon"},
		{"border of Westland and Eastland", geo.Border, 0, "MultiLineString"},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			p, err := ix.Resolve(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			if p.Precision != tt.precision || len(p.Parts) != tt.parts || p.Geometry.GeoJSONType() != tt.kind {
				t.Errorf("%s of %d parts as %s, want %s of %d as %s",
					p.Precision, len(p.Parts), p.Geometry.GeoJSONType(), tt.precision, tt.parts, tt.kind)
			}
			if p.Expression != tt.query || p.Name == "" {
				t.Errorf("expression %q, name %q", p.Expression, p.Name)
			}
		})
	}
}

// Two provinces may bear one name. What lies in the other one is nothing that could be left out.
func TestOnlyWhatLiesInAPlaceIsLeftOutOfIt(t *testing.T) {
	prefecture := func(name, country string, west float64) addition {
		r := Record{Name: name, Code: country + "-N-" + name, Kind: KindPrefecture, Country: country, Province: country + "-N"}
		return addition{r, nil, box(west, 1, west+1, 2)}
	}
	path := filepath.Join(t.TempDir(), "prefectures.idx")
	all := append(atlas(), prefecture("Coast", "WL", 0), prefecture("Plain", "WL", 1), prefecture("Hill", "EL", 2), prefecture("Marsh", "EL", 3))
	if err := os.WriteFile(path, build(all), 0o600); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for expr, says := range map[string]string{
		"North, Westland except Coast": "", "North, Eastland except Hill": "", "prefectures of North, Westland except Plain": "",
		"North, Westland except Hill":                 `"Hill" does not lie in "North, Westland"`,
		"prefectures of North, Eastland except Coast": `"Coast" does not lie in "North, Eastland"`,
	} {
		p, err := ix.Resolve(expr)
		if says == "" && (err != nil || len(p.Parts) != 1) || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%s: %v, %v, want %q", expr, p.Parts, err, says)
		}
	}
}

// A place of several names is no surer than the least sure of them, whichever comes last.
func TestTheScoreIsThatOfTheLeastSureName(t *testing.T) {
	ix := openReal(t)
	for _, names := range [][2]string{{"Yunnan", "Limburg"}, {"Lampang", "Victoria"}} {
		one, err := ix.Resolve(names[0] + " and " + names[1])
		other, err2 := ix.Resolve(names[1] + " and " + names[0])
		if err != nil || err2 != nil {
			t.Errorf("%v: %v, %v", names, err, err2)
			continue
		}
		if one.Score != other.Score || one.Score == 1 { // others bear the name of the second
			t.Errorf("%v: %v in one order, %v in the other", names, one.Score, other.Score)
		}
	}
}

func TestResolveErrorsSayWhatToWrite(t *testing.T) {
	ix := openAtlas(t)
	tests := []struct {
		query string
		says  []string
	}{
		{"Twin", []string{`"Twin" may mean 2 places`, `"city of Twin, North, Westland"`, `"city of Twin, North, Eastland"`}},
		{"North", []string{`"province of North, Westland"`, `"province of North, Eastland"`}},
		{"Twni, Eastland", []string{`no place is named "Twni"`, `"Twin"`}},
		{"Twin, Estland", []string{`no place is named "Estland"`, `"Eastland"`}},
		{"province of Twin", []string{`no province "Twin" fits`, "city of Twin"}},
		{"South, Eastland", []string{`no place "South, Eastland" fits`}},
		{"border of Westland and Islet", []string{"share no border"}},
		{"border of Westland and Westland", []string{`"Westland" and "Westland" are one place; a border has two sides`}},
		{"Westland and Westland", []string{`"Westland" and "Westland" are one place; name it once`}},
		{"Westland and South, Westland", []string{`"South, Westland" lies in "Westland"; name only the one that is meant`}},
		{"South, Westland and Westland", []string{`"South, Westland" lies in "Westland"; name only the one that is meant`}},
		{"Twin, Westland and South", []string{"has no area"}},
		{"prefectures of Westland", []string{"no prefectures"}},
		{"provinces of Westland except Twin", []string{`no province "Twin, Westland" fits`}},
	}
	for _, tt := range tests {
		_, err := ix.Resolve(tt.query)
		if err == nil {
			t.Errorf("%q gave no error", tt.query)
			continue
		}
		for _, s := range tt.says {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%q: %q does not say %q", tt.query, err, s)
			}
		}
	}
}

// What an error or an answer says to write must mean that place when it is written: where two towns of one province bear the name, and
// where a town near another of its name, or one that has it as an alternate, fits the words too.
func TestCandidatesResolve(t *testing.T) {
	ix := openReal(t)
	for _, query := range []string{
		"Pingxiang", "Hekou, China", "San José", "Springfield, United States of America", "Qinglong, Chongqing", "Shangyu", "Lingxi", "Parang",
	} {
		_, err := ix.Resolve(query)
		var ambiguous *AmbiguousError
		if !errors.As(err, &ambiguous) {
			t.Errorf("%q is not ambiguous: %v", query, err)
			continue
		}
		for _, c := range append(ambiguous.Candidates, ix.ResolveNames([]string{query}, "")[0].Candidates...) {
			p, err := ix.Resolve(c.Write)
			if err != nil {
				t.Errorf("%q, as %q said: %v", c.Write, query, err)
				continue
			}
			point, isTown := p.Geometry.(orb.Point)
			if isTown && orbgeo.Distance(point, c.Record.Point) > 1000 { // the middle of its cell, where coordinates are written
				t.Errorf("%q is at %v, not at %v", c.Write, p.Geometry, c.Record.Point)
			}
			if again := ix.ResolveNames([]string{c.Write}, "")[0]; p.Source == "" && again.Decision != Accept {
				t.Errorf("%q: %s", c.Write, again.Decision)
			}
		}
	}
}

// openReal opens the index of the real packages, which `make build` makes.
func openReal(t testing.TB) *Index {
	t.Helper()
	ix, err := Open("../../build/gazetteer.idx")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}

func TestRealPlaces(t *testing.T) {
	ix := openReal(t)
	tests := []struct {
		query     string
		precision geo.Precision
		at        orb.Point // a point in or at it, longitude and latitude
		within    float64   // metres; 0 where the area must contain the point
		why       string
	}{
		{"Pingxiang, Guangxi, China", geo.Settlement, orb.Point{106.757, 22.097}, 1000, "four places of China bear the name"},
		{"city of Bangkok, Thailand", geo.Settlement, orb.Point{100.501, 13.754}, 1000, "the city, not the province"},
		{"Xishuangbanna, Yunnan, China", geo.Prefecture, orb.Point{100.80, 22.00}, 0, "a prefecture is an area"},
		{"Pu'er, Yunnan", geo.Prefecture, orb.Point{100.97, 22.79}, 0, "not the village in the far north of Yunnan"},
		{"Yunnan, China", geo.Province, orb.Point{102.71, 25.04}, 0, ""},
		{"云南", geo.Province, orb.Point{102.71, 25.04}, 0, "the name in Chinese"},
		{"Myanmar", geo.Country, orb.Point{96.08, 21.98}, 0, ""},
		{"Burma", geo.Country, orb.Point{96.08, 21.98}, 0, "the former name; a village in Jordan bears it too"},
		{"Siam", geo.Country, orb.Point{100.5, 13.75}, 0, "the former name"},
		{"ไทย", geo.Country, orb.Point{100.5, 13.75}, 0, "the name in Thai"},
		{"မလေးရှား", geo.Country, orb.Point{101.69, 3.14}, 0, "the name in Burmese"},
		{"Yunnan and Guangxi", geo.Region, orb.Point{106.757, 22.2}, 0, ""},
		{"Dong Thap, Vietnam", geo.Province, orb.Point{105.63, 10.46}, 0, "one of the data sets writes it Ðong Tháp"},
		{"Lam Dong, Vietnam", geo.Province, orb.Point{108.44, 11.94}, 0, "of which most towns were another province's once"},
		{"Bicol, Philippines", geo.Province, orb.Point{123.18, 13.62}, 0, "provinces of Natural Earth are its parts"},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			p, err := ix.Resolve(tt.query)
			if err != nil {
				t.Fatalf("%v (%s)", err, tt.why)
			}
			if p.Precision != tt.precision {
				t.Errorf("precision %s, want %s (%s)", p.Precision, tt.precision, tt.why)
			}
			if d := distance(p.Geometry, tt.at); d > tt.within {
				t.Errorf("%.0f m from %v, want at most %.0f (%s)", d, tt.at, tt.within, tt.why)
			}
		})
	}
}

// distance is that of a point geometry in metres, and of an area 0 where it contains the point.
func distance(g orb.Geometry, p orb.Point) float64 {
	switch g := g.(type) {
	case orb.Point:
		return orbgeo.Distance(g, p)
	case orb.MultiPolygon:
		if contains(g, p) {
			return 0
		}
	}
	return math.Inf(1)
}

func TestProvincesOfChinaExceptYunnan(t *testing.T) {
	p, err := openReal(t).Resolve("provinces of China except Yunnan")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Parts) != 30 {
		t.Errorf("%d parts, want the mainland's other 30 divisions", len(p.Parts))
	}
	area, ok := p.Geometry.(orb.MultiPolygon)
	if !ok {
		t.Fatalf("a %s", p.Geometry.GeoJSONType())
	}
	for name, point := range map[string]orb.Point{
		"Kunming": {102.71, 25.04}, "Taipei": {121.53, 25.05}, "Hong Kong": {114.17, 22.37}, "the Paracel Islands": {112.33, 16.83},
	} {
		if contains(area, point) {
			t.Errorf("%s lies in it", name)
		}
	}
	if largest := area[0]; len(largest) != 1 {
		t.Errorf("the mainland has %d holes: shared edges of provinces did not cancel", len(largest)-1)
	}
	for _, part := range p.Parts {
		if part.Code == "CN-YN" {
			t.Error("Yunnan is a part")
		}
	}
}

func TestPrefecturesOfYunnanAreSixteen(t *testing.T) {
	p, err := openReal(t).Resolve("prefectures of Yunnan")
	if err != nil {
		t.Fatal(err)
	}
	seats := map[string]orb.Point{
		"Kunming": {102.71, 25.04}, "Xishuangbanna": {100.80, 22.00}, "Dali": {100.23, 25.59}, "Dêqên": {99.71, 27.83},
		"Dehong": {98.58, 24.44}, "Honghe": {103.38, 23.37},
	}
	if len(p.Parts) != 16 {
		t.Errorf("%d parts, want 16", len(p.Parts))
	}
	for _, part := range p.Parts {
		if seat, ok := seats[part.Name]; ok && !contains(part.Area, seat) {
			t.Errorf("%s does not contain its seat", part.Name)
		}
		delete(seats, part.Name)
	}
	if len(seats) > 0 {
		t.Errorf("missing: %v", seats)
	}
	if area, ok := p.Geometry.(orb.MultiPolygon); !ok || len(area) != 1 || len(area[0]) != 1 {
		t.Error("the sixteen do not join into one area without holes")
	}
}

func TestTheThaiMalaysianBorderIsOneChain(t *testing.T) {
	ix := openReal(t)
	p, err := ix.Resolve("border of Thailand and Malaysia")
	if err != nil {
		t.Fatal(err)
	}
	line, ok := p.Geometry.(orb.MultiLineString)
	if !ok || len(line) != 1 || len(line[0]) != 168 {
		t.Fatalf("%T, want one chain of 167 edges", p.Geometry)
	}
	if km := geo.Length(line) / 1000; math.Abs(km-434) > 1 {
		t.Errorf("%.1f km, want 434 at Natural Earth's generalisation", km)
	}
	back, err := ix.Resolve("border of Malaysia and Thailand")
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(geo.Length(back.Geometry)-geo.Length(line)) > 1 {
		t.Error("the border of Malaysia and Thailand is another one")
	}
	if slices.Compare(p.Countries, []string{"TH", "MY"}) != 0 {
		t.Errorf("countries %v", p.Countries)
	}
}

func TestChinaAndThailandTouchNowhere(t *testing.T) {
	_, err := openReal(t).Resolve("border of China and Thailand")
	var none *GeometryError
	if !errors.As(err, &none) {
		t.Errorf("got %v, want a GeometryError", err)
	}
}

func contains(area orb.MultiPolygon, p orb.Point) bool { return planar.MultiPolygonContains(area, p) }

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		ix, err := Open("../../build/gazetteer.idx")
		if err != nil {
			b.Fatal(err)
		}
		if err := ix.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	ix := openReal(b)
	for b.Loop() {
		if _, err := ix.Resolve("Pingxiang, Guangxi, China"); err != nil {
			b.Fatal(err)
		}
	}
}
