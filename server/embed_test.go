package server_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"corridor/routes"
	"corridor/server"
	"corridor/store"
)

func readFile(t testing.TB, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// another gives the first pack a second route, "other".
func another(p *routes.Pack) {
	second := p.Routes[0]
	second.ID = "other"
	second.Title = routes.Text{"en": "Another route"}
	p.Routes = append(p.Routes, second)
}

func TestAnEmbedIsCompleteWithoutScript(t *testing.T) {
	pack, _ := firstPack(t)
	for _, lang := range []string{"en", "zh-Hans", "th", "my"} {
		a := get(t, realServer(t), "/embed/yunnan?lang="+lang)
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Language") != lang {
			t.Fatalf("%s: %s", lang, a.Status)
		}
		if !regexp.MustCompile(`<img src="/embed/yunnan\.svg\?[^"]+" width="\d+" height="\d+" alt="[^"]{40,}" fetchpriority="high">`).MatchString(a.body) {
			t.Errorf("%s: no still map with its size and what it says", lang)
		}
		if !regexp.MustCompile(`<noscript><link rel="stylesheet" href="/assets/embed-map-[0-9a-f]+\.css"></noscript>`).MatchString(a.body) {
			t.Errorf("%s: no fonts without a script", lang)
		}
		text := plainText(a.body)
		for _, stop := range pack.Routes[0].Stops {
			if want := plainText(strings.ReplaceAll(stop.Text[lang], "**", "")); !strings.Contains(text, want) {
				t.Errorf("%s: no %q", lang, want)
			}
		}
		for _, want := range []string{"2008", "¶5", "Natural Earth"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %s", lang, want)
			}
		}
		if strings.Contains(a.body, "ZgotmplZ") || strings.Contains(text, "embed.") && strings.Contains(text, "term.") {
			t.Errorf("%s: a text is missing", lang)
		}
	}
}

func TestAnEmbedTellsItsLayersInItsTextAndItsStillMap(t *testing.T) {
	s := realServer(t)
	for layers, tells := range map[string][2]bool{"": {false, false}, "sites": {false, true}, "movements": {true, false}, "movements,sites": {true, true}} {
		address := "/embed/yunnan?lang=en"
		if layers != "" {
			address += "&layers=" + layers
		}
		body := get(t, s, address).body
		still := regexp.MustCompile(`/embed/yunnan\.svg\?[^" ]*`).FindString(body)
		if got := [2]bool{strings.Contains(body, "Returns and other movements"), strings.Contains(body, "Children&#39;s activity centre in Pingxiang")}; got != tells {
			t.Errorf("%q: the text tells of movements and sites: %v, want %v", layers, got, tells)
		}
		if a := get(t, s, html.UnescapeString(still)); a.StatusCode != http.StatusOK || strings.Contains(still, "layers=") != (layers != "") {
			t.Errorf("%q: the still map is %s: %s", layers, still, a.Status)
		}
	}
}

// Remarks of ours say how the rest is to be read, and figures how many.
func TestTheTextOfAnEmbedHasEveryNoteAndFigure(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		note := func(text string) []routes.Text { return []routes.Text{{"en": text}} }
		count := func(n int, text string) []routes.Figure {
			return []routes.Figure{{Count: n, Unit: routes.People, Approximate: true, Text: routes.Text{"en": text}}}
		}
		p.Routes[0].Notes, p.Routes[0].Legs[0].Notes = note("of the route"), note("of the leg")
		for i := range p.Movements {
			p.Movements[i].Notes, p.Movements[i].Figures = note("of the movement"), count(1600, "who moved")
		}
		for i := range p.Sites {
			p.Sites[i].Notes, p.Sites[i].Figures = note("of the programme"), count(2700, "who came")
		}
	})
	body := get(t, s, "/embed/yunnan?lang=en&layers=movements,sites").body
	for _, told := range []string{"of the route", "of the leg", "of the movement", "of the programme", "about 1,600", "who moved", "about 2,700", "who came"} {
		if !strings.Contains(body, told) {
			t.Errorf("it does not say %q", told)
		}
	}
}

func TestAnEmbedOfAllTellsItsLayersToo(t *testing.T) {
	s := realServer(t)
	for _, address := range []string{"/embed/all?lang=en&layers=sites", "/embed/all?lang=en&layers=sites&route=yunnan"} {
		if body := get(t, s, address).body; !strings.Contains(body, "Children&#39;s activity centre in Pingxiang") {
			t.Errorf("%s does not tell of the programmes", address)
		}
	}
}

// What is told beside any of its routes is on the still map, and once, though it be told beside all.
func TestTheStillMapOfSeveralRoutesShowsTheLayersOfEach(t *testing.T) {
	still := func(layers string, beside ...string) string {
		s := serverOf(t, func(p *routes.Pack) {
			next := p.Routes[0]
			next.ID = "second"
			p.Routes = append(p.Routes, next)
			for i := range p.Sites {
				p.Sites[i].Routes = beside
			}
			for i := range p.Movements {
				p.Movements[i].Routes = beside
			}
		})
		return get(t, s, "/embed/all.svg?shape=wide&lang=en&route=yunnan&route=second"+layers).body
	}
	const layers = "&layers=movements,sites"
	ofFirst, ofSecond, ofBoth := still(layers, "yunnan"), still(layers, "second"), still(layers, "yunnan", "second")
	if ofSecond == still("", "second") || ofSecond != ofFirst || ofBoth != ofFirst {
		t.Error("what is told beside the second route, or beside both, is not there as what is told beside the first")
	}
}

// On maps of several routes each has a letter, in the list and for the map's script; on a map of one, and where a page lists more than a map
// can tell apart, none has.
func TestRoutesOfAMapHaveLettersWhereThereAreSeveral(t *testing.T) {
	letters := regexp.MustCompile(`<b class="route-letter">(\w)</b>`)
	for _, c := range []struct {
		routes  int
		address string
		cards   []string
		script  string
	}{
		{1, "/?lang=en", nil, ""},
		{2, "/?lang=en", []string{"A", "B"}, `"letters":{"route-1":"B","yunnan":"A"}`},
		{2, "/routes/yunnan?lang=en", nil, ""},
		{2, "/embed/all?lang=en&route=route-1&route=yunnan", []string{"A", "B"}, `"letters":{"route-1":"A","yunnan":"B"}`},
		{2, "/embed/yunnan?lang=en", nil, ""},
		{21, "/?lang=en", nil, ""},
	} {
		s := serverOf(t, func(p *routes.Pack) {
			for i := 1; i < c.routes; i++ {
				next := p.Routes[0]
				next.ID = fmt.Sprint("route-", i)
				p.Routes = append(p.Routes, next)
			}
		})
		body := get(t, s, c.address).body
		var got []string
		for _, m := range letters.FindAllStringSubmatch(body, -1) {
			got = append(got, m[1])
		}
		if !slices.Equal(got, c.cards) {
			t.Errorf("%s of %d routes lists letters %q, want %q", c.address, c.routes, got, c.cards)
		}
		if has := strings.Contains(body, `"letters":`); has != (c.script != "") || !strings.Contains(body, c.script) {
			t.Errorf("%s of %d routes does not tell its script %s", c.address, c.routes, c.script)
		}
	}
}

func TestTheStillMapOfSeveralRoutesShowsThemAll(t *testing.T) {
	s := newServer(t, func(p *routes.Pack) {
		another(p)
		other := &p.Routes[1]
		other.Stops, other.Legs = slices.Clone(other.Stops[:2]), slices.Clone(other.Legs[:1])
	}, func(*server.Config) {})
	page := get(t, s, "/embed/all?lang=en&theme=light").body
	found := regexp.MustCompile(`<img src="(/embed/all\.svg\?[^"]+)" width="\d+" height="\d+" alt="[^"]*Another route[^"]*Thai-Malaysian[^"]*|<img src="(/embed/all\.svg\?[^"]+)"[^>]+Thai-Malaysian[^"]*Another route`).FindStringSubmatch(page)
	if found == nil {
		t.Fatal("no still map that says both routes")
	}
	if !strings.Contains(found[1]+found[2], "shape=tall") {
		t.Fatal("the picture for every frame is not the tall one, with which others are compared")
	}
	areas := func(address string) int {
		a := get(t, s, html.UnescapeString(address))
		if a.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", address, a.Status)
		}
		return strings.Count(a.body, "<path")
	}
	both, one := areas(found[1]+found[2]), areas("/embed/all.svg?lang=en&shape=tall&route=other")
	if whole := areas("/embed/yunnan.svg?lang=en&shape=tall"); both <= whole || whole <= one {
		t.Errorf("%d shapes of both routes, %d of one, %d of a part of it", both, whole, one)
	}
	for _, wrong := range []string{
		"/embed/all.svg?shape=tall&route=none", "/embed/yunnan.svg?shape=tall&route=yunnan", "/embed/all.svg?shape=tall&stop=bangkok",
		"/embed/all.svg?shape=tall&" + strings.Repeat("route=yunnan&", 21),
	} {
		if a := get(t, s, wrong); a.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", wrong, a.Status)
		}
	}
}

// An organisation is named once on a still map, whose letters are shapes: a name with a comma has as many as one with a full stop.
func TestAnOrganisationIsNamedOnceOnTheStillMapOfSeveralRoutes(t *testing.T) {
	contours := func(name string) int {
		s := serverOf(t, func(p *routes.Pack) {
			another(p)
			p.Organisations = slices.Clone(p.Organisations)
			for i := range p.Organisations {
				p.Organisations[i].Title = routes.Text{"en": name}
			}
		})
		return strings.Count(get(t, s, "/embed/all.svg?lang=en&shape=wide").body, "m")
	}
	if comma, stop := contours("Made-up union, east"), contours("Made-up union. east"); comma != stop {
		t.Errorf("%d shapes with a comma, %d without", comma, stop)
	}
}

// The sources speak of 2008: of routes that have become old since, a still map says more.
func TestTheStillMapOfSeveralRoutesSaysThatTheyAreOld(t *testing.T) {
	letters := map[int]int{}
	for _, year := range []int{2018, 2019} {
		s := newServer(t, another, func(c *server.Config) {
			c.Now = func() time.Time { return time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC) }
		})
		letters[year] = strings.Count(get(t, s, "/embed/all.svg?lang=en&shape=wide&route=yunnan&route=other").body, "m")
	}
	if letters[2018] == 0 || letters[2019] <= letters[2018] {
		t.Errorf("%d shapes when they were new, %d when they are old", letters[2018], letters[2019])
	}
}

func TestAnEmbedOfAllHasABound(t *testing.T) {
	const many = 23
	s := newServer(t, func(p *routes.Pack) {
		for i := range many {
			next := p.Routes[0]
			next.ID, next.Title = fmt.Sprintf("made-up-%d", i), routes.Text{"en": fmt.Sprintf("Made-up route %d", i)}
			next.Stops, next.Legs = next.Stops[:2], next.Legs[:1]
			p.Routes = append(p.Routes, next)
		}
	}, func(*server.Config) {})
	page := get(t, s, "/embed/all?lang=en").body
	if got := strings.Count(page, "<article"); got != 20 || !strings.Contains(page, "4 more routes are not listed here.") {
		t.Errorf("%d routes, or not how many more there are", got)
	}
	if strings.Contains(get(t, s, "/?lang=en").body, "data-still") {
		t.Error("the home page has a picture of a part of its routes")
	}
	data := embedded{}
	if err := json.Unmarshal([]byte(get(t, s, "/embed/all.json?lang=en").body), &data); err != nil {
		t.Fatal(err)
	}
	of := map[string]bool{}
	for _, stop := range data["stops"] {
		route, _, _ := strings.Cut(stop.ID, ".")
		of[route] = true
	}
	if len(of) != 20 {
		t.Errorf("stops of %d routes", len(of))
	}
	if chosen := get(t, s, "/embed/all?lang=en&route=made-up-22&route=made-up-22"); strings.Count(chosen.body, "<article") != 1 || strings.Contains(chosen.body, "more route") {
		t.Error("a route beyond the bound is not shown by its id, once and alone")
	}
}

func TestOptionsOfEmbedsAreCheckedAndNamed(t *testing.T) {
	s := serverOf(t, another)
	for query, param := range map[string]string{
		"yunnan?theme=pink": "theme", "yunnan?theme=": "theme", "yunnan?controls=yes": "controls", "yunnan?scroll=wheel": "scroll",
		"yunnan?layers=roads": "layers", "yunnan?stop=nowhere": "stop", "yunnan?lang=%21": "lang", "yunnan?colour=red": "colour",
		"yunnan?theme=light&theme=dark": "theme", "yunnan?route=other": "route", "all?stop=bangkok": "stop", "all?route=none": "route",
		"all?" + strings.Repeat("route=yunnan&", 21): "route", "yunnan?layers=sites,movements,sites": "layers", "all?layers=route,route": "layers",
	} {
		a := get(t, s, "/embed/"+query)
		if a.StatusCode != http.StatusBadRequest || !strings.Contains(html.UnescapeString(a.body), `parameter "`+param+`"`) {
			t.Errorf("%s: %s", query, a.Status)
		}
		if !strings.Contains(a.Header.Get("Content-Security-Policy"), "frame-ancestors *") {
			t.Errorf("%s: the frame cannot say what is wrong", query)
		}
	}
	for _, query := range []string{
		"yunnan?theme=dark&layers=movements,sites&controls=off&scroll=map&stop=bangkok&lang=th", "all", "all?route=yunnan&route=other&lang=en",
	} {
		if a := get(t, s, "/embed/"+query); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", query, a.Status)
		}
	}
	for _, path := range []string{"/embed/none", "/embed/none.svg?shape=tall", "/embed/none.json", "/embed/%2e%2e"} {
		if a := get(t, s, path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

func TestOptionsOfEmbedsAct(t *testing.T) {
	s := serverOf(t, another)
	body := get(t, s, "/embed/yunnan?lang=en&stop=bangkok&theme=dark&controls=off").body
	told := regexp.MustCompile(`(?s)data-told>(.*?)</section>`).FindStringSubmatch(body)
	if told == nil || !strings.Contains(told[1], "Bangkok") {
		t.Errorf("the stop's text does not stand beside the map: %v", told)
	}
	if !strings.Contains(body, "theme=dark") || strings.Contains(body, "prefers-color-scheme") || strings.Contains(body, "data-steps") {
		t.Error("the theme or the controls are not as asked for")
	}
	both := get(t, s, "/embed/all?route=other&route=yunnan&lang=en").body
	if !strings.Contains(both, "Another route") || !strings.Contains(both, "interior provinces") {
		t.Error("one of the two routes is missing")
	}
	if one := get(t, s, "/embed/all?route=other&lang=en").body; strings.Contains(one, "interior provinces") {
		t.Error("a route stands there that was not asked for")
	}
}

// What is to be said of one of several routes is said above all of them, whichever of them it is.
func TestAnEmbedOfSeveralSaysWhatIsToBeSaidOfAny(t *testing.T) {
	recent := func(r *routes.Route, id string) {
		r.ID, r.AsOf, r.Stops, r.Legs = id, 2024, slices.Clone(r.Stops[:1]), nil
		r.Stops[0].AsOf = 2024
	}
	s := serverOf(t, func(p *routes.Pack) {
		another(p)
		p.Routes = append(p.Routes, p.Routes[1], p.Routes[1])
		recent(&p.Routes[3], "recent")
		recent(&p.Routes[2], "untranslated")
		plain := func(text routes.Text) routes.Text { return routes.Text{"en": text["en"]} }
		last := &p.Routes[2]
		last.Title, last.Summary, last.Stops[0].Title, last.Stops[0].Text = plain(last.Title), plain(last.Summary), plain(last.Stops[0].Title), plain(last.Stops[0].Text)
		last.Notes, last.Stops[0].Notes = nil, nil
		for i := range p.Organisations {
			p.Organisations[i].Title = plain(p.Organisations[i].Title)
		}
		for i := range p.Places {
			p.Places[i].Title, p.Places[i].Notes = plain(p.Places[i].Title), nil
		}
	})
	const draft = "note.drafts"
	old := regexp.MustCompile(`<p class="kicker dots"><span>[^<]*</span> <span class="historical">([^<]*)`) // above all, not of one of them
	texts := decoded[map[string]string](t, answer{Response: &http.Response{StatusCode: http.StatusOK}, body: readFile(t, "../static/lang/th.json")})
	for _, c := range []struct {
		routes  []string
		history string
		draft   bool
	}{
		{[]string{"yunnan", "recent"}, "claim.historicalSome", true},
		{[]string{"recent", "yunnan"}, "claim.historicalSome", true},
		{[]string{"yunnan", "untranslated"}, "claim.historicalSome", true},
		{[]string{"untranslated", "yunnan"}, "claim.historicalSome", true},
		{[]string{"yunnan", "other"}, "claim.historical", true},
		{[]string{"recent", "untranslated"}, "", true},
		{[]string{"untranslated", "recent"}, "", true},
		{[]string{"untranslated"}, "", false},
		{[]string{"recent"}, "", true},
		{[]string{"yunnan", "recent", "untranslated"}, "claim.historicalSome", true},
	} {
		a := get(t, s, "/embed/all?lang=th&route="+strings.Join(c.routes, "&route="))
		said := ""
		if m := old.FindStringSubmatch(a.body); m != nil {
			said = html.UnescapeString(m[1])
		}
		if a.StatusCode != http.StatusOK || said != texts[c.history] {
			t.Errorf("%v: %s; of its age it says %q, want %q", c.routes, a.Status, said, texts[c.history])
		}
		if got := strings.Contains(a.body, html.EscapeString(texts[draft])); got != c.draft {
			t.Errorf("%v: that it is a draft: %t, want %t", c.routes, got, c.draft)
		}
	}
}

func TestContactsOfAPackStandInAnEmbedOnce(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		another(p)
		p.Contacts = []routes.Contact{{ID: "fresh", Title: routes.Text{"en": "Example line"}, Kind: "hotline", Country: "TH", Languages: []string{"th"}, Phone: "111", Source: "fixture", Verified: "2026-05-01"}}
	})
	for _, query := range []string{"", "&route=yunnan&route=other"} {
		if got := strings.Count(get(t, s, "/embed/all?lang=en"+query).body, "Example line"); got != 1 {
			t.Errorf("%q: the contact stands there %d times", query, got)
		}
	}
}

// A reader learns which part of an address is wrong. Of what is not there, and of what went wrong on our side, a frame says no more.
func TestAFrameTellsNothingInside(t *testing.T) {
	var db *store.Store
	s := newServer(t, nil, func(c *server.Config) { db = c.Store })
	const detail = `<p lang="en">`
	for path, want := range map[string]struct {
		status int
		detail bool
	}{
		"/embed/yunnan?theme=pink": {http.StatusBadRequest, true}, "/embed/none": {http.StatusNotFound, false}, "/embed/all?route=none": {http.StatusBadRequest, true},
	} {
		if a := get(t, s, path); a.StatusCode != want.status || strings.Contains(a.body, detail) != want.detail {
			t.Errorf("%s: %s, with a detail: %t", path, a.Status, !want.detail)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if a := get(t, s, "/embed/yunnan?lang=en"); a.StatusCode != http.StatusInternalServerError || strings.Contains(a.body, detail) || strings.Contains(a.body, "sql") || !strings.Contains(a.body, "embed-failure") {
		t.Errorf("%s: %.600s", a.Status, a.body)
	}
}

// The policies and the other headers are held as a whole, so that none is lost.
func TestTheHeadersThatKeepOthersOut(t *testing.T) {
	s := realServer(t)
	hash := regexp.MustCompile(`'sha256-[A-Za-z0-9+/]+=*'`)
	const (
		page = "default-src 'none'; script-src 'self' HASH; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
			"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
		frame = "default-src 'none'; script-src 'self' https://map.example.org HASH; style-src 'self' https://map.example.org HASHES; " +
			"img-src 'self' https://map.example.org data:; connect-src 'self' https://map.example.org; font-src 'self' https://map.example.org; " +
			"base-uri 'none'; form-action 'none'; frame-ancestors *"
		nothing = "default-src 'none'; frame-ancestors 'none'"
		picture = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
	)
	for path, want := range map[string]string{
		"/?lang=en": page, "/routes/yunnan?lang=en": page, "/search?q=bangkok": page, "/api/collections/stops/items?f=html": page, "/embed/yunnan?lang=en": frame,
		"/embed/all": frame, "/embed/none": frame, "/api": nothing, "/api/collections/stops/items": nothing, "/oembed?url=x": nothing, "/embed.js": nothing,
		"/embed/yunnan.json": nothing, "/embed/yunnan.svg?shape=tall": picture, "/routes/yunnan.svg": picture, "/healthz": nothing,
	} {
		h := get(t, s, path).Header
		csp := hash.ReplaceAllString(h.Get("Content-Security-Policy"), "HASH")
		csp = regexp.MustCompile(`HASH( HASH)+`).ReplaceAllString(csp, "HASHES")
		if csp != want {
			t.Errorf("%s: the policy is\n%s, want\n%s", path, csp, want)
		}
		for name, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := h.Values(name); len(got) != 1 || got[0] != value {
				t.Errorf("%s: %s is %q, want %s", path, name, got, value)
			}
		}
		if got := h.Get("Permissions-Policy"); !strings.Contains(got, "geolocation=()") || !strings.Contains(got, "camera=()") || strings.Contains(got, "*") {
			t.Errorf("%s: Permissions-Policy is %q", path, got)
		}
		for name, value := range map[string]string{"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Embedder-Policy": "require-corp"} {
			if want == frame && h.Get(name) != value {
				t.Errorf("%s: %s is %q, want %s", path, name, h.Get(name), value)
			}
		}
	}
}

func TestOnlyEmbedsMayBeFramed(t *testing.T) {
	s := realServer(t)
	for path, want := range map[string]string{
		"/embed/yunnan": "frame-ancestors *", "/embed/all": "frame-ancestors *", "/": "frame-ancestors 'none'", "/routes/yunnan": "frame-ancestors 'none'",
		"/privacy": "frame-ancestors 'none'", "/oembed?url=x": "frame-ancestors 'none'", "/embed.js": "frame-ancestors 'none'",
		"/routes/yunnan/qr.svg": "frame-ancestors 'none'", "/embed/yunnan.svg?shape=tall": "frame-ancestors 'none'", "/nothing": "frame-ancestors 'none'",
	} {
		csp := get(t, s, path).Header.Get("Content-Security-Policy")
		if !strings.HasSuffix(csp, want) || strings.Contains(csp, "unsafe-eval") || !strings.HasPrefix(csp, "default-src 'none'") {
			t.Errorf("%s: %s", path, csp)
		}
	}
}

// What stands in the page, so that a frame is painted at once and its script comes after the picture, is allowed by the
// policy, and nothing else of its kind.
func TestThePolicyOfAnEmbedAllowsWhatStandsInIt(t *testing.T) {
	s := realServer(t)
	style, script := regexp.MustCompile(`(?s)<style>(.*?)</style>`), regexp.MustCompile(`(?s)<script id="embed-script"[^>]*>(.+?)</script>`)
	for _, c := range []struct {
		path, directive string
		part            *regexp.Regexp
	}{
		{"/embed/yunnan", "style-src", style},
		{"/embed/yunnan?theme=dark", "style-src", style},
		{"/embed/all", "style-src", style},
		{"/embed/no-such", "style-src", style},
		{"/embed/yunnan", "script-src", script},
		{"/embed/all?lang=my", "script-src", script},
	} {
		a := get(t, s, c.path)
		found := c.part.FindStringSubmatch(a.body)
		if found == nil {
			t.Errorf("%s: nothing that %s could allow", c.path, c.directive)
			continue
		}
		sum := sha256.Sum256([]byte(found[1]))
		want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		csp := a.Header.Get("Content-Security-Policy")
		_, rule, _ := strings.Cut(csp, c.directive+" ")
		if rule, _, _ = strings.Cut(rule, ";"); !strings.Contains(rule, want) || strings.Contains(csp, "unsafe-inline") {
			t.Errorf("%s: %s is not in %s of %s", c.path, want, c.directive, csp)
		}
	}
}

func TestContactsAreShownWhileTheyAreFresh(t *testing.T) {
	with := func(p *routes.Pack) {
		p.Contacts = []routes.Contact{
			{ID: "fresh", Title: routes.Text{"en": "Example line"}, Kind: "hotline", Country: "TH", Languages: []string{"th", "my"}, Phone: "+66 2 000 0000", Source: "fixture", Verified: "2026-05-01"},
			{ID: "old", Title: routes.Text{"en": "Forgotten line"}, Kind: "hotline", Country: "TH", Languages: []string{"th"}, Phone: "111", Source: "fixture", Verified: "2025-10-31"},
		}
	}
	s := serverOf(t, with)
	for _, path := range []string{"/?lang=en", "/routes/yunnan?lang=en", "/embed/yunnan?lang=en"} {
		body := html.UnescapeString(get(t, s, path).body)
		for _, want := range []string{"Example line", `href="tel:+6620000000"`, "Thailand", "2026-05-01", "ไทย"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %s", path, want)
			}
		}
		if strings.Contains(body, "Forgotten line") {
			t.Errorf("%s: a contact stands there that nobody has verified for a year", path)
		}
	}
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	later := newServer(t, with, func(c *server.Config) { c.Now = func() time.Time { return now } })
	tags := map[string]string{}
	for _, path := range []string{"/?lang=en", "/routes/yunnan?lang=en", "/embed/yunnan?lang=en", "/embed/all?lang=en"} {
		tags[path] = get(t, later, path).Header.Get("ETag")
		if a := get(t, later, path, "If-None-Match", tags[path]); a.StatusCode != http.StatusNotModified {
			t.Errorf("%s: on the same day it is %s", path, a.Status)
		}
	}
	now = time.Date(2026, 12, 31, 23, 0, 0, 0, time.UTC) // of the same year, from which an account is historical
	for path, tag := range tags {
		if a := get(t, later, path, "If-None-Match", tag); a.StatusCode != http.StatusOK || !strings.Contains(a.body, "Example line") {
			t.Errorf("%s: on another day it is %s", path, a.Status)
		}
	}
	now = now.AddDate(0, 6, 0)
	for path, tag := range tags {
		if a := get(t, later, path, "If-None-Match", tag); a.StatusCode != http.StatusOK || strings.Contains(a.body, "Example line") {
			t.Errorf("%s: a contact that has become old is still shown: %s", path, a.Status)
		}
	}
	if strings.Contains(get(t, realServer(t), "/routes/yunnan?lang=en").body, `class="help"`) {
		t.Error("there is a panel of help without a contact")
	}
}
