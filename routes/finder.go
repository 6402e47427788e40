package routes

import "regexp"

// A finder finds in texts what must not be published: people, coordinates, ways to reach somebody. Group 1 of its pattern is what
// such words begin with, never empty: a title or a number. Group 2, where there is one, is the name or what stands between the number
// and who is counted.
type finder struct {
	pattern
	// Of these signs a text must have one, where there are any.
	signs signs
	// What makes another thing of it, nil where nothing does: in the text up to the end of group 1, in group 2, and in the text after
	// the match. Go's patterns cannot look ahead or behind.
	before, inside, after *regexp.Regexp
	// unless says the same of a match where a pattern cannot, nil where one can: by the text and where the groups stand in it.
	unless func(text string, m []int) bool
}

// A span is a part of a text, by its bytes.
type span struct{ from, to int }

// find gives what is found in a text, from group 1 on.
func (f *finder) find(r reading) (found []span) {
	if !f.may(r.clues) || f.signs != 0 && f.signs&r.signs == 0 {
		return nil
	}
	for from := 0; ; {
		m := f.FindStringSubmatchIndex(r.text[from:])
		if m == nil {
			return found
		}
		for i := range m {
			m[i] += from
		}
		if f.other(r.text, m) {
			from = m[3] // what is meant may stand within
			continue
		}
		found = append(found, span{m[2], m[1]})
		from = m[1]
	}
}

// near is how many bytes before and after a match are looked at, so that a long text takes no longer by the letter than a short one.
const near = 160

// other says whether a match of the pattern is another thing.
func (f *finder) other(text string, m []int) bool {
	matches := func(p *regexp.Regexp, part string) bool { return p != nil && p.MatchString(part) }
	return matches(f.before, text[max(0, m[3]-near):m[3]]) || len(m) > 4 && matches(f.inside, text[m[4]:m[5]]) ||
		matches(f.after, text[m[1]:min(len(text), m[1]+near)]) || f.unless != nil && f.unless(text, m)
}
