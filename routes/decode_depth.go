package routes

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

// deepest is how far lists and mappings may stand in each other: documents need less than ten, and the parser more memory with
// each than with the one before.
const deepest = 100

// A depth counts how far lists and mappings stand in each other: those in brackets, and those that are indented, by their columns.
type depth struct {
	brackets int
	columns  []int
}

func (d *depth) open(n int) { d.brackets = max(0, d.brackets+n) }

// indent takes note of what begins in a column: what stood as far to the right, or further, has ended.
func (d *depth) indent(column int) {
	for len(d.columns) > 0 && d.columns[len(d.columns)-1] >= column {
		d.columns = d.columns[:len(d.columns)-1]
	}
	d.columns = append(d.columns, column)
}

func (d *depth) tooDeep() bool { return d.brackets > deepest || len(d.columns) > deepest }

// flat refuses a file whose lists stand too deep in each other, by a look at its lines: to cut it into tokens takes two hundred
// times its size. Brackets within quotation marks count, so a line that begins an entry begins anew.
func (d decoder) flat(content []byte) bool {
	var deep depth
	for number := 1; len(content) > 0; number++ {
		line, rest, _ := bytes.Cut(content, []byte("\n"))
		content = rest
		start := len(line) - len(bytes.TrimLeft(line, " "))
		if start == len(line) || line[start] == '#' {
			continue
		}
		deep.indent(start)
		for begins(line[start:]) {
			deep.brackets = 0
			start += 2
			start += len(line[start:]) - len(bytes.TrimLeft(line[start:], " "))
			if deep.indent(start); deep.tooDeep() {
				return d.refuseDepth(number, start-1)
			}
		}
		for i := start; i < len(line); i++ {
			switch line[i] {
			case '[', '{':
				deep.open(1)
			case ']', '}':
				deep.open(-1)
			}
			if deep.tooDeep() {
				return d.refuseDepth(number, 1+utf8.RuneCount(line[:i]))
			}
		}
	}
	return true
}

// begins says whether a line begins an entry of a list or a key.
func begins(line []byte) bool {
	return len(line) > 1 && (line[0] == '-' || line[0] == '?') && line[1] == ' '
}

// shallow refuses what only tokens tell: which brackets stand within quotation marks.
func (d decoder) shallow(tokens token.Tokens) bool {
	var deep depth
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			deep.open(1)
		case token.SequenceEndType, token.MappingEndType:
			deep.open(-1)
		case token.SequenceEntryType, token.MappingKeyType:
			deep.indent(t.Position.Column)
		}
		if deep.tooDeep() {
			return d.refuseDepth(t.Position.Line, t.Position.Column)
		}
	}
	return true
}

func (d decoder) refuseDepth(line, column int) bool {
	d.problems = append(d.problems, Problem{
		File: d.file, Line: line, Column: column, What: fmt.Sprintf("lists and mappings stand in each other more than %d deep", deepest),
		Mend: "close the brackets, or indent the line as those beside it",
	})
	return false
}
