package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"corridor/geo/gazetteer"
)

func tableOf(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	namesHead  = "place,language,name,use,source\n"
	placesHead = "kind,name,country,admin1,admin2,longitude,latitude,other_names,replaces,reason,source\n"
)

func TestNamesSayWhatIsWrong(t *testing.T) {
	for name, tt := range map[string]struct{ content, says string }{
		"no head":       {"MM,en,Burma,former,x\n", ":1: the head must be place,language"},
		"a short row":   {namesHead + "MM,en\n", "wrong number of fields"},
		"no source":     {namesHead + "MM,en,Burma,former,\n", ":2: write a place's code, a name and its source"},
		"no name":       {namesHead + "TH,en,Siam,former,x\nMM,en,,former,x\n", ":3: write"},
		"a foreign use": {namesHead + "MM,en,Burma,old,x\n", `:2: use "old" is none of current, former, variant`},
	} {
		if _, err := readNames(tableOf(t, "names.csv", tt.content)); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
	if _, err := readNames("nowhere.csv"); !os.IsNotExist(err) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestNamesGoToTheirPlaces(t *testing.T) {
	facts, err := readNames(tableOf(t, "names.csv", namesHead+
		"MM,en,Burma,former,x\nMM,my,မြန်မာ,current,x\n=Kengtung@MM,,Kyaingtong,variant,x\nQQ,en,Nowhere,current,x\n"))
	if err != nil {
		t.Fatal(err)
	}
	burma := facts.of(gazetteer.Record{Name: "Myanmar", Code: "MM", Kind: gazetteer.KindCountry, Country: "MM"})
	if len(burma) != 2 || burma[0].Text != "Burma" || burma[0].Lang != "" || burma[1].Lang != "my" {
		t.Errorf("%+v: a former name is no name in a language", burma)
	}
	if got := facts.of(gazetteer.Record{Name: "Kengtung", Country: "MM", Kind: gazetteer.KindSettlement, Origin: gazetteer.OriginGeoNames}); got != nil {
		t.Errorf("a record that is no fact takes the names of one: %+v", got)
	}
	if got := facts.of(gazetteer.Record{Name: "Kengtung", Country: "MM", Kind: gazetteer.KindSettlement, Origin: gazetteer.OriginCorridor}); len(got) != 1 {
		t.Errorf("a fact gets %+v", got)
	}
	if err := facts.allUsed(); err == nil || !strings.Contains(err.Error(), `names.csv:5: no record has the code "QQ"`) {
		t.Errorf("a name without a place: %v", err)
	}
}

func TestPlacesSayWhatIsWrong(t *testing.T) {
	good := "settlement,Hekou,CN,29,5325,103.961,22.529,河口,1808588,it lies across the border,a survey\n"
	for name, tt := range map[string]struct{ from, to, says string }{
		"a kind":      {"settlement", "castle", `:2: kind "castle" is none of district, settlement, crossing`},
		"a longitude": {"103.961", "east", ":2: longitude"},
		"a latitude":  {"22.529", "", ":2: latitude"},
		"no country":  {",CN,", ",,", ":2: write a name, a country's"},
		"no reason":   {"it lies across the border", "", ":2: write"},
		"no source":   {"a survey", "", ":2: write"},
	} {
		_, err := readPlaces(tableOf(t, "places.csv", placesHead+strings.Replace(good, tt.from, tt.to, 1)))
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
	list, err := readPlaces(tableOf(t, "places.csv", placesHead+good))
	if err != nil || len(list) != 1 || list[0].replaces[0] != "1808588" || list[0].others[0] != "河口" || list[0].lat != 22.529 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestFactsTakeThePlaceOfWhatTheyMend(t *testing.T) {
	table := row{
		columnID: "1808588", columnName: "Hekou", columnAlternates: "Hokow", columnLatitude: "22.51", columnLongitude: "104.01",
		columnCountry: "CN", columnAdmin1: "29", columnPopulation: "9000",
	}.String()
	towns := townsOf(t, table+"\n", `[{"name":"Hekou","lat":"22.53851","lng":"104.01109","country":"CN","admin1":"29","admin2":""}]`)
	facts := []placeFact{{kind: "settlement", name: "Hekou", country: "CN", lat: 22.529, lon: 103.961, others: []string{"河口"}, replaces: []string{"1808588", "22.53851 104.01109"}}}
	a := newAtlas(&nameFacts{})
	if err := a.addSettlements(towns, facts); err != nil {
		t.Fatal(err)
	}
	ix := opened(t, a)
	for _, name := range []string{"Hekou", "Hokow", "河口"} {
		found := ix.Lookup(name)
		if len(found) != 1 || found[0].Point != (orb.Point{103.961, 22.529}) || found[0].Population != 9000 || found[0].Code != "1808588" ||
			found[0].Origin != gazetteer.OriginCorridor {
			t.Errorf("%s: %+v", name, found)
		}
	}
	facts[0].replaces = []string{"77"}
	if err := newAtlas(&nameFacts{}).addSettlements(towns, facts); err == nil || !strings.Contains(err.Error(), `no record "77"`) {
		t.Errorf("a fact that mends nothing: %v", err)
	}
}

func TestDivisionsAreJoinedByNameBeforeCode(t *testing.T) {
	a := newAtlas(&nameFacts{})
	for code, p := range map[string]properties{
		"VN-HN": {"gn_a1_code": "VN.44", "name": "Hà Nội"}, "VN-25": {"gn_a1_code": "VN.54", "name": "Quảng Trị"},
	} {
		a.divisions.learn("VN", code, p, nil)
	}
	part := orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}}
	other := orb.MultiPolygon{{{{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 0}}}}
	a.divisions.learn("GB", "GB-A", properties{"name": "A", "geonunit": "England", "region": "England"}, part)
	a.divisions.learn("GB", "GB-B", properties{"name": "B", "geonunit": "England"}, other)
	a.addDivisions([]division{{"VN.44", "Quang Tri Province"}, {"VN.54", "Somewhere New"}, {"GB.ENG", "England"}}, nil, townLists{})
	if got := a.divisions.newer["VN.44"]; got != "VN-25" {
		t.Errorf("the renumbered VN.44 is %q, want Quảng Trị's", got)
	}
	if got := a.divisions.codes["VN.44"]; got != "VN-HN" {
		t.Errorf("the older package's VN.44 is %q, want Hà Nội's", got)
	}
	p, err := opened(t, a).Resolve("province of England")
	area, ok := p.Geometry.(orb.MultiPolygon)
	if err != nil || !ok || len(area) != 1 || len(area[0][0]) != 7 {
		t.Errorf("England is not its two parts joined: %v, %v", p.Geometry, err)
	}
}

func TestNumbersOfOtherDivisionsAreNotTaken(t *testing.T) {
	square := func(west float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{west, 40}, {west + 1, 40}, {west + 1, 41}, {west, 41}, {west, 40}}}}
	}
	a := newAtlas(&nameFacts{})
	a.addNaturalEarth([]feature{
		province(properties{"adm0_a3": "FRA", "adm1_code": "FRA-1", "iso_3166_2": "FR-84", "name": "Vaucluse", "gn_a1_code": "FR.84"}, square(5)),
		province(properties{"adm0_a3": "FRA", "adm1_code": "FRA-2", "iso_3166_2": "FR-69", "name": "Rhône", "gn_a1_code": "FR.69"}, square(3)),
		province(properties{"adm0_a3": "AUS", "adm1_code": "AUS-1", "iso_3166_2": "AU-NSW", "name": "Lord Howe Island", "gn_a1_code": ""}, orb.MultiPolygon{{{{9, 40}, {9.1, 40}, {9.1, 40.1}, {9, 40}}}}),
		province(properties{"adm0_a3": "AUS", "adm1_code": "AUS-2", "iso_3166_2": "AU-NSW", "name": "New South Wales", "gn_a1_code": "AU.02"}, square(8)),
		province(properties{"adm0_a3": "PHL", "adm1_code": "PHL-1", "iso_3166_2": "PH-ZAN", "name": "Zamboanga del Norte", "gn_a1_code": "PH.65"}, square(12)),
		province(properties{"adm0_a3": "PHL", "adm1_code": "PHL-2", "iso_3166_2": "PH-ZAN", "name": "Zamboanga", "gn_a1_code": "PH.G7"}, orb.MultiPolygon{{{{13, 40}, {13.1, 40}, {13.1, 40.1}, {13, 40}}}}),
	})
	town := func(id, name, country, admin1, lon string) string {
		return row{columnID: id, columnName: name, columnLatitude: "40.5", columnLongitude: lon, columnCountry: country, columnAdmin1: admin1}.String()
	}
	towns := townsOf(t, strings.Join([]string{
		town("1", "Lyon", "FR", "84", "3.5"), town("2", "Sydney", "AU", "02", "8.5"), town("3", "Dipolog", "PH", "09", "12.5"),
	}, "\n")+"\n", `[
		{"name":"Lyon","lat":"40.5","lng":"3.5","country":"FR","admin1":"84","admin2":""},
		{"name":"Dipolog","lat":"40.5","lng":"12.5","country":"PH","admin1":"09","admin2":""}]`)
	a.addDivisions([]division{{"FR.84", "Auvergne-Rhône-Alpes"}, {"AU.02", "New South Wales"}, {"PH.09", "Zamboanga Region"}}, nil, towns)
	if err := a.addSettlements(towns, nil); err != nil {
		t.Fatal(err)
	}
	ix := opened(t, a)
	for name, want := range map[string]string{
		"Lyon": "city of Lyon, Auvergne-Rhône-Alpes", "Sydney": "city of Sydney, New South Wales", "Dipolog": "city of Dipolog, Zamboanga Region",
	} {
		if a := ix.Geocode(gazetteer.Query{Text: name}); len(a.Candidates) != 1 || a.Candidates[0].Write != want {
			t.Errorf("%s: %+v, want %s", name, a.Candidates, want)
		}
	}
	for name, want := range map[string]string{"Lord Howe Island": "AU-NSW", "New South Wales": "AU-NSW", "Auvergne-Rhône-Alpes": "FR.84"} {
		if found := ix.Lookup(name); len(found) != 1 || found[0].Code != want {
			t.Errorf("%s: %+v, want the code %s", name, found, want)
		}
	}
}

// province is a feature of Natural Earth.
func province(p properties, shape orb.MultiPolygon) feature {
	return feature{p, geojson.Geometry{Coordinates: shape}}
}

func TestRegionNames(t *testing.T) {
	for name, want := range map[string]string{"South-Eastern Asia": "Southeast Asia, Southeastern Asia", "Northern Africa": "", "Asia": ""} {
		if got := strings.Join(regionNames(name), ", "); got != want {
			t.Errorf("%s is also %q, want %q", name, got, want)
		}
	}
}
