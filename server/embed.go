package server

import (
	"cmp"
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"corridor/routes"
	"corridor/static"
	"corridor/store"
)

// EmbedView is a map for the pages of others: the still map, what it says, and the same as text.
type EmbedView struct {
	// ID is the route's, or "all".
	ID    string
	Theme string
	// Title is of the route, or of the site where there are several.
	Title Words
	// Claim is that of the route; nil where there are several.
	Claim *ClaimView
	// Stop is the stop to open with; nil for the whole route.
	Stop     *StopView
	Controls bool
	// Routes are the routes with their stops.
	Routes []RouteView
	// More is how many routes there are that an embed of all does not show.
	More int
	// Picture is the still map.
	Picture StillPictures
	// Page is the address of the page that tells all, absolute where that is known; PageText is the same for readers to copy.
	Page, PageText string
	// Style is the page's style sheet; Starter brings the page's script after the picture.
	Style   template.CSS
	Starter template.JS
	// MapStyle and MapScript are the addresses of what the map that moves needs.
	MapStyle, MapScript string
}

// Steps says whether the embed has the bar of steps.
func (e EmbedView) Steps() bool { return e.Controls && len(e.Routes) == 1 }

// ClientEmbed is what the script of an embed needs.
type ClientEmbed struct {
	// Data is the address of the features.
	Data   string   `json:"data"`
	Layers []string `json:"layers"`
	Scroll string   `json:"scroll"`
	// Single says that one route is shown.
	Single bool `json:"single"`
	// Choices let the script apply the parameters of the address where no server does; nil where one does.
	Choices *EmbedChoices `json:"choices,omitempty"`
}

// embedAsked is what the address of an embed asks for, and the content that it shows.
type embedAsked struct {
	id, lang string
	embedParams
	packs []routes.Pack
}

// ofEmbed answers about an embed from one state of the content.
func (s *Server) ofEmbed(r *http.Request, answer func(v *store.View, asked embedAsked) error) error {
	asked := embedAsked{id: chi.URLParam(r, "id")}
	var err error
	if asked.embedParams, err = parseEmbed(asked.id, r.URL.Query()); err != nil {
		return err
	}
	if asked.lang, err = s.pageLanguage(r); err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		if asked.packs, err = embedRoutes(r, v, asked.id, asked.Routes); err != nil {
			return err
		}
		return answer(v, asked)
	})
}

// embed answers the map of a route, or of several, for a frame on another site's page.
func (s *Server) embed(w http.ResponseWriter, r *http.Request) error {
	return s.ofEmbed(r, func(v *store.View, asked embedAsked) error {
		if len(asked.packs) == 1 {
			if err := hasStop(asked.packs[0].Routes[0], asked.Stop); err != nil {
				return err
			}
		}
		if s.pageUnchanged(w, r, v.Version, asked.lang, s.helpDay(asked.packs...)) {
			return nil
		}
		page := s.newPage(r, asked.lang, "embed")
		page.Script = "embed"
		page.Client.Strings = embedStrings(page.Strings, s.Folder || asked.id == severalRoutes || len(asked.Layers) > 0)
		packs, more := asked.packs, 0
		if asked.id == severalRoutes && len(asked.Routes) == 0 {
			all, err := v.CountRoutes(r.Context())
			if err != nil {
				return err
			}
			more = all - len(packs)
			if packs, err = besideFirst(r.Context(), v, packs, asked.Layers); err != nil {
				return err
			}
		}
		s.fillEmbed(&page, asked.id, asked.embedParams, packs)
		page.Embed.More = more
		return s.render(w, "embed.html", http.StatusOK, page)
	})
}

// embedRoutes gives the routes of an embed, those wanted where it is of several, each as a pack of its own. The error is
// [store.ErrNotFound] for a route that is not there, or names the parameter that asks for it.
func embedRoutes(r *http.Request, v *store.View, id string, wanted []string) ([]routes.Pack, error) {
	if id != severalRoutes {
		pack, err := v.Route(r.Context(), id)
		return []routes.Pack{pack}, err
	}
	if len(wanted) == 0 {
		return firstRoutes(r.Context(), v)
	}
	return namedRoutes(r.Context(), v, wanted)
}

// namedRoutes gives routes with all that is told beside each. The error names the parameter that asks for them.
func namedRoutes(ctx context.Context, v *store.View, ids []string) ([]routes.Pack, error) {
	var out []routes.Pack
	for _, id := range ids {
		pack, err := v.Route(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			return nil, &paramError{"route", "there is no route of the id it names"}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, pack)
	}
	return out, nil
}

// firstRoutes gives the routes of an embed that names none, as many as an embed shows, each as a pack of its own.
func firstRoutes(ctx context.Context, v *store.View) ([]routes.Pack, error) {
	packs, err := v.FirstRoutes(ctx, mostRoutes)
	if err != nil {
		return nil, err
	}
	var out []routes.Pack
	for _, pack := range packs {
		for _, route := range pack.Routes[:min(len(pack.Routes), mostRoutes-len(out))] {
			one := pack
			one.Routes = []routes.Route{route}
			out = append(out, one)
		}
	}
	return out, nil
}

// besideFirst gives the first routes with what is told beside them, where a layer asks for that.
func besideFirst(ctx context.Context, v *store.View, first []routes.Pack, layers []string) ([]routes.Pack, error) {
	if len(layers) == 0 {
		return first, nil
	}
	ids := make([]string, len(first))
	for i, pack := range first {
		ids[i] = pack.Routes[0].ID
	}
	return namedRoutes(ctx, v, ids)
}

func (s *Server) fillEmbed(page *Page, id string, p embedParams, packs []routes.Pack) {
	e := &EmbedView{
		ID: id, Theme: p.Theme, Controls: p.Controls, Style: s.sheets[p.Theme].css(), Starter: s.starter.js(), MapStyle: s.assets.Styles["embed-map"],
		MapScript: s.assets.Scripts["embed-map"], Title: Words{Plain: page.T("site.title"), Lang: page.Lang},
	}
	var years []int
	helped := map[string]bool{}
	for _, pack := range packs {
		t := s.teller(pack, page.Lang)
		view := t.embedRoute(pack, p.Layers)
		if i := slices.IndexFunc(view.Stops, func(stop StopView) bool { return stop.ID == p.Stop }); i >= 0 {
			e.Stop = &view.Stops[i]
		}
		view.Years, view.History = spanOf(t.years), s.history(t.years)
		view.Letter = page.Client.letter(view.ID, len(e.Routes), len(packs))
		e.Routes = append(e.Routes, view)
		if !helped[pack.About.ID] { // two routes of a pack have the same contacts
			page.Help = append(page.Help, s.help(t)...)
		}
		helped[pack.About.ID] = true
		years = append(years, t.years...)
		page.HasDrafts = page.HasDrafts || t.drafts
		page.StandIn = cmp.Or(page.StandIn, t.standIn())
	}
	s.date(page, years)
	address := homeAddress(page.Lang)
	if len(e.Routes) == 1 {
		first := &e.Routes[0]
		e.Title, e.Claim = first.Title, &first.Claim
		address = routeAddress(first.ID, page.Lang, p.Stop)
	}
	if e.Page = s.absolute(address); e.Page == "" {
		e.Page = address
	}
	_, e.PageText, _ = strings.Cut(e.Page, "://")
	page.Title, page.Description = e.Title.Plain, page.T("site.description")
	if len(e.Routes) > 0 {
		page.Description = e.Routes[0].Summary.Plain
		e.Picture = stillPictures(id, page.Lang, p, squareEmbed)
		e.Picture.Alt = stillText(page, e.Routes)
	}
	page.Found = &FoundView{Canonical: e.Page}
	page.Embed = e
	page.Client.Embed = &ClientEmbed{Layers: append([]string{"route"}, p.Layers...), Scroll: p.Scroll, Single: len(e.Routes) == 1}
	at, data := embedAddress(id, page.Lang, ""), embedDataAddress(id, page.Lang, e.Routes, p)
	page.Client.Embed.Data = s.addresses.from(at, data)
	if s.Folder {
		page.Client.Embed.Choices = s.embedChoices(at, data)
	}
}

// embedRoute is a route as an embed tells it, with the layers asked for.
func (t *teller) embedRoute(pack routes.Pack, layers []string) RouteView {
	route := pack.Routes[0]
	view := RouteView{ID: route.ID, Title: t.words(route.Title), Summary: t.words(route.Summary), Claim: t.claim(route.Claim, route.SaidBy), Notes: t.all(route.Notes)}
	for i, stop := range route.Stops {
		view.Stops = append(view.Stops, t.stop(route, i, stop))
	}
	if slices.Contains(layers, "movements") {
		for _, m := range pack.Movements {
			view.Movements = append(view.Movements, t.movement(m))
		}
	}
	if slices.Contains(layers, "sites") {
		for _, site := range pack.Sites {
			view.Sites = append(view.Sites, t.site(site))
		}
	}
	return view
}

// stillText says what the still map of some routes shows.
func stillText(page *Page, shown []RouteView) string {
	texts := make([]string, len(shown))
	for i, r := range shown {
		stops := make([]Words, len(r.Stops))
		for n, stop := range r.Stops {
			stops[n] = stop.Title
		}
		texts[i] = pictureText(page, r.Title, stops)
	}
	return strings.Join(texts, " ")
}

// pictureText says what a still map of a route shows, with its stops: "Interior provinces → Xishuangbanna".
func pictureText(page *Page, title Words, stops []Words) string {
	names := make([]string, len(stops))
	for i, stop := range stops {
		names[i] = stop.Plain
	}
	return page.T("embed.picture", "title", title.Plain) + " " + strings.Join(names, " → ")
}

// embedStrings are the texts that an embed's script needs, a part of the interface's: an embed must be light. Those of the card, which
// tells on the map what no text beside it does, are for embeds of several routes or with layers.
func embedStrings(all static.Strings, withCard bool) static.Strings {
	needed := []string{
		"map.close", "map.failed", "map.figure", "map.gesture", "map.loading", "map.oneOf", "map.part.basemap", "map.part.stops", "map.retry", "map.wheel", "map.zoom",
		"steps.at", "steps.none", "fact.means", "term.precision.", "term.evidence.", "term.means.",
	}
	if withCard {
		needed = append(needed, "map.programmes", "claim.asOf", "claim.historical", "card.", "mark.draft", "figure.", "footer.years", "home.read",
			"term.role.", "term.movement_kind.", "term.site_kind.", "term.unit.")
	}
	return all.WithPrefixes(needed)
}

// embedRules are those for the content of an embed.
func (s *Server) embedRules() string {
	own := "'self'"
	if base, err := url.Parse(s.BaseURL); err == nil && base.Host != "" {
		own += " " + base.Scheme + "://" + base.Host
	}
	return strings.NewReplacer("OWN", own, "SHEETS", s.sheetHashes(), "STARTER", s.starter.hash).Replace("default-src 'none'; script-src OWN STARTER; " +
		"style-src OWN SHEETS; img-src OWN data:; connect-src OWN; font-src OWN; base-uri 'none'; form-action 'none'")
}

// embedPolicy lets every site frame what it answers. The base URL stands beside 'self', since in a frame without an origin
// of its own not every browser takes 'self' for the server's.
func (s *Server) embedPolicy(next http.Handler) http.Handler {
	policy := s.embedRules() + "; frame-ancestors *"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Cross-Origin-Embedder-Policy", "require-corp")
		next.ServeHTTP(w, r)
	})
}

// embedded adapts a handler whose errors are read by people inside another page: what went wrong is said in the frame.
func (s *Server) embedded(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		err := h.answer(w, r)
		if err == nil {
			return
		}
		status := s.report(r, err)
		lang, langErr := s.pageLanguage(r)
		if langErr != nil {
			lang = s.tags[0]
		}
		page := s.newPage(r, lang, "failure")
		page.Failure = &FailureView{Status: status, Key: failureKey(status)}
		if status != http.StatusInternalServerError && status != http.StatusNotFound {
			page.Failure.Detail = publicDetail(err, status)
		}
		page.Title = page.T(page.Failure.Key)
		page.Embed = &EmbedView{Style: s.sheets["auto"].css(), Page: s.absolute(homeAddress(lang))}
		takeBack(w.Header())
		if err := s.render(w, "embed-failure.html", status, page); err != nil {
			s.Log.Error("the page of a failure failed", "error", err)
			http.Error(w, http.StatusText(status), status)
		}
	}
}
