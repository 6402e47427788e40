package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"corridor/draw"
	"corridor/routes"
	"corridor/static"
	"corridor/store"
	"corridor/store/tiles"
)

// pictures draws routes, one at a time while a few wait, and keeps what was drawn.
type pictures struct {
	painter *draw.Painter // works for who has the turn in the queue alone
	cache   *pictureCache
	queue   *queue
}

func (s *Server) newPictures() *pictures {
	return &pictures{
		painter: &draw.Painter{Fonts: draw.NewFonts(static.DrawFonts()), Tiles: drawTiles(s.Basemap)},
		cache:   newPictureCache(pictureCacheBytes), queue: newQueue(picturesWaiting),
	}
}

// drawTiles gives the basemap to those who draw. An archive of pictures has no lines to draw.
func drawTiles(a *tiles.Archive) draw.Tiles {
	about := a.Info()
	if about.Format != tiles.MVT {
		return draw.Tiles{}
	}
	return draw.Tiles{MinZoom: about.MinZoom, MaxZoom: about.MaxZoom, Tile: func(ctx context.Context, z, x, y int) ([]byte, error) {
		tile, err := a.Tile(ctx, z, x, y)
		switch {
		case errors.Is(err, tiles.ErrEmpty), errors.Is(err, tiles.ErrOutOfRange):
			return nil, nil
		case err != nil || !tile.Gzipped:
			return tile.Data, err
		}
		return tiles.Unzip(tile.Data)
	}}
}

// parsePicture reads the parameters of a picture. The error names the first that cannot be used.
func parsePicture(format draw.Format, q url.Values) (draw.Options, error) {
	o := draw.Options{Format: format, Width: draw.SocialWidth, Theme: draw.Light, Stop: q.Get("stop")}
	known := []string{"lang", "stop", "width", "theme", "empty", "layers"}
	if format == draw.PDF {
		known = []string{"lang", "stop", "theme", "empty", "layers"} // a page has its own width
	}
	if err := onlyParams(q, known...); err != nil {
		return o, err
	}
	var err error
	if q.Has("width") {
		if o.Width, err = strconv.Atoi(q.Get("width")); err != nil || o.Width < draw.MinWidth || o.Width > draw.MaxWidth {
			return o, &paramError{"width", fmt.Sprintf("it must be a whole number of pixels from %d to %d", draw.MinWidth, draw.MaxWidth)}
		}
	}
	if q.Has("theme") {
		if o.Theme = draw.Theme(q.Get("theme")); !slices.Contains(draw.Themes(), o.Theme) {
			return o, &paramError{"theme", "it must be light, dark or print"}
		}
	}
	if q.Has("empty") {
		if o.Empty, err = strconv.ParseBool(q.Get("empty")); err != nil {
			return o, &paramError{"empty", "it must be true or false"}
		}
	}
	return withLayers(o, q)
}

// withLayers reads what is shown besides the route.
func withLayers(o draw.Options, q url.Values) (draw.Options, error) {
	if !q.Has("layers") {
		return o, nil
	}
	if o.Empty {
		return o, &paramError{"layers", "an empty map has none; leave layers or empty out"}
	}
	list, err := listParam("layers", q.Get("layers"))
	if err != nil {
		return o, err
	}
	for _, layer := range list {
		switch layer {
		case "movements":
			o.Movements = true
		case "sites":
			o.Sites = true
		default:
			return o, &paramError{"layers", "it must be movements, sites, or both with a comma between them"}
		}
	}
	return o, nil
}

// picture answers a route as a still picture.
func (s *Server) picture(format draw.Format) handler {
	parse := func(_ string, q url.Values) (draw.Options, error) { return parsePicture(format, q) }
	return s.pictureOf(parse, func(r *http.Request, v *store.View, id string, _ []string) ([]routes.Pack, error) {
		pack, err := v.Route(r.Context(), id)
		return []routes.Pack{pack}, err
	})
}

// pictureOf answers the picture that the query's parameters ask for, of the routes that are found by the id in the address
// and the ids in the query.
func (s *Server) pictureOf(parse func(id string, q url.Values) (draw.Options, error),
	find func(r *http.Request, v *store.View, id string, wanted []string) ([]routes.Pack, error),
) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, q := chi.URLParam(r, "id"), r.URL.Query()
		o, err := parse(id, q)
		if err != nil {
			return err
		}
		lang, err := s.pageLanguage(r)
		if err != nil {
			return err
		}
		wanted, err := routesWanted(id, q)
		if err != nil {
			return err
		}
		var job *pictureJob
		err = s.Store.View(r.Context(), func(v *store.View) error {
			packs, err := find(r, v, id, wanted)
			if err != nil {
				return err
			}
			if len(packs) == 0 {
				return store.ErrNotFound
			}
			if err := hasStop(packs[0].Routes[0], o.Stop); err != nil {
				return err
			}
			if s.pageUnchanged(w, r, v.Version, lang) {
				return nil
			}
			job, err = s.pictureJob(r.Context(), v, packs, lang, o)
			return err
		})
		if err != nil || job == nil {
			return err
		}
		address, err := addressOf(r)
		if err != nil {
			return err
		}
		body, err := s.drawn(r.Context(), address, job)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Header().Set("Content-Language", lang)
		return writeBody(w, o.Format.ContentType(), body)
	}
}

func hasStop(r routes.Route, id string) error {
	if id == "" || slices.ContainsFunc(r.Stops, func(stop routes.Stop) bool { return stop.ID == id }) {
		return nil
	}
	return &paramError{"stop", "the route has no stop of this id"}
}

// Picture draws a route in a language of the interface. The error is [store.ErrNotFound] where there is no such route and
// [draw.ErrNoStop] where it has no such stop.
func (s *Server) Picture(ctx context.Context, id, lang string, o draw.Options) ([]byte, error) {
	if !slices.Contains(s.tags, lang) {
		return nil, fmt.Errorf("the interface has no language %q; it has %v", lang, s.tags)
	}
	var job *pictureJob
	err := s.Store.View(ctx, func(v *store.View) error {
		pack, err := v.Route(ctx, id)
		if err != nil {
			return err
		}
		job, err = s.pictureJob(ctx, v, []routes.Pack{pack}, lang, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.drawn(ctx, "", job)
}

// pictureJob is a picture to be drawn, with all that it needs from the database, which nobody holds while they wait.
type pictureJob struct {
	// key names all that determines the picture.
	key     string
	route   draw.Route
	options draw.Options
	// body is the picture itself where it was drawn before.
	body []byte
}

func (s *Server) pictureJob(ctx context.Context, v *store.View, packs []routes.Pack, lang string, o draw.Options) (*pictureJob, error) {
	ids := make([]string, len(packs))
	for i, pack := range packs {
		ids[i] = pack.Routes[0].ID
	}
	key := fmt.Sprintf("%s %s %d %s %s %+v", v.Version, s.build, s.historicalBefore(), lang, ids, o)
	if body, ok := s.pictures.cache.get(key); ok {
		return &pictureJob{body: body}, nil
	}
	route, err := s.drawRoutes(ctx, v, packs, lang, o)
	return &pictureJob{key: key, route: route, options: o}, err
}

// drawn gives the picture, drawing it when it is the turn of the reader's address.
func (s *Server) drawn(ctx context.Context, address string, job *pictureJob) ([]byte, error) {
	if job.body != nil {
		return job.body, nil
	}
	return s.pictures.drawn(ctx, address, drawJob{job.key, func(ctx context.Context) ([]byte, error) {
		return s.pictures.painter.Draw(ctx, job.route, s.strings[job.route.Lang].Format, job.options)
	}})
}

// drawJob is something to be drawn, with a key that names all that determines it.
type drawJob struct {
	key  string
	draw func(context.Context) ([]byte, error)
}

// drawn gives what a job draws: what was kept, or what it draws when it is the turn of the reader's address.
func (p *pictures) drawn(ctx context.Context, address string, job drawJob) ([]byte, error) {
	if body, ok := p.cache.get(job.key); ok {
		return body, nil
	}
	leave, err := p.queue.enter(ctx, address)
	if err != nil {
		return nil, err
	}
	defer leave()
	if body, ok := p.cache.get(job.key); ok { // another asked for the same and was before us
		return body, nil
	}
	body, err := job.draw(ctx)
	if err != nil {
		return nil, err
	}
	p.cache.put(job.key, body)
	return body, nil
}

// drawRoutes gathers what a picture of several routes shows, as one: it bears the site's title and the years of all. What is told beside
// several of them is there once.
func (s *Server) drawRoutes(ctx context.Context, v *store.View, packs []routes.Pack, lang string, o draw.Options) (draw.Route, error) {
	all, err := s.drawRoute(ctx, v, packs[0], lang, o)
	if err != nil || len(packs) == 1 {
		return all, err
	}
	all.Title, all.TitleLang = s.strings[lang].Format("site.title"), lang
	said, years := []string{all.SaidBy}, []int{all.AsOf}
	letter(all.Stops, letterOf(0, len(packs)))
	for i, pack := range packs[1:] {
		next, err := s.drawRoute(ctx, v, pack, lang, o)
		if err != nil {
			return all, err
		}
		letter(next.Stops, letterOf(i+1, len(packs)))
		all.Stops, all.Legs = append(all.Stops, next.Stops...), append(all.Legs, next.Legs...)
		all.Movements = withNew(all.Movements, next.Movements, func(m draw.Movement) aside { return aside{m.Pack, m.Movement} })
		all.Sites = withNew(all.Sites, next.Sites, func(site draw.Site) aside { return aside{site.Pack, site.Site} })
		years = append(years, next.AsOf)
		if !slices.Contains(said, next.SaidBy) {
			said = append(said, next.SaidBy)
		}
		all.Citations = withNew(all.Citations, next.Citations, func(c string) string { return c })
	}
	all.SaidBy = strings.Join(said, ", ")
	all.Dated = s.strings[lang].Format("footer.years", "years", spanOf(years))
	if history := s.history(years); history != "" {
		all.Dated += " · " + s.strings[lang].Format(history)
	}
	return all, nil
}

// aside names what is told beside routes.
type aside struct{ pack, id string }

// withNew gives a list with those of another that it does not have yet; key tells them apart.
func withNew[T any, K comparable](list, more []T, key func(T) K) []T {
	for _, next := range more {
		if !slices.ContainsFunc(list, func(had T) bool { return key(had) == key(next) }) {
			list = append(list, next)
		}
	}
	return list
}

// drawRoute gathers what a picture shows.
func (s *Server) drawRoute(ctx context.Context, v *store.View, pack routes.Pack, lang string, o draw.Options) (out draw.Route, err error) {
	t, r := s.teller(pack, lang), pack.Routes[0]
	title := t.words(r.Title)
	out = draw.Route{
		Lang: lang, Title: title.Plain, TitleLang: title.Lang, SaidBy: t.organisation(r.SaidBy).Plain, AsOf: r.AsOf,
		Historical: t.old(r.AsOf), Attribution: s.basemapAttribution(),
	}
	for _, c := range r.Citations {
		out.Citations = append(out.Citations, string(c))
	}
	read := drawReader{view: v, lang: contentLanguage(lang, pack.About.Tags()), route: r.ID}
	if out.Stops, err = read.stops(ctx); err != nil {
		return out, err
	}
	if out.Legs, err = read.legs(ctx); err != nil || o.Empty {
		return out, err
	}
	if o.Movements {
		if out.Movements, err = read.movements(ctx, t.old); err != nil {
			return out, err
		}
	}
	if o.Sites {
		out.Sites, err = read.sites(ctx, t.old)
	}
	return out, err
}

// pictureView gives the addresses of a route's pictures in a language.
func (s *Server) pictureView(id, lang string, v *RouteView) PictureView {
	w, h := draw.Size(draw.SocialWidth)
	q := url.Values{"lang": {lang}, "width": {strconv.Itoa(draw.SocialWidth)}}
	p := PictureView{
		StillPictures: stillPictures(id, lang, embedParams{Theme: "auto"}, squarePage),
		Social:        SizedPicture{URL: s.absolute("/routes/" + id + "." + string(draw.PNG) + "?" + q.Encode()), Width: w, Height: h},
	}
	p.Alt = v.Title.Plain + ". " + v.Summary.Plain
	return p
}
