package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"corridor/draw"
	"corridor/routes"
	"corridor/store"
)

// drawReader reads what a picture of a route shows, in one of the pack's languages.
type drawReader struct {
	view  *store.View
	lang  string
	route string
}

// each gives a query's items with their geometries and reads their properties into what a function gives for each.
func (d drawReader) each(ctx context.Context, q store.ItemsQuery, next func(orb.Geometry) any) error {
	q.Lang, q.Route, q.Limit = d.lang, d.route, maxLimit
	items, _, err := d.view.Items(ctx, q)
	if err != nil {
		return err
	}
	for _, item := range items {
		g, err := geometryOf(item)
		if err == nil {
			err = json.Unmarshal([]byte(item.Properties), next(g))
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", q.Collection, item.FID, err)
		}
	}
	return nil
}

func (d drawReader) stops(ctx context.Context) ([]draw.Stop, error) {
	var out []draw.Stop
	err := d.each(ctx, store.ItemsQuery{Collection: routes.Stops}, func(g orb.Geometry) any {
		out = append(out, draw.Stop{Geometry: g})
		return &out[len(out)-1].StopProperties
	})
	for i := range out {
		if err == nil && out[i].OneOf && out[i].StopProperties.Parts > 0 {
			out[i].Parts, err = d.parts(ctx, out[i].PlaceID)
		}
	}
	slices.SortFunc(out, func(a, b draw.Stop) int { return a.Seq - b.Seq })
	return out, err
}

// parts gives the areas that a place is made of.
func (d drawReader) parts(ctx context.Context, place string) ([]orb.Geometry, error) {
	var out []orb.Geometry
	err := d.each(ctx, store.ItemsQuery{Collection: routes.Places, PartOf: place}, func(g orb.Geometry) any {
		out = append(out, g)
		return &struct{}{}
	})
	return out, err
}

func (d drawReader) legs(ctx context.Context) ([]draw.Leg, error) {
	var out []draw.Leg
	err := d.each(ctx, store.ItemsQuery{Collection: routes.Legs}, func(g orb.Geometry) any {
		out = append(out, draw.Leg{Geometry: g})
		return &out[len(out)-1].LegProperties
	})
	slices.SortFunc(out, func(a, b draw.Leg) int { return a.Seq - b.Seq })
	return out, err
}

// movements reads the movements; old says of which year a source is a historical account.
func (d drawReader) movements(ctx context.Context, old func(year int) bool) ([]draw.Movement, error) {
	var out []draw.Movement
	err := d.each(ctx, store.ItemsQuery{Collection: routes.Movements}, func(g orb.Geometry) any {
		out = append(out, draw.Movement{Geometry: g})
		return &out[len(out)-1].MovementProperties
	})
	for i := range out {
		out[i].Historical = old(out[i].AsOf)
	}
	return out, err
}

// sites reads the programmes; old says of which year a source is a historical account.
func (d drawReader) sites(ctx context.Context, old func(year int) bool) ([]draw.Site, error) {
	var out []draw.Site
	err := d.each(ctx, store.ItemsQuery{Collection: routes.Sites}, func(g orb.Geometry) any {
		out = append(out, draw.Site{Geometry: g})
		return &out[len(out)-1].SiteProperties
	})
	for i := range out {
		out[i].Historical = old(out[i].AsOf)
		if err == nil && out[i].SiteProperties.Parts > 0 {
			out[i].Parts, err = d.parts(ctx, out[i].PlaceID)
		}
	}
	return out, err
}

func geometryOf(item store.Item) (orb.Geometry, error) {
	if item.Geometry == "" {
		return nil, nil
	}
	g, err := geojson.UnmarshalGeometry([]byte(item.Geometry))
	if err != nil {
		return nil, err
	}
	return g.Geometry(), nil
}
