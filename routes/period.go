package routes

import (
	"fmt"
	"strconv"
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

// wrong says what is wrong with a period that a source tells of, which was written on a day, empty where that is unknown. Nothing
// is told of before it happens.
func (p Period) wrong(written string) (what, mend string) {
	begins, ends, _ := strings.Cut(string(p), "/")
	first, last := p.Days()
	switch {
	case p == "":
	case !periodForm.MatchString(string(p)):
		return fmt.Sprintf("%q is no period", p), "write 2004, 2007-12, 1995/2008, 1995/.. or ../2008, or leave it out where the source states none"
	case first != "" && last != "" && last < first:
		return fmt.Sprintf("the period %q ends before it begins", p), fmt.Sprintf("write %s/%s", ends, begins)
	case written != "" && first > written:
		return fmt.Sprintf("the period %q begins after its source was written, which was on %s", p, written),
			"write the period that the source tells of, or cite one that was written later"
	case firstDay(ends) > today():
		return fmt.Sprintf("the period %q ends in a time to come", p), fmt.Sprintf("write %s/.. where the source tells of no end", begins)
	}
	return "", ""
}

// isDay says whether a text is a day of the calendar, such as 2008-12-31.
func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// today is the last day that has begun anywhere: an author may live east of the machine.
func today() string {
	const east = 14 * time.Hour
	return time.Now().UTC().Add(east).Format(time.DateOnly)
}

// yearOf is the year of a day.
func yearOf(day string) int {
	year, _ := strconv.Atoi(day[:len("2008")]) // a day begins with digits
	return year
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
