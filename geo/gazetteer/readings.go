package gazetteer

import (
	"slices"
	"strings"
	"unicode"
)

// reread gives a name that the index knows where a text is none as it is written: "Mae Sai (Thailand)", "in Mae Sai",
// "Thailand, Chiang Rai", 云南省西双版纳州景洪市. Expressions of packs are read by their grammar alone.
func (ix *Index) reread(text string) (name, bool) {
	if len(text) > maxName {
		return name{}, false
	}
	isArea := func(part string) bool { return ix.isArea(Normalise(part)) }
	for _, r := range append(readings(text), ix.hanParts(text)...) {
		n := name{own: r.parts[0], parents: r.parts[1:]}
		if r.backwards && slices.ContainsFunc(n.parents, func(p string) bool { return !isArea(p) }) {
			continue // nobody writes a town before what lies near it
		}
		if ix.knows(n) {
			return n, true
		}
	}
	return name{}, false
}

// A reading is the parts of a text as it may be meant, the smallest first; backwards where they are written the other way about.
type reading struct {
	parts     []string
	backwards bool
}

// readings gives those of a text, none of them with an empty part.
func readings(text string) []reading {
	for _, word := range []string{"in ", "at ", "to ", "from "} {
		if len(text) > len(word) && strings.EqualFold(text[:len(word)], word) {
			text = text[len(word):]
			break
		}
	}
	text = strings.NewReplacer("၊", ",", "、", ",", "，", ",", " (", ",", "(", ",", "（", ",", ")", "", "）", "", " in ", ",").Replace(text)
	lists := [][]string{trimmed(strings.FieldsFunc(text, func(r rune) bool { return r == ',' }))}
	if spaceless(text) {
		lists = append(lists, strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }))
	}
	var out []reading
	for _, parts := range lists {
		if len(parts) == 0 || slices.Contains(parts, "") {
			continue
		}
		other := slices.Clone(parts)
		slices.Reverse(other)
		out = append(out, reading{parts, false}, reading{other, true})
	}
	return out
}

func trimmed(parts []string) []string {
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	return parts
}

// spaceless says whether a text is of scripts that part no words by spaces: there a space parts names.
func spaceless(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Han)
	})
}

// hanParts cuts a run of Han characters into areas, each in the one before, and what stays: 云南省, 西双版纳州 and 景洪市. The
// smallest comes first.
func (ix *Index) hanParts(text string) []reading {
	const shortest, longest = 2, 30 // characters of a part, and of a run
	run := []rune(Normalise(text))
	if len(run) > longest || strings.ContainsFunc(string(run), func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		return nil
	}
	var parts []string
	for len(run) >= 2*shortest {
		n := len(run) - shortest
		for n >= shortest && !ix.isArea(string(run[:n])) {
			n--
		}
		if n < shortest {
			break
		}
		parts = append(parts, string(run[:n]))
		run = run[n:]
	}
	if len(parts) == 0 {
		return nil
	}
	parts = append(parts, string(run))
	slices.Reverse(parts)
	return []reading{{parts, true}}
}

// isArea says whether a key is what an area is known by.
func (ix *Index) isArea(key string) bool {
	return slices.ContainsFunc(ix.bearers([]byte(key)), func(c candidate) bool { return !c.odd && ix.raw(c.id).kind() < KindSettlement })
}
