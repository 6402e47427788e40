package draw

import (
	"slices"
	"strings"
	"testing"

	"corridor/static"
)

// Lines that fit to the last digit would else break in one way or the other by what was drawn before.
func TestAWidthDoesNotDependOnWhatWasMeasuredBefore(t *testing.T) {
	texts := []string{"警示标志，可留给组织者", "From China's interior provinces", "ชายแดนไทย-มาเลเซีย", "ထိုင်း-မလေးရှား နယ်စပ်"}
	for _, text := range texts {
		used := NewFonts(static.DrawFonts())
		for size := 9.0; size < 20; size += 0.37 {
			used.measure(text, typeface{size: size})
		}
		for size := 9.1; size < 20; size += 0.53 {
			fresh := NewFonts(static.DrawFonts()).measure(text, typeface{size: size})
			if again := used.measure(text, typeface{size: size}); again != fresh || fresh == 0 {
				t.Fatalf("%q at %g: %v and %v", text, size, fresh, again)
			}
		}
	}
}

// An address has no space, and what leaves the page is lost in print.
func TestWhatIsWiderThanALineIsCut(t *testing.T) {
	fonts := NewFonts(static.DrawFonts())
	face := typeface{size: 12, weight: regular}
	const width = 200
	for text, want := range map[string][]string{
		"at https://map.example.org/reports/a-very-long-name-of-a-report-in-2008": {"at https://map.example.", "org/reports/a-very-long-", "name-of-a-report-in-2008"},
		"a border": {"a border"},
	} {
		if got := fonts.wrapWithin(text, face, width, 0); !slices.Equal(got, want) {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	for _, text := range []string{strings.Repeat("letters", 30), strings.Repeat("ç", 60) + " 2008 " + strings.Repeat("x/", 90)} {
		lines := fonts.wrapWithin(text, face, width, 60)
		for i, line := range lines {
			room := float64(width)
			if i == 0 {
				room -= 60
			}
			if got := fonts.measure(line, face); got > room {
				t.Errorf("line %d, %q, is %.0f pixels wide, of %.0f", i, line, got, room)
			}
		}
		if spaceless := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); spaceless != strings.ReplaceAll(text, " ", "") {
			t.Errorf("%q becomes %q", text, lines)
		}
	}
	// Nothing parts letters that stand upon another or are joined.
	for _, word := range []string{"ကမ္ဘောဒီးယား", "ព្រំដែនកម្ពុជា", "แหล่งข้อมูล", "الحدود"} {
		for _, p := range (piece{text: word}).letters()[1:] {
			t.Errorf("%q is cut before %q", word, p.text)
		}
	}
}
