package gazetteer

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"
)

// openWorld makes an index of an invented world: two countries side by side, each of two provinces, and the towns given.
// Each has its names of a list of alternates.
func openWorld(t *testing.T, towns map[string]Record, alternates map[string][]string) *Index {
	t.Helper()
	var b Builder
	for i, code := range []string{"WL", "EL"} {
		west := float64(10 * i)
		b.Add(Record{Name: map[string]string{"WL": "Westland", "EL": "Eastland"}[code], Code: code, Kind: KindCountry, Country: code}, nil, box(west, 0, west+10, 10))
		for j, name := range []string{"Highs", "Lows"} {
			name, south := code+" "+name, float64(5*j)
			b.Add(Record{Name: name, Code: name, Kind: KindProvince, Country: code, Province: name}, nil, box(west, south, west+10, south+5))
		}
	}
	for name, r := range towns {
		r.Name, r.Country = name, r.Province[:2]
		if r.Kind == 0 {
			r.Kind = KindSettlement
		}
		b.Add(r, Weak(alternates[name]...), nil)
	}
	path := filepath.Join(t.TempDir(), "world.idx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}

// The data do not know every village: that a small place alone bears a name says little where nothing else speaks for it.
func TestASmallPlaceThatMayBeThereByChanceIsAskedAbout(t *testing.T) {
	ix := openWorld(t, map[string]Record{
		"Kokang":       {Province: "EL Highs", Point: orb.Point{19, 1}},
		"Farwell":      {Province: "EL Lows", Point: orb.Point{12, 9}, Population: 90_000},
		"Nearby":       {Province: "EL Highs", Point: orb.Point{18.9, 1.2}, Population: 30_000},
		"Laukkai":      {Province: "WL Highs", Point: orb.Point{1, 1}, Population: 30_000},
		"Muse":         {Province: "WL Highs", Point: orb.Point{1.3, 1}, Population: 50_000},
		"Gujiang":      {Province: "EL Highs", Point: orb.Point{18.8, 1.1}},
		"Ban Houayxay": {Province: "WL Lows", Point: orb.Point{1, 9}, Population: 6500},
		"Home":         {Province: "EL Lows", Point: orb.Point{11, 9}, Population: 1377},
		"Mengla":       {Province: "WL Highs", Point: orb.Point{9, 4.9}},
		"Fact":         {Province: "EL Lows", Point: orb.Point{11, 8}, Origin: OriginCorridor},
		"Setar":        {Province: "EL Lows", Point: orb.Point{13, 8}, Population: 400_000},
	}, map[string][]string{"Gujiang": {"Chiang"}, "Ban Houayxay": {"Ban Huay Xai"}, "Setar": {"Thai"}, "Fact": {"Matter"}})
	for _, tt := range []struct {
		names []string
		text  string
		want  Decision // on the first name
		why   string
	}{
		{[]string{"Kokang"}, "", Accept, "its own name, and nothing else is said"},
		{[]string{"Kokang", "Laukkai", "Muse"}, "", Ask, "the others lie in another country"},
		{[]string{"Kokang", "Laukkai", "Eastland"}, "", Accept, "its country is named, and it is the only one"},
		{[]string{"Kokang", "Farwell"}, "", Ask, "the other lies in its country and far away"},
		{[]string{"Kokang", "Nearby"}, "", Accept, "the other lies near"},
		{[]string{"Kokang, Eastland", "Muse"}, "", Accept, "it is written with its country"},
		{[]string{"Kokang", "Muse"}, "From Kokang in Eastland they went to Muse.", Accept, "the text says so"},
		{[]string{"Mengla", "Muse"}, "", Accept, "far away in the province that the other lies in"},
		{[]string{"Chiang"}, "", Ask, "an alternate"},
		{[]string{"Chiang", "Nearby", "Eastland"}, "", Accept, "an alternate that the document speaks for"},
		{[]string{"Ban Huay Xai"}, "", Accept, "an alternate that spells its own name otherwise"},
		{[]string{"Home"}, "", Accept, ""},
		{[]string{"home village"}, "", Ask, "less than what is written"},
		{[]string{"Muse town"}, "", Accept, "no small place"},
		{[]string{"Muang Thai"}, "", Ask, "an alternate of less than what is written, though large"},
		{[]string{"Fact", "Muse"}, "", Accept, "of the file of facts"},
		{[]string{"Matter"}, "", Accept, "of the file of facts"},
	} {
		if got := ix.ResolveNames(tt.names, tt.text)[0]; got.Decision != tt.want {
			t.Errorf("%q %s: %s, want %s (%s); %+v", tt.names, tt.text, got.Decision, tt.want, tt.why, got.Candidates)
		}
		if len(tt.names) > 1 || tt.text != "" {
			continue
		}
		if got := ix.Geocode(Query{Text: tt.names[0], Whole: true}); got.Decision != tt.want {
			t.Errorf("%q alone: %s, want %s (%s)", tt.names, got.Decision, tt.want, tt.why)
		}
	}
}

// A town may be a parent of what lies near it. What lies in the area of that name is meant before that, unless the towns are others.
func TestWhatLiesNearAParentIsNoRivalOfWhatLiesInIt(t *testing.T) {
	towns := map[string]Record{
		"Ham":    {Province: "WL Lows", Point: orb.Point{5, 5.5}, Population: 30_000},
		"Seat":   {Province: "WL Lows", Point: orb.Point{5, 5.2}, Population: 90_000},
		"Hamlet": {Province: "WL Highs", Point: orb.Point{5, 4.9}, Population: 20_000},
	}
	names := map[string][]string{"Seat": {"WL Lows"}, "Hamlet": {"Ham"}}
	ask := func() (Decision, error) {
		ix := openWorld(t, towns, names)
		_, err := newDocument(ix).decide(name{own: "Ham", parents: []string{"WL Lows"}})
		return ix.Geocode(Query{Text: "Ham, WL Lows", Whole: true}).Decision, err
	}
	if got, err := ask(); got != Accept || err != nil {
		t.Errorf("near the town in it: %s, %v", got, err)
	}
	towns["Farseat"] = Record{Province: "EL Lows", Point: orb.Point{15, 8}, Population: 90_000}
	towns["Farham"] = Record{Province: "EL Lows", Point: orb.Point{15.1, 8}, Population: 20_000}
	names["Farseat"], names["Farham"] = []string{"WL Lows"}, []string{"Ham"}
	if got, err := ask(); got != Ask || err == nil {
		t.Errorf("near another town of the parent's name: %s, %v", got, err)
	}
}

func TestWordsForASortOfPlaceAreNoNames(t *testing.T) {
	ix := openReal(t)
	for _, written := range []string{"village", "the border", "city", "The Town", "border crossing"} {
		if a := ix.Search(Query{Text: written, Whole: true, Thorough: true}); a.Decision != Refuse {
			t.Errorf("%s: %+v", written, a)
		}
		if a := ix.ResolveNames([]string{written, "Bangkok"}, "the City of Bangkok")[0]; a.Decision != Refuse {
			t.Errorf("%s in a document: %+v", written, a)
		}
		if p, err := ix.Resolve(written); err == nil {
			t.Errorf("%s in a pack: %+v", written, p)
		}
	}
	if a := ix.Geocode(Query{Text: "Village, Saint Lucia", Whole: true}); a.Decision == Refuse {
		t.Errorf("a word with its country: %+v", a)
	}
	if a := ix.Geocode(Query{Text: "villag"}); len(a.Candidates) == 0 {
		t.Error("nothing is completed")
	}
}

func TestACityIsNoProvince(t *testing.T) {
	ix := openReal(t)
	for _, tt := range []struct {
		written string
		want    Decision
		kind    Kind
	}{
		{"Songkhla city", Accept, KindSettlement},
		{"Chiang Rai city", Accept, KindSettlement},
		{"Songkhla City, Thailand", Accept, KindSettlement},
		{"Yunnan City", Ask, KindProvince},
		{"Kunming Village", Ask, KindSettlement},
		{"Nan Province", Accept, KindProvince}, // that towns are called Nan too is nothing to ask about
		{"Loei Province", Accept, KindProvince},
		{"Chiang Saen District", Accept, KindDistrict},
		{"景洪市", Accept, KindSettlement},
	} {
		for _, a := range []Answer{ix.Geocode(Query{Text: tt.written, Whole: true}), ix.ResolveNames([]string{tt.written}, "")[0]} {
			if a.Decision != tt.want || a.Candidates[0].Record.Kind != tt.kind {
				t.Errorf("%s: %s, want %s a %s; %+v", tt.written, a.Decision, tt.want, tt.kind, a.Candidates)
			}
		}
	}
}

func TestWhatIsWrittenAfterANameCounts(t *testing.T) {
	ix := openReal(t)
	for _, tt := range []struct {
		name, text string
		want       Decision
		province   string // of the first candidate
	}{
		{"Fuzhou", "The woman came from Fuzhou in Jiangxi.", Accept, "CN-JX"},
		{"Yulin", "A boy from Yulin, Shaanxi, was found.", Accept, "CN-SN"},
		{"Yulin", "A boy from Yulin (Guangxi) was found.", Accept, "CN-GX"},
		{"Georgetown", "a street of Georgetown in Malaysia", Accept, "MY-07"},
		{"Waeng", "the road to Waeng in Narathiwat", Accept, "TH-96"},
		{"Fuzhou", "Fuzhou in Ruili Town", Ask, ""}, // no town is an area in which it might lie
		{"Nanning", "Nanning in Thailand", Ask, ""},
		{"Nanning", "Nanning in northern Thailand", Accept, "CN-GX"}, // which is no area of the data
		{"榆林", "来自榆林（陕西）的男孩", Accept, "CN-SN"},
	} {
		a := ix.ResolveNames([]string{tt.name}, tt.text)[0]
		if a.Decision != tt.want || tt.province != "" && a.Candidates[0].Record.Province != tt.province {
			t.Errorf("%s: %s, want %s in %s; %+v", tt.text, a.Decision, tt.want, tt.province, a.Candidates)
		}
	}
	got := holders("Mae Sai in Chiang Rai Province, or Mae Sai (Thailand) and Mae Sai in the North-East of it, Mae Sai in 2019, Mae Sai in may", "Mae Sai")
	if want := []string{"Chiang Rai Province", "North-East", "Thailand"}; !slices.Equal(got, want) {
		t.Errorf("Mae Sai is held by %q, want %q", got, want)
	}
	if got := holders(" in Thailand", ""); got != nil {
		t.Errorf("nothing is held by %q", got)
	}
}

func TestTheSeatOfADistrictIsNotInAnother(t *testing.T) {
	ix := openReal(t)
	if a := ix.Geocode(Query{Text: "San Sai, Phrao, Chiang Mai", Whole: true}); a.Decision == Accept {
		t.Errorf("%+v", a)
	}
	if a := ix.Geocode(Query{Text: "Houqiao, Tengchong", Whole: true}); a.Decision == Refuse {
		t.Error("a village is not near its county's seat")
	}
}
