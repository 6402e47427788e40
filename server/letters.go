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

// letter gives a route its letter and tells the page's script of it.
func (c *ClientData) letter(id string, i, count int) string {
	l := letterOf(i, count)
	if l == "" {
		return ""
	}
	if c.Letters == nil {
		c.Letters = map[string]string{}
	}
	c.Letters[id] = l
	return l
}

// letterRoutes gives the routes of the page of everything their letters, where the page lists all that its map draws.
func letterRoutes(page *Page) {
	if page.Home.More > 0 || page.Many != nil {
		return
	}
	shown := page.Home.Routes
	for i := range shown {
		shown[i].Letter = page.Client.letter(shown[i].ID, i, len(shown))
	}
}
