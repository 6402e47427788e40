package gazetteer

import (
	"fmt"
	"strings"
)

// UnknownError means that no record bears a name. Near lists names that are close to it. Kind is that of the records where nothing of
// another kind would do, 0 for any.
type UnknownError struct {
	Name string
	Near []string
	Kind Kind
}

// Error names the name and what is near it, or what to do.
func (e *UnknownError) Error() string {
	switch {
	case len(e.Near) > 0:
		return fmt.Sprintf("no %s is named %q; near ones are %s", e.Kind, e.Name, strings.Join(quoteAll(e.Near), ", "))
	case e.Kind == KindCrossing:
		return fmt.Sprintf("no crossing is named %q; write the town at the border on either side of it", e.Name)
	}
	return fmt.Sprintf("no %s is named %q; check the spelling, or write it in another language", e.Kind, e.Name)
}

// ElsewhereError means that what bears a name lies outside the country, an ISO 3166-1 alpha-2 code, to which a query keeps.
type ElsewhereError struct{ Name, Country string }

// Error names both, and what to do.
func (e *ElsewhereError) Error() string {
	return fmt.Sprintf("%q is not in %s; leave the country out to find it elsewhere", e.Name, e.Country)
}

// AmbiguousError means that a name fits several places. Candidates says for each what to write to mean it.
type AmbiguousError struct {
	Name       string
	Candidates []Candidate
}

// Error lists the candidates with what to write for each, its kind, and where it lies, as longitude and latitude.
func (e *AmbiguousError) Error() string {
	var b strings.Builder
	places := "places"
	if len(e.Candidates) == 1 {
		places = "place"
	}
	fmt.Fprintf(&b, "%q may mean %d %s; write", e.Name, len(e.Candidates), places)
	for i, c := range e.Candidates {
		if i > 0 {
			b.WriteString(" or")
		}
		fmt.Fprintf(&b, " %q (%s at %.3f, %.3f)", c.Write, c.Record.Kind, c.Record.Point[0], c.Record.Point[1])
	}
	return b.String()
}

// GeometryError means that the records were found but give no such geometry: two countries without a common border, a
// union of places that are no areas.
type GeometryError struct{ Problem string }

func (e *GeometryError) Error() string { return e.Problem }

func quoteAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = fmt.Sprintf("%q", s)
	}
	return out
}
