package draw

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/color"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/tdewolff/canvas"
)

// paper writes a PDF of one page or several (ISO 32000-1). It is a renderer of the canvas in the place of the canvas's own, which
// keeps eight decimals of every point, draws what pages share again on each, cannot write words that are found but not seen,
// and dates what it writes. Here the same drawing gives the same bytes, and each letter's shape is kept once.
type paper struct {
	// width and height are a page's, in points.
	width, height float64
	title, lang   string
	author        string // empty where nobody is named
	objects       [][]byte
	pages         []int
	links         []string
	stream        *bytes.Buffer
	zip           *zlib.Writer // one for all streams, since to make one takes longer than to write a letter
	state         paperState
	// shapes are what is drawn more than once, by the name under which pages call it, with its object's number.
	shapes map[string]int
	glyphs map[glyphKey]string
	kept   map[string]string
	// opacities are those in use, in 255ths; pagesOfCode the upper bytes of the UTF-16 units of all words.
	opacities   map[uint8]bool
	pagesOfCode map[byte]bool
	outline     []outlineItem
}

// paperState is what a stream has set so far; what it inherits is unknown.
type paperState struct {
	known              bool
	fill, stroke, dash string
	alpha              uint8
	width              float64
	round, silent      bool
}

// outlineItem is a line of the reader's table of contents.
type outlineItem struct {
	title string
	page  int
}

// Numbers of the objects that all others refer to.
const (
	catalogObject = 1 + iota
	infoObject
	pagesObject
	resourcesObject
	fontObject
	outlineObject
	reservedObjects = outlineObject
)

func newPaper(width, height float64) *paper {
	return &paper{
		width: width, height: height, objects: make([][]byte, reservedObjects), stream: &bytes.Buffer{}, zip: zlib.NewWriter(nil),
		shapes: map[string]int{}, glyphs: map[glyphKey]string{}, kept: map[string]string{},
		opacities: map[uint8]bool{0xff: true}, pagesOfCode: map[byte]bool{},
	}
}

// put stores an object and gives its number.
func (p *paper) put(body []byte) int {
	p.objects = append(p.objects, body)
	return len(p.objects)
}

// packed is a stream object, compressed.
func (p *paper) packed(dictionary string, content []byte) []byte {
	var z bytes.Buffer
	p.zip.Reset(&z)
	_, _ = p.zip.Write(content) // memory takes all
	_ = p.zip.Close()
	var b bytes.Buffer
	fmt.Fprintf(&b, "<<%s/Filter/FlateDecode/Length %d>>stream\n", dictionary, z.Len())
	b.Write(z.Bytes())
	b.WriteString("\nendstream")
	return b.Bytes()
}

// endPage closes the page that was drawn.
func (p *paper) endPage() {
	contents := p.put(p.packed("", p.stream.Bytes()))
	links := strings.Join(p.links, "")
	if links != "" {
		links = "/Annots[" + links + "]"
	}
	page := fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents %d 0 R%s>>",
		pagesObject, decimal(p.width), decimal(p.height), resourcesObject, contents, links)
	p.pages = append(p.pages, p.put([]byte(page)))
	p.stream, p.state, p.links = &bytes.Buffer{}, paperState{}, nil
}

// link makes a box, in points, one to press upon.
func (p *paper) link(to string, b canvas.Rect) {
	p.links = append(p.links, fmt.Sprintf("<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[%s %s %s %s]/A<</S/URI/URI(%s)>>>>",
		decimal(b.X0), decimal(b.Y0), decimal(b.X1), decimal(b.Y1), escapedPDF(to)))
}

// escapedPDF writes a text of ASCII as the content of a PDF string.
func escapedPDF(text string) string {
	var b []byte
	for _, c := range []byte(text) {
		if c == '(' || c == ')' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return string(b)
}

// unicodePDF writes a text as a PDF string in hexadecimal.
func unicodePDF(text string) string {
	b := []byte("<FEFF")
	for _, unit := range utf16.Encode([]rune(text)) {
		b = fmt.Appendf(b, "%04X", unit)
	}
	return string(append(b, '>'))
}

// shape draws into a stream of its own that pages call by the name that it gives. What it names, such as opacities, is in its resources.
func (p *paper) shape(prefix string, bounds canvas.Rect, resources string, content func()) string {
	page, state := p.stream, p.state
	p.stream, p.state = &bytes.Buffer{}, paperState{}
	content()
	name := prefix + strconv.Itoa(len(p.shapes))
	p.shapes[name] = p.put(p.packed(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[%s %s %s %s]/Resources %s",
		decimal(bounds.X0), decimal(bounds.Y0), decimal(bounds.X1), decimal(bounds.Y1), resources), p.stream.Bytes()))
	p.stream, p.state = page, state
	return name
}

// once draws what a key names in bounds of its own, which later pages only call; m is from there to the page.
func (p *paper) once(key string, bounds canvas.Rect, m canvas.Matrix, content func()) {
	name, ok := p.kept[key]
	if !ok {
		name = p.shape("M", bounds, fmt.Sprintf("%d 0 R", resourcesObject), content)
		p.kept[key] = name
	}
	p.write("q " + matrix(m) + " cm /" + name + " Do Q")
}

// within draws what is seen inside of a box only, in points.
func (p *paper) within(b canvas.Rect, content func()) {
	p.write(fmt.Sprintf("q %s %s %s %s re W n", decimal(b.X0), decimal(b.Y0), decimal(b.W()), decimal(b.H())))
	content()
	p.write("Q")
	p.state = paperState{}
}

func (p *paper) write(operators string) {
	p.stream.WriteString(operators)
	p.stream.WriteByte('\n')
}

// decimal writes a number to a hundredth, which for points is finer than any printer.
func decimal(v float64) string {
	v = math.Round(v * 100)
	if v == 0 {
		return "0"
	}
	return strconv.FormatFloat(v/100, 'f', -1, 64)
}

// part writes so many 255ths as a number from 0 to 1, to a thousandth, by which readers tell all of them apart.
func part(v uint8) string {
	return strconv.FormatFloat(math.Round(float64(v)/0xff*1000)/1000, 'f', -1, 64)
}

// Size is a page's, in points.
func (p *paper) Size() (width, height float64) { return p.width, p.height }

// RenderPath draws a path in points.
func (p *paper) RenderPath(path *canvas.Path, style canvas.Style, m canvas.Matrix) {
	path = path.Copy().Transform(m)
	if style.HasFill() {
		p.paint(style.Fill.Color, false)
		p.path(path)
		p.write("f")
	}
	if style.HasStroke() {
		scale := math.Sqrt(math.Abs(m.Det()))
		width := style.StrokeWidth * scale
		_, dashes := canvas.ScaleDash(width, 0, style.Dashes)
		_, round := style.StrokeCapper.(canvas.RoundCapper)
		p.paint(style.Stroke.Color, true)
		p.line(width, round, dashes)
		p.path(path)
		p.write("S")
	}
}

// RenderText draws nothing: words are written by [paper.words] and their letters by [paper.letters].
func (p *paper) RenderText(*canvas.Text, canvas.Matrix) {}

// RenderImage draws nothing: a drawing has no images.
func (p *paper) RenderImage(image.Image, canvas.Matrix) {}

// paint sets the colour of areas, or of lines.
func (p *paper) paint(c color.RGBA, lines bool) {
	straight, _ := color.NRGBAModel.Convert(c).(color.NRGBA)
	operators := [2]string{"g", "rg"}
	last := &p.state.fill
	if lines {
		operators = [2]string{"G", "RG"}
		last = &p.state.stroke
	}
	set := part(straight.R) + " " + operators[0]
	if straight.R != straight.G || straight.G != straight.B {
		set = part(straight.R) + " " + part(straight.G) + " " + part(straight.B) + " " + operators[1]
	}
	if set != *last {
		p.write(set)
		*last = set
	}
	if !p.state.known || p.state.alpha != straight.A {
		p.opacities[straight.A] = true
		p.write(fmt.Sprintf("/A%d gs", straight.A))
		p.state.known, p.state.alpha = true, straight.A
	}
}

// line sets how lines are drawn; all have round corners.
func (p *paper) line(width float64, round bool, dashes []float64) {
	if p.state.width != width {
		p.write(decimal(width) + " w")
		p.state.width = width
	}
	parts := make([]string, len(dashes))
	for i, d := range dashes {
		parts[i] = decimal(d)
	}
	if dash := "[" + strings.Join(parts, " ") + "]0 d"; dash != p.state.dash || round != p.state.round {
		limb := "0 J 1 j "
		if round {
			limb = "1 J 1 j "
		}
		p.write(limb + dash)
		p.state.dash, p.state.round = dash, round
	}
}

// path writes a path's points.
func (p *paper) path(path *canvas.Path) {
	var b []byte
	number := func(at canvas.Point) {
		b = append(b, decimal(at.X)...)
		b = append(b, ' ')
		b = append(b, decimal(at.Y)...)
		b = append(b, ' ')
	}
	between := func(a, z canvas.Point) canvas.Point { // a quadratic curve's point as a cubic's
		return canvas.Point{X: a.X + (z.X-a.X)*2/3, Y: a.Y + (z.Y-a.Y)*2/3}
	}
	for s := path.ReplaceArcs().Scanner(); s.Scan(); {
		switch s.Cmd() {
		case canvas.MoveToCmd:
			number(s.End())
			b = append(b, "m "...)
		case canvas.LineToCmd:
			number(s.End())
			b = append(b, "l "...)
		case canvas.QuadToCmd:
			number(between(s.Start(), s.CP1()))
			number(between(s.End(), s.CP1()))
			number(s.End())
			b = append(b, "c "...)
		case canvas.CubeToCmd:
			number(s.CP1())
			number(s.CP2())
			number(s.End())
			b = append(b, "c "...)
		case canvas.CloseCmd:
			b = append(b, "h "...)
		}
	}
	p.stream.Write(b)
}

// finish gives the file.
func (p *paper) finish() []byte {
	p.objects[catalogObject-1] = fmt.Appendf(nil,
		"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/Lang(%s)/ViewerPreferences<</DisplayDocTitle true>>>>",
		pagesObject, outlineObject, escapedPDF(p.lang))
	author := ""
	if p.author != "" {
		author = "/Author" + unicodePDF(p.author)
	}
	p.objects[infoObject-1] = fmt.Appendf(nil, "<</Title%s%s/Producer(Corridor)>>", unicodePDF(p.title), author)
	kids := make([]string, len(p.pages))
	for i, page := range p.pages {
		kids[i] = strconv.Itoa(page) + " 0 R"
	}
	p.objects[pagesObject-1] = fmt.Appendf(nil, "<</Type/Pages/Count %d/Kids[%s]>>", len(p.pages), strings.Join(kids, " "))
	p.objects[fontObject-1] = p.silentFont()
	p.objects[resourcesObject-1] = p.resources()
	p.objects[outlineObject-1] = p.outlines()
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(p.objects))
	for i, object := range p.objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, catalogObject, infoObject, start)
	return b.Bytes()
}

func (p *paper) resources() []byte {
	b := []byte("<</ProcSet[/PDF/Text]/ExtGState<<")
	for _, a := range slices.Sorted(maps.Keys(p.opacities)) {
		b = fmt.Appendf(b, "/A%d<</CA %s/ca %s>>", a, part(a), part(a))
	}
	b = fmt.Appendf(b, ">>/Font<</W %d 0 R>>/XObject<<", fontObject)
	for _, name := range slices.Sorted(maps.Keys(p.shapes)) {
		b = fmt.Appendf(b, "/%s %d 0 R", name, p.shapes[name])
	}
	return append(b, ">>>>"...)
}

// outlines is the reader's table of contents.
func (p *paper) outlines() []byte {
	first := len(p.objects) + 1
	for i, item := range p.outline {
		siblings := ""
		if i > 0 {
			siblings += fmt.Sprintf("/Prev %d 0 R", first+i-1)
		}
		if i < len(p.outline)-1 {
			siblings += fmt.Sprintf("/Next %d 0 R", first+i+1)
		}
		p.put(fmt.Appendf(nil, "<</Title%s/Parent %d 0 R%s/Dest[%d 0 R/Fit]>>", unicodePDF(item.title), outlineObject, siblings, p.pages[item.page]))
	}
	if len(p.outline) == 0 {
		return []byte("<</Type/Outlines/Count 0>>")
	}
	return fmt.Appendf(nil, "<</Type/Outlines/Count %d/First %d 0 R/Last %d 0 R>>", len(p.outline), first, first+len(p.outline)-1)
}
