package download

import (
	"fmt"
	"io"
	"iter"
	"strconv"
)

// aboutSheet is the name of the sheet that says what the file is; those of features have the names of their collections.
const aboutSheet = "about"

// noteColumn is the column beside wkt that says why there is none.
const noteColumn = "wkt_note"

// writeXLSX writes a workbook with a sheet for each collection, and more where one has no rows left. Texts are never formulas. A geometry
// whose well-known text is too long for a cell is left out, and the cell beside it says so. The sheet that tells of the file is the last,
// since programs that are told of no sheet read the first.
func writeXLSX(w io.Writer, d Document, features iter.Seq2[Feature, error]) error {
	x := collectionSheets{book: newWorkbook(w), document: d, values: map[string]any{}, at: -1}
	for f, err := range features {
		if err != nil {
			return err
		}
		if err := x.add(f); err != nil {
			return err
		}
	}
	for x.at < len(d.Layers)-1 {
		if err := x.next(); err != nil {
			return err
		}
	}
	if err := x.about(); err != nil {
		return err
	}
	return x.book.close()
}

// collectionSheets lays features out in sheets.
type collectionSheets struct {
	book     *workbook
	document Document
	// at is the layer whose sheet is open, -1 before the first; sheets counts its sheets.
	at, sheets int
	// left counts the geometries that are too long for a cell.
	left   int
	values map[string]any
	cells  []any
}

// about writes the sheet that says whose the data is and what it is not.
func (x *collectionSheets) about() error {
	if err := x.book.sheet(aboutSheet, false); err != nil {
		return err
	}
	lines := [][]any{{x.document.Title}, {x.document.Description}, {x.document.rights()}, {x.document.Address}}
	for _, note := range x.document.Notes {
		lines = append(lines, []any{note})
	}
	for _, s := range x.document.sources() {
		lines = append(lines, []any{s.ID, s.Title, s.Author, s.Created, s.URL})
	}
	if x.left > 0 {
		lines = append(lines, []any{noteColumn, x.document.TooLong, float64(x.left)})
	}
	for _, line := range lines {
		if err := x.book.row(line); err != nil {
			return err
		}
	}
	return nil
}

// next opens the first sheet of the layer that follows.
func (x *collectionSheets) next() error {
	x.at++
	x.sheets = 0
	return x.sheet()
}

// sheet opens another sheet of the layer.
func (x *collectionSheets) sheet() error {
	l := x.document.Layers[x.at]
	name := string(l.Collection)
	if x.sheets++; x.sheets > 1 {
		name += " " + strconv.Itoa(x.sheets)
	}
	if err := x.book.sheet(name, true); err != nil {
		return err
	}
	head := []any{"id"}
	for _, c := range l.Columns {
		head = append(head, c.Name)
	}
	return x.book.row(append(head, "lon", "lat", "wkt", noteColumn))
}

func (x *collectionSheets) add(f Feature) error {
	for x.at < 0 || x.document.Layers[x.at].Collection != f.Collection {
		if x.at == len(x.document.Layers)-1 {
			return fmt.Errorf("download: %s %s comes out of order", f.Collection, f.ID)
		}
		if err := x.next(); err != nil {
			return err
		}
	}
	if x.book.full() {
		if err := x.sheet(); err != nil {
			return err
		}
	}
	if err := x.fill(f); err != nil {
		return err
	}
	return x.book.row(x.cells)
}

// fill puts a feature's values into the cells.
func (x *collectionSheets) fill(f Feature) error {
	if err := f.values(x.values); err != nil {
		return err
	}
	x.cells = append(x.cells[:0], f.ID)
	for _, c := range x.document.Layers[x.at].Columns {
		x.cells = append(x.cells, x.values[c.Name])
	}
	place, err := f.appendPlace(nil)
	if err != nil {
		return err
	}
	for i, part := range place {
		switch degrees, err := strconv.ParseFloat(part, 64); {
		case i < 2 && err == nil:
			x.cells = append(x.cells, degrees)
		case len(part) > mostSigns: // of ASCII alone
			x.left++
			x.cells = append(x.cells, nil, x.document.TooLong)
		default:
			x.cells = append(x.cells, part)
		}
	}
	return nil
}
