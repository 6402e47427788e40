package routes

import "fmt"

// noteNamed notes the places that documents name. No others are published: what a place says is cited where it is named.
func noteNamed(named map[string]bool, p Pack) {
	for _, r := range p.Routes {
		for _, stop := range r.Stops {
			named[stop.Place] = true
		}
		for _, leg := range r.Legs {
			named[leg.CrossingPlace] = true
		}
	}
	for _, m := range p.Movements {
		named[m.From], named[m.To] = true, true
	}
	for _, s := range p.Sites {
		named[s.Place] = true
	}
	for _, f := range p.Findings {
		named[f.Scope] = true
	}
}

// unnamed says of a place that no document names it.
func unnamed(id string) (what, mend string) {
	return fmt.Sprintf("no document names the place %q, so it is not published", id), "name it where a source tells of it, or delete it"
}

// dropUnnamed leaves out the places that no document names. Where there are errors nothing is published, and a document that
// could not be read may name them.
func (l *Loaded) dropUnnamed() {
	if len(l.problems.Errors()) > 0 {
		return
	}
	named := map[string]bool{}
	noteNamed(named, l.Pack)
	places, spots := make([]Place, 0, len(l.Places)), make([]spot, 0, len(l.Places))
	for i, p := range l.Places {
		if s := l.spots.places[i]; named[p.ID] {
			places, spots = append(places, p), append(spots, s)
		} else {
			what, mend := unnamed(p.ID)
			l.warn(s.field("id"), what, mend)
		}
	}
	l.Places, l.spots.places = places, spots
}
