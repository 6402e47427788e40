package server

import (
	"strings"
	"time"

	"corridor/store"
)

// openEnd stands for an end that is not given.
const openEnd = ".."

// parseDatetime reads the parameter datetime of OGC API - Features: an instant or an interval of RFC 3339 times or dates.
func parseDatetime(value string) (*store.Interval, error) {
	from, to, interval := strings.Cut(value, "/")
	if !interval {
		to = from
	}
	begin, err := parseTime(from)
	if err != nil {
		return nil, err
	}
	end, err := parseTime(to)
	if err != nil {
		return nil, err
	}
	if len(to) == len(time.DateOnly) {
		end = end.AddDate(0, 0, 1).Add(-time.Nanosecond) // the whole day
	}
	if !interval && begin.IsZero() {
		return nil, datetimeProblem()
	}
	if !begin.IsZero() && !end.IsZero() && end.Before(begin) {
		return nil, &paramError{"datetime", "it ends before it begins"}
	}
	return &store.Interval{From: begin, To: end}, nil
}

// parseTime reads a time or a day, and gives the zero time for an open end.
func parseTime(value string) (time.Time, error) {
	if value == "" || value == openEnd {
		return time.Time{}, nil
	}
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return stated(day), nil
	}
	at, err := time.Parse(time.RFC3339Nano, strings.ToUpper(value))
	if err != nil {
		return at, datetimeProblem()
	}
	return stated(at.UTC()), nil
}

// stated keeps a time among those that can be compared with the days told of, which have years of four digits; and the first moment of
// all, which programs write for "ever", from being taken for an open end.
func stated(at time.Time) time.Time {
	const lastYear = 9999
	switch {
	case at.Year() > lastYear: // in UTC only
		return time.Date(lastYear, time.December, 31, 23, 59, 59, 0, time.UTC)
	case at.IsZero():
		return at.Add(time.Nanosecond)
	}
	return at
}

func datetimeProblem() error {
	return &paramError{"datetime", "write an instant such as 2008-01-01 or 2008-01-01T00:00:00Z, or an interval such as 2004-01-01/2008-12-31, 2004-01-01/.. or ../2008-12-31"}
}
