package server

import (
	"bytes"
	"html"
	"html/template"
	"slices"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	goldrender "github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

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
	safe.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	safe.AllowURLSchemes("https")
	safe.RequireNoReferrerOnLinks(true)
	safe.RequireNoFollowOnLinks(true)
	return renderer{newMarkdown(), safe, bluemonday.StrictPolicy()}
}

// newMarkdown writes headings and what is indented as paragraphs, as the presenter does: the sanitiser knows no others, and would
// let their words run together with those beside them.
func newMarkdown() goldmark.Markdown {
	const beforeItsOwn = 100
	return goldmark.New(goldmark.WithRendererOptions(goldrender.WithNodeRenderers(util.Prioritized(paragraphs{}, beforeItsOwn))))
}

// paragraphs writes blocks as paragraphs.
type paragraphs struct{}

// RegisterFuncs names the blocks, as goldmark asks of a renderer of nodes.
func (p paragraphs) RegisterFuncs(r goldrender.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, p.write)
	r.Register(ast.KindCodeBlock, p.write)
	r.Register(ast.KindFencedCodeBlock, p.write)
}

func (paragraphs) write(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, err := w.WriteString("</p>\n")
		return ast.WalkContinue, err
	}
	_, err := w.WriteString("<p>")
	if n.Kind() != ast.KindHeading && err == nil { // the words of a heading are nodes of their own
		_, err = w.Write(util.EscapeHTML(bytes.TrimRight(n.Lines().Value(source), "\n")))
	}
	return ast.WalkContinue, err
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
	w.Plain = routes.Plain(chosen.Text)
	return w
}
