package server_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"corridor/routes"
)

type oembed struct {
	Version         string `json:"version" xml:"version"`
	Type            string `json:"type" xml:"type"`
	Title           string `json:"title" xml:"title"`
	HTML            string `json:"html" xml:"html"`
	Width           int    `json:"width" xml:"width"`
	Height          int    `json:"height" xml:"height"`
	ThumbnailURL    string `json:"thumbnail_url" xml:"thumbnail_url"`
	ThumbnailWidth  int    `json:"thumbnail_width" xml:"thumbnail_width"`
	ThumbnailHeight int    `json:"thumbnail_height" xml:"thumbnail_height"`
}

func asked(address string, more ...string) string {
	q := url.Values{"url": {address}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return "/oembed?" + q.Encode()
}

func TestOEmbedAnswersInBothFormats(t *testing.T) {
	const evil = `A "quoted" <b>title</b> & more`
	s := serverOf(t, func(p *routes.Pack) { p.Routes[0].Title["en"] = evil })
	page := baseURL + "/routes/yunnan?lang=en&stop=bangkok"
	var answers [2]oembed
	a := get(t, s, asked(page))
	if err := json.Unmarshal([]byte(a.body), &answers[0]); err != nil || a.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s, %v", a.Status, err)
	}
	a = get(t, s, asked(page, "format", "xml"))
	if err := xml.Unmarshal([]byte(a.body), &answers[1]); err != nil || a.Header.Get("Content-Type") != "text/xml; charset=utf-8" {
		t.Fatalf("%s, %v: %s", a.Status, err, a.body)
	}
	for _, got := range answers {
		if got.Version != "1.0" || got.Type != "rich" || got.Width != 800 || got.Height != 640 || !strings.Contains(got.Title, `"quoted"`) {
			t.Errorf("%+v", got)
		}
		if !strings.HasPrefix(got.HTML, `<iframe src="`+baseURL+`/embed/yunnan?lang=en&amp;stop=bangkok" title="A &#34;quoted&#34;`) ||
			strings.Count(got.HTML, "<") != 2 || !strings.Contains(got.HTML, `loading="lazy"`) {
			t.Errorf("html %s", got.HTML)
		}
		if got.ThumbnailWidth != 1200 || got.ThumbnailHeight != 630 || !strings.HasPrefix(got.ThumbnailURL, baseURL+"/routes/yunnan.png?") {
			t.Errorf("thumbnail %+v", got)
		}
	}
}

func TestOEmbedKeepsTheConsumersLimits(t *testing.T) {
	s := realServer(t)
	for _, tt := range []struct{ maxWidth, maxHeight string }{{"400", ""}, {"", "300"}, {"320", "200"}, {"1000", "700"}, {"9000", "9000"}, {"1", "1"}} {
		target := asked(baseURL + "/routes/yunnan")
		limit := map[string]int{"": 1 << 30, "400": 400, "300": 300, "320": 320, "200": 200, "1000": 1000, "700": 700, "9000": 9000, "1": 1}
		if tt.maxWidth != "" {
			target += "&maxwidth=" + tt.maxWidth
		}
		if tt.maxHeight != "" {
			target += "&maxheight=" + tt.maxHeight
		}
		var got oembed
		if err := json.Unmarshal([]byte(get(t, s, target).body), &got); err != nil {
			t.Fatal(err)
		}
		if got.Width > limit[tt.maxWidth] || got.Height > limit[tt.maxHeight] || got.ThumbnailWidth > limit[tt.maxWidth] || got.ThumbnailHeight > limit[tt.maxHeight] {
			t.Errorf("%v: %+v", tt, got)
		}
		if (got.ThumbnailURL == "") != (got.ThumbnailWidth == 0) {
			t.Errorf("%v: a thumbnail without its size: %+v", tt, got)
		}
	}
}

func TestOEmbedRefuses(t *testing.T) {
	s := realServer(t)
	tests := []struct {
		target string
		status int
	}{
		{asked(baseURL + "/routes/none"), 404},
		{asked(baseURL + "/routes/yunnan?stop=nowhere"), 404},
		{asked(baseURL + "/embed/all"), 404},
		{asked(baseURL + "/embed/yunnan?theme=pink"), 404},
		{asked(baseURL + "/"), 404},
		{asked(baseURL + "/api/routes/yunnan"), 404},
		{asked("https://evil.example/routes/yunnan"), 404},
		{asked("https://map.example.org@evil.example/routes/yunnan"), 404},
		{asked("https://user:secret@map.example.org/routes/yunnan"), 404},
		{asked("https://map.example.org.evil.example/routes/yunnan"), 404},
		{asked("https://evil-map.example.org/routes/yunnan"), 404},
		{asked("https://evil.map.example.org/routes/yunnan"), 404},
		{asked("https://map.example.org:8443/routes/yunnan"), 404},
		{asked("//map.example.org/routes/yunnan"), 404},
		{asked("/routes/yunnan"), 404},
		{asked(baseURL + "//routes/yunnan"), 404},
		{asked(baseURL + "/routes/../routes/yunnan"), 404},
		{asked(baseURL + "/routes/yunnan%2f..%2f.."), 404},
		{asked(baseURL + "/routes/yunn%61n"), 404},
		{asked(baseURL + "/routes/yunnan\r\nX-Evil: 1"), 404},
		{asked(`https://map.example.org\@evil.example/routes/yunnan`), 404},
		{asked("javascript:alert(1)"), 404},
		{asked("file:///routes/yunnan"), 404},
		{asked(baseURL+"/routes/yunnan", "format", "yaml"), 501},
		{asked(baseURL+"/routes/yunnan", "maxwidth", "0"), 400},
		{asked(baseURL+"/routes/yunnan", "maxheight", "tall"), 400},
		{asked(baseURL+"/routes/yunnan") + "&format=json&format=xml", 400},
		{"/oembed", 400},
	}
	for _, tt := range tests {
		a := get(t, s, tt.target)
		if a.StatusCode != tt.status || a.Header.Get("X-Evil") != "" || strings.Contains(a.body, "iframe") {
			t.Errorf("%s: %s, want %d", tt.target, a.Status, tt.status)
		}
	}
}

// Who pastes the address of an embed gets that embed.
func TestOEmbedKeepsTheOptionsOfAnEmbed(t *testing.T) {
	s := realServer(t)
	const options = "?lang=th&stop=bangkok&theme=dark&layers=movements&controls=off&scroll=map"
	var got oembed
	a := get(t, s, asked(baseURL+"/embed/yunnan"+options+"&utm_source=letter"))
	if err := json.Unmarshal([]byte(a.body), &got); err != nil || !strings.HasPrefix(got.HTML, `<iframe src="`+baseURL+"/embed/yunnan"+strings.ReplaceAll(options, "&", "&amp;")+`" `) {
		t.Errorf("%s, %v: %s", a.Status, err, got.HTML)
	}
}

// WordPress asks every provider with dnt=1, jQuery with callback and _.
func TestOEmbedPassesOverWhatConsumersAdd(t *testing.T) {
	s := realServer(t)
	a := get(t, s, asked(baseURL+"/routes/yunnan", "maxwidth", "600", "maxheight", "900", "dnt", "1", "callback", "x", "_", "17"))
	var got oembed
	if err := json.Unmarshal([]byte(a.body), &got); err != nil || a.StatusCode != http.StatusOK || got.Width != 600 {
		t.Errorf("%s, %v: %s", a.Status, err, a.body)
	}
}

func TestRoutePagesCanBeDiscovered(t *testing.T) {
	s := realServer(t)
	body := get(t, s, "/routes/yunnan?lang=th").body
	for _, kind := range []string{"application/json+oembed", "text/xml+oembed"} {
		href := between(body, `<link rel="alternate" type="`+kind+`" href="`, `"`)
		target := strings.TrimPrefix(strings.ReplaceAll(href, "&amp;", "&"), baseURL)
		if a := get(t, s, target); a.StatusCode != http.StatusOK || !strings.Contains(a.body, "lang=th") {
			t.Errorf("%s: %s: %s", kind, target, a.Status)
		}
	}
}

// between gives what stands between two pieces of a text.
func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	found, _, _ := strings.Cut(rest, after)
	return found
}
