package server

import (
	"html/template"
	"regexp"
)

// Words is one text as a page shows it: already chosen for the page's language, with the language it really is in.
type Words struct {
	// HTML is the text with its Markdown rendered and sanitised; Plain is the same without any markup.
	HTML  template.HTML
	Plain string
	// Lang is the BCP 47 tag of the text itself.
	Lang string
	// Fallback says that another language stands in for this one text. Where the content has nothing in the page's
	// language, Page.StandIn says so once.
	Fallback bool
	// Draft says that the text is a translation nobody has reviewed yet.
	Draft bool
}

var (
	typedApostrophe = regexp.MustCompile(`(\p{L})'(\p{L})`)
	typedHyphen     = regexp.MustCompile(`([\p{L}\p{M}])-(\p{L})`)
)

// Heading is the text without markup as a heading shows it: its typewriter's apostrophes are curved, and no line breaks at a hyphen within
// a name, which stands out in large letters.
func (w Words) Heading() string {
	curved := typedApostrophe.ReplaceAllString(w.Plain, "$1’$2")
	return typedHyphen.ReplaceAllString(curved, "$1\u2011$2")
}
