package routes

import (
	"regexp"
	"strings"
)

// Untried gives the patterns that match a text and would not be tried on it.
func Untried(text string) (list []string) {
	c := cluesIn(text)
	for _, p := range patterns {
		if p.MatchString(text) && !p.may(c) {
			list = append(list, p.String())
		}
	}
	return list
}

// Patterns are all that look for people and for wordings.
func Patterns() []*regexp.Regexp {
	list := make([]*regexp.Regexp, len(patterns))
	for i, p := range patterns {
		list[i] = p.Regexp
	}
	return list
}

// String lists the problems, a line each.
func (p Problems) String() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}
