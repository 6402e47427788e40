package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"corridor/routes"
	"corridor/server"
	"corridor/store"
)

const folderURL = "https://maps.example.org/some/path"

// folderLanguages are those of the folders that tests make; one in every language is made by the browser tests.
var folderLanguages = []string{"en", "th", "my"}

// whole is a folder with a second route in it, made once for all tests that only read it.
var whole map[string]server.SiteFile

func wholeSite(t *testing.T) map[string]server.SiteFile {
	t.Helper()
	if whole == nil {
		whole = siteOf(t, folderURL, folderLanguages)
	}
	return whole
}

// siteOf makes the folder of the first pack, with a second route in it.
func siteOf(t *testing.T, base string, languages []string) map[string]server.SiteFile {
	t.Helper()
	return filesOf(t, newServer(t, another, func(c *server.Config) { c.Folder, c.BaseURL, c.Live, c.Languages = true, base, nil, languages }))
}

func filesOf(t *testing.T, s *server.Server) map[string]server.SiteFile {
	t.Helper()
	files, err := s.Site(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// named collects what a page names: addresses in tags and in the data of its script, {placeholders} filled in.
func named(t *testing.T, body []byte) []string {
	t.Helper()
	var out []string
	z := html.NewTokenizer(bytes.NewReader(body))
	for within := ""; ; {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			within = token.Data
			for _, a := range token.Attr {
				switch a.Key {
				case "href", "src", "srcset", "data-map", "data-sheet", "data-kit", "data-notes":
					out = append(out, a.Val)
				case "id":
					if a.Val == "page-data" {
						within = a.Val
					}
				}
			}
		case html.TextToken:
			switch within {
			case "noscript":
				out = append(out, named(t, z.Raw())...)
			case "page-data":
				out = append(out, namedByData(t, z.Raw())...)
			}
			within = ""
		}
	}
}

func namedByData(t *testing.T, raw []byte) []string {
	t.Helper()
	var data struct {
		Addresses struct{ Items, Parts, Route string }
		Embed     *struct {
			Data    string
			Choices struct{ Layered, Light, Dark string }
		}
		Basemap struct {
			Tiles string
			Boxes [][4]int
		}
	}
	if err := json.Unmarshal(raw, &data); err != nil {
		t.Fatal(err)
	}
	out := []string{
		strings.NewReplacer("{pack}", "mekong", "{place}", "interior-provinces").Replace(data.Addresses.Parts), strings.Replace(data.Addresses.Route, "{route}", "yunnan", 1),
		strings.NewReplacer("{z}", "0", "{x}", "0", "{y}", "0").Replace(data.Basemap.Tiles),
	}
	for _, c := range []string{"stops", "legs", "movements", "sites"} {
		out = append(out, strings.Replace(data.Addresses.Items, "{collection}", c, 1))
	}
	if data.Embed != nil {
		out = append(out, data.Embed.Data, data.Embed.Choices.Light, data.Embed.Choices.Dark)
		for _, layers := range []string{"movements", "sites", "movements-sites"} {
			out = append(out, strings.Replace(data.Embed.Choices.Layered, "{layers}", layers, 1))
		}
	}
	return out
}

func TestFolderHasEverythingThatItNames(t *testing.T) {
	files := wholeSite(t)
	checked := 0
	for name, file := range files {
		var list []string
		switch {
		case path.Ext(name) == ".html" && !strings.HasPrefix(name, "routes/"):
			list = named(t, file.Body)
			for _, absolute := range regexp.MustCompile(regexp.QuoteMeta(folderURL)+`(/[^"&?#<\s]*)`).FindAllSubmatch(file.Body, -1) {
				if _, ok := files[string(absolute[1][1:])]; !ok {
					t.Errorf("%s: its public address %s is no file", name, absolute[1])
				}
			}
		case path.Ext(name) == ".css":
			for _, found := range regexp.MustCompile(`url\("?([^")]+)"?\)`).FindAllSubmatch(file.Body, -1) {
				list = append(list, string(found[1]))
			}
		}
		for _, address := range list {
			if u, err := url.Parse(address); err != nil || u.Scheme != "" || u.Path == "" {
				continue
			} else if _, ok := files[path.Join(path.Dir(name), u.Path)]; !ok || strings.HasPrefix(u.Path, "/") {
				t.Errorf("%s names %s, which is no file", name, address)
			}
			checked++
		}
	}
	if checked < 600 {
		t.Errorf("only %d addresses were found", checked)
	}
}

func TestFolderHasEveryPageAndNothingOfAServer(t *testing.T) {
	files := wholeSite(t)
	for _, lang := range folderLanguages {
		for _, name := range []string{
			"index.html", "privacy.html", "guide.html", "routes/yunnan.html", "routes/other.html", "embed/yunnan.html", "embed/all.html",
			"routes/yunnan.1200.png", "routes/yunnan.svg", "routes/yunnan.pdf", "routes/yunnan/yunnan/present.html", "routes/yunnan/yunnan/handout.trainer.letter.pdf",
			"routes/yunnan/yunnan/handout.short.html", "routes/yunnan/yunnan/handout.short.a4.pdf",
		} {
			if len(files[lang+"/"+name].Body) == 0 {
				t.Errorf("no %s/%s", lang, name)
			}
		}
		if page := string(files[lang+"/routes/yunnan.html"].Body); !strings.Contains(page, `<html lang="`+lang+`"`) {
			t.Errorf("%s: another language", lang)
		}
	}
	for _, name := range []string{"index.html", "embed.js", "robots.txt", "sitemap.xml", "routes/yunnan/yunnan.html", "data/routes/yunnan.json", "tiles/0/0/0.bin"} {
		if _, ok := files[name]; !ok {
			t.Errorf("no %s", name)
		}
	}
	for name, file := range files {
		if path.Ext(name) != ".html" || strings.HasPrefix(name, "routes/") {
			continue
		}
		if found := regexp.MustCompile(`["/](live|oembed|api)[/"?]|/api/geocode|json\+oembed|data-follow|data-find|/search`).Find(file.Body); found != nil {
			t.Errorf("%s has %s", name, found)
		}
		if !regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;self&#39;`).Match(file.Body) {
			t.Errorf("%s has no policy", name)
		}
	}
}

// That the same content gives the same files is asserted by the test of the command.
func TestFolderChangesOnlyWhereTheContentDoes(t *testing.T) {
	first := siteWithTitle(t, "")
	changed := siteWithTitle(t, "Another title in English")
	for name, file := range changed {
		differs := file.Mark != first[name].Mark || file.Mark == "" && !bytes.Equal(file.Body, first[name].Body)
		if lang, _, _ := strings.Cut(name, "/"); differs && slices.Contains([]string{"my", "tiles", "assets"}, lang) {
			t.Errorf("%s is another for a title in English", name)
		}
		if name == "en/routes/yunnan.pdf" && !differs {
			t.Errorf("%s is the same for another title", name)
		}
	}
}

// Two packs may call two places the same: each draws its own parts.
func TestFolderHasThePartsOfEachPack(t *testing.T) {
	files := filesOf(t, newServer(t, func(p *routes.Pack) { p.Lessons = nil }, func(c *server.Config) {
		c.Folder, c.BaseURL, c.Live, c.Languages = true, folderURL, nil, []string{"en"}
		pack, places := firstPack(t)
		pack.About.ID, pack.Routes[0].ID = "other", "other"
		pack.Movements, pack.Sites, pack.Findings, pack.Lessons = nil, nil, nil, nil
		places["interior-provinces"] = places["yunnan-prefectures"]
		if _, err := c.Store.SavePack(t.Context(), pack, routes.Compile(pack, places)); err != nil {
			t.Fatal(err)
		}
	}))
	for pack, parts := range map[string]int{"mekong": 30, "other": 16} {
		name := "data/en/places." + pack + ".interior-provinces.json"
		var c collection
		if err := json.Unmarshal(files[name].Body, &c); err != nil || len(c.Features) != parts {
			t.Errorf("%s has %d parts, want %d, %v", name, len(c.Features), parts, err)
		}
		for _, f := range c.Features {
			if f.Properties["pack"] != pack {
				t.Errorf("%s has %s of the pack %v", name, f.ID, f.Properties["pack"])
			}
		}
	}
}

// Who leaves a language out of a folder, such as a draft that nobody has read, has left it out of lessons and data too, but for the
// document of a route, which is as it was written.
func TestFolderHasNoOtherLanguages(t *testing.T) {
	pack, _ := firstPack(t)
	route, lesson, source := pack.Routes[0], pack.Lessons[0], pack.Sources[0]
	for name, text := range map[string]routes.Text{
		"the route's title": route.Title, "its summary": route.Summary, "the lesson's title": lesson.Title, "what a step says": lesson.Steps[1].Narration,
		"a stop's text": route.Stops[0].Text, "what a source is": source.Nature,
	} {
		left, kept := text["zh-Hans"], text["my"]
		if left == "" || kept == "" {
			t.Fatalf("%s is not in all languages", name)
		}
		found := false
		for file, f := range wholeSite(t) {
			if bytes.Contains(f.Body, []byte(left)) && path.Dir(file) != "data/routes" {
				t.Errorf("%s is in Chinese in %s", name, file)
			}
			found = found || bytes.Contains(f.Body, []byte(kept))
		}
		if !found {
			t.Errorf("%s is nowhere in Burmese", name)
		}
	}
}

// siteWithTitle makes the folder of the first pack with another title in English, if one is given.
func siteWithTitle(t *testing.T, title string) map[string]server.SiteFile {
	t.Helper()
	return filesOf(t, newServer(t, func(p *routes.Pack) {
		if title != "" {
			p.Routes[0].Title = maps.Clone(p.Routes[0].Title)
			p.Routes[0].Title["en"] = title
		}
	}, func(c *server.Config) { c.Folder, c.BaseURL, c.Languages = true, folderURL, []string{"en", "my"} }))
}

func TestFolderWithoutAPublicAddressNamesNone(t *testing.T) {
	files := siteOf(t, "", []string{"my", "th"})
	if _, ok := files["sitemap.xml"]; ok {
		t.Error("a sitemap without addresses")
	}
	page := string(files["my/routes/yunnan.html"].Body)
	for _, never := range []string{`rel="canonical"`, "og:url", "og:image", "ld+json", "data-share-link", "qr.svg", "localhost", "src=\"\"", `href=""`} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %s", never)
		}
	}
	if !strings.Contains(page, `<link rel="alternate" hreflang="th" href="../../th/routes/yunnan.html">`) {
		t.Error("the page does not name itself in Thai")
	}
	if embed := string(files["my/embed/yunnan.html"].Body); !strings.Contains(embed, `href="../routes/yunnan.html"`) {
		t.Error("the embed does not lead to the route")
	}
}

// Whoever stops the making is told that, and not of the answer that came to nothing for it.
func TestASiteThatIsInterruptedBlamesNobody(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var asked func()
	s := serverWith(t, func(c *server.Config) {
		c.Folder, c.BaseURL, c.Live, c.Languages = true, "", nil, []string{"en"}
		now := c.Now
		c.Now = func() time.Time { // in the middle of an answer
			if asked != nil {
				asked()
			}
			return now()
		}
	})
	told := 0
	_, err := s.Site(ctx, func(done, known int) {
		if told++; done != told || known < done {
			t.Errorf("after %d: %d of %d are done", told, done, known)
		}
		asked = stop
	})
	if !errors.Is(err, context.Canceled) || told == 0 {
		t.Errorf("%v, after %d", err, told)
	}
}

func TestFolderIsOnlyMadeByAServerForOne(t *testing.T) {
	if _, err := serverOf(t, nil).Site(context.Background(), nil); !errors.Is(err, server.ErrNoFolder) {
		t.Error(err)
	}
}

// What is imported while the site is made is in all of it, or a page would tell what the data beside it no longer do.
func TestASiteIsOfOneStateOfTheContent(t *testing.T) {
	with := func(title string) func(*routes.Pack) {
		return func(p *routes.Pack) {
			p.Lessons = nil // their papers take long
			p.Routes[0].Stops[0].Title = routes.Text{"en": title}
		}
	}
	var db *store.Store
	s := newServer(t, with("The former title"), func(c *server.Config) {
		c.Folder, c.BaseURL, c.Live, c.Languages, db = true, "", nil, []string{"en"}, c.Store
	})
	told := 0
	files, err := s.Site(t.Context(), func(_, _ int) {
		if told++; told > 1 {
			return
		}
		pack, places := firstPack(t)
		with("The later title")(&pack)
		if _, err := db.SavePack(t.Context(), pack, routes.Compile(pack, places)); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	later := 0
	for name, file := range files {
		if bytes.Contains(file.Body, []byte("The former title")) {
			t.Errorf("%s tells what was there before the import", name)
		}
		if bytes.Contains(file.Body, []byte("The later title")) {
			later++
		}
	}
	if later < 10 {
		t.Errorf("only %d files tell what was imported", later)
	}
}
