package routes

import "fmt"

// A Folding makes one warning of all that texts of a file lack in a language, so that what else is wrong is not lost among them.
type Folding struct {
	list    Problems
	lacking map[lacking]*lack
}

type lacking struct{ file, language string }

type lack struct{ first, texts int } // the first is one of the list

// Add adds a problem.
func (f *Folding) Add(p Problem) {
	key := lacking{p.File, p.Lacks}
	if known := f.lacking[key]; p.Lacks != "" && known != nil {
		known.texts++
		return
	}
	if p.Lacks != "" {
		if f.lacking == nil {
			f.lacking = map[lacking]*lack{}
		}
		f.lacking[key] = &lack{len(f.list), 1}
	}
	f.list = append(f.list, p)
}

// Problems are those that were added, in their order, each fold where its first was.
func (f *Folding) Problems() Problems {
	folded := append(Problems(nil), f.list...)
	for key, l := range f.lacking {
		if l.texts == 1 {
			continue
		}
		p := &folded[l.first]
		of := ""
		if p.Texts > 0 {
			of = fmt.Sprintf(" of %d", p.Texts)
		}
		p.What = fmt.Sprintf("%d%s texts have no %s; the first is %s", l.texts, of, key.language, p.Path)
		p.Mend += "; --all names each"
	}
	return folded
}

// countTexts tells of each text that lacks a language how many the file has.
func (l *Loaded) countTexts() {
	for i := range l.problems {
		if p := &l.problems[i]; p.Lacks != "" {
			p.Texts = l.texts[p.File]
		}
	}
}
