package gazetteer

import (
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/geo"
)

func TestGenericWordsAreLeftOut(t *testing.T) {
	tests := []struct {
		written, core string
		kind          Kind
		why           string
	}{
		{"Chiang Rai Province", "chiang rai", KindProvince, ""},
		{"Changwat Chiang Rai", "chiang rai", KindProvince, "the Thai word comes first"},
		{"จังหวัดเชียงราย", "เชียงราย", KindProvince, "without a space"},
		{"云南省", "云南", KindProvince, ""},
		{"西双版纳傣族自治州", "西双版纳傣族", KindPrefecture, ""},
		{"景洪市", "景洪", KindSettlement, ""},
		{"勐海县", "勐海", KindDistrict, ""},
		{"Mae Sai District", "mae sai", KindDistrict, ""},
		{"tỉnh Lào Cai", "lao cai", KindProvince, ""},
		{"မြဝတီမြို့", "မြဝတီ", KindSettlement, ""},
		{"ຫ້ວຍຊາຍ", "", 0, "no generic word"},
		{"Province", "", 0, "nothing would be left"},
		{"市", "", 0, "nothing would be left"},
	}
	for _, tt := range tests {
		list := variants(Normalise(tt.written))
		i := slices.IndexFunc(list, func(v variant) bool { return v.key == Normalise(tt.core) && v.kinds != 0 && v.kinds.holds(tt.kind) })
		if (i >= 0) != (tt.core != "") {
			t.Errorf("%s: %+v, want %q of kind %s (%s)", tt.written, list, tt.core, tt.kind, tt.why)
		}
	}
	for key, want := range map[string]string{"st john": "saint john", "mount isa": "mt isa", "ft worth": "fort worth", "john st": "john st"} {
		if got := spelledOut(key); got != want {
			t.Errorf("%q is spelt out as %q, want %q", key, got, want)
		}
	}
}

func TestNamesAsPeopleWriteThem(t *testing.T) {
	ix := openReal(t)
	for written, want := range map[string]string{
		"Benin City": "city of Benin City, Oredo, Edo, Nigeria", "SU-NGAI  KOLOK": "city of Su-ngai Kolok, Amphoe Su-ngai Kolok, Narathiwat, Thailand",
		"Sungaikolok": "city of Su-ngai Kolok, Amphoe Su-ngai Kolok, Narathiwat, Thailand", "padangbesar, Malaysia": "city of Padang Besar, Perlis, Perlis, Malaysia",
		"U.S.": "country of United States", "UK": "country of United Kingdom", "u.k.": "country of United Kingdom", "Xi'an": "city of Xi’an, Xi’an, Shaanxi, China",
		"Canton, China": "city of Guangzhou, Guangzhou Shi, Guangdong, China", "Sipsongpanna": "prefecture of Xishuangbanna, Yunnan, China",
		"泰国": "country of Thailand", "ประเทศไทย": "country of Thailand", "မြန်မာနိုင်ငံ": "country of Myanmar", "Côte d’Ivoire": "country of Côte d'Ivoire",
	} {
		a := ix.Geocode(Query{Text: written, Whole: true})
		if len(a.Candidates) == 0 || !sameAddress(a.Candidates[0].Write, want) {
			t.Errorf("%s is %+v, want %s", written, a, want)
		}
	}
}

// sameAddress compares the name and the country of two expressions: what lies between follows the data sets.
func sameAddress(a, b string) bool {
	first := func(s string) string { head, _, _ := strings.Cut(s, ","); return Normalise(head) }
	return first(a) == first(b) && Normalise(a[strings.LastIndex(a, ",")+1:]) == Normalise(b[strings.LastIndex(b, ",")+1:])
}

func TestWhatATextSaysOfItsNames(t *testing.T) {
	if got := followers("In London, Ontario, and in London, near Paris. London, Kentucky", "London"); !slices.Contains(got, "Ontario") || !slices.Contains(got, "Kentucky") {
		t.Errorf("after London stands %q", got)
	}
	for _, text := range []string{"", "London", "London, ", "London,Ontario"} {
		if got := followers(text, "London"); len(got) != 0 {
			t.Errorf("%q: after London stands %q", text, got)
		}
	}
	if got := followers("x, y", ""); got != nil {
		t.Errorf("after nothing stands %q", got)
	}
	got := capitalised("Police in New South Wales said. The Canadian Province of British Columbia, U.S. and ไทย")
	for _, want := range []string{"New South Wales", "South Wales", "British Columbia", "U.S"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	if slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "said") || strings.Contains(s, "Columbia, U.S") }) {
		t.Errorf("%q joins what a full stop or a comma parts", got)
	}
}

func TestPointsAreReadAsTheyAreWritten(t *testing.T) {
	if p, err := ParsePoint(" 100.5, 13.75 "); err != nil || p != (orb.Point{100.5, 13.75}) {
		t.Errorf("%v, %v", p, err)
	}
	for _, text := range []string{"", "1", "1,2,3", "a,b", "NaN,1", "1,NaN", "181,0", "0,91", "+Inf,0", "1;2"} {
		if _, err := ParsePoint(text); err == nil || err.Error() == "" {
			t.Errorf("%q is read", text)
		}
	}
}

// Only coordinates as fine as a town are a point; of coarser ones the area is all that is known, and of an unknown precision nothing.
func TestStatedCoordinatesAreDrawnAsTheirPrecision(t *testing.T) {
	ix := openReal(t)
	cell := func(west, south, side float64) orb.Geometry {
		return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{west + side, south + side}}.ToPolygon()}
	}
	for precision, want := range map[geo.Precision]orb.Geometry{
		geo.Exact: orb.Point{99.6065, 21.2915}, geo.Settlement: orb.Point{99.605, 21.295},
		geo.District: cell(99.6, 21.2, 0.1), geo.Prefecture: cell(99.5, 21.25, 0.25), geo.Province: cell(99, 21, 1),
		geo.Country: cell(97.5, 20, 2.5), geo.Region: cell(95, 20, 5), geo.Unknown: nil,
	} {
		p, err := ix.Resolve("at 21.29123 N, 99.60654 E, precision " + string(precision) + ", source Survey of 1998")
		if err != nil {
			t.Fatal(err)
		}
		near := p.Geometry == nil && want == nil || p.Geometry != nil && orb.Equal(geo.Rounded(p.Geometry, 5), geo.Rounded(want, 5))
		if !near || p.Precision != precision || p.Origin() != "Survey of 1998" {
			t.Errorf("%s: %+v, want %v", precision, p, want)
		}
	}
	unplaced := ix.Search(Query{Text: "at 21 N, 99 E, precision unknown, source X", Thorough: true})
	if unplaced.Decision != Refuse || !strings.Contains(unplaced.Problem, "write the precision") {
		t.Errorf("coordinates of unknown precision: %+v", unplaced)
	}
}

func TestKindsAndOriginsHaveNames(t *testing.T) {
	for k := KindRegion; k <= KindCrossing; k++ {
		if k.String() == "place" || k.Precision() == geo.Unknown || kindOfWord(word{text: k.String()}, 0) != k {
			t.Errorf("kind %d is %s", k, k)
		}
	}
	if Kind(0).String() != "place" || Kind(99).String() != "place" || Kind(99).Precision() != geo.Unknown {
		t.Error("a kind that is none has a name")
	}
	for o := OriginGeoNames; o <= OriginCorridor; o++ {
		if o.String() == "unknown" || o.Licence() == "unknown" {
			t.Errorf("origin %d has no name or licence", o)
		}
	}
}

func TestMembersAndExclusions(t *testing.T) {
	ix := openReal(t)
	for expr, parts := range map[string]int{
		"provinces of China except Yunnan": 30, "China except Yunnan": 30, "prefectures of Yunnan": 16, "Yunnan except Kunming": 15,
		"countries of South-Eastern Asia except Brunei": 10, "states of Malaysia": 16, "Yunnan and Guangxi": 2, "Lampang and Lamphun": 2, "Bangkok and Yunnan": 2,
	} {
		p, err := ix.Resolve(expr)
		if err != nil {
			t.Errorf("%s: %v", expr, err)
			continue
		}
		if len(p.Parts) != parts || p.Precision != geo.Region {
			t.Errorf("%s: %d parts as %s, want %d", expr, len(p.Parts), p.Precision, parts)
		}
	}
	for expr, says := range map[string]string{
		"Thailand except Yunnan": `"Yunnan, Thailand" fits`, "Bangkok except Thailand": "nothing can be left out", "districts of Qqqqzz": "no place is named",
		"province of Mae Sai": `no province`, "Amphoe Mae Sai": "not its outline", "border of Yunnan": "only a country's border", "border of Iceland": "no land border",
		"city of Bangkok and Yunnan": `has no area; write what it lies in: "province of Bangkok Metropolis, Thailand"`,
	} {
		if _, err := ix.Resolve(expr); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", expr, err, says)
		}
	}
}
