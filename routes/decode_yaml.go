package routes

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// decode reads a whole file into a pointer to a struct.
func (d decoder) decode(content []byte, into any) {
	root := spot{d.file, ""}
	if !d.safe(content, root) {
		return
	}
	f, err := parser.ParseBytes(content, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(err)
		return
	}
	if len(f.Docs) != 1 || f.Docs[0].Body == nil {
		d.refuse(root, fmt.Sprintf("the file holds %d documents", countBodies(f)), "write one document in each file")
		return
	}
	d.value(yamlNode(f.Docs[0].Body), reflect.ValueOf(into).Elem(), root)
}

func countBodies(f *ast.File) int {
	n := 0
	for _, doc := range f.Docs {
		if doc.Body != nil {
			n++
		}
	}
	return n
}

// safe refuses what the parser must not see.
func (d decoder) safe(content []byte, root spot) bool {
	const largest = 4 << 20
	if len(content) > largest {
		d.refuse(root, fmt.Sprintf("the file has more than %d bytes", largest), "split it")
		return false
	}
	if i := slices.IndexFunc([]rune(string(content)), unwanted); i >= 0 {
		r := []rune(string(content))[i]
		line := 1 + strings.Count(string([]rune(string(content))[:i]), "\n")
		d.problems = append(d.problems, Problem{
			d.file, line, 1, unwantedText(r), "delete it", false,
		})
		return false
	}
	return true
}

func unwantedText(r rune) string {
	return fmt.Sprintf("the character %U must not stand in a content file", r)
}

// unwanted are control characters, the replacement for invalid UTF-8, and the marks that turn the direction of text.
func unwanted(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r <= 0x9f, r == 0xfffd, r == 0xfeff:
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// indexUnwanted is where a text has the first of them, -1 where it has none.
func indexUnwanted(text string) int {
	for i, r := range text {
		if (r < ' ' || r > '~') && unwanted(r) { // most are letters of ASCII
			return i
		}
	}
	return -1
}

var syntaxPosition = regexp.MustCompile(`^\[(\d+):(\d+)\] (.*)`)

func (d decoder) syntax(err error) {
	p := Problem{File: d.file, Line: 1, Column: 1, What: err.Error(), Mend: "mend the YAML"}
	if m := syntaxPosition.FindStringSubmatch(firstLine(err.Error())); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.Column, _ = strconv.Atoi(m[2])
		p.What = m[3]
	}
	var known yaml.Error
	if errors.As(err, &known) {
		p.What = known.GetMessage()
	}
	d.problems = append(d.problems, p)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// yamlNode reads what the YAML parser gives.
func yamlNode(n ast.Node) *node {
	out := &node{at: positionOf(n)}
	switch n := n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		out.kind = referenceNode
	case *ast.NullNode:
		out.kind = nullNode
	case *ast.MappingNode:
		out.kind = mappingNode
		for _, v := range n.Values {
			out.entries = append(out.entries, yamlEntry(v))
		}
	case *ast.MappingValueNode:
		out.kind, out.entries = mappingNode, []entry{yamlEntry(n)}
	case *ast.SequenceNode:
		out.kind = listNode
		for _, v := range n.Values {
			out.items = append(out.items, yamlNode(v))
		}
	case *ast.StringNode:
		out.kind, out.text = textNode, n.Value
		if n.GetToken().Type == token.UnknownType {
			out.text = ""
		}
	case *ast.LiteralNode:
		out.kind, out.text = textNode, n.Value.Value
	case *ast.IntegerNode:
		out.kind, out.text = integerNode, n.GetToken().Value
	case *ast.BoolNode:
		out.kind, out.truth = booleanNode, n.Value
	}
	return out
}

func yamlEntry(n *ast.MappingValueNode) entry {
	key := n.Key.String()
	if t := n.Key.GetToken(); t != nil {
		key = t.Value
	}
	return entry{key, positionOf(n), yamlNode(n.Value)}
}

// positionOf is where a node begins; a mapping begins at its first key.
func positionOf(n ast.Node) position {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		n = m.Values[0].Key
	} else if mv, ok := n.(*ast.MappingValueNode); ok {
		n = mv.Key
	}
	t := n.GetToken()
	if t == nil || t.Position == nil {
		return position{}
	}
	return position{t.Position.Line, t.Position.Column}
}
