package draw

import (
	"image/color"

	"github.com/tdewolff/canvas"
)

// pointsPerPixel is how many points of a page one pixel of its layout is: pixels are those of CSS, 96 to the inch.
const pointsPerPixel = 72.0 / 96

// penOn gives a pen that draws a sheet on the page that a paper has begun: its left upper corner stands at a pixel of the
// page, its pixels are so many of the page's.
func penOn(p *paper, s *sheet, left, top, scale float64) *pen {
	out := &pen{sheet: s, format: PDF, paper: p, ctx: canvas.NewContext(p), width: s.width, height: s.height}
	k := pointsPerPixel * scale
	out.ctx.SetView(canvas.Identity.Translate(left*pointsPerPixel, p.height-top*pointsPerPixel-s.height*k).Scale(k, k))
	out.ctx.SetStrokeJoiner(canvas.RoundJoin)
	return out
}

// penOnPage gives a pen that draws a sheet on a page of its own, which it fills: A4, across.
func penOnPage(s *sheet) *pen {
	_, width := A4.pixels()
	scale := width / s.width
	p := newPaper(width*pointsPerPixel, s.height*scale*pointsPerPixel)
	p.title, p.author, p.lang = s.route.Title, s.route.SaidBy, s.route.Lang
	return penOn(p, s, 0, 0, scale)
}

// within draws what is seen inside of a box of the sheet only.
func (p *pen) within(b box, content func()) {
	p.paper.within(p.onPage(b), content)
}

// onPage is a box of the sheet on its page, in points.
func (p *pen) onPage(b box) canvas.Rect {
	return canvas.Rect{X0: b.left, Y0: p.height - b.bottom, X1: b.right, Y1: p.height - b.top}.Transform(p.ctx.View())
}

// once draws what a key names; on paper it is kept in the sheet's own pixels, so that later pages only call it, wherever the sheet
// stands on them.
func (p *pen) once(key string, content func()) {
	if p.paper == nil {
		content()
		return
	}
	onPage := p.ctx.View()
	p.paper.once(key, canvas.Rect{X1: p.width, Y1: p.height}, onPage, func() {
		p.ctx.SetView(canvas.Identity)
		content()
		p.ctx.SetView(onPage)
	})
}

func rgba(c color.NRGBA) color.RGBA {
	out, _ := color.RGBAModel.Convert(c).(color.RGBA)
	return out
}
