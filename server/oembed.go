package server

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"corridor/draw"
	"corridor/store"
)

// errFormat is a format of oEmbed that is neither JSON nor XML.
var errFormat = errors.New("there is no such format; ask for json or xml")

// The size of an embed in pixels where the consumer sets no limit, and how long an answer may be kept, in seconds.
const (
	embedWidth  = 800
	embedHeight = 640
	oembedAge   = 24 * 60 * 60
)

// oembedAnswer is an answer of oEmbed 1.0 (oembed.com) of the type rich.
type oembedAnswer struct {
	XMLName         xml.Name `json:"-" xml:"oembed"`
	Version         string   `json:"version" xml:"version"`
	Type            string   `json:"type" xml:"type"`
	Title           string   `json:"title" xml:"title"`
	ProviderName    string   `json:"provider_name" xml:"provider_name"`
	ProviderURL     string   `json:"provider_url" xml:"provider_url"`
	CacheAge        int      `json:"cache_age" xml:"cache_age"`
	ThumbnailURL    string   `json:"thumbnail_url,omitempty" xml:"thumbnail_url,omitempty"`
	ThumbnailWidth  int      `json:"thumbnail_width,omitempty" xml:"thumbnail_width,omitempty"`
	ThumbnailHeight int      `json:"thumbnail_height,omitempty" xml:"thumbnail_height,omitempty"`
	HTML            string   `json:"html" xml:"html"`
	Width           int      `json:"width" xml:"width"`
	Height          int      `json:"height" xml:"height"`
}

// oembedParams are the parameters of a question of oEmbed.
type oembedParams struct {
	// Route, Lang and Stop come from the address asked about; Lang and Stop may be empty.
	Route, Lang, Stop string
	// Options are names and values of an embed's address, which its frame is to have too.
	Options []string
	XML     bool
	// MaxWidth and MaxHeight are in pixels, 0 for no limit.
	MaxWidth, MaxHeight int
}

// parseOEmbed reads a question of oEmbed. The error is [errNoResource] for an address that is none of a route's pages here,
// [errFormat] for a format that there is not, or names the parameter. Nothing is ever fetched.
func (s *Server) parseOEmbed(q url.Values) (oembedParams, error) {
	var p oembedParams
	q = oembedOwn(q)
	if err := onlyParams(q, oembedKnown()...); err != nil {
		return p, err
	}
	switch q.Get("format") {
	case "", "json":
	case "xml":
		p.XML = true
	default:
		return p, errFormat
	}
	for name, into := range map[string]*int{"maxwidth": &p.MaxWidth, "maxheight": &p.MaxHeight} {
		if !q.Has(name) {
			continue
		}
		n, err := strconv.Atoi(q.Get(name))
		if err != nil || n < 1 {
			return p, &paramError{name, "it must be a whole number of pixels from 1"}
		}
		*into = n
	}
	if q.Get("url") == "" {
		return p, &paramError{"url", "it is missing; write the address of a route's page"}
	}
	return p, s.ownAddress(q.Get("url"), &p)
}

// oembedKnown are the parameters that are read here.
func oembedKnown() []string { return []string{"url", "format", "maxwidth", "maxheight"} }

// oembedOwn leaves out what is not read here: consumers add parameters of their own to every question (WordPress dnt, jQuery callback
// and _), whoever the provider is.
func oembedOwn(q url.Values) url.Values {
	q = maps.Clone(q)
	maps.DeleteFunc(q, func(name string, _ []string) bool { return !slices.Contains(oembedKnown(), name) })
	return q
}

var routePath = regexp.MustCompile(`^/(routes|embed)/([a-z0-9-]{1,64})$`)

// ownAddress reads which route an address of a page here means.
func (s *Server) ownAddress(address string, p *oembedParams) error {
	u, err := url.Parse(address)
	base, baseErr := url.Parse(s.BaseURL)
	if err != nil || baseErr != nil || u.User != nil || u.Opaque != "" || u.Scheme != "http" && u.Scheme != "https" ||
		!strings.EqualFold(u.Host, base.Host) || u.RawPath != "" {
		return errNoResource
	}
	found := routePath.FindStringSubmatch(u.Path)
	if found == nil || found[2] == severalRoutes {
		return errNoResource
	}
	q, err := url.ParseQuery(withoutTracking(u.RawQuery))
	if err != nil {
		return errNoResource
	}
	p.Route, p.Stop = found[2], q.Get("stop")
	if found[1] == "embed" {
		if _, err := parseEmbed(p.Route, q); err != nil {
			return errNoResource
		}
		for _, name := range []string{"theme", "layers", "controls", "scroll"} {
			p.Options = append(p.Options, name, q.Get(name))
		}
	}
	p.Lang, err = s.ownLanguage(q.Get("lang"))
	return err
}

// ownLanguage gives the language of ours that an address names, empty where it names none.
func (s *Server) ownLanguage(lang string) (string, error) {
	if lang == "" {
		return "", nil
	}
	tag, err := parseLanguage(lang)
	if err != nil {
		return "", errNoResource
	}
	_, i, _ := s.matcher.Match(tag)
	return s.tags[i], nil
}

// oembed answers what other sites need to embed a route's page.
func (s *Server) oembed(w http.ResponseWriter, r *http.Request) error {
	p, err := s.parseOEmbed(r.URL.Query())
	if err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		pack, err := v.Route(r.Context(), p.Route)
		if err != nil {
			return err
		}
		if hasStop(pack.Routes[0], p.Stop) != nil {
			return errNoResource
		}
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		lang := p.Lang
		if lang == "" {
			lang = s.tags[0]
		}
		return writeOEmbed(w, s.oembedAnswer(p, lang, s.teller(pack, lang).words(pack.Routes[0].Title)), p.XML)
	})
}

func (s *Server) oembedAnswer(p oembedParams, lang string, title Words) oembedAnswer {
	a := oembedAnswer{
		Version: "1.0", Type: "rich", Title: title.Plain, ProviderName: s.strings[lang].Format("site.name"),
		ProviderURL: s.BaseURL + "/", CacheAge: oembedAge, Width: embedWidth, Height: embedHeight,
	}
	if p.MaxWidth > 0 {
		a.Width = min(a.Width, p.MaxWidth)
	}
	if p.MaxHeight > 0 {
		a.Height = min(a.Height, p.MaxHeight)
	}
	a.HTML = frameCode(s.absolute(embedAddress(p.Route, p.Lang, p.Stop, p.Options...)), title.Plain, fmt.Sprintf(`width="%d" height="%d"`, a.Width, a.Height))
	if width, height := thumbnail(p.MaxWidth, p.MaxHeight); width > 0 {
		a.ThumbnailURL = s.absolute("/routes/" + p.Route + ".png" + query("lang", lang, "width", strconv.Itoa(width), "stop", p.Stop))
		a.ThumbnailWidth, a.ThumbnailHeight = width, height
	}
	return a
}

// frameCode is the line that web editors paste. It grants nothing that a frame has not by itself.
func frameCode(address, title, size string) string {
	return fmt.Sprintf(`<iframe src="%s" title="%s" %s loading="lazy" referrerpolicy="no-referrer" allow=""></iframe>`,
		html.EscapeString(address), html.EscapeString(title), size)
}

// thumbnail gives the size in pixels of the largest picture up to 1200×630 that keeps a consumer's limits, 0 for none; where a
// wide one does not fit it is one for narrow screens.
func thumbnail(maxWidth, maxHeight int) (w, h int) {
	fits := func(width int) bool {
		w, h = draw.Size(width)
		return (maxWidth == 0 || w <= maxWidth) && (maxHeight == 0 || h <= maxHeight)
	}
	for width := draw.SocialWidth; width >= draw.MinWidth; width -= 10 {
		if fits(width) {
			return w, h
		}
	}
	return 0, 0
}

func writeOEmbed(w http.ResponseWriter, a oembedAnswer, asXML bool) error {
	if !asXML {
		body, err := json.Marshal(a)
		if err != nil {
			return err
		}
		return writeBody(w, "application/json", append(body, '\n'))
	}
	body, err := xml.Marshal(a)
	if err != nil {
		return err
	}
	return writeBody(w, "text/xml; charset=utf-8", append([]byte(xml.Header), body...))
}
