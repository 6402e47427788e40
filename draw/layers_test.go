package draw_test

import (
	"context"
	"image"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/draw"
	"corridor/routes"
)

// textOf draws a route as SVG and gives its texts, a line each.
func textOf(t *testing.T, r draw.Route, o draw.Options) string {
	t.Helper()
	o.Format = draw.SVG
	if o.Theme == "" {
		o.Theme = draw.Light
	}
	body, err := painter(t).Draw(t.Context(), r, words(t, r.Lang), o)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(textsOf(t, body), "\n")
}

func TestMovementsAndSitesAreDrawnWhereAskedFor(t *testing.T) {
	r := routeIn(t, "en")
	const home, other, area, town = "Return or repatriation", "Other movement", "Programme’s area", "Programme in a town"
	for name, tt := range map[string]struct {
		o          draw.Options
		has, hasNo []string
	}{
		"neither":   {draw.Options{}, nil, []string{home, other, area, town, "Pingxiang", "¶6"}},
		"movements": {draw.Options{Movements: true}, []string{home, other, "¶5, ¶6"}, []string{area, town}},
		"sites":     {draw.Options{Sites: true}, []string{area, town, "16 cities and prefectures", "Pingxiang"}, []string{home, other}},
		"both":      {draw.Options{Movements: true, Sites: true}, []string{home, other, area, town}, nil},
		"empty":     {draw.Options{Movements: true, Sites: true, Empty: true}, nil, []string{home, other, area, town, "¶6"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := textOf(t, r, tt.o)
			for _, want := range tt.has {
				if !strings.Contains(got, want) {
					t.Errorf("it does not say %q", want)
				}
			}
			for _, not := range tt.hasNo {
				if strings.Contains(got, not) {
					t.Errorf("it says %q", not)
				}
			}
		})
	}
}

func TestALabelSaysThatANumberIsRough(t *testing.T) {
	r := routeIn(t, "en")
	for i := range r.Sites {
		if s := &r.Sites[i]; s.Count != nil && *s.Count == 16 {
			many := 1600
			s.Count, s.Approximate = &many, true
		}
	}
	if got := strings.ReplaceAll(textOf(t, r, draw.Options{Sites: true}), "\n", " "); !strings.Contains(got, "about 1,600 cities and prefectures") {
		t.Errorf("it does not say so:\n%s", got)
	}
}

// What a source of another year tells bears that year, and its age.
func TestLayersBearTheirOwnYear(t *testing.T) {
	r := routeIn(t, "en")
	r.AsOf, r.Historical = 2025, false
	got := textOf(t, r, draw.Options{Movements: true})
	if !strings.Contains(strings.ReplaceAll(got, "\n", " "), "Return or repatriation · as of 2008 · historical account") {
		t.Errorf("no year beside the returns:\n%s", got)
	}
	for i := range r.Movements {
		r.Movements[i].AsOf, r.Movements[i].Historical = 2025, false
	}
	if got := textOf(t, r, draw.Options{Movements: true}); strings.Contains(got, "2008") || strings.Contains(got, "historical") {
		t.Errorf("a year that nothing is of:\n%s", got)
	}
}

// island makes a route over the antimeridian, its leg cut there as RFC 7946 wants.
func island() draw.Route {
	stop := func(id string, seq int, at orb.Point) draw.Stop {
		s := draw.Stop{Geometry: at}
		s.Stop, s.Seq, s.Title, s.Precision, s.PlaceID = id, seq, id, "settlement", id
		return s
	}
	leg := draw.Leg{
		LegProperties: routes.LegProperties{Evidence: "documented", FromPrecision: "settlement", ToPrecision: "settlement"},
		Geometry:      orb.MultiLineString{{{178.4, -18.1}, {180, -16.9}}, {{-180, -16.9}, {-171.8, -13.8}}},
	}
	return draw.Route{
		Lang: "en", Title: "Across", TitleLang: "en", SaidBy: "A test", AsOf: 2024,
		Stops: []draw.Stop{stop("west", 1, orb.Point{178.4, -18.1}), stop("east", 2, orb.Point{-171.8, -13.8})},
		Legs:  []draw.Leg{leg},
	}
}

// A view over the antimeridian shows the few degrees between its stops, not the world around.
func TestAViewCrossesTheAntimeridian(t *testing.T) {
	got := textOf(t, island(), draw.Options{})
	for _, want := range []string{"west", "east", "Fiji", "200 km"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
	for _, far := range []string{"India", "Brazil", "China"} {
		if strings.Contains(got, far) {
			t.Errorf("it shows %s", far)
		}
	}
	// The western stop stands left of the eastern one: the leg's line runs from one dot to the other.
	r := island()
	r.Stops = r.Stops[:1]
	r.Legs = nil
	if got := textOf(t, r, draw.Options{Stop: "west"}); !strings.Contains(got, "Fiji") {
		t.Errorf("one stop alone:\n%s", got)
	}
}

// A town's sign is for what is known as finely as a town, whatever geometry comes; what is nowhere is left out, with the lines to it.
func TestOnlyTownsBearTheSignOfATown(t *testing.T) {
	const sign = "Town or city"
	r := island()
	if got := textOf(t, r, draw.Options{}); !strings.Contains(got, sign) {
		t.Errorf("no sign of a town:\n%s", got)
	}
	r.Stops[0].Precision, r.Stops[1].Precision = "province", "unknown"
	if got := textOf(t, r, draw.Options{}); strings.Contains(got, sign) {
		t.Errorf("a province bears the sign of a town:\n%s", got)
	}
	r.Stops[1].Geometry, r.Legs[0].Geometry = nil, nil
	for _, o := range []draw.Options{{}, {Stop: "east"}} {
		if got := textOf(t, r, o); !strings.Contains(got, "west") || strings.Contains(got, "east") {
			t.Errorf("the one stop that is on the map:\n%s", got)
		}
	}
}

// A basemap of pictures has no lines to draw; the route is drawn all the same and nothing says that all is sea.
func TestAPictureWithoutVectorTiles(t *testing.T) {
	p := painter(t)
	p.Tiles = draw.Tiles{}
	body, err := p.Draw(t.Context(), routeIn(t, "en"), words(t, "en"), draw.Options{Format: draw.PNG, Theme: draw.Light})
	if err != nil {
		t.Fatal(err)
	}
	img := decoded(t, body)
	if r, g, b, _ := img.At(450, 500).RGBA(); r>>8 != 0xf7 || g>>8 != 0xf3 || b>>8 != 0xea {
		t.Errorf("the ground is %x %x %x, not that of land", r>>8, g>>8, b>>8)
	}
	if !hasDark(img) {
		t.Error("no route is drawn")
	}
}

func hasDark(img image.Image) bool {
	for y := 0; y < img.Bounds().Dy(); y++ {
		for x := 400; x < img.Bounds().Dx(); x++ {
			if r, _, b, _ := img.At(x, y).RGBA(); r>>8 < 0x40 && b>>8 > 0x70 {
				return true
			}
		}
	}
	return false
}

// Whoever is not waiting any more costs nothing more.
func TestDrawingStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := painter(t).Draw(ctx, routeIn(t, "en"), words(t, "en"), draw.Options{Format: draw.PNG, Theme: draw.Light}); err == nil {
		t.Error("no error of a context that has ended")
	}
}
