package routes

import (
	"strings"
	"time"
)

// Days gives the first and the last day of a period, such as 1995-01-01 and 2008-12-31; a side that is open is empty.
// The year in which a source speaks is no period: it may tell of former years.
func (p Period) Days() (first, last string) {
	begins, ends, interval := strings.Cut(string(p), "/")
	if !interval {
		ends = begins
	}
	return firstDay(begins), lastDay(ends)
}

func firstDay(date string) string {
	switch len(date) {
	case len("2008"):
		return date + "-01-01"
	case len("2008-12"):
		return date + "-01"
	}
	return ""
}

func lastDay(date string) string {
	switch len(date) {
	case len("2008"):
		return date + "-12-31"
	case len("2008-12"):
		month, err := time.Parse("2006-01", date)
		if err != nil {
			return ""
		}
		return month.AddDate(0, 1, -1).Format(time.DateOnly)
	}
	return ""
}
