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

	"corridor/geo"
)

// decoder reads YAML into the documents' structs and reports every problem with its position: unknown and repeated
// fields, wrong types, missing fields, unknown codes. The YAML library parses; the walk is ours, because its own decoder
// stops at the first problem.
type decoder struct {
	*reporter
	file string
}

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
	d.value(f.Docs[0].Body, reflect.ValueOf(into).Elem(), root)
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
			d.file, line, 1, fmt.Sprintf("the character %U must not stand in a content file", r), "delete it", false,
		})
		return false
	}
	return true
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

func (d decoder) value(n ast.Node, v reflect.Value, s spot) {
	if t := n.GetToken(); t != nil && t.Position != nil {
		d.at[s] = positionOf(n)
	}
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		d.refuse(s, "anchors, aliases, merges and tags are not read", "write the value out")
		return
	case *ast.NullNode:
		d.refuse(s, "the value is empty", "write a value or leave the field out")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(n, v, s)
	case reflect.Map:
		d.text(n, v, s)
	case reflect.Slice:
		d.sequence(n, v, s)
	default:
		d.scalar(n, v, s)
	}
}

// positionOf is where a node begins; a mapping begins at its first key.
func positionOf(n ast.Node) position {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		n = m.Values[0].Key
	} else if mv, ok := n.(*ast.MappingValueNode); ok {
		n = mv.Key
	}
	p := n.GetToken().Position
	return position{p.Line, p.Column}
}

// entries of a mapping; false where the node is none.
func entries(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

func (d decoder) mapping(n ast.Node, v reflect.Value, s spot) {
	list, ok := entries(n)
	if !ok {
		d.refuse(s, "this must be a mapping of fields", "write field: value lines")
		return
	}
	fields := fieldsOf(v.Type())
	seen := map[string]bool{}
	for _, e := range list {
		key := keyOf(e)
		at := s.field(key)
		d.at[at] = positionOf(e)
		field, known := fields[key]
		switch {
		case !known:
			d.refuse(at, fmt.Sprintf("unknown field %q", key), d.suggestField(key, fields))
		case seen[key]:
			d.refuse(at, fmt.Sprintf("the field %q is written twice", key), "keep one of them")
		default:
			d.value(e.Value, v.FieldByIndex(field.Index), at)
		}
		seen[key] = true
	}
	for _, f := range orderedFields(v.Type()) {
		if name, optional := fieldName(f); !optional && !seen[name] {
			d.refuse(s, fmt.Sprintf("%q is missing", name), mendOf(f))
		}
	}
}

func keyOf(e *ast.MappingValueNode) string {
	if t := e.Key.GetToken(); t != nil {
		return t.Value
	}
	return e.Key.String()
}

func (d decoder) suggestField(key string, fields map[string]reflect.StructField) string {
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	return fmt.Sprintf("write one of %s, or delete %q", strings.Join(names, ", "), key)
}

func (d decoder) text(n ast.Node, v reflect.Value, s spot) {
	list, ok := entries(n)
	if !ok {
		d.refuse(s, "this must be a text in languages", "write a language tag before it, such as en: …")
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, e := range list {
		key := keyOf(e)
		at := s.field(key)
		d.at[at] = positionOf(e)
		value := reflect.New(v.Type().Elem()).Elem()
		if v.MapIndex(reflect.ValueOf(key)).IsValid() {
			d.refuse(at, fmt.Sprintf("the language %q is written twice", key), "keep one of them")
			continue
		}
		d.value(e.Value, value, at)
		v.SetMapIndex(reflect.ValueOf(key), value)
	}
}

func (d decoder) sequence(n ast.Node, v reflect.Value, s spot) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		d.refuse(s, "this must be a list", "begin each entry with a hyphen")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
	for i, item := range list.Values {
		d.value(item, v.Index(i), s.item(i))
	}
}

func (d decoder) scalar(n ast.Node, v reflect.Value, s spot) {
	switch v.Kind() {
	case reflect.String:
		d.word(n, v, s)
	case reflect.Int:
		_, ok := n.(*ast.IntegerNode)
		number, err := strconv.Atoi(n.GetToken().Value)
		if !ok || err != nil {
			d.refuse(s, "this must be a whole number", "write digits only, such as 2008")
			return
		}
		v.SetInt(int64(number))
	case reflect.Bool:
		b, ok := n.(*ast.BoolNode)
		if !ok {
			d.refuse(s, "this must be true or false", "write true or false")
			return
		}
		v.SetBool(b.Value)
	}
}

func (d decoder) word(n ast.Node, v reflect.Value, s spot) {
	var text string
	switch n := n.(type) {
	case *ast.StringNode:
		text = n.Value
	case *ast.LiteralNode:
		text = n.Value.Value
	case *ast.IntegerNode:
		if v.Type() != reflect.TypeFor[Period]() {
			d.refuse(s, "this must be text and is a number", "put it into quotation marks")
			return
		}
		text = n.GetToken().Value
	default:
		d.refuse(s, "this must be text", "write the text, in quotation marks if it begins with a sign")
		return
	}
	if n.GetToken().Type == token.UnknownType || strings.TrimSpace(text) == "" {
		d.refuse(s, "the text is empty", "write it or leave the field out")
		return
	}
	if allowed, coded := codesOf(v.Type()); coded && !slices.Contains(allowed, text) {
		d.refuse(s, fmt.Sprintf("unknown code %q", text), "write one of "+strings.Join(allowed, ", "))
	}
	v.SetString(strings.TrimSpace(text))
}

// codesOf gives the codes that a type may hold; false for free text.
func codesOf(t reflect.Type) ([]string, bool) {
	if v, ok := reflect.Zero(t).Interface().(vocabulary); ok {
		return codes(v), true
	}
	if t == reflect.TypeFor[geo.Precision]() {
		var list []string
		for _, p := range geo.Precisions() {
			list = append(list, string(p))
		}
		return list, true
	}
	return nil, false
}

// orderedFields gives a struct's fields with those of embedded structs in place.
func orderedFields(t reflect.Type) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool { return f.Anonymous })
}

func fieldsOf(t reflect.Type) map[string]reflect.StructField {
	fields := map[string]reflect.StructField{}
	for _, f := range orderedFields(t) {
		name, _ := fieldName(f)
		fields[name] = f
	}
	return fields
}

func fieldName(f reflect.StructField) (name string, optional bool) {
	name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name, rest == "omitempty"
}

func mendOf(f reflect.StructField) string {
	if m := f.Tag.Get("mend"); m != "" {
		return m
	}
	name, _ := fieldName(f)
	return fmt.Sprintf("add %s: …", name)
}
