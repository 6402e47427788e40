package gazetteer

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/geo"
)

func TestParse(t *testing.T) {
	tests := []struct {
		in   string
		want expression
	}{
		{"Myanmar", expression{names: []name{{own: "Myanmar"}}}},
		{"Pingxiang, Guangxi, China", expression{names: []name{{own: "Pingxiang", parents: []string{"Guangxi", "China"}}}}},
		{"city of Bangkok, Thailand", expression{names: []name{{own: "Bangkok", parents: []string{"Thailand"}, kind: KindSettlement}}}},
		{"  Province  of Guangdong", expression{names: []name{{own: "Guangdong", kind: KindProvince, at: 2}}}},
		{"Yunnan and Guangxi", expression{names: []name{{own: "Yunnan"}, {own: "Guangxi", at: 11}}}},
		{"border of Thailand and Malaysia", expression{verb: verbBorder, names: []name{{own: "Thailand", at: 10}, {own: "Malaysia", at: 23}}}},
		{"prefectures of Yunnan", expression{verb: verbMembers, kind: KindPrefecture, names: []name{{own: "Yunnan", at: 15}}}},
		{"provinces of China except Yunnan and Guangxi", expression{
			verb: verbMembers, kind: KindProvince, names: []name{{own: "China", at: 13}},
			except: []name{{own: "Yunnan", at: 26}, {own: "Guangxi", at: 37}},
		}},
		{"border of Myanmar", expression{verb: verbBorder, names: []name{{own: "Myanmar", at: 10}}}},
		{"The border between Laos and China", expression{verb: verbBorder, names: []name{{own: "Laos", at: 19}, {own: "China", at: 28}}}},
		{"the Thai-Malaysian border", expression{verb: verbBorder, names: []name{
			{own: "Thai", country: "TH", kind: KindCountry, at: 4}, {own: "Malaysian", country: "MY", kind: KindCountry, at: 4},
		}}},
		{"China–Laos border", expression{verb: verbBorder, names: []name{{own: "China"}, {own: "Laos"}}}},
		{"the Thai border", expression{verb: verbBorder, names: []name{{own: "Thai", country: "TH", kind: KindCountry, at: 4}}}},
		{"Yunnan-Burma frontier", expression{verb: verbBorder, names: []name{{own: "Yunnan"}, {own: "Burma", country: "MM", kind: KindCountry}}}},
		{"泰马边境", expression{verb: verbBorder, names: []name{{own: "泰", country: "TH", kind: KindCountry}, {own: "马", country: "MY", kind: KindCountry}}}},
		{"缅甸边境", expression{verb: verbBorder, names: []name{{own: "缅甸", kind: KindCountry}}}},
		{"中国-缅甸边境", expression{verb: verbBorder, names: []name{{own: "中国"}, {own: "缅甸"}}}},
		{"ชายแดนไทย-มาเลเซีย", expression{verb: verbBorder, names: []name{{own: "ไทย"}, {own: "มาเลเซีย"}}}},
		{"ထိုင်း-မြန်မာ နယ်စပ်", expression{verb: verbBorder, names: []name{{own: "ထိုင်း"}, {own: "မြန်မာ"}}}},
		{"พรมแดนระหว่างไทยกับลาว", expression{verb: verbBorder, names: []name{{own: "ไทย"}, {own: "ลาว"}}}},
		{"ព្រំដែនកម្ពុជា-ថៃ", expression{verb: verbBorder, names: []name{{own: "កម្ពុជា"}, {own: "ថៃ"}}}},
		{"ព្រំដែន\u200bរវាង\u200bកម្ពុជា និង\u200bថៃ", expression{verb: verbBorder, names: []name{{own: "កម្ពុជា"}, {own: "ថៃ"}}}},
		{"biên giới Việt Nam - Campuchia", expression{verb: verbBorder, names: []name{{own: "Việt Nam"}, {own: "Campuchia"}}}},
		{"Đường biên giới giữa Vân Nam và Miến Điện", expression{verb: verbBorder, names: []name{{own: "Vân Nam"}, {own: "Miến Điện"}}}},
		{"bien gioi Viet-Trung", expression{verb: verbBorder, names: []name{
			{own: "Viet", country: "VN", kind: KindCountry}, {own: "Trung", country: "CN", kind: KindCountry},
		}}},
		{"biên giới Campuchia", expression{verb: verbBorder, names: []name{{own: "Campuchia", kind: KindCountry}}}},
		{"Sempadan Malaysia-Thailand", expression{verb: verbBorder, names: []name{{own: "Malaysia"}, {own: "Thailand"}}}},
		{"sempadan antara Timor-Leste dan Indonesia", expression{verb: verbBorder, names: []name{{own: "Timor-Leste"}, {own: "Indonesia"}}}},
		{"biên giới ", expression{names: []name{{own: "biên giới"}}}},
		{"边境", expression{names: []name{{own: "边境"}}}},
		{"Mae Sai, Thai border", expression{names: []name{{own: "Mae Sai", parents: []string{"Thai border"}}}}},
		{"Thailand except Bangkok", expression{verb: verbExcept, names: []name{{own: "Thailand"}}, except: []name{{own: "Bangkok", at: 16}}}},
		{"countries of South-Eastern Asia", expression{verb: verbMembers, kind: KindCountry, names: []name{{own: "South-Eastern Asia", at: 13}}}},
		{"county of Kent, England", expression{names: []name{{own: "Kent", parents: []string{"England"}, kind: KindDistrict}}}},
		{"crossing of Mohan", expression{names: []name{{own: "Mohan", kind: KindCrossing}}}},
		{"at 21.29 N, 99.61 E, precision settlement, source Survey, sheet 3", expression{
			verb: verbCoordinates, stated: coordinatesStated{orb.Point{99.61, 21.29}, geo.Settlement, "Survey, sheet 3"},
		}},
		{"at 99.61°E, 21.29°S, precision district, source X", expression{
			verb: verbCoordinates, stated: coordinatesStated{orb.Point{99.61, -21.29}, geo.District, "X"},
		}},
		{`"Trinidad and Tobago"`, expression{names: []name{{own: "Trinidad and Tobago"}}}},
		{`"Border of X"`, expression{names: []name{{own: "Border of X"}}}},
	}
	for _, tt := range tests {
		got, err := parse(tt.in)
		if err != nil {
			t.Errorf("parse(%q): %v", tt.in, err)
			continue
		}
		if !reflect.DeepEqual(withoutEmpty(got), withoutEmpty(tt.want)) {
			t.Errorf("parse(%q) = %+v, want %+v", tt.in, got, tt.want)
		}
	}
}

// withoutEmpty makes empty lists of parents nil.
func withoutEmpty(e expression) expression {
	for _, list := range [][]name{e.names, e.except} {
		for i := range list {
			if len(list[i].parents) == 0 {
				list[i].parents = nil
			}
		}
	}
	return e
}

func TestParseErrorsSayWhere(t *testing.T) {
	tests := []struct {
		in   string
		at   int
		says string
	}{
		{"", 0, "empty"},
		{"   ", 0, "empty"},
		{"Pingxiang,", 0, "a name is missing"},
		{", China", 0, "a name is missing"},
		{"Yunnan and", 10, "a name is missing"},
		{"Yunnan and and Guangxi", 11, "a name is missing"},
		{"border of A and B and C", 0, "border of A and B"},
		{"cities of China", 0, "have no area"},
		{"A and B except C", 0, "one place only"},
		{"at 1 N, 2 N, precision exact, source x", 3, "one number must be of latitude"},
		{"at 1, 2, precision exact, source x", 3, "does not end in N, S, E or W"},
		{"at 1 5 N, 10 5 E, precision exact, source x", 3, "no number of degrees"},
		{"at 1°5 N, 10°5 E, precision exact, source x", 3, "no number of degrees"},
		{"at 91 N, 2 E, precision exact, source x", 3, "no number of degrees from 0 to 90"},
		{"at 1 N, 2 E, precision fine, source x", 0, "precision must be one of"},
		{"at 1 N, 2 E, precision border, source x", 0, "precision must be one of"},
		{"at 1 N, 2 E, precision exact, x", 0, "source is missing"},
		{"at 1 N, 2 E, precision exact", 0, "coordinates need"},
		{"provinces of A and B", 0, "members are of one place"},
		{"provinces of China except", 25, "a name is missing"},
		{`"Pingxiang`, 0, "quotation mark"},
		{`""`, 0, "a name is missing"},
		{strings.Repeat("a", 401), 0, "longer than 400"},
	}
	for _, tt := range tests {
		_, err := parse(tt.in)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("parse(%q): %v, want a SyntaxError", tt.in, err)
			continue
		}
		if syntax.At != tt.at || !strings.Contains(syntax.Problem, tt.says) {
			t.Errorf("parse(%q): at %d %q, want at %d with %q", tt.in, syntax.At, syntax.Problem, tt.at, tt.says)
		}
	}
}

// What stands after "source" is published as it is written, so it must not say again what the numbers no longer do.
func TestTheSourceOfCoordinatesHoldsNone(t *testing.T) {
	refused := []string{
		"GPS 20.431234567 N 99.880123456 E", "GPS 20.431, 99.880", "GPS 20,43123", "20.4 N 99.9 E", "N20.43 E99.88", "20° 25' 52'' N", "20º25", "20d25m52s N",
		"20 25 52 N, 99 52 48 E", "20:25:52N", "25′52″", "20 degrees 25", "20度25分", "๒๐.๔๓๑๒๓", "၂၀.၄၃၁၂၃", "２０．４３１２", "20.4\u200b3123", "20.4\u00ad3123",
		"47QNA9200060000", "47Q NA 92000 60000", "UTM 592000 2260000", "47Q 592000mE 2260000mN", "7P8FCVJJ+FX", "CVJJ+FX Mae Sai", "cvjj+fxq",
		"https://maps.app.goo.gl/abc", "https://www.google.com/maps/place/x", "https://www.openstreetmap.org/node/123", "///filled.count.soap", "geo:20,99",
	}
	for _, source := range refused {
		_, err := parse("at 20.4 N, 99.9 E, precision province, source " + source)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || !strings.Contains(syntax.Problem, "name only who gives the coordinates") {
			t.Errorf("%q: %v", source, err)
		}
	}
	for _, source := range []string{
		"Survey of 1998, sheet 3", "Survey, sheets 4847-II and 4848-III, 1:50,000", "08BEIJING4697 ¶5", "doi:10.1038/s41586-020-2649-2", "Report No. 12/2008, p. 45",
		"Survey of 5 Dec 2008", "ISBN 978-616-382-123-4", "GPS reading of 31 MAR 1998, version 2.1", "1,200 readings, mean of 3.25 m", "การสำรวจ พ.ศ. ๒๕๔๑", "1998年测绘图第3幅",
		"OpenStreetMap, 2008", "GeoNames 1153669", "Survey+Census 2008", "https://example.org/surveys/2008/12/31",
	} {
		if _, err := parse("at 20.4 N, 99.9 E, precision province, source " + source); err != nil {
			t.Errorf("%q: %v", source, err)
		}
	}
}

func TestCoarsenedCoordinatesTellNoMoreThanTheirPrecision(t *testing.T) {
	tests := []struct{ in, want string }{
		{"at 20.4312 N, 99.8876 E, precision province, source Survey", "at 20.5 N, 99.5 E, precision province, source Survey"},
		{"The at 99.8876°w, 20.4312S, precision  settlement, source Survey,  sheet 3", "at 20.435 S, 99.885 W, precision settlement, source Survey,  sheet 3"},
		{"at 27.712345678 N, 85.312345678 E, precision exact, source X and Y", "at 27.7125 N, 85.3125 E, precision exact, source X and Y"},
		{"at 20.4312 N, 99.8876 E, precision unknown, source X", "at 22.5 N, 97.5 E, precision unknown, source X"},
		{"Pingxiang, Chongzuo, Guangxi, China", "Pingxiang, Chongzuo, Guangxi, China"},
		{"at 20.4312 N, 99.8876 E, precision fine, source X", "at 20.4312 N, 99.8876 E, precision fine, source X"}, // refused, so nothing is kept
	}
	for _, tt := range tests {
		got := Coarsened(tt.in)
		if got != tt.want || Coarsened(got) != got {
			t.Errorf("Coarsened(%q) = %q and then %q, want %q", tt.in, got, Coarsened(got), tt.want)
		}
		fine, err := parse(tt.in)
		coarse, again := parse(got)
		if err == nil && (again != nil || !orb.Equal(fine.stated.withExpression("").Geometry, coarse.stated.withExpression("").Geometry)) {
			t.Errorf("%q finds another place than %q", got, tt.in)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"Pingxiang, Guangxi, China", "provinces of China except Yunnan", "border of A and B", `"a and b" and c`, `"`, ",,,", "of of of",
		"\xff\x00", "city of , x",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := parse(s)
		if err != nil {
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || syntax.At < 0 || syntax.At > len(s) || err.Error() == "" {
				t.Errorf("parse(%q): %v", s, err)
			}
			return
		}
		if len(e.names) == 0 && e.verb != verbCoordinates {
			t.Errorf("parse(%q) names nothing", s)
		}
		for _, n := range append(e.names, e.except...) {
			if strings.TrimSpace(n.own) == "" || n.at < 0 || n.at > len(s) {
				t.Errorf("parse(%q) has the name %+v", s, n)
			}
		}
	})
}
