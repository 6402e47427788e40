package routes

import (
	"errors"

	"corridor/geo/gazetteer"
)

// Resolve finds every place of a loaded pack in the gazetteer, by the place's id. Names that are unknown or ambiguous, and
// precisions that the geometry does not bear out, come back as problems, all in one go.
func (l *Loaded) Resolve(ix *gazetteer.Index) (map[string]gazetteer.Place, Problems) {
	r := reporter{locate: l.positions}
	found := make(map[string]gazetteer.Place, len(l.Places))
	queries := make([]gazetteer.Declared, len(l.Places))
	for i, p := range l.Places {
		queries[i] = gazetteer.Declared{Expression: p.Query, Precision: p.Precision}
	}
	for i, resolved := range ix.ResolveDeclared(queries) {
		p, at, place := l.Places[i], l.spots.places[i], resolved.Place
		if p.Query == "" {
			continue // reported as missing
		}
		if err := resolved.Err; err != nil {
			r.refuse(at.field("query"), err.Error(), mendQuery(err))
			continue
		}
		if p.Precision != "" && p.Precision != place.Precision {
			what, mend := placePrecision(p.Precision, place.Precision, ix.Instead(p.Query, p.Precision))
			r.refuse(at.field("precision"), what, mend)
			continue
		}
		found[p.ID] = place
	}
	r.problems.sort()
	return found, r.problems
}

func mendQuery(err error) string {
	var ambiguous *gazetteer.AmbiguousError
	var unknown *gazetteer.UnknownError
	switch {
	case errors.As(err, &ambiguous):
		return "write one of these into query"
	case errors.As(err, &unknown):
		return "mend the name in query"
	}
	return "mend the query; data/content/README.md lists what can be written"
}
