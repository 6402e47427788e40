package routes

import (
	"fmt"
	"slices"
	"strings"
)

// common gives what features of every collection have. One is a draft where any of its texts is: a name often has no translation, and what
// is told below it has one.
func (c *compiler) common(title Text, lang string, told ...Text) Common {
	w := c.pack.About.In(title, lang)
	draft := c.anyDraft(lang, append(told, title)...)
	return Common{Title: withoutMarkdown(w.Text), Lang: w.Lang, Draft: draft, Pack: c.pack.About.ID}
}

// anyDraft says whether one of some texts is a draft, as it is chosen for a language.
func (c *compiler) anyDraft(lang string, list ...Text) bool {
	return slices.ContainsFunc(list, func(t Text) bool {
		w := c.pack.About.In(t, lang)
		return w.Draft && w.Text != ""
	})
}

func (c *compiler) cited(claim Claim, saidBy, lang string) Cited {
	return Cited{
		AsOf: claim.AsOf, Time: string(claim.Time), Citation: joinCitations(claim.Citations),
		SaidBy: c.organisation(saidBy, lang), Licence: c.pack.About.Licence,
	}
}

// text gives a text in a language without its Markdown, which maps, tables and programs do not read.
func (c *compiler) text(t Text, lang string) string { return Plain(c.pack.About.In(t, lang).Text) }

// line gives a text in a language without its Markdown, in one line.
func (c *compiler) line(t Text, lang string) string {
	return withoutMarkdown(c.pack.About.In(t, lang).Text)
}

// texts joins notes, one a line.
func (c *compiler) texts(list []Text, lang string) string {
	lines := make([]string, len(list))
	for i, t := range list {
		lines[i] = c.line(t, lang)
	}
	return strings.Join(lines, "\n")
}

func (c *compiler) organisation(id, lang string) string {
	i := slices.IndexFunc(c.pack.Organisations, func(o Organisation) bool { return o.ID == id })
	if i < 0 {
		return ""
	}
	return c.line(c.pack.Organisations[i].Title, lang)
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
		lines[i] = fmt.Sprintf("%s%d: %s", about, f.Count, c.line(f.Text, lang))
	}
	return FigureProperties{
		Count: &list[0].Count, CountUnit: string(list[0].Unit), CountText: c.line(list[0].Text, lang),
		Approximate: list[0].Approximate, Figures: strings.Join(lines, "\n"),
	}
}
