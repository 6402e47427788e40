package draw_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"testing"

	"corridor/draw"
	"corridor/geo/gazetteer"
	"corridor/routes"
	"corridor/static"
	"corridor/store/tiles"
)

// pack is the first pack, compiled once for all tests.
type pack struct {
	routes.Pack
	features []routes.Feature
}

var firstPack = sync.OnceValues(func() (pack, error) {
	ix, err := gazetteer.Open("../build/gazetteer.idx")
	if err != nil {
		return pack{}, err
	}
	defer ix.Close()
	loaded, problems := routes.Load(os.DirFS("../data/content/mekong"))
	places, unresolved := loaded.Resolve(ix)
	if len(problems)+len(unresolved) > 0 {
		return pack{}, errors.New("the first pack has problems")
	}
	return pack{loaded.Pack, routes.Compile(loaded.Pack, places)}, nil
})

// routeIn gives the first pack's route in a language; `make build` makes what it needs.
func routeIn(t testing.TB, lang string) draw.Route {
	t.Helper()
	p, err := firstPack()
	if err != nil {
		t.Fatal(err)
	}
	r := p.Routes[0]
	title := p.About.In(r.Title, lang)
	out := draw.Route{
		Lang: lang, Title: title.Text, TitleLang: title.Lang, SaidBy: "Save the Children UK", AsOf: r.AsOf, Historical: true,
		Citations: []string{string(r.Citations[0])},
	}
	for _, f := range p.features {
		switch properties := f.Properties[lang].(type) {
		case routes.StopProperties:
			out.Stops = append(out.Stops, draw.Stop{StopProperties: properties, Geometry: f.Geometry})
		case routes.LegProperties:
			out.Legs = append(out.Legs, draw.Leg{LegProperties: properties, Geometry: f.Geometry})
		case routes.MovementProperties:
			out.Movements = append(out.Movements, draw.Movement{MovementProperties: properties, Geometry: f.Geometry, Historical: true})
		case routes.SiteProperties:
			out.Sites = append(out.Sites, draw.Site{SiteProperties: properties, Geometry: f.Geometry, Historical: true})
		}
	}
	for _, f := range p.features {
		i := slices.IndexFunc(out.Stops, func(s draw.Stop) bool { return s.OneOf && s.PlaceID == f.PartOf })
		if f.PartOf != "" && i >= 0 {
			out.Stops[i].Parts = append(out.Stops[i].Parts, f.Geometry)
		}
		for i, site := range out.Sites {
			if f.PartOf != "" && site.PlaceID == f.PartOf {
				out.Sites[i].Parts = append(out.Sites[i].Parts, f.Geometry)
			}
		}
	}
	return out
}

func words(t testing.TB, lang string) draw.Words {
	t.Helper()
	all, err := static.Languages()
	if err != nil {
		t.Fatal(err)
	}
	return all[lang].Format
}

func painter(t testing.TB) *draw.Painter {
	t.Helper()
	a, err := tiles.Open(context.Background(), "../build/basemap.mbtiles")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	about := a.Info()
	return &draw.Painter{Fonts: draw.NewFonts(static.DrawFonts()), Tiles: draw.Tiles{
		MinZoom: about.MinZoom, MaxZoom: about.MaxZoom,
		Tile: func(ctx context.Context, z, x, y int) ([]byte, error) {
			tile, err := a.Tile(ctx, z, x, y)
			if errors.Is(err, tiles.ErrEmpty) {
				return nil, nil
			}
			if err != nil || !tile.Gzipped {
				return tile.Data, err
			}
			return tiles.Unzip(tile.Data)
		},
	}}
}

func drawn(t testing.TB, lang string, o draw.Options) []byte {
	t.Helper()
	body, err := painter(t).Draw(t.Context(), routeIn(t, lang), words(t, lang), o)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func BenchmarkPicture(b *testing.B) {
	for _, format := range []draw.Format{draw.SVG, draw.PNG, draw.PDF} {
		for _, lang := range []string{"en", "my", "zh-Hans"} {
			b.Run(string(format)+"/"+lang, func(b *testing.B) {
				p, r, w := painter(b), routeIn(b, lang), words(b, lang)
				var body []byte
				draw1 := func() {
					var err error
					if body, err = p.Draw(b.Context(), r, w, draw.Options{Format: format, Theme: draw.Light}); err != nil {
						b.Fatal(err)
					}
				}
				draw1() // fonts and tiles are warm from here
				for b.Loop() {
					draw1()
				}
				b.ReportMetric(float64(len(body)), "B")
				b.ReportMetric(float64(gzipped(body)), "B-gzipped")
			})
		}
	}
}

func gzipped(body []byte) int {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Len()
}
