package live

import (
	"strings"
	"testing"
)

func TestCodes(t *testing.T) {
	seen := map[string]bool{}
	for range 5000 {
		code := newCode()
		if strings.Trim(code, alphabet) != "" || len(code) != codeLength {
			t.Fatalf("code %q", code)
		}
		if parsed, ok := ParseCode(" " + strings.ToLower(Spell(code)) + " "); !ok || parsed != code {
			t.Fatalf("%q is read as %q", Spell(code), parsed)
		}
		seen[code] = true
	}
	if len(seen) < 4999 { // two of 5,000 are the same once in 2,200 runs
		t.Errorf("%d different codes of 5000", len(seen))
	}
	for _, wrong := range []string{"", "K7M4QX", "K7M4QXRR", "K7M4QX0", "K7M4QXI", "ก7M4QXR", "K7M/4QXR", strings.Repeat(" ", 30) + "K7M4QXR"} {
		if got, ok := ParseCode(wrong); ok {
			t.Errorf("%q is read as %q", wrong, got)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add("k7m-4qxr")
	f.Fuzz(func(t *testing.T, written string) {
		code, ok := ParseCode(written)
		if !ok {
			return
		}
		if again, ok := ParseCode(Spell(code)); !ok || again != code {
			t.Errorf("%q gives %q and that %q", written, code, again)
		}
	})
}
