package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corridor/routes"
	"corridor/server"
)

type searchReply struct {
	Query   string
	Results []struct {
		Type, Kind, ID, Title, Lang, Snippet, URL string
		SnippetLang                               string   `json:"snippet_lang"`
		TitleMarks                                [][2]int `json:"title_marks"`
		SnippetMarks                              [][2]int `json:"snippet_marks"`
		AsOf                                      int      `json:"as_of"`
		Draft, Historical                         bool
	}
}

func searched(t testing.TB, h http.Handler, pairs ...string) searchReply {
	t.Helper()
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	a := get(t, h, "/api/search?"+q.Encode())
	var reply searchReply
	if err := json.Unmarshal([]byte(a.body), &reply); err != nil || a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s: %s, %v: %s", pairs, a.Status, err, a.body)
	}
	return reply
}

// found gives a text's marked parts.
func found(text string, marks [][2]int) (list []string) {
	letters := []rune(text)
	for _, m := range marks {
		list = append(list, string(letters[m[0]:m[1]]))
	}
	return list
}

func TestSearchFindsTheContentInEveryLanguage(t *testing.T) {
	s := realServer(t)
	const bangkok = baseURL + "/routes/yunnan?lang=en&stop=bangkok"
	for _, c := range []struct{ query, kind, id, mark, url string }{
		{"Bangkok", "place", "bangkok", "Bangkok", bangkok},
		{"曼谷", "place", "bangkok", "曼谷", bangkok},
		{"กรุงเทพ", "place", "bangkok", "กรุงเทพ", bangkok},
		{"ဘန်ကောက်", "place", "bangkok", "ဘန်ကောက်", bangkok},
		{"泰马边境", "route", "yunnan", "泰马边境", baseURL + "/routes/yunnan?lang=en"},
		{"หญิงสาว", "route", "yunnan", "หญิงสาว", baseURL + "/routes/yunnan?lang=en"},
		{"08BEIJING4697", "source", "08BEIJING4697", "08BEIJING4697", baseURL + "/routes/yunnan?lang=en#source-08BEIJING4697"},
		{"action plan", "site", "national-action-plan", "Action", baseURL + "/routes/yunnan?lang=en#site-national-action-plan"},
		{"promise of work", "lesson", "yunnan", "promise", baseURL + "/routes/yunnan/present?lang=en&lesson=yunnan"},
	} {
		reply := searched(t, s, "q", c.query, "lang", "en")
		if reply.Query != c.query || len(reply.Results) == 0 {
			t.Errorf("%s: %+v", c.query, reply)
			continue
		}
		r := reply.Results[0]
		marks := append(found(r.Title, r.TitleMarks), found(r.Snippet, r.SnippetMarks)...)
		if r.Type != c.kind || r.ID != c.id || r.URL != c.url || !slices.Contains(marks, c.mark) || r.Lang != "en" {
			t.Errorf("%s: marks %q of %+v", c.query, marks, r)
		}
	}
	if r := searched(t, s, "q", "Bangkok", "lang", "th", "limit", "2").Results; len(r) != 2 || r[1].Kind != "จุดบนเส้นทาง" ||
		r[1].Title != "กรุงเทพมหานคร" || r[1].Lang != "th" || !r[1].Draft || r[1].SnippetLang != "en" || r[1].AsOf != 2008 || !r[1].Historical {
		t.Errorf("%+v", r)
	}
	if r := searched(t, s, "q", "Bangkok", "lang", "km").Results; r[0].Lang != "en" || r[0].Kind != "ទីកន្លែង" {
		t.Errorf("without the language: %+v", r[0])
	}
}

// Every address that a search gives is there, and so is the anchor on its page.
func TestResultsLeadSomewhere(t *testing.T) {
	s := realServer(t)
	kinds := map[string]bool{}
	for _, query := range []string{"yunnan", "bangkok", "the", "china", "women", "08beijing4697", "border", "police", "return"} {
		for _, r := range searched(t, s, "q", query, "lang", "en", "limit", "50").Results {
			kinds[r.Type] = true
			at, anchor, _ := strings.Cut(strings.TrimPrefix(r.URL, baseURL), "#")
			if a := get(t, s, at); a.StatusCode != http.StatusOK || anchor != "" && !strings.Contains(a.body, `id="`+anchor+`"`) {
				t.Errorf("%s leads to %s: %s", r.ID, r.URL, a.Status)
			}
		}
	}
	for _, kind := range routes.EntryKinds() {
		if !kinds[string(kind)] {
			t.Errorf("no %s is found", kind)
		}
	}
}

func TestBadSearchesAreNamed(t *testing.T) {
	s := realServer(t)
	for query, parameter := range map[string]string{
		"": "q", "q=": "q", "q=%20%09": "q", "q=" + strings.Repeat("%E6%9B%BC", 201): "q", "q=%ff": "q", "q=a&q=b": "q",
		"q=a&limit=0": "limit", "q=a&offset=-1": "offset", "q=a&offset=x": "offset", "q=a&limit=x": "limit", "q=a&limit=": "limit", "q=a&lang=%00": "lang", "q=a&colour=red": "colour",
	} {
		a := get(t, s, "/api/search?"+query)
		var p struct{ Parameter string }
		if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.StatusCode != http.StatusBadRequest || p.Parameter != parameter {
			t.Errorf("%.40s: %s: %s", query, a.Status, a.body)
		}
	}
	searched(t, s, "q", strings.Repeat("曼", 200), "limit", "50")
	searched(t, s, "q", "a", "limit", "1000")
	for _, q := range []string{`"`, "*", "AND", "a OR", "NEAR(", "^", "title:", "-", "'; DROP TABLE entries; --", "\x00"} {
		searched(t, s, "q", q)
		if a := get(t, s, "/search?q="+url.QueryEscape(q)); a.StatusCode != http.StatusOK {
			t.Errorf("%q: %s", q, a.Status)
		}
	}
	if a := get(t, s, "/search?q="+strings.Repeat("a", 201)); a.StatusCode != http.StatusBadRequest || !strings.Contains(a.body, "&#34;q&#34;") {
		t.Errorf("a long search as a page: %s", a.Status)
	}
}

func TestASearchIsCachedByContent(t *testing.T) {
	s := realServer(t)
	for _, path := range []string{"/api/search?q=bangkok", "/search?q=bangkok&lang=th"} {
		tag := get(t, s, path).Header.Get("ETag")
		if a := get(t, s, path, "If-None-Match", tag); tag == "" || a.StatusCode != http.StatusNotModified {
			t.Errorf("%s with %q: %s", path, tag, a.Status)
		}
	}
}

func TestTheSearchPageWorksAlone(t *testing.T) {
	s := realServer(t)
	body := get(t, s, "/search?q=Bangkok&lang=th").body
	for _, want := range []string{
		`<form class="find" role="search" action="/search"`, `<input type="hidden" name="lang" value="th">`, `value="Bangkok"`,
		`<h2 lang="th"><a href="/routes/yunnan?lang=th&amp;stop=bangkok">กรุงเทพมหานคร</a></h2>`, `lang="en"><mark>Bangkok</mark>`,
		`<meta name="robots" content="noindex">`, `href="?lang=my&amp;q=Bangkok"`, `<span>ฉบับแปลร่าง</span>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if body := get(t, s, "/search").body; !strings.Contains(body, `name="q"`) || strings.Contains(body, "<mark>") {
		t.Error("the page without a search")
	}
	for _, path := range []string{"/", "/routes/yunnan"} {
		if body := get(t, s, path).body; !strings.Contains(body, `action="/search"`) {
			t.Errorf("%s has no box", path)
		}
	}
}

func TestTheFoundPartsAreTextAndNeverMarkup(t *testing.T) {
	const evil = `Zzyx <script>alert(1)</script> <img src=x onerror=alert(2)> & "'`
	s := serverOf(t, func(p *routes.Pack) {
		p.Organisations[0].Title["en"] = evil
		p.Sources[0].Title = evil
	})
	for _, q := range []string{"zzyx", "alert", evil} {
		body := get(t, s, "/search?lang=en&q="+url.QueryEscape(q)).body
		if !strings.Contains(body, "<mark>") && q != evil {
			t.Errorf("%q finds nothing", q)
		}
		if regexp.MustCompile(`<script>alert|<img src=|onerror="`).MatchString(body) {
			t.Errorf("%q gives markup", q)
		}
	}
}

// Contacts are hidden when they are too old, and notes are for the speaker: neither is found.
func TestOnlyWhatPagesShowIsFound(t *testing.T) {
	s := serverOf(t, func(p *routes.Pack) {
		p.Contacts = append(p.Contacts, routes.Contact{
			ID: "c", Title: routes.Text{"en": "Quuxline"}, Kind: "hotline", Country: "TH", Languages: []string{"en"}, Phone: "+66 2 000 0000",
			Source: "S", Verified: "2020-01-01",
		})
		p.Lessons[0].Steps[0].Notes = routes.Text{"en": "Quuxnote"}
	})
	for _, q := range []string{"quuxline", "quuxnote", "+66 2 000 0000"} {
		if r := searched(t, s, "q", q).Results; len(r) > 0 {
			t.Errorf("%q finds %+v", q, r)
		}
	}
}

// What readers look for is noted nowhere, even where the search fails.
func TestASearchIsNotLogged(t *testing.T) {
	var log bytes.Buffer
	s := serverWith(t, func(c *server.Config) { c.Log, c.LogAddresses = slog.New(slog.NewTextHandler(&log, nil)), true })
	searched(t, s, "q", "secretword")
	get(t, s, "/search?q=secretword")
	get(t, s, "/api/search?q=secretword&limit=x")
	if err := s.Store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/api/search?q=secretword", "/search?q=secretword"} {
		if a := get(t, s, path); a.StatusCode != http.StatusInternalServerError {
			t.Errorf("without a database: %s", a.Status)
		}
	}
	if log.Len() == 0 || strings.Contains(log.String(), "secretword") {
		t.Errorf("the log says %s", log.String())
	}
}

// A search goes on where its first page ends, in the API and as a page, and says how many results there are.
func TestASearchSaysWhatIsBehindItsFirstPage(t *testing.T) {
	s := realServer(t)
	type answered struct {
		Results       []struct{ Type, ID string }
		NumberMatched *int `json:"number_matched"`
		Links         []linked
	}
	all := decoded[answered](t, get(t, s, "/api/search?q=the&limit=50"))
	if all.NumberMatched == nil || *all.NumberMatched != len(all.Results) || len(all.Links) != 1 || len(all.Results) < 20 {
		t.Fatalf("%d results, %v counted, links %v", len(all.Results), all.NumberMatched, all.Links)
	}
	var list []struct{ Type, ID string }
	for address := baseURL + "/api/search?q=the&limit=7"; address != ""; {
		page := decoded[answered](t, get(t, s, strings.TrimPrefix(address, baseURL)))
		if page.NumberMatched == nil || *page.NumberMatched != len(all.Results) {
			t.Errorf("%s: %v are counted, want %d", address, page.NumberMatched, len(all.Results))
		}
		list, address = append(list, page.Results...), ""
		for _, l := range page.Links {
			if l.Rel == "next" {
				address = l.Href
			}
		}
	}
	if !slices.Equal(list, all.Results) {
		t.Errorf("pages have %v, all is %v", list, all.Results)
	}
	crowded := serverOf(t, func(p *routes.Pack) {
		for i := range 60 {
			p.Organisations = append(p.Organisations, routes.Organisation{ID: fmt.Sprint("o", i), Title: routes.Text{"en": "Quux"}})
			f := p.Findings[0]
			f.ID, f.SaidBy = fmt.Sprint("f", i), fmt.Sprint("o", i)
			p.Findings = append(p.Findings, f)
		}
	})
	first := get(t, crowded, "/search?q=quux&lang=en").body
	if !strings.Contains(first, "60 results for") || !strings.Contains(first, `href="/search?lang=en&amp;offset=50&amp;q=quux" rel="next"`) {
		t.Errorf("the first page: %s", first)
	}
	second := get(t, crowded, "/search?q=quux&lang=en&offset=50").body
	if strings.Count(second, `class="result"`) != 10 || !strings.Contains(second, `start="51"`) || strings.Contains(second, `rel="next"`) ||
		!strings.Contains(second, `href="/search?lang=en&amp;q=quux"`) {
		t.Errorf("the second page: %s", second)
	}
}

// What an answer says of boundaries is in the language that it is asked for in.
func TestTheNoteOnBoundariesIsInTheLanguageAskedFor(t *testing.T) {
	s := realServer(t)
	for _, path := range []string{"/api/search?q=bangkok&", "/api/routes/yunnan?"} {
		for lang, begins := range map[string]string{"": "Boundaries", "th": "เขตแดน", "vi": "Đường ranh giới", "zh-Hans": "边界"} {
			at := path + "lang=" + lang
			note := decoded[struct {
				Note string `json:"boundary_note"`
			}](t, get(t, s, at)).Note
			if !strings.HasPrefix(note, begins) {
				t.Errorf("%s: %s", at, note)
			}
		}
	}
}
