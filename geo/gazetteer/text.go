package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostText     = 200_000 // bytes of a document's text that are read
	mostMentions = 100     // areas that a text may bring into its document
	longestName  = 4       // words
	// parentBonus is what a sense gains that lies in what is written after it, in natural logarithms.
	parentBonus = 4
)

// read takes what a text says of its names: the areas that it names besides, and what follows a name after a comma
// ("London, Ontario").
func (d *document) read(text string) {
	if len(text) > mostText {
		text = strings.ToValidUTF8(text[:mostText], "")
	}
	for _, t := range d.names {
		for _, parent := range followers(text, t.name.own) {
			d.favour(t, parent)
		}
	}
	added := 0
	for _, phrase := range capitalised(text) {
		key := Normalise(phrase)
		if d.byKey[key] != nil || added == mostMentions {
			continue
		}
		senses := d.ix.bearers([]byte(key))
		if len(senses) == 0 || senses[0].weak || d.ix.raw(senses[0].id).kind() > KindProvince {
			continue
		}
		d.put(&toponym{name: name{own: phrase}, key: key, senses: senses})
		added++
	}
}

// favour prefers the senses of a name that lie in what is written after it.
func (d *document) favour(t *toponym, parent string) {
	for _, p := range d.ix.bearers([]byte(Normalise(parent))) {
		for i := range t.senses {
			if c := &t.senses[i]; !c.favoured && c.id != p.id && d.ix.liesIn(c.id, p.id) {
				c.prior += parentBonus
				c.favoured = true
			}
		}
	}
}

// followers gives what stands after a name and a comma, as one to three words, wherever the text has it.
func followers(text, own string) []string {
	var out []string
	for rest := text; own != ""; {
		i := strings.Index(rest, own+", ")
		if i < 0 {
			break
		}
		rest = rest[i+len(own)+2:]
		words := strings.Fields(rest[:min(len(rest), 80)])
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
