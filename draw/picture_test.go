package draw_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	xdraw "golang.org/x/image/draw"

	"corridor/draw"
)

var update = flag.Bool("update", false, "draw the reference pictures again")

func TestAnSVGHoldsItsTextsInEveryScript(t *testing.T) {
	for lang, want := range map[string][]string{
		"en":      {"Thai-Malaysian border", "Xishuangbanna", "a prefecture, no town named", "as of 2008", "historical account", "Vietnam"},
		"th":      {"กรุงเทพมหานคร", "สิบสองปันนา", "ลาว"},
		"my":      {"မြန်မာ", "ထိုင်း", "စစ်ဆောင်ပန္နား"},
		"zh-Hans": {"西双版纳", "缅甸", "越南"},
	} {
		body := drawn(t, lang, draw.Options{Format: draw.SVG, Theme: draw.Light})
		texts := strings.Join(textsOf(t, body), "\n")
		for _, text := range want {
			if !strings.Contains(texts, text) {
				t.Errorf("%s: no text %q in\n%s", lang, text, texts)
			}
		}
		if n, packed := len(body), gzipped(body); n > 150<<10 || packed > 40<<10 {
			t.Errorf("%s: %d bytes, %d compressed; want 150 KB and 40 KB at most", lang, n, packed)
		}
	}
}

// textsOf reads an SVG as XML and gives the content of its texts.
func textsOf(t testing.TB, svg []byte) []string {
	t.Helper()
	var out []string
	d := xml.NewDecoder(bytes.NewReader(svg))
	inside := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("no well-formed XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local == "text"
		case xml.EndElement:
			inside = false
		case xml.CharData:
			if inside {
				out = append(out, string(token))
			}
		}
	}
}

func TestContentIsDataInAnSVG(t *testing.T) {
	r := routeIn(t, "en")
	r.Title = `<script>alert(1)</script>"&'`
	r.TitleLang = `en"><script>`
	r.SaidBy = `<image href="https://example.org/x.png"/>`
	r.Attribution = `<foreignObject>`
	r.Stops[0].Title = `]]><a href="javascript:1">x</a>`
	body, err := painter(t).Draw(t.Context(), r, words(t, "en"), draw.Options{Format: draw.SVG, Theme: draw.Light})
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[string]bool{
		"svg": true, "g": true, "title": true, "style": true, "path": true, "text": true, "linearGradient": true, "stop": true,
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !allowed[start.Name.Local] {
			t.Errorf("an element %q", start.Name.Local)
		}
		for _, a := range start.Attr {
			if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
				t.Errorf("an attribute %s=%q", a.Name.Local, a.Value)
			}
			if a.Name.Local != "xmlns" && strings.Contains(a.Value, "://") {
				t.Errorf("a reference %q", a.Value)
			}
		}
	}
	if outside := regexp.MustCompile(`url\([^#]`).Find(body); outside != nil {
		t.Errorf("a reference to outside: %s", outside)
	}
}

func TestAPNGHasItsSize(t *testing.T) {
	for width, height := range map[int]int{0: 630, 1200: 630, 640: 1040, 320: 520, 2400: 1260, 900: 473} {
		img := decoded(t, drawn(t, "en", draw.Options{Format: draw.PNG, Theme: draw.Light, Width: width}))
		wantWidth := width
		if width == 0 {
			wantWidth = draw.SocialWidth
		}
		if size := img.Bounds().Size(); size.X != wantWidth || size.Y != height {
			t.Errorf("width %d: a picture of %v, want %d×%d", width, size, wantWidth, height)
		}
		if w, h := draw.Size(wantWidth); w != wantWidth || h != height {
			t.Errorf("Size(%d) = %d×%d, want height %d", wantWidth, w, h, height)
		}
	}
}

func decoded(t testing.TB, body []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestAPDFIsAPageOfA4WithItsWords(t *testing.T) {
	for _, lang := range []string{"en", "my", "th", "zh-Hans"} {
		o := draw.Options{Format: draw.PDF, Theme: draw.Light}
		body, route := drawn(t, lang, o), routeIn(t, lang)
		r := opened(t, body)
		page, root, info := r.Page(1), r.Trailer().Key("Root"), r.Trailer().Key("Info")
		if n := r.NumPage(); n != 1 {
			t.Errorf("%s: %d pages", lang, n)
		}
		width, height := page.V.Key("MediaBox").Index(2).Float64(), page.V.Key("MediaBox").Index(3).Float64()
		if math.Abs(width-297*72/25.4) > 0.1 || math.Abs(height-210*72/25.4) > 0.5 {
			t.Errorf("%s: the page is %g by %g points", lang, width, height)
		}
		if got := root.Key("Lang").Text(); got != lang {
			t.Errorf("%s: its language is %q", lang, got)
		}
		if title, author := info.Key("Title").Text(), info.Key("Author").Text(); title != route.Title || author != route.SaidBy {
			t.Errorf("%s: its title is %q, its author %q", lang, title, author)
		}
		text := pageWords(t, page)
		for _, want := range []string{route.Title, route.Stops[0].Title, words(t, lang)("claim.historical"), words(t, lang)("note.boundary")} {
			if !strings.Contains(text, spaceless(want)) {
				t.Errorf("%s: nobody finds %q in %s", lang, want, text)
			}
		}
		if !bytes.Equal(body, drawn(t, lang, o)) || bytes.Contains(body, []byte("Date")) {
			t.Errorf("%s: another time it is another file", lang)
		}
	}
}

func TestAPDFIsInTheThemesColours(t *testing.T) {
	for _, theme := range draw.Themes() {
		page := opened(t, drawn(t, "en", draw.Options{Format: draw.PDF, Theme: theme})).Page(1)
		content := streamOf(t, page.V.Key("Contents")) + streamOf(t, page.Resources().Key("XObject").Key("M0"))
		used := map[string]bool{}
		for _, set := range regexp.MustCompile(`([\d.]+) (?:([\d.]+) ([\d.]+) )?(?:rg|g)\n`).FindAllStringSubmatch(content, -1) {
			if set[2] == "" { // a grey
				set[2], set[3] = set[1], set[1]
			}
			v := numbers(t, set[1:])
			used[fmt.Sprintf("#%02x%02x%02x", int(math.Round(v[0]*255)), int(math.Round(v[1]*255)), int(math.Round(v[2]*255)))] = true
		}
		colours := draw.Colours(theme)
		for _, name := range []string{"page", "ink", "inkSoft", "route", "sea", "land"} {
			if !used[colours[name]] {
				t.Errorf("%s: nothing is filled with the %s, %s: %v", theme, name, colours[name], used)
			}
		}
	}
}

func TestPrintHasOnlyGreys(t *testing.T) {
	img := decoded(t, drawn(t, "en", draw.Options{Format: draw.PNG, Theme: draw.Print}))
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA); c.R != c.G || c.G != c.B {
				t.Fatalf("at %d, %d a colour: %v", x, y, c)
			}
		}
	}
	svg := drawn(t, "en", draw.Options{Format: draw.SVG, Theme: draw.Print})
	for _, hex := range regexp.MustCompile(`#[0-9a-f]{6}\b`).FindAllString(string(svg), -1) {
		if hex[1:3] != hex[3:5] || hex[3:5] != hex[5:7] {
			t.Fatalf("a colour %s", hex)
		}
	}
}

func TestAnEmptyMapTellsNothingOfTheRoute(t *testing.T) {
	texts := strings.Join(textsOf(t, drawn(t, "en", draw.Options{Format: draw.SVG, Theme: draw.Light, Empty: true})), "\n")
	for _, told := range []string{"Xishuangbanna", "Interior provinces", "Save the Children", "Documented"} {
		if strings.Contains(texts, told) {
			t.Errorf("it says %q", told)
		}
	}
	for _, want := range []string{"Thailand", "Bangkok", "imply no", "Natural Earth"} {
		if !strings.Contains(texts, want) {
			t.Errorf("it does not say %q", want)
		}
	}
}

func TestInferredLegsLookDifferentWithoutColour(t *testing.T) {
	r := routeIn(t, "en")
	p, w, o := painter(t), words(t, "en"), draw.Options{Format: draw.SVG, Theme: draw.Print}
	documented, err := p.Draw(t.Context(), r, w, o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Legs {
		r.Legs[i].Evidence = "inferred"
	}
	inferred, err := p.Draw(t.Context(), r, w, o)
	if err != nil {
		t.Fatal(err)
	}
	dashes := []byte(`stroke-dasharray="9 6"`)
	if n, m := bytes.Count(inferred, dashes), bytes.Count(documented, dashes); n < len(r.Legs) || m != 0 {
		t.Errorf("%d dashed lines where inferred, %d where documented", n, m)
	}
	if !strings.Contains(strings.Join(textsOf(t, inferred), " "), "Inferred") {
		t.Error("the legend does not explain it")
	}
}

func TestAnUnknownStopIsRefused(t *testing.T) {
	_, err := painter(t).Draw(t.Context(), routeIn(t, "en"), words(t, "en"), draw.Options{Format: draw.SVG, Theme: draw.Light, Stop: "x"})
	if !errors.Is(err, draw.ErrNoStop) {
		t.Errorf("error %v", err)
	}
}

func TestARouteWithoutPlacesIsStillDrawn(t *testing.T) {
	r := routeIn(t, "en")
	for i := range r.Stops {
		r.Stops[i].Geometry, r.Stops[i].Lon, r.Stops[i].Lat, r.Stops[i].Parts = nil, nil, nil, nil
	}
	r.Legs = nil
	if _, err := painter(t).Draw(t.Context(), r, words(t, "en"), draw.Options{Format: draw.PNG, Theme: draw.Light}); err != nil {
		t.Error(err)
	}
}

// The design tokens are in the front end's styles; a picture must not drift from them.
func TestColoursAreThoseOfThePages(t *testing.T) {
	light, dark, ok := strings.Cut(style(t, "tokens.css"), "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("the tokens have no dark part")
	}
	called := map[string]string{"homeward": "return", "townInk": "town"} // where the token's name is another
	for theme, css := range map[draw.Theme]string{draw.Light: light, draw.Dark: dark, draw.Print: style(t, "paper.css")} {
		colours := draw.Colours(theme)
		if len(colours) < 15 {
			t.Fatalf("%s: only %v", theme, colours)
		}
		for field, colour := range colours {
			token := called[field]
			if token == "" {
				token = strings.ToLower(regexp.MustCompile(`[A-Z]`).ReplaceAllString(field, "-$0"))
			}
			value := regexp.MustCompile(`\s--` + token + `: #(\w+);`).FindStringSubmatch(css)
			if value == nil || colour != "#"+sixDigits(value[1]) {
				t.Errorf("%s: %s is %s, and the pages' --%s %v", theme, field, colour, token, value)
			}
		}
	}
}

func style(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../static/styles", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// sixDigits writes a colour out that is written with three digits.
func sixDigits(hex string) string {
	if len(hex) != 3 {
		return hex
	}
	return regexp.MustCompile(`.`).ReplaceAllString(hex, "$0$0")
}

// A picture is in all of the colours: none is there that nothing is drawn in.
func TestAPictureIsInAllColours(t *testing.T) {
	var all strings.Builder
	for _, o := range []draw.Options{{Movements: true, Sites: true}, {Stop: "bangkok"}, {Stop: "xishuangbanna"}} { // near by towns are built up
		o.Format, o.Theme = draw.SVG, draw.Light
		all.Write(drawn(t, "en", o))
	}
	for field, colour := range draw.Colours(draw.Light) {
		if !strings.Contains(all.String(), colour) {
			t.Errorf("no picture has the %s, %s", field, colour)
		}
	}
}

// References are pictures that were looked at. They are compared small and in grey: what a reader would see as another
// picture fails, a different edge of a letter does not.
func TestReference(t *testing.T) {
	tests := map[string]struct {
		lang string
		o    draw.Options
	}{
		"en-light":      {"en", draw.Options{Theme: draw.Light}},
		"my-light":      {"my", draw.Options{Theme: draw.Light}},
		"th-dark":       {"th", draw.Options{Theme: draw.Dark}},
		"zh-Hans-print": {"zh-Hans", draw.Options{Theme: draw.Print}},
		"en-empty":      {"en", draw.Options{Theme: draw.Print, Empty: true}},
		"en-layers":     {"en", draw.Options{Theme: draw.Light, Movements: true, Sites: true}},
		"my-layers":     {"my", draw.Options{Theme: draw.Print, Movements: true, Sites: true}},
		"th-narrow":     {"th", draw.Options{Theme: draw.Light, Width: 640}},
		"en-stop":       {"en", draw.Options{Theme: draw.Light, Stop: "xishuangbanna"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.o.Format = draw.PNG
			got := small(decoded(t, drawn(t, tt.lang, tt.o)))
			file := filepath.Join("testdata", name+".png")
			if *update {
				var b bytes.Buffer
				encoder := png.Encoder{CompressionLevel: png.BestCompression}
				if err := encoder.Encode(&b, got); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want := small(decoded(t, raw))
			if mean, worst := difference(got, want); mean > 0.01 || worst > 0.2 {
				t.Errorf("it differs by %.4f on average and %.3f at the worst block; look at it, then make pictures", mean, worst)
			}
		})
	}
}

// small brings a picture to 300 pixels of width in grey.
func small(img image.Image) *image.Gray {
	const width = 300
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, width, b.Dy()*width/b.Dx()))
	xdraw.CatmullRom.Scale(out, out.Bounds(), img, b, xdraw.Src, nil)
	return out
}

// difference compares blocks of 5×5 pixels, from 0 to 1.
func difference(a, b *image.Gray) (mean, worst float64) {
	if a.Bounds() != b.Bounds() {
		return 1, 1
	}
	const side = 5
	blocks := 0.0
	for top := 0; top+side <= a.Bounds().Dy(); top += side {
		for left := 0; left+side <= a.Bounds().Dx(); left += side {
			sum := 0.0
			for y := top; y < top+side; y++ {
				for x := left; x < left+side; x++ {
					sum += float64(a.GrayAt(x, y).Y) - float64(b.GrayAt(x, y).Y)
				}
			}
			d := math.Abs(sum) / side / side / 255
			mean, worst, blocks = mean+d, math.Max(worst, d), blocks+1
		}
	}
	return mean / blocks, worst
}
