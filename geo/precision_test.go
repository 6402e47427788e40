package geo_test

import (
	"testing"

	"corridor/geo"
)

func TestFinerFollowsTheLadder(t *testing.T) {
	ladder := []geo.Precision{
		geo.Exact, geo.Settlement, geo.District, geo.Prefecture, geo.Province, geo.Country, geo.Region, geo.Unknown,
	}
	for i, p := range ladder {
		for j, q := range ladder {
			if got, want := p.Finer(q), i < j; got != want {
				t.Errorf("%s.Finer(%s) = %v, want %v", p, q, got, want)
			}
		}
	}
}

func TestABorderClaimsAsMuchAsACountry(t *testing.T) {
	if !geo.Province.Finer(geo.Border) || geo.Border.Finer(geo.Province) || geo.Border.Finer(geo.Country) {
		t.Error("a border must stand beside a country")
	}
}
