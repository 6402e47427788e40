package routes

import (
	"fmt"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// unlinked refuses every link and address in what is said of a source whose text names people.
func (l *Loaded) unlinked(src Source, s spot) {
	const what, mend = "a source whose text names people is never linked to", "delete "
	if src.URL != "" {
		l.refuse(s.field("url"), what, mend+"url")
	}
	words := func(words string, s spot) {
		if link := linkIn(words); link != "" {
			l.refuse(s, what, fmt.Sprintf(mend+"%q", link))
		}
	}
	visitor{func(t Text, s spot) {
		for lang, text := range t {
			words(text, s.field(lang))
		}
	}, words}.document(src, s)
}

// address is one that a reader could follow, as it stands in running text.
var address = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://[^\s<>()]+|\bwww\.[^\s<>()]+|` +
	`\b(?:[a-z0-9-]+\.)+(?:[a-z]{2,}/[^\s<>()]*|(?:com|edu|gov|info|int|net|onion|org)\b)`)

// linkIn gives an address in a text or the aim of a link in its Markdown, "" where there is neither.
func linkIn(markdown string) string {
	if found := address.FindString(markdown); found != "" {
		return found
	}
	aim := ""
	_ = ast.Walk(markdownParser().Parse(text.NewReader([]byte(markdown))), func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			aim = string(n.Destination)
		case *ast.Image:
			aim = string(n.Destination)
		case *ast.AutoLink:
			aim = string(n.URL([]byte(markdown)))
		}
		return ast.WalkContinue, nil
	})
	return aim
}
