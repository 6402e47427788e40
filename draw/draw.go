// Package draw makes a still picture of a route: the map, the route and what a reader must know of it, in one drawing
// that is written as SVG, PNG or PDF. It reads no file and no database: tiles, fonts and texts come in.
package draw

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"corridor/routes"
)

// Format is how a picture is written; it is also the file's extension.
type Format string

// The formats.
const (
	SVG Format = "svg"
	PNG Format = "png"
	PDF Format = "pdf"
)

// ContentType is the format's media type.
func (f Format) ContentType() string {
	switch f {
	case SVG:
		return "image/svg+xml"
	case PNG:
		return "image/png"
	}
	return "application/pdf"
}

// Widths of pictures in pixels. One of SocialWidth has the proportions that social previews want, 1200×630; a narrower
// one than NarrowBelow has its words above and below the map, not beside it.
const (
	MinWidth    = 320
	MaxWidth    = 2400
	SocialWidth = 1200
	NarrowBelow = 900
)

// ErrNoStop means that the route has no such stop.
var ErrNoStop = errors.New("draw: the route has no such stop")

// Options choose how a picture looks.
type Options struct {
	Format Format
	// Width is in pixels, from [MinWidth] to [MaxWidth]; 0 is [SocialWidth]. A PDF is a page of A4 whatever the width.
	Width int
	// Height in pixels makes an SVG the map alone, of just that size and with its letters drawn; 0 for a whole picture.
	Height int
	Theme  Theme
	// Stop is the id of the stop to frame; empty for the whole route.
	Stop string
	// Empty leaves the route out: a map of the same region to draw upon.
	Empty bool
	// Movements and Sites show what the route's document tells of besides.
	Movements, Sites bool
}

// Stop is a stop with its geometry in longitude-latitude degrees.
type Stop struct {
	routes.StopProperties
	// Letter is that of its route, where a picture shows several; empty for one.
	Letter   string
	Geometry orb.Geometry
	// Parts are the areas of which one or another is meant; empty for most stops.
	Parts []orb.Geometry
}

// Leg is a leg with its drawn curve in longitude-latitude degrees.
type Leg struct {
	routes.LegProperties
	Geometry orb.Geometry
}

// Movement is a flow besides the route with its drawn curve in longitude-latitude degrees, nil where it has no place.
type Movement struct {
	routes.MovementProperties
	Geometry orb.Geometry
	// Historical says that its source is older than ten years.
	Historical bool
}

// Site is a programme with its geometry in longitude-latitude degrees, nil where it has no place.
type Site struct {
	routes.SiteProperties
	Geometry orb.Geometry
	// Parts are the areas that its place is made of, where it is made of such.
	Parts []orb.Geometry
	// Historical says that its source is older than ten years.
	Historical bool
}

// Route is what a picture shows, all in one language.
type Route struct {
	// Lang is the BCP 47 tag of the interface's words and of the names on the map.
	Lang string
	// Title and TitleLang are the route's title and the language it really is in.
	Title, TitleLang string
	// SaidBy is who tells of the route; Citations are where.
	SaidBy    string
	Citations []string
	AsOf      int
	// Historical says that the source is older than ten years.
	Historical bool
	// Dated says of what years the sources are where a picture shows several routes; empty for one, whose year is AsOf.
	Dated string
	Stops []Stop
	Legs  []Leg
	// Movements and Sites are shown where the options ask for them.
	Movements []Movement
	Sites     []Site
	// Attribution is whom an operator's own basemap wants named; empty for the program's.
	Attribution string
}

// Words gives the interface's text of a key in the picture's language, with {name} replaced from pairs of name and value.
type Words func(key string, pairs ...any) string

// dated says as of when something is told, and that this is long ago.
func (w Words) dated(asOf int, historical bool) string {
	when := w("claim.asOf", "year", asOf)
	if historical {
		when += " · " + w("claim.historical")
	}
	return when
}

// Tiles is the map under the route: vector tiles in the Protomaps schema.
type Tiles struct {
	MinZoom, MaxZoom int
	// Tile gives a tile, not compressed; nil where there is nothing. Tile itself is nil where the basemap has no vector
	// tiles: then the picture has no land. It has none either where the basemap has no tiles, or where its zooms begin so deep
	// that too many would be needed.
	Tile func(ctx context.Context, z, x, y int) ([]byte, error)
}

// Painter draws pictures. It is not safe for use by many at once, since shaping keeps state in the fonts.
type Painter struct {
	Fonts *Fonts
	Tiles Tiles
}

// Draw draws a route. The error is [ErrNoStop] for a stop that the route does not have.
func (p *Painter) Draw(ctx context.Context, r Route, words Words, o Options) ([]byte, error) {
	if o.Stop != "" && !slices.ContainsFunc(r.Stops, func(s Stop) bool { return s.Stop == o.Stop }) {
		return nil, fmt.Errorf("%w: %q", ErrNoStop, o.Stop)
	}
	if o.Width == 0 {
		o.Width = SocialWidth
	}
	if o.Empty {
		o.Movements, o.Sites = false, false
	}
	s := &sheet{route: r, words: words, options: o, colours: o.Theme.colours(), fonts: p.Fonts}
	s.arrange()
	var base *basemap // nil where there are no vector tiles of what is seen
	if p.Tiles.Tile != nil {
		var err error
		if base, err = loadBasemap(ctx, p.Tiles, s.view); err != nil {
			return nil, err
		}
	}
	pen, err := newPen(s)
	if err != nil {
		return nil, err
	}
	s.draw(pen, base)
	if err := errors.Join(ctx.Err(), p.Fonts.missing); err != nil {
		return nil, err
	}
	return pen.finish()
}
