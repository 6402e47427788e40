package routes

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// checkMarkup refuses what pages leave out of a text and other programs, which get it as it is written, may not: HTML, pictures,
// links that are not https ones, and marks that are written as entities. Shown
// is the text as pages show it.
func (l *Loaded) checkMarkup(markdown, shown string, at func() spot) {
	if strings.Contains(markdown, "&") {
		l.refuseEntities(html.UnescapeString(markdown)+shown, at)
	}
	if !strings.ContainsAny(markdown, "<[") {
		return // most texts
	}
	source := []byte(markdown)
	context := parser.NewContext()
	_ = ast.Walk(markdownParser().Parse(text.NewReader(source), parser.WithContext(context)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			l.refuseMarkup(n, source, at)
		}
		return ast.WalkContinue, nil
	})
	for _, r := range context.References() {
		l.refuseLink(string(r.Destination()), at)
	}
}

// refuseEntities refuses the first character of a text without entities that a file may not hold as it is.
func (l *Loaded) refuseEntities(text string, at func() spot) {
	if i := indexUnwanted(text); i >= 0 {
		r, _ := utf8.DecodeRuneInString(text[i:])
		l.refuse(at(), unwantedText(r)+", nor as an entity", "delete it")
	}
}

func (l *Loaded) refuseMarkup(n ast.Node, source []byte, at func() spot) {
	switch n := n.(type) {
	case *ast.RawHTML:
		l.refuseHTML(string(n.Segments.Value(source)), at)
	case *ast.HTMLBlock:
		l.refuseHTML(string(n.Lines().Value(source)), at)
	case *ast.Image:
		l.refuse(at(), fmt.Sprintf("the text shows the picture %q", n.Destination), "tell it in words; texts show no pictures")
	case *ast.Link:
		if n.Reference == nil { // else it is refused where it is defined
			l.refuseLink(string(n.Destination), at)
		}
	case *ast.AutoLink:
		l.refuseLink(string(n.URL(source)), at)
	}
}

func (l *Loaded) refuseHTML(tag string, at func() spot) {
	const longest = 60
	tag = strings.TrimSpace(firstLine(tag))
	if runes := []rune(tag); len(runes) > longest {
		tag = string(runes[:longest]) + "…"
	}
	l.refuse(at(), fmt.Sprintf("%q is HTML", tag), `write Markdown of paragraphs, emphasis, lists and links, and \< for a < that is meant`)
}

// refuseLink refuses what pages would show without its link.
func (l *Loaded) refuseLink(aim string, at func() spot) {
	if !strings.HasPrefix(strings.ToLower(html.UnescapeString(aim)), "https://") {
		l.refuse(at(), fmt.Sprintf("the link to %q is not an https one", aim), "write https://…, or leave the link out")
	}
}
