package routes_test

import (
	"strings"
	"testing"

	"corridor/routes"
)

// What pages leave out of a text, and other programs get all the same; "" where nothing is wrong.
func TestMarkupThatNoPageShowsIsRefused(t *testing.T) {
	for text, what := range map[string]string{
		"A <script>alert(1)</script>.":              `"<script>" is HTML; write Markdown of paragraphs, emphasis, lists and links, and \< for a < that is meant`,
		"<div>\nA block\n</div>":                    `"<div>" is HTML`,
		"A <img src=x onerror=alert(1)>":            `"<img src=x onerror=alert(1)>" is HTML`,
		"A <!-- comment --> stands here.":           `"<!-- comment -->" is HTML`,
		"A ![picture](https://example.org/a.png)":   `the text shows the picture "https://example.org/a.png"; tell it in words; texts show no pictures`,
		"A ![picture][1]\n\n[1]: https://a.example": `the text shows the picture "https://a.example"`,
		"[A](javascript:alert(1))":                  `the link to "javascript:alert(1)" is not an https one; write https://…, or leave the link out`,
		"[A](&#106;avascript:alert)":                `is not an https one`,
		"[A](data:text/html,x)":                     `the link to "data:text/html,x" is not an https one`,
		"[A](//example.org/x)":                      `the link to "//example.org/x" is not an https one`,
		"[A](http://example.org)":                   `the link to "http://example.org" is not an https one`,
		"<http://example.org>":                      `the link to "http://example.org" is not an https one`,
		"[A][1]\n\n[1]: http://example.org":         `the link to "http://example.org" is not an https one`,
		"A\n\n[1]: http://example.org":              `the link to "http://example.org" is not an https one`,
		"[A](#part)":                                `the link to "#part" is not an https one`,
		"A &#x202e;abc":                             `the character U+202E must not stand in a content file, nor as an entity; delete it`,
		"A &#8238;abc":                              `the character U+202E must not stand in a content file, nor as an entity`,
		"A &#150; here":                             `the character U+0096 must not stand in a content file, nor as an entity`,
		"A &#0; here":                               `the character U+FFFD must not stand in a content file, nor as an entity`,
		"A &#xfeff; here":                           `the character U+FEFF must not stand in a content file, nor as an entity`,
		"A [link](https://example.org/a), <https://example.org>, [HTTPS](HTTPS://example.org) and [ref][1].\n\n[1]: https://a.example": "",
		"5 < 6, 7 > 4, a <- b, x [1] [sic], R&D; *so* **it** goes &amp; on &lt;b&gt; `<b>` \\<b>":                                      "",
		"- one\n- two\n\nA paragraph.": "",
	} {
		holdsOne(t, text, said(t, "en", text), "sites.yaml:9:16: ", what)
		if strings.ContainsAny(text, "\n") {
			continue
		}
		p, _ := routes.Load(goodPack(t))
		way := p.Routes[0]
		way.Summary = routes.Text{"en": text, "th": "ทาง"}
		_, problems := readLines(t, write(t, lineOf{Pack: &p.About, Sources: p.Sources, Organisations: p.Organisations, Places: p.Places}, lineOf{Route: &way}))
		holdsOne(t, text, problems.Errors(), "x.jsonl:2:", what)
	}
	_, problems := routes.Load(edit(t, "sources.yaml", "title: A report", "title: A <b>report</b>"))
	holdsOne(t, "a title", problems.Errors(), "sources.yaml:3:12: ", `"<b>" is HTML`)
}

// holdsOne wants a problem at a place, or none.
func holdsOne(t *testing.T, text string, problems routes.Problems, at, what string) {
	t.Helper()
	if what == "" && len(problems) > 0 || !strings.Contains(problems.String(), what) || what != "" && !strings.Contains(problems.String(), at) {
		t.Errorf("%q: %s\nwant %s%s", text, problems, at, what)
	}
}
