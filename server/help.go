package server

import (
	"html/template"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"corridor/routes"
)

// ContactView is where help is to be had.
type ContactView struct {
	Title, Hours Words
	// Kind is a code.
	Kind string
	// Country is the country's name, Languages the names of the languages spoken, in the page's language.
	Country, Languages string
	// Phone and URL are empty where there is none.
	Phone, URL string
	// Verified is the day on which somebody made sure that it is right, such as 2026-05-01, and Until that from which it is hidden.
	Verified, Until string
}

// Dial is the address that dials the phone.
func (c ContactView) Dial() template.URL {
	digits := strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, c.Phone)
	return template.URL("tel:" + digits) //nolint:gosec // only digits and a plus are left
}

// help gives the contacts of a pack that were verified recently enough.
func (s *Server) help(t *teller) []ContactView {
	var out []ContactView
	tag := language.Make(t.lang)
	for _, c := range t.pack.Contacts {
		if !c.Current(s.Now()) {
			continue
		}
		v := ContactView{
			Title: t.words(c.Title), Hours: t.words(c.Hours), Kind: string(c.Kind), Country: c.Country, Phone: c.Phone, URL: c.URL,
			Verified: c.Verified, Until: c.Until(),
		}
		if region, err := language.ParseRegion(c.Country); err == nil && display.Regions(tag) != nil {
			v.Country = display.Regions(tag).Name(region)
		}
		names := make([]string, len(c.Languages))
		for i, code := range c.Languages {
			names[i] = display.Self.Name(language.Make(code))
		}
		v.Languages = strings.Join(names, ", ")
		out = append(out, v)
	}
	return out
}

// helpDay is what of an answer depends on the day: contacts are hidden when they are too old. Empty where there is none.
func (s *Server) helpDay(packs ...routes.Pack) string {
	for _, p := range packs {
		if len(p.Contacts) > 0 {
			return s.Now().UTC().Format("20060102")
		}
	}
	return "-"
}
