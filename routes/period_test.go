package routes_test

import (
	"testing"

	"corridor/routes"
)

func TestDaysOf(t *testing.T) {
	for _, tt := range []struct {
		time        routes.Period
		asOf        int
		first, last string
	}{
		{"2004", 2008, "2004-01-01", "2004-12-31"},
		{"2007-12", 2008, "2007-12-01", "2007-12-31"},
		{"2008-02", 2008, "2008-02-01", "2008-02-29"},
		{"1995/2008", 2008, "1995-01-01", "2008-12-31"},
		{"1995-03/2008-06", 2008, "1995-03-01", "2008-06-30"},
		{"../2008", 2008, "", "2008-12-31"},
		{"1995/..", 2008, "1995-01-01", ""},
		{"..", 2008, "", ""},
		{"", 2008, "2008-01-01", "2008-12-31"},
		{"", 0, "", ""},
	} {
		if first, last := routes.DaysOf(tt.time, tt.asOf); first != tt.first || last != tt.last {
			t.Errorf("%q of %d: %q to %q, want %q to %q", tt.time, tt.asOf, first, last, tt.first, tt.last)
		}
	}
}
