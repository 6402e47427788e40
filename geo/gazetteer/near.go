package gazetteer

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

const (
	nearMost     = 5  // suggestions given
	nearLongest  = 60 // letters of a name that is compared; longer ones are not guessed at
	nearDistance = 2  // edits
)

// near lists names within two edits of a name, the nearest and then the largest kind first.
func (ix *Index) near(wanted string) []string {
	key := []rune(Normalise(wanted))
	if len(key) < 3 || len(key) > nearLongest {
		return nil
	}
	type hit struct {
		id       uint32
		distance int
	}
	var hits []hit
	for i := range ix.Names() {
		other := ix.name(i)
		if d := utf8.RuneCountInString(other) - len(key); d > nearDistance || d < -nearDistance {
			continue
		}
		if d := editDistance(key, []rune(other), nearDistance); d <= nearDistance {
			hits = append(hits, hit{order.Uint32(ix.sections[sectionRefs][4*ix.firstRef(i):]), d})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.id, b.id)) })
	var names []string
	for _, h := range hits {
		if names = addOnce(names, ix.record(h.id).Name); len(names) == nearMost {
			break
		}
	}
	return names
}

// editDistance is the number of insertions, deletions, substitutions and swaps of neighbours (optimal string alignment)
// between two words, or most+1 where it is more than most.
func editDistance(a, b []rune, most int) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, last, before := rows[i%3], rows[(i+2)%3], rows[(i+1)%3]
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
	}
	return min(rows[len(a)%3][len(b)], most+1)
}
