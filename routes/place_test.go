package routes_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/paulmach/orb"

	"corridor/geo"
	"corridor/routes"
)

// A place is shown as finely as the source knows it, and each mend names what can be written.
func TestPlacesAndTheirPrecisions(t *testing.T) {
	for _, tt := range []struct{ name, old, replacement, want string }{
		{
			"a finer precision than the source's place", "precision: province", "precision: settlement",
			`places.yaml:5:16: the precision settlement is finer than what the query finds, a province; write precision: province, or a query of a finer place that the source names`,
		},
		{
			"a finer place than the source's precision", "precision: settlement", "precision: province",
			`places.yaml:9:16: the query finds a settlement, which is finer than the precision province that the source supports; write query: "province of Bangkok Metropolis, Thailand", so that nothing finer is stored`,
		},
		{
			"a city by an alternate name, which is its province's own", "query: Yunnan, China\n    precision: province", "query: Misrata, Libya\n    precision: settlement",
			`places.yaml:5:16: the precision settlement is finer than what the query finds, a province; write precision: province, or a query of a finer place that the source names; or "city of Misrata, Libya", which is Mişrātah, if that is meant`,
		},
		{"a city by an alternate name with its kind", "query: Yunnan, China\n    precision: province", "query: city of Misrata, Libya\n    precision: settlement", ""},
		{"a city by a name that its province bears too", "query: city of Bangkok, Thailand", "query: Lampang", ""},
		{"a province by a name that its city bears too", "query: Yunnan, China", "query: Lampang", ""},
		{
			"a city with the precision of the province of its name", "query: Yunnan, China", "query: city of Lampang",
			`places.yaml:5:16: the query finds a settlement, which is finer than the precision province that the source supports; write query: "province of Lampang, Thailand", so that nothing finer is stored`,
		},
		{
			"a town with the precision of the province around it", "query: Yunnan, China", "query: Mae Sai",
			`places.yaml:5:16: the query finds a settlement, which is finer than the precision province that the source supports; write query: "province of Chiang Rai, Thailand", so that nothing finer is stored`,
		},
		{
			"a district by the name of its town", "query: Yunnan, China\n    precision: province", "query: Mae Sai\n    precision: district",
			`places.yaml:5:16: the query finds a settlement, which is finer than the precision district that the source supports; write query: "province of Chiang Rai, Thailand" with precision: province, so that nothing finer is stored`,
		},
		{
			"a district", "query: Yunnan, China\n    precision: province", "query: district of Mae Sai\n    precision: district",
			`places.yaml:4:12: the data know where "Mae Sai" lies but not its outline; write what it lies in: "province of Chiang Rai, Thailand", with precision: province; mend the query; data/content/README.md lists what can be written`,
		},
		{
			"a crossing with the precision of a province", "query: Yunnan, China", "query: crossing of Mohan-Boten border crossing",
			`places.yaml:5:16: the query finds an exact position, which is finer than the precision province that the source supports; write query: "province of Yunnan, China"; or keep the crossing with precision: settlement, if the source names it, so that nothing finer is stored`,
		},
		{
			"a crossing with the precision of a border", "query: border of Thailand and Malaysia", "query: crossing of Mohan-Boten border crossing",
			`places.yaml:13:16: the query finds an exact position, which is finer than the precision border that the source supports; write the query of a line, such as "border of Thailand and Cambodia"; or keep the crossing with precision: settlement, if the source names it, so that nothing finer is stored`,
		},
		{"a crossing as fine as a town", "query: city of Bangkok, Thailand", "query: crossing of Mohan-Boten border crossing", ""},
		{"no query where nothing is known", "    query: Yunnan, China\n    precision: province", "    precision: unknown", ""},
		{
			"no query of what is known", "    query: Yunnan, China\n", "",
			`places.yaml:2:5: "query" is missing; add query: …, a place expression, or write precision: unknown where the source names no place`,
		},
		{
			"a name that lies in another country", "query: Yunnan, China", "query: Phon, Laos",
			`places.yaml:4:12: no place named "Phon" is known in "Laos"; mend the name, or write the place in which it lies and a precision as coarse; corridor geocode NAME tries a name out`,
		},
		{
			"coordinates without their form", "query: Yunnan, China", "query: 21.29, 99.61",
			`places.yaml:4:12: "21.29, 99.61" looks like coordinates; write at 21.29 N, 99.61 E, precision settlement, source …, with your numbers, how finely the source knows the place, and who gives them, without numbers`,
		},
		{
			"coordinates with one decimal", "query: Yunnan, China", "query: 13.75, 100.5",
			`places.yaml:4:12: "13.75, 100.5" looks like coordinates; write at 21.29 N, 99.61 E, precision settlement, source …, with your numbers, how finely the source knows the place, and who gives them, without numbers`,
		},
		{
			"no place in words", "query: Yunnan, China", "query: Unknown",
			`places.yaml:4:12: no place is named "Unknown"; leave query out and write precision: unknown, where the source names no place`,
		},
		{
			"a country in brackets", "query: Yunnan, China", "query: Bangkok (Thailand)",
			`places.yaml:4:12: no place is named "Bangkok (Thailand)"; write Bangkok, Thailand`,
		},
		{
			"several joined by a comma", "query: Yunnan, China", "query: Chiang Rai, Chiang Mai and Lampang",
			`places.yaml:4:12: "Chiang Rai, Chiang Mai and Lampang" names no place: what stands behind a comma is what the place before it lies in; ` +
				`mend the name or, where several are meant, join them by and: Chiang Rai and Chiang Mai and Lampang`,
		},
		{
			"a name that only towns far away bear", "query: Yunnan, China", "query: Golden Triangle",
			`places.yaml:4:12: "Golden Triangle" may mean 2 places; write "city of Golden Triangle, Camden County, New Jersey, United States" (city at -75.039, 39.928) ` +
				`or "city of Golden Triangle, \"District of Columbia\", United States" (city at -77.044, 38.905); ` +
				`write one of these into query or, where the source means none of these, name the countries or provinces that it means`,
		},
		{
			"a query of what is unknown", "precision: province", "precision: unknown",
			`places.yaml:5:16: the query finds a province, and the precision is unknown; leave query out where the source names no place, and it is told in text only; else write precision: province`,
		},
		{"the border of two provinces", "query: border of Thailand and Malaysia", "query: border of Chiang Rai and Shan", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, problems := problemsOf(t, edit(t, "places.yaml", tt.old, tt.replacement))
			if got := problems.String(); got != tt.want {
				t.Errorf("problems:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// A crossing at which a stop is shown is no finer than the grid of towns, wherever it is stored.
func TestACrossingCanBeAStopAndIsCoarse(t *testing.T) {
	pack := edit(t, "places.yaml", "query: city of Bangkok, Thailand", "query: crossing of Mohan-Boten border crossing")
	loaded, found, problems := problemsOf(t, pack)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := found["bangkok"]; got.Precision != geo.Settlement || got.Geometry != (orb.Point{101.685, 21.185}) {
		t.Errorf("the crossing is at %v, %s", got.Geometry, got.Precision)
	}
	for _, f := range routes.Compile(loaded.Pack, found) {
		if f.ID == "way.middle" && f.Geometry != (orb.Point{101.685, 21.185}) {
			t.Errorf("the stop is at %v", f.Geometry)
		}
	}
	pack["places.yaml"].Data = []byte(strings.Replace(string(pack["places.yaml"].Data), "precision: settlement", "precision: exact", 1))
	_, _, problems = problemsOf(t, pack)
	if want := "a stop may not be shown at precision exact; name a place of precision settlement or coarser; of a crossing write precision: settlement"; !strings.Contains(problems.String(), want) {
		t.Errorf("%s, want %s", problems, want)
	}
}

// What a source does not say is told in text only.
func TestAPlaceOfWhichNothingIsKnownHasNoGeometry(t *testing.T) {
	loaded, found, problems := problemsOf(t, edit(t, "places.yaml", "    query: Yunnan, China\n    precision: province", "    precision: unknown"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, f := range routes.Compile(loaded.Pack, found) {
		if stands := f.Geometry != nil; stands && (f.ID == "way.start" || f.ID == "way.start-to-middle" || f.ID == "small.yunnan") {
			t.Errorf("%s is drawn: %v", f.ID, f.Geometry)
		}
	}
}

// shelterAt is the good pack with a site of a kind at a place.
func shelterAt(t *testing.T, kind, query, precision string) fstest.MapFS {
	t.Helper()
	pack := edit(t, "sites.yaml", "kind: training", "kind: "+kind)
	pack["places.yaml"] = edit(t, "places.yaml", "query: Yunnan, China\n    precision: province", "query: "+query+"\n    precision: "+precision)["places.yaml"]
	return pack
}

// Sites that could endanger people by where they are: one prefecture, or a border of a few kilometres, tells where to look.
func TestNoShelterFinerThanAProvince(t *testing.T) {
	const allButOne = "prefectures of Yunnan except Kunming and Qujing and Yuxi and Baoshan and Zhaotong and Lijiang and Pu'er and Lincang and " +
		"Chuxiong and Honghe and Wenshan and Dali and Dehong and Nujiang and Diqing"
	all := []string{"shelter", "transit_centre", "reintegration", "drop_in_centre"}
	for i, tt := range []struct{ query, precision, says string }{
		{"Yunnan, China", "province", ""},
		{"Yunnan and Guangxi", "region", ""},
		{"provinces of Thailand except Bangkok", "region", ""},
		{"Thailand", "country", ""},
		{"at 20.4 N, 99.9 E, precision province, source Survey", "province", ""},
		{"city of Bangkok, Thailand", "settlement", "may not be shown at precision settlement; name a place of precision province or coarser"},
		{"Xishuangbanna", "prefecture", "may not be shown at precision prefecture; name a place of precision province or coarser"},
		{"at 20.4 N, 99.9 E, precision district, source Survey", "district", "may not be shown at precision district; name a place of precision province or coarser"},
		{allButOne, "prefecture", "may not be shown at precision prefecture; name a place of precision province or coarser"},
		{allButOne, "region", "the query finds a prefecture, which is finer than the precision region that the source supports"},
		{"prefectures of Yunnan", "region", `may not be shown at "prefectures of Yunnan", of which Baoshan is a prefecture; name the province in which these lie, with precision: province, or several of them`},
		{"Xishuangbanna and Dehong", "region", `may not be shown at "Xishuangbanna and Dehong", of which Xishuangbanna is a prefecture; name the province`},
		{"Yunnan except Kunming", "region", `may not be shown at "Yunnan except Kunming", of which Baoshan is a prefecture; name the province`},
		{"Guangxi and Dehong", "region", `may not be shown at "Guangxi and Dehong", of which Dehong is a prefecture; name the province`},
		{"border of Bangkok and Nakhon Pathom", "border", "may not be shown at a border, which can be short; name the province or the country in which it is, or both sides as one area"},
		{"border of Thailand", "border", "may not be shown at a border"},
	} {
		kinds := all[i%len(all):][:1]
		if tt.precision == "settlement" {
			kinds = all
		}
		for _, kind := range kinds {
			_, _, problems := problemsOf(t, shelterAt(t, kind, tt.query, tt.precision))
			errs := problems.Errors().String()
			if tt.says == "" && errs != "" || !strings.Contains(errs, tt.says) || strings.HasPrefix(tt.says, "may") && !strings.Contains(errs, "a site of kind "+kind+" may") {
				t.Errorf("%s at %s: %s, want %s", kind, tt.query, errs, tt.says)
			}
		}
	}
}

// Where people are on the way, come to or are told of is a town at finest, and so is where children spend their days.
func TestNothingToldOfPeopleIsFinerThanATown(t *testing.T) {
	const exact = "at 20.43123 N, 99.88012 E, precision exact, source Survey"
	for _, tt := range []struct{ file, old, replacement, says string }{
		{"movements.yaml", "to: yunnan", "to: spot", "movements.yaml:6:9: an end of a movement may not be shown at precision exact; name a place of precision settlement or coarser"},
		{"movements.yaml", "from: bangkok", "from: spot", "movements.yaml:5:11: an end of a movement may not be shown at precision exact"},
		{"findings.yaml", "scope: yunnan", "scope: spot", "findings.yaml:5:12: the scope of a finding may not be shown at precision exact"},
		{"sites.yaml", "kind: training\n    organisations: [teller]\n    place: yunnan", "kind: childrens_activity_centre\n    organisations: [teller]\n    place: spot", "sites.yaml:6:12: a site of kind childrens_activity_centre may not be shown at precision exact"},
		{"sites.yaml", "kind: training\n    organisations: [teller]\n    place: yunnan", "kind: helpdesk\n    organisations: [teller]\n    place: spot", ""},
		{"routes/way.yaml", "place: bangkok", "place: spot", "routes/way.yaml:17:12: a stop may not be shown at precision exact"},
	} {
		for precision, says := range map[string]string{"exact": tt.says, "settlement": ""} {
			pack := edit(t, tt.file, tt.old, tt.replacement)
			place := "\n  - id: spot\n    title: {en: A spot, th: จุด}\n    query: " + strings.Replace(exact, "exact", precision, 1) + "\n    precision: " + precision + "\n"
			pack["places.yaml"].Data = append(pack["places.yaml"].Data, place...)
			_, _, problems := problemsOf(t, pack)
			if errs := problems.Errors().String(); says == "" && errs != "" || !strings.Contains(errs, says) {
				t.Errorf("%s, %s: %s, want %s", tt.replacement, precision, errs, says)
			}
		}
	}
}

// Who names a place where a border is crossed has it published, though no stop is there, and told with the leg.
func TestAPlaceWhereABorderIsCrossedIsPublished(t *testing.T) {
	pack := edit(t, "routes/way.yaml", "    means: [deception]\n", "    means: [deception]\n    crossing_place: crossed\n")
	pack["places.yaml"].Data = append(pack["places.yaml"].Data, "  - id: crossed\n    title: {en: A border, th: ชายแดน}\n    query: border of China and Laos\n    precision: border\n"...)
	loaded, found, problems := problemsOf(t, pack)
	if len(problems) > 0 || !slices.ContainsFunc(loaded.Places, func(p routes.Place) bool { return p.ID == "crossed" }) {
		t.Errorf("places %v, problems %s", loaded.Places, problems)
	}
	features := routes.Compile(loaded.Pack, found)
	leg := features[slices.IndexFunc(features, func(f routes.Feature) bool { return f.Collection == routes.Legs })]
	if p, ok := leg.Properties["th"].(routes.LegProperties); !ok || p.CrossingPlace != "ชายแดน" || p.CrossingID != "crossed" {
		t.Errorf("the leg says %+v", leg.Properties["th"])
	}
	crossed := features[slices.IndexFunc(features, func(f routes.Feature) bool {
		return f.Collection == routes.Places && strings.HasSuffix(f.ID, "crossed")
	})]
	if !slices.Equal(crossed.Routes, []string{"way"}) {
		t.Errorf("the place is of the routes %v", crossed.Routes)
	}
}

// A shelter under another kind would be shown as finely as that; the check can only ask.
func TestTextsThatSpeakOfAShelterAreAskedAbout(t *testing.T) {
	for text, want := range map[string]bool{
		"A shelter for women.": true, "Its Safe-houses.": true, "A refuge.": true, "It is for refugees.": false, "It trains.": false,
		"设有收容所。": true, "庇护所": true, "บ้านพักเด็กและครอบครัว": true, "สถานคุ้มครอง": true, "ခိုလှုံရာ": true, "Nhà tạm lánh": true, "Rumah Perlindungan": true,
		"ທີ່ພັກພິງ": true, "ទីជម្រក": true,
	} {
		for place, finer := range map[string]bool{"bangkok": true, "yunnan": false} {
			pack := edit(t, "sites.yaml", "place: yunnan", "place: "+place)
			pack["sites.yaml"].Data = []byte(strings.Replace(string(pack["sites.yaml"].Data), "en: It trains.", "en: "+text, 1))
			_, problems := routes.Load(pack)
			says := "sites.yaml:9:16: warning: the text speaks of "
			if got := strings.Contains(problems.String(), says); got != (want && finer) || len(problems.Errors()) > 0 {
				t.Errorf("%q at %s: %s", text, place, problems)
			}
		}
	}
	_, problems := routes.Load(edit(t, "places.yaml", "en: Bangkok,", "en: The shelter in Bangkok,"))
	if says := `places.yaml:7:17: warning: the text speaks of "shelter", and the place is shown at precision settlement`; !strings.Contains(problems.String(), says) {
		t.Errorf("%s, want %s", problems, says)
	}
}
