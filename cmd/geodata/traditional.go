package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"corridor/geo/gazetteer"
)

// mostTraditional is the most forms that are made of one name: a simplified character may stand for several.
const mostTraditional = 4

// A hanTable gives for simplified characters the traditional ones that each may stand for, the likeliest first.
type hanTable map[rune][]rune

// readTraditional reads the table of OpenCC: a character, a tab, and those it may stand for with spaces between.
func readTraditional(path string) (hanTable, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	table := hanTable{}
	n := 0
	for line := range strings.Lines(string(raw)) {
		n++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		from, to, ok := strings.Cut(line, "\t")
		if !ok || utf8.RuneCountInString(from) != 1 {
			return nil, fmt.Errorf("%s:%d: no character with its traditional forms", path, n)
		}
		key, _ := utf8.DecodeRuneInString(from)
		for form := range strings.FieldsSeq(to) {
			r, _ := utf8.DecodeRuneInString(form)
			table[key] = append(table[key], r)
		}
	}
	return table, nil
}

// of gives the traditional forms of a name, none where it has no other characters in them.
func (t hanTable) of(name string) []string {
	forms := []string{""}
	for _, r := range name {
		options := t[r]
		if len(options) == 0 {
			options = []rune{r}
		}
		if len(forms)*len(options) > mostTraditional {
			options = options[:1]
		}
		var longer []string
		for _, form := range forms {
			for _, o := range options {
				longer = append(longer, form+string(o))
			}
		}
		forms = longer
	}
	return slices.DeleteFunc(forms, func(form string) bool { return form == name })
}

// inTraditional says whether the names of a record are given in traditional characters too: of all countries and divisions, and
// of the towns of the region, where Hong Kong and Taiwan write of them.
func inTraditional(r gazetteer.Record) bool {
	return r.Kind < gazetteer.KindSettlement ||
		slices.Contains([]string{"CN", "HK", "KH", "LA", "MM", "MO", "MY", "SG", "TH", "TW", "VN"}, r.Country)
}

// withTraditional adds to names those in traditional characters, each as it is of the name it is made of, but in no language.
func (t hanTable) withTraditional(names []gazetteer.Name) []gazetteer.Name {
	out := names
	for _, n := range names {
		for _, form := range t.of(n.Text) {
			out = append(out, gazetteer.Name{Text: form, Weak: n.Weak})
		}
	}
	return out
}
