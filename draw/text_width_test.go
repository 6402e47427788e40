package draw

import (
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
