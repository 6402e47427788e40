package draw

import (
	"fmt"
	"io/fs"
	"sync"
	"unicode"

	"github.com/tdewolff/canvas"
)

// weight is how heavy letters are.
type weight int

const (
	regular  weight = 400
	semibold weight = 600
)

// fontOf is the font's name for a script, which has a file for each weight; Latin holds all that no other does.
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
	mu     sync.Mutex
	loaded map[fontName]*canvas.FontFamily
}

type fontName struct {
	script string
	weight weight
}

// NewFonts takes a folder with a file for each script and weight: latin-400.woff, latin-ext-400.woff, thai-600.woff…
func NewFonts(files fs.FS) *Fonts {
	return &Fonts{files: files, loaded: map[fontName]*canvas.FontFamily{}}
}

func (f *Fonts) family(name fontName) (*canvas.FontFamily, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
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

// runs splits a text by font and measures each piece. What no font holds is drawn as the font's own sign for that.
func (f *Fonts) runs(text string, t typeface) []run {
	var out []run
	start, current := 0, ""
	flush := func(end int) {
		if end == start {
			return
		}
		family, err := f.family(fontName{current, t.weight})
		if err != nil {
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
		if next := f.scriptOf(r, current); next != current {
			flush(i)
			current = next
		}
	}
	flush(len(text))
	return out
}

// scriptOf chooses the font of a rune. Marks and spaces stay with the run before them.
func (f *Fonts) scriptOf(r rune, current string) string {
	for _, s := range scripts() {
		if unicode.Is(s.table, r) {
			return s.name
		}
	}
	switch {
	case current != "" && (unicode.Is(unicode.Inherited, r) || r == ' ' || r == '\u200b' || r == '\u200c' || r == '\u200d'):
		return current
	case r >= 0x3000 && r < 0x3100 || r >= 0xff00 && r < 0xfff0:
		return "han"
	case r > 0x1e9f && r < 0x1f00:
		return "vietnamese"
	case r > 0xff && r < 0x0250 || r >= 0x1e00 && r < 0x1f00:
		return "latin-ext"
	case r == '→' || r == '≈':
		return "latin"
	}
	return "latin"
}

// check reads the fonts that a text needs, so that none is found missing while drawing.
func (f *Fonts) check(text string) error {
	seen := map[string]bool{}
	for _, r := range text {
		name := f.scriptOf(r, "")
		if seen[name] {
			continue
		}
		seen[name] = true
		if _, err := f.family(fontName{name, regular}); err != nil {
			return err
		}
	}
	return nil
}
