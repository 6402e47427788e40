package gazetteer

import (
	"errors"
	"reflect"
	"strings"
	"testing"
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
		if len(e.names) == 0 {
			t.Errorf("parse(%q) names nothing", s)
		}
		for _, n := range append(e.names, e.except...) {
			if strings.TrimSpace(n.own) == "" || n.at < 0 || n.at > len(s) {
				t.Errorf("parse(%q) has the name %+v", s, n)
			}
		}
	})
}
