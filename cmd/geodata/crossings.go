package main

import (
	"slices"
	"strings"

	"corridor/geo/gazetteer"
)

// crossingWords are the words after the name of a border crossing; the first is that of the file of facts.
func crossingWords() []string {
	return []string{" border crossing", " border checkpoint", " checkpoint", " immigration checkpoint", " border post", " border gate", " crossing"}
}

// sides are the places on either side by which the file of facts calls a crossing, "Mae Sai-Tachilek border crossing": those on the
// side of its country, and those on the other. Where a name has several hyphens, the same name the other way round says which
// parts the two are.
func (f *placeFact) sides() (near, far []string) {
	var pairs []string
	for _, n := range append([]string{f.name}, f.others...) {
		if pair, ok := strings.CutSuffix(n, crossingWords()[0]); ok {
			pairs = append(pairs, pair)
		}
	}
	for _, pair := range pairs {
		for at := range len(pair) {
			if pair[at] != '-' {
				continue
			}
			a, b := pair[:at], pair[at+1:]
			if strings.Count(pair, "-") > 1 && !slices.Contains(pairs, b+"-"+a) {
				continue
			}
			switch {
			case len(near) == 0, slices.Contains(near, a), slices.Contains(far, b):
				near, far = addOnce(near, a), addOnce(far, b)
			case slices.Contains(near, b), slices.Contains(far, a):
				near, far = addOnce(near, b), addOnce(far, a)
			}
		}
	}
	return near, far
}

func addOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// noteSides notes the names of the sides of crossings, to learn which of them a town bears.
func (a *atlas) noteSides(facts []placeFact) {
	a.sides = map[string]bool{}
	for i := range facts {
		if facts[i].kind != "crossing" {
			continue
		}
		near, far := facts[i].sides()
		for _, side := range append(near, far...) {
			a.sides[gazetteer.Normalise(side)] = false
		}
	}
}

// noteBearer notes that a record bears the name of a side.
func (a *atlas) noteBearer(r gazetteer.Record, names []gazetteer.Name) {
	if len(a.sides) == 0 {
		return
	}
	for _, n := range append(gazetteer.Strong(r.Name), names...) {
		if key := gazetteer.Normalise(n.Text); !a.sides[key] {
			if _, side := a.sides[key]; side {
				a.sides[key] = true
			}
		}
	}
}

// addCrossing adds a crossing with the ways to write it from its country's side, and, where both countries are known, another
// record of the same spot for the other's: so the checkpoint of Poipet lies in Cambodia, and that of Aranyaprathet in Thailand.
func (a *atlas) addCrossing(r gazetteer.Record, f placeFact) {
	near, far := f.sides()
	r.Kind = gazetteer.KindCrossing
	reversed := func(n string) bool {
		return f.farCountry != "" && slices.ContainsFunc(far, func(b string) bool { return strings.HasPrefix(n, b+"-") })
	}
	var own, others []string
	for _, n := range f.others {
		if reversed(n) {
			others = append(others, n)
		} else {
			own = append(own, n)
		}
	}
	a.add(r, slices.Concat(gazetteer.Strong(own...), f.names, a.crossingNames(near, far)), nil)
	if f.farCountry == "" || len(far) == 0 {
		return
	}
	a.add(gazetteer.Record{
		Name: far[0] + "-" + near[0] + crossingWords()[0], Kind: gazetteer.KindCrossing, Country: f.farCountry,
		Point: r.Point, Origin: r.Origin,
	}, slices.Concat(gazetteer.Strong(others...), a.crossingNames(far, near)), nil)
}

// crossingNames are further names of a crossing as it is written from one side: "Mae Sai-Tachilek", "Mae Sai border checkpoint",
// and, where no place bears it, the name of the side alone.
func (a *atlas) crossingNames(near, far []string) []gazetteer.Name {
	var texts []string
	for _, side := range near {
		if !a.sides[gazetteer.Normalise(side)] {
			texts = append(texts, side)
		}
		for _, word := range crossingWords() {
			texts = append(texts, side+word)
		}
		for _, other := range far {
			texts = append(texts, side+"-"+other)
			for _, word := range crossingWords() {
				texts = append(texts, side+"-"+other+word)
			}
		}
	}
	return gazetteer.Weak(texts...)
}
