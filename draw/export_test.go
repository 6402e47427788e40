package draw

import (
	"fmt"
	"reflect"
	"slices"
)

// Colours are all of a theme's, as a style sheet writes them, by the names that the code has for them.
func Colours(t Theme) map[string]string {
	out := map[string]string{}
	fields := reflect.ValueOf(t.colours())
	for i := range fields.NumField() {
		if field := fields.Type().Field(i); field.Type == reflect.TypeFor[colour]() {
			out[field.Name] = colour(fields.Field(i).Uint()).css()
		}
	}
	return out
}

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

// Misplaced says which labels of stops stand far from their stops or nearer to another, and which stops are hidden.
func Misplaced(p *Painter, r Route, words Words, o Options) (found []string) {
	s := &sheet{route: r, words: words, options: o, colours: o.Theme.colours(), fonts: p.Fonts}
	s.arrange()
	flows, sites := s.flows(), s.siteGroups()
	labels := s.placeLabels(flows, sites)
	stops := s.surroundings(labels, nil).stops
	covers := s.sourceBoxes()
	for _, l := range labels {
		if !l.wordless() && !l.upon {
			covers = append(covers, l.box)
		}
		if far := l.box.distance(l.anchor); !l.site && far > 75 {
			found = append(found, fmt.Sprintf("%q stands %.0f pixels off", l.named, far))
		}
		if !l.site && l.isAstray(stops) {
			found = append(found, fmt.Sprintf("%q stands nearer to another stop", l.named))
		}
	}
	for _, mark := range s.surroundings(slices.DeleteFunc(labels, func(l label) bool { return l.site }), nil).anchors {
		for _, b := range covers {
			if b.holds(mark) {
				found = append(found, fmt.Sprintf("a stop at %.0f is hidden by %.0f", mark, b))
			}
		}
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
