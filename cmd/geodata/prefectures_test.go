package main

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"corridor/geo/gazetteer"
)

func TestDecodeRing(t *testing.T) {
	// zigzag differences of 1/1024 degree from the start: +1 east, +1 north, -1 west, then back to the start
	encode := func(differences ...int) string {
		var out []rune
		for _, d := range differences {
			out = append(out, rune((d<<1)^(d>>31))+64)
		}
		return string(out)
	}
	got := decodeRing(encode(1, 0, 0, 1, -1, 0), [2]int{1024, 2048})
	step := 1.0 / 1024
	want := orb.Ring{{1 + step, 2}, {1 + step, 2 + step}, {1, 2 + step}, {1 + step, 2}}
	if !got.Equal(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestZigzag(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: -1, 2: 1, 3: -2, 4: 2} {
		if got := zigzag(n); got != want {
			t.Errorf("zigzag(%d) = %d, want %d", n, got, want)
		}
	}
}

// The extract has the sixteen divisions, each around its seat, and together about Yunnan's 394,000 km².
func TestTheExtractOfYunnan(t *testing.T) {
	a := newAtlas(&nameFacts{})
	square := orb.MultiPolygon{{{{97, 21}, {107, 21}, {107, 30}, {97, 30}, {97, 21}}}}
	a.add(gazetteer.Record{Name: "Yunnan", Code: "CN-YN", Kind: gazetteer.KindProvince, Country: "CN", Province: "CN-YN"}, nil, square)
	if err := a.addPrefectures("../../data/reference/yunnan-prefectures.geojson"); err != nil {
		t.Fatal(err)
	}
	ix := opened(t, a)
	if ix.Len() != 17 {
		t.Fatalf("%d prefectures", ix.Len()-1)
	}
	for _, name := range []string{
		"昆明市", "Qujing", "Yuxi", "Baoshan", "Zhaotong", "Lijiang", "Pu'er", "Lincang", "Chuxiong", "Honghe", "Wenshan",
		"西双版纳傣族自治州", "Dali", "Dehong", "Nujiang", "Dêqên",
	} {
		found := ix.Lookup(name)
		if len(found) != 1 || found[0].Kind != gazetteer.KindPrefecture || found[0].Province != "CN-YN" {
			t.Errorf("%s: %+v", name, found)
			continue
		}
		p, err := ix.Resolve("prefecture of " + found[0].Name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		area, ok := p.Geometry.(orb.MultiPolygon)
		if !ok || !planar.MultiPolygonContains(area, found[0].Point) {
			t.Errorf("%s does not contain its seat %v", name, found[0].Point)
		}
		if a := math.Abs(planar.Area(area)); a < 0.4 || a > 4 { // square degrees; one is about 11,000 km² here
			t.Errorf("%s has %.2f square degrees", name, a)
		}
	}
}
