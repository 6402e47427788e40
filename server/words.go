package server

import (
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
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

// Within gives the interface's text for a key as T does, in which words of another language than the page's are marked as such: without that
// no letters are brought for them.
func (p Page) Within(key string, pairs ...any) template.HTML {
	const begin, end = "\ue000", "\ue001" // which no text has
	plain, marked := slices.Clone(pairs), []string{}
	for i := 1; i < len(pairs); i += 2 {
		words, ok := pairs[i].(Words)
		if !ok {
			continue
		}
		mark := begin + strconv.Itoa(i) + end
		plain[i] = mark
		text := template.HTMLEscapeString(words.Plain)
		if words.Lang != "" && words.Lang != p.Lang {
			text = `<span lang="` + template.HTMLEscapeString(words.Lang) + `">` + text + `</span>`
		}
		marked = append(marked, mark, text)
	}
	return template.HTML(strings.NewReplacer(marked...).Replace(template.HTMLEscapeString(p.T(key, plain...)))) //nolint:gosec // all is escaped
}

// keyName is a sign of the keyboard that a text names.
var keyName = regexp.MustCompile(`\{(\w)\}`)

// Keys gives the interface's text for a key as T does, in which single signs in braces are keys of the keyboard: {s}.
func (p Page) Keys(key string) template.HTML {
	return template.HTML(keyName.ReplaceAllString(template.HTMLEscapeString(p.T(key)), "<kbd>$1</kbd>")) //nolint:gosec // the text is escaped
}
