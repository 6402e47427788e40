package draw

import (
	"fmt"
	"slices"
)

// Covered says which labels of a picture cover another, the scale or who tells, or leave the frame.
func Covered(p *Painter, r Route, words Words, o Options) (found []string) {
	s := &sheet{route: r, words: words, options: o, colours: o.Theme.colours(), fonts: p.Fonts}
	s.arrange()
	others := append([]box{s.scaleBox()}, s.sourceBoxes()...)
	for _, l := range s.placeLabels(s.flows(), s.siteGroups()) {
		if f := s.view.frame; l.box.left < f.left || l.box.right > f.right || l.box.top < f.top || l.box.bottom > f.bottom {
			found = append(found, fmt.Sprintf("%q leaves the frame", l.named))
		}
		for _, other := range others {
			if o := l.box.overlap(other); o > 0 {
				found = append(found, fmt.Sprintf("%q covers %.0f pixels of %v", l.named, o, other))
			}
		}
		others = append(others, l.box)
	}
	return found
}

// Boxes are the letters of a text for which a font draws its sign for what it lacks.
func Boxes(p *Painter, text string) (found []string) {
	for _, w := range []weight{regular, semibold} {
		for _, r := range p.Fonts.runs(text, typeface{size: 14, weight: w}) {
			for _, g := range r.face.Glyphs(r.text) {
				if g.ID == 0 && !slices.Contains(found, string(g.Text)) {
					found = append(found, string(g.Text))
				}
			}
		}
	}
	return found
}

// DrawnAs is what the fonts draw of a text.
func DrawnAs(p *Painter, text string) string { return p.Fonts.drawable(text, regular) }
