package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"corridor/routes"
	"corridor/store"
)

// embedDataAddress is where an embed's map finds its features.
func embedDataAddress(id, lang string, shown []RouteView, p embedParams) string {
	pairs := []string{"lang", lang, "layers", strings.Join(p.Layers, ",")}
	if id == severalRoutes {
		for _, r := range shown {
			pairs = append(pairs, "route", r.ID)
		}
	}
	return "/embed/" + id + ".json" + query(pairs...)
}

// embedFeatures answers all that an embed's map draws, in one answer and with coarse shapes: the stops, the legs, the parts
// of areas of which one or another is meant, and the layers asked for. Coarse shapes take their turn as pictures do.
func (s *Server) embedFeatures(w http.ResponseWriter, r *http.Request) error {
	var job drawJob
	err := s.ofEmbed(r, func(v *store.View, asked embedAsked) (err error) {
		if s.pageUnchanged(w, r, v.Version, asked.lang) {
			return nil
		}
		job, err = s.embedJob(r.Context(), v, asked)
		return err
	})
	if err != nil || job.draw == nil {
		return err
	}
	address, err := addressOf(r)
	if err != nil {
		return err
	}
	body, err := s.pictures.drawn(r.Context(), address, job)
	if err != nil {
		return err
	}
	return writeBody(w, "application/json", body)
}

// embedJob reads what the features of an embed are made of; they are the same in whatever order its routes are named.
func (s *Server) embedJob(ctx context.Context, v *store.View, asked embedAsked) (drawJob, error) {
	packs := slices.SortedFunc(slices.Values(asked.packs), func(a, b routes.Pack) int {
		return strings.Compare(a.Routes[0].ID, b.Routes[0].ID)
	})
	ids := make([]string, len(packs))
	for i, pack := range packs {
		ids[i] = pack.Routes[0].ID
	}
	key := fmt.Sprintf("embed %s %s %d %s %v %v", v.Version, s.build, s.historicalBefore(), asked.lang, ids, asked.Layers)
	if body, ok := s.pictures.cache.get(key); ok {
		return drawJob{key, func(context.Context) ([]byte, error) { return body, nil }}, nil
	}
	read := embedReader{view: v, items: map[string][]store.Item{}}
	for _, pack := range packs {
		if err := read.route(ctx, pack, asked.lang, asked.Layers); err != nil {
			return drawJob{}, err
		}
	}
	historical, single := s.historicalBefore(), len(packs) == 1
	return drawJob{key, func(context.Context) ([]byte, error) { return embedBody(read.items, historical, single) }}, nil
}

// whole names a place that is made of parts. Another pack may have a place of the same id.
type whole struct {
	Pack  string `json:"pack"`
	Place string `json:"part_of"`
}

// embedReader reads what an embed's map draws, by the names of the lists in its answer.
type embedReader struct {
	view  *store.View
	items map[string][]store.Item
	// wholes are the places whose parts have been read.
	wholes []whole
}

// route reads all of a route, which is the only one of its pack.
func (e *embedReader) route(ctx context.Context, pack routes.Pack, lang string, layers []string) error {
	content := contentLanguage(lang, pack.About.Tags())
	for _, list := range append([]string{string(routes.Stops), string(routes.Legs)}, layers...) {
		items, err := e.read(ctx, list, store.ItemsQuery{Collection: routes.Collection(list), Route: pack.Routes[0].ID, Lang: content})
		if err != nil {
			return err
		}
		for _, item := range items {
			if err := e.partsOf(ctx, item, list == string(routes.Stops)); err != nil {
				return err
			}
		}
	}
	return nil
}

// partsOf reads the parts of an item's place, where the map shows them: of a stop where one or another of them is meant.
func (e *embedReader) partsOf(ctx context.Context, item store.Item, isStop bool) error {
	var p struct {
		Parts   int    `json:"parts"`
		OneOf   bool   `json:"one_of"`
		PlaceID string `json:"place_id"`
	}
	if err := json.Unmarshal([]byte(item.Properties), &p); err != nil {
		return fmt.Errorf("properties of %s: %w", item.FID, err)
	}
	of := whole{item.Pack, p.PlaceID}
	if p.Parts == 0 || p.PlaceID == "" || isStop && !p.OneOf || slices.Contains(e.wholes, of) {
		return nil
	}
	e.wholes = append(e.wholes, of)
	_, err := e.read(ctx, "parts", store.ItemsQuery{
		Collection: routes.Places, PartOf: of.Place, Where: []store.Condition{{Property: "pack", Value: of.Pack}},
	})
	return err
}

// read adds a query's items to a list, each once: what is told beside several routes is theirs together.
func (e *embedReader) read(ctx context.Context, list string, q store.ItemsQuery) ([]store.Item, error) {
	q.Limit = maxLimit
	items, _, err := e.view.Items(ctx, q)
	if err != nil {
		return nil, err
	}
	have := make(map[int64]bool, len(e.items[list]))
	for _, item := range e.items[list] {
		have[item.ID] = true
	}
	for _, item := range items {
		if !have[item.ID] {
			e.items[list] = append(e.items[list], item)
		}
	}
	return items, nil
}
