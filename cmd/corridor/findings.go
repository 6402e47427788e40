package main

import (
	"fmt"
	"io"

	"corridor/routes"
)

// findings are the problems of packs until they are printed: what only warns first, and what forbids an import at the end, next to the
// prompt. So many of each are kept as are printed.
type findings struct {
	all      bool // whether each text that lacks a translation is named
	errors   routes.Problems
	warnings routes.Folding
	warned   int // warnings that were added
	kept     int // those of them that were kept beside the folded ones
	wrong    int // errors that were added
}

func (f *findings) add(p routes.Problem) {
	if !p.Warning {
		if f.wrong++; f.wrong <= mostProblems {
			f.errors = append(f.errors, p)
		}
		return
	}
	f.warned++
	if f.all {
		p.Lacks = ""
	}
	if p.Lacks == "" {
		f.kept++
	}
	if p.Lacks != "" || f.kept <= mostProblems {
		f.warnings.Add(p)
	}
}

func (f *findings) print(out io.Writer) {
	for _, p := range f.warnings.Problems() {
		fmt.Fprintln(out, p)
	}
	if f.kept > mostProblems {
		fmt.Fprintf(out, "%d more warnings are not printed\n", f.kept-mostProblems)
	}
	for _, p := range f.errors {
		fmt.Fprintln(out, p)
	}
}

// counted says how many there are.
func (f *findings) counted() string {
	said := counted(f.wrong, "problem")
	if f.warned > 0 {
		said += " and " + counted(f.warned, "warning")
	}
	return said
}
