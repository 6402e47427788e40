package server

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// embedParams are the query parameters of an embed. The language is read as on every page.
type embedParams struct {
	// Routes are the routes to show, for the embed of several; none for all there are.
	Routes []string
	// Stop is the id of the stop to open with; empty for the whole route.
	Stop string
	// Theme is light, dark, or auto, which follows the reader's system.
	Theme string
	// Layers are what is shown beside the route: movements, sites.
	Layers []string
	// Controls says whether the bar of steps is there.
	Controls bool
	// Scroll is page, where the wheel always scrolls the page around, or map, where it zooms a map that was entered.
	Scroll string
}

// embedThemes are the values of theme.
func embedThemes() []string { return []string{"auto", "light", "dark"} }

// severalRoutes is the id of the embed of several routes; no route may have it.
const severalRoutes = "all"

// mostRoutes is how many routes one embed shows: a frame with more would be neither light nor legible.
const mostRoutes = 20

// withoutRoutes leaves out the parameter that an embed of several routes may have many times.
func withoutRoutes(q url.Values) url.Values {
	once := maps.Clone(q)
	delete(once, "route")
	return once
}

// parseEmbed reads the parameters of the embed of a route or of several. The error names the first that cannot be used.
func parseEmbed(id string, q url.Values) (embedParams, error) {
	p := embedParams{Stop: q.Get("stop"), Theme: "auto", Controls: true, Scroll: "page"}
	known := []string{"lang", "theme", "layers", "controls", "scroll", "stop"}
	once := q
	if id == severalRoutes {
		known = known[:len(known)-1]
		once = withoutRoutes(q)
	}
	err := onlyParams(once, known...)
	if err != nil {
		return p, err
	}
	if p.Routes, err = routesWanted(id, q); err != nil {
		return p, err
	}
	for name, choice := range map[string]struct {
		into   *string
		values []string
	}{"theme": {&p.Theme, embedThemes()}, "scroll": {&p.Scroll, []string{"page", "map"}}} {
		if q.Has(name) {
			if *choice.into = q.Get(name); !slices.Contains(choice.values, *choice.into) {
				return p, &paramError{name, "it must be one of " + strings.Join(choice.values, ", ")}
			}
		}
	}
	if q.Has("controls") {
		value := q.Get("controls")
		if p.Controls = value == "on"; !p.Controls && value != "off" {
			return p, &paramError{"controls", "it must be on or off"}
		}
	}
	p.Layers, err = embedLayers(q)
	return p, err
}

// embedLayers reads what is shown beside the route, in the order of the alphabet, so that one choice has one answer.
func embedLayers(q url.Values) ([]string, error) {
	list, err := listParam("layers", q.Get("layers"))
	if err != nil {
		return nil, err
	}
	var layers []string
	for _, layer := range list {
		switch layer {
		case "", "route": // it is always there
		case "movements", "sites":
			layers = append(layers, layer)
		default:
			return nil, &paramError{"layers", "it must be a list of movements and sites, with a comma between"}
		}
	}
	slices.Sort(layers)
	return layers, nil
}

// routesWanted reads the routes that an embed of several is to show, each once.
func routesWanted(id string, q url.Values) ([]string, error) {
	if id != severalRoutes {
		return nil, nil
	}
	given := q["route"]
	if len(given) > mostRoutes {
		return nil, &paramError{"route", fmt.Sprintf("it is given too often; an embed shows at most %d routes", mostRoutes)}
	}
	var wanted []string
	for _, route := range given {
		if !slices.Contains(wanted, route) {
			wanted = append(wanted, route)
		}
	}
	return wanted, nil
}
