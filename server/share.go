package server

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"corridor/download"
	"corridor/draw"
	"corridor/routes"
	"corridor/store"
)

// ShareView is what a route's page offers to those who pass it on.
type ShareView struct {
	// Link is the page's address, Frame the line that embeds it, Script the line that lets frames grow; all to be copied. They
	// are empty, as is the Code's address, where the public address is not known.
	Link, Frame, Script, OEmbed string
	// Pictures are the route's still pictures to be saved.
	Pictures []ShareFile
	// Data are the files of all that is told of the route.
	Data []LinkView
	// Code is the picture of the QR code of the link.
	Code SizedPicture
	// Options are the parameters of an embed's address; their texts are of the keys "share.option." and the name.
	Options []ShareOption
}

// ShareFile is a file to be saved; its text is of the key "share.file." and the kind.
type ShareFile struct{ Kind, URL string }

// ShareOption is a parameter and the values that it takes.
type ShareOption struct{ Name, Values string }

// frameSize lets a frame be as wide as its page has room and gives the map a height to be read in, no higher than the window. Where a
// site takes styles out, or its policy forbids them, the numbers hold: without them a frame is 300 by 150 pixels.
const frameSize = `width="800" height="640" style="width:100%;height:auto;aspect-ratio:5/4;min-height:40rem;max-height:90vh;border:0"`

// share gives what a route's page offers to those who pass it on.
func (s *Server) share(id, lang, stop, title string, f *FoundView) *ShareView {
	at := "/routes/" + id
	file := func(kind, extension string, pairs ...string) ShareFile {
		return ShareFile{kind, at + "." + extension + query(append([]string{"lang", lang}, pairs...)...)}
	}
	const codeSide = 232 // pixels
	v := &ShareView{
		OEmbed: f.OEmbedJSON, Data: routeFile(id, lang).files(nil, lang),
		Pictures: []ShareFile{
			file("png", "png", "width", strconv.Itoa(draw.SocialWidth)), file("svg", "svg"), file("pdf", "pdf"),
			file("print", "pdf", "theme", string(draw.Print)), file("empty", "pdf", "empty", "true", "theme", string(draw.Print)),
		},
		Options: []ShareOption{
			{"lang", strings.Join(s.tags, ", ")},
			{"stop", stop},
			{"theme", "auto, light, dark"},
			{"layers", "movements,sites"},
			{"controls", "on, off"},
			{"scroll", "page, map"},
		},
	}
	if s.Folder {
		v.Options = v.Options[1:]                                                                           // each language is a file of its own
		v.Data = slices.DeleteFunc(v.Data, func(l LinkView) bool { return l.Title == download.Seq.Name() }) // the same as GeoJSON
	}
	if v.Link = s.absolute(routeAddress(id, lang, stop)); v.Link != "" {
		v.Frame = frameCode(s.absolute(embedAddress(id, lang, stop)), title, frameSize)
		v.Script = `<script src="` + s.absolute("/embed.js") + `" async></script>`
		v.Code = SizedPicture{at + "/qr.svg" + query("lang", lang, "stop", stop), codeSide, codeSide}
	}
	return v
}

// code answers the QR code of a route's page.
func (s *Server) code(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if err := onlyParams(q, "lang", "stop"); err != nil {
		return err
	}
	lang, err := s.pageLanguage(r)
	if err != nil {
		return err
	}
	id := chi.URLParam(r, "id")
	return s.Store.View(r.Context(), func(v *store.View) error {
		pack, err := v.Route(r.Context(), id)
		if err != nil {
			return err
		}
		if err := hasStop(pack.Routes[0], q.Get("stop")); err != nil {
			return err
		}
		if s.pageUnchanged(w, r, v.Version, lang) {
			return nil
		}
		body, err := qrSVG(s.absolute(routeAddress(id, lang, q.Get("stop"))))
		if err != nil {
			return err
		}
		return writeBody(w, draw.SVG.ContentType(), body)
	})
}

// resizer answers the small script that lets frames grow with their text; pages of others load it by an address that stays.
func (s *Server) resizer(w http.ResponseWriter, r *http.Request) error {
	body, err := assetBody(s.assets.Scripts["resize"])
	if err != nil {
		return err
	}
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	if s.unchanged(w, r, "resize") {
		return nil
	}
	return writeBody(w, "text/javascript; charset=utf-8", body)
}

// stopOf is the stop that a page's address names; empty where it names none that the route has.
func stopOf(route routes.Route, r *http.Request) string {
	stop := r.URL.Query().Get("stop")
	if hasStop(route, stop) != nil {
		return ""
	}
	return stop
}
