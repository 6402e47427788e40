package routes

import (
	"fmt"
	"math"
	"slices"

	"corridor/geo"
)

// fewestPeople is the field's k: counts of people below it are not published.
const fewestPeople = 11

// mostCounted is the greatest count that every file and program keeps as it is: integers of KML have 32 bits. What is beyond 2^53 would not
// even be read as itself by the API's own paging.
const mostCounted = math.MaxInt32

// claim holds rule 3: a citation of a known source with a locator, and a year that the source can speak of.
func (l *Loaded) claim(c Claim, s spot, known identifiers) {
	needed(l, c.Citations, s.field("citations"), "there is no citation", "say where it stands: [\"08BEIJING4697 ¶5\"]")
	var written Date
	for i, citation := range c.Citations {
		written = written.later(l.citation(citation, s.field("citations").item(i), known))
	}
	year := s.field("as_of")
	if !speaksOf(written, c.AsOf) && l.written(year) && !l.refused(year) {
		l.refuse(year, fmt.Sprintf("%d is no year that the source can speak of", c.AsOf),
			"write the year of the source, or the earlier one it speaks of")
	}
	if what, mend := c.Time.wrong(written); what != "" {
		l.refuse(s.field("time"), what, mend)
	}
}

// speaksOf says whether a source that was written at a time, empty where that is unknown, can speak of a year.
func speaksOf(written Date, year int) bool {
	return year >= 1800 && (written == "" || year <= written.year())
}

// citation checks one citation and gives when its source was written, empty where that is unknown.
func (l *Loaded) citation(c Citation, at spot, known identifiers) (written Date) {
	src, ok := known.sources[c.Source()]
	switch {
	case c == "" || known.sources == nil:
	case !ok && citesIllFormed(c, known.sources): // that one is refused where it stands
	case !ok:
		l.refuse(at, fmt.Sprintf("no source has the id %q", c.Source()), mendOf(string(c), "list it among the sources or mend the id"))
	case c.Locator() == "":
		l.refuse(at, fmt.Sprintf("the citation %q does not say where in the source", c), "add the paragraph, such as ¶5")
	}
	if !src.Created.isDate() {
		return ""
	}
	return src.Created
}

// figures holds rule 5: small counts of people could point to a person.
func (l *Loaded) figures(list []Figure, s spot) {
	for i, f := range list {
		at := s.field("figures").item(i)
		switch {
		case f.Count == 0 && (l.misread(at.field("count")) || !l.written(at.field("count"))): // reported
		case f.Count < fewestPeople && (f.Unit == People || l.countsPeople(f)):
			l.refuse(at, fmt.Sprintf("a count of %d people is not published", f.Count),
				fmt.Sprintf("leave figures under %d people out", fewestPeople))
		case f.Count < 1:
			l.refuse(at, fmt.Sprintf("%d is no count", f.Count), "write a number above 0")
		case f.Count > mostCounted:
			l.refuse(at, fmt.Sprintf("a count of %d is more than files can hold", f.Count), fmt.Sprintf("write a number to %d, or tell of it in the text", mostCounted))
		}
	}
}

// checkRoute holds the form of a route and rules 3 and 4 for its stops and legs.
func (l *Loaded) checkRoute(r Route, s spot, known identifiers) {
	l.claim(r.Claim, s, known)
	l.refer(r.SaidBy, s.field("said_by"), known.organisations)
	needed(l, r.Purpose, s.field("purpose"), "the route has no purpose", mendUnstated)
	needed(l, r.Exploitation, s.field("exploitation"), "the route has no kind of exploitation", mendUnstated)
	stops := map[string]bool{}
	for i, stop := range r.Stops {
		at := s.field("stops").item(i)
		l.id(stop.ID, idForm, at.field("id"), stops)
		l.claim(stop.Claim, at, known)
		l.refer(stop.Place, at.field("place"), known.places)
		l.townAtFinest("a stop", stop.Place, at.field("place"))
		needed(l, stop.Roles, at.field("roles"), "the stop has no role", "write at least one, such as transit")
	}
	if len(r.Stops) < 2 && l.written(s.field("stops")) && !l.misread(s.field("stops")) {
		l.refuse(s.field("stops"), "a route has at least two stops", "add the stops in the order of the way")
	}
	legs := map[string]bool{}
	for i, leg := range r.Legs {
		at := s.field("legs").item(i)
		l.id(leg.ID, idForm, at.field("id"), legs)
		l.claim(leg.Claim, at, known)
		l.checkLeg(leg, at, known)
	}
	l.legOrder(r, s)
}

func (l *Loaded) checkLeg(leg Leg, at spot, known identifiers) {
	l.refer(leg.CrossingPlace, at.field("crossing_place"), known.places)
	p, ok := l.placeByID(leg.CrossingPlace)
	if ok && p.Precision != "" && leg.Crossing != "" && leg.Crossing != OfficialCrossing && p.Precision.Finer(geo.District) {
		l.refuse(at.field("crossing_place"), fmt.Sprintf("a crossing that is not an official one may not be shown at a %s", p.Precision),
			"name the province in which it lies, or the border of two, such as \"border of Chiang Rai and Shan\"")
	}
	needed(l, leg.Means, at.field("means"), "the leg has no means", mendUnstated)
}

// legOrder wants one leg between each two stops that follow each other.
func (l *Loaded) legOrder(r Route, s spot) {
	at := s.field("legs")
	if len(r.Stops) < 2 || len(r.Legs) == 0 && (!l.written(at) || l.misread(at)) {
		return
	}
	if len(r.Legs) != len(r.Stops)-1 {
		l.refuse(at, fmt.Sprintf("%d stops have %d legs", len(r.Stops), len(r.Legs)),
			fmt.Sprintf("write %d legs, one between each two stops", len(r.Stops)-1))
		return
	}
	for i, leg := range r.Legs {
		from, to := strays(leg.From, r.Stops, i), strays(leg.To, r.Stops, i+1)
		if !from && !to {
			continue
		}
		field, mend := "from", "from: "+r.Stops[i].ID
		switch {
		case from && to:
			mend += " and to: " + r.Stops[i+1].ID
		case to:
			field, mend = "to", "to: "+r.Stops[i+1].ID
		}
		l.refuse(at.item(i).field(field), fmt.Sprintf("leg %d goes from %q to %q", i+1, leg.From, leg.To),
			fmt.Sprintf("write %s, in the order of the stops", mend))
	}
}

// strays says whether an end of a leg names another stop than the one that stands there. An end or a stop whose own id is refused says nothing.
func strays(end string, stops []Stop, i int) bool {
	return end != "" && end != stops[i].ID && sure(stops[i].ID, idsOf(stops))
}

// sure says whether an id is well-formed and stands once, so that what is meant by another is not it.
func sure(id string, ids []string) bool {
	i := slices.Index(ids, id)
	return idForm.MatchString(id) && !slices.Contains(ids[i+1:], id)
}

// sureOnes gives the ids that may be named, nil where one of them is refused: what names it would have to be mended with it.
func sureOnes(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		if !sure(id, ids) {
			return nil
		}
		set[id] = true
	}
	return set
}

// reached gives the stop that a leg reaches, empty where the legs do not follow the stops there, which is refused of the route.
func (r Route) reached(leg string) string {
	i := slices.IndexFunc(r.Legs, func(l Leg) bool { return l.ID == leg })
	if i < 0 || len(r.Legs) != len(r.Stops)-1 || r.Legs[i].To != r.Stops[i+1].ID || sureOnes(idsOf(r.Stops)) == nil || sureOnes(idsOf(r.Legs)) == nil {
		return ""
	}
	return r.Legs[i].To
}

// disagreements wants both findings to name each other.
func (l *Loaded) disagreements(f Finding, s spot) {
	eachOnce(l, f.DisagreesWith, s.field("disagrees_with"))
	for i, id := range f.DisagreesWith {
		at := s.field("disagrees_with").item(i)
		other := slices.IndexFunc(l.Findings, func(g Finding) bool { return g.ID == id })
		switch {
		case other < 0 || id == f.ID:
			l.refuse(at, fmt.Sprintf("no other finding has the id %q", id), "write the id of the finding that says otherwise")
		case !slices.Contains(l.Findings[other].DisagreesWith, f.ID):
			l.refuse(at, fmt.Sprintf("the finding %q does not name %q in return", id, f.ID),
				fmt.Sprintf("add disagrees_with: [%s] there", f.ID))
		}
	}
}
