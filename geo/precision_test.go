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

func TestParsePrecision(t *testing.T) {
	if p, err := geo.ParsePrecision("prefecture"); err != nil || p != geo.Prefecture {
		t.Errorf("ParsePrecision(prefecture) = %v, %v", p, err)
	}
	for _, bad := range []string{"", "Prefecture", "village"} {
		if _, err := geo.ParsePrecision(bad); err == nil {
			t.Errorf("ParsePrecision(%q) gave no error", bad)
		}
	}
}
