package store

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

func TestGeometriesAreWrittenAsOrbDoes(t *testing.T) {
	ring := orb.Ring{{100.123, -0.00001}, {101, 0}, {101.5, 1}, {100.123, -0.00001}}
	for _, g := range []orb.Geometry{
		orb.Point{-179.99999, 90},
		orb.LineString{{1, 2}, {3.5, 4}},
		orb.MultiLineString{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}},
		orb.Polygon{ring, ring},
		orb.MultiPolygon{{ring}, {ring, ring}},
		orb.MultiPoint{{1, 2}},
		orb.Collection{orb.Point{1, 2}},
		orb.MultiPolygon{},
		orb.LineString{},
	} {
		want, err := json.Marshal(geojson.NewGeometry(g))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := appendGeometry(nil, g); string(got) != string(want) || err != nil {
			t.Errorf("%s, %v\nwant %s", got, err, want)
		}
		if read, err := readGeometry(string(want)); err != nil || !orb.Equal(read, g) {
			t.Errorf("%s was read as %v, %v", want, read, err)
		}
	}
}

func TestABrokenGeometryIsAnError(t *testing.T) {
	for _, text := range []string{
		``, `{}`, `{"type":"Point"}`, `{"type":"Point","coordinates":[1]}`, `{"type":"Point","coordinates":[1,2,3]}`,
		`{"type":"LineString","coordinates":[[1,2],[3`, `{"type":"Sphere","coordinates":[]}`,
		`{"type":"Polygon","coordinates":[[1,2],[3,4]]}`,
	} {
		if raw, err := wkbOf(text); err == nil {
			t.Errorf("%q is % x", text, raw)
		}
	}
}

func TestPositionsAreReadAsTheyWere(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for i := range 10_000 {
		var p orb.Point
		for side := range p {
			p[side] = random.Float64()*360 - 180
			if decimals := math.Pow10(i % 9); decimals > 1 {
				p[side] = math.Round(p[side]*decimals) / decimals
			}
		}
		text, err := appendGeometry(nil, p)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := readGeometry(string(text)); err != nil || got != orb.Geometry(p) {
			t.Errorf("%s was read as %v, %v", text, got, err)
		}
	}
}
