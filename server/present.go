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

// presenter turns the documents of a pack into what pages show, in one language.
type presenter struct {
	pack             routes.Pack
	lang             string
	render           renderer
	historicalBefore int
	// years, historical and drafts gather what a page says of itself as a whole.
	years      []int
	historical bool
	drafts     bool
}

func (s *Server) presenter(pack routes.Pack, lang string) *presenter {
	return &presenter{pack: pack, lang: lang, render: s.renderer, historicalBefore: s.historicalBefore()}
}

func (s *Server) fillHome(page *Page, packs []routes.Pack) {
	page.Home = &HomeView{}
	var years []int
	for _, pack := range packs {
		p := s.presenter(pack, page.Lang)
		for _, r := range pack.Routes {
			card := RouteCard{
				ID: r.ID, URL: "/routes/" + r.ID + "?lang=" + page.Lang, Title: p.words(r.Title), Summary: p.words(r.Summary),
				SaidBy: p.organisation(r.SaidBy), AsOf: r.AsOf, Historical: p.old(r.AsOf),
			}
			for _, stop := range r.Stops {
				card.Stops = append(card.Stops, p.words(p.stopTitle(stop)))
			}
			page.Home.Routes = append(page.Home.Routes, card)
		}
		page.Help = append(page.Help, s.help(p)...)
		years = append(years, p.years...)
		page.Historical = page.Historical || p.historical
		page.HasDrafts = page.HasDrafts || p.drafts
		page.StandIn = cmp.Or(page.StandIn, p.standIn())
	}
	page.Years = spanOf(years)
}

func (s *Server) fillRoute(page *Page, pack routes.Pack) {
	p := s.presenter(pack, page.Lang)
	r := pack.Routes[0]
	v := &RouteView{
		ID: r.ID, Title: p.words(r.Title), Summary: p.words(r.Summary), Claim: p.claim(r.Claim, r.SaidBy),
		Purpose: plain(r.Purpose), Exploitation: plain(r.Exploitation), Notes: p.all(r.Notes),
		Licence: pack.About.Licence, Attribution: pack.About.Attribution, JSON: "/api/routes/" + r.ID,
	}
	for i, stop := range r.Stops {
		v.Stops = append(v.Stops, p.stop(r, i, stop))
	}
	for _, m := range pack.Movements {
		movement := p.movement(m)
		v.Movements = append(v.Movements, movement)
		if movement.Drawn {
			page.Counts.Movements++
		}
	}
	for _, site := range pack.Sites {
		v.Sites = append(v.Sites, p.site(site))
		if p.onMap(site.Place) {
			page.Counts.Sites++
		}
	}
	v.Findings = p.findings()
	v.Sources = p.sources()
	for _, lesson := range pack.Lessons {
		q := url.Values{"lesson": {lesson.ID}, "lang": {page.Lang}}
		v.Lessons = append(v.Lessons, LessonLink{
			Title: p.words(lesson.Title), Present: "/routes/" + r.ID + "/present?" + q.Encode(),
			Handout: "/routes/" + r.ID + "/handout?" + q.Encode(),
			File:    "/routes/" + r.ID + "/lesson.html?" + url.Values{"lesson": {lesson.ID}}.Encode(),
		})
	}
	page.Help = s.help(p)
	v.Picture = s.pictureView(r.ID, page.Lang, v)
	page.Route = v
	page.Title, page.Description = v.Title.Plain, v.Summary.Plain
	page.Years, page.Historical, page.HasDrafts = spanOf(p.years), p.historical, p.drafts
	page.StandIn = p.standIn()
}

// standIn names the language that the content stands in, in the page's language, where the content has none of the page's.
func (p *presenter) standIn() string {
	if slices.Contains(p.pack.About.Tags(), p.lang) {
		return ""
	}
	original := language.Make(p.pack.About.Original())
	if names := display.Tags(language.Make(p.lang)); names != nil {
		if name := names.Name(original); name != "" {
			return name
		}
	}
	return display.Self.Name(original)
}

// sources are the documents that the pack cites.
func (p *presenter) sources() []SourceView {
	var out []SourceView
	for _, src := range p.pack.Sources {
		out = append(out, SourceView{
			ID: src.ID, Title: src.Title, Created: src.Created, Author: p.words(src.Author), Nature: p.words(src.Nature),
			Marking: p.words(src.Marking), URL: src.URL, NamesPeople: src.NamesPeople,
		})
	}
	return out
}

func (p *presenter) words(t routes.Text) Words {
	w := p.render.words(p.pack.About, t, p.lang)
	p.drafts = p.drafts || w.Draft
	return w
}

func (p *presenter) all(list []routes.Text) []Words {
	out := make([]Words, len(list))
	for i, t := range list {
		out[i] = p.words(t)
	}
	return out
}

// old says whether a year makes a historical account, and remembers the year for the page.
func (p *presenter) old(year int) bool {
	p.years = append(p.years, year)
	is := year < p.historicalBefore
	p.historical = p.historical || is
	return is
}

func (p *presenter) claim(c routes.Claim, saidBy string) ClaimView {
	v := ClaimView{SaidBy: p.organisation(saidBy), AsOf: c.AsOf, Historical: p.old(c.AsOf), Time: string(c.Time)}
	for _, citation := range c.Citations {
		v.Citations = append(v.Citations, CitationView{Text: string(citation), Href: "#source-" + citation.Source()})
	}
	return v
}

func (p *presenter) organisation(id string) Words {
	i := slices.IndexFunc(p.pack.Organisations, func(o routes.Organisation) bool { return o.ID == id })
	if i < 0 {
		return Words{}
	}
	return p.words(p.pack.Organisations[i].Title)
}

func (p *presenter) place(id string) (routes.Place, bool) {
	i := slices.IndexFunc(p.pack.Places, func(o routes.Place) bool { return o.ID == id })
	if i < 0 {
		return routes.Place{}, false
	}
	return p.pack.Places[i], true
}

// onMap says whether a place is stated and on the map: one of unknown precision is not.
func (p *presenter) onMap(id string) bool {
	place, ok := p.place(id)
	return ok && place.Precision != geo.Unknown
}

// placeTitle is nil where no place is stated.
func (p *presenter) placeTitle(id string) *Words {
	place, ok := p.place(id)
	if !ok {
		return nil
	}
	w := p.words(place.Title)
	return &w
}

func (p *presenter) stopTitle(s routes.Stop) routes.Text {
	if s.Title != nil {
		return s.Title
	}
	place, _ := p.place(s.Place)
	return place.Title
}

func (p *presenter) stop(r routes.Route, i int, stop routes.Stop) StopView {
	place, _ := p.place(stop.Place)
	v := StopView{
		Seq: i + 1, ID: stop.ID, Title: p.words(p.stopTitle(stop)), Place: p.words(place.Title),
		Precision: string(place.Precision), OneOf: stop.OneOf, Roles: plain(stop.Roles), Text: p.words(stop.Text),
		Notes: append(p.all(place.Notes), p.all(stop.Notes)...), Claim: p.claim(stop.Claim, r.SaidBy),
	}
	if i < len(r.Legs) {
		leg := r.Legs[i]
		v.Leg = &LegView{
			ID: leg.ID, From: v.Title, To: p.words(p.stopTitle(r.Stops[i+1])), Evidence: string(leg.Evidence),
			Crossing: string(leg.Crossing), CrossingPlace: p.placeTitle(leg.CrossingPlace), Transport: string(leg.Transport), Means: plain(leg.Means), Text: p.words(leg.Text),
			Notes: p.all(leg.Notes), Claim: p.claim(leg.Claim, r.SaidBy),
		}
	}
	return v
}

func (p *presenter) movement(m routes.Movement) MovementView {
	v := MovementView{
		ID: m.ID, Title: p.words(m.Title), Kind: string(m.Kind), From: p.placeTitle(m.From), To: p.placeTitle(m.To),
		Figures: p.figures(m.Figures), Text: p.words(m.Text), Notes: p.all(m.Notes), Claim: p.claim(m.Claim, m.SaidBy),
	}
	v.Drawn = p.onMap(m.From) && p.onMap(m.To)
	return v
}

func (p *presenter) site(s routes.Site) SiteView {
	v := SiteView{
		ID: s.ID, Title: p.words(s.Title), Kind: string(s.Kind), Place: p.placeTitle(s.Place), Services: plain(s.Services),
		Figures: p.figures(s.Figures), Text: p.words(s.Text), Notes: p.all(s.Notes), Claim: p.claim(s.Claim, ""),
	}
	if place, ok := p.place(s.Place); ok {
		v.Precision = string(place.Precision)
	} else {
		v.Precision = string(geo.Unknown)
	}
	for _, id := range s.Organisations {
		v.Organisations = append(v.Organisations, p.organisation(id))
	}
	return v
}

func (p *presenter) figures(list []routes.Figure) []FigureView {
	out := make([]FigureView, len(list))
	for i, f := range list {
		out[i] = FigureView{Count: f.Count, Approximate: f.Approximate, Text: p.words(f.Text)}
	}
	return out
}

// findings gives them in order, with those that disagree in one group.
func (p *presenter) findings() []FindingGroup {
	var groups []FindingGroup
	grouped := map[string]bool{}
	for _, f := range p.pack.Findings {
		if grouped[f.ID] {
			continue
		}
		grouped[f.ID] = true
		g := FindingGroup{Findings: []FindingView{p.finding(f)}}
		for _, other := range p.pack.Findings {
			if slices.Contains(f.DisagreesWith, other.ID) && !grouped[other.ID] {
				grouped[other.ID] = true
				g.Findings = append(g.Findings, p.finding(other))
			}
		}
		groups = append(groups, g)
	}
	return groups
}

func (p *presenter) finding(f routes.Finding) FindingView {
	v := FindingView{ID: f.ID, Text: p.words(f.Text), Notes: p.all(f.Notes), Claim: p.claim(f.Claim, f.SaidBy)}
	if scope := p.placeTitle(f.Scope); scope != nil {
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
