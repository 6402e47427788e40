package server_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var (
	filterOff = regexp.MustCompile(`<li><span>[^<]*<code>([a-z_]+)</code>: <strong>([^<]*)</strong></span> <a href="([^"]*)"[^>]*>×</a></li>`)
	pageTitle = regexp.MustCompile(`<title>([^<]*)</title>`)
)

// Whatever narrows a page of entries stands on it, with a way to take it off, and the page is named after its collection.
func TestAPageOfEntriesSaysWhatNarrowsIt(t *testing.T) {
	s := realServer(t)
	const at = "/api/collections/stops/items?f=html&lang=en"
	narrowed := map[string]string{
		"role": "x", "seq": "3", "route": "yunnan", "bbox": "95,5,110,25", "datetime": "2004-01-01/..", "precision": "a<b>", "place": "*k*", "one_of": "false",
	}
	q := url.Values{"sortby": {"seq"}, "limit": {"50"}}
	for name, value := range narrowed {
		q.Set(name, value)
	}
	a := get(t, s, at+"&"+q.Encode())
	seen := map[string]string{}
	for _, filter := range filterOff.FindAllStringSubmatch(a.body, -1) {
		seen[filter[1]] = html.UnescapeString(filter[2])
		off := html.UnescapeString(filter[3])
		without := get(t, s, off)
		if without.StatusCode != http.StatusOK || strings.Contains(off, filter[1]+"=") || !strings.Contains(off, "sortby=seq") {
			t.Errorf("%s is taken off by %s: %s", filter[1], off, without.Status)
		}
		if left := filterOff.FindAllString(without.body, -1); len(left) != len(narrowed)-1 {
			t.Errorf("without %s there are %d filters", filter[1], len(left))
		}
	}
	for name, value := range narrowed {
		if seen[name] != value {
			t.Errorf("%s is shown as %q, want %q", name, seen[name], value)
		}
	}
	if kind := get(t, s, "/api/collections/sites/items?f=html&lang=en&kind=training").body; !strings.Contains(kind, "<code>kind</code>: <strong>training</strong>") {
		t.Error("a code is not shown in words")
	}
	if plain := get(t, s, at).body; filterOff.MatchString(plain) || strings.Contains(plain, "active-filters") {
		t.Error("a page of everything has filters")
	}
	titles := map[string]bool{}
	for _, c := range []string{"stops", "legs", "sites", "movements", "places"} {
		title := pageTitle.FindStringSubmatch(get(t, s, "/api/collections/"+c+"/items?f=html&lang=en").body)[1]
		if titles[title] || !strings.HasSuffix(title, ": entries · Corridor") {
			t.Errorf("%s is called %s", c, title)
		}
		titles[title] = true
	}
}
