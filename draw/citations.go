package draw

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// citedSource is a source and those of its passages that are cited, in the order in which they stand there.
type citedSource struct {
	id       string
	passages []string
}

func (c citedSource) String() string {
	return strings.TrimSpace(c.id + " " + strings.Join(c.passages, ", "))
}

// citedSources gathers citations by their sources, each passage once.
func citedSources(citations []string) []citedSource {
	var out []citedSource
	for _, citation := range citations {
		id, passage, _ := strings.Cut(citation, " ")
		i := slices.IndexFunc(out, func(c citedSource) bool { return c.id == id })
		if i < 0 {
			i, out = len(out), append(out, citedSource{id: id})
		}
		if passage != "" && !slices.Contains(out[i].passages, passage) {
			out[i].passages = append(out[i].passages, passage)
		}
	}
	for _, c := range out {
		// ¶5 comes before ¶11.
		slices.SortFunc(c.passages, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	}
	return out
}

// cited names what is cited in a line for each source: "08BEIJING4697 ¶2, ¶11".
func cited(citations []string) []string {
	var out []string
	for _, c := range citedSources(citations) {
		out = append(out, c.String())
	}
	return out
}

// Passages names what is cited in a line for each source, of paragraphs in a row the first and the last: "08BEIJING4697 ¶2–¶9, ¶11".
func Passages(citations []string) []string {
	var out []string
	for _, c := range citedSources(citations) {
		c.passages = inRanges(c.passages)
		out = append(out, c.String())
	}
	return out
}

// inRanges names passages in a row by the first and the last of them.
func inRanges(passages []string) []string {
	var out []string
	for from := 0; from < len(passages); {
		to := from
		for to+1 < len(passages) && followsOn(passages[to], passages[to+1]) {
			to++
		}
		if to > from+1 {
			out = append(out, passages[from]+"–"+passages[to])
		} else {
			out = append(out, passages[from:to+1]...)
		}
		from = to + 1
	}
	return out
}

// followsOn says whether a passage is the paragraph after another.
func followsOn(a, b string) bool {
	first, err := strconv.Atoi(strings.TrimPrefix(a, "¶"))
	second, otherErr := strconv.Atoi(strings.TrimPrefix(b, "¶"))
	return err == nil && otherErr == nil && second == first+1
}
