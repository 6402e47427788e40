package main

import (
	"fmt"
	"io"

	"corridor/routes"
)

// heldProblems are the problems of packs until they are printed: what only warns first, and what forbids an import at the end, next to the
// prompt. So many of each are kept as are printed.
type heldProblems struct {
	all      bool // whether each text that lacks a translation is named
	errors   routes.Problems
	warnings routes.Folding
	warned   int // warnings that were added
	kept     int // those of them that were kept beside the folded ones
	wrong    int // errors that were added
}

func (h *heldProblems) add(p routes.Problem) {
	if !p.Warning {
		if h.wrong++; h.wrong <= mostProblems {
			h.errors = append(h.errors, p)
		}
		return
	}
	h.warned++
	if h.all {
		p.Lacks = ""
	}
	if p.Lacks == "" {
		h.kept++
	}
	if p.Lacks != "" || h.kept <= mostProblems {
		h.warnings.Add(p)
	}
}

func (h *heldProblems) print(out io.Writer) {
	for _, p := range h.warnings.Problems() {
		fmt.Fprintln(out, p)
	}
	if h.kept > mostProblems {
		fmt.Fprintf(out, "%d more warnings are not printed\n", h.kept-mostProblems)
	}
	for _, p := range h.errors {
		fmt.Fprintln(out, p)
	}
}

// counted says how many there are.
func (h *heldProblems) counted() string {
	said := counted(h.wrong, "problem")
	if h.warned > 0 {
		said += " and " + counted(h.warned, "warning")
	}
	return said
}
