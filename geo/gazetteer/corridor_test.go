package gazetteer

import (
	"encoding/csv"
	"errors"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"

	"corridor/geo"
)

// A truth is a row of testdata/corridor.csv: a place of the corridor as an author writes it, and where it is by a source
// other than the index where one was found.
type truth struct {
	written, kind, country string
	at                     orb.Point
	metres                 float64
	reason, source         string
}

// rowsOf reads a table of facts, without the names of its columns.
func rowsOf(t testing.TB, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func truths(t testing.TB) []truth {
	t.Helper()
	rows := rowsOf(t, "testdata/corridor.csv")
	list := make([]truth, 0, len(rows))
	for _, row := range rows {
		var n [3]float64
		var err error
		for i, text := range row[3:6] {
			if n[i], err = strconv.ParseFloat(text, 64); err != nil {
				t.Fatalf("%s: %v", row[0], err)
			}
		}
		list = append(list, truth{row[0], row[1], row[2], orb.Point{n[0], n[1]}, n[2] * 1000, row[6], row[7]})
	}
	return list
}

func TestTheCorridorsPlacesAreRight(t *testing.T) {
	ix := openReal(t)
	list := truths(t)
	if len(list) < 150 {
		t.Fatalf("%d places, want at least 150", len(list))
	}
	asked := 0
	for _, tt := range list {
		t.Run(tt.written, func(t *testing.T) {
			if tt.source == "" || tt.reason == "" {
				t.Error("no source, or no reason")
			}
			r := ix.ResolveAll(append([]string{tt.written}, corridorCountries()...))[0]
			p, err := r.Place, r.Err
			var several *AmbiguousError
			if errors.As(err, &several) {
				asked++
				tt.comesFirst(t, several.Candidates[0].Record)
				return
			}
			var outline *GeometryError
			if tt.kind == KindDistrict.String() && errors.As(err, &outline) {
				tt.findsDistrict(t, ix)
				return
			}
			if err != nil {
				t.Fatalf("%v (%s)", err, tt.reason)
			}
			if want := tt.precision(); p.Precision != want {
				t.Errorf("a %s, want a %s (%s)", p.Precision, want, tt.reason)
			}
			if d := metresFrom(p.Geometry, tt.at); d > tt.metres {
				t.Errorf("%.0f m from %v, want at most %.0f (%s)", d, tt.at, tt.metres, tt.reason)
			}
			if got := strings.Join(p.Countries, " "); tt.country != "" && !sameWords(got, tt.country) {
				t.Errorf("in %q, want %q (%s)", got, tt.country, tt.reason)
			}
		})
	}
	t.Logf("%d of %d names ask which of several places is meant, the right one first", asked, len(list))
	if most := len(list) / 10; asked > most {
		t.Errorf("%d names ask, want at most %d", asked, most)
	}
}

// corridorCountries are what a document about the corridor names besides.
func corridorCountries() []string {
	return []string{"China", "Myanmar", "Laos", "Vietnam", "Thailand", "Cambodia", "Malaysia", "Singapore"}
}

// comesFirst is for names that ask which of several places is meant.
func (tt truth) comesFirst(t *testing.T, r Record) {
	t.Helper()
	if d := orbgeo.Distance(r.Point, tt.at); d > tt.metres || tt.country != "" && r.Country != tt.country || r.Kind.Precision() != tt.precision() {
		t.Errorf("it asks and puts %+v first, %.0f m from %v (%s)", r, d, tt.at, tt.reason)
	}
}

func (tt truth) precision() geo.Precision {
	if tt.kind == "border" {
		return geo.Border
	}
	for k := KindRegion; k <= KindCrossing; k++ {
		if k.String() == tt.kind || k == KindSettlement && tt.kind == "settlement" {
			return k.Precision()
		}
	}
	return geo.Unknown
}

// findsDistrict is for districts, of which the data know where they lie and not their outline.
func (tt truth) findsDistrict(t *testing.T, ix *Index) {
	t.Helper()
	a := ix.Geocode(Query{Text: tt.written, Whole: true})
	if len(a.Candidates) == 0 || a.Candidates[0].Record.Kind != KindDistrict {
		t.Fatalf("%+v, want a district", a)
	}
	if d := orbgeo.Distance(a.Candidates[0].Record.Point, tt.at); d > tt.metres {
		t.Errorf("%.0f m from %v, want at most %.0f", d, tt.at, tt.metres)
	}
}

// metresFrom is the distance of a geometry from a point, 0 inside an area.
func metresFrom(g orb.Geometry, p orb.Point) float64 {
	switch g := g.(type) {
	case orb.Point:
		return orbgeo.Distance(g, p)
	case orb.MultiPolygon:
		if planar.MultiPolygonContains(g, p) {
			return 0
		}
		return math.Inf(1)
	case orb.MultiLineString:
		least := math.Inf(1)
		for _, l := range g {
			for i := 1; i < len(l); i++ {
				// degrees of latitude, with those of longitude shortened as at the point
				squeeze := math.Cos(p[1] * math.Pi / 180)
				flat := func(q orb.Point) orb.Point { return orb.Point{q[0] * squeeze, q[1]} }
				least = min(least, planar.DistanceFromSegment(flat(l[i-1]), flat(l[i]), flat(p))*111_195)
			}
		}
		return least
	}
	return math.Inf(1)
}

func sameWords(a, b string) bool {
	words := strings.Fields(a)
	for _, w := range strings.Fields(b) {
		i := -1
		for j, v := range words {
			if v == w {
				i = j
			}
		}
		if i < 0 {
			return false
		}
		words = append(words[:i], words[i+1:]...)
	}
	return len(words) == 0
}

// The file of facts says which province each name means: no name that a data set gives another is taken beside it.
func TestReviewedNamesOfProvincesMeanThemAlone(t *testing.T) {
	ix, asked := openReal(t), 0
	for _, row := range rowsOf(t, "../../data/reference/names.csv") {
		code, language, own, use := row[0], row[1], row[2], row[3]
		if len(code) < 4 || code[2] != '-' || use != "current" || own == "ວຽງຈັນ" { // Laos has a province and a prefecture of Vientiane
			continue
		}
		names := []string{own}
		if language == "th" && strings.HasPrefix(code, "TH-") {
			names = append(names, "จังหวัด"+own)
		}
		for _, n := range names {
			asked++
			senses, err := ix.strict(name{own: n, kind: KindProvince})
			senses = slices.DeleteFunc(senses, func(c candidate) bool { return ix.raw(c.id).country() != code[:2] }) // Hà Nam is two
			if err != nil || len(senses) != 1 || ix.code(senses[0].id) != code {
				t.Errorf("%s, %s in %s: %d senses, %v", n, code, language, len(senses), err)
			}
		}
	}
	if asked < 400 {
		t.Errorf("%d names were asked for", asked)
	}
}
