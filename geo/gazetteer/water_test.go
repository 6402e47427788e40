package gazetteer

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestWaterIsNoPlaceButWhatBearsItsNameIs(t *testing.T) {
	var b Builder
	for _, a := range atlas() {
		b.Add(a.record, Weak(a.names...), a.area)
	}
	for _, name := range []string{"Old West", "Twin", "Twim", "Northe River"} {
		b.AddWater(River, name)
	}
	path := filepath.Join(t.TempDir(), "water.idx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	for written, want := range map[string]Decision{
		"Old West":            Refuse, // only an alternate name of a country
		"OLDWEST":             Refuse,
		"Twim":                Refuse, // one letter from Twin
		"northe river":        Refuse,
		"Twin":                Ask, // two towns go by the name
		"country of Old West": Accept,
	} {
		if a := ix.Geocode(Query{Text: written, Whole: true}); a.Decision != want {
			t.Errorf("%q: %s, want %s", written, a.Decision, want)
		}
		if want == Refuse && len(ix.ResolveNames([]string{written}, "")[0].Candidates) > 0 {
			t.Errorf("%q means something in a document", written)
		}
	}
	if a := ix.Geocode(Query{Text: "Old West"}); len(a.Candidates) != 0 {
		t.Errorf("%+v begins with a river's name", a.Candidates)
	}
	if a := ix.Geocode(Query{Text: "Twim", Whole: false}); a.Decision != Refuse {
		t.Errorf("a river while it is typed: %s", a.Decision)
	}
}

func TestRealWaters(t *testing.T) {
	ix := openReal(t)
	for _, tt := range []struct {
		written string
		is      Water
	}{
		{"Irrawaddy", River},
		{"the Irrawaddy", River},
		{"Irrawaddy River", River},
		{"Mekong", River},
		{"Mekong River", River},
		{"Lancang River", River},
		{"Salween", River},
		{"Nu River", River},
		{"Red River", River},
		{"Ruak River", River},
		{"Nam Ruak", River},
		{"Moei River", River},
		{"Golok River", River},
		{"sông Hồng", River},
		{"湄公河", River},
		{"แม่น้ำโขง", River},
		{"แม่น้ำรวก", River},
		{"Nile", River},
		{"Congo River", River},
		{"Inle Lake", Lake},
		{"Lake Inle", Lake},
		{"Inle", Lake},
		{"Dianchi", Lake},
		{"Erhai", Lake},
		{"滇池", Lake},
		{"Lake Victoria", Lake},
		{"Victoria Lake", Lake},
		{"Mekong, Laos", River},
	} {
		var water *WaterError
		_, err := ix.Resolve(tt.written)
		if !errors.As(err, &water) || water.Is != tt.is {
			t.Errorf("%q as an expression: %v, want that it is a %s", tt.written, err, tt.is)
		}
		if r := ix.Search(Query{Text: tt.written, Whole: true}); r.Decision != Refuse || err == nil || r.Problem != err.Error() {
			t.Errorf("%q: %s, %q", tt.written, r.Decision, r.Problem)
		}
	}
	for written, want := range map[string]Kind{
		"Irrawaddy Region": KindProvince, "Irrawaddy Division": KindProvince, "Ayeyarwady": KindProvince, "Ayeyarwady Region": KindProvince,
		"Congo": KindCountry, "Niger": KindCountry, "Colorado": KindProvince, "Nan": KindProvince, "Lancang": KindSettlement,
		"Orange, California": KindSettlement, "Pearl River, Louisiana": KindSettlement, "Nujiang": KindPrefecture,
	} {
		a := ix.Geocode(Query{Text: written, Whole: true})
		if len(a.Candidates) == 0 || a.Candidates[0].Record.Kind != want {
			t.Errorf("%q: %+v, want a %s", written, a, want)
		}
	}
}
