package server

import (
	"bytes"
	"html"
	"html/template"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"

	"corridor/routes"
)

// renderer turns the Markdown of the content into safe HTML: paragraphs, emphasis, lists and links. Raw HTML is left out
// by the Markdown library and once more by the sanitiser.
type renderer struct {
	markdown goldmark.Markdown
	safe     *bluemonday.Policy
	bare     *bluemonday.Policy
}

func newRenderer() renderer {
	safe := bluemonday.NewPolicy()
	safe.AllowElements("p", "em", "strong", "ul", "ol", "li", "br")
	safe.AllowAttrs("href").OnElements("a")
	safe.AllowURLSchemes("https")
	safe.RequireNoReferrerOnLinks(true)
	safe.RequireNoFollowOnLinks(true)
	return renderer{goldmark.New(), safe, bluemonday.StrictPolicy()}
}

func (r renderer) words(about routes.About, t routes.Text, lang string) Words {
	chosen := about.In(t, lang)
	w := Words{Lang: chosen.Lang, Fallback: chosen.Lang != lang && slices.Contains(about.Tags(), lang), Draft: chosen.Draft}
	if chosen.Text == "" {
		return Words{Lang: lang}
	}
	var b bytes.Buffer
	if err := r.markdown.Convert([]byte(chosen.Text), &b); err != nil { // only a writer that fails makes it fail
		b.Reset()
		b.WriteString("<p>" + html.EscapeString(chosen.Text) + "</p>")
	}
	clean := r.safe.SanitizeBytes(b.Bytes())
	w.HTML = template.HTML(clean) //nolint:gosec // sanitised in the line above
	w.Plain = strings.TrimSpace(html.UnescapeString(string(r.bare.SanitizeBytes(clean))))
	return w
}
