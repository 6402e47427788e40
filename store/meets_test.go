package store_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/routes"
	"corridor/store"
)

// circle has so many positions that an area with it is stored apart.
func circle(middle orb.Point, radius float64, turn float64) (ring orb.Ring) {
	const positions = 48
	for i := range positions + 1 {
		angle := turn * 2 * math.Pi * float64(i%positions) / positions
		ring = append(ring, orb.Point{
			math.Round((middle[0]+radius*math.Cos(angle))*1000) / 1000, math.Round((middle[1]+radius*math.Sin(angle))*1000) / 1000,
		})
	}
	return ring
}

// The box of a feature tells too little: what lies beside a line, in a hole or between two parts is not the feature.
func TestABoxHoldsWhatReachesIntoIt(t *testing.T) {
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	geometries := []orb.Geometry{
		orb.LineString{{0, 0}, {10, 10}},
		orb.MultiLineString{{{170, -12}, {180, -12}}, {{-180, -12}, {-170, -12}}},
		orb.Polygon{circle(orb.Point{30, 30}, 5, 1), circle(orb.Point{30, 30}, 2, -1)},
		orb.MultiPolygon{{{{50, 10}, {52, 10}, {52, 12}, {50, 10}}}, {{{58, 10}, {60, 10}, {60, 12}, {58, 10}}}},
	}
	var features []routes.Feature
	for i, g := range geometries {
		f := stop("r", i, orb.Point{})
		f.Geometry, f.From = g, "place"
		features = append(features, f)
	}
	again := features[2] // two features of one outline
	again.ID = "r.004"
	save(t, s, p, append(features, again))
	tests := []struct {
		name string
		box  store.Box
		want []string
	}{
		{"upon the line", store.Box{West: 4, South: 4, East: 6, North: 5}, []string{"r.000"}},
		{"across the line", store.Box{West: 4, South: -1, East: 6, North: 11}, []string{"r.000"}},
		{"along the line", store.Box{West: -1, South: 4, East: 11, North: 6}, []string{"r.000"}},
		{"beside the line", store.Box{West: 6, South: 1, East: 9, North: 4}, nil},
		{"in the ring", store.Box{West: 33, South: 29.5, East: 33.5, North: 30.5}, []string{"r.002", "r.004"}},
		{"in the hole", store.Box{West: 29.5, South: 29.5, East: 30.5, North: 30.5}, nil},
		{"in a corner of the circle's box", store.Box{West: 34.5, South: 34.5, East: 36, North: 36}, nil},
		{"around the circle", store.Box{West: 20, South: 20, East: 40, North: 40}, []string{"r.002", "r.004"}},
		{"between two parts", store.Box{West: 54, South: 10, East: 56, North: 12}, nil},
		{"upon the second part", store.Box{West: 59, South: 10, East: 61, North: 12}, []string{"r.003"}},
		{"over the antimeridian", store.Box{West: 175, South: -13, East: -175, North: -11}, []string{"r.001"}},
		{"over the antimeridian, further north", store.Box{West: 175, South: -11, East: -175, North: -10}, nil},
		{"half round the world from there", store.Box{West: -10, South: -13, East: 10, North: -11}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			view(t, s, func(v *store.View) {
				q := store.ItemsQuery{Collection: routes.Stops, Box: &tt.box, Lang: "en", Limit: 10}
				list, _ := items(t, v, q)
				if got := fids(list); !slices.Equal(got, tt.want) && len(got)+len(tt.want) > 0 {
					t.Errorf("items %v, want %v", got, tt.want)
				}
				n, err := v.Count(context.Background(), q)
				page, err2 := v.Page(context.Background(), q, 0)
				if err != nil || err2 != nil || n != len(tt.want) || page.Count != len(tt.want) {
					t.Errorf("counted %d and on a page %d, want %d; errors %v, %v", n, page.Count, len(tt.want), err, err2)
				}
			})
		})
	}
}

// RFC 7946, 5.2: of a feature that crosses the antimeridian, the box's west is greater than its east.
func TestABoxOverTheAntimeridianIsSmall(t *testing.T) {
	s, _ := temporary(t)
	p, _ := pack("a", "r", 0)
	f := stop("r", 0, orb.Point{})
	f.Geometry = orb.MultiLineString{{{170, -12}, {180, -13}}, {{-180, -13}, {-170, -12}}}
	save(t, s, p, []routes.Feature{f})
	const want = `"bbox":[170,-13,-170,-12]`
	view(t, s, func(v *store.View) {
		q := store.ItemsQuery{Collection: routes.Stops, Lang: "en", Limit: 10}
		list, _ := items(t, v, q)
		if got := string(list[0].AppendGeoJSON(nil, 0)); !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
		page, err := v.Page(context.Background(), q, 0)
		if got := strings.Join(page.Features, ""); err != nil || !strings.Contains(got, want) {
			t.Errorf("no %s in %s, %v", want, got, err)
		}
	})
}

// Of lines whose boxes hold a small one any number may lie beside it, and to look for those that do not can take long.
func TestASearchForLinesInABoxEndsWithItsReader(t *testing.T) {
	s, _ := temporary(t)
	ctx, leave := context.WithCancel(t.Context())
	err := s.View(ctx, func(v *store.View) error {
		leave()
		_, err := v.Page(ctx, store.ItemsQuery{Collection: routes.Legs, Box: &store.Box{East: 1, North: 1}, Limit: 10}, 0)
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
