package routes_test

import (
	"testing"

	"corridor/routes"
)

func TestDaysOfAPeriod(t *testing.T) {
	for _, tt := range []struct {
		time        routes.Period
		first, last string
	}{
		{"2004", "2004-01-01", "2004-12-31"},
		{"2007-12", "2007-12-01", "2007-12-31"},
		{"2008-02", "2008-02-01", "2008-02-29"},
		{"1995/2008", "1995-01-01", "2008-12-31"},
		{"1995-03/2008-06", "1995-03-01", "2008-06-30"},
		{"../2008", "", "2008-12-31"},
		{"1995/..", "1995-01-01", ""},
		{"..", "", ""},
		{"", "", ""},
	} {
		if first, last := tt.time.Days(); first != tt.first || last != tt.last {
			t.Errorf("%q: %q to %q, want %q to %q", tt.time, first, last, tt.first, tt.last)
		}
	}
}
