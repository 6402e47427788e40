package routes_test

import (
	"regexp/syntax"
	"strings"
	"testing"

	"corridor/routes"
)

// A pattern that needs fewer words than it has alternatives would miss what it is there for.
func TestEachAlternativeOfEachPatternIsTried(t *testing.T) {
	tried := 0
	for _, p := range routes.Patterns() {
		tree, err := syntax.Parse(p.String(), syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range alternatives(tree) {
			if !p.MatchString(text) {
				t.Errorf("%q is no example of %s", text, p)
			}
			if missed := routes.Untried(text); len(missed) > 0 {
				t.Errorf("%q is not looked at with %q", text, missed)
			}
			tried++
		}
	}
	if tried < 500 {
		t.Errorf("only %d alternatives", tried)
	}
}

// alternatives gives texts that match an expression, so that each of its alternatives stands in one of them.
func alternatives(tree *syntax.Regexp) (list []string) {
	switch tree.Op {
	case syntax.OpLiteral:
		return []string{string(tree.Rune)}
	case syntax.OpCharClass:
		return members(tree.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return alternatives(tree.Sub[0])
	case syntax.OpQuest, syntax.OpStar:
		return append([]string{""}, alternatives(tree.Sub[0])...)
	case syntax.OpRepeat:
		if tree.Min == 0 {
			list = append(list, "")
		}
		for _, one := range alternatives(tree.Sub[0]) {
			list = append(list, strings.Repeat(one, max(1, tree.Min)))
		}
		return list
	case syntax.OpAlternate:
		for _, sub := range tree.Sub {
			list = append(list, alternatives(sub)...)
		}
		return list
	case syntax.OpConcat:
		return concatenated(tree.Sub)
	}
	return []string{""} // the begin, the end, the boundary of a word
}

// concatenated lets one part after the other go through its alternatives, the others standing at their first.
func concatenated(parts []*syntax.Regexp) (list []string) {
	each := make([][]string, len(parts))
	for i, part := range parts {
		each[i] = alternatives(part)
	}
	for i := range each {
		for j, one := range each[i] {
			if j == 0 && i > 0 {
				continue
			}
			chosen := make([]string, len(each))
			for k := range each {
				chosen[k] = each[k][0]
			}
			chosen[i] = one
			list = append(list, strings.Join(chosen, ""))
		}
	}
	return list
}

// members gives the characters of a small class, and the first of a large one.
func members(ranges []rune) (list []string) {
	for i := 0; i < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if list = append(list, string(r)); len(list) > 400 {
				return list[:1]
			}
		}
	}
	return list
}
