package main

import (
	"slices"
	"strings"
	"testing"

	"corridor/geo/gazetteer"
)

func TestSidesOfACrossing(t *testing.T) {
	for _, tt := range []struct{ names, near, far string }{
		{"Mae Sai-Tachilek|Tachilek-Mae Sai|Mae Sai-Tachileik", "Mae Sai", "Tachilek|Tachileik"},
		{"Su-ngai Kolok-Rantau Panjang|Sungai Golok-Rantau Panjang|Rantau Panjang-Su-ngai Kolok", "Su-ngai Kolok|Sungai Golok", "Rantau Panjang"},
		{"Chong Sa-ngam-Choam|Choam-Chong Sa-ngam", "Chong Sa-ngam", "Choam"},
		{"Trapeang Kriel-Nong Nok Khiene|Veun Kham-Dom Kralor", "Trapeang Kriel", "Nong Nok Khiene"}, // whose sides the second are is not said
		{"Padang Besar", "", ""},
	} {
		f := placeFact{kind: "crossing", name: "A Bridge"}
		for n := range strings.SplitSeq(tt.names, "|") {
			f.others = append(f.others, n+" border crossing")
		}
		near, far := f.sides()
		if strings.Join(near, "|") != tt.near || strings.Join(far, "|") != tt.far {
			t.Errorf("%s: %q and %q", tt.names, near, far)
		}
	}
}

func TestASideAloneMeansTheCrossingWhereNoTownBearsIt(t *testing.T) {
	f := placeFact{kind: "crossing", name: "Hat Lek-Cham Yeam border crossing"}
	a := newAtlas(nil)
	a.noteSides([]placeFact{f})
	a.noteBearer(gazetteer.Record{Name: "Hat Lek"}, nil)
	has := func(names []gazetteer.Name, text string) bool { return slices.Contains(names, gazetteer.Weak(text)[0]) }
	if names := a.crossingNames([]string{"Hat Lek"}, []string{"Cham Yeam"}); has(names, "Hat Lek") || !has(names, "Hat Lek-Cham Yeam") || !has(names, "Hat Lek checkpoint") {
		t.Errorf("%+v", names)
	}
	if names := a.crossingNames([]string{"Cham Yeam"}, []string{"Hat Lek"}); !has(names, "Cham Yeam") || !has(names, "Cham Yeam border checkpoint") {
		t.Errorf("%+v", names)
	}
}

func TestOnlyACrossingHasTwoCountries(t *testing.T) {
	crossing := placesHead + "crossing,A-B border crossing,TH|MM,,,99.9,20.4,,,it lacks,a survey\n"
	list, err := readPlaces(tableOf(t, "places.csv", crossing))
	if err != nil || len(list) != 1 || list[0].country != "TH" || list[0].farCountry != "MM" {
		t.Errorf("%+v, %v", list, err)
	}
	for _, content := range []string{strings.Replace(crossing, "crossing,A", "settlement,A", 1), strings.Replace(crossing, "TH|MM", "TH|", 1)} {
		if _, err := readPlaces(tableOf(t, "places.csv", content)); err == nil || !strings.Contains(err.Error(), "a crossing alone has two countries") {
			t.Errorf("%s: %v", content, err)
		}
	}
}
