package gazetteer

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
)

func box(west, south, east, north float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}
}

type addition struct {
	record Record
	names  []string
	area   orb.MultiPolygon
}

// atlas is a small invented world: two countries side by side, each of two provinces.
func atlas() []addition {
	return []addition{
		{Record{Name: "Westland", Code: "WL", Kind: KindCountry, Country: "WL"}, []string{"Old West"}, box(0, 0, 2, 2)},
		{Record{Name: "Eastland", Code: "EL", Kind: KindCountry, Country: "EL"}, []string{"东国"}, box(2, 0, 4, 2)},
		{Record{Name: "North", Code: "WL-N", Kind: KindProvince, Country: "WL", Province: "WL-N"}, nil, box(0, 1, 2, 2)},
		{Record{Name: "South", Code: "WL-S", Kind: KindProvince, Country: "WL", Province: "WL-S"}, nil, box(0, 0, 2, 1)},
		{Record{Name: "North", Code: "EL-N", Kind: KindProvince, Country: "EL", Province: "EL-N"}, nil, box(2, 1, 4, 2)},
		{Record{Name: "Islet", Code: "EL-X~", Kind: KindProvince, Country: "EL", Province: "EL-X~", Unofficial: true}, nil, box(9, 9, 10, 10)},
		{Record{Name: "Twin", Kind: KindSettlement, Country: "WL", Province: "WL-N", Point: orb.Point{1, 1.5}, Population: 90_000}, nil, nil},
		{Record{Name: "Twin", Kind: KindSettlement, Country: "EL", Province: "EL-N", Point: orb.Point{3, 1.5}}, []string{"Second Twin"}, nil},
		{Record{Name: "Westland", Kind: KindSettlement, Country: "EL", Province: "EL-N", Point: orb.Point{3.5, 1.5}}, nil, nil},
	}
}

func build(additions []addition) []byte {
	var b Builder
	for _, a := range additions {
		b.Add(a.record, Strong(a.names...), a.area)
	}
	return b.Bytes()
}

func TestAnIndexThatIsMadeLaterIsOpened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "atlas.idx")
	open := Lazily(path)
	if _, err := open(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	content := build(atlas())
	for _, part := range [][]byte{content[:len(content)/2], content} { // while it is copied, and then
		if err := os.WriteFile(path, part, 0o600); err != nil {
			t.Fatal(err)
		}
		first, err := open()
		if whole := len(part) == len(content); whole != (err == nil) {
			t.Errorf("%d of %d bytes: %v", len(part), len(content), err)
		}
		if again, _ := open(); again != first {
			t.Error("it is opened twice")
		}
		if first != nil {
			t.Cleanup(func() { _ = first.Close() })
		}
	}
}

func openAtlas(t *testing.T) *Index {
	t.Helper()
	path := filepath.Join(t.TempDir(), "atlas.idx")
	if err := os.WriteFile(path, build(atlas()), 0o600); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}

func TestTheSameRecordsGiveTheSameBytes(t *testing.T) {
	want := build(atlas())
	for seed := range uint64(5) {
		mixed := atlas()
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if !bytes.Equal(build(mixed), want) {
			t.Fatal("another order of adding gives other bytes")
		}
	}
}

func TestEveryRecordIsFoundByItsNames(t *testing.T) {
	ix := openAtlas(t)
	for _, a := range atlas() {
		for _, n := range append(a.names, a.record.Name) {
			found := false
			for _, r := range ix.Lookup(n) {
				r.Population = a.record.Population // a division has that of its settlements
				found = found || r == a.record
			}
			if !found {
				t.Errorf("%q does not find %+v, but %+v", n, a.record, ix.Lookup(n))
			}
		}
	}
	if got := ix.Lookup("Nowhere"); got != nil {
		t.Errorf("Nowhere is %v", got)
	}
	if ix.Len() != len(atlas()) {
		t.Errorf("%d records, want %d", ix.Len(), len(atlas()))
	}
}

func TestAreasKeepTheirPositions(t *testing.T) {
	want := orb.MultiPolygon{
		{{{-179.999999, -89.999999}, {180, -90}, {0.123456, 89.654321}, {-179.999999, -89.999999}}, {{1, 1}, {2, 2}, {1, 2}, {1, 1}}},
		{{{0, 0}, {1e-6, 0}, {0, 1e-6}, {0, 0}}},
	}
	if got := readArea(appendArea(nil, want.Bound(), want)); !got.Equal(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestADamagedIndexIsRefused(t *testing.T) {
	good := build(atlas())
	tests := map[string][]byte{
		"empty":            {},
		"short":            good[:20],
		"cut off":          good[:len(good)-1],
		"a foreign file":   append([]byte("SQLite format 3\x00"), good[16:]...),
		"another version":  append(append(append([]byte{}, good[:8]...), 99, 0, 0, 0), good[12:]...),
		"one bit":          flip(good, len(good)/2),
		"the last byte":    flip(good, len(good)-1),
		"the directory":    flip(good, 40),
		"longer than made": append(append([]byte{}, good...), 0),
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bad.idx")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			ix, err := Open(path)
			if !errors.Is(err, ErrIndex) {
				t.Fatalf("Open gave %v, %v", ix, err)
			}
		})
	}
}

func flip(b []byte, at int) []byte {
	out := append([]byte{}, b...)
	out[at] ^= 1
	return out
}

func TestAMissingIndexSaysHowToMakeIt(t *testing.T) {
	_, err := Open(filepath.Join(t.TempDir(), "none.idx"))
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestNamesInLanguages(t *testing.T) {
	var b Builder
	b.Add(Record{Name: "Bangkok", Kind: KindSettlement, Country: "TH"}, []Name{
		{Text: "กรุงเทพมหานคร", Lang: "th"}, {Text: "曼谷", Lang: "zh-Hans"}, {Text: "ဘန်ကောက်", Lang: "my"}, {Text: "กรุงเทพ", Lang: "th"}, {Text: "Krung Thep"},
	}, nil)
	b.Add(Record{Name: "Nowhere", Kind: KindSettlement, Country: "TH"}, nil, nil)
	ix, err := read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{"th": "กรุงเทพมหานคร", "zh-CN": "曼谷", "my": "ဘန်ကောက်", "vi": "Bangkok", "": "Bangkok", "x": "Bangkok"} {
		if got := ix.nameIn(0, languageCode(lang)); got != want {
			t.Errorf("in %q it is %q, want %q", lang, got, want)
		}
	}
	if got := ix.nameIn(1, languageCode("th")); got != "Nowhere" {
		t.Errorf("Nowhere is %q", got)
	}
}

func TestADivisionOfWhichAPointIsKnownIsKept(t *testing.T) {
	county := Record{Name: "Seat County", Kind: KindDistrict, Country: "WL", Province: "WL-N", Point: orb.Point{1, 1.5}, Origin: OriginCorridor}
	nowhere := Record{Name: "Lost County", Kind: KindDistrict, Country: "WL", Province: "WL-N"}
	path := filepath.Join(t.TempDir(), "county.idx")
	if err := os.WriteFile(path, build(append(atlas(), addition{county, nil, nil}, addition{nowhere, nil, nil})), 0o600); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	if got := ix.Lookup("Seat County"); len(got) != 1 || got[0].Point != county.Point {
		t.Errorf("%+v", got)
	}
	if got := ix.Lookup("Lost County"); got != nil {
		t.Errorf("%+v is nowhere", got)
	}
	if a := ix.Geocode(Query{Text: "Twin, Seat County", Whole: true}); len(a.Candidates) != 1 || a.Candidates[0].Record.Province != "WL-N" {
		t.Errorf("%+v: a town near the seat of its county", a)
	}
}
