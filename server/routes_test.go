package server_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"corridor/routes"
	"corridor/server"
	"corridor/static"
)

// copies is how many routes a test has more than the first pack: more than one sitemap takes.
const copies = 1500

// manyRoutes serves the first pack with its route told again under other ids.
func manyRoutes(t *testing.T) *server.Server {
	t.Helper()
	return serverOf(t, func(p *routes.Pack) {
		for i := range copies {
			again := p.Routes[0]
			again.ID = fmt.Sprintf("copy-%04d", i)
			p.Routes = append(p.Routes, again)
		}
	})
}

// The pages of the list of routes give each route once.
func TestTheListOfRoutesHasPages(t *testing.T) {
	s := manyRoutes(t)
	type list struct {
		Routes []struct{ ID string }
		Links  []linked
	}
	var ids []string
	for path, pages := "/api/routes?limit=700", 1; path != ""; pages++ {
		page := decoded[list](t, get(t, s, path))
		if len(page.Routes) == 0 || len(page.Routes) > 700 || pages > 3 {
			t.Fatalf("page %d has %d routes", pages, len(page.Routes))
		}
		for _, r := range page.Routes {
			ids = append(ids, r.ID)
		}
		path = ""
		for _, l := range page.Links {
			if l.Rel == "next" {
				path = strings.TrimPrefix(l.Href, baseURL)
			}
		}
	}
	if len(ids) != copies+1 || !slices.IsSorted(ids) || len(slices.Compact(ids)) != copies+1 {
		t.Errorf("%d routes, want %d, each once", len(ids), copies+1)
	}
	if first := decoded[list](t, get(t, s, "/api/routes")); len(first.Routes) != 100 {
		t.Errorf("a page without a limit has %d routes", len(first.Routes))
	}
}

type sitemapFile struct {
	XMLName xml.Name
	Parts   []string `xml:"sitemap>loc"`
	URLs    []string `xml:"url>loc"`
}

// More pages than a sitemap may have are in parts, which have each page once.
func TestALargeSitemapHasParts(t *testing.T) {
	s := manyRoutes(t)
	read := func(path string) sitemapFile {
		t.Helper()
		var m sitemapFile
		a := get(t, s, path)
		if err := xml.Unmarshal([]byte(a.body), &m); err != nil || a.StatusCode != http.StatusOK || len(a.body) > 50<<20 {
			t.Fatalf("%s: %s, %d bytes, %v", path, a.Status, len(a.body), err)
		}
		return m
	}
	index := read("/sitemap.xml")
	if index.XMLName.Local != "sitemapindex" || len(index.Parts) < 2 {
		t.Fatalf("%s with %d parts", index.XMLName.Local, len(index.Parts))
	}
	var all []string
	for _, part := range index.Parts {
		m := read(strings.TrimPrefix(part, baseURL))
		if m.XMLName.Local != "urlset" || len(m.URLs) == 0 || len(m.URLs) > 50_000 {
			t.Errorf("%s is a %s of %d addresses", part, m.XMLName.Local, len(m.URLs))
		}
		all = append(all, m.URLs...)
	}
	languages, err := static.Languages()
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	if want := (copies + 3) * len(languages); len(all) != want || len(slices.Compact(all)) != want {
		t.Errorf("%d addresses, want %d, each once", len(all), want)
	}
	beyond := fmt.Sprintf("/sitemap-%d.xml", len(index.Parts)+1)
	for _, path := range []string{"/sitemap-0.xml", beyond, "/sitemap-x.xml", "/sitemap-01.xml"} {
		if a := get(t, s, path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
	if a := get(t, realServer(t), "/sitemap-1.xml"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a part of a sitemap that is whole: %s", a.Status)
	}
}
