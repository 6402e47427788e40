package download

import (
	"fmt"
	"io"
	"iter"
	"strconv"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// Limits of the format.
const (
	mostRows  = 1 << 20
	mostSigns = 32767 // UTF-16 units in a cell
)

// aboutSheet is the name of the sheet that says what the file is; those of features have the names of their collections.
const aboutSheet = "about"

// writeXLSX writes a workbook with a sheet for each collection, and more where one has no rows left. Texts are never formulas. A geometry
// whose well-known text is too long for a cell is left out.
func writeXLSX(w io.Writer, d Document, features iter.Seq2[Feature, error]) (err error) {
	x := workbook{file: excelize.NewFile(), document: d, values: map[string]any{}, at: -1}
	defer func() {
		if closed := x.file.Close(); err == nil { // removes what was too large for memory
			err = closed
		}
	}()
	if err := x.about(); err != nil {
		return err
	}
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
	if err := x.rows.Flush(); err != nil {
		return err
	}
	return x.file.Write(w)
}

type workbook struct {
	file     *excelize.File
	document Document
	// at is the layer whose sheet is open, -1 before the first; sheets counts its sheets and row is the last that was written.
	at, sheets, row int
	rows            *excelize.StreamWriter
	values          map[string]any
}

// about writes the sheet that says whose the data is and what it is not.
func (x *workbook) about() error {
	if err := x.file.SetSheetName(x.file.GetSheetName(0), aboutSheet); err != nil {
		return err
	}
	var err error
	if x.rows, err = x.file.NewStreamWriter(aboutSheet); err != nil {
		return err
	}
	lines := [][]any{{x.document.Title}, {x.document.Description}, {x.document.rights()}, {x.document.Address}}
	for _, note := range x.document.Notes {
		lines = append(lines, []any{note})
	}
	for _, s := range x.document.Sources {
		lines = append(lines, []any{s.ID, s.Title, s.Created})
	}
	for _, line := range lines {
		if err := x.put(line); err != nil {
			return err
		}
	}
	return nil
}

// put writes the next row.
func (x *workbook) put(cells []any) error {
	x.row++
	return x.rows.SetRow("A"+strconv.Itoa(x.row), cells)
}

// next opens the first sheet of the layer that follows.
func (x *workbook) next() error {
	x.at++
	x.sheets = 0
	return x.sheet()
}

// sheet opens another sheet of the layer.
func (x *workbook) sheet() error {
	if err := x.rows.Flush(); err != nil {
		return err
	}
	l := x.document.Layers[x.at]
	name := string(l.Collection)
	if x.sheets++; x.sheets > 1 {
		name += " " + strconv.Itoa(x.sheets)
	}
	if _, err := x.file.NewSheet(name); err != nil {
		return err
	}
	var err error
	if x.rows, err = x.file.NewStreamWriter(name); err != nil {
		return err
	}
	if err := x.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	x.row = 0
	head := []any{"id"}
	for _, c := range l.Columns {
		head = append(head, c.Name)
	}
	return x.put(append(head, "lon", "lat", "wkt"))
}

func (x *workbook) add(f Feature) error {
	for x.at < 0 || x.document.Layers[x.at].Collection != f.Collection {
		if x.at == len(x.document.Layers)-1 {
			return fmt.Errorf("download: %s %s comes out of order", f.Collection, f.ID)
		}
		if err := x.next(); err != nil {
			return err
		}
	}
	if x.row == mostRows {
		if err := x.sheet(); err != nil {
			return err
		}
	}
	cells, err := x.cells(f)
	if err != nil {
		return err
	}
	return x.put(cells)
}

// cells are a feature's row.
func (x *workbook) cells(f Feature) ([]any, error) {
	if err := f.values(x.values); err != nil {
		return nil, err
	}
	cells := []any{f.ID}
	for _, c := range x.document.Layers[x.at].Columns {
		cells = append(cells, x.values[c.Name])
	}
	place, err := f.appendPlace(nil)
	if err != nil {
		return nil, err
	}
	for i, part := range place {
		switch degrees, err := strconv.ParseFloat(part, 64); {
		case i < 2 && err == nil:
			cells = append(cells, degrees)
		case part == "" || len(part) > mostSigns: // of ASCII alone
			cells = append(cells, nil)
		default:
			cells = append(cells, part)
		}
	}
	for i, cell := range cells {
		if s, isText := cell.(string); isText {
			cells[i] = shortened(s)
		}
	}
	return cells, nil
}

// shortened cuts a text that is too long for a cell and says so by an ellipsis.
func shortened(s string) string {
	if len(s) <= mostSigns {
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= mostSigns {
		return s
	}
	return string(utf16.Decode(units[:mostSigns-1])) + "…"
}
