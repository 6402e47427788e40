package server

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"corridor/draw"
	"corridor/routes"
	"corridor/store"
)

// FoundView is what a page tells those who find it, preview it or embed it.
type FoundView struct {
	// Canonical is the page's own address in its language, Default the one where the reader's browser chooses; both are empty
	// where the public address is not known.
	Canonical, Default string
	// OEmbed are the addresses at which consumers of oEmbed ask about the page; empty for pages that are not embedded.
	OEmbedJSON, OEmbedXML string
	// Image is the picture that other sites show of the page; its URL is empty where there is none.
	Image SizedPicture
	// ImageAlt is what the picture says.
	ImageAlt string
	// Data is the page as linked data, written as JSON-LD; nil for pages without.
	Data any
}

// found says of a page what its address tells already.
func (s *Server) found(r *http.Request, lang string) *FoundView {
	at := r.URL.EscapedPath()
	return &FoundView{Canonical: s.absolute(at + query("lang", lang)), Default: s.absolute(at)}
}

// foundRoute says of a route's page what those who find it want to know.
func (s *Server) foundRoute(page *Page) {
	v, f := page.Route, page.Found
	f.Image, f.ImageAlt = v.Picture.Social, v.Picture.Alt
	if s.Folder && f.Canonical == "" {
		return // linked data is about addresses
	}
	f.Data = s.linkedRoute(page)
	if s.Folder {
		return // nobody answers a consumer of oEmbed
	}
	f.OEmbedJSON = s.absolute("/oembed" + query("url", f.Canonical, "format", "json"))
	f.OEmbedXML = s.absolute("/oembed" + query("url", f.Canonical, "format", "xml"))
}

// foundHome shows the first route's picture for the list of all.
func (s *Server) foundHome(page *Page) {
	if len(page.Home.Routes) == 0 {
		return
	}
	first := page.Home.Routes[0]
	w, h := draw.Size(draw.SocialWidth)
	page.Found.Image = SizedPicture{s.absolute("/routes/" + first.ID + ".png" + query("lang", page.Lang, "width", "1200")), w, h}
	page.Found.ImageAlt = first.Title.Plain
}

// linked is a thing of schema.org.
type linked map[string]any

// linkedRoute writes a route in the terms of schema.org: the article that tells it, and the data behind it. Nothing stands
// there that the page does not say.
func (s *Server) linkedRoute(page *Page) linked {
	v, f := page.Route, page.Found
	var citations []linked
	for _, src := range v.Sources {
		work := linked{"@type": "CreativeWork", "name": src.Title, "identifier": src.ID}
		if src.Author.Plain != "" {
			work["author"] = linked{"@type": "Organization", "name": src.Author.Plain}
		}
		if src.Created != "" {
			work["dateCreated"] = src.Created
		}
		if src.URL != "" {
			work["url"] = src.URL
		}
		citations = append(citations, work)
	}
	var places []linked
	for _, stop := range v.Stops {
		places = append(places, linked{"@type": "Place", "name": stop.Title.Plain})
	}
	shared := func(kind string) linked {
		work := linked{
			"@type": kind, "name": v.Title.Plain, "description": v.Summary.Plain, "inLanguage": v.Title.Lang,
			"creditText": v.Attribution, "about": linked{"@type": "Thing", "name": page.T("found.about")}, "citation": citations,
			"temporalCoverage": strconv.Itoa(v.Claim.AsOf), "isAccessibleForFree": true,
		}
		if address := routes.LicenceAddress(v.Licence); address != "" {
			work["license"] = address
		} else {
			work["copyrightNotice"] = v.Licence
		}
		return work
	}
	article, data := shared("Article"), shared("Dataset")
	article["@id"], article["url"], article["headline"] = f.Canonical, f.Canonical, v.Title.Plain
	article["image"] = linked{"@type": "ImageObject", "url": f.Image.URL, "width": f.Image.Width, "height": f.Image.Height, "caption": f.ImageAlt}
	article["isBasedOn"] = linked{"@id": f.Canonical + "#data"}
	data["@id"], data["url"], data["spatialCoverage"] = f.Canonical+"#data", f.Canonical, places
	data["distribution"] = linked{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": s.absolute(v.JSON)}
	return linked{"@context": "https://schema.org", "@graph": []linked{article, data}}
}

// robots answers what crawlers may read: all but what belongs to a session, of which a folder has none.
func (s *Server) robots(w http.ResponseWriter, r *http.Request) error {
	if s.unchanged(w, r, "robots") {
		return nil
	}
	rules := "User-agent: *\nDisallow: /live/\n"
	if s.Folder {
		rules = "User-agent: *\nAllow: /\n"
	}
	if list := s.absolute("/sitemap.xml"); list != "" {
		rules += "\nSitemap: " + list + "\n"
	}
	return writeBody(w, "text/plain; charset=utf-8", []byte(rules))
}

// Limits of a sitemap by its protocol, which would let one be of 50 MB; each is put together in memory.
const (
	mostSitemapURLs  = 50_000
	mostSitemapBytes = 10 << 20
)

// sitemapPaths is how many pages a sitemap has, each in every language.
func (s *Server) sitemapPaths() int {
	const around, longest = 80, 96 // bytes of markup about an address, and of a page's path
	entry := (len(s.tags) + 2) * (len(s.BaseURL) + longest + around)
	return max(1, min(mostSitemapURLs, mostSitemapBytes/entry)/len(s.tags))
}

// sitemapParts is how many parts the sitemap of so many routes has.
func (s *Server) sitemapParts(routes int) int {
	each := s.sitemapPaths()
	return (len(fixedPages()) + routes + each - 1) / each
}

// fixedPages are those that a search engine should know besides the routes'.
func fixedPages() []string { return []string{"/", "/privacy"} }

// sitemapPart is the path of a part of the sitemap, counted from 1.
func sitemapPart(n int) string { return "/sitemap-" + strconv.Itoa(n) + ".xml" }

// sitemap answers every page that a search engine should know, each in every language; where they are too many, the parts that have them.
func (s *Server) sitemap(w http.ResponseWriter, r *http.Request) error {
	return s.Store.View(r.Context(), func(v *store.View) error {
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		count, err := v.CountRoutes(r.Context())
		if err != nil {
			return err
		}
		parts := s.sitemapParts(count)
		if parts == 1 {
			return s.writeSitemap(r.Context(), w, v, 1)
		}
		var b bytes.Buffer
		b.WriteString(xml.Header + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
		for n := range parts {
			fmt.Fprintf(&b, "<sitemap><loc>%s</loc></sitemap>\n", xmlText(s.absolute(sitemapPart(n+1))))
		}
		b.WriteString("</sitemapindex>\n")
		return writeBody(w, "application/xml; charset=utf-8", b.Bytes())
	})
}

// sitemapOfMany answers a part of the sitemap.
func (s *Server) sitemapOfMany(w http.ResponseWriter, r *http.Request) error {
	n, ok := plainNumber(chi.URLParam(r, "part"))
	return s.Store.View(r.Context(), func(v *store.View) error {
		count, err := v.CountRoutes(r.Context())
		if err != nil {
			return err
		}
		parts := s.sitemapParts(count)
		if !ok || n < 1 || n > parts || parts == 1 {
			return errNoResource
		}
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		return s.writeSitemap(r.Context(), w, v, n)
	})
}

// writeSitemap writes a part of the sitemap, counted from 1.
func (s *Server) writeSitemap(ctx context.Context, w http.ResponseWriter, v *store.View, n int) error {
	most, paths := s.sitemapPaths(), []string(nil)
	from := (n-1)*most - len(fixedPages())
	if n == 1 {
		paths = fixedPages()
	}
	ids, err := v.RouteIDs(ctx, max(0, from), most-len(paths))
	if err != nil {
		return err
	}
	for _, id := range ids {
		paths = append(paths, routeAddress(id, "", ""))
	}
	var b bytes.Buffer
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	for _, path := range paths {
		s.sitemapEntries(&b, path)
	}
	b.WriteString("</urlset>\n")
	return writeBody(w, "application/xml; charset=utf-8", b.Bytes())
}

// sitemapEntries writes a page once for each language, with its addresses in the others.
func (s *Server) sitemapEntries(b *bytes.Buffer, at string) {
	var others bytes.Buffer
	alternate := func(lang, address string) {
		fmt.Fprintf(&others, "<xhtml:link rel=\"alternate\" hreflang=\"%s\" href=\"%s\"/>\n", lang, xmlText(address))
	}
	for _, tag := range s.tags {
		alternate(tag, s.absolute(at+query("lang", tag)))
	}
	alternate("x-default", s.absolute(at))
	for _, tag := range s.tags {
		fmt.Fprintf(b, "<url>\n<loc>%s</loc>\n%s</url>\n", xmlText(s.absolute(at+query("lang", tag))), others.String())
	}
}

func xmlText(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return ""
	}
	return b.String()
}
