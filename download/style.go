package download

import "corridor/routes"

// Colours of the page's design tokens, as 0xRRGGBB; a test holds them together.
const (
	routeColour    = 0x2b3a8c
	homewardColour = 0x0b6b66
	movementColour = 0x6c5a72
	siteColour     = 0x865100
	placeColour    = 0x565d66
)

// look is how a kind of features is drawn.
type look struct {
	// name is that of the kind, in a file.
	name string
	// colour is 0xRRGGBB; width is a line's, in pixels, and dashed sets it apart without relying on colour.
	colour int
	width  float64
	dashed bool
}

// Kinds that are drawn apart. What a reader infers must never look like what a source tells.
const (
	documentedLook = "leg-documented"
	inferredLook   = "leg-inferred"
	homewardLook   = "movement-home"
	movementLook   = "movement"
)

// looks lists how the kinds of a collection's features are drawn, the one of all that is no other kind last.
func looks(c routes.Collection) []look {
	switch c {
	case routes.Stops:
		return []look{{"stop", routeColour, 1.5, false}}
	case routes.Legs:
		return []look{{documentedLook, routeColour, 4, false}, {inferredLook, routeColour, 1.5, true}}
	case routes.Movements:
		return []look{{homewardLook, homewardColour, 2.5, true}, {movementLook, movementColour, 2.5, false}}
	case routes.Sites:
		return []look{{"site", siteColour, 1.5, true}}
	}
	return []look{{"place", placeColour, 1, false}}
}

// lookOf names the look of a feature with some properties.
func lookOf(c routes.Collection, values map[string]any) string {
	switch {
	case c == routes.Legs && text(values["evidence"]) == string(routes.Documented):
		return documentedLook
	case c == routes.Movements && routes.MovementKind(text(values["kind"])).Homeward():
		return homewardLook
	}
	all := looks(c)
	return all[len(all)-1].name
}
