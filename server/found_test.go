package server_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"corridor/server"
	"corridor/static"
)

func TestPagesSayWhatTheyAre(t *testing.T) {
	s := realServer(t)
	titles := map[string]bool{}
	for _, path := range []string{"/", "/routes/yunnan", "/privacy"} {
		for _, lang := range []string{"en", "zh-Hans", "th", "my"} {
			body := get(t, s, path+"?lang="+lang).body
			titles[between(body, "<title>", "</title>")] = true
			for _, want := range []string{
				`<link rel="canonical" href="` + baseURL + path + `?lang=` + lang + `">`,
				`hreflang="x-default" href="` + baseURL + path + `">`,
				`<meta property="og:url" content="` + baseURL + path + `?lang=` + lang + `">`,
				`<meta name="twitter:card" content="summary`, `<meta name="description" content="`, `<meta property="og:title" content="`,
			} {
				if !strings.Contains(body, want) {
					t.Errorf("%s in %s: no %s", path, lang, want)
				}
			}
			if n := strings.Count(body, `rel="alternate" hreflang=`); n != 9 { // eight languages and the one that chooses
				t.Errorf("%s in %s: %d alternates", path, lang, n)
			}
		}
	}
	if len(titles) != 12 {
		t.Errorf("12 pages have %d titles", len(titles))
	}
}

// What is for one group or one question alone, and what is not there, no search engine keeps.
func TestPagesThatNoSearchEngineKeeps(t *testing.T) {
	st := newStage(t, func(*server.Config) {})
	for path, never := range map[string]bool{
		"/": false, "/routes/yunnan": false, "/guide": false, "/privacy": false, "/api?f=html": false, "/routes/yunnan/handout": false,
		"/search?q=bangkok": true, "/nothing": true, "/routes/none": true, "/live": true, "/live?code=abc": true, "/live/help": true, st.path(""): true,
	} {
		body := get(t, st.server, path).body
		if got := strings.Contains(body, `<meta name="robots" content="noindex">`); got != never || got == strings.Contains(body, `rel="alternate" hreflang=`) {
			t.Errorf("%s: keep it out: %t, want %t", path, got, never)
		}
	}
}

func TestRoutesAreLinkedData(t *testing.T) {
	body := get(t, realServer(t), "/routes/yunnan?lang=my").body
	var d struct {
		Context string                   `json:"@context"`
		Graph   []map[string]interface{} `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(between(body, `<script type="application/ld+json">`, "</script>")), &d); err != nil {
		t.Fatal(err)
	}
	if d.Context != "https://schema.org" || len(d.Graph) != 2 {
		t.Fatalf("%+v", d)
	}
	for _, thing := range d.Graph {
		citations, _ := thing["citation"].([]any)
		if thing["license"] != "https://creativecommons.org/licenses/by/4.0/" || thing["inLanguage"] != "my" || len(citations) != 1 || thing["about"] == nil {
			t.Errorf("%v", thing)
		}
		if source, _ := citations[0].(map[string]any); source["url"] != nil || source["identifier"] != "08BEIJING4697" {
			t.Errorf("the source that names people is linked to: %v", source)
		}
	}
}

func TestTheSitemapNamesEveryPageInEveryLanguage(t *testing.T) {
	s := realServer(t)
	a := get(t, s, "/sitemap.xml")
	var m struct {
		URLs []struct {
			Loc   string `xml:"loc"`
			Links []struct {
				Lang string `xml:"hreflang,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(a.body), &m); err != nil || a.StatusCode != http.StatusOK {
		t.Fatal(a.Status, err)
	}
	languages, err := static.Languages()
	if err != nil {
		t.Fatal(err)
	}
	if len(m.URLs) != 3*len(languages) {
		t.Errorf("%d addresses", len(m.URLs))
	}
	for _, u := range m.URLs {
		if page := get(t, s, strings.TrimPrefix(u.Loc, baseURL)); page.StatusCode != http.StatusOK || len(u.Links) != len(languages)+1 {
			t.Errorf("%s: %s, %d links", u.Loc, page.Status, len(u.Links))
		}
	}
	if robots := get(t, s, "/robots.txt").body; !strings.Contains(robots, "Sitemap: "+baseURL+"/sitemap.xml") {
		t.Errorf("robots: %s", robots)
	}
}

func TestWhatIsSharedIsThere(t *testing.T) {
	s := realServer(t)
	body := between(get(t, s, "/routes/yunnan?lang=en&stop=bangkok").body, "data-share-body>", "</details>")
	for _, want := range []string{
		baseURL + "/routes/yunnan?lang=en&amp;stop=bangkok", "&lt;iframe src=&#34;" + baseURL + "/embed/yunnan?lang=en&amp;amp;stop=bangkok",
		"loading=&#34;lazy&#34;", "allow=&#34;&#34;", "/embed.js", "/oembed?url=",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	all, err := static.Languages()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(body, "<code>"+strings.Join(static.Tags(all), ", ")+"</code>") {
		t.Error("not every language of the interface is named as one of an embed")
	}
	some := serverWith(t, func(c *server.Config) { c.Languages = []string{"th", "en"} })
	if !strings.Contains(get(t, some, "/routes/yunnan?lang=en").body, "<code>th, en</code>") {
		t.Error("languages are named that this server does not offer, or not all that it does")
	}
	links := regexp.MustCompile(`href="([^"]+)" download`).FindAllStringSubmatch(body, -1)
	if len(links) != 6 {
		t.Errorf("%d files", len(links))
	}
	for _, l := range links {
		if a := get(t, s, strings.ReplaceAll(l[1], "&amp;", "&")); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", l[1], a.Status)
		}
	}
	if script := get(t, s, "/embed.js"); len(script.body) == 0 || len(script.body) > 1<<10 || script.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("the script has %d bytes, %v", len(script.body), script.Header)
	}
}

func TestTheQuickExitIsOnViewersPagesOnly(t *testing.T) {
	s := serverWith(t, func(c *server.Config) { c.ExitURL = "https://www.example.org/" })
	for path, want := range map[string]bool{"/": true, "/routes/yunnan": true, "/privacy": true, "/nothing": true, "/embed/yunnan": false, "/routes/yunnan/present": false} {
		if got := strings.Contains(get(t, s, path).body, `href="https://www.example.org/"`); got != want {
			t.Errorf("%s: %t", path, got)
		}
	}
	if strings.Contains(get(t, realServer(t), "/").body, "data-leave") {
		t.Error("an exit to nowhere")
	}
	for _, bad := range []string{"javascript:alert(1)", "/here", "ftp://x", "%"} {
		if _, err := server.New(server.Config{BaseURL: baseURL, ExitURL: bad}); err == nil || !strings.Contains(err.Error(), "exit") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// The address of who asks gets into no line of the log unless the operator wants it; httptest asks from 192.0.2.1.
func TestTheLogNamesNoAddress(t *testing.T) {
	for _, noted := range []bool{false, true} {
		var log bytes.Buffer
		s := serverWith(t, func(c *server.Config) {
			c.LogAddresses, c.Log = noted, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			c.Gazetteer = nil
		})
		for _, path := range []string{"/", "/nothing", "/routes/yunnan", "/embed/yunnan?theme=x", "/api/geocode?q=Bangkok", "/oembed?url=x"} {
			get(t, s, path, "X-Forwarded-For", "198.51.100.7")
		}
		if log.Len() == 0 {
			t.Fatal("nothing was logged, so nothing was tested")
		}
		if strings.Contains(log.String(), "192.0.2.1") != noted || strings.Contains(log.String(), "198.51.100.7") {
			t.Errorf("addresses noted %t: %s", noted, log.String())
		}
		if body := get(t, s, "/privacy?lang=en").body; strings.Contains(body, "writes no reader") == noted {
			t.Errorf("addresses noted %t, and the page on privacy says otherwise", noted)
		} else if statement := between(body, `<blockquote class="statement">`, "<"); !strings.Contains(statement, baseURL) ||
			strings.Contains(statement, "writes no addresses") == noted || strings.Contains(statement, "log notes it") != noted {
			t.Errorf("addresses noted %t, and the statement to paste says %q", noted, statement)
		}
	}
}

// A phone that follows and a presenter's page keep something: the page on privacy says so where there are such.
func TestThePageOnPrivacySaysWhatIsKept(t *testing.T) {
	for _, isFolder := range []bool{false, true} {
		s := serverWith(t, func(c *server.Config) { c.Folder = isFolder })
		body := get(t, s, "/privacy?lang=en").body
		for _, kept := range []string{"keeps the answers that it has sent", "keeps its session"} {
			if strings.Contains(body, kept) == isFolder {
				t.Errorf("in a folder %t, %q is wrong", isFolder, kept)
			}
		}
	}
}

func TestEveryAnswerClosesThePowersOfTheBrowser(t *testing.T) {
	s := realServer(t)
	for _, path := range []string{"/", "/embed/yunnan", "/embed/none", "/privacy", "/oembed", "/embed.js", "/assets/none.js", "/tiles/basemap.json", "/sitemap.xml"} {
		h := get(t, s, path).Header
		if h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Content-Type-Options") != "nosniff" || len(h.Values("Set-Cookie")) > 0 {
			t.Errorf("%s: %v", path, h)
		}
		for _, power := range []string{"camera=()", "geolocation=()", "microphone=()", "browsing-topics=()", "payment=()"} {
			if !strings.Contains(h.Get("Permissions-Policy"), power) {
				t.Errorf("%s: %s is open", path, power)
			}
		}
	}
}
