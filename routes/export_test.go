package routes

import "regexp"

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
