package routes

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// decodeLine reads one line of JSON into a pointer to a struct. Columns count bytes from 1.
func (d decoder) decodeLine(content string, line int, into any) {
	root := spot{d.file, ""}
	d.place(root, position{line, 1})
	i := indexUnwanted(content)
	if i < 0 {
		i = strings.IndexAny(content, "\n\t")
	}
	if i >= 0 {
		r := []rune(content[i:])[0]
		d.problems = append(d.problems, Problem{File: d.file, Line: line, Column: i + 1, What: unwantedText(r), Mend: "delete it"})
		return
	}
	if raw := []byte(content); !json.Valid(raw) {
		if isConflict(content) {
			d.problems = append(d.problems, Problem{File: d.file, Line: line, Column: 1, What: whatConflict, Mend: mendConflict})
			return
		}
		column, what := jsonProblem(raw)
		d.problems = append(d.problems, Problem{
			File: d.file, Line: line, Column: column, What: "the line is no JSON: " + what, Mend: "write one JSON object in each line",
		})
		return
	}
	w, _ := walks.Get().(*jsonWalk)
	w.content, w.line = content, line
	d.value(w.value(), reflect.ValueOf(into).Elem(), root)
	w.forget()
	walks.Put(w)
}

// jsonProblem says what is wrong with JSON, and in which column.
func jsonProblem(raw []byte) (column int, what string) {
	var any json.RawMessage
	err := json.Unmarshal(raw, &any)
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return 1, "it cannot be read"
	}
	if what = syntax.Error(); what == "unexpected end of JSON input" {
		what = "it ends too early"
	}
	return int(max(syntax.Offset, 1)), what
}

// jsonWalk makes nodes of valid JSON. Nothing that a line says is lost: unlike maps and structs, nodes keep where a value
// stands, and fields that are written twice.
type jsonWalk struct {
	content string
	next    int
	line    int
	// blocks are the nodes, of which the first so many are taken. A line has hundreds, and the next one needs them no more.
	blocks [][]node
	taken  int
	// entries and items are those of the mappings and lists around, which have their own when they are whole.
	entries []entry
	items   []*node
}

// skip passes over spaces and punctuation that needs no look, since the whole is known to be valid.
func (w *jsonWalk) skip() {
	for w.next < len(w.content) && strings.IndexByte(" \r,:", w.content[w.next]) >= 0 {
		w.next++
	}
}

func (w *jsonWalk) position() position { return position{w.line, w.next + 1} }

// walks are those whose nodes nobody holds any more.
var walks = sync.Pool{New: func() any { return new(jsonWalk) }}

const blockOfNodes = 64

// node gives a new node, which is good until the walk forgets.
func (w *jsonWalk) node() *node {
	if w.taken == len(w.blocks)*blockOfNodes {
		w.blocks = append(w.blocks, make([]node, blockOfNodes))
	}
	n := &w.blocks[w.taken/blockOfNodes][w.taken%blockOfNodes]
	n.at = w.position()
	w.taken++
	return n
}

// forget makes the walk ready for another line, with the room that one needs, and holds nothing of this one.
func (w *jsonWalk) forget() {
	const most = 64 // blocks: a line of many megabytes is the exception
	w.blocks = w.blocks[:min(len(w.blocks), most)]
	for _, block := range w.blocks[:min((w.taken+blockOfNodes-1)/blockOfNodes, most)] {
		clear(block)
	}
	clear(w.entries[:cap(w.entries)])
	clear(w.items[:cap(w.items)])
	*w = jsonWalk{blocks: w.blocks, entries: w.entries[:0], items: w.items[:0]}
}

func (w *jsonWalk) value() *node {
	w.skip()
	n := w.node()
	switch w.content[w.next] {
	case '"':
		n.kind, n.text = textNode, w.text()
	case '{':
		n.kind = mappingNode
		first := len(w.entries)
		for w.next++; !w.ends('}'); {
			at := w.position()
			w.entries = append(w.entries, entry{w.text(), at, w.value()})
		}
		n.entries, w.entries = slices.Clone(w.entries[first:]), w.entries[:first]
	case '[':
		n.kind = listNode
		first := len(w.items)
		for w.next++; !w.ends(']'); {
			w.items = append(w.items, w.value())
		}
		n.items, w.items = slices.Clone(w.items[first:]), w.items[:first]
	default:
		w.word(n)
	}
	return n
}

// ends says whether a mapping or a list ends here, and passes over its end.
func (w *jsonWalk) ends(sign byte) bool {
	w.skip()
	if w.content[w.next] != sign {
		return false
	}
	w.next++
	return true
}

// text reads a string.
func (w *jsonWalk) text() string {
	start := w.next
	escaped := false
	for w.next++; w.content[w.next] != '"'; w.next++ {
		if w.content[w.next] == '\\' {
			escaped = true
			w.next++
		}
	}
	w.next++
	if !escaped {
		return strings.Clone(w.content[start+1 : w.next-1]) // what is kept must not keep the whole line
	}
	var text string
	_ = json.Unmarshal([]byte(w.content[start:w.next]), &text) // valid, as the whole is
	return text
}

// word reads a number, true, false or null.
func (w *jsonWalk) word(n *node) {
	start := w.next
	for w.next < len(w.content) && strings.IndexByte(" \r,]}", w.content[w.next]) < 0 {
		w.next++
	}
	switch text := w.content[start:w.next]; text {
	case "true", "false":
		n.kind, n.truth = booleanNode, text == "true"
	case "null":
		n.kind = nullNode
	default:
		n.text = text
		if !strings.ContainsAny(text, ".eE") {
			n.kind = integerNode
		}
	}
}
