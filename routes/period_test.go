package routes_test

import (
	"strings"
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

// The source of the good pack was written on 2008-12-31.
func TestTimesThatCannotBeAreRefused(t *testing.T) {
	const noPeriod = "is no period; write 2004, 2007-12, 1995/2008, 1995/.. or ../2008, or leave it out where the source states none"
	for _, tt := range []struct{ file, old, written, says string }{
		{"movements.yaml", "time: 2004", `time: "2008/1995"`, `movements.yaml:14:11: the period "2008/1995" ends before it begins; write 1995/2008`},
		{"movements.yaml", "time: 2004", `time: "2008-03/2008-02"`, `the period "2008-03/2008-02" ends before it begins; write 2008-02/2008-03`},
		{"movements.yaml", "time: 2004", `time: "../.."`, `"../.." ` + noPeriod},
		{"movements.yaml", "time: 2004", `time: ".."`, `".." ` + noPeriod},
		{"movements.yaml", "time: 2004", `time: "2008-13"`, `"2008-13" ` + noPeriod},
		{"movements.yaml", "time: 2004", `time: "2009/.."`, `the period "2009/.." begins after its source was written, which was on 2008-12-31; write the period that the source tells of`},
		{"sources.yaml", "2008-12-31", "2003-12-31", `movements.yaml:14:11: the period "2004" begins after its source was written, which was on 2003-12-31`},
		{"movements.yaml", "time: 2004", `time: "2090/1990"`, `the period "2090/1990" ends before it begins; write 1990/2090`},
		{"movements.yaml", "time: 2004", `time: "2008/9990"`, `the period "2008/9990" ends in a time to come; write 2008/.. where the source tells of no end`},
		{"movements.yaml", "time: 2004", `time: "../9990"`, `the period "../9990" ends in a time to come; leave it out where the source tells of no end`},
		{"movements.yaml", "time: 2004", `time: "2008-12/2008"`, ""},
		{"movements.yaml", "time: 2004", `time: "2008-12/2010"`, ""},
		{"sources.yaml", "2008-12-31", "2008-02-30", `sources.yaml:5:14: "2008-02-30" is no day, month or year; write it as finely as the source says: 2008-12-31, 2008-12 or 2008`},
		{"sources.yaml", "2008-12-31", "9998-12-31", `sources.yaml:5:14: "9998-12-31" is a time to come; write when the source was written`},
		{"sources.yaml", `"2008-12-31"`, "9998", `"9998" is a time to come`},
		{"sources.yaml", `"2008-12-31"`, "9998-12", `"9998-12" is a time to come`},
		{"sources.yaml", `"2008-12-31"`, "2008-13", `"2008-13" is no day, month or year`},
		{"sources.yaml", `"2008-12-31"`, "12", `"12" is no day, month or year`},
		{"sources.yaml", `"2008-12-31"`, "December 2008", `"December 2008" is no day, month or year`},
		{"sources.yaml", `"2008-12-31"`, "2008", ""},
		{"sources.yaml", `"2008-12-31"`, "2008-12", ""},
		{"sources.yaml", `"2008-12-31"`, "2003-12", `the period "2004" begins after its source was written, which was in 2003-12`},
		{"sources.yaml", `"2008-12-31"`, "2007", `2008 is no year that the source can speak of`},
		{"sources.yaml", "2008-12-31", "2008-02-29", ""},
	} {
		_, problems := routes.Load(edit(t, tt.file, tt.old, tt.written))
		if got := problems.Errors().String(); !strings.Contains(got, tt.says) || tt.says == "" && got != "" {
			t.Errorf("%s: problems:\n%s\nwant:\n%s", tt.written, got, tt.says)
		}
	}
}

// A source of one month tells of none of the same year that came after it.
func TestAPeriodMayNotBeginInTheYearOfItsSourceButAfterIt(t *testing.T) {
	for _, tt := range []struct {
		written, period string
		want            bool
	}{
		{"2008-05-12", "2008-05", false},
		{"2008-05-12", "2008-06", true},
		{"2008-05-12", "2008-06/..", true},
		{"2008-05-12", "2008/..", false},
		{"2008-05", "2008-05", false},
		{"2008-05", "2008-06", true},
		{"2008", "2008-12", false},
	} {
		period, want := tt.period, tt.want
		pack := edit(t, "movements.yaml", "time: 2004", "time: "+period)
		pack["sources.yaml"].Data = []byte(strings.Replace(string(pack["sources.yaml"].Data), "2008-12-31", tt.written, 1))
		_, problems := routes.Load(pack)
		if got := strings.Contains(problems.String(), "begins after its source was written"); got != want {
			t.Errorf("%s: refused %v, want %v:\n%s", period, got, want, problems)
		}
	}
}
