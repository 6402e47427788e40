package routes

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Problem is one thing that is wrong with a pack, where it is, and how to mend it.
type Problem struct {
	File         string
	Line, Column int
	What, Mend   string
	// Warning says that the pack can be imported all the same.
	Warning bool
	// Lacks is the language that a text has not been translated to, empty of everything else that is wrong. Path is where the text stands in
	// its file, and Texts how many that has, 0 where it is read piece by piece.
	Lacks, Path string
	Texts       int
}

// String is a line as compilers write it, which editors find: file:line:column: what is wrong; how to mend it.
func (p Problem) String() string {
	kind := ""
	if p.Warning {
		kind = "warning: "
	}
	return fmt.Sprintf("%s:%d:%d: %s%s; %s", p.File, p.Line, p.Column, kind, p.What, p.Mend)
}

// Problems are all the problems of a pack, in the order of its files.
type Problems []Problem

// Errors are the problems that forbid an import.
func (p Problems) Errors() Problems {
	return slices.DeleteFunc(slices.Clone(p), func(q Problem) bool { return q.Warning })
}

func (p Problems) sort() {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.What, b.What))
	})
}

// A spot is a node of a pack's files: the file, and the path in it, such as "stops[2].as_of".
type spot struct{ file, path string }

func (s spot) field(name string) spot {
	if s.path == "" {
		return spot{s.file, name}
	}
	return spot{s.file, s.path + "." + name}
}

func (s spot) item(i int) spot { return spot{s.file, s.path + "[" + strconv.Itoa(i) + "]"} }

// parent is the node around a spot; of a file's root it is the root.
func (s spot) parent() spot {
	if i := strings.LastIndexAny(s.path, ".["); i >= 0 {
		return spot{s.file, s.path[:i]}
	}
	return spot{s.file, ""}
}

type position struct{ line, column int }

// reporter gathers problems and knows where each node of the pack's files stands.
type reporter struct {
	at map[spot]position
	// locate finds where the nodes stand when that is first asked, nil where at has them: few lines of a file of many have problems.
	locate   func() map[spot]position
	problems Problems
}

func (r *reporter) positions() map[spot]position {
	if r.locate != nil {
		r.at, r.locate = r.locate(), nil
	}
	return r.at
}

// written says whether a node stands in a file at all.
func (r *reporter) written(s spot) bool {
	_, is := r.positions()[s]
	return is
}

// position of a node, or of the nearest one around it that is written.
func (r *reporter) position(s spot) position {
	at := r.positions()
	for {
		if p, ok := at[s]; ok {
			return p
		}
		if s.path == "" {
			return position{1, 1}
		}
		s = s.parent()
	}
}

func (r *reporter) refuse(s spot, what, mend string) { r.add(s, what, mend, false) }

// refused says whether there is a problem at a node already.
func (r *reporter) refused(s spot) bool {
	p := r.position(s)
	return slices.ContainsFunc(r.problems, func(q Problem) bool {
		return !q.Warning && q.File == s.file && q.Line == p.line && q.Column == p.column
	})
}

// misread says whether a node is written and could not be read, so that nothing more can be said of it.
func (r *reporter) misread(s spot) bool { return r.written(s) && r.refused(s) }

func (r *reporter) warn(s spot, what, mend string) { r.add(s, what, mend, true) }

// lack warns of a text that a language is missing of.
func (r *reporter) lack(s spot, language, mend string) {
	r.warn(s, fmt.Sprintf("the text %s has no %s", s.path, language), mend)
	added := &r.problems[len(r.problems)-1]
	added.Lacks, added.Path = language, s.path
}

func (r *reporter) add(s spot, what, mend string, warning bool) {
	p := r.position(s)
	r.problems = append(r.problems, Problem{File: s.file, Line: p.line, Column: p.column, What: what, Mend: mend, Warning: warning})
}
