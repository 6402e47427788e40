package draw

import (
	"context"
	"slices"
)

// stepMaps are the maps of a handout. Those of the stages show the same part of the world, so that the group sees the route
// grow upon one map.
type stepMaps struct {
	handout Handout
	words   Words
	painter *Painter
	bases   map[string]*basemap
}

func newStepMaps(h Handout, words Words, p *Painter) *stepMaps {
	return &stepMaps{handout: h, words: words, painter: p, bases: map[string]*basemap{}}
}

// Measures of the maps. A step's is drawn smaller than a picture by mapScale, so that its labels leave room; the others are
// the sizes of sheets, in pixels.
const (
	mapScale       = 0.78
	mapWidth       = 524
	mapHeight      = 500
	emptyMapWidth  = 820
	emptyMapHeight = 1060
)

// sheet lays out the map of a step in a frame that is the whole of its sheet; the empty map for an index of -1.
func (m *stepMaps) sheet(step int, frame box) *sheet {
	r := m.handout.Route
	o := Options{Theme: Print, Format: PDF, Empty: step < 0}
	s := &sheet{
		route: r, words: m.words, options: o, colours: o.Theme.colours(), fonts: m.painter.Fonts, width: frame.right, height: frame.bottom,
	}
	if step >= 0 {
		of := m.handout.Steps[step]
		s.route, s.options.Movements, s.options.Sites = r.upTo(of), len(of.Movements) > 0, len(of.Sites) > 0
		s.options.Stop = of.Stop
	}
	seen := &sheet{route: r}
	if s.options.Movements || s.options.Sites { // all that it tells of, not its stop alone
		seen = &sheet{route: s.route, options: Options{Movements: s.options.Movements, Sites: s.options.Sites}}
	}
	s.view = fit(frame, seen.bound(), box{58, 40, 58, 40})
	return s
}

// upTo is the route as far as a step tells of it, with what it shows besides.
func (r Route) upTo(step HandoutStep) Route {
	shown := map[string]bool{}
	r.Stops = r.Stops[:min(step.StopsTold, len(r.Stops))]
	for _, stop := range r.Stops {
		shown[stop.Stop] = true
	}
	r.Legs = slices.DeleteFunc(slices.Clone(r.Legs), func(l Leg) bool { return !shown[l.From] || !shown[l.To] })
	r.Movements = slices.DeleteFunc(slices.Clone(r.Movements), func(m Movement) bool { return !slices.Contains(step.Movements, m.Movement) })
	r.Sites = slices.DeleteFunc(slices.Clone(r.Sites), func(s Site) bool { return !slices.Contains(step.Sites, s.Site) })
	return r
}

// base reads the map under a sheet, once for all steps that share its view; nil where there are no vector tiles of it.
func (m *stepMaps) base(ctx context.Context, s *sheet) (*basemap, error) {
	if m.painter.Tiles.Tile == nil {
		return nil, nil
	}
	if b, ok := m.bases[s.viewKey()]; ok {
		return b, nil
	}
	b, err := loadBasemap(ctx, m.painter.Tiles, s.view)
	if err == nil {
		m.bases[s.viewKey()] = b
	}
	return b, err
}
