package routes

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"corridor/geo"
	"corridor/geo/gazetteer"
)

// Resolve finds every place of a loaded pack in the gazetteer, by the place's id. Names that are unknown or ambiguous, and
// precisions that the geometry does not bear out, come back as problems, and so do sites that would be shown too finely, all in one go; a
// name that may have been found in a wrong country as a warning.
func (l *Loaded) Resolve(ix *gazetteer.Index) (map[string]gazetteer.Place, Problems) {
	found, r := l.findPlaces(ix)
	lying := countCountries(found)
	for i, p := range l.Places {
		if what, mend := lying.stray(found[p.ID]); what != "" {
			r.warn(l.spots.places[i].field("query"), what, mend)
		}
	}
	for i, route := range l.Routes {
		l.internalLegs(route, l.spots.routes[i], found, &r)
	}
	for i, site := range l.Sites {
		if what, mend := siteParts(site, found[site.Place]); what != "" {
			r.refuse(l.spots.sites[i].field("place"), what, mend)
		}
	}
	r.problems.sort()
	return found, r.problems
}

// findPlaces finds the places, each with those beside it.
func (l *Loaded) findPlaces(ix *gazetteer.Index) (map[string]gazetteer.Place, reporter) {
	r := reporter{locate: l.positions}
	found := make(map[string]gazetteer.Place, len(l.Places))
	queries := make([]gazetteer.Declared, len(l.Places))
	for i, p := range l.Places {
		queries[i] = gazetteer.Declared{Expression: p.Query, Precision: p.Precision}
	}
	resolutions := ix.ResolveDeclared(queries)
	lying := countries{}
	for _, resolved := range resolutions {
		lying.count(resolved.Place)
	}
	for i, resolved := range resolutions {
		p, at, place := l.Places[i], l.spots.places[i], resolved.Place
		switch err := resolved.Err; {
		case p.Query == "" && p.Precision == geo.Unknown:
			place = gazetteer.Place{Precision: geo.Unknown}
		case p.Query == "": // reported as missing
			continue
		case err != nil && l.holdsCoordinates(p.Query): // refused as what they are
			continue
		case err != nil:
			what, mend := unfound(ix, p.Query, err, lying)
			r.refuse(at.field("query"), what, mend)
			continue
		}
		if place = asTown(place, p.Precision); p.Precision != "" && p.Precision != place.Precision {
			what, mend := placePrecision(p, place, ix.Instead(p.Query, p.Precision), calledSo(ix, p))
			r.refuse(at.field("precision"), what, mend)
			continue
		}
		found[p.ID] = place
	}
	return found, r
}

// isCrossing says whether a place is a border crossing: of what names find nothing else is known exactly.
func isCrossing(place gazetteer.Place) bool {
	return place.Precision == geo.Exact && place.Source == ""
}

// asTown gives a crossing that is declared to be known as finely as a town with coordinates as coarse as those that authors write of towns,
// so that a stop may be there; every other place as it is.
func asTown(place gazetteer.Place, declared geo.Precision) gazetteer.Place {
	if declared == geo.Settlement && isCrossing(place) {
		place.Geometry, place.Precision = geo.Coarsen(place.Geometry, geo.Settlement), geo.Settlement
	}
	return place
}

// countries counts the places of a pack that lie in each country, by its code.
type countries map[string]int

func countCountries(found map[string]gazetteer.Place) countries {
	lying := countries{}
	for _, place := range found {
		lying.count(place)
	}
	return lying
}

func (lying countries) count(place gazetteer.Place) {
	for _, country := range place.Countries {
		lying[country]++
	}
}

// stray says of a place that a name without a parent was found in a country in which no other place of the pack lies: few packs
// tell of one town far from all else, and many towns have a namesake. The sides of a border bear each other out.
func (lying countries) stray(place gazetteer.Place) (what, mend string) {
	if place.Precision == geo.Border {
		return "", ""
	}
	for _, s := range place.Senses {
		if s.Bare && lying[s.Country] == 1 && len(lying) > 1 {
			return fmt.Sprintf("%q is found to mean %q, in a country in which no other place of the pack lies", s.Name, s.Write),
				"write that if it is meant, or else the name with its country"
		}
	}
	return "", ""
}

// internalLegs warns of legs that are said to cross no border, between stops that lie in different countries. A crossing lies on both sides.
func (l *Loaded) internalLegs(route Route, s spot, found map[string]gazetteer.Place, r *reporter) {
	for i, leg := range route.Legs {
		if leg.Crossing != InternalOnly || i+1 >= len(route.Stops) {
			continue
		}
		from, to := l.countriesOf(route.Stops[i].Place, found), l.countriesOf(route.Stops[i+1].Place, found)
		if len(from) == 0 || len(to) == 0 || slices.ContainsFunc(from, func(c string) bool { return slices.Contains(to, c) }) {
			continue
		}
		r.warn(s.field("legs").item(i).field("crossing"),
			fmt.Sprintf("the leg is internal_only, and its ends lie in different countries, %s and %s", strings.Join(from, ", "), strings.Join(to, ", ")),
			"write how it crosses the border, or not_stated where the source does not say")
	}
}

// countriesOf gives the countries in which a place lies; none where that is not known, or where it is a crossing.
func (l *Loaded) countriesOf(id string, found map[string]gazetteer.Place) []string {
	if p, ok := l.placeByID(id); !ok || strings.HasPrefix(strings.ToLower(strings.TrimSpace(p.Query)), "crossing of ") {
		return nil
	}
	return found[id].Countries
}

// unfound says why a query finds nothing. What is named to write instead lies in the country that the query names.
func unfound(ix *gazetteer.Index, query string, err error, lying countries) (what, mend string) {
	if what, mend := miswritten(ix, query, err); mend != "" {
		return what, mend
	}
	var ambiguous *gazetteer.AmbiguousError
	i := strings.LastIndex(query, ",")
	if i < 0 || !errors.As(err, &ambiguous) || strings.Contains(query, " and ") || strings.Contains(query, " except ") {
		return err.Error(), mendQuery(err, lying)
	}
	parent := strings.TrimSpace(query[i+1:])
	in, failed := ix.Resolve(parent)
	if failed != nil || len(in.Countries) == 0 {
		return err.Error(), mendQuery(err, lying)
	}
	inside := slices.DeleteFunc(slices.Clone(ambiguous.Candidates), func(c gazetteer.Candidate) bool {
		return !slices.Contains(in.Countries, c.Record.Country)
	})
	switch {
	case len(inside) == 0:
		return fmt.Sprintf("no place named %q is known in %q", ambiguous.Name, parent),
			"mend the name, or write the place in which it lies and a precision as coarse; corridor geocode NAME tries a name out"
	case len(inside) < len(ambiguous.Candidates):
		return fmt.Sprintf("no place %q fits; %v", query, &gazetteer.AmbiguousError{Name: ambiguous.Name, Candidates: inside}), mendQuery(err, lying)
	}
	return err.Error(), mendQuery(err, lying)
}

func mendQuery(err error, lying countries) string {
	var ambiguous *gazetteer.AmbiguousError
	var unknown *gazetteer.UnknownError
	switch {
	case errors.As(err, &ambiguous) && len(lying) > 0 && !slices.ContainsFunc(ambiguous.Candidates, lying.hold):
		return "write one of these into query or, where the source means none of these, name the countries or provinces that it means"
	case errors.As(err, &ambiguous):
		return "write one of these into query"
	case errors.As(err, &unknown):
		return "mend the name in query"
	}
	return "mend the query; data/content/README.md lists what can be written"
}

// hold says whether another place of the pack lies in the country of a candidate.
func (lying countries) hold(c gazetteer.Candidate) bool { return lying[c.Record.Country] > 0 }
