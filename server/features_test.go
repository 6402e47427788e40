package server_test

import (
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"corridor/routes"
	"corridor/server"
)

// decoded reads an answer as JSON.
func decoded[T any](t testing.TB, a answer) T {
	t.Helper()
	var v T
	if a.StatusCode != http.StatusOK {
		t.Fatalf("%s: %.300s", a.Status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%v: %.300s", err, a.body)
	}
	return v
}

type linked struct{ Href, Rel, Type string }

// linksIn finds the links of an answer, however deep.
func linksIn(value any) []linked {
	var out []linked
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			out = append(out, linksIn(one)...)
		}
	case map[string]any:
		if href, ok := v["href"].(string); ok {
			kind, _ := v["type"].(string)
			rel, _ := v["rel"].(string)
			out = append(out, linked{href, rel, kind})
		}
		for _, one := range v {
			out = append(out, linksIn(one)...)
		}
	}
	return out
}

var pageLink = regexp.MustCompile(`href="([/?][^"]*)"`)

// A client that begins at the landing page and follows every link finds what the link says.
func TestEveryLinkOfTheAPIAnswersWithItsType(t *testing.T) {
	s := realServer(t)
	seen := map[string]bool{}
	queue := []linked{{baseURL + "/api", "self", "application/json"}, {baseURL + "/api?f=html", "alternate", "text/html"}}
	kinds := map[string]int{}
	for len(queue) > 0 {
		l := queue[0]
		queue = queue[1:]
		path, ours := strings.CutPrefix(l.Href, baseURL)
		if !ours && l.Rel == "license" {
			continue
		}
		if !ours {
			t.Errorf("%s leads elsewhere", l.Href)
			continue
		}
		if seen[path] {
			continue
		}
		seen[path] = true
		a := get(t, s, path)
		kind := a.Header.Get("Content-Type")
		if a.StatusCode != http.StatusOK || l.Type != "" && kind != l.Type && !strings.HasPrefix(kind, l.Type+";") {
			t.Errorf("%s (%s): %s, %s, want %s", path, l.Rel, a.Status, kind, l.Type)
			continue
		}
		kinds[l.Rel]++
		if strings.HasPrefix(kind, "text/html") {
			for _, found := range pageLink.FindAllStringSubmatch(a.body, -1) {
				target := strings.ReplaceAll(found[1], "&amp;", "&")
				if strings.HasPrefix(target, "?") {
					target = strings.Split(path, "?")[0] + target
				}
				if strings.HasPrefix(target, "/api") && (strings.Contains(target, "lang=en") || !strings.Contains(target, "lang=")) && !strings.Contains(target, "sortby") {
					queue = append(queue, linked{Href: baseURL + target, Rel: "page"})
				}
			}
			continue
		}
		if l.Rel == "enclosure" || a.Header.Get("Content-Disposition") != "" { // a file, which has no links of ours
			continue
		}
		var v any
		if err := json.Unmarshal([]byte(a.body), &v); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		queue = append(queue, linksIn(v)...)
	}
	for _, rel := range []string{"self", "alternate", "service-desc", "conformance", "data", "items", "enclosure", "page"} {
		if kinds[rel] == 0 {
			t.Errorf("no link of the kind %s was followed", rel)
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d addresses were found", len(seen))
	}
}

func TestConformance(t *testing.T) {
	declared := decoded[struct{ ConformsTo []string }](t, get(t, realServer(t), "/api/conformance")).ConformsTo
	for _, class := range []string{"core", "oas30", "html", "geojson"} {
		if !slices.Contains(declared, "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"+class) {
			t.Errorf("%s is not declared", class)
		}
	}
}

// An extent is that of the features, worked out here from their boxes and periods.
func TestExtentsAreTrue(t *testing.T) {
	s := realServer(t)
	list := decoded[struct {
		Collections []struct {
			ID     string
			Extent struct {
				Spatial  struct{ BBox [][]float64 }
				Temporal *struct{ Interval [][]*string }
			}
		}
	}](t, get(t, s, "/api/collections"))
	if len(list.Collections) != len(routes.Collections()) {
		t.Fatalf("%d collections", len(list.Collections))
	}
	for _, c := range list.Collections {
		items := decoded[struct {
			Features []struct{ BBox []float64 }
		}](t, get(t, s, "/api/collections/"+c.ID+"/items?limit=1000"))
		want := []float64{180, 90, -180, -90}
		for _, f := range items.Features {
			if f.BBox == nil {
				continue
			}
			for i := range 2 {
				want[i], want[i+2] = math.Min(want[i], f.BBox[i]), math.Max(want[i+2], f.BBox[i+2])
			}
		}
		if !slices.Equal(c.Extent.Spatial.BBox[0], want) {
			t.Errorf("%s: %v, want %v", c.ID, c.Extent.Spatial.BBox[0], want)
		}
	}
	intervals := map[string]string{
		"stops": "", "sites": "1995-01-01T00:00:00Z ..", "movements": ".. 2008-12-31T23:59:59Z",
	}
	for _, c := range list.Collections {
		text := func(p *string) string {
			if p == nil {
				return ".."
			}
			return *p
		}
		got := ""
		if c.Extent.Temporal != nil {
			got = text(c.Extent.Temporal.Interval[0][0]) + " " + text(c.Extent.Temporal.Interval[0][1])
		}
		if want, ok := intervals[c.ID]; ok && got != want || c.ID == "places" && got != "" {
			t.Errorf("%s: time %s, want %s", c.ID, got, want)
		}
	}
}

// ids are the features of an address, all pages of it.
func ids(t testing.TB, s http.Handler, target string) []string {
	t.Helper()
	var list []string
	for pages := 0; target != ""; pages++ {
		if pages > 100 {
			t.Fatal("the pages do not end")
		}
		c := features(t, get(t, s, target))
		target = ""
		for _, f := range c.Features {
			list = append(list, f.ID)
		}
		for _, l := range c.Links {
			if l.Rel == "next" {
				target = strings.TrimPrefix(l.Href, baseURL)
			}
		}
	}
	return list
}

func TestItemsOfATime(t *testing.T) {
	s := realServer(t)
	tests := []struct {
		query string
		want  int
	}{
		{"sites/items?datetime=1995-06-01", 8},                             // one has run since 1995, and of seven no time is told
		{"sites/items?datetime=1995-06-01T12:00:00Z", 8},                   // a moment of a day is of that day
		{"sites/items?datetime=1994-12-31", 7},                             // the day before
		{"sites/items?datetime=../1995-01-01", 8},                          // the day itself
		{"sites/items?datetime=/1995-01-01", 8},                            // an open end may be empty
		{"sites/items?datetime=2004-01-01/2005-12-31", 9},                  // 2005, and since 1995
		{"sites/items?datetime=2007-12-31/2007-12-31", 9},                  // December 2007
		{"sites/items?datetime=2009-01-01/..", 8},                          // what has no end
		{"sites/items?datetime=../..", 10},                                 // all time
		{"sites/items?datetime=2006-01-01t06:59:59%2B07:00", 9},            // still 2005 in UTC; small letters
		{"sites/items?datetime=2004-12-31T20:00:00-08:00/2005-01-01", 9},   // 4 o'clock of the next day in UTC
		{"sites/items?datetime=2006-01-01T07:00:00%2B07:00/2006-06-01", 8}, // no more 2005
		{"sites/items?datetime=2009-01-01/9999-12-31T23:59:59-07:00", 8},   // to the end of all time, which is later in UTC
		{"sites/items?datetime=../0001-01-01T00:00:00Z", 7},                // its beginning is a time, and no open end
		{"movements/items?datetime=../1900-01-01", 7},                      // without a beginning, or without a time
		{"places/items?datetime=1900-01-01&limit=1000", 63},                // places have no time
		{"stops/items?datetime=1900-01-01", 6},                             // nor have they, whatever the year of their source
	}
	for _, tt := range tests {
		if got := ids(t, s, "/api/collections/"+tt.query); len(got) != tt.want {
			t.Errorf("%s: %d, want %d: %v", tt.query, len(got), tt.want, got)
		}
	}
}

func TestItemsByTheirProperties(t *testing.T) {
	s := realServer(t)
	tests := []struct {
		query string
		want  int
	}{
		{"stops/items?role=transit", 2},
		{"stops/items?role=*transit*", 4},
		{"stops/items?role=Transit", 0},
		{"stops/items?seq=5", 1},
		{"stops/items?seq=5.5", 0},
		{"stops/items?one_of=true", 1},
		{"stops/items?one_of=false&precision=country", 2},
		{"stops/items?as_of=2008", 6},
		{"stops/items?as_of=2009", 0},
		{"stops/items?title=Bang%5Bk%5D*", 0},
		{"stops/items?title=B?ngkok*", 0},
		{"stops/items?title=Bangkok", 1},
		{"stops/items?title=กรุงเทพมหานคร&lang=th", 1},
		{"stops/items?title=กรุงเทพมหานคร", 0}, // not in the pack's own language
		{"stops/items?title='%20OR%201=1%20--", 0},
		{"places/items?precision=province&part_of=interior-provinces", 30},
		{"movements/items?count=45&bbox=90,0,120,50", 1},
	}
	for _, tt := range tests {
		if got := ids(t, s, "/api/collections/"+tt.query); len(got) != tt.want {
			t.Errorf("%s: %d, want %d: %v", tt.query, len(got), tt.want, got)
		}
	}
}

func TestSortingPagesEachFeatureOnce(t *testing.T) {
	s := realServer(t)
	for _, c := range []string{"sites", "movements", "places", "stops"} {
		all := ids(t, s, "/api/collections/"+c+"/items?limit=1000")
		slices.Sort(all)
		for _, order := range []string{"title", "-title", "-as_of,title", "count", "-count,time", "part_of,-precision", "draft,label_lat", "+seq", "-one_of"} {
			target := "/api/collections/" + c + "/items?limit=3&sortby=" + url.QueryEscape(order)
			if a := get(t, s, target); a.StatusCode == http.StatusBadRequest {
				continue // not every collection has every property
			}
			paged := ids(t, s, target)
			whole := ids(t, s, strings.Replace(target, "limit=3", "limit=1000", 1))
			if !slices.Equal(paged, whole) {
				t.Errorf("%s by %s: in pages %v, at once %v", c, order, paged, whole)
			}
			if slices.Sort(paged); !slices.Equal(paged, all) {
				t.Errorf("%s by %s: %d features, want %d", c, order, len(paged), len(all))
			}
		}
	}
}

func TestSortingIsInOrder(t *testing.T) {
	s := realServer(t)
	seqs := func(query string) (list []float64) {
		for _, f := range features(t, get(t, s, "/api/collections/stops/items?"+query)).Features {
			list = append(list, f.Properties["seq"].(float64))
		}
		return list
	}
	if got := seqs("sortby=-seq"); !slices.Equal(got, []float64{6, 5, 4, 3, 2, 1}) {
		t.Error(got)
	}
	if got := seqs("sortby=-seq&bbox=95,5,110,25&offset=1&limit=2"); !slices.Equal(got, []float64{5, 4}) {
		t.Error(got)
	}
	counts := features(t, get(t, s, "/api/collections/movements/items?sortby=count")).Features
	if last := counts[len(counts)-1]; counts[0].Properties["count"] != nil || last.Properties["count"] == nil {
		t.Error("those without a count do not come first")
	}
}

// While content is imported again and again with other features, who pages through sees each that stays once.
func TestPagesWhileContentIsImported(t *testing.T) {
	for _, sort := range []string{"", "&sortby=-precision,title"} {
		s, save := changing(t)
		stays := ids(t, s, "/api/collections/places/items?limit=1000")
		seen := map[string]int{}
		target := "/api/collections/places/items?limit=20" + sort
		for n := 0; target != ""; n++ {
			c := features(t, get(t, s, target))
			target = ""
			for _, f := range c.Features {
				seen[f.ID]++
			}
			for _, l := range c.Links {
				if l.Rel == "next" {
					target = strings.TrimPrefix(l.Href, baseURL)
				}
			}
			save(func(p *routes.Pack) { // another place before all others, and another after
				first, last := p.Places[0], p.Places[0]
				first.ID, last.ID = "aaa-"+strconv.Itoa(n), "zzz-"+strconv.Itoa(n)
				p.Places = append(append([]routes.Place{first}, p.Places...), last)
			}, n)
		}
		for _, id := range stays {
			if seen[id] != 1 {
				t.Errorf("%q: %s came %d times", sort, id, seen[id])
			}
		}
	}
}

// The sources speak of 2008. In 2018 they are ten years old and no historical account yet, in 2019 they are one: pages, single
// features, files, embeds and searches agree about it.
func TestAllAgreeFromWhichYearAnAccountIsHistorical(t *testing.T) {
	for year, historical := range map[int]bool{2018: false, 2019: true} {
		s := serverWith(t, func(c *server.Config) {
			c.Now = func() time.Time { return time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC) }
		})
		for _, path := range []string{
			"/api/collections/stops/items?route=yunnan", "/api/collections/stops/items?sortby=-title", "/api/collections/stops/items?bbox=90,0,120,50",
			"/api/collections/stops/items/yunnan.bangkok", "/api/collections/stops/download.geojson", "/api/collections/stops/download.geojsons",
			"/api/routes/yunnan/download.geojson", "/embed/yunnan.json?lang=en",
		} {
			a := get(t, s, path)
			is, not := strings.Count(a.body, `"historical":true`), strings.Count(a.body, `"historical":false`)
			if a.StatusCode != http.StatusOK || is+not == 0 || historical != (not == 0) || historical == (is == 0) {
				t.Errorf("in %d: %s: %s, %d features are historical and %d not", year, path, a.Status, is, not)
			}
		}
		for _, row := range rows(t, file(t, s, "/collections/stops/download.csv")) {
			if row["historical"] != strconv.FormatBool(historical) {
				t.Errorf("in %d: %s in a CSV file: %s", year, row["id"], row["historical"])
			}
		}
		for path, sign := range map[string]string{"/api/search?q=bangkok": `"historical":true`, "/routes/yunnan?lang=en": ">historical account<", "/embed/yunnan?lang=en": ">historical account<"} {
			if a := get(t, s, path); a.StatusCode != http.StatusOK || strings.Contains(a.body, sign) != historical {
				t.Errorf("in %d: %s: %s; it says %s: %t", year, path, a.Status, sign, !historical)
			}
		}
	}
}

func TestAPageHasAThousandFeaturesAtMost(t *testing.T) {
	s := crowdedStops(t)
	for _, limit := range []string{"1000", "1001", "5000", "99999999999999999999"} {
		if c := features(t, get(t, s, "/api/collections/stops/items?limit="+limit)); len(c.Features) != 1000 {
			t.Errorf("with the limit %s a page has %d", limit, len(c.Features))
		}
	}
}

// A cursor belongs to an order: in another one it would begin anywhere.
func TestACursorOfAnotherOrderIsRefused(t *testing.T) {
	s := realServer(t)
	cursorOf := func(sortBy string) string {
		for _, l := range features(t, get(t, s, "/api/collections/stops/items?limit=1"+sortBy)).Links {
			if u, err := url.Parse(l.Href); err == nil && l.Rel == "next" {
				return u.Query().Get("cursor")
			}
		}
		t.Fatalf("%s: no next page", sortBy)
		return ""
	}
	orders := []string{"", "&sortby=title", "&sortby=-title", "&sortby=role", "&sortby=title,role", "&sortby=seq"}
	for _, made := range orders {
		for _, used := range orders {
			want := http.StatusBadRequest
			if made == used {
				want = http.StatusOK
			}
			a := get(t, s, "/api/collections/stops/items?limit=1"+used+"&cursor="+cursorOf(made))
			if a.StatusCode != want || want != http.StatusOK && !strings.Contains(a.body, "cursor") {
				t.Errorf("the cursor of %q for %q: %s", made, used, a.Status)
			}
		}
	}
}

// A box may be as flat or as thin as a line, or a point; only one that is upside down is none.
func TestABoxWithoutHeightIsABox(t *testing.T) {
	s := realServer(t)
	for box, want := range map[string]int{
		"100,13,101,13": http.StatusOK, "100,13,100,14": http.StatusOK, "100,13,100,13": http.StatusOK, "100,13,5,101,13,5": http.StatusOK,
		"100,14,101,13": http.StatusBadRequest, "100,13,6,101,14,5": http.StatusBadRequest,
	} {
		if a := get(t, s, "/api/collections/stops/items?bbox="+box); a.StatusCode != want {
			t.Errorf("%s: %s", box, a.Status)
		}
	}
}

func TestHowManyThereAre(t *testing.T) {
	s := realServer(t)
	for query, want := range map[string]int{
		"places/items?limit=5": 63, "places/items?limit=5&offset=60": 63, "places/items?limit=5&part_of=yunnan-prefectures": 16,
		"sites/items?limit=2&route=yunnan": 10, "stops/items?bbox=100,13,101,14": 2, "stops/items?bbox=100,13,101,14&limit=1": -1,
		"sites/items?datetime=2004-01-01/..&limit=1": -1, "stops/items?role=transit": 2, "stops/items?role=transit&limit=1": -1, "stops/items?offset=900": 6,
	} {
		found := decoded[struct{ NumberMatched *int }](t, get(t, s, "/api/collections/"+query)).NumberMatched
		got := -1
		if found != nil {
			got = *found
		}
		if got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
}

func TestFormsOfAnswers(t *testing.T) {
	s := realServer(t)
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for _, tt := range []struct{ query, accept, want string }{
		{"", "", "application/geo+json"},
		{"", "*/*", "application/geo+json"},
		{"", browser, "text/html; charset=utf-8"},
		{"", "application/geo+json, text/html;q=0.5", "application/geo+json"},
		{"", "text/html;q=0.2, application/json", "application/geo+json"},
		{"", "text/html;q=0", "application/geo+json"},
		{"", "TEXT/HTML", "text/html; charset=utf-8"},
		{"f=html", "application/json", "text/html; charset=utf-8"},
		{"f=json", browser, "application/geo+json"},
	} {
		a := get(t, s, "/api/collections/stops/items?"+tt.query, "Accept", tt.accept)
		varies := slices.Contains(strings.Split(a.Header.Get("Vary"), ", "), "Accept")
		if got := a.Header.Get("Content-Type"); got != tt.want || varies != (tt.query == "") {
			t.Errorf("?%s, %s: %s, want %s; varies: %v", tt.query, tt.accept, got, tt.want, a.Header.Values("Vary"))
		}
	}
	for path, kind := range map[string]string{
		"/api/collections/stops/items?f=xml":          "application/problem+json",
		"/api/collections/stops/items?f=html&limit=0": "text/html; charset=utf-8",
		"/api/collections/none?f=html":                "text/html; charset=utf-8",
	} {
		if a := get(t, s, path); a.StatusCode < 400 || a.StatusCode > 404 || a.Header.Get("Content-Type") != kind {
			t.Errorf("%s: %s, %s", path, a.Status, a.Header.Get("Content-Type"))
		}
	}
}

func TestAFormsEmptyFieldsAreLeftOut(t *testing.T) {
	a := get(t, realServer(t), "/api/collections/sites/items?f=html&kind=&bbox=&datetime=&limit=5")
	if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/api/collections/sites/items?f=html&limit=5" {
		t.Errorf("%s, %s", a.Status, a.Header.Get("Location"))
	}
}
