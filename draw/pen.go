package draw

import (
	"bytes"
	"fmt"
	"image/png"
	"math"

	"github.com/paulmach/orb"
	"github.com/tdewolff/canvas"
	"github.com/tdewolff/canvas/renderers/rasterizer"
	"github.com/tdewolff/canvas/renderers/svg"
)

// anchor is which point of a text its position is.
type anchor string

const (
	atStart  anchor = ""
	atMiddle anchor = "middle"
	atEnd    anchor = "end"
)

// typeface is how a text looks; size is in pixels.
type typeface struct {
	size   float64
	weight weight
	colour colour
	// halo is drawn around the letters so that they read upon lines; haloed says whether.
	halo   colour
	haloed bool
	anchor anchor
	// angle turns the text about its position, in radians clockwise.
	angle float64
	// lang is the BCP 47 tag of the text where it is not the picture's.
	lang string
}

// haloWidth is how far a halo reaches around letters, in pixels.
const haloWidth = 1.6

// pen draws in one of the formats. Positions are pixels of the sheet, x to the right and y down.
type pen struct {
	sheet  *sheet
	format Format
	ctx    *canvas.Context
	raster *rasterizer.Rasterizer
	paper  *paper
	vector *svg.SVG
	out    *bytes.Buffer
	width  float64
	height float64
	// rounded says that lines end round.
	rounded bool
	// gradients counts those of an SVG, for their ids.
	gradients int
}

func newPen(s *sheet) (*pen, error) {
	if s.options.Format == PDF {
		return penOnPage(s), nil
	}
	p := &pen{sheet: s, format: s.options.Format, out: &bytes.Buffer{}, width: s.width, height: s.height}
	switch p.format {
	case SVG:
		p.vector = svg.New(p.out, p.width, p.height, &svg.Options{})
		p.out.Reset() // the head is written at the end, by us
		p.ctx = canvas.NewContext(p.vector)
	case PNG:
		scale := float64(s.options.Width) / p.width
		p.raster = rasterizer.New(p.width, p.height, canvas.DPMM(scale), canvas.LinearColorSpace{})
		p.ctx = canvas.NewContext(p.raster)
	default:
		return nil, fmt.Errorf("draw: unknown format %q; write svg, png or pdf", p.format)
	}
	p.ctx.SetStrokeJoiner(canvas.RoundJoin)
	return p, nil
}

// path turns lines into a path; where closed, each is an area's ring.
func (p *pen) path(lines []orb.LineString, closed bool) *canvas.Path {
	path := &canvas.Path{}
	for _, line := range lines {
		if len(line) < 2 {
			continue
		}
		path.MoveTo(tenth(line[0][0]), tenth(p.height-line[0][1]))
		for _, at := range line[1:] {
			path.LineTo(tenth(at[0]), tenth(p.height-at[1]))
		}
		if closed {
			path.Close()
		}
	}
	return path
}

// tenth keeps an SVG short: nobody sees less than a tenth of a pixel.
func tenth(v float64) float64 { return math.Round(v*10) / 10 }

// paint is a colour with its opacity from 0 to 1.
type paint struct {
	colour  colour
	opacity float64
}

func solid(c colour) paint { return paint{c, 1} }

// fill fills rings.
func (p *pen) fill(rings []orb.LineString, with paint) {
	if p.format == SVG {
		p.svgPath(rings, true, fillOf(with))
		return
	}
	p.fillPath(p.path(rings, true), with)
}

// area fills rings and draws the lines around them, both in one where these are the same.
func (p *pen) area(rings, around []orb.LineString, fill, line paint, width float64) {
	if p.format == SVG && len(rings) > 0 && len(around) > 0 && &around[0] == &rings[0] {
		p.svgPath(rings, true, fillOf(fill)+p.strokeOf(line, width))
		return
	}
	p.fill(rings, fill)
	p.stroke(around, line, width)
}

func (p *pen) fillPath(path *canvas.Path, with paint) {
	if path.Empty() {
		return
	}
	p.ctx.SetFillColor(with.colour.with(with.opacity))
	p.ctx.SetStrokeColor(canvas.Transparent)
	p.ctx.DrawPath(0, 0, path)
}

// stroke draws lines of a width in pixels.
func (p *pen) stroke(lines []orb.LineString, with paint, width float64, dashes ...float64) {
	switch p.format {
	case SVG:
		p.svgPath(lines, false, ` fill="none"`+p.strokeOf(with, width, dashes...))
		return
	case PDF:
		p.strokePath(p.path(lines, false), with, width, dashes...)
		return
	}
	if len(dashes) > 1 {
		lines = dashed(lines, dashes[0], dashes[1])
	}
	p.fill(outline(lines, width, p.rounded), with)
}

func (p *pen) strokePath(path *canvas.Path, with paint, width float64, dashes ...float64) {
	if path.Empty() {
		return
	}
	p.ctx.SetFillColor(canvas.Transparent)
	p.ctx.SetStrokeColor(with.colour.with(with.opacity))
	p.ctx.SetStrokeWidth(width)
	// The canvas scales dashes by the stroke's width.
	scaled := make([]float64, len(dashes))
	for i, d := range dashes {
		scaled[i] = d / width
	}
	p.ctx.SetDashes(0, scaled...)
	p.ctx.DrawPath(0, 0, path)
	p.ctx.SetDashes(0)
}

// round sets whether lines end round or blunt.
func (p *pen) round(is bool) {
	p.rounded = is
	if is {
		p.ctx.SetStrokeCapper(canvas.RoundCap)
		return
	}
	p.ctx.SetStrokeCapper(canvas.ButtCap)
}

// rectangle fills and strokes a box with round corners.
func (p *pen) rectangle(b box, radius float64, fill, line paint, width float64) {
	path := canvas.RoundedRectangle(b.right-b.left, b.bottom-b.top, radius).Translate(tenth(b.left), tenth(p.height-b.bottom))
	if fill.opacity > 0 {
		p.fillPath(path, fill)
	}
	if width > 0 {
		p.strokePath(path, line, width)
	}
}

// circle draws a disc with a line around it.
func (p *pen) circle(at orb.Point, radius float64, fill, line paint, width float64) {
	path := canvas.Circle(radius).Translate(at[0], p.height-at[1])
	p.fillPath(path, fill)
	if width > 0 {
		p.strokePath(path, line, width)
	}
}

// text writes one line with its baseline at y.
func (p *pen) text(x, y float64, text string, t typeface) {
	if text == "" {
		return
	}
	if p.format == SVG && !p.sheet.options.bare() {
		p.svgText(x, y, text, t)
		return
	}
	runs := p.sheet.fonts.runs(text, t)
	total := 0.0
	for _, r := range runs {
		total += r.width
	}
	middleX := x
	switch t.anchor {
	case atMiddle:
		x -= total / 2
	case atEnd:
		x -= total
	}
	turned := canvas.Identity
	if t.angle != 0 {
		turned = turned.RotateAbout(-t.angle*180/math.Pi, middleX, p.height-y)
	}
	if p.paper != nil {
		p.paper.text(p.ctx.View().Mul(turned).Translate(x, p.height-y), text, runs, t)
		return
	}
	for _, r := range runs {
		p.drawRun(x, y, r, t, turned)
		x += r.width
	}
}

// drawRun draws letters as shapes.
func (p *pen) drawRun(x, y float64, r run, t typeface, turned canvas.Matrix) {
	path, _, err := r.face.ToPath(r.text)
	if err != nil {
		return // the face has no outlines; fonts of ours all have
	}
	path = path.Translate(x, p.height-y).Transform(turned)
	if p.format == SVG {
		p.svgLetters(path, t)
		return
	}
	if t.haloed {
		p.halo(path, t)
	}
	p.fillPath(path, solid(t.colour))
}

// halo draws letters wider in the ground's colour: they are set down eight times around their place, which is many times cheaper
// than to stroke them.
func (p *pen) halo(letters *canvas.Path, t typeface) {
	wide := &canvas.Path{}
	for i := range 8 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 4)
		wide = wide.Append(letters.Copy().Translate(cos*haloWidth, sin*haloWidth))
	}
	p.fillPath(wide, solid(t.halo))
}

// finish gives the file.
func (p *pen) finish() ([]byte, error) {
	switch p.format {
	case SVG:
		return p.finishSVG()
	case PNG:
		// The image within: of any other kind the encoder asks for one pixel at a time.
		encoder := png.Encoder{CompressionLevel: png.BestSpeed}
		if err := encoder.Encode(p.out, p.raster.Image); err != nil {
			return nil, fmt.Errorf("draw: %w", err)
		}
		return p.out.Bytes(), nil
	}
	p.paper.endPage()
	return p.paper.finish(), nil
}
