package server

import (
	"net/url"
	"slices"
	"strings"

	"corridor/draw"
)

// embedShapes are the sizes in pixels of an embed's still map: one for frames that are wide, one for those that are not.
func embedShapes() map[string][2]int {
	return map[string][2]int{"wide": {760, 440}, "tall": {400, 420}}
}

// parseEmbedPicture reads the parameters of an embed's still map. The error names the first that cannot be used.
func parseEmbedPicture(id string, q url.Values) (draw.Options, error) {
	o := draw.Options{Format: draw.SVG, Theme: draw.Light, Stop: q.Get("stop")}
	once, known := q, []string{"lang", "theme", "shape", "layers", "stop"}
	if id == severalRoutes {
		once, known = withoutRoutes(q), known[:len(known)-1]
	}
	if err := onlyParams(once, known...); err != nil {
		return o, err
	}
	size, ok := embedShapes()[q.Get("shape")]
	if !ok {
		return o, &paramError{"shape", "it must be wide or tall"}
	}
	o.Width, o.Height = size[0], size[1]
	if q.Has("theme") {
		if o.Theme = draw.Theme(q.Get("theme")); !slices.Contains(draw.Themes(), o.Theme) {
			return o, &paramError{"theme", "it must be light, dark or print"}
		}
	}
	return withLayers(o, q)
}

// StillPictures are the addresses of a route's still map, by theme and shape. Their letters are drawn, since a picture may
// load no font.
type StillPictures struct {
	// Sources are tried in order; the last has no Media.
	Sources []StillPicture
	// Alt is what the picture says, as plain text.
	Alt string
}

// StillPicture is one still map and the media query under which it is shown.
type StillPicture struct {
	SizedPicture
	Media string
}

// wideFrame is the media query of windows for which the wide still map is meant; but for those whose frame is hardly wider than
// high: an embed's fills its window nearly, a page has its text beside the map, and without scripts the picture stands in the text.
const (
	wideFrame   = "(min-width: 40rem)"
	squareEmbed = wideFrame + " and (max-aspect-ratio: 1/1)"
	squarePage  = "(min-width: 56rem) and (max-aspect-ratio: 4/3) and (scripting: enabled)"
)

// homePicture is the still map of all routes, where one picture can show them.
func homePicture(page *Page) StillPictures {
	shown := page.Home.Routes
	if len(shown) == 0 || len(shown) > mostRoutes || page.Home.More > 0 || page.Many != nil {
		return StillPictures{}
	}
	p := stillPictures(severalRoutes, page.Lang, embedParams{Theme: "auto"}, squarePage)
	texts := make([]string, len(shown))
	for i, r := range shown {
		texts[i] = pictureText(page, r.Title, r.Stops)
	}
	p.Alt = strings.Join(texts, " ")
	return p
}

// stillPictures gives the still maps of an embed, which are also those of a route's page, for a theme: light, dark, or auto,
// which follows the reader's system. On paper each is black on white. Square is the media query of windows that are wide, but not
// the frame in them.
func stillPictures(id, lang string, p embedParams, square string) StillPictures {
	source := func(shape, theme, media string) StillPicture {
		q := url.Values{"lang": {lang}, "shape": {shape}}
		if p.Stop != "" {
			q.Set("stop", p.Stop)
		}
		if len(p.Routes) > 0 {
			q["route"] = p.Routes
		}
		if len(p.Layers) > 0 {
			q.Set("layers", strings.Join(p.Layers, ","))
		}
		if theme != string(draw.Light) {
			q.Set("theme", theme)
		}
		size := embedShapes()[shape]
		return StillPicture{SizedPicture{"/embed/" + id + ".svg?" + q.Encode(), size[0], size[1]}, media}
	}
	const dark = "(prefers-color-scheme: dark)"
	if p.Theme != "auto" {
		return StillPictures{Sources: []StillPicture{
			source("wide", "print", "print"),
			source("tall", p.Theme, square), source("wide", p.Theme, wideFrame), source("tall", p.Theme, ""),
		}}
	}
	return StillPictures{Sources: []StillPicture{
		source("wide", "print", "print"),
		source("tall", "dark", square+" and "+dark), source("wide", "dark", wideFrame+" and "+dark), source("tall", "dark", dark),
		source("tall", "light", square), source("wide", "light", wideFrame), source("tall", "light", ""),
	}}
}
