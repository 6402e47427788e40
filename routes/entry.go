package routes

import "slices"

// EntryKind is what an entry of the search is.
type EntryKind string

// The kinds of entries.
const (
	RouteEntry    EntryKind = "route"
	PlaceEntry    EntryKind = "place"
	StopEntry     EntryKind = "stop"
	SiteEntry     EntryKind = "site"
	LessonEntry   EntryKind = "lesson"
	MovementEntry EntryKind = "movement"
	SourceEntry   EntryKind = "source"
	FindingEntry  EntryKind = "finding"
)

// EntryKinds lists the kinds in the order in which a search gives them: what a reader opens before what stands on it.
func EntryKinds() []EntryKind {
	return []EntryKind{
		RouteEntry, PlaceEntry, StopEntry, SiteEntry, LessonEntry, MovementEntry, SourceEntry, FindingEntry,
	}
}

// Entry is one thing that a search finds. It holds only what pages show: contacts are left out, since they are hidden
// once they are too old, and so is what only the speaker of a lesson reads.
type Entry struct {
	Kind EntryKind
	// ID is the document's; of a stop its route's and its own: yunnan.bangkok.
	ID string
	// Title and Body are plain text by language, without Markdown; a body has a line for each of its texts. Every entry has a
	// title.
	Title, Body Text
	// Cited are the citations of what it says, as pages show them beside it: it is found by them too. Empty where there are none.
	Cited string
	// Route is the route on whose page it is told; empty for places, sources, and what is shown beside no route.
	Route string
	// Stop is a stop's id within its route.
	Stop string
	// Place is the id of the place that it is about; empty where there is none.
	Place string
	// AsOf is the year that its source speaks of, of a source the year in which it was written; 0 where there is none.
	AsOf int
}

// Names are the places and organisations of a pack, by id, whose titles other documents bear.
type Names struct {
	places        map[string]Place
	organisations map[string]Organisation
}

// NamesOf gives the names of a pack.
func NamesOf(p Pack) Names {
	n := Names{make(map[string]Place, len(p.Places)), make(map[string]Organisation, len(p.Organisations))}
	for _, place := range p.Places {
		n.places[place.ID] = place
	}
	for _, o := range p.Organisations {
		n.organisations[o.ID] = o
	}
	return n
}

func (n Names) place(id string) Text { return n.places[id].Title }

func (n Names) organisation(id string) Text { return n.organisations[id].Title }

// Entries gives what a search finds of the documents of a pack, or of some of them; the names are those of the whole
// pack. It is a pure function. What has no title has no entry.
func Entries(p Pack, names Names) []Entry {
	var list []Entry
	add := func(e Entry, title Text, body ...Text) {
		if e.Title = plainText(title); len(e.Title) > 0 {
			e.Body = plainText(body...)
			list = append(list, e)
		}
	}
	for _, r := range p.Routes {
		add(Entry{Kind: RouteEntry, ID: r.ID, Route: r.ID, AsOf: r.AsOf, Cited: joinCitations(r.Citations)}, r.Title, with(r.Notes, r.Summary, names.organisation(r.SaidBy))...)
		for i, s := range r.Stops {
			title, body := names.stop(r, i)
			e := Entry{Kind: StopEntry, ID: r.ID + "." + s.ID, Route: r.ID, Stop: s.ID, Place: s.Place, AsOf: s.AsOf, Cited: citedAt(r, i)}
			add(e, title, body...)
		}
	}
	for _, place := range p.Places {
		add(Entry{Kind: PlaceEntry, ID: place.ID, Place: place.ID}, place.Title, place.Notes...)
	}
	for _, s := range p.Sites {
		body := with(s.Notes, s.Text, names.place(s.Place))
		for _, id := range s.Organisations {
			body = append(body, names.organisation(id))
		}
		e := Entry{Kind: SiteEntry, ID: s.ID, Route: first(s.Routes), Place: s.Place, AsOf: s.AsOf, Cited: joinCitations(s.Citations)}
		add(e, s.Title, append(body, told(s.Figures)...)...)
	}
	for _, l := range p.Lessons {
		add(Entry{Kind: LessonEntry, ID: l.ID, Route: l.Route}, l.Title, l.shown()...)
	}
	for _, m := range p.Movements {
		body := with(m.Notes, m.Text, names.place(m.From), names.place(m.To), names.organisation(m.SaidBy))
		e := Entry{Kind: MovementEntry, ID: m.ID, Route: first(m.Routes), Place: m.To, AsOf: m.AsOf, Cited: joinCitations(m.Citations)}
		if e.Place == "" {
			e.Place = m.From
		}
		add(e, m.Title, append(body, told(m.Figures)...)...)
	}
	for _, s := range p.Sources {
		original := p.About.Original()
		list = append(list, Entry{
			Kind: SourceEntry, ID: s.ID, AsOf: s.Created.year(), Title: Text{original: s.Title}, // as it stands on the document, no Markdown
			Body: plainText(s.Nature, s.Marking, s.Author, Text{original: s.ID}),
		})
	}
	for _, f := range p.Findings {
		e := Entry{Kind: FindingEntry, ID: f.ID, Route: first(f.Routes), Place: f.Scope, AsOf: f.AsOf, Cited: joinCitations(f.Citations)}
		add(e, names.organisation(f.SaidBy), with(f.Notes, f.Text, names.place(f.Scope))...)
	}
	return list
}

// stop gives the title and the texts of a route's stop and of the leg that leaves it, which its page shows together.
func (n Names) stop(r Route, i int) (title Text, body []Text) {
	s := r.Stops[i]
	if title = s.Title; title == nil {
		title = n.place(s.Place)
	}
	body = []Text{s.Text}
	if i < len(r.Legs) {
		body = append(body, r.Legs[i].Text)
		body = append(body, r.Legs[i].Notes...)
	}
	return title, append(append(body, n.place(s.Place)), s.Notes...)
}

// citedAt gives the citations of a route's stop and of the leg that leaves it, each once.
func citedAt(r Route, i int) string {
	list := slices.Clip(r.Stops[i].Citations) // the document keeps its own
	if i < len(r.Legs) {
		for _, c := range r.Legs[i].Citations {
			if !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
	}
	return joinCitations(list)
}

// shown are the texts of a lesson that its audience sees. Its quiz is to be answered before it is read.
func (l Lesson) shown() []Text {
	list := []Text{l.Summary}
	for _, s := range l.Steps {
		list = append(append(list, s.Title, s.Narration, s.Noticing, s.Protects, s.Help), s.Questions...)
		list = append(list, s.Decision)
	}
	return list
}

func told(figures []Figure) []Text {
	list := make([]Text, len(figures))
	for i, f := range figures {
		list[i] = f.Text
	}
	return list
}

// with gives some texts and the notes after them.
func with(notes []Text, texts ...Text) []Text { return append(texts, notes...) }

func first(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}
