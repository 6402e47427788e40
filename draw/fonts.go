package draw

import (
	"fmt"
	"io/fs"
	"unicode"

	"github.com/tdewolff/canvas"
)

// weight is how heavy letters are.
type weight int

const (
	regular  weight = 400
	semibold weight = 600
)

// script is a script that has a font of its own; the Latin font holds what no other does.
type script struct {
	name  string
	table *unicode.RangeTable
}

// scripts are those that have a font of their own, in the order in which they are tried.
func scripts() []script {
	return []script{
		{"thai", unicode.Thai}, {"myanmar", unicode.Myanmar}, {"lao", unicode.Lao}, {"khmer", unicode.Khmer}, {"han", unicode.Han},
	}
}

// families are the fonts that an SVG asks the reader's device for, in the order of the page's own.
const families = `"Source Sans 3","Noto Sans","Noto Sans Thai","Noto Sans Myanmar","Noto Sans Lao","Noto Sans Khmer",` +
	`"Noto Sans SC","Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",Arial,"PingFang SC","Microsoft YaHei",` +
	`"Noto Sans CJK SC","Myanmar Text",Padauk,"Leelawadee UI",Thonburi,sans-serif`

// Fonts are the fonts by which letters are measured and, in PNG and PDF, drawn. Each is read when it is first needed.
type Fonts struct {
	files  fs.FS
	loaded map[fontName]*canvas.FontFamily
	words  lexicon
	widths map[measured]float64 // at a size of one pixel
	holds  map[letter]bool
	// missing is why a text could not be measured.
	missing error
}

// letter is a rune in a font.
type letter struct {
	font fontName
	r    rune
}

type fontName struct {
	script string
	weight weight
}

// NewFonts takes a folder with a file for each script and weight: latin-400.woff, latin-ext-400.woff, thai-600.woff…
func NewFonts(files fs.FS) *Fonts {
	return &Fonts{files: files, loaded: map[fontName]*canvas.FontFamily{}, words: newLexicon(wordList), widths: map[measured]float64{}, holds: map[letter]bool{}}
}

func (f *Fonts) family(name fontName) (*canvas.FontFamily, error) {
	if family, ok := f.loaded[name]; ok {
		return family, nil
	}
	raw, err := fs.ReadFile(f.files, fmt.Sprintf("%s-%d.woff", name.script, name.weight))
	if err != nil && name.weight != regular { // what has one weight only is drawn in it
		raw, err = fs.ReadFile(f.files, fmt.Sprintf("%s-%d.woff", name.script, regular))
	}
	if err != nil {
		return nil, fmt.Errorf("draw: the font of %s: %w; make build puts it into the program", name.script, err)
	}
	family := canvas.NewFontFamily(fmt.Sprintf("%s-%d", name.script, name.weight))
	if err := family.LoadFont(raw, 0, canvas.FontRegular); err != nil {
		return nil, fmt.Errorf("draw: the font of %s: %w", name.script, err)
	}
	f.loaded[name] = family
	return family, nil
}

// run is a piece of text that one font holds.
type run struct {
	text   string
	script string
	face   *canvas.FontFace
	// width is the run's advance in pixels.
	width float64
}

// runs splits a text by font and measures each piece. What no font holds is drawn as what reads alike, or as the font's own
// sign for that.
func (f *Fonts) runs(text string, t typeface) []run {
	text = f.drawable(text, t.weight)
	var out []run
	start, current := 0, ""
	flush := func(end int) {
		if end == start {
			return
		}
		family, err := f.family(fontName{current, t.weight})
		if err != nil {
			f.missing = err
			start = end
			return
		}
		const pointsPerMM = 72 / 25.4 // a canvas counts millimetres, of which one is a pixel here
		face := family.Face(t.size*pointsPerMM, t.colour.with(1))
		piece := text[start:end]
		out = append(out, run{piece, current, face, face.TextWidth(piece)})
		start = end
	}
	for i, r := range text {
		if next := f.fontOf(r, current, t.weight); next != current {
			flush(i)
			current = next
		}
	}
	flush(len(text))
	return out
}

// punctuation are the ranges of letters and signs that belong to no one script and have a font of their own.
func punctuation() []fontRange {
	return []fontRange{
		{0x3000, 0x30ff, "han"},
		{0xff00, 0xffef, "han"},
		{0x1ea0, 0x1eff, "vietnamese"},
		{0x0100, 0x024f, "latin-ext"},
		{0x1e00, 0x1e9f, "latin-ext"},
	}
}

// fontRange is a range of runes, both ends within.
type fontRange struct {
	first, last rune
	font        string
}

// scriptOf chooses the font of a rune. Marks and spaces stay with the run before them.
func (f *Fonts) scriptOf(r rune, current string) string {
	for _, s := range scripts() {
		if unicode.Is(s.table, r) {
			return s.name
		}
	}
	if current != "" && (r == ' ' || unicode.Is(unicode.Inherited, r) || unicode.Is(unicode.Cf, r)) {
		return current
	}
	for _, p := range punctuation() {
		if r >= p.first && r <= p.last {
			return p.font
		}
	}
	return "latin"
}
