package store

import (
	"strings"
	"unicode/utf8"
)

// Piece is a part of a text, and whether it is what a search looked for.
type Piece struct {
	Text  string
	Found bool
}

// Passage is a text, or a part of one, as a search shows it.
type Passage struct {
	Pieces []Piece
	// Lang is the BCP 47 tag of the text; Draft says that it is a translation that nobody has reviewed.
	Lang  string
	Draft bool
}

// String is the text without any mark.
func (p Passage) String() string {
	var b strings.Builder
	for _, piece := range p.Pieces {
		b.WriteString(piece.Text)
	}
	return b.String()
}

// Length of passages, in characters.
const (
	passageLength = 180
	passageBefore = 60 // what stands before the first that was found
)

// whole gives a text with what was found in it.
func whole(text string, found []span) []Piece {
	return pieces(text, span{0, len(text)}, found)
}

// around gives the part of a text where it first has what was found, or its beginning. It breaks where words, or clusters, do.
func around(text string, units []unit, found []span) []Piece {
	if utf8.RuneCountInString(text) <= passageLength || len(units) == 0 {
		return whole(text, found)
	}
	first := 0
	if len(found) > 0 {
		first = firstShown(text, units, found[0].start)
	}
	part := span{units[first].start, lastShown(text, units[first:])}
	if first == 0 {
		part.start = 0
	}
	last := strings.IndexFunc(text[part.end:], isOfWord) < 0 // but for the full stop
	if last {
		part.end = len(text)
	}
	list := pieces(text, part, found)
	if part.start > 0 {
		list = append([]Piece{{Text: "… "}}, list...)
	}
	if !last {
		list = append(list, Piece{Text: " …"})
	}
	return list
}

// firstShown chooses with which unit a passage begins that shows what was found at a position: one behind a space or a
// sign where one is near, so that a word of a script without spaces stays whole.
func firstShown(text string, units []unit, found int) int {
	at := 0
	for at < len(units)-1 && units[at].start < found {
		at++
	}
	first := at
	for ; at > 0; at-- {
		before := utf8.RuneCountInString(text[units[at].start:found])
		switch open := units[at].start > units[at-1].end; {
		case before > 2*passageBefore:
			return first
		case before >= passageBefore && open:
			return at
		case before <= passageBefore:
			first = at
		}
	}
	return 0
}

// lastShown gives where a passage ends that begins with the first of some units; it too keeps words whole where it can.
func lastShown(text string, units []unit) (end int) {
	open := units[0].start // then the last end before a space or a sign
	for i, u := range units {
		if utf8.RuneCountInString(text[units[0].start:u.end]) > passageLength {
			break
		}
		end = max(end, u.end)
		if i+1 == len(units) || units[i+1].start > u.end {
			open = end
		}
	}
	if utf8.RuneCountInString(text[units[0].start:open]) > passageLength*3/4 {
		return open
	}
	return end
}

// pieces cuts a part of a text at what was found.
func pieces(text string, part span, found []span) []Piece {
	var list []Piece
	add := func(from, to int, is bool) {
		if from < to {
			list = append(list, Piece{strings.ReplaceAll(text[from:to], "\n", " · "), is})
		}
	}
	at := part.start
	for _, f := range found {
		f.start, f.end = max(f.start, at), min(f.end, part.end)
		if f.start >= f.end {
			continue
		}
		add(at, f.start, false)
		add(f.start, f.end, true)
		at = f.end
	}
	add(at, part.end, false)
	return list
}
