package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corridor/routes"
	"corridor/server"
	"corridor/store"
)

// Whoever uses the data learns whom to name from the page that they read, as those do who download a file; what another import
// brings is there at once.
func TestEveryAnswerNamesWhoMadeTheContent(t *testing.T) {
	var db *store.Store
	s := newServer(t, nil, func(c *server.Config) { db = c.Store })
	addresses := []string{
		"/api", "/api/collections/stops", "/api/collections/stops/items?limit=1", "/tiles/stops.json", "/api/collections/stops/download.geojson",
	}
	hold := func(want string) {
		t.Helper()
		for _, address := range addresses {
			if got := decoded[struct{ Attribution string }](t, get(t, s, address)).Attribution; got != want {
				t.Errorf("%s names %q, want %q", address, got, want)
			}
		}
		for _, c := range decoded[struct {
			Collections []struct{ Attribution string }
		}](t, get(t, s, "/api/collections")).Collections {
			if c.Attribution != want {
				t.Errorf("a collection names %q, want %q", c.Attribution, want)
			}
		}
	}
	const data = "; Natural Earth; GeoNames (CC BY 4.0); ECharts (Apache-2.0)"
	hold("Corridor contributors" + data)
	before := get(t, s, "/api").Header.Get("ETag")
	if _, err := db.SavePack(t.Context(), otherPack(`The "others"`, "CC0-1.0"), nil); err != nil {
		t.Fatal(err)
	}
	hold(`Corridor contributors; The "others"` + data)
	type file struct {
		Attribution string
		Licences    []string
	}
	of := func(address string) file { return decoded[file](t, get(t, s, address)) }
	if got := of("/api/routes/yunnan/download.geojson"); got.Attribution != "Corridor contributors"+data || !slices.Equal(got.Licences, []string{"CC-BY-4.0"}) {
		t.Errorf("a route's file names who made another pack: %+v", got)
	}
	if got := of("/api/collections/stops/download.geojson"); !slices.Equal(got.Licences, []string{"CC-BY-4.0", "CC0-1.0"}) {
		t.Errorf("a file of all has the licences %v", got.Licences)
	}
	if after := get(t, s, "/api", "If-None-Match", before); after.StatusCode != http.StatusOK {
		t.Errorf("who has the former page is answered %s", after.Status)
	}
}

func otherPack(attribution, licence string) routes.Pack {
	return routes.Pack{About: routes.About{
		ID: "other", Title: routes.Text{"en": "Other"}, Licence: licence, Attribution: attribution, Languages: []routes.Language{{Code: "en"}},
	}}
}

// The licence that the API speaks of is that of the data: links lead to each, and the description does not name the program's.
func TestLicencesAreThoseOfTheData(t *testing.T) {
	var db *store.Store
	s := newServer(t, nil, func(c *server.Config) { db = c.Store })
	const by, zero = "https://creativecommons.org/licenses/by/4.0/", "https://spdx.org/licenses/CC0-1.0.html"
	hold := func(name string, want ...string) {
		t.Helper()
		for _, address := range []string{"/api", "/api/collections/legs"} {
			var got []string
			for _, l := range linksIn(decoded[any](t, get(t, s, address))) {
				if l.Rel == "license" {
					got = append(got, l.Href)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s leads to %v, want %v", address, got, want)
			}
		}
		info := decoded[struct {
			Info struct {
				Description string
				License     struct{ Name, URL string }
			}
		}](t, get(t, s, "/api/openapi.json")).Info
		if info.License.Name != name || !strings.Contains(info.Description, "Licence of the content: "+name) || info.License.URL != "" && info.License.URL != want[0] {
			t.Errorf("the description says %+v", info)
		}
	}
	hold("CC-BY-4.0", by)
	if _, err := db.SavePack(t.Context(), otherPack("Others", "CC0-1.0"), nil); err != nil {
		t.Fatal(err)
	}
	hold("CC-BY-4.0, CC0-1.0", by, zero)
}

// Rights that are reserved, terms of one's own, and what an older database has for a licence, have no text to lead to.
func TestALicenceWithoutAPageLeadsNowhere(t *testing.T) {
	for _, licence := range []string{"All rights reserved", "LicenseRef-Example", "javascript:alert(1)"} {
		s := newServer(t, func(p *routes.Pack) { p.About.Licence = licence }, func(*server.Config) {})
		for _, address := range []string{"/api", "/api?f=html", "/api/collections/stops", "/api/openapi.json", "/routes/yunnan"} {
			body := get(t, s, address).body
			if strings.Contains(body, "spdx.org") || strings.Contains(body, `"license":"`) || strings.Contains(body, `href="`+licence) || strings.Contains(body, `"rel":"license"`) {
				t.Errorf("%s leads to %q", address, licence)
			}
			if address != "/api" && address != "/api/collections/stops" && !strings.Contains(body, licence) {
				t.Errorf("%s does not say %q", address, licence)
			}
		}
		if !strings.Contains(get(t, s, "/routes/yunnan").body, `"copyrightNotice":"`+licence+`"`) {
			t.Errorf("the page's data do not say %q", licence)
		}
	}
}

// What the JSON of an answer links to, its page for people links to as well.
func TestPagesHaveTheLinksOfTheirJSON(t *testing.T) {
	s := realServer(t)
	plain := func(address string) string {
		u, err := url.Parse(strings.ReplaceAll(strings.TrimPrefix(address, baseURL), "&amp;", "&"))
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		q.Del("f")
		q.Del("lang")
		u.RawQuery = q.Encode()
		return u.String()
	}
	for _, address := range []string{
		"/api", "/api/conformance", "/api/collections", "/api/collections/sites", "/api/collections/stops/items?limit=2",
		"/api/collections/movements/items?route=yunnan", "/api/collections/stops/items/yunnan.bangkok",
	} {
		var there []string
		for _, found := range anyLink.FindAllStringSubmatch(get(t, s, address, "Accept", "text/html").body, -1) {
			target := found[1]
			if strings.HasPrefix(target, "?") {
				target, _, _ = strings.Cut(address, "?")
				target += found[1]
			}
			there = append(there, plain(target))
		}
		for _, l := range linksIn(decoded[any](t, get(t, s, address))) {
			if !slices.Contains(there, plain(l.Href)) {
				t.Errorf("the page of %s does not lead to %s (%s)", address, l.Href, l.Rel)
			}
		}
	}
}

var anyLink = regexp.MustCompile(`<a [^>]*href="([^"#]*)"`)

// A reader of what is told of a route is led to the list of the sources that its citations name.
func TestCitationsLeadToTheirSources(t *testing.T) {
	s := realServer(t)
	place := ids(t, s, "/api/collections/places/items?limit=1000")[0]
	for address, want := range map[string]string{
		"/api/collections/legs/items?route=yunnan&limit=1": "/api/routes/yunnan", "/api/collections/stops/items/yunnan.bangkok": "/api/routes/yunnan",
		"/api/collections/legs/items?route=none": "", "/api/collections/places/items/" + place: "",
	} {
		led := ""
		for _, l := range linksIn(decoded[any](t, get(t, s, address))) {
			if l.Rel == "describedby" {
				led = strings.TrimPrefix(l.Href, baseURL)
			}
		}
		if led != want {
			t.Errorf("%s leads to %q, want %q", address, led, want)
		}
		if want == "" {
			continue
		}
		sources := decoded[struct{ Sources []struct{ ID string } }](t, get(t, s, led)).Sources
		if len(sources) != 1 || sources[0].ID != "08BEIJING4697" {
			t.Errorf("%s lists the sources %v", led, sources)
		}
	}
}
