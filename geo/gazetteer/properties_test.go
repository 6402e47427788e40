package gazetteer

import (
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"golang.org/x/text/unicode/norm"

	"corridor/geo"
)

// Every record is found by its name with its parents, or an error lists it among the candidates.
func TestEveryRecordIsFoundByItsNameWithItsParents(t *testing.T) {
	ix := openReal(t)
	const step = 41 // about 6,500 of the records, of every kind
	for id := uint32(0); id < uint32(ix.Len()); id += step {
		write := ix.write(id)
		e, err := parse(write)
		if err != nil {
			t.Errorf("%q cannot be parsed: %v", write, err)
			continue
		}
		senses, err := ix.strict(e.names[0])
		if err != nil {
			t.Errorf("%q: %v", write, err)
			continue
		}
		if !slices.ContainsFunc(senses, func(c candidate) bool { return c.id == id }) {
			t.Errorf("%q does not find %+v", write, ix.record(id))
		}
	}
}

// What a town is said to lie in is there: two data sets have the same numbers for other divisions.
func TestTownsLieWhereTheirProvinceIs(t *testing.T) {
	ix := openReal(t)
	const few, outline = 15, 0.3 // towns, of so few some may lie on islands that the outline lacks; and degrees about it
	inside, outside := map[uint32]int{}, map[uint32]int{}
	bounds := map[uint32]orb.Bound{}
	first, last := ix.ofKind(KindSettlement)
	for id := first; id < last; id++ {
		province := ix.raw(id).u32(atProvince)
		if province == none || !ix.hasArea(province) {
			continue
		}
		if _, ok := bounds[province]; !ok {
			bounds[province] = ix.area(province).Bound().Pad(outline)
		}
		if bounds[province].Contains(ix.raw(id).point()) {
			inside[province]++
		} else {
			outside[province]++
		}
	}
	for province, n := range outside {
		if n > few && n > inside[province] {
			t.Errorf("%d towns are said to lie in %s and lie far from it, %d near", n, ix.write(province), inside[province])
		}
	}
}

func TestTheOrderOfNamesDoesNotMatter(t *testing.T) {
	ix := openReal(t)
	names := []string{"London", "Ontario", "Toronto", "Hamilton", "Paris", "Texas", "Dallas", "Springfield", "Georgia", "Victoria", "Mae Sai", "泰国"}
	want := map[string]string{}
	for _, a := range ix.ResolveNames(names, "") {
		want[a.Name] = a.Candidates[0].Write
	}
	for seed := range uint64(20) {
		rand.New(rand.NewPCG(seed, 7)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for _, a := range ix.ResolveNames(names, "") {
			if got := a.Candidates[0].Write; got != want[a.Name] {
				t.Fatalf("in the order %v, %s is %s, not %s", names, a.Name, got, want[a.Name])
			}
		}
	}
}

// A name that stands in a document twice does not speak for itself, however it is written the second time.
func TestANameDoesNotSpeakForItself(t *testing.T) {
	ix := openReal(t)
	ways := map[string]func(string) string{
		"capitals": strings.ToUpper, "decomposed": norm.NFD.String, "a point after it": func(s string) string { return s + "." },
		"hyphens": func(s string) string { return strings.ReplaceAll(s, " ", "-") }, "no spaces": func(s string) string { return strings.ReplaceAll(s, " ", "") },
	}
	for _, names := range [][]string{{"Flora", "Burleigh"}, {"St. Stephen", "Éréac"}, {"Matão", "Montgat"}, {"An Nāşirīyah", "Felsőtag"}} {
		want := ix.ResolveAll(names)
		var ambiguous *AmbiguousError
		if !errors.As(want[0].Err, &ambiguous) {
			t.Fatalf("%v: %v", names, want[0].Err)
		}
		for way, written := range ways {
			for i, got := range ix.ResolveAll(append([]string{written(names[0])}, names...)) {
				if i != 2 && !errors.As(got.Err, &ambiguous) {
					t.Errorf("%v, also in %s: %v", names, way, got.Place.Write())
				}
			}
		}
	}
	names := []string{"Lajeado Novo", "Kholtoson"}
	want := ix.ResolveNames(names, "")[0]
	if got := ix.ResolveNames(append(names, "LajeadoNovo"), "")[0]; want.Decision != Ask || got.Decision != want.Decision {
		t.Errorf("%v: %s, also without its space %s", names, want.Decision, got.Decision)
	}
}

func TestNamesAreResolvedInContext(t *testing.T) {
	ix := openReal(t)
	tests := []struct {
		names []string
		text  string
		want  map[string]string // name → country and province
		why   string
	}{
		{[]string{"London"}, "", map[string]string{"London": "GB GB.ENG"}, "the largest"},
		{[]string{"London", "Ontario", "Canada"}, "", map[string]string{"London": "CA CA-ON"}, "its province and country are named"},
		{[]string{"London"}, "A court in London, Ontario, heard the case.", map[string]string{"London": "CA CA-ON"}, "the text writes its province after it"},
		{
			[]string{"Leeds", "York", "New York"},
			"She was taken from Leeds to York and then to New York, United States.",
			map[string]string{"York": "GB GB.ENG"},
			"what follows New York is not said of York",
		},
		{[]string{"London, Ontario"}, "", map[string]string{"London, Ontario": "CA CA-ON"}, "it is written with its province"},
		{[]string{"Paris", "Dallas", "Detroit", "Hugo", "Powderly", "Texas", "Oklahoma"}, "", map[string]string{"Paris": "US US-TX", "Powderly": "US US-TX"}, "all lie together"},
		{[]string{"Tripoli", "Benghazi"}, "", map[string]string{"Tripoli": "LY LY-TN"}, "Libya's, not Lebanon's"},
		{[]string{"Tripoli", "Beirut", "Sidon", "Lebanon"}, "", map[string]string{"Tripoli": "LB LB-AS"}, "Lebanon's, not Libya's"},
		{[]string{"Georgia", "Atlanta", "Savannah"}, "", map[string]string{"Georgia": "US US-GA"}, "the state of these cities"},
		{[]string{"Georgia", "Tbilisi", "Batumi"}, "", map[string]string{"Georgia": "GE "}, "the country of these cities"},
	}
	for _, tt := range tests {
		for _, a := range ix.ResolveNames(tt.names, tt.text) {
			want, ok := tt.want[a.Name]
			if !ok {
				continue
			}
			r := a.Candidates[0].Record
			if got := r.Country + " " + r.Province; got != want {
				t.Errorf("%v %q: %s is in %q, want %q (%s); %v", tt.names, tt.text, a.Name, got, want, tt.why, a.Candidates[0].Reasons)
			}
			if len(a.Candidates[0].Reasons) == 0 {
				t.Errorf("%s: no reasons", a.Name)
			}
		}
	}
}

// Each pair of countries that share an edge has a border, the same from both sides.
func TestBordersOfEveryPairOfNeighbours(t *testing.T) {
	ix := openReal(t)
	first, last := ix.ofKind(KindCountry)
	areas := map[uint32]orb.MultiPolygon{}
	type edge [4]float64
	owner := map[edge][]uint32{}
	for id := first; id < last; id++ {
		areas[id] = ix.area(id)
		for _, polygon := range areas[id] {
			for _, ring := range polygon {
				for i := 1; i < len(ring); i++ {
					a, b := ring[i-1], ring[i]
					if a[0] > b[0] || a[0] == b[0] && a[1] > b[1] {
						a, b = b, a
					}
					e := edge{a[0], a[1], b[0], b[1]}
					if list := owner[e]; !slices.Contains(list, id) {
						owner[e] = append(list, id)
					}
				}
			}
		}
	}
	pairs := map[[2]uint32]bool{}
	for _, list := range owner {
		for i, a := range list {
			for _, b := range list[i+1:] {
				pairs[[2]uint32{min(a, b), max(a, b)}] = true
			}
		}
	}
	if len(pairs) != 342 {
		t.Errorf("%d pairs share an edge, want 342", len(pairs))
	}
	for p := range pairs {
		there, back := geo.SharedBorder(areas[p[0]], areas[p[1]]), geo.SharedBorder(areas[p[1]], areas[p[0]])
		a, b := geo.Length(there), geo.Length(back)
		if a <= 0 || math.Abs(a-b) > 1e-3*a {
			t.Errorf("%s and %s: %.0f m there, %.0f m back", ix.name(p[0]), ix.name(p[1]), a, b)
		}
		known, ok := ix.borderBetween(p[1], p[0])
		if !ok || math.Abs(known.metres-a) > 1 || !known.extent.Contains(known.middle) && known.extent.Min[0] < known.extent.Max[0] {
			t.Errorf("%s and %s: the index knows %+v, %v", ix.name(p[0]), ix.name(p[1]), known, ok)
		}
	}
	if n := len(ix.sections[sectionBorders]) / borderSize; n != len(pairs) {
		t.Errorf("the index knows %d borders", n)
	}
}

func TestBordersAreSearchedForWithoutTheirOutlines(t *testing.T) {
	ix := openReal(t)
	for query, says := range map[string]string{
		"border of China and Thailand":   "share no border",
		"border of Yunnan and Myanmar":   "only borders of countries",
		"provinces of China":             "joins several places",
		"Yunnan and Guangxi":             "joins several places",
		"border of Qqqqzz and Thailand":  "no place is named",
		"border of Iceland":              "share no border",
		"at 1 N, 2 E, precision, source": "precision must be",

		"at 21.29 N, 99.61 W, precision district, source x": "ask what lies there with at=-99.61,21.29",
	} {
		r := ix.Search(Query{Text: query})
		if r.Decision != Refuse || !strings.Contains(r.Problem, says) {
			t.Errorf("%s: %+v, want a refusal that says %q", query, r, says)
		}
	}
	for _, query := range []string{"border of Thailand and Malaysia", "the Thai-Malaysian border", "border of Myanmar", "Sino-Burmese border", "the Thai border", "中缅边境", "ชายแดนไทย-มาเลเซีย", "sempadan Malaysia-Thailand"} {
		quick, whole := ix.Search(Query{Text: query}), ix.Search(Query{Text: query, Thorough: true})
		if len(quick.Places) != 1 || len(whole.Places) != 1 {
			t.Errorf("%s: %+v and %+v", query, quick, whole)
			continue
		}
		if a, b := quick.Places[0], whole.Places[0]; a.Lat != b.Lat || a.Lon != b.Lon || !slices.Equal(a.BBox, b.BBox) || a.Kind != b.Kind {
			t.Errorf("%s: in haste %+v, thoroughly %+v", query, a, b)
		}
	}
}

func TestASearchKeepsToItsCountry(t *testing.T) {
	ix := openReal(t)
	for _, thorough := range []bool{false, true} {
		for _, q := range []Query{
			{Text: "Paris", Country: "TH"},
			{Text: "Mae Sai", Country: "LA"},
			{Text: "province of Yunnan", Country: "TH"},
			{Text: "border of China and Laos", Country: "TH"},
		} {
			q.Thorough = thorough
			if r := ix.Search(q); r.Decision != Refuse || !strings.Contains(r.Problem, "is not in "+q.Country) {
				t.Errorf("%+v: %+v", q, r)
			}
		}
		for _, q := range []Query{{Text: "Mae Sai", Country: "TH"}, {Text: "border of China and Laos", Country: "LA"}} {
			q.Thorough = thorough
			if r := ix.Search(q); r.Decision != Accept {
				t.Errorf("%+v: %+v", q, r)
			}
		}
	}
}

func TestKnownLengthsOfBorders(t *testing.T) {
	ix := openReal(t)
	tests := []struct {
		expr          string
		least, atMost float64 // km
		why           string
	}{
		{"border of Thailand and Malaysia", 433, 435, "one chain of 167 edges at Natural Earth's generalisation"},
		{"the Thai-Malaysian border", 433, 435, "the same in other words"},
		{"border between Malaysia and Thailand", 433, 435, "the same from the other side"},
		{"China-Laos border", 0.7 * 475, 475, "475 km surveyed (CIA World Factbook); generalised lines are shorter"},
		{"Portugal-Spain border", 0.7 * 1224, 1224, "1,224 km surveyed (CIA World Factbook)"},
		{"US-Mexican border", 0.7 * 3155, 3155, "3,155 km surveyed (CIA World Factbook)"},
		{"border of Mongolia", 0.7 * 8082, 8082, "8,082 km surveyed, with two neighbours (CIA World Factbook)"},
	}
	for _, tt := range tests {
		p, err := ix.Resolve(tt.expr)
		if err != nil {
			t.Errorf("%s: %v", tt.expr, err)
			continue
		}
		if km := geo.Length(p.Geometry) / 1000; km < tt.least || km > tt.atMost {
			t.Errorf("%s: %.0f km, want %.0f to %.0f (%s)", tt.expr, km, tt.least, tt.atMost, tt.why)
		}
		if p.Precision != geo.Border {
			t.Errorf("%s: a %s", tt.expr, p.Precision)
		}
	}
}

func TestDecisions(t *testing.T) {
	ix := openReal(t)
	tests := []struct {
		query string
		want  Decision
		fuzzy bool
		why   string
	}{
		{"Bangladesh", Accept, false, "nothing else bears the name"},
		{"Jinghong", Accept, false, ""},
		{"Springfield", Ask, false, "many bear it"},
		{"Pingxiang", Ask, false, "four of China bear it"},
		{"Washington, D.C.", Accept, false, "another town that is called so lies near the parent, and not in it"},
		{"Xishuangbana", Ask, true, "misspelt: never silently"},
		{"Chiang Ria", Ask, true, "two letters swapped"},
		{"Qqqqzzzzxx", Refuse, false, "no such place"},
		{"Xq", Refuse, false, "too short to guess at"},
	}
	for _, tt := range tests {
		a := ix.Geocode(Query{Text: tt.query, Whole: true})
		if a.Decision != tt.want {
			t.Errorf("%s: %s, want %s (%s); %+v", tt.query, a.Decision, tt.want, tt.why, a.Candidates)
		}
		if a.Decision != Refuse && a.Candidates[0].Fuzzy != tt.fuzzy {
			t.Errorf("%s: fuzzy is %v", tt.query, a.Candidates[0].Fuzzy)
		}
		if (a.Decision == Refuse) != (len(a.Candidates) == 0) {
			t.Errorf("%s: %s with %d candidates", tt.query, a.Decision, len(a.Candidates))
		}
	}
}

// Two settlements of one name are the same town where they are near each other and in one country: a border between them makes two.
func TestATownEndsAtABorder(t *testing.T) {
	var b Builder
	at := func(country string, kind Kind, lon float64) {
		b.Add(Record{Name: "Gate", Kind: kind, Country: country, Point: orb.Point{lon, 1}}, nil, nil)
	}
	for i, code := range []string{"WL", "EL"} {
		b.Add(Record{Name: code, Code: code, Kind: KindCountry, Country: code}, nil, box(float64(2*i), 0, float64(2*i+2), 2))
	}
	at("WL", KindSettlement, 1)
	at("WL", KindSettlement, 1.05) // 6 km
	at("EL", KindSettlement, 1.051)
	at("WL", KindSettlement, 1.5) // 56 km
	at("WL", KindCrossing, 1.052)
	path := filepath.Join(t.TempDir(), "towns.idx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for a := range uint32(ix.Len()) {
		for b := range uint32(ix.Len()) {
			one, other := ix.record(a), ix.record(b)
			want := one.Kind == KindSettlement && other.Kind == KindSettlement && one.Country == other.Country && math.Abs(one.Point[0]-other.Point[0]) < 0.1
			if got := ix.sameTown(a, b); got != want {
				t.Errorf("%+v and %+v: %t, want %t", one, other, got, want)
			}
		}
	}
}

// The thresholds of decisions, on senses made for them.
func TestThresholds(t *testing.T) {
	ix := openReal(t)
	nothing := func(uint32) bool { return false }
	small, big := uint32(ix.Len()-1), ix.Lookup("London")[0]
	if big.Population < everybodysPeople {
		t.Fatal("London is small")
	}
	of := func(first uint32, share, support float64) *toponym {
		return &toponym{senses: []candidate{{id: first, share: share, score: support}, {id: small - 200, share: 1 - share}}}
	}
	alternate := func(t *toponym) *toponym {
		t.senses[0].weak = true
		return t
	}
	london := ix.refs(nil, []byte("london"))[0]
	for _, tt := range []struct {
		name   string
		senses *toponym
		want   bool
	}{
		{"a small place that nothing speaks for", of(small, 0.999, 0), false},
		{"a small place that the document speaks for", of(small, settleShare, settleSupport), true},
		{"one that it speaks for a little less", of(small, settleShare, settleSupport-0.01), false},
		{"one whose share is a little less", of(small, settleShare-0.01, settleSupport), false},
		{"a place that everybody means", of(london, everybodysShare, 0), true},
		{"a large place whose name is one of a list of alternates", alternate(of(london, 0.999, 0)), false},
		{"such a one that the document speaks for", alternate(of(london, settleShare, settleSupport)), true},
		{"one whose share is a little less than everybody's", of(london, everybodysShare-0.01, 0), false},
		{"the only one", &toponym{senses: []candidate{{id: small, share: 1}}}, true},
	} {
		if got := ix.settles(tt.senses, nothing); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestHostileNamesGetAnAnswer(t *testing.T) {
	ix := openReal(t)
	for name, text := range map[string]string{
		"empty": "", "spaces": " \t\n ", "10 kB": strings.Repeat("a", 10_000), "NUL": "Bang\x00kok", "bidi": "\u202eBangkok\u202c",
		"lone surrogate": "\xed\xa0\x80", "invalid": "\xff\xfe\xfd", "right to left": "القاهرة", "mixed": "Bangกรุงkok景洪", "marks": strings.Repeat("\u0301", 300),
		"commas": ",,,,,,", "quotes": `"""""`, "keywords": "border of and except of", "parents": "a, b, c, d, e, f, g", "numbers": "1 2 3 4 5 6",
		"letters": strings.Repeat("a ", 180), "combining": "e\u0301\u0323\u0301", "emoji": "🗺️🚩", "zero width": "B\u200ban\u200dgkok",
	} {
		t.Run(name, func(t *testing.T) {
			a := ix.Search(Query{Text: text})
			if a.Decision == "" || (a.Decision == Refuse) != (len(a.Places) == 0) {
				t.Errorf("%+v", a)
			}
			if a.Decision == Refuse && a.Problem == "" {
				t.Error("no problem is named")
			}
			ix.ResolveNames([]string{text, "Bangkok", text}, text)
			if _, err := ix.Resolve(text); err != nil && err.Error() == "" {
				t.Error("an error without words")
			}
		})
	}
}

func TestGuessesAreTheNearest(t *testing.T) {
	ix := openReal(t)
	random := rand.New(rand.NewPCG(5, 5))
	for _, key := range sampleKeys(ix, 60, 8, 30) {
		for _, wrong := range []string{misspelt(random, key), misspelt(random, misspelt(random, key))} {
			written := Normalise(wrong)
			most := tolerance(utf8.RuneCountInString(written))
			least := editDistance(written, key, most)
			if least > most {
				continue
			}
			found := ix.guess([]byte(written), most)
			if len(found) == 0 || int(found[0].distance) > least {
				t.Errorf("%q, %d edits from %q, gives %v", written, least, key, found)
			}
			for _, g := range found {
				if d := editDistance(written, ix.key(g.key), most); d != int(g.distance) {
					t.Errorf("%q to %q is %d, not %d", written, ix.key(g.key), d, g.distance)
				}
			}
		}
	}
}

func TestCompletionsBeginWithWhatWasTyped(t *testing.T) {
	ix := openReal(t)
	for typed, want := range map[string]string{
		"bang": "Bangladesh", "chiang r": "Chiang Rai", "padang b": "Padang Besar", "西双": "Xishuangbanna", "เชียงร": "Chiang Rai", "版纳": "Xishuangbanna",
		"kolok": "Su-ngai Kolok", "ကျိုင်း": "Kengtung",
	} {
		a := ix.Geocode(Query{Text: typed})
		if !slices.ContainsFunc(a.Candidates, func(c Candidate) bool { return c.Record.Name == want }) {
			t.Errorf("%q gives no %s: %+v", typed, want, a.Candidates)
		}
	}
	for _, prefix := range []string{"ban", "san ", "muang", "são", "10"} {
		key := Normalise(prefix)
		found := ix.begin([]byte(key), completions)
		if len(found) == 0 {
			t.Errorf("%q begins nothing", prefix)
		}
		for _, s := range found {
			if !strings.HasPrefix(ix.key(s.key)[s.at:], key) {
				t.Errorf("%q does not begin with %q", ix.key(s.key)[s.at:], key)
			}
		}
		first, last := ix.startsWith(key)
		heaviest := slices.Max(ix.sections[sectionWeights][first:last])
		if found[0].weight != heaviest {
			t.Errorf("%q: the first weighs %d, the heaviest %d", prefix, found[0].weight, heaviest)
		}
	}
}

func TestReverse(t *testing.T) {
	ix := openReal(t)
	near := ix.Reverse(orb.Point{100.5, 13.75}, Query{Limit: 3, Lang: "th"}, 50_000)
	if len(near) != 3 || near[0].Name != "กรุงเทพมหานคร" || near[0].Metres > near[1].Metres || near[1].Metres > near[2].Metres {
		t.Errorf("%+v", near)
	}
	wide := ix.Reverse(orb.Point{100.5, 13.75}, Query{Limit: 100_000}, 80_000)
	for _, within := range []float64{0, 1, 1_000, 5_000, 30_000, 60_000, 80_000} { // metres
		want := 0
		for want < len(wide) && wide[want].Metres <= within {
			want++
		}
		if got := ix.Reverse(orb.Point{100.5, 13.75}, Query{Limit: 100_000}, within); len(got) != want || want > 0 && got[want-1].Metres > within {
			t.Errorf("within %.0f metres are %d places, want %d", within, len(got), want)
		}
	}
	if far := ix.Reverse(orb.Point{-30, 0}, Query{Limit: 3}, 50_000); len(far) != 0 {
		t.Errorf("in the middle of the Atlantic: %+v", far)
	}
	for _, p := range []orb.Point{{180, -16.5}, {-180, -16.5}, {0, 90}, {0, -90}, {179.99, 71}} { // the antimeridian and the poles
		for _, n := range ix.Reverse(p, Query{Limit: 5}, 100_000) {
			if n.Metres > 100_000 {
				t.Errorf("%v: %+v", p, n)
			}
		}
	}
	west, east := ix.Reverse(orb.Point{180, -16.8}, Query{Limit: 1}, 100_000), ix.Reverse(orb.Point{-180, -16.8}, Query{Limit: 1}, 100_000)
	if len(west) != 1 || len(east) != 1 || west[0].Record != east[0].Record {
		t.Errorf("both sides of the antimeridian: %+v and %+v", west, east)
	}
	if thai := ix.Reverse(orb.Point{100.32, 6.66}, Query{Limit: 1, Country: "TH"}, 50_000); len(thai) != 1 || thai[0].Record.Country != "TH" {
		t.Errorf("in Thailand: %+v", thai)
	}
}

// The outlines are compared with a point as they stand in the file; that has to tell the same as the areas that are made of them.
func TestAPointLiesWhereTheOutlinesSay(t *testing.T) {
	ix := openReal(t)
	const stride, across, up = 29, 7, 3
	in := 0
	for id := uint32(0); id < uint32(ix.Len()) && ix.raw(id).kind() <= KindProvince; id += stride {
		area := ix.area(id)
		if area == nil {
			continue
		}
		b := area.Bound()
		for i := range across * up {
			p := orb.Point{
				b.Min[0] + (float64(i%across)+0.51)/across*(b.Max[0]-b.Min[0]),
				b.Min[1] + (float64(i/across)+0.51)/up*(b.Max[1]-b.Min[1]),
			}
			want := planar.MultiPolygonContains(area, p)
			if got := holds(ix.sections[sectionGeometry][ix.raw(id).u32(atGeometry):], p); got != want {
				t.Errorf("%v in %s: %v, want %v", p, ix.write(id), got, want)
			}
			if want {
				in++
			}
		}
	}
	if in < 500 {
		t.Errorf("%d points lie in an area", in)
	}
	if got := ix.Containing(orb.Point{100, 16}, Query{Country: "LA"}); len(got) != 0 {
		t.Errorf("outside the country that is asked for: %+v", got)
	}
}

func FuzzSearch(f *testing.F) {
	ix := openReal(f)
	for _, s := range []string{"Bangkok", "border of A and B", "at 1 N, 2 E, precision exact, source x", "景洪", "\xff", "Springfield, Ohio", "Thai-Malaysian border", "a,b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := ix.Search(Query{Text: s, Limit: 3})
		if (a.Decision == Refuse) != (len(a.Places) == 0) {
			t.Errorf("%q: %+v", s, a)
		}
		for _, p := range a.Places {
			if math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 || p.Score < 0 || p.Score > 1.001 {
				t.Errorf("%q: %+v", s, p)
			}
		}
	})
}
