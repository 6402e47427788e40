package draw

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/tdewolff/canvas"
)

// svgPath writes lines as steps from point to point in tenths of a pixel, half as long as the canvas's own paths.
func (p *pen) svgPath(lines []orb.LineString, closed bool, style string) {
	var d []byte
	x, y := 0, 0
	for _, line := range lines {
		if len(line) < 2 {
			continue
		}
		for i, at := range line {
			toX, toY := int(math.Round(at[0]*10)), int(math.Round(at[1]*10))
			switch {
			case i == 0:
				d = append(d, 'm')
			case toX == x && toY == y && i < len(line)-1:
				continue
			case i == 1:
				d = append(d, 'l')
			}
			d = appendTenths(d, toX-x)
			d = appendTenths(d, toY-y)
			x, y = toX, toY
		}
		if closed {
			d = append(d, 'z')
			x, y = int(math.Round(line[0][0]*10)), int(math.Round(line[0][1]*10))
		}
	}
	if len(d) > 0 {
		fmt.Fprintf(p.out, `<path d="M0 0%s"%s/>`, d, style)
	}
}

// appendTenths writes a tenth part of a number as short as SVG allows: 1.5, -.5, 12.
func appendTenths(d []byte, tenths int) []byte {
	if last := d[len(d)-1]; tenths >= 0 && last != 'm' && last != 'l' {
		d = append(d, ' ')
	}
	if tenths < 0 {
		d = append(d, '-')
		tenths = -tenths
	}
	if tenths >= 10 || tenths == 0 {
		d = strconv.AppendInt(d, int64(tenths/10), 10)
	}
	if rest := tenths % 10; rest != 0 {
		d = append(d, '.', byte('0'+rest))
	}
	return d
}

// svgGradient writes a gradient of opacity from one point to another, by pairs of offset and opacity, and gives its paint.
func (p *pen) svgGradient(from, to orb.Point, c colour, stops [][2]float64) string {
	p.gradients++
	fmt.Fprintf(p.out, `<linearGradient id="g%d" gradientUnits="userSpaceOnUse" x1="%g" y1="%g" x2="%g" y2="%g">`,
		p.gradients, tenth(from[0]), tenth(from[1]), tenth(to[0]), tenth(to[1]))
	for _, stop := range stops {
		fmt.Fprintf(p.out, `<stop offset="%.3g" stop-color="%s" stop-opacity="%.2g"/>`, stop[0], c.css(), stop[1])
	}
	p.out.WriteString("</linearGradient>")
	return fmt.Sprintf("url(#g%d)", p.gradients)
}

// svgFading draws a line that fades out where its end is no spot.
func (p *pen) svgFading(f flow, c colour, width float64, dashes []float64) {
	if !f.start && !f.end {
		p.stroke([]orb.LineString{f.line}, solid(c), width, dashes...)
		return
	}
	var stops [][2]float64
	for _, at := range []float64{0, fadeReach * 0.35, fadeReach, 1 - fadeReach, 1 - fadeReach*0.35, 1} {
		stops = append(stops, [2]float64{at, fade(at, f.start, f.end)})
	}
	with := p.svgGradient(f.line[0], f.line[len(f.line)-1], c, stops)
	p.svgPath([]orb.LineString{f.line}, false, fmt.Sprintf(` fill="none" stroke="%s" stroke-width="%.3g"%s`, with, width, dashArray(dashes)))
}

// dashArray is the attribute of dashes; nothing for a whole line.
func dashArray(dashes []float64) string {
	if len(dashes) == 0 {
		return ""
	}
	list := make([]string, len(dashes))
	for i, d := range dashes {
		list[i] = strconv.FormatFloat(d, 'g', 3, 64)
	}
	return ` stroke-dasharray="` + strings.Join(list, " ") + `"`
}

// svgBand draws the broad beginning of a line.
func (p *pen) svgBand(f flow, c colour, width float64) {
	end, _ := along(f.line, bandReach)
	with := p.svgGradient(f.line[0], end, c, bandStops())
	p.svgPath([]orb.LineString{band(f.line, width, bandReach, 0, 1)}, true, fmt.Sprintf(` fill="%s"`, with))
}

func fillOf(with paint) string {
	if with.opacity < 1 {
		return fmt.Sprintf(` fill="%s" fill-opacity="%.2g"`, with.colour.css(), with.opacity)
	}
	return fmt.Sprintf(` fill="%s"`, with.colour.css())
}

func (p *pen) strokeOf(with paint, width float64, dashes ...float64) string {
	style := fmt.Sprintf(` stroke="%s" stroke-width="%.3g"`, with.colour.css(), width)
	if with.opacity < 1 {
		style += fmt.Sprintf(` stroke-opacity="%.2g"`, with.opacity)
	}
	if p.rounded {
		style += ` stroke-linecap="round"`
	}
	return style + dashArray(dashes)
}

// svgText leaves the letters to the reader's browser, which shapes every script.
func (p *pen) svgText(x, y float64, text string, t typeface) {
	fmt.Fprintf(p.out, `<text x="%g" y="%g" font-size="%g" fill="%s"`, tenth(x), tenth(y), tenth(t.size), t.colour.css())
	if t.weight != regular {
		fmt.Fprintf(p.out, ` font-weight="%d"`, t.weight)
	}
	if t.anchor != atStart {
		fmt.Fprintf(p.out, ` text-anchor="%s"`, t.anchor)
	}
	if t.angle != 0 {
		fmt.Fprintf(p.out, ` transform="rotate(%g %g %g)"`, tenth(t.angle*180/math.Pi), tenth(x), tenth(y))
	}
	if t.haloed {
		fmt.Fprintf(p.out, ` class="h" stroke="%s"`, t.halo.css())
	}
	if t.lang != "" && t.lang != p.sheet.route.Lang {
		fmt.Fprintf(p.out, ` lang="%s"`, escaped(t.lang))
	}
	fmt.Fprintf(p.out, ">%s</text>", escaped(text))
}

// svgLetters draws letters as shapes into an SVG: they need no font of the reader's device.
func (p *pen) svgLetters(path *canvas.Path, t typeface) {
	d := p.svgCurves(path)
	if d == "" {
		return
	}
	class := ""
	if t.haloed {
		class = fmt.Sprintf(` class="h" stroke="%s"`, t.halo.css())
	}
	fmt.Fprintf(p.out, `<path d="%s" fill="%s"%s/>`, d, t.colour.css(), class)
}

// svgCurves writes a path in tenths of a pixel, each point as a step from the last. It rounds from where a contour begins, so
// that a letter is written alike wherever it stands and the whole compresses well.
func (p *pen) svgCurves(path *canvas.Path) string {
	var d []byte
	var first canvas.Point // of the contour, and the same in tenths
	var firstX, firstY int
	x, y := 0, 0
	rounded := func(at canvas.Point) (int, int) {
		return firstX + int(math.Round((at.X-first.X)*10)), firstY - int(math.Round((at.Y-first.Y)*10))
	}
	step := func(at canvas.Point) {
		toX, toY := rounded(at)
		d = appendTenths(d, toX-x)
		d = appendTenths(d, toY-y)
	}
	arrive := func(at canvas.Point) { x, y = rounded(at) }
	for scan := path.Scanner(); scan.Scan(); {
		switch scan.Cmd() {
		case canvas.MoveToCmd:
			d = append(d, 'm')
			first = scan.End()
			firstX, firstY = int(math.Round(first.X*10)), int(math.Round((p.height-first.Y)*10))
		case canvas.LineToCmd:
			d = append(d, 'l')
		case canvas.QuadToCmd:
			d = append(d, 'q')
			step(scan.CP1())
		case canvas.CubeToCmd:
			d = append(d, 'c')
			step(scan.CP1())
			step(scan.CP2())
		case canvas.CloseCmd:
			d = append(d, 'z')
			arrive(scan.End())
			continue
		}
		step(scan.End())
		arrive(scan.End())
	}
	if len(d) == 0 {
		return ""
	}
	return "M0 0" + strings.TrimPrefix(string(d), " ")
}

// escaped makes content harmless in XML: it is data, never markup.
func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return ""
	}
	return b.String()
}

func (p *pen) finishSVG() ([]byte, error) {
	if err := p.vector.Close(); err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	width := p.sheet.options.Width
	height := int(math.Round(float64(width) * p.height / p.width))
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" lang="%s" width="%d" height="%d" viewBox="0 0 %g %g" role="img" aria-labelledby="title">`,
		escaped(p.sheet.route.Lang), width, height, p.width, p.height)
	fmt.Fprintf(&b, `<title id="title" lang="%s">%s</title>`, escaped(p.sheet.route.TitleLang), escaped(p.sheet.route.Title))
	fmt.Fprintf(&b, `<style>text{font-family:%s}.h{paint-order:stroke;stroke-width:%g;stroke-linejoin:round}</style>`, families, 2*haloWidth)
	b.WriteString(`<g stroke-linejoin="round">`)
	body := bytes.TrimSuffix(p.out.Bytes(), []byte("</svg>"))
	if p.sheet.options.bare() { // a page may show more of it than is drawn; there it ends as a map does, not with loose ends
		d := p.sheet.view.drawn
		fmt.Fprintf(&b, `<svg x="%[1]g" y="%[2]g" width="%[3]g" height="%[4]g" viewBox="%[1]g %[2]g %[3]g %[4]g">%[5]s</svg>`,
			d.left, d.top, d.width(), d.height(), body)
	} else {
		b.Write(body)
	}
	b.WriteString("</g></svg>")
	return b.Bytes(), nil
}
