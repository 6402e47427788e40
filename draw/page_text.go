package draw

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"

	"github.com/tdewolff/canvas"
	"github.com/tdewolff/font"
)

// glyphKey names a letter's shape: filled, or its outline for a halo.
type glyphKey struct {
	font    *canvas.Font
	id      uint16
	outline bool
}

// text writes a line whose runs stand side by side from a position of the canvas: first its words, which readers search and
// copy in every script, then its letters as shapes.
func (p *paper) text(m canvas.Matrix, text string, runs []run, t typeface) {
	total := 0.0
	for _, r := range runs {
		total += r.width
	}
	p.words(m, text, total, t.size)
	x := 0.0
	for _, r := range runs {
		if t.haloed {
			p.letters(m.Translate(x, 0), r, t.halo, 2*haloWidth)
		}
		x += r.width
	}
	const bolder = 0.03 // of the size: Chinese letters have one weight only
	x = 0
	for _, r := range runs {
		if r.script == "han" && t.weight == semibold {
			p.letters(m.Translate(x, 0), r, t.colour, bolder*t.size)
		}
		p.letters(m.Translate(x, 0), r, t.colour, 0)
		x += r.width
	}
}

// letters draws the shapes of a run, or their outlines of a width in the canvas's units where that is not 0.
func (p *paper) letters(m canvas.Matrix, r run, c colour, outline float64) {
	p.paint(rgba(c.with(1)), outline > 0)
	unit := r.face.MmPerEm // the canvas's units for each of the font's
	p.stream.WriteString("q " + matrix(m.Scale(unit, unit)) + " cm ")
	if outline > 0 {
		p.stream.WriteString(decimal(outline/unit) + " w 1 J 1 j []0 d ")
	}
	var penX, penY, lastX, lastY int32
	for _, g := range r.face.Glyphs(r.text) {
		toX, toY := penX+g.XOffset, penY+g.YOffset
		penX, penY = penX+g.XAdvance, penY+g.YAdvance
		name := p.glyph(glyphKey{r.face.Font, g.ID, outline > 0})
		if name == "" {
			continue
		}
		if toX != lastX || toY != lastY {
			fmt.Fprintf(p.stream, "1 0 0 1 %d %d cm ", toX-lastX, toY-lastY)
		}
		lastX, lastY = toX, toY
		p.stream.WriteString("/" + name + " Do ")
	}
	p.write("Q")
}

// glyph gives the name of a letter's shape; empty for one without ink.
func (p *paper) glyph(key glyphKey) string {
	if name, ok := p.glyphs[key]; ok {
		return name
	}
	path, name := &canvas.Path{}, ""
	// The font's own units are whole numbers, which are short.
	if err := key.font.GlyphPath(path, key.id, 0, 0, 0, 1, font.NoHinting); err == nil && !path.Empty() {
		b := path.FastBounds()
		margin := float64(key.font.Head.UnitsPerEm) / 2 // an outline's line is wider than the letter
		around := canvas.Rect{X0: b.X0 - margin, Y0: b.Y0 - margin, X1: b.X1 + margin, Y1: b.Y1 + margin}
		// It names nothing. Poppler reads the resources of a shape, the font of the unseen words among them, anew each time that the
		// shape is drawn: with the pages' own a lesson would keep a reader waiting for a second at each page.
		name = p.shape("G", around, "<<>>", func() {
			p.path(path)
			if key.outline {
				p.write("S")
			} else {
				p.write("f")
			}
		})
	}
	p.glyphs[key] = name
	return name
}

// words writes a text that is not seen (text rendering mode 3) over a width in the canvas's units, each UTF-16 unit as one
// sign half as wide as it is high, stretched to fit.
func (p *paper) words(m canvas.Matrix, text string, width, size float64) {
	units := utf16.Encode([]rune(text))
	if len(units) == 0 || size == 0 {
		return
	}
	if !p.state.silent {
		p.write("3 Tr")
		p.state.silent = true
	}
	stretched := 100 * width / (float64(len(units)) * size / 2)
	fmt.Fprintf(p.stream, "BT /W %s Tf %s Tz %s Tm <", decimal(size), decimal(stretched), matrix(m))
	for _, unit := range units {
		p.pagesOfCode[byte(unit>>8)] = true
		fmt.Fprintf(p.stream, "%04X", unit)
	}
	p.write("> Tj ET")
}

func matrix(m canvas.Matrix) string {
	part := func(v float64) string { return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64) }
	return part(m[0][0]) + " " + part(m[1][0]) + " " + part(m[0][1]) + " " + part(m[1][1]) + " " + decimal(m[0][2]) + " " + decimal(m[1][2])
}

// silentFont is the font of words that are not seen: each UTF-16 unit is a sign without ink that means itself. It is
// embedded, since a reader may put no other in its place.
func (p *paper) silentFont() []byte {
	file := p.put(p.packed("", emptyFont()))
	const units = 1 << 16
	signs := p.put(p.packed("", make([]byte, 2*units))) // all are the font's only one
	meaning := []byte("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def" +
		"/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n")
	const most = 100 // a list of ranges may be no longer
	for list := range slices.Chunk(slices.Sorted(maps.Keys(p.pagesOfCode)), most) {
		meaning = fmt.Appendf(meaning, "%d beginbfrange\n", len(list))
		for _, high := range list {
			meaning = fmt.Appendf(meaning, "<%02X00><%02XFF><%02X00>\n", high, high, high)
		}
		meaning = append(meaning, "endbfrange\n"...)
	}
	toUnicode := p.put(p.packed("", append(meaning, "endcmap CMapName currentdict/CMap defineresource pop end end"...)))
	return fmt.Appendf(nil, "<</Type/Font/Subtype/Type0/BaseFont/CORRID+Silent/Encoding/Identity-H/ToUnicode %d 0 R/DescendantFonts["+
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/CORRID+Silent/CIDToGIDMap %d 0 R/DW 500"+
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/CORRID+Silent"+
		"/Flags 4/FontBBox[0 -250 500 750]/ItalicAngle 0/Ascent 750/Descent -250/CapHeight 750/StemV 80/FontFile2 %d 0 R>>>>]>>",
		toUnicode, signs, file)
}

// emptyFont is a TrueType font of one glyph without ink, half an em wide.
func emptyFont() []byte {
	short := func(values ...int16) []byte {
		var b bytes.Buffer
		_ = binary.Write(&b, binary.BigEndian, values) // memory takes all
		return b.Bytes()
	}
	tables := []struct {
		tag  string
		body []byte
	}{
		{"glyf", short(0, 0)},
		// version 1.0, revision 1.0, no checksum, the magic number, flags, 1000 units an em, two dates, bounds, style,
		// 8 pixels at least, direction, short offsets, glyph format
		{"head", short(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, -250, 500, 750, 0, 8, 2, 0, 0)},
		{"hhea", short(1, 0, 750, -250, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, 1)},
		{"hmtx", short(500, 0)},
		{"loca", short(0, 0)},
		{"maxp", short(1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)},
	}
	const header, record = 12, 16
	out := append([]byte{0, 1, 0, 0}, short(int16(len(tables)), 64, 2, int16(len(tables))*record-64)...)
	at := header + record*len(tables)
	for _, t := range tables {
		sum := uint32(0)
		padded := append(slices.Clone(t.body), make([]byte, -len(t.body)&3)...)
		for i := 0; i < len(padded); i += 4 {
			sum += binary.BigEndian.Uint32(padded[i:])
		}
		out = append(out, t.tag...)
		out = binary.BigEndian.AppendUint32(out, sum)
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t.body)))
		at += len(padded)
	}
	for _, t := range tables {
		out = append(append(out, t.body...), make([]byte, -len(t.body)&3)...)
	}
	return out
}
