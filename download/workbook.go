package download

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/klauspost/compress/zip"
)

// Limits of a sheet.
const (
	mostRows  = 1 << 20
	mostSigns = 32767 // UTF-16 units in a cell
	// mostOfSheet is how many bytes of XML a sheet may have: programs do not open a part of more than 4 GB that was streamed.
	mostOfSheet = 3 << 30
)

// workbook writes an Office Open XML workbook (ECMA-376) as its rows come: a row is all that it keeps. Texts stand in their cells
// and not in a table of their own, which would have to be kept until the end.
type workbook struct {
	zip *zip.Writer
	// part is the sheet that is open, nil before the first; rows and bytes are what it has.
	part        io.Writer
	rows, bytes int
	names       []string
	line        []byte
}

func newWorkbook(w io.Writer) *workbook { return &workbook{zip: zip.NewWriter(w)} }

const (
	mainSpace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace  = "http://schemas.openxmlformats.org/package/2006/"
	contentTypes  = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// full says whether the open sheet takes no further row.
func (b *workbook) full() bool { return b.rows == mostRows || b.bytes > mostOfSheet }

// sheet ends the sheet that is open and opens another. Where its first row is a head, that stays in view.
func (b *workbook) sheet(name string, head bool) error {
	if err := b.endSheet(); err != nil {
		return err
	}
	b.names = append(b.names, name)
	b.rows, b.bytes = 0, 0
	var err error
	if b.part, err = b.zip.Create("xl/worksheets/sheet" + strconv.Itoa(len(b.names)) + ".xml"); err != nil {
		return err
	}
	views := ""
	if head {
		views = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
	}
	_, err = io.WriteString(b.part, xml.Header+`<worksheet xmlns="`+mainSpace+`">`+views+`<sheetData>`)
	return err
}

func (b *workbook) endSheet() error {
	if b.part == nil {
		return nil
	}
	_, err := io.WriteString(b.part, "</sheetData></worksheet>")
	return err
}

// row writes the next row of the open sheet. Cells are texts, numbers, truths, or nil for none.
func (b *workbook) row(cells []any) error {
	b.rows++
	line := strconv.AppendInt(append(b.line[:0], `<row r="`...), int64(b.rows), 10)
	line = append(line, `">`...)
	for i, cell := range cells {
		switch v := cell.(type) {
		case string:
			if v != "" {
				line = append(b.appendName(line, i), `" t="inlineStr"><is><t xml:space="preserve">`...)
				line = append(appendText(line, shortened(v)), "</t></is></c>"...)
			}
		case float64:
			line = append(b.appendName(line, i), `"><v>`...)
			line = append(strconv.AppendFloat(line, v, 'g', -1, 64), "</v></c>"...)
		case bool:
			line = append(b.appendName(line, i), `" t="b"><v>`...)
			line = append(line, map[bool]string{true: "1", false: "0"}[v]...)
			line = append(line, "</v></c>"...)
		}
	}
	line = append(line, "</row>"...)
	b.line = line // its room is used again
	b.bytes += len(b.line)
	_, err := b.part.Write(b.line)
	return err
}

// appendName begins a cell of the row with its name, as in AB12.
func (b *workbook) appendName(line []byte, column int) []byte {
	line = append(line, `<c r="`...)
	if column >= 26 {
		line = append(line, 'A'-1+byte(column/26))
	}
	return strconv.AppendInt(append(line, 'A'+byte(column%26)), int64(b.rows), 10)
}

// close ends the workbook: the parts that name its sheets come last.
func (b *workbook) close() error {
	if err := b.endSheet(); err != nil {
		return err
	}
	var types, sheets, relations strings.Builder
	for i, name := range b.names {
		n := strconv.Itoa(i + 1)
		types.WriteString(`<Override PartName="/xl/worksheets/sheet` + n + `.xml" ContentType="` + contentTypes + `worksheet+xml"/>`)
		sheets.WriteString(`<sheet name="` + name + `" sheetId="` + n + `" r:id="rId` + n + `"/>`)
		relations.WriteString(relation(n, "worksheet", "worksheets/sheet"+n+".xml"))
	}
	relations.WriteString(relation(strconv.Itoa(len(b.names)+1), "styles", "styles.xml"))
	for _, part := range [][2]string{
		{"xl/styles.xml", `<styleSheet xmlns="` + mainSpace + `"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
			`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
			`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
			`<cellXfs count="1"><xf xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`},
		{"xl/workbook.xml", `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relationSpace + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relationships(relations.String())},
		{"_rels/.rels", relationships(relation("1", "officeDocument", "xl/workbook.xml"))},
		{"[Content_Types].xml", `<Types xmlns="` + packageSpace + `content-types"><Default Extension="rels" ContentType="` +
			`application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="` + contentTypes +
			`sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + contentTypes + `styles+xml"/>` + types.String() + `</Types>`},
	} {
		w, err := b.zip.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, xml.Header+part[1]); err != nil {
			return err
		}
	}
	return b.zip.Close()
}

func relationships(all string) string {
	return `<Relationships xmlns="` + packageSpace + `relationships">` + all + `</Relationships>`
}

func relation(id, kind, target string) string {
	return `<Relationship Id="rId` + id + `" Type="` + relationSpace + "/" + kind + `" Target="` + target + `"/>`
}

// appendText appends a text as XML. A sign that XML has not, or would change, is written _xHHHH_ as the format demands, and so is the
// underscore of a text that looks like one.
func appendText(line []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	for i, r := range s {
		switch {
		case r == '&':
			line = append(line, "&amp;"...)
		case r == '<':
			line = append(line, "&lt;"...)
		case r == '>':
			line = append(line, "&gt;"...)
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF, r == '_' && looksEscaped(s[i:]):
			line = append(line, '_', 'x', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15], '_')
		default:
			line = append(line, string(r)...)
		}
	}
	return line
}

// looksEscaped says whether a text begins as _xHHHH_ does.
func looksEscaped(s string) bool {
	if len(s) < 7 || s[1] != 'x' || s[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(s[2:6], 16, 16)
	return err == nil
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
