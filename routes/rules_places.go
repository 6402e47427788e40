package routes

import (
	"fmt"
	"strconv"
	"strings"

	"corridor/geo"
	"corridor/geo/gazetteer"
)

// finest is how finely sites of a kind may be shown at most. Those in which people are sheltered are never shown finer than a
// province; all others are for the public, who look for them.
func (k SiteKind) finest() geo.Precision {
	switch k {
	case Shelter, TransitCentre, Reintegration, DropInCentre:
		return geo.Province
	case ChildrensActivityCentre:
		return geo.Settlement
	}
	return geo.Exact
}

// sheltered says whether people are sheltered in sites of a kind, who could be found by where these are.
func (k SiteKind) sheltered() bool { return k.finest() == geo.Province }

// sitePrecision holds rule 4 for sites, by the precision that a place is declared to have. A border is a line that may be short, and
// tells of a shelter where to look.
func (l *Loaded) sitePrecision(site Site, s spot) {
	p, ok := l.placeByID(site.Place)
	finest := site.Kind.finest()
	switch {
	case !ok, p.Precision == "": // reported
	case p.Precision.Finer(finest):
		l.refuse(s.field("place"), fmt.Sprintf("a site of kind %s may not be shown at precision %s", site.Kind, p.Precision),
			fmt.Sprintf("name a place of precision %s or coarser", finest))
	case p.Precision == geo.Border && site.Kind.sheltered():
		l.refuse(s.field("place"), fmt.Sprintf("a site of kind %s may not be shown at a border, which can be short", site.Kind),
			fmt.Sprintf("name the province or the country in which it is, or both sides as one area, such as %q", "Chiang Rai and Shan"))
	}
}

// siteParts holds rule 4 for sites at places of several areas, each of which is shown: a region can be one made of prefectures.
func siteParts(site Site, found gazetteer.Place) (what, mend string) {
	finest := site.Kind.finest()
	for _, part := range found.Parts {
		if part.Precision.Finer(finest) {
			return fmt.Sprintf("a site of kind %s may not be shown at %q, of which %s is a %s", site.Kind, found.Expression, part.Name, part.Precision),
				fmt.Sprintf("name the %s in which these lie, with precision: %s, or several of them", finest, finest)
		}
	}
	return "", ""
}

// townAtFinest holds rule 4 for what is told of people on their way: no place of it is shown finer than a settlement.
func (l *Loaded) townAtFinest(what, place string, at spot) {
	if p, ok := l.placeByID(place); ok && p.Precision != "" && p.Precision.Finer(geo.Settlement) {
		l.refuse(at, fmt.Sprintf("%s may not be shown at precision %s", what, p.Precision), "name a place of precision settlement or coarser; of a crossing write precision: settlement, and it is shown a little off")
	}
}

// checkPlaces wants an expression of each place that is known at all.
func (l *Loaded) checkPlaces() {
	for i, p := range l.Places {
		s := l.spots.places[i]
		if told := p.ID != "" || p.Title != nil; told && p.Query == "" && p.Precision != geo.Unknown && !l.written(s.field("query")) {
			l.refuse(s, `"query" is missing`, "add query: …, a place expression, or write precision: unknown where the source names no place")
		}
	}
}

// placePrecision holds rule 1: the geometry that was found is as fine as the source says, neither finer nor coarser. The mend
// names what can be written instead, where there is something, or else what is called so by an alternate name.
func placePrecision(p Place, found gazetteer.Place, instead []gazetteer.Declared, called string) (what, mend string) {
	queries := make([]string, len(instead))
	for i, d := range instead {
		queries[i] = strconv.Quote(d.Expression)
		if d.Precision != p.Precision {
			queries[i] += fmt.Sprintf(" with precision: %s", d.Precision)
		}
	}
	some := strings.Join(queries, " or ")
	switch {
	case p.Precision == geo.Unknown:
		return fmt.Sprintf("the query finds %s, and the precision is unknown", article(found.Precision)),
			fmt.Sprintf("leave query out where the source names no place, and it is told in text only; else write precision: %s", found.Precision)
	case !p.Precision.Finer(found.Precision):
		return fmt.Sprintf("the query finds %s, which is finer than the precision %s that the source supports", article(found.Precision), p.Precision),
			coarserQuery(p.Precision, found, some) + ", so that nothing finer is stored"
	}
	mend = fmt.Sprintf("write precision: %s, or a query of a finer place that the source names", found.Precision)
	switch {
	case some != "":
		mend += ", such as " + some
	case called != "":
		mend += "; or " + called + " if that is meant"
	}
	return fmt.Sprintf("the precision %s is finer than what the query finds, %s", p.Precision, article(found.Precision)), mend
}

// calledSo names the query of what has a place's name as an alternate alone and is as fine as its precision, with its own name; it is empty
// where there is none.
func calledSo(ix *gazetteer.Index, p Place) string {
	write, place, ok := ix.Called(p.Query, p.Precision)
	if !ok {
		return ""
	}
	return strconv.Quote(write) + ", which is " + place.Name + ","
}

// coarserQuery says which query is as coarse as a precision; some are those that are known.
func coarserQuery(declared geo.Precision, found gazetteer.Place, some string) string {
	mend := "write the query of the " + string(declared)
	switch {
	case some != "":
		mend = "write query: " + some
	case declared == geo.Border:
		mend = `write the query of a line, such as "border of Thailand and Cambodia"`
	}
	if isCrossing(found) {
		mend += "; or keep the crossing with precision: settlement, if the source names it"
	}
	return mend
}

// article is a precision as a place of it is called.
func article(p geo.Precision) string {
	switch p {
	case geo.Exact:
		return "an exact position"
	case geo.Unknown:
		return "no place"
	}
	return "a " + string(p)
}

func (l *Loaded) placeByID(id string) (Place, bool) {
	p, ok := l.places[id]
	return p, ok && id != ""
}
