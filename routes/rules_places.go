package routes

import (
	"fmt"

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
	case !ok:
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
	if p, ok := l.placeByID(place); ok && p.Precision.Finer(geo.Settlement) {
		l.refuse(at, fmt.Sprintf("%s may not be shown at precision %s", what, p.Precision), "name a place of precision settlement or coarser")
	}
}

func (l *Loaded) placeByID(id string) (Place, bool) {
	p, ok := l.places[id]
	return p, ok && id != ""
}
