package server

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// styleAddress is an address in a style sheet that begins at the server's root.
var styleAddress = regexp.MustCompile(`url\("?(/[^/")][^")]*)"?\)`)

// linking are the attributes whose values are addresses; those of data- are for scripts.
func linking(name string) bool {
	switch name {
	case "href", "src", "srcset", "data-script", "data-map", "data-sheet", "data-kit", "data-notes":
		return true
	}
	return false
}

// rewritten makes the addresses in the page that the server answers at one those of files, relative to the page's own, and
// asks for what they name. Everything else in the page stays as it is, byte for byte.
func (b *siteBuild) rewritten(address, file string, page []byte) ([]byte, error) {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(page))
	for within := ""; ; {
		kind := z.Next()
		raw := bytes.Clone(z.Raw())
		switch kind {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, fmt.Errorf("%s: %w", address, err)
			}
			return out.Bytes(), nil
		case html.TextToken:
			if within == "noscript" { // to a reader with scripts this is text
				var err error
				if raw, err = b.rewritten(address, file, raw); err != nil {
					return nil, err
				}
			}
			within = ""
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			within = token.Data
			changed, err := b.relink(address, file, &token)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", address, err)
			}
			if changed {
				raw = []byte(token.String())
			}
		default:
			within = ""
		}
		out.Write(raw)
	}
}

// relink makes the addresses in a tag those of files and says whether there were any.
func (b *siteBuild) relink(address, file string, token *html.Token) (changed bool, err error) {
	for i, attribute := range token.Attr {
		target, ok := b.target(address, attribute)
		if !ok {
			continue
		}
		relative, err := b.folder.link(file, target)
		if err != nil {
			return false, err
		}
		if err := b.want(withoutFragment(target)); err != nil {
			return false, err
		}
		token.Attr[i].Val, changed = relative, true
	}
	return changed, nil
}

// target gives the server's URL that an attribute of the page at an address names, if it names one.
func (b *siteBuild) target(address string, attribute html.Attribute) (string, bool) {
	value := attribute.Val
	if !linking(attribute.Key) || value == "" || strings.HasPrefix(value, "//") {
		return "", false
	}
	switch value[0] {
	case '/':
		return value, true
	case '?':
		at, err := url.Parse(address)
		return at.Path + value, err == nil
	}
	return "", false
}

func withoutFragment(address string) string {
	address, _, _ = strings.Cut(address, "#")
	return address
}
