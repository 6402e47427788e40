package routes

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"

	"corridor/geo/gazetteer"
)

// nodesOfALine is about how many values a line has, to make room for at once.
const nodesOfALine = 400

// lineFile is one line of a file of route documents. What a line names stands in it or in a line before.
type lineFile struct {
	// What the pack says of itself: in the first line and no other.
	Pack *About `json:"pack,omitempty"`
	// The documents that the route cites. One that stood in a line before may stand again if it is the same.
	Sources []Source `json:"sources,omitempty"`
	// Who tells of the route. One that stood in a line before may stand again if it is the same.
	Organisations []Organisation `json:"organisations,omitempty"`
	// The places that the route names. One that stood in a line before may stand again if it is the same.
	Places []Place `json:"places,omitempty"`
	// The route, as in routes/ID.yaml of a pack's folder.
	Route *Route `json:"route,omitempty"`
}

// Lines reads a pack from a file of route documents, one JSON object in each line. The memory it needs grows with the
// places, sources and organisations, and hardly with the routes.
//
// Each line goes through [Lines.Parse], [Lines.Take] and [Line.Features]. Parse and Features may run at the same time for
// several lines; Take must have the lines in their order.
type Lines struct {
	name          string
	index         *gazetteer.Index
	about         *About
	known         identifiers
	told          map[string]definition // by list and id
	organisations map[string]Organisation
	places        map[string]Place
	order         []string // of places
	shapes        map[string]shape
	found         map[string]gazetteer.Place
	beside        map[string][]string
	named         map[string]bool // the places that routes name
	broken        bool            // whether nothing could be read of a line
	headless      bool            // whether that is the first, so that it is not known what the pack says of itself
}

// A definition is where something was told, and a digest of what.
type definition struct {
	line   int
	digest [sha256.Size]byte
}

// Line is one line of a file, with what it adds to the pack.
type Line struct {
	Loaded
	number  int
	blank   bool // whether there is nothing in it, as in the last line of many files
	whole   bool // whether it could be read
	fit     bool // whether each place of its route was found
	compile compiler
}

// NewLines begins to read a file of that name, which problems bear, and finds its places in an index of names.
func NewLines(name string, ix *gazetteer.Index) *Lines {
	return &Lines{
		name: name, index: ix, told: map[string]definition{}, organisations: map[string]Organisation{},
		places: map[string]Place{}, shapes: map[string]shape{}, found: map[string]gazetteer.Place{}, beside: map[string][]string{},
		named: map[string]bool{},
		known: identifiers{
			sources: map[string]Source{}, organisations: map[string]bool{}, places: map[string]bool{}, routes: map[string]bool{},
		},
	}
}

// Parse reads the JSON of a line, whose number counts from 1; the first may begin with a byte order mark. The line keeps the
// content, which must stay as it is.
func (l *Lines) Parse(number int, content []byte) *Line {
	line := &Line{number: number}
	if number == 1 {
		content = bytes.TrimPrefix(content, []byte(byteOrderMark))
	}
	if line.blank = len(bytes.TrimSpace(content)) == 0; line.blank {
		return line
	}
	f, problems := l.decode(number, content, nil)
	line.locate = func() map[spot]position {
		at := make(map[spot]position, nodesOfALine)
		l.decode(number, content, at)
		return at
	}
	if len(problems) > 0 {
		line.at, line.locate = map[spot]position{}, nil
		f, line.problems = l.decode(number, content, line.at)
	}
	line.whole = len(line.problems) == 0
	line.Sources, line.Organisations, line.Places = f.Sources, f.Organisations, f.Places
	forgetFine(line.Places)
	line.spots.sources = listSpots(l.name, "sources", len(f.Sources))
	line.spots.organisations = listSpots(l.name, "organisations", len(f.Organisations))
	line.spots.places = listSpots(l.name, "places", len(f.Places))
	if f.Pack != nil {
		line.About, line.spots.about = *f.Pack, spot{l.name, "pack"}
	}
	if f.Route != nil {
		line.Routes, line.spots.routes = []Route{*f.Route}, []spot{{l.name, "route"}}
	}
	return line
}

// decode reads a line, and where everything stands in it unless that is nil.
func (l *Lines) decode(number int, content []byte, at map[spot]position) (f lineFile, problems Problems) {
	r := reporter{at: at}
	decoder{&r, l.name, at == nil}.decodeLine(string(content), number, &f)
	return f, r.problems
}

// Take checks a line against those before it and finds its places. Nothing is said of lines after a first one that could not be
// read: without what the pack says of itself, such as which names are allowed, they would be accused of what is right.
func (l *Lines) Take(line *Line) {
	if l.headless {
		*line = Line{number: line.number, blank: true}
	}
	if line.blank {
		return
	}
	l.takeAbout(line)
	if l.about == nil {
		return
	}
	line.About = *l.about
	line.Sources, line.spots.sources = fresh(l, line, definitions[Source]{
		"source", line.Sources, line.spots.sources, func(s Source) string { return s.ID },
	})
	line.Organisations, line.spots.organisations = fresh(l, line, definitions[Organisation]{
		"organisation", line.Organisations, line.spots.organisations, func(o Organisation) string { return o.ID },
	})
	line.Places, line.spots.places = fresh(l, line, definitions[Place]{
		"place", line.Places, line.spots.places, func(p Place) string { return p.ID },
	})
	l.register(line)
	line.checkSources()
	line.checkPlaces()
	for i, r := range line.Routes {
		line.routeID(r.ID, line.spots.routes[i].field("id"), l.known.routes)
		line.checkRoute(r, line.spots.routes[i], l.sure())
	}
	l.resolve(line)
	for i, r := range line.Routes {
		line.internalLegs(r, line.spots.routes[i], l.found, &line.reporter)
	}
	l.gather(line)
}

// sure is what references are held against: nothing once nothing could be read of a line, which may have told what others name.
func (l *Lines) sure() identifiers {
	if l.broken {
		return identifiers{}
	}
	return l.known
}

// takeAbout wants what the pack says of itself in the first line that says anything.
func (l *Lines) takeAbout(line *Line) {
	root := spot{l.name, ""}
	stated := line.spots.about != spot{}
	silent := !stated && len(line.Sources)+len(line.Organisations)+len(line.Places)+len(line.Routes) == 0
	l.broken = l.broken || silent && !line.whole
	switch {
	case stated && l.about != nil:
		line.refuse(line.spots.about, "the pack speaks of itself a second time", "delete pack in all lines but the first")
	case stated:
		l.about = &line.About
		line.checkAbout()
	case l.about == nil && l.broken: // it may have stood there
		l.about, l.headless = &About{}, true
	case l.about == nil && line.whole:
		line.refuse(root, "the file does not begin with what the pack says of itself",
			`write pack: {"id": …, "title": …, "languages": …} into the first line`)
		l.about = &About{}
	}
	if silent && line.whole {
		line.refuse(root, "the line says nothing", "write a route, places, sources or organisations into it, or delete it")
	}
}

// definitions are those of one kind in a line, each with where it stands.
type definitions[D any] struct {
	kind  string
	list  []D
	spots []spot
	idOf  func(D) string
}

// fresh gives the definitions that no line before has, and refuses those that another line tells otherwise.
func fresh[D any](l *Lines, line *Line, d definitions[D]) (list []D, spots []spot) {
	for i, one := range d.list {
		raw, err := json.Marshal(one)
		if err != nil {
			line.refuse(d.spots[i], err.Error(), "mend it")
			continue
		}
		id, told := d.idOf(one), definition{line.number, sha256.Sum256(raw)}
		before, again := l.told[d.kind+" "+id]
		switch {
		case !again || before.line == line.number: // twice in one line is refused with the other ids
			l.told[d.kind+" "+id] = told
			list, spots = append(list, one), append(spots, d.spots[i])
		case before.digest != told.digest:
			line.refuse(d.spots[i], fmt.Sprintf("the %s %q is told otherwise in line %d", d.kind, id, before.line),
				"tell it once, or each time the same; give another one another id")
		}
	}
	return list, spots
}

// register makes known what the lines after may name.
func (l *Lines) register(line *Line) {
	line.places = l.places
	sources := map[string]bool{}
	for i, s := range line.Sources {
		line.id(s.ID, sourceForm, line.spots.sources[i].field("id"), sources)
		l.known.sources[s.ID] = s
	}
	for i, o := range line.Organisations {
		line.id(o.ID, idForm, line.spots.organisations[i].field("id"), l.known.organisations)
		l.organisations[o.ID] = o
	}
	for i, p := range line.Places {
		line.id(p.ID, idForm, line.spots.places[i].field("id"), l.known.places)
		l.places[p.ID] = p
		l.order = append(l.order, p.ID)
	}
}

// resolve finds the places of a line, together.
func (l *Lines) resolve(line *Line) {
	if len(line.Places) == 0 {
		return
	}
	found, r := line.findPlaces(l.index)
	line.problems = append(line.problems, r.problems...)
	for _, p := range line.Places {
		place, ok := found[p.ID]
		if !ok {
			continue
		}
		l.shapes[p.ID] = newShape(p, place)
		place.Geometry, place.Settlements = nil, nil // the shape has what is needed of them
		for i := range place.Parts {
			place.Parts[i].Area = nil
		}
		l.found[p.ID] = place
	}
}

// gather gives a line's route what its features are made of, so that they can be made while other lines are taken.
func (l *Lines) gather(line *Line) {
	line.compile = compiler{pack: Pack{About: *l.about}, shapes: map[string]shape{}}
	line.fit = true
	noteBeside(l.beside, line.Pack)
	noteNamed(l.named, line.Pack)
	for _, r := range line.Routes {
		line.compile.pack.Organisations = append(line.compile.pack.Organisations, l.organisations[r.SaidBy])
		for _, stop := range r.Stops {
			l.give(line, stop.Place)
		}
		for _, leg := range r.Legs {
			if leg.CrossingPlace != "" {
				l.give(line, leg.CrossingPlace)
			}
		}
	}
}

// give gives a line the shape of a place that its route names.
func (l *Lines) give(line *Line, place string) {
	s, found := l.shapes[place]
	line.fit = line.fit && found
	line.compile.shapes[place] = s
}

// Features checks the texts of a line that was taken and gives the features of its route, none where there is an error in it
// or in the places that it names. All
// problems of the line come back in one go.
func (line *Line) Features() ([]Feature, Problems) {
	if line.blank {
		return nil, nil
	}
	line.checkTexts()
	line.problems.sort()
	if !line.fit || len(line.problems.Errors()) > 0 {
		return nil, line.problems
	}
	for _, r := range line.Routes {
		line.compile.route(r)
	}
	return line.compile.features, line.problems
}

// About is what the pack says of itself; false as long as no line was taken that says it.
func (l *Lines) About() (About, bool) {
	if l.about == nil {
		return About{}, false
	}
	return *l.about, true
}

// Names are those of the places and organisations of every line that was taken. They may be read at the same time, as long
// as no line is taken.
func (l *Lines) Names() Names { return Names{l.places, l.organisations} }

// Documents are those of a line that can be saved with it. Places come last, when it is known which are named: see [Lines.Places].
func (line *Line) Documents() Pack {
	p := line.Pack
	p.Places = nil
	return p
}

// Warnings are what can be said of places only after the last line: that no route names one, or that it may have been found in
// a wrong country.
func (l *Lines) Warnings() (warnings Problems) {
	warn := func(id, what, mend string) {
		warnings = append(warnings, Problem{File: l.name, Line: l.told["place "+id].line, Column: 1, What: what, Mend: mend, Warning: true})
	}
	lying := countCountries(l.found)
	for _, id := range l.order {
		if !l.named[id] {
			what, mend := unnamed(id)
			warn(id, what, mend)
		} else if what, mend := lying.stray(l.found[id]); what != "" {
			warn(id, what, mend)
		}
	}
	return warnings
}

// Resolved gives after the last line each place that is named with what it was found to be, without its geometry.
func (l *Lines) Resolved() iter.Seq2[Place, gazetteer.Place] {
	return func(yield func(Place, gazetteer.Place) bool) {
		for _, id := range l.order {
			if l.named[id] && !yield(l.places[id], l.found[id]) {
				return
			}
		}
	}
}

// Places gives after the last line each place that is named with its features: its own and those of its parts.
func (l *Lines) Places() iter.Seq2[Place, []Feature] {
	return func(yield func(Place, []Feature) bool) {
		for place, found := range l.Resolved() {
			c := compiler{pack: Pack{About: *l.about}, shapes: l.shapes, beside: l.beside}
			c.place(place, found)
			if !yield(place, c.features) {
				return
			}
		}
	}
}
