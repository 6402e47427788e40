package routes

import (
	"fmt"
	"slices"
	"strings"
)

func (c *compiler) common(title Text, lang string) Common {
	w := c.pack.About.In(title, lang)
	return Common{Title: w.Text, Lang: w.Lang, Draft: w.Draft, Pack: c.pack.About.ID}
}

func (c *compiler) cited(claim Claim, saidBy, lang string) Cited {
	return Cited{
		AsOf: claim.AsOf, Time: string(claim.Time), Citation: joinCitations(claim.Citations),
		SaidBy: c.organisation(saidBy, lang), Licence: c.pack.About.Licence,
	}
}

func (c *compiler) text(t Text, lang string) string { return c.pack.About.In(t, lang).Text }

// texts joins notes, one a line.
func (c *compiler) texts(list []Text, lang string) string {
	lines := make([]string, len(list))
	for i, t := range list {
		lines[i] = c.text(t, lang)
	}
	return strings.Join(lines, "\n")
}

func (c *compiler) draft(lang string) bool { return c.pack.About.status(lang) == Draft }

func (c *compiler) organisation(id, lang string) string {
	i := slices.IndexFunc(c.pack.Organisations, func(o Organisation) bool { return o.ID == id })
	if i < 0 {
		return ""
	}
	return c.text(c.pack.Organisations[i].Title, lang)
}

func (c *compiler) stopTitle(s Stop) Text {
	if s.Title != nil {
		return s.Title
	}
	return c.shapes[s.Place].place.Title
}

// figures gives the first figure in fields of its own and all of them as text.
func (c *compiler) figures(list []Figure, lang string) FigureProperties {
	if len(list) == 0 {
		return FigureProperties{}
	}
	lines := make([]string, len(list))
	for i, f := range list {
		about := ""
		if f.Approximate {
			about = "≈ "
		}
		lines[i] = fmt.Sprintf("%s%d: %s", about, f.Count, c.text(f.Text, lang))
	}
	return FigureProperties{
		Count: &list[0].Count, CountUnit: string(list[0].Unit), CountText: c.text(list[0].Text, lang),
		Approximate: list[0].Approximate, Figures: strings.Join(lines, "\n"),
	}
}
