package routes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// decodeLine reads one line of JSON into a pointer to a struct. Columns count bytes from 1.
func (d decoder) decodeLine(content []byte, line int, into any) {
	root := spot{d.file, ""}
	d.at[root] = position{line, 1}
	for i, r := range string(content) {
		if unwanted(r) || r == '\n' || r == '\t' {
			d.problems = append(d.problems, Problem{d.file, line, i + 1, unwantedText(r), "delete it", false})
			return
		}
	}
	p := jsonParser{json.NewDecoder(bytes.NewReader(content)), content, line}
	p.decoder.UseNumber()
	n, err := p.value()
	if err == nil && p.rest() != "" {
		err = errors.New("something follows the document")
	}
	if err != nil {
		d.problems = append(d.problems, Problem{
			d.file, line, int(p.decoder.InputOffset()) + 1, "the line is no JSON: " + jsonError(err),
			"write one JSON object in each line", false,
		})
		return
	}
	d.value(n, reflect.ValueOf(into).Elem(), root)
}

func jsonError(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// jsonParser makes nodes of the standard library's tokens, so that nothing that a line says is lost: unlike maps and structs
// they keep where a value stands, and fields that are written twice.
type jsonParser struct {
	decoder *json.Decoder
	content []byte
	line    int
}

// rest is what follows what was read, without spaces.
func (p jsonParser) rest() string {
	return string(bytes.TrimSpace(p.content[p.decoder.InputOffset():]))
}

// position is where the next token begins.
func (p jsonParser) position() position {
	at := int(p.decoder.InputOffset())
	return position{p.line, at + bytes.IndexFunc(p.content[at:], func(r rune) bool { return !strings.ContainsRune(" \t\r\n,:", r) }) + 1}
}

func (p jsonParser) value() (*node, error) {
	n := &node{at: p.position()}
	token, err := p.decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case string:
		n.kind, n.text = textNode, token
	case json.Number:
		if n.text = token.String(); !strings.ContainsAny(n.text, ".eE") {
			n.kind = integerNode
		}
	case bool:
		n.kind, n.truth = booleanNode, token
	case nil:
		n.kind = nullNode
	case json.Delim:
		if token == '[' {
			n.kind = listNode
			err = p.list(n)
		} else {
			n.kind = mappingNode
			err = p.mapping(n)
		}
	}
	return n, err
}

func (p jsonParser) list(n *node) error {
	for p.decoder.More() {
		item, err := p.value()
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
	}
	_, err := p.decoder.Token()
	return err
}

func (p jsonParser) mapping(n *node) error {
	for p.decoder.More() {
		at := p.position()
		key, err := p.decoder.Token()
		if err != nil {
			return err
		}
		value, err := p.value()
		if err != nil {
			return err
		}
		n.entries = append(n.entries, entry{fmt.Sprint(key), at, value})
	}
	_, err := p.decoder.Token()
	return err
}
