package routes

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdownParser is safe for use by many at the same time.
var markdownParser = sync.OnceValue(goldmark.DefaultParser)

// plainText joins texts by language, one a line, without their Markdown. Languages in which nothing is said are left out.
func plainText(list ...Text) Text {
	joined := Text{}
	for _, t := range list {
		for lang, markdown := range t {
			plain := withoutMarkdown(markdown)
			if plain == "" {
				continue
			}
			if joined[lang] != "" {
				plain = joined[lang] + "\n" + plain
			}
			joined[lang] = plain
		}
	}
	return joined
}

// withoutMarkdown gives the words of a text in one line. Raw HTML is no part of them.
func withoutMarkdown(markdown string) string {
	if isPlain(markdown) {
		return strings.TrimSpace(markdown)
	}
	return strings.Join(strings.Fields(blocksOf(markdown)), " ")
}

// isPlain says of most texts that they hold no Markdown, since parsing takes time.
func isPlain(text string) bool {
	return !strings.ContainsAny(text, "*_[]`<>#\\&~\n\t") && strings.TrimLeft(text, " +-=0123456789") == text
}

// blocksOf gives the words of a text with line breaks between its paragraphs, items and headings.
func blocksOf(markdown string) string {
	if isPlain(markdown) {
		return markdown
	}
	source := []byte(markdown)
	var b bytes.Buffer
	_ = ast.Walk(markdownParser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Type() == ast.TypeBlock {
				b.WriteByte('\n')
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(literal(n.Segment.Value(source)))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(source))
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			b.Write(n.Lines().Value(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// literal resolves what Markdown escapes.
func literal(source []byte) []byte {
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(source)))
}
