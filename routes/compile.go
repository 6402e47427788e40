package routes

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo"
	"corridor/geo/gazetteer"
)

// How geometry is published.
const (
	areaTolerance = 0.02 // degrees, about 2 km
	// areaDecimals is about 100 m, since a generalised edge is up to 2 km off: more would only be bytes to load.
	areaDecimals = 3
	// placeDecimals is that of towns and of borders.
	placeDecimals = 5
	// lineDecimals is that of drawn curves, about 100 m, since no position of them is meant.
	lineDecimals   = 3
	curvePositions = 48
	legBend        = 0.13
	movementBend   = 0.2
)

// Compile turns a checked pack and its resolved places into features. It is a pure function: the same pack and places
// give the same features. Each place that a document names must be among the places.
func Compile(p Pack, places map[string]gazetteer.Place) []Feature {
	c := compiler{pack: p, shapes: map[string]shape{}, beside: map[string][]string{}}
	for _, place := range p.Places {
		c.shapes[place.ID] = newShape(place, places[place.ID])
	}
	for _, r := range p.Routes {
		c.route(r)
	}
	for _, m := range p.Movements {
		c.movement(m)
	}
	for _, s := range p.Sites {
		c.site(s)
	}
	noteBeside(c.beside, p)
	for _, place := range p.Places {
		c.place(place, places[place.ID])
	}
	return c.features
}

// drawn is a curve between two spots, nil where they are one, or so near each other that they are as published: then there is no way to draw.
func drawn(from, to orb.Point, bend float64) orb.Geometry {
	lines, _ := geo.Rounded(geo.Curve(from, to, bend, curvePositions), lineDecimals).(orb.MultiLineString)
	if len(lines) == 0 {
		return nil
	}
	return simplest(lines)
}

type compiler struct {
	pack     Pack
	shapes   map[string]shape
	beside   map[string][]string // the routes of each place
	features []Feature
}

// add makes a feature with its properties in each language of the pack.
func (c *compiler) add(f Feature, properties func(lang string) any) {
	f.Default = c.pack.About.Original()
	f.Properties = map[string]any{}
	for _, lang := range c.pack.About.Tags() {
		f.Properties[lang] = properties(lang)
	}
	c.features = append(c.features, f)
}

func (c *compiler) route(r Route) {
	spots, areas := c.stopSpots(r), c.areas(r)
	for i, stop := range r.Stops {
		s := c.shapes[stop.Place]
		label := Label{}
		if s.placed() && !s.point() {
			at := spots[i]
			label = Label{&at[0], &at[1]}
		}
		c.add(Feature{
			Collection: Stops, ID: r.ID + "." + stop.ID, Routes: []string{r.ID}, AsOf: stop.AsOf, Time: stop.Time,
			From: stop.Place, Geometry: s.geometry,
		}, func(lang string) any {
			return StopProperties{
				Route: r.ID, Stop: stop.ID, Seq: i + 1, Common: c.common(c.stopTitle(stop), lang, with(slices.Concat(s.place.Notes, stop.Notes), stop.Text)...),
				Place: c.line(s.place.Title, lang), PlaceID: stop.Place, Role: joinCodes(stop.Roles),
				Precision: string(s.place.Precision), OneOf: stop.OneOf, Parts: len(s.parts), Text: c.text(stop.Text, lang),
				Notes: c.texts(slices.Concat(s.place.Notes, stop.Notes), lang), Cited: c.cited(stop.Claim, r.SaidBy, lang), Label: label,
			}
		})
	}
	for i, leg := range r.Legs {
		c.leg(r, i, leg, spots, areas)
	}
}

// stopSpots chooses for each stop that is on the map where lines to it end, by the way to its neighbours.
func (c *compiler) stopSpots(r Route) []orb.Point {
	spots, shapes := make([]orb.Point, len(r.Stops)), make([]shape, len(r.Stops))
	for i, stop := range r.Stops {
		shapes[i] = c.shapes[stop.Place]
		spots[i] = shapes[i].centre()
	}
	for i, s := range shapes {
		var neighbours []orb.Point
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(spots) && shapes[j].placed() {
				neighbours = append(neighbours, spots[j])
			}
		}
		if !s.placed() || s.point() {
			continue
		}
		if p, ok := geo.Rounded(s.spot(neighbours...), lineDecimals).(orb.Point); ok {
			spots[i] = p
		}
	}
	return spots
}

func (c *compiler) leg(r Route, i int, leg Leg, spots []orb.Point, areas []*geo.PreparedArea) {
	from, to := c.shapes[r.Stops[i].Place], c.shapes[r.Stops[i+1].Place]
	f := Feature{
		Collection: Legs, ID: r.ID + "." + leg.ID, Routes: []string{r.ID}, AsOf: leg.AsOf, Time: leg.Time,
		From: r.Stops[i].Place, To: r.Stops[i+1].Place,
	}
	schematic := false
	if from.placed() && to.placed() {
		schematic = !from.point() || !to.point()
		f.Geometry = drawn(spots[i], spots[i+1], bend(areas, spots[i], spots[i+1]))
	}
	c.add(f, func(lang string) any {
		start, end := c.stopTitle(r.Stops[i]), c.stopTitle(r.Stops[i+1])
		title := fmt.Sprintf("%s → %s", c.line(start, lang), c.line(end, lang))
		draft := c.anyDraft(lang, with(leg.Notes, leg.Text, start, end)...)
		return LegProperties{
			Route: r.ID, Leg: leg.ID, Seq: i + 1, Common: Common{title, c.pack.About.In(leg.Text, lang).Lang, draft, c.pack.About.ID},
			From: leg.From, To: leg.To,
			FromPrecision: string(from.place.Precision), ToPrecision: string(to.place.Precision), FromOneOf: r.Stops[i].OneOf,
			Evidence: string(leg.Evidence), Schematic: schematic, Crossing: string(leg.Crossing),
			CrossingPlace: c.line(c.shapes[leg.CrossingPlace].place.Title, lang), CrossingID: leg.CrossingPlace,
			Transport: string(leg.Transport), Means: joinCodes(leg.Means), Text: c.text(leg.Text, lang),
			Notes: c.texts(leg.Notes, lang), Cited: c.cited(leg.Claim, r.SaidBy, lang),
		}
	})
}

// areas are those that a route tells of.
func (c *compiler) areas(r Route) (areas []*geo.PreparedArea) {
	for _, stop := range r.Stops {
		if s := c.shapes[stop.Place]; s.inside != nil && !slices.Contains(areas, s.inside) {
			areas = append(areas, s.inside)
		}
	}
	return areas
}

// bend chooses to which side a leg bends: to that on which it keeps to the areas that the route tells of. A curve that
// left them would suggest a way, such as one by sea, that nobody told.
func bend(areas []*geo.PreparedArea, from, to orb.Point) float64 {
	if len(areas) == 0 {
		return legBend
	}
	inside := func(bend float64) int {
		n := 0
		for _, line := range geo.Curve(from, to, bend, curvePositions) {
			for _, p := range line {
				if slices.ContainsFunc(areas, func(a *geo.PreparedArea) bool { return a.Contains(p) }) {
					n++
				}
			}
		}
		return n
	}
	if inside(-legBend) > inside(legBend) {
		return -legBend
	}
	return legBend
}

func (c *compiler) movement(m Movement) {
	f := Feature{Collection: Movements, ID: c.pack.About.ID + "." + m.ID, Routes: m.Routes, AsOf: m.AsOf, Time: m.Time, From: m.From, To: m.To}
	from, to := c.shapes[m.From], c.shapes[m.To]
	schematic := false
	if from.placed() && to.placed() {
		schematic = !from.point() || !to.point()
		start := from.spot(to.centre())
		end := to.spot(start)
		f.Geometry = drawn(start, end, movementBend)
	}
	c.add(f, func(lang string) any {
		return MovementProperties{
			Route: strings.Join(m.Routes, "; "), Movement: m.ID, Kind: string(m.Kind), Common: c.common(m.Title, lang, with(m.Notes, append(told(m.Figures), m.Text)...)...),
			From: m.From, To: m.To, FromTitle: c.line(from.place.Title, lang), ToTitle: c.line(to.place.Title, lang),
			FromPrecision: string(from.place.Precision), ToPrecision: string(to.place.Precision), Schematic: schematic,
			FigureProperties: c.figures(m.Figures, lang), Text: c.text(m.Text, lang), Notes: c.texts(m.Notes, lang),
			Cited: c.cited(m.Claim, m.SaidBy, lang),
		}
	})
}

func (c *compiler) site(site Site) {
	s := c.shapes[site.Place]
	label := s.label()
	c.add(Feature{
		Collection: Sites, ID: c.pack.About.ID + "." + site.ID, Routes: site.Routes, AsOf: site.AsOf, Time: site.Time,
		From: site.Place, Geometry: s.geometry,
	}, func(lang string) any {
		var run []string
		for _, id := range site.Organisations {
			run = append(run, c.organisation(id, lang))
		}
		return SiteProperties{
			Route: strings.Join(site.Routes, "; "), Site: site.ID, Kind: string(site.Kind), Common: c.common(site.Title, lang, with(site.Notes, append(told(site.Figures), site.Text)...)...),
			Organisations: strings.Join(run, "; "), Place: c.line(s.place.Title, lang), PlaceID: site.Place,
			Precision: string(s.place.Precision), Parts: len(s.parts), Services: joinCodes(site.Services),
			FigureProperties: c.figures(site.Figures, lang), Text: c.text(site.Text, lang),
			Notes: c.texts(site.Notes, lang), Cited: c.cited(site.Claim, "", lang), Label: label,
		}
	})
}

// place makes a feature of a place, and one of each of its parts.
func (c *compiler) place(p Place, found gazetteer.Place) {
	s := c.shapes[p.ID]
	label := s.label()
	origin := found.Origin()
	beside := c.beside[p.ID]
	c.add(Feature{Collection: Places, ID: c.pack.About.ID + "." + p.ID, Routes: beside, From: p.ID, Geometry: s.geometry}, func(lang string) any {
		return PlaceProperties{
			Place: p.ID, Common: c.common(p.Title, lang, p.Notes...), Precision: string(p.Precision), Query: p.Query, Origin: origin,
			Notes: c.texts(p.Notes, lang), Label: label,
		}
	})
	codes := map[string]int{}
	for i, part := range found.Parts {
		id := p.ID + "." + part.Code
		if codes[part.Code]++; codes[part.Code] > 1 { // Natural Earth has two areas of one code in a dozen countries: IE-CO, PH-MNL
			id += "-" + strconv.Itoa(codes[part.Code])
		}
		f := Feature{
			Collection: Places, ID: c.pack.About.ID + "." + id, Routes: beside, PartOf: p.ID,
			From:     id,
			Geometry: simplest(s.parts[i]),
		}
		c.add(f, func(lang string) any {
			return PlaceProperties{
				Place: id, PartOf: p.ID, Precision: string(part.Precision), Origin: origin,
				// A part's name comes from the reference data, in Latin letters whatever the language.
				Common: Common{Title: part.Name, Lang: c.pack.About.Original(), Pack: c.pack.About.ID},
			}
		})
	}
}

// noteBeside notes for each place the routes that pass it or beside which something at it is shown, each once.
func noteBeside(beside map[string][]string, p Pack) {
	for _, r := range p.Routes {
		for _, stop := range r.Stops {
			// A route that passes twice is the last that was noted; to look through all would take long at a place of many.
			if known := beside[stop.Place]; len(known) == 0 || known[len(known)-1] != r.ID {
				beside[stop.Place] = append(known, r.ID)
			}
		}
	}
	noteShownBeside(beside, p)
}

// noteShownBeside notes them for the places at which no route stops.
func noteShownBeside(beside map[string][]string, p Pack) {
	add := func(place string, ids []string) {
		for _, id := range ids {
			if !slices.Contains(beside[place], id) {
				beside[place] = append(beside[place], id)
			}
		}
	}
	for _, r := range p.Routes {
		for _, leg := range r.Legs {
			if leg.CrossingPlace != "" {
				add(leg.CrossingPlace, []string{r.ID})
			}
		}
	}
	for _, m := range p.Movements {
		add(m.From, m.Routes)
		add(m.To, m.Routes)
	}
	for _, s := range p.Sites {
		add(s.Place, s.Routes)
	}
	for _, f := range p.Findings {
		add(f.Scope, f.Routes)
	}
}
