package server

import (
	"strings"
	"time"
)

// period is a span of time, both ends within it; nil for an open end.
type period struct{ from, to *time.Time }

// openEnd stands for an end that is not given.
const openEnd = ".."

// parseDatetime reads the parameter datetime of OGC API - Features: an instant or an interval of RFC 3339 times or dates.
func parseDatetime(value string) (*period, error) {
	from, to, interval := strings.Cut(value, "/")
	if !interval {
		begin, end, err := parseTime(from)
		if err != nil || begin == nil {
			return nil, datetimeProblem()
		}
		return &period{begin, end}, nil
	}
	begin, _, err := parseTime(from)
	if err != nil {
		return nil, err
	}
	_, end, err := parseTime(to)
	if err != nil {
		return nil, err
	}
	if begin != nil && end != nil && end.Before(*begin) {
		return nil, &paramError{"datetime", "it ends before it begins"}
	}
	return &period{begin, end}, nil
}

// parseTime gives the first and the last moment of a time or of a day, nil for an open end.
func parseTime(value string) (first, last *time.Time, err error) {
	if value == "" || value == openEnd {
		return nil, nil, nil
	}
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		end := day.AddDate(0, 0, 1).Add(-time.Nanosecond)
		return &day, &end, nil
	}
	at, err := time.Parse(time.RFC3339Nano, strings.ToUpper(value))
	if err != nil {
		return nil, nil, datetimeProblem()
	}
	at = at.UTC()
	return &at, &at, nil
}

func datetimeProblem() error {
	return &paramError{"datetime", "write an instant such as 2008-01-01 or 2008-01-01T00:00:00Z, or an interval such as 2004-01-01/2008-12-31, 2004-01-01/.. or ../2008-12-31"}
}
