package server

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"corridor/geo"
	"corridor/routes"
)

// teller turns the documents of a pack into what pages show, in one language.
type teller struct {
	pack             routes.Pack
	lang             string
	render           renderer
	historicalBefore int
	// years and drafts gather what a page says of itself as a whole.
	years  []int
	drafts bool
}

func (s *Server) teller(pack routes.Pack, lang string) *teller {
	return &teller{pack: pack, lang: lang, render: s.renderer, historicalBefore: s.historicalBefore()}
}

// fillHome lists routes; lessons are the ids of the lessons that they have, by the routes' own.
func (s *Server) fillHome(page *Page, packs []routes.Pack, lessons map[string]string) {
	page.Home = &HomeView{}
	var years []int
	for _, pack := range packs {
		t := s.teller(pack, page.Lang)
		for _, r := range pack.Routes {
			card := RouteCard{
				ID: r.ID, URL: "/routes/" + r.ID + "?lang=" + page.Lang, Title: t.words(r.Title), Summary: t.words(r.Summary),
				SaidBy: t.organisation(r.SaidBy), AsOf: r.AsOf, Historical: t.old(r.AsOf),
			}
			if lesson := lessons[r.ID]; lesson != "" {
				card.Present = presenting(r.ID, lesson, page.Lang)
			}
			for _, stop := range r.Stops {
				card.Stops = append(card.Stops, t.words(t.stopTitle(stop)))
			}
			page.Home.Routes = append(page.Home.Routes, card)
		}
		page.Help = append(page.Help, s.help(t)...)
		years = append(years, t.years...)
		page.HasDrafts = page.HasDrafts || t.drafts
		page.StandIn = cmp.Or(page.StandIn, t.standIn())
	}
	s.date(page, years)
}

func (s *Server) fillRoute(page *Page, pack routes.Pack) {
	t := s.teller(pack, page.Lang)
	r := pack.Routes[0]
	v := &RouteView{
		ID: r.ID, Title: t.words(r.Title), Summary: t.words(r.Summary), Claim: t.claim(r.Claim, r.SaidBy),
		Purpose: plain(r.Purpose), Exploitation: plain(r.Exploitation), Notes: t.all(r.Notes),
		Licence: pack.About.Licence, Attribution: pack.About.Attribution, JSON: "/api/routes/" + r.ID,
	}
	for i, stop := range r.Stops {
		v.Stops = append(v.Stops, t.stop(r, i, stop))
	}
	for _, m := range pack.Movements {
		movement := t.movement(m)
		v.Movements = append(v.Movements, movement)
		if movement.Drawn {
			page.Counts.Movements++
		}
	}
	for _, site := range pack.Sites {
		v.Sites = append(v.Sites, t.site(site))
		if t.onMap(site.Place) {
			page.Counts.Sites++
		}
	}
	v.Findings = t.findings()
	v.Sources = t.sources()
	for _, lesson := range pack.Lessons {
		v.Lessons = append(v.Lessons, t.lesson(lesson))
	}
	page.Help = s.help(t)
	v.Picture = s.pictureView(r.ID, page.Lang, v)
	page.Route = v
	page.Title, page.Description = v.Title.Plain, v.Summary.Plain
	s.date(page, t.years)
	page.HasDrafts = t.drafts
	page.StandIn = t.standIn()
}

func (t *teller) lesson(lesson routes.Lesson) LessonLink {
	at := "/routes/" + lesson.Route
	return LessonLink{
		Title: t.words(lesson.Title), Present: presenting(lesson.Route, lesson.ID, t.lang),
		Handout: at + "/handout?" + url.Values{"lesson": {lesson.ID}, "lang": {t.lang}}.Encode(),
		File:    at + "/lesson.html?" + url.Values{"lesson": {lesson.ID}}.Encode(),
	}
}

// presenting is the address of a lesson's presenter.
func presenting(route, lesson, lang string) string {
	return "/routes/" + route + "/present?" + url.Values{"lesson": {lesson}, "lang": {lang}}.Encode()
}

// standIn names the language that the content stands in, in the page's language, where the content has none of the page's.
func (t *teller) standIn() string {
	if slices.Contains(t.pack.About.Tags(), t.lang) {
		return ""
	}
	original := language.Make(t.pack.About.Original())
	if names := display.Tags(language.Make(t.lang)); names != nil {
		if name := names.Name(original); name != "" {
			return name
		}
	}
	return display.Self.Name(original)
}

// sources are the documents that the pack cites.
func (t *teller) sources() []SourceView {
	var out []SourceView
	for _, src := range t.pack.Sources {
		out = append(out, SourceView{
			ID: src.ID, Title: src.Title, Created: string(src.Created), Author: t.words(src.Author), Nature: t.words(src.Nature),
			Marking: t.words(src.Marking), URL: src.URL, NamesPeople: src.NamesPeople,
		})
	}
	return out
}

func (t *teller) words(text routes.Text) Words {
	w := t.render.words(t.pack.About, text, t.lang)
	t.drafts = t.drafts || w.Draft
	return w
}

// noteDrafts begins to note whether a draft is among the words of a part, and the function that it gives ends that and says so.
func (t *teller) noteDrafts() (noted func() bool) {
	former := t.drafts
	t.drafts = false
	return func() bool {
		inPart := t.drafts
		t.drafts = former || inPart
		return inPart
	}
}

func (t *teller) all(list []routes.Text) []Words {
	out := make([]Words, len(list))
	for i, text := range list {
		out[i] = t.words(text)
	}
	return out
}

// old says whether a year makes a historical account, and remembers the year for the page.
func (t *teller) old(year int) bool {
	t.years = append(t.years, year)
	return year < t.historicalBefore
}

func (t *teller) claim(c routes.Claim, saidBy string) ClaimView {
	v := ClaimView{SaidBy: t.organisation(saidBy), AsOf: c.AsOf, Historical: t.old(c.AsOf), Time: string(c.Time)}
	for _, citation := range c.Citations {
		v.Citations = append(v.Citations, CitationView{Text: string(citation), Href: "#source-" + citation.Source()})
	}
	return v
}

func (t *teller) organisation(id string) Words {
	i := slices.IndexFunc(t.pack.Organisations, func(o routes.Organisation) bool { return o.ID == id })
	if i < 0 {
		return Words{}
	}
	return t.words(t.pack.Organisations[i].Title)
}

func (t *teller) place(id string) (routes.Place, bool) {
	i := slices.IndexFunc(t.pack.Places, func(o routes.Place) bool { return o.ID == id })
	if i < 0 {
		return routes.Place{}, false
	}
	return t.pack.Places[i], true
}

// onMap says whether a place is stated and on the map: one of unknown precision is not.
func (t *teller) onMap(id string) bool {
	place, ok := t.place(id)
	return ok && place.Precision != geo.Unknown
}

// placeTitle is nil where no place is stated.
func (t *teller) placeTitle(id string) *Words {
	place, ok := t.place(id)
	if !ok {
		return nil
	}
	w := t.words(place.Title)
	return &w
}

func (t *teller) stopTitle(s routes.Stop) routes.Text {
	if s.Title != nil {
		return s.Title
	}
	place, _ := t.place(s.Place)
	return place.Title
}

func (t *teller) stop(r routes.Route, i int, stop routes.Stop) StopView {
	place, _ := t.place(stop.Place)
	v := StopView{
		Seq: i + 1, ID: stop.ID, Title: t.words(t.stopTitle(stop)), Place: t.words(place.Title),
		Precision: string(place.Precision), OneOf: stop.OneOf, Roles: plain(stop.Roles), Text: t.words(stop.Text),
		Notes: append(t.all(place.Notes), t.all(stop.Notes)...), Claim: t.claim(stop.Claim, r.SaidBy),
	}
	if i < len(r.Legs) {
		leg := r.Legs[i]
		v.Leg = &LegView{
			ID: leg.ID, From: v.Title, To: t.words(t.stopTitle(r.Stops[i+1])), Evidence: string(leg.Evidence),
			Crossing: string(leg.Crossing), CrossingPlace: t.placeTitle(leg.CrossingPlace), Transport: string(leg.Transport), Means: plain(leg.Means), Text: t.words(leg.Text),
			Notes: t.all(leg.Notes), Claim: t.claim(leg.Claim, r.SaidBy),
		}
	}
	return v
}

func (t *teller) movement(m routes.Movement) MovementView {
	v := MovementView{
		ID: m.ID, Title: t.words(m.Title), Kind: string(m.Kind), From: t.placeTitle(m.From), To: t.placeTitle(m.To),
		Figures: t.figures(m.Figures), Text: t.words(m.Text), Notes: t.all(m.Notes), Claim: t.claim(m.Claim, m.SaidBy),
	}
	v.Drawn = t.onMap(m.From) && t.onMap(m.To)
	return v
}

func (t *teller) site(s routes.Site) SiteView {
	v := SiteView{
		ID: s.ID, Title: t.words(s.Title), Kind: string(s.Kind), Place: t.placeTitle(s.Place), Services: plain(s.Services),
		Figures: t.figures(s.Figures), Text: t.words(s.Text), Notes: t.all(s.Notes), Claim: t.claim(s.Claim, ""),
	}
	if place, ok := t.place(s.Place); ok {
		v.Precision = string(place.Precision)
	}
	for _, id := range s.Organisations {
		v.Organisations = append(v.Organisations, t.organisation(id))
	}
	return v
}

func (t *teller) figures(list []routes.Figure) []FigureView {
	out := make([]FigureView, len(list))
	for i, f := range list {
		out[i] = FigureView{Count: f.Count, Approximate: f.Approximate, Text: t.words(f.Text)}
	}
	return out
}

// findings gives them in order, with those that disagree in one group: of three also the third, which disagrees with the second alone.
func (t *teller) findings() []FindingGroup {
	var groups []FindingGroup
	grouped := map[string]bool{}
	for _, f := range t.pack.Findings {
		if grouped[f.ID] {
			continue
		}
		grouped[f.ID] = true
		voices := []routes.Finding{f}
		for i := 0; i < len(voices); i++ {
			for _, other := range t.pack.Findings {
				if slices.Contains(voices[i].DisagreesWith, other.ID) && !grouped[other.ID] {
					grouped[other.ID] = true
					voices = append(voices, other)
				}
			}
		}
		var g FindingGroup
		for _, voice := range voices {
			g.Findings = append(g.Findings, t.finding(voice))
		}
		groups = append(groups, g)
	}
	return groups
}

func (t *teller) finding(f routes.Finding) FindingView {
	v := FindingView{ID: f.ID, Text: t.words(f.Text), Notes: t.all(f.Notes), Claim: t.claim(f.Claim, f.SaidBy)}
	if scope := t.placeTitle(f.Scope); scope != nil {
		v.Scope = *scope
	}
	return v
}

func plain[C ~string](list []C) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = string(c)
	}
	return out
}

// date says on a page of what years the sources in view are, and whether they are from long ago.
func (s *Server) date(page *Page, years []int) {
	page.Years, page.History = spanOf(years), s.history(years)
}

// history is the key of what is said of the age of sources: that all, or some of them, are historical accounts; empty for none.
func (s *Server) history(years []int) string {
	switch before := s.historicalBefore(); {
	case len(years) == 0 || slices.Min(years) >= before:
		return ""
	case slices.Max(years) < before:
		return "claim.historical"
	}
	return "claim.historicalSome"
}

// spanOf gives "2008" or "1995–2008".
func spanOf(years []int) string {
	if len(years) == 0 {
		return ""
	}
	first, last := slices.Min(years), slices.Max(years)
	if first == last {
		return strconv.Itoa(first)
	}
	return fmt.Sprintf("%d–%d", first, last)
}
