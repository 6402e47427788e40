package download

import (
	"encoding/csv"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// byteOrderMark tells a spreadsheet that the letters are UTF-8.
const byteOrderMark = "\ufeff"

// writeCSV writes a table (RFC 4180) with a row for each feature. Only what the source gives as a point has lon and lat; wkt has
// every geometry. Its columns are those of all layers.
func writeCSV(w io.Writer, d Document, features iter.Seq2[Feature, error]) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	columns := d.columns()
	if err := out.Write(header(d, columns)); err != nil {
		return err
	}
	var row []string
	values := map[string]any{}
	for f, err := range features {
		if err != nil {
			return err
		}
		if err := f.values(values); err != nil {
			return err
		}
		row = row[:0]
		if d.several() {
			row = append(row, string(f.Collection))
		}
		row = append(row, Harmless(f.ID))
		for _, c := range columns {
			cell := written(values[c.Name])
			if _, isText := values[c.Name].(string); isText {
				cell = Harmless(cell)
			}
			row = append(row, cell)
		}
		if row, err = f.appendPlace(row); err != nil {
			return err
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func header(d Document, columns []Column) []string {
	var row []string
	if d.several() {
		row = append(row, "collection")
	}
	row = append(row, "id")
	for _, c := range columns {
		row = append(row, c.Name)
	}
	return append(row, "lon", "lat", "wkt")
}

// columns are those of all layers, each once.
func (d Document) columns() []Column {
	var all []Column
	for _, l := range d.Layers {
		for _, c := range l.Columns {
			if !slices.ContainsFunc(all, func(known Column) bool { return known.Name == c.Name }) {
				all = append(all, c)
			}
		}
	}
	return all
}

// appendPlace appends longitude and latitude in degrees where the feature is a point, and its geometry as well-known text.
func (f Feature) appendPlace(row []string) ([]string, error) {
	g, err := f.geometry()
	if err != nil {
		return row, err
	}
	lon, lat, all := "", "", ""
	if g != nil {
		all = wkt.MarshalString(g)
	}
	if p, ok := g.(orb.Point); ok {
		lon, lat = strconv.FormatFloat(p.Lon(), 'f', -1, 64), strconv.FormatFloat(p.Lat(), 'f', -1, 64)
	}
	return append(row, lon, lat, all), nil
}

// Harmless puts an apostrophe before a text that a spreadsheet would take for a formula and run. Some take the full-width signs of East
// Asian keyboards for the narrow ones.
func Harmless(cell string) string {
	if first, _ := utf8.DecodeRuneInString(cell); cell != "" && strings.ContainsRune("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20", first) {
		return "'" + cell
	}
	return cell
}
