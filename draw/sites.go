package draw

import (
	"strings"

	"github.com/paulmach/orb"
)

// siteGroup is the programmes of one place, which share one outline and one label.
type siteGroup []Site

// siteGroups gathers the programmes that the source gives a place for, in the order in which they come.
func (s *sheet) siteGroups() []siteGroup {
	if !s.options.Sites {
		return nil
	}
	var out []siteGroup
	index := map[string]int{}
	for _, site := range s.route.Sites {
		if _, ok := site.spot(); !ok {
			continue
		}
		place := site.Pack + " place " + site.PlaceID
		if site.PlaceID == "" {
			place = site.Pack + " site " + site.Site
		}
		if i, ok := index[place]; ok {
			out[i] = append(out[i], site)
			continue
		}
		index[place] = len(out)
		out = append(out, siteGroup{site})
	}
	return out
}

// spot is where a site's label belongs, in longitude-latitude degrees.
func (s Site) spot() (orb.Point, bool) { return spotOf(s.Geometry, s.Label) }

// says is what a group's label says: the number that the source gives, or the programme's name, or how many programmes.
func (g siteGroup) says(words Words, asOf int) string {
	number := ""
	for _, site := range g {
		if number == "" && site.Count != nil && *site.Count > 0 && site.CountUnit != "people" {
			number = site.amount(words) + " " + words("term.unit."+site.CountUnit)
		}
	}
	first := g[0]
	parts := []string{first.Place, number, words("map.programmes", "count", len(g))}
	if len(g) == 1 {
		parts = []string{number}
		if number == "" {
			parts[0] = first.Title
		}
	}
	if first.AsOf != asOf {
		parts = append(parts, words("claim.asOf", "year", first.AsOf))
	}
	var out []string
	for _, part := range parts {
		if part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, " · ")
}

// amount is the number that the source gives, and that it is a rough one where it says so.
func (s Site) amount(words Words) string {
	key := "legend.count"
	if s.Approximate {
		key = "figure.about"
	}
	return words(key, "count", *s.Count)
}

// drawSites draws the programmes' areas: outlines, since the hatches are the stops'.
func (s *sheet) drawSites(p *pen, groups []siteGroup) {
	c := s.colours
	for _, g := range groups {
		rings := s.view.rings(g[0].Geometry)
		if len(rings) == 0 {
			continue
		}
		around := s.view.around(g[0].Geometry, rings)
		if g[0].Precision == "country" {
			p.stroke(around, paint{c.site, 0.9}, 1.2, 6, 3)
			continue
		}
		p.round(true)
		p.area(rings, around, paint{c.site, 0.06}, paint{c.site, 0.9}, 1.6)
		p.round(false)
		p.stroke(s.view.shared(g[0].Parts), paint{c.site, c.part}, 0.8, 1, 3)
	}
}
