package routes

import (
	"bufio"
	"bytes"
	"fmt"
	"html"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	rendered "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
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
	return strings.Join(strings.Fields(Plain(markdown)), " ")
}

// Plain gives the words of a text without its Markdown, each paragraph and item in a line. What is numbered keeps its number: "1995. was a
// year" is a list to Markdown. Raw HTML and pictures are no part of it.
func Plain(markdown string) string {
	if isPlain(markdown) {
		return strings.TrimSpace(markdown)
	}
	w := plainWriter{source: []byte(markdown)}
	_ = ast.Walk(markdownParser().Parse(text.NewReader(w.source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			return w.enter(n), nil
		}
		w.leave(n)
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(w.String())
}

// plainWriter gathers the words of a text; numbers are those of the next items of the lists around, which only numbered ones show.
type plainWriter struct {
	bytes.Buffer
	source  []byte
	numbers []int
}

func (w *plainWriter) enter(n ast.Node) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.List:
		w.numbers = append(w.numbers, n.Start)
	case *ast.ListItem:
		last := len(w.numbers) - 1
		if list, ok := n.Parent().(*ast.List); ok && list.IsOrdered() {
			fmt.Fprintf(w, "%d. ", w.numbers[last])
		}
		w.numbers[last]++
	case *ast.Text:
		w.Write(literal(n.Segment.Value(w.source)))
		if n.HardLineBreak() {
			w.WriteByte('\n')
		} else if n.SoftLineBreak() {
			w.WriteByte(' ')
		}
	case *ast.CodeSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok { // in which nothing is escaped
				w.Write(bytes.ReplaceAll(t.Segment.Value(w.source), []byte{'\n'}, []byte{' '}))
			}
		}
		return ast.WalkSkipChildren
	case *ast.AutoLink:
		w.Write(n.Label(w.source))
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.Write(n.Lines().Value(w.source))
	case *ast.Image:
		return ast.WalkSkipChildren
	}
	return ast.WalkContinue
}

// leave ends the line of a block.
func (w *plainWriter) leave(n ast.Node) {
	if _, ok := n.(*ast.List); ok {
		w.numbers = w.numbers[:len(w.numbers)-1]
	}
	if n.Type() == ast.TypeBlock && !bytes.HasSuffix(w.Bytes(), []byte{'\n'}) {
		w.WriteByte('\n')
	}
}

// isPlain says of most texts that they hold no Markdown, since parsing takes time.
func isPlain(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '*', '_', '[', ']', '`', '<', '>', '#', '\\', '&', '~', '\n', '\t':
			return false
		}
	}
	if text == "" {
		return true
	}
	switch c := text[0]; c { // of a list, or of spaces that mean something
	case ' ', '+', '-', '=':
		return false
	default:
		return !isDigit(c)
	}
}

// literal resolves what Markdown escapes, as pages do: "\&amp;" is an entity that is meant as it is written.
func literal(source []byte) []byte {
	if !bytes.ContainsAny(source, `\&`) {
		return source
	}
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	rendered.DefaultWriter.Write(w, source)
	_ = w.Flush() // memory takes all
	return []byte(html.UnescapeString(b.String()))
}
