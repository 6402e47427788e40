package server

import "corridor/draw"

// letterOf is the letter by which a map of so many routes tells one from the others, by its place in their list from 0: the map's labels
// have it before the numbers of stops, and the list before titles. It is empty on a map of one route, or of more than an embed shows.
func letterOf(i, count int) string {
	if count < 2 || count > mostRoutes {
		return ""
	}
	return string(rune('A' + i))
}

// letter gives the stops of a picture the letter of their route.
func letter(stops []draw.Stop, of string) {
	for i := range stops {
		stops[i].Letter = of
	}
}

// letterRoutes gives the routes of the page of everything their letters, where the page lists all that its map draws.
func letterRoutes(page *Page) {
	shown := page.Home.Routes
	if len(shown) < 2 || len(shown) > mostRoutes || page.Home.More > 0 || page.Many != nil {
		return
	}
	page.Client.Letters = map[string]string{}
	for i := range shown {
		shown[i].Letter = letterOf(i, len(shown))
		page.Client.Letters[shown[i].ID] = shown[i].Letter
	}
}
