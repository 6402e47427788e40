package routes

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A reading is a folded text with its clues and signs.
type reading struct {
	text  string
	clues clues
	signs signs
}

func read(text string) reading {
	text = folded(text)
	return reading{text, cluesIn(text), signsIn(text)}
}

// A search looks for what must not be published, and says what is wrong with it and how to mend it.
type search struct {
	finders []finder
	// what has a %q for the words.
	what, mend string
	// inQuery is how to mend it in a place expression, empty where that is as elsewhere.
	inQuery string
	// elsewhere says of a node that the search is not for it, nil where it is for all.
	elsewhere func(l *Loaded, s spot) bool
	// warns says of a node that such words are only asked about there, nil where they never are.
	warns func(l *Loaded, s spot) bool
	// harmless says of words that the pack itself knows better, nil where it never does.
	harmless func(l *Loaded, words string) bool
}

const mendCoordinates = "write at 21.29 N, 99.61 E, precision settlement, source …, with your numbers, how finely the source knows the place, and who gives " +
	"them, without numbers"

// searches are all that are made in what is published.
var searches = []search{
	{
		finders: persons, what: "%q looks like a person's name or points to one person",
		mend: "leave it out; where it is no person, list the words among the name_exceptions of the pack with the reason",
	},
	{
		finders: mayBePersons, what: "%q may name a person, since it begins with a title: U, Ma, Maung, Nang, Nong, Khun or Datuk",
		mend:  "leave it out; where it is a place, list the words among the name_exceptions of the pack with the reason",
		warns: func(*Loaded, spot) bool { return true }, harmless: isPlaceHere,
	},
	{
		finders: smallCounts, what: fmt.Sprintf("%%q counts fewer than %d people", fewestPeople),
		mend: "write \"a few\", or leave the count out; where it counts no people, or more of them, list the words among the name_exceptions " +
			"of the pack with the reason",
	},
	{
		finders: coordinates, what: "%q looks like coordinates",
		mend: "leave it out: a place's coordinates stand in its query, where they are coarsened; where it is none, list the words among the " +
			"name_exceptions of the pack with the reason",
		inQuery: mendCoordinates,
	},
	{
		finders: houses, what: "%q looks like the address of a house",
		mend: "leave it out, and tell the district or the province; where it is none, or an office's own that everybody may know, list the " +
			"words among the name_exceptions of the pack with the reason",
		warns: func(l *Loaded, s spot) bool { return !l.hidden(s) },
	},
	{
		finders: reachable, what: "%q looks like a phone number or another way to reach somebody",
		mend: "write it into contacts.yaml with the day on which it was verified, after which it is hidden once it is old; where it is none, list the " +
			"words among the name_exceptions of the pack with the reason",
		elsewhere: func(_ *Loaded, s spot) bool { return s.file == contactsName },
	},
}

// checkSaid looks in a text that is published for what must not be: as pages show it, which is what it gives, and as data has it,
// which is as it is written.
func (l *Loaded) checkSaid(text string, at func() spot) (shown reading) {
	plain := Plain(text)
	l.checkMarkup(text, plain, at)
	shown = read(plain)
	l.refuseFound(shown, "", at)
	if plain != text {
		l.refuseFound(read(text), shown.text, at)
	}
	if joined := withoutWidth(plain); joined != plain {
		l.refuseFound(read(joined), shown.text, at)
	}
	if address := unescaped(text); address != text {
		l.refuseFound(read(address), text+"\n"+shown.text, at)
	}
	if narrow := narrowed(shown.text); narrow != shown.text {
		l.refuseFound(read(narrow), shown.text, at)
	}
	return shown
}

// refuseFound refuses what is found in a text, unless the text before, which was looked at already, has it too.
func (l *Loaded) refuseFound(r reading, before string, at func() spot) {
	if r.clues == 0 && r.signs == 0 {
		return
	}
	for i := range searches {
		search := &searches[i]
		if search.elsewhere != nil && search.elsewhere(l, at()) {
			continue
		}
		for _, found := range l.find(search.finders, r, before) {
			if search.harmless != nil && search.harmless(l, found) {
				continue
			}
			s, mend := at(), search.mend
			if search.inQuery != "" && strings.HasSuffix(s.path, ".query") {
				mend = search.inQuery
			}
			l.add(s, fmt.Sprintf(search.what, found), mend, search.warns != nil && search.warns(l, s))
		}
	}
}

// find gives what some finders find, each once, without what the pack lists as reviewed.
func (l *Loaded) find(finders []finder, r reading, before string) (found []string) {
	for i := range finders {
		for _, s := range finders[i].find(r) {
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
		reviewed := folded(Plain(e.Text))
		if !strings.Contains(text, reviewed) {
			reviewed = narrowed(reviewed)
		}
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
		said := folded(Plain(text))
		m := countedInFigures.FindStringIndex(said)
		if m != nil && !l.excepted(said, span{m[0], m[1]}) || len(l.find(smallCounts, read(strconv.Itoa(f.Count)+" "+said), said)) > 0 {
			return true
		}
	}
	return false
}
