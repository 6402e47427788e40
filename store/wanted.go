package store

import (
	"cmp"
	"slices"
	"strings"
)

// wanted is one thing that a search asks for: a word, or a run of clusters that must stand side by side.
type wanted struct {
	units []string
	// open says that the last unit may go on: that a reader may still be typing it, or that it is a cluster alone.
	open bool
	word bool
}

// want reads what a reader asks for. All of it must be found. Nothing in it is an operator.
func want(query string) []wanted {
	var list []wanted
	units := segment(searchable(query))
	for i, u := range units {
		switch {
		case u.run == 0 && inParts(units, i): // Pu'er is asked for whole
		case u.run == 0 || i == 0 || units[i-1].run != u.run:
			list = append(list, wanted{units: []string{u.folded}, word: u.run == 0})
		default:
			last := &list[len(list)-1]
			last.units = append(last.units, u.folded)
		}
	}
	for i := range list {
		list[i].open = i == len(list)-1 || !list[i].word && len(list[i].units) == 1
	}
	return list
}

// inParts says whether a word is part of one that is there whole too.
func inParts(units []unit, i int) bool {
	return slices.ContainsFunc(units, func(u unit) bool {
		return u.run == 0 && u.start <= units[i].start && units[i].end <= u.end && u.end-u.start > units[i].end-units[i].start
	})
}

// expression writes what is wanted for FTS5. Each piece stands in quotes, and units hold no ASCII sign but letters and
// digits.
func expression(list []wanted) string {
	parts := make([]string, len(list))
	for i, w := range list {
		phrase := w.units
		if !w.word && len(w.units) > 1 {
			phrase = make([]string, len(w.units)-1)
			for j := range phrase {
				phrase[j] = w.units[j] + w.units[j+1]
			}
		}
		parts[i] = `"` + strings.Join(phrase, " ") + `"`
		if w.open {
			parts[i] += "*"
		}
	}
	return strings.Join(parts, " AND ")
}

// wholly writes for FTS5 that a title is what a reader looks for and nothing besides.
func wholly(query string) string {
	return `"` + string(appendWhole(nil, segment(searchable(query)))) + `"`
}

// span is a part of a text, in bytes.
type span struct{ start, end int }

// find gives where a text has what is wanted.
func (w wanted) find(units []unit) []span {
	var found []span
	for i := 0; i+len(w.units) <= len(units); i++ {
		if w.at(units[i : i+len(w.units)]) {
			found = append(found, span{units[i].start, units[i+len(w.units)-1].end})
		}
	}
	return found
}

func (w wanted) at(units []unit) bool {
	for i, u := range units {
		is := u.folded == w.units[i]
		if w.open && i == len(w.units)-1 {
			is = strings.HasPrefix(u.folded, w.units[i])
		}
		if !is || (u.run == 0) != w.word || u.run != units[0].run {
			return false
		}
	}
	return true
}

// spans gives where a text has any of what is wanted, in order and joined where they meet, and how much of it is missing.
func spans(list []wanted, units []unit) (found []span, missing int) {
	for _, w := range list {
		at := w.find(units)
		if len(at) == 0 {
			missing++
		}
		found = append(found, at...)
	}
	slices.SortFunc(found, func(a, b span) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	joined := found[:0]
	for _, s := range found {
		if last := len(joined) - 1; last >= 0 && s.start <= joined[last].end {
			joined[last].end = max(joined[last].end, s.end)
			continue
		}
		joined = append(joined, s)
	}
	return joined, missing
}
