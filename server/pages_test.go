package server_test

import (
	"html"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corridor/routes"
	"corridor/static"
)

// Without JavaScript a route's page must hold everything.
func TestTheRoutesPageIsCompleteText(t *testing.T) {
	var pack routes.Pack
	s := serverOf(t, func(p *routes.Pack) {
		p.Routes[0].Legs[1].Evidence = routes.Inferred
		pack = *p
	})
	texts := allTexts(t)
	for _, lang := range []string{"en", "zh-Hans", "th", "my"} {
		a := get(t, s, "/routes/yunnan?lang="+lang)
		if a.StatusCode != http.StatusOK || !strings.Contains(a.body, `<html lang="`+lang+`"`) || a.Header.Get("Content-Language") != lang {
			t.Errorf("%s: %s, %.60s", lang, a.Status, a.body)
		}
		text := plainText(a.body)
		has := func(what string, texts routes.Text) {
			t.Helper()
			if want := plainText(strings.ReplaceAll(texts[lang], "**", "")); !strings.Contains(text, want) {
				t.Errorf("%s: no %s %q", lang, what, want)
			}
		}
		r := pack.Routes[0]
		has("title", r.Title)
		has("summary", r.Summary)
		for i, stop := range r.Stops {
			has("stop", stop.Text)
			for _, n := range stop.Notes {
				has("note", n)
			}
			if i < len(r.Legs) {
				leg := r.Legs[i]
				has("leg", leg.Text)
				told := plainText(between(a.body, `data-leg="`+leg.ID+`"`, "</section>"))
				for _, key := range []string{"term.evidence." + string(leg.Evidence), "term.crossing." + string(leg.Crossing), "term.transport." + string(leg.Transport)} {
					if want := plainText(texts[lang].Format(key)); !strings.Contains(told, want) {
						t.Errorf("%s: the leg %s does not say %q", lang, leg.ID, want)
					}
				}
			}
		}
		for _, m := range pack.Movements {
			has("movement", m.Text)
		}
		for _, site := range pack.Sites {
			has("site", site.Text)
		}
		for _, f := range pack.Findings {
			has("finding", f.Text)
		}
		for _, p := range []string{"¶2", "¶5", "¶13", "¶14", "2008"} {
			if !strings.Contains(text, p) {
				t.Errorf("%s: no %s", lang, p)
			}
		}
		if strings.Contains(text, "term.") || strings.Contains(text, "ZgotmplZ") {
			t.Errorf("%s: a text of the interface is missing", lang)
		}
	}
}

func allTexts(t *testing.T) map[string]static.Strings {
	t.Helper()
	all, err := static.Languages()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Wherever it stands as of which year something is told, it says whether that makes it a historical account.
func TestWhatIsOldSaysSoEverywhere(t *testing.T) {
	const old, recent = "2008", "2024"
	st := stageOf(t, serverOf(t, func(p *routes.Pack) {
		another(p)
		p.Routes[0].Stops, p.Routes[0].Legs = slices.Clone(p.Routes[0].Stops), slices.Clone(p.Routes[0].Legs)
		for _, year := range []*int{
			&p.Routes[1].AsOf, &p.Routes[0].Stops[1].AsOf, &p.Routes[0].Legs[0].AsOf, &p.Movements[0].AsOf, &p.Sites[0].AsOf, &p.Findings[0].AsOf,
			&p.Lessons[0].Steps[1].AsOf, &p.Lessons[0].Steps[2].AsOf,
		} {
			*year = 2024
		}
	}))
	said := regexp.MustCompile(`as of (\d{4})((?:<[^>]*>|[\s·])*historical account)?`)
	scripts := regexp.MustCompile(`(?s)<script.*?</script>`)
	const both = old + " " + recent
	for path, want := range map[string]string{
		"/?lang=en": both, "/routes/yunnan?lang=en": both, "/search?q=yunnan&lang=en": both, "/embed/yunnan?lang=en&layers=movements,sites": both,
		"/embed/all?lang=en": both, "/routes/yunnan/present?lang=en": both, "/routes/yunnan/notes?lang=en": both, "/routes/yunnan/handout?lang=en": both,
		"/routes/yunnan/handout?lang=en&edition=short": both, st.path("?lang=en"): both,
		"/api/collections/stops/items/yunnan.bangkok?f=html&lang=en": old, "/api/collections/stops/items/yunnan.xishuangbanna?f=html&lang=en": recent,
	} {
		years := map[string]bool{}
		for _, m := range said.FindAllStringSubmatch(scripts.ReplaceAllString(get(t, st.server, path).body, ""), -1) {
			years[m[1]] = true
			if (m[1] == old) != (m[2] != "") {
				t.Errorf("%s: what is told as of %s is called a historical account: %t", path, m[1], m[2] != "")
			}
		}
		if got := strings.Join(slices.Sorted(maps.Keys(years)), " "); got != want {
			t.Errorf("%s tells as of %q, want %q", path, got, want)
		}
	}
}

// Every page says once, at its end, that the map takes no side.
func TestTheFooterSaysWhatBoundariesMean(t *testing.T) {
	s := realServer(t)
	for lang, texts := range allTexts(t) {
		for _, path := range []string{"/", "/routes/yunnan", "/search", "/privacy", "/guide", "/nothing", "/api/collections/stops/items", "/routes/yunnan/handout"} {
			a := get(t, s, path+"?lang="+lang, "Accept", "text/html")
			footer := plainText(between(a.body, `<footer class="colophon">`, "</footer>"))
			if n := strings.Count(footer, plainText(texts.Format("note.boundary"))); n != 1 || a.StatusCode != http.StatusOK && path != "/nothing" {
				t.Errorf("%s in %s: %s, %d times", path, lang, a.Status, n)
			}
		}
	}
}

// A document that names people is never linked to, and whoever looks for it is told why.
func TestASourceThatNamesPeopleSaysSo(t *testing.T) {
	papers := map[string]bool{} // whose words are shapes
	for _, names := range []bool{false, true} {
		s := serverOf(t, func(p *routes.Pack) { p.Sources[0].NamesPeople = names })
		for lang, texts := range allTexts(t) {
			for path, end := range map[string]string{"/routes/yunnan": "</li>", handout: "</p>"} {
				source := between(get(t, s, path+"?lang="+lang).body, `id="source-08BEIJING4697"`, end)
				if got := strings.Contains(plainText(source), plainText(texts.Format("sources.namesPeople"))); got != names {
					t.Errorf("%s in %s: names people: %t, says so: %t", path, lang, names, got)
				}
			}
		}
		papers[get(t, s, handout+".pdf?lang=en").body] = true
	}
	if len(papers) != 2 {
		t.Error("the handout on paper does not say it")
	}
}

// Of a programme whose place is not stated no precision is told.
func TestASiteWithoutAPlaceSaysSo(t *testing.T) {
	texts := allTexts(t)["en"]
	unstated := plainText(texts.Format("fact.placeUnstated"))
	var sites []routes.Site
	s := serverOf(t, func(p *routes.Pack) {
		p.Sites[0].Place = ""
		sites = p.Sites
	})
	for path, starts := range map[string]func(routes.Site) string{
		"/routes/yunnan?lang=en":             func(site routes.Site) string { return `id="site-` + site.ID + `"` },
		"/embed/yunnan?lang=en&layers=sites": func(site routes.Site) string { return ">" + html.EscapeString(site.Title["en"]) + "</h3>" },
	} {
		body := get(t, s, path).body
		for _, site := range sites {
			told := plainText(between(body, starts(site), "</li>"))
			if got := strings.Contains(told, unstated); told == "" || got != (site.Place == "") {
				t.Errorf("%s: %s with the place %q: %q", path, site.ID, site.Place, told)
			}
		}
	}
}

var (
	tags   = regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// plainText leaves out markup and evens out spaces and quotes.
func plainText(markup string) string {
	text := tags.ReplaceAllString(markup, "")
	text = strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&quot;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(text)
	return strings.TrimSpace(spaces.ReplaceAllString(text, " "))
}

func TestDraftTranslationsAreMarked(t *testing.T) {
	s := realServer(t)
	mark := regexp.MustCompile(`class="mark"`)
	if n := len(mark.FindAllString(get(t, s, "/routes/yunnan?lang=th").body, -1)); n < 10 {
		t.Errorf("%d marks of drafts in Thai", n)
	}
	if mark.MatchString(get(t, s, "/routes/yunnan?lang=en").body) {
		t.Error("the original is marked as a draft")
	}
}

func TestLanguageIsNegotiated(t *testing.T) {
	s := realServer(t)
	tests := []struct {
		query, accept, want string
		varies              bool // what the browser accepts can make a difference
	}{
		{"", "", "en", true},
		{"", "th", "th", true},
		{"", "fr-FR, my;q=0.8, en;q=0.5", "my", true},
		{"", "zh-CN", "zh-Hans", true},
		{"", "xx, nonsense;;;", "en", true},
		{"?lang=th", "my", "th", false},
		{"?lang=zh", "", "zh-Hans", true},
		{"?lang=zh-SG", "", "zh-Hans", true},
		{"?lang=sw", "", "en", true},
		{"?lang=TH", "", "th", true},
	}
	for _, tt := range tests {
		a := get(t, s, "/"+tt.query, "Accept-Language", tt.accept)
		if got := a.Header.Get("Content-Language"); got != tt.want || strings.Contains(strings.Join(a.Header.Values("Vary"), ","), "Accept-Language") != tt.varies {
			t.Errorf("%q with %q: %s, want %s", tt.query, tt.accept, got, tt.want)
		}
	}
}

// What stands in the content is text, never markup.
func TestContentCannotInjectMarkup(t *testing.T) {
	const evil = `<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) "'><b>`
	s := serverOf(t, func(p *routes.Pack) {
		p.Routes[0].Title["en"], p.Routes[0].Summary["en"] = evil, evil
		p.Routes[0].Stops[0].Text["en"] = evil
		p.Places[0].Title["en"] = evil
		p.Organisations[0].Title["en"] = evil
	})
	for _, path := range []string{"/", "/routes/yunnan"} {
		body := get(t, s, path).body
		for _, bad := range []string{"<script>alert", "<img src=x", "<img src=\"x", "javascript:", "<b>"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
	}
}

func TestFallbackTextsSayTheirLanguage(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) { delete(p.Routes[0].Stops[0].Text, "th") })
	body := get(t, s, "/routes/yunnan?lang=th").body
	i := strings.Index(body, `id="stop-interior-provinces"`)
	j := strings.Index(body, `id="stop-xishuangbanna"`)
	if i < 0 || j < i {
		t.Fatal("the stops have no anchors in order")
	}
	if !strings.Contains(body[i:j], `lang="en"`) {
		t.Error("an English text on a Thai page does not say that it is English")
	}
}

func TestTheHomePageListsRoutes(t *testing.T) {
	body := get(t, realServer(t), "/").body
	for _, want := range []string{`href="/routes/yunnan?lang=en"`, "Save the Children UK", "2008", "Bangkok"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestNoPageRefersToAnotherHost(t *testing.T) {
	s := realServer(t)
	outside := regexp.MustCompile(`(?:src|href|action)="(?:https?:)?//[^"]*"`)
	for _, path := range []string{"/", "/routes/yunnan", "/routes/none"} {
		for _, found := range outside.FindAllString(get(t, s, path).body, -1) {
			if !strings.Contains(found, "creativecommons.org") && !strings.Contains(found, `"`+baseURL+"/") {
				t.Errorf("%s refers to %s", path, found)
			}
		}
	}
}

func TestAssetsArePackedAndImmutable(t *testing.T) {
	s := realServer(t)
	script := regexp.MustCompile(`src="(/assets/[^"]+\.js)"`).FindStringSubmatch(get(t, s, "/").body)
	if script == nil {
		t.Fatal("the page has no script")
	}
	for _, encoding := range []string{"br", "gzip", ""} {
		a := get(t, s, script[1], "Accept-Encoding", encoding)
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Encoding") != encoding || !strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%q: %s, %q, %q", encoding, a.Status, a.Header.Get("Content-Encoding"), a.Header.Get("Cache-Control"))
		}
	}
	if a := get(t, s, script[1], "Accept-Encoding", "br;q=0, gzip;q=0"); a.Header.Get("Content-Encoding") != "" {
		t.Errorf("a refused encoding is sent: %q", a.Header.Get("Content-Encoding"))
	}
}

// A name that stands within a text of the interface is marked as of its own language where it has no translation, so that a reader gets
// letters for it; one in the page's language is not.
func TestNamesWithinTextsOfTheInterfaceHaveTheirLanguage(t *testing.T) {
	const name = "Tellers & Co"
	s := serverOf(t, func(p *routes.Pack) {
		for i := range p.Organisations {
			p.Organisations[i].Title = routes.Text{"en": name}
		}
		for i := range p.Routes[0].Stops {
			p.Routes[0].Stops[i].Title = routes.Text{"en": name}
		}
	})
	const plain, marked = "Tellers &amp; Co", `<span lang="en">Tellers &amp; Co</span>`
	for path, starts := range map[string][]string{
		"/": {`"kicker-who">`}, "/routes/yunnan": {`"kicker-who">`, `class="dots"><strong>`, `</svg>\n<span>`}, "/embed/yunnan": {`"kicker-who">`, `<h4>`},
		"/routes/yunnan/handout": {`"leaf-said">`},
	} {
		for lang, want := range map[string]string{"en": plain, "my": marked} {
			body := get(t, s, path+"?lang="+lang).body
			for _, start := range starts {
				if !regexp.MustCompile(start + `[^<]*` + regexp.QuoteMeta(want)).MatchString(body) {
					t.Errorf("%s in %s has no %s after %s", path, lang, want, start)
				}
			}
		}
	}
}

// The second disagrees with both others, which know nothing of each other.
func TestFindingsThatDisagreeThroughAnotherStandTogether(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		say := func(id string, others ...string) routes.Finding {
			f := p.Findings[0]
			f.ID, f.DisagreesWith, f.Routes = id, others, []string{"yunnan"}
			return f
		}
		p.Findings = []routes.Finding{say("one", "two"), say("two", "one", "three"), say("three", "two"), say("four")}
	})
	groups := strings.Split(get(t, s, "/routes/yunnan?lang=en").body, `<div class="finding-group`)[1:]
	if len(groups) != 2 || !strings.Contains(groups[0], `id="finding-three"`) || !strings.Contains(groups[0], "Several voices") || strings.Contains(groups[1], "voices") {
		t.Errorf("%d groups: %q", len(groups), groups)
	}
}
