package gazetteer

import (
	"testing"
	"unicode/utf8"
)

func TestNormalise(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Pingxiang", "pingxiang"},
		{"  Su-ngai   Kolok ", "su ngai kolok"},
		{"Pu’er", "puer"},
		{"Pu'er", "puer"},
		{"Dêqên", "deqen"},
		{"São Paulo", "sao paulo"},
		{"ＢＡＮＧＫＯＫ", "bangkok"},
		{"景洪", "景洪"},
		{"กรุงเทพฯ", "กรุงเทพฯ"},
		{"ကျိုင်းတုံ", "ကျိုင်းတုံ"},
		{"Straße", "strasse"},
		{"aa\x00bb\tcc", "aa bb cc"},
		{"U.S.", "us"},
		{"Washington, D.C.", "washington dc"},
		{"A Coruña", "a coruna"},
		{"\xff\xfe", ""},
		{"\u202eabc\u202c", "abc"},
		{"—", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := Normalise(tt.in); got != tt.want {
			t.Errorf("Normalise(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"Pu’er", "กรุงเทพฯ", "ကျိုင်းတုံ", "\xff", "A\u0301\u0323", "ﬁ", "\u0345a", "U.S.", "½ x", "\u0622\u0653", "ﾊﾞ", "\u1100\u1161\u11a8", "İI", "ς", "Å", "\u00a8a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Normalise(s)
		if tables := string(joinInitials([]byte(normaliseAny(s)), 0)); tables != once {
			t.Errorf("Normalise(%q) = %q, by the tables of Unicode %q", s, once, tables)
		}
		if !utf8.ValidString(once) {
			t.Errorf("Normalise(%q) = %q is not UTF-8", s, once)
		}
		if twice := Normalise(once); twice != once {
			t.Errorf("Normalise(%q) = %q, and of that %q", s, once, twice)
		}
	})
}

func TestEditDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"bangkok", "bangkok", 0},
		{"bangkok", "bnagkok", 1},
		{"bangkok", "bangok", 1},
		{"bangkok", "bangkokk", 1},
		{"bangkok", "bamgkok", 1},
		{"bangkok", "pangkog", 2},
		{"bangkok", "kunming", 3}, // more than the bound counts as one more than it
		{"景洪", "景红", 1},
		{"hlaing tharyar", "hlaingthaya", 2}, // spaces are no letters
		{"mae sai", "maesai", 0},
	}
	for _, tt := range tests {
		if got := editDistance(tt.a, tt.b, 2); got != tt.want {
			t.Errorf("%q to %q: %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := editDistance(tt.b, tt.a, 2); got != tt.want {
			t.Errorf("%q to %q: %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}
