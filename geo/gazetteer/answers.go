package gazetteer

import "slices"

// Answer is what a name means, as far as names can tell.
type Answer struct {
	// Name is the name as it was asked for.
	Name     string
	Decision Decision
	// Candidates are the places that it may mean, the likeliest first; none where the decision is [Refuse].
	Candidates []Candidate
}

const mostCandidates = 5 // of an answer

// ResolveNames says what the names of one document mean, taken together. The answers stand in the order of the names;
// a name that stands twice means the same both times. A name may carry parents after commas ("London, Ontario"). The text
// that they stand in, where it is not empty, adds what it says of them: the areas it names besides, and parents.
func (ix *Index) ResolveNames(list []string, text string) []Answer {
	d := newDocument(ix)
	keys := make([]string, len(list))
	for i, own := range list {
		keys[i] = d.addLoosely(own)
	}
	if text != "" {
		d.read(text)
	}
	d.weigh()
	known := map[string]Answer{}
	out := make([]Answer, len(list))
	for i, own := range list {
		a, ok := known[keys[i]]
		if !ok {
			a = ix.answer(d.byKey[keys[i]], d.names)
			known[keys[i]] = a
		}
		a.Name = own
		out[i] = a
	}
	return out
}

// addLoosely notes a name with all its senses, misspelt ones too, and gives the key under which it stands.
func (d *document) addLoosely(text string) string {
	key := Normalise(text)
	if d.byKey[key] != nil {
		return key
	}
	t := &toponym{name: name{own: text}, key: key}
	d.findLoosely(t)
	d.put(t)
	for i, parent := range t.name.parents {
		d.add(name{own: parent, parents: t.name.parents[i+1:]})
	}
	return key
}

// findLoosely gives a name its senses, and reads it as a name with parents where it has none as it is written.
func (d *document) findLoosely(t *toponym) {
	key := []byte(t.key)
	if _, ok := d.ix.water(key); ok || t.name.isSort() {
		return
	}
	if t.senses = d.ix.withGreat(d.ix.candidates(key), key); len(t.senses) > 0 && t.senses[0].distance == 0 {
		return
	}
	n, ok := d.ix.asName(t.name.own)
	if !ok {
		return
	}
	if senses := d.ix.loosely(n); len(senses) > 0 {
		t.name, t.senses = n, senses
	}
}

// asName reads a text as one name: as its grammar has it, or where the index knows none so, as it may be meant. ok is false
// where it is no name.
func (ix *Index) asName(text string) (n name, ok bool) {
	e, err := parse(text)
	ok = err == nil && e.verb == verbUnion && len(e.names) == 1
	if ok && ix.knows(e.names[0]) {
		return e.names[0], true
	}
	if n, known := ix.reread(text); known {
		return n, true
	}
	if ok {
		n = e.names[0]
	}
	return n, ok
}

// loosely gives the records that a name with a kind or parents may mean, or else those that bear it a few letters different.
func (ix *Index) loosely(n name) []candidate {
	key := []byte(Normalise(n.own))
	senses, err := ix.strict(n)
	if err != nil {
		return ix.thatFit(ix.named(n), n)
	}
	return append(senses, ix.thatFit(ix.withGreat(senses, key)[len(senses):], n)...)
}

// thatFit keeps the records of a kind and in parents that a name states.
func (ix *Index) thatFit(list []candidate, n name) []candidate {
	parents := ix.parents(n.parents)
	list = slices.DeleteFunc(list, func(c candidate) bool {
		k := ix.raw(c.id).kind()
		return n.kind != 0 && k != n.kind && !similar(k, n.kind) || !ix.hasParents(c.id, parents)
	})
	return ix.writtenAs(ix.withoutNamesakes(list, n), n)
}

func (ix *Index) answer(t *toponym, names []*toponym) Answer {
	return Answer{Decision: ix.decide(t, names), Candidates: ix.candidatesFor(t, mostCandidates, 0, names)}
}

// candidatesFor gives the likeliest senses of a name, at most limit of them, with all that there is to say of each and
// named in a language.
func (ix *Index) candidatesFor(t *toponym, limit int, lang uint16, names []*toponym) []Candidate {
	senses := t.senses[:min(len(t.senses), limit)]
	if len(senses) == 0 {
		return nil
	}
	list := make([]Candidate, len(senses))
	for i, c := range senses {
		list[i] = Candidate{
			Record: ix.record(c.id), Name: ix.nameIn(c.id, lang), Extent: ix.extent(c.id), Write: ix.writeAmong(c.id, t.senses),
			Score: ix.score(t, i, names), Fuzzy: c.distance > 0, Reasons: ix.reasons(t, i, names),
		}
	}
	return list
}
