package gazetteer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostText     = 200_000 // bytes of a document's text that are read
	mostMentions = 100     // areas that a text may bring into its document
	longestName  = 4       // words
	// parentBonus is what a sense gains that lies in what is written after it, in natural logarithms.
	parentBonus = 8
)

// read takes what a text says of its names: the areas that it names besides, and what follows a name after a comma
// ("London, Ontario"), in brackets or after "in".
func (d *document) read(text string) {
	if len(text) > mostText {
		text = strings.ToValidUTF8(text[:mostText], "")
	}
	for _, t := range d.names {
		about := d.withoutLonger(text, t.name.own)
		for _, parent := range followers(about, t.name.own) {
			d.favour(t, d.ix.bearers([]byte(Normalise(parent))))
		}
		for _, parent := range holders(about, t.name.own) {
			d.hold(t, d.ix.bearers([]byte(Normalise(parent))))
		}
	}
	added := 0
	for _, phrase := range capitalised(text) {
		key := Normalise(phrase)
		if d.byKey[key] != nil || added == mostMentions {
			continue
		}
		senses := d.ix.bearers([]byte(key))
		if (name{own: key}).isSort() || len(senses) == 0 || senses[0].weak || d.ix.raw(senses[0].id).kind() > KindProvince {
			continue
		}
		d.put(&toponym{name: name{own: phrase}, key: key, senses: senses})
		added++
	}
}

// withoutLonger gives a text without the document's names in which a shorter one stands: what follows New York is not said of York.
func (d *document) withoutLonger(text, own string) string {
	for _, t := range d.names {
		if len(t.name.own) > len(own) && strings.Contains(t.name.own, own) {
			text = strings.ReplaceAll(text, t.name.own, "\x00")
		}
	}
	return text
}

// asFollowed is what a sense gains that lies in what is written after it.
func (c candidate) asFollowed() float64 {
	if c.favoured {
		return parentBonus
	}
	return 0
}

// favour prefers the senses of a name that lie in what is written after it.
func (d *document) favour(t *toponym, parents []candidate) {
	for _, p := range parents {
		for i := range t.senses {
			if c := &t.senses[i]; c.id != p.id && d.ix.liesIn(c.id, p.id) {
				c.favoured = true
			}
		}
	}
}

// hold prefers the senses of a name that lie in an area in which it is written to be. Where none does, the place is one that
// the data lack or call otherwise.
func (d *document) hold(t *toponym, areas []candidate) {
	d.favour(t, areas)
	if len(areas) == 0 || areas[0].weak || areas[0].odd || d.ix.raw(areas[0].id).kind() >= KindSettlement {
		return
	}
	t.elsewhere = !slices.ContainsFunc(t.senses, func(c candidate) bool {
		return c.favoured || slices.ContainsFunc(areas, func(a candidate) bool { return a.id == c.id || d.ix.liesIn(a.id, c.id) })
	})
}

// after gives what stands behind a name and a joint, wherever the text has it.
func after(text, own, joint string) []string {
	if own == "" {
		return nil
	}
	const reach = 80 // bytes, in which a parent is written
	parts := strings.Split(text, own+joint)[1:]
	for i, p := range parts {
		parts[i] = p[:min(len(p), reach)]
	}
	return parts
}

// followers gives what stands after a name and a comma, as one to three words, wherever the text has it.
func followers(text, own string) []string {
	var out []string
	for _, rest := range after(text, own, ", ") {
		words := strings.Fields(rest)
		for n := 1; n <= min(3, len(words)); n++ {
			phrase := strings.Join(words[:n], " ")
			out = addOnce(out, strings.TrimRightFunc(phrase, unicode.IsPunct))
			if strings.ContainsAny(words[n-1], ",.;:)") {
				break
			}
		}
	}
	return out
}

// holders gives what a name is written to lie in, after "in" or in brackets, wherever the text has it: words with capitals,
// or of a script that has none, up to a stop.
func holders(text, own string) []string {
	var out []string
	for _, joint := range []string{" in ", " (", "(", "（"} {
		for _, rest := range after(text, own, joint) {
			if i := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsPunct(r) && r != '-' && !isApostrophe(r) }); i >= 0 {
				rest = rest[:i]
			}
			var words []string
			for _, w := range strings.Fields(strings.TrimPrefix(rest, "the ")) {
				if first, _ := utf8.DecodeRuneInString(w); !unicode.IsLetter(first) || unicode.IsLower(first) {
					break
				}
				words = append(words, w)
			}
			if len(words) > 0 {
				out = addOnce(out, strings.Join(words, " "))
			}
		}
	}
	return out
}

// capitalised gives the runs of up to longestName words that begin with a capital, and every part of such a run.
func capitalised(text string) []string {
	var out []string
	seen := map[string]bool{}
	var run []string
	flush := func() {
		for from := range run {
			for to := from + 1; to <= min(len(run), from+longestName); to++ {
				if phrase := strings.Join(run[from:to], " "); !seen[phrase] {
					seen[phrase] = true
					out = append(out, phrase)
				}
			}
		}
		run = run[:0]
	}
	for word := range strings.FieldsSeq(text) {
		bare := strings.TrimFunc(word, func(r rune) bool { return unicode.IsPunct(r) && r != '.' })
		if first, _ := utf8.DecodeRuneInString(bare); !unicode.IsUpper(first) {
			flush()
			continue
		}
		run = append(run, strings.TrimSuffix(bare, "."))
		if last, _ := utf8.DecodeLastRuneInString(word); unicode.IsPunct(last) {
			flush()
		}
	}
	flush()
	return out
}
