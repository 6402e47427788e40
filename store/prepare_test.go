package store

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/routes"
)

func TestWordsOfSimpleTextsAreThoseOfTheSegmenter(t *testing.T) {
	for _, text := range []string{
		"", " ", "Stop 1 of route 0, at Kota Tinggi.", "A-b_c/D9 (2004); \"E\"\nF\tg", "0x7F\x7fend", "UPPER lower 123abc",
	} {
		if !isSimple(text) {
			t.Errorf("%q is not simple", text)
		}
		var want strings.Builder
		for _, u := range segment(text) {
			want.WriteString(" " + u.folded)
		}
		if got := string(appendWords(nil, text)); got != want.String() {
			t.Errorf("%q has %q, want %q", text, got, want.String())
		}
	}
	for _, text := range []string{"Pu'er", "a`b", "Pu’er", "เชียงราย", "Đà Nẵng"} {
		if isSimple(text) {
			t.Errorf("%q is simple", text)
		}
	}
}

func TestTextsAreStoredAsJSON(t *testing.T) {
	for _, text := range []string{"plain", `a "b" \ c`, "<b>&</b>", "line\nbreak", "云南", "a\u2028b", "\x7f"} {
		want, err := json.Marshal(map[string]string{"en": text, "th": "ก"})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := storedText([]string{"en", text, "th", "ก"}, appendWords); got != string(want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A preparer keeps the text of an area that many features share: one at the same place with another geometry has its own.
func TestEachFeatureIsPreparedWithItsOwnGeometry(t *testing.T) {
	square := func(side float64) orb.Polygon { return orb.Polygon{{{0, 0}, {side, 0}, {side, side}, {0, 0}}} }
	w, areas := newRecordWriter(), new(areaTexts)
	for _, g := range []orb.Geometry{square(1), square(1), square(2), orb.LineString{{1, 2}, {3, 4}}, orb.Point{5, 6}, square(1)} {
		want, err := appendGeometry(nil, g)
		if err != nil {
			t.Fatal(err)
		}
		w.records = w.records[:0]
		p, _, err := w.feature(routes.Feature{Collection: routes.Places, ID: "a.b", From: "b", Geometry: g, Default: "en"}, areas)
		if err != nil {
			t.Fatal(err)
		}
		if row := string(w.records[:p.row]); !strings.Contains(row, string(want)) {
			t.Errorf("%q has no %s", row, want)
		}
	}
}
