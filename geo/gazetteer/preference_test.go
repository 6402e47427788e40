package gazetteer

import (
	"slices"
	"strings"
	"testing"

	"corridor/geo"
)

func TestContextTellsWhichKindOfOneAreaIsMeant(t *testing.T) {
	ix := openReal(t)
	for _, tt := range []struct {
		expr           string
		declared, want geo.Precision
		why            string
	}{
		{"Lampang", "", geo.Province, "the largest kind; the data know few of its towns"},
		{"Lampang", geo.Settlement, geo.Settlement, "the city of the province"},
		{"Battambang", "", geo.Province, "the name in English of the one, the own name of the other"},
		{"Bangkok", "", geo.Settlement, "the province is hardly more than the city"},
		{"Bangkok", geo.Province, geo.Province, ""},
		{"Kabul", "", geo.Settlement, "a capital"},
		{"Djibouti", "", geo.Country, "larger than the province that the city fills"},
		{"Djibouti", geo.Settlement, geo.Settlement, ""},
		{"border of Bangkok and Nonthaburi", geo.Border, geo.Border, "cities share no border"},
		{"Georgia", geo.Province, geo.Country, "the state of the United States is another area"},
		{"Yunnan, China", geo.Settlement, geo.Province, "the name of Yunnan is but an alternate of Kunming"},
		{"city of Lampang", geo.Province, geo.Settlement, "the kind is written"},
	} {
		r := ix.ResolveDeclared([]Declared{{tt.expr, tt.declared}})[0]
		if r.Err != nil || r.Place.Precision != tt.want {
			t.Errorf("%s, declared as %q: %s, %v; want %s (%s)", tt.expr, tt.declared, r.Place.Precision, r.Err, tt.want, tt.why)
		}
	}
}

func TestInsteadNamesTheExpressionOfAPrecision(t *testing.T) {
	ix := openReal(t)
	for _, tt := range []struct {
		expr   string
		wanted geo.Precision
		want   string
	}{
		{"city of Lampang, Thailand", geo.Province, "province of Lampang, Thailand"},
		{"province of Lampang", geo.Settlement, "city of Lampang, Amphoe Mueang Lampang, Lampang, Thailand"},
		{"Georgia", geo.Province, "province of Georgia, United States"},
		{"Mae Sai", geo.Province, "province of Chiang Rai, Thailand"},
		{"Mae Sai", geo.Country, "country of Thailand"},
		{"Mae Sai", geo.District, "province of Chiang Rai, Thailand"}, // the outline of its district is not known
		{"province of Chiang Rai", geo.Settlement, "city of Chiang Rai, Amphoe Mueang Chiang Rai, Chiang Rai, Thailand"},
		{"province of Guangxi", geo.District, ""}, // nothing around it is finer
		{"Yunnan and Guangxi", geo.Province, ""},
	} {
		got := ix.Instead(tt.expr, tt.wanted)
		if len(got) > 1 || (len(got) == 0) != (tt.want == "") || len(got) == 1 && got[0].Expression != tt.want {
			t.Errorf("%s as a %s: %q, want %q", tt.expr, tt.wanted, got, tt.want)
		}
		for _, d := range got {
			if p, err := ix.Resolve(d.Expression); err != nil || p.Precision != d.Precision || d.Precision.Finer(tt.wanted) {
				t.Errorf("%+v: a %s, %v", d, p.Precision, err)
			}
		}
	}
}

// What `corridor geocode NAME` accepts is what a pack takes the name for.
func TestASearchLeadsWithWhatAPackTakes(t *testing.T) {
	ix := openReal(t)
	accepted := 0
	first, last := ix.ofKind(KindProvince)
	for id := first; id < last; id++ {
		own := ix.name(id)
		if !slices.Contains([]string{"TH", "MM", "LA", "KH", "VN", "CN", "MY", "NP", "IN"}, ix.raw(id).country()) {
			continue
		}
		a := ix.Geocode(Query{Text: own, Whole: true})
		if a.Decision != Accept {
			continue
		}
		accepted++
		if got, err := newDocument(ix).decide(name{own: own}); err != nil || ix.record(got.id) != a.Candidates[0].Record {
			t.Errorf("%s: a search leads with %s, a pack takes %s, %v", own, a.Candidates[0].Write, ix.write(got.id), err)
		}
	}
	if accepted < 200 {
		t.Errorf("%d names were accepted", accepted)
	}
}

func TestAStatedKindMeansTheAreaWhoseOwnNameItIs(t *testing.T) {
	ix := openReal(t)
	for expr, code := range map[string]string{
		"province of Vientiane, Laos": "LA-VI", "province of Vientiane Prefecture, Laos": "LA-VT", "province of Buenos Aires": "AR-B",
	} {
		if senses, err := ix.strict(mustParse(t, expr).names[0]); err != nil || len(senses) != 1 || ix.code(senses[0].id) != code {
			t.Errorf("%s: %d senses, %v; want %s alone", expr, len(senses), err, code)
		}
	}
}

func mustParse(t *testing.T, expr string) expression {
	t.Helper()
	e, err := parse(expr)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestDistrictsAreNamedWithoutTheWordForThem(t *testing.T) {
	ix := openReal(t)
	for expr, want := range map[string]struct{ district, province string }{
		"district of Mae Sai":            {"Amphoe Mae Sai", "province of Chiang Rai, Thailand"},
		"district of Mae Sai, Thailand":  {"Amphoe Mae Sai", "province of Chiang Rai, Thailand"},
		"district of แม่สาย":             {"Amphoe Mae Sai", "province of Chiang Rai, Thailand"},
		"Amphoe Mae Sai":                 {"Amphoe Mae Sai", "province of Chiang Rai, Thailand"},
		"district of Mae Sot":            {"Amphoe Mae Sot", "province of Tak, Thailand"},
		"district of Tachileik":          {"Tachileik District", "province of Shan, Myanmar"},
		"district of Muse":               {"Mu Se District", "province of Shan, Myanmar"},
		"district of မူဆယ်":              {"Mu Se District", "province of Shan, Myanmar"},
		"district of Puok, Cambodia":     {"Srŏk Puŏk", "province of Siemréab, Cambodia"},
		"district of Kubang Pasu, Kedah": {"Kubang Pasu", "province of Kedah, Malaysia"},
	} {
		a := ix.Geocode(Query{Text: expr, Whole: true})
		if a.Decision != Accept || a.Candidates[0].Record.Name != want.district || a.Candidates[0].Record.Kind != KindDistrict {
			t.Errorf("%s: %+v, want %s", expr, a, want.district)
			continue
		}
		_, err := ix.Resolve(expr)
		if err == nil || !strings.Contains(err.Error(), `not its outline; write what it lies in: "`+want.province+`", with precision: province`) {
			t.Errorf("%s: %v, want %s", expr, err, want.province)
		}
		if err != nil && strings.Contains(err.Error(), "city") {
			t.Errorf("%s: %v, which is finer", expr, err)
		}
	}
}
