package routes

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// byteOrderMark begins files of some editors.
const byteOrderMark = "\ufeff"

// decode reads a whole file into a pointer to a struct. It says whether there was anything to read from.
func (d decoder) decode(content []byte, into any) bool {
	root := spot{d.file, ""}
	content = bytes.TrimPrefix(content, []byte(byteOrderMark))
	if !d.safe(content, root) {
		return false
	}
	if !d.merged(content) {
		return false
	}
	tokens := lexer.Tokenize(string(content))
	if !d.shallow(tokens) {
		return false
	}
	f, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(err, strings.Split(string(content), "\n"))
		return false
	}
	if countBodies(f) == 0 {
		mend := "write it; data/content/README.md says how"
		if mayBeAbsent(d.file) {
			mend = fmt.Sprintf("delete it, or write %s: []", strings.TrimSuffix(d.file, ".yaml"))
		}
		d.refuse(root, "the file is empty", mend)
		return false
	}
	if len(f.Docs) != 1 || f.Docs[0].Body == nil {
		d.refuse(root, fmt.Sprintf("the file holds %d documents", countBodies(f)), "write one document in each file")
		return false
	}
	d.value(yamlReader(cutTexts(tokens, content)).node(f.Docs[0].Body), reflect.ValueOf(into).Elem(), root)
	return true
}

// merged refuses the lines that Git writes where two have changed the same: the parser would complain of something else.
func (d decoder) merged(content []byte) bool {
	number := 0
	for line := range strings.Lines(string(content)) {
		if number++; isConflict(line) {
			d.problems = append(d.problems, Problem{File: d.file, Line: number, Column: 1, What: whatConflict, Mend: mendConflict})
			return false
		}
	}
	return true
}

const (
	whatConflict = "the line is a mark of Git, which found two versions of what stands around it"
	mendConflict = "keep one of them, or what is right of both, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
)

func isConflict(line string) bool {
	line = strings.TrimRight(line, "\r\n")
	return line == "=======" || strings.HasPrefix(line, "<<<<<<< ") || strings.HasPrefix(line, ">>>>>>> ")
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
	if i := bytes.IndexFunc(content, unwanted); i >= 0 {
		what, mend := "the file is not UTF-8", "save it as UTF-8"
		if utf8.Valid(content) && !bytes.ContainsRune(content, 0) {
			r, _ := utf8.DecodeRune(content[i:])
			what, mend = unwantedText(r), "delete it"
		}
		before := string(content[:i])
		line, column := 1+strings.Count(before, "\n"), 1+utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
		d.problems = append(d.problems, Problem{File: d.file, Line: line, Column: column, What: what, Mend: mend})
		return false
	}
	return d.flat(content)
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

// mendSyntax says what an author does about a complaint of the parser.
func mendSyntax(complaint string) string {
	mends := []struct{ of, mend string }{
		{"a tab", "indent with spaces; YAML takes no tabs there"},
		{"mapping value is not allowed", `put a text with a colon and a space in it into quotation marks, or indent the line as those beside it`},
		{"could not find end character", "close the quotation mark"},
		{"must be specified", "close the bracket, or put a comma"},
		{"map key-value is pre-defined", `put the whole text into quotation marks, and write those within it as “…”`},
		{"unknown escape character", `write \\ for \, or put the text into single quotation marks`},
		{"is a reserved character", "put the text into quotation marks"},
		{"unexpected directive value", "put the text into quotation marks"},
		{"non-map value is specified", "write it as NAME: VALUE"},
		{"invalid header option", "begin the text on the line after the > or |"},
	}
	for _, m := range mends {
		if strings.Contains(complaint, m.of) {
			return m.mend
		}
	}
	return "indent the line as those beside it, with spaces, and put texts with : # or quotation marks in them into quotation marks"
}

// syntax reports a complaint of the parser. It may be about signs in the line or in the one before.
func (d decoder) syntax(err error, lines []string) {
	p := Problem{File: d.file, Line: 1, Column: 1, What: err.Error()}
	if m := syntaxPosition.FindStringSubmatch(firstLine(err.Error())); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.Column, _ = strconv.Atoi(m[2])
		p.What = m[3]
	}
	var known yaml.Error
	if errors.As(err, &known) {
		p.What = known.GetMessage()
	}
	p.What = strings.Replace(p.What, "character '\t'", "a tab", 1)
	last := min(p.Line, len(lines))
	about := strings.Join(lines[max(0, last-2):last], "\n")
	p.Mend = cmp.Or(mistypedSyntax(about), mendSyntax(p.What))
	if strings.Contains(about, " #") {
		p.Mend += "; what follows # in a line is a comment, unless the text stands in quotation marks"
	}
	d.problems = append(d.problems, p)
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// cutTexts finds the texts without quotation marks that end before a comment in their line, by where they begin.
func cutTexts(tokens token.Tokens, content []byte) map[position]bool {
	cut := map[position]bool{}
	lines := bytes.Split(content, []byte("\n"))
	for i, t := range tokens {
		if t.Type != token.CommentType || i == 0 || tokens[i-1].Type != token.StringType || t.Position.Line > len(lines) {
			continue
		}
		before, _, _ := bytes.Cut(lines[t.Position.Line-1], []byte("#"))
		if at := tokens[i-1].Position; len(bytes.TrimSpace(before)) > 0 {
			cut[position{at.Line, at.Column}] = true
		}
	}
	return cut
}

// yamlReader reads what the YAML parser gives. It knows the texts that comments end.
type yamlReader map[position]bool

func (cut yamlReader) node(n ast.Node) *node {
	out := &node{at: positionOf(n)}
	out.cut = cut[out.at]
	switch n := n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		out.kind = referenceNode
	case *ast.NullNode:
		out.kind = nullNode
	case *ast.MappingNode:
		out.kind = mappingNode
		for _, v := range n.Values {
			out.entries = append(out.entries, cut.entry(v))
		}
	case *ast.MappingValueNode:
		out.kind, out.entries = mappingNode, []entry{cut.entry(n)}
	case *ast.SequenceNode:
		out.kind = listNode
		for _, v := range n.Values {
			out.items = append(out.items, cut.node(v))
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

func (cut yamlReader) entry(n *ast.MappingValueNode) entry {
	key := n.Key.String()
	if t := n.Key.GetToken(); t != nil {
		key = t.Value
	}
	return entry{key, positionOf(n), cut.node(n.Value)}
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
