package routes

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A reading is a folded text with its clues.
type reading struct {
	text  string
	clues clues
}

func read(text string) reading {
	text = folded(text)
	return reading{text, cluesIn(text)}
}

// checkPeople holds rule 5 in a text that is published: as pages show it, which is what it gives, and as data has it, which is as it
// is written.
func (l *Loaded) checkPeople(text string, at func() spot) (shown reading) {
	plain := blocksOf(text)
	shown = read(plain)
	l.refusePeople(shown, "", at)
	if plain != text {
		l.refusePeople(read(text), shown.text, at)
	}
	return shown
}

// refusePeople refuses what a text says of people, unless the text before, which was looked at already, says it too.
func (l *Loaded) refusePeople(r reading, before string, at func() spot) {
	if r.clues == 0 {
		return
	}
	for _, found := range l.find(persons, r, before) {
		l.refuse(at(), fmt.Sprintf("%q looks like a person's name or points to one person", found),
			"leave it out; where it is no person, list the words among the name_exceptions of the pack with the reason")
	}
	for _, found := range l.find(smallCounts, r, before) {
		l.refuse(at(), fmt.Sprintf("%q counts fewer than %d people", found, fewestPeople),
			"write \"a few\", or leave the count out; where it counts no people, or more of them, list the words among the name_exceptions "+
				"of the pack with the reason")
	}
}

// find gives what some finders find, each once, without what the pack lists as reviewed.
func (l *Loaded) find(finders []finder, r reading, before string) (found []string) {
	for _, f := range finders {
		for _, s := range f.find(r) {
			words := strings.TrimSpace(r.text[s.from:s.to])
			if !slices.Contains(found, words) && !strings.Contains(before, words) && !l.excepted(r.text, s) {
				found = append(found, words)
			}
		}
	}
	return found
}

// excepted says whether a part of a folded text stands in a text that the pack lists as reviewed.
func (l *Loaded) excepted(text string, s span) bool {
	for _, e := range l.About.NameExceptions {
		reviewed := folded(strings.TrimSpace(blocksOf(e.Text)))
		for from := 0; reviewed != ""; {
			i := strings.Index(text[from:], reviewed)
			if i < 0 {
				break
			}
			if i += from; i <= s.from && s.to <= i+len(reviewed) {
				return true
			}
			from = i + 1
		}
	}
	return false
}

// countsPeople says whether a figure of another unit counts people by what its text says: 3 "girls sheltered".
func (l *Loaded) countsPeople(f Figure) bool {
	for _, text := range f.Text {
		said := folded(strings.TrimSpace(blocksOf(text)))
		m := countedInFigures.FindStringIndex(said)
		if m != nil && !l.excepted(said, span{m[0], m[1]}) || len(l.find(smallCounts, read(strconv.Itoa(f.Count)+" "+said), said)) > 0 {
			return true
		}
	}
	return false
}
