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

// wrong says what is wrong with a period that a source tells of, which was written at a time, empty where that is unknown. Nothing
// is told of before it happens.
func (p Period) wrong(written Date) (what, mend string) {
	begins, ends, _ := strings.Cut(string(p), "/")
	first, last := p.Days()
	switch {
	case p == "":
	case !periodForm.MatchString(string(p)):
		return fmt.Sprintf("%q is no period", p), "write 2004, 2007-12, 1995/2008, 1995/.. or ../2008, or leave it out where the source states none"
	case first != "" && last != "" && last < first:
		return fmt.Sprintf("the period %q ends before it begins", p), fmt.Sprintf("write %s/%s", ends, begins)
	case written != "" && first > written.last():
		return fmt.Sprintf("the period %q begins after its source was written, which was %s", p, written.when()),
			"write the period that the source tells of, or cite one that was written later"
	case first == "" && firstDay(ends) > today():
		return fmt.Sprintf("the period %q ends in a time to come", p), "leave it out where the source tells of no end"
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

// isDate says whether a text is a day, a month or a year of the calendar.
func (d Date) isDate() bool {
	return isDay(d.first()) && (len(d) != len("2008-12-31") || isDay(string(d)))
}

// first is the first day of a date, last the last one: what is dated by a year may be as old, or as new.
func (d Date) first() string { return firstDay(string(d)) }

func (d Date) last() string { return lastDay(string(d)) }

// later is the one of two dates that may be later, such as a year rather than a day in it.
func (d Date) later(other Date) Date {
	if other.last() > d.last() {
		return other
	}
	return d
}

// year is that of a date, 0 where it has none.
func (d Date) year() int {
	year, _ := strconv.Atoi(string(d[:min(len(d), len("2008"))]))
	return year
}

// when is a date in a sentence.
func (d Date) when() string {
	if len(d) == len("2008-12-31") {
		return "on " + string(d)
	}
	return "in " + string(d)
}

func firstDay(date string) string {
	switch len(date) {
	case len("2008"):
		return date + "-01-01"
	case len("2008-12"):
		return date + "-01"
	case len("2008-12-31"):
		return date
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
	case len("2008-12-31"):
		return date
	}
	return ""
}
