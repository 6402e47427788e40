package server_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"corridor/routes"
)

// Without JavaScript a route's page must hold everything.
func TestTheRoutesPageIsCompleteText(t *testing.T) {
	s := realServer(t)
	pack, _ := firstPack(t)
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
				has("leg", r.Legs[i].Text)
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

var (
	tags   = regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// plainText leaves out markup and evens out spaces and quotes.
func plainText(html string) string {
	text := tags.ReplaceAllString(html, "")
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
