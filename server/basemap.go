package server

import (
	"encoding/json"
	"errors"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"corridor/geo/basemap"
	"corridor/store/tiles"
)

// tileJSON is what TileJSON 3.0 says of a set of tiles.
type tileJSON struct {
	TileJSON     string          `json:"tilejson"`
	Name         string          `json:"name,omitempty"`
	Description  string          `json:"description,omitempty"`
	Attribution  string          `json:"attribution,omitempty"`
	Version      string          `json:"version,omitempty"`
	Scheme       string          `json:"scheme"`
	Tiles        []string        `json:"tiles"`
	MinZoom      int             `json:"minzoom"`
	MaxZoom      int             `json:"maxzoom"`
	Bounds       [4]float64      `json:"bounds"`
	VectorLayers json.RawMessage `json:"vector_layers,omitempty"`
}

// basemapInfo answers the basemap's TileJSON.
func (s *Server) basemapInfo(w http.ResponseWriter, r *http.Request) error {
	about := s.Basemap.Info()
	if s.unchanged(w, r, about.Version) {
		return nil
	}
	body, err := json.Marshal(tileJSON{
		TileJSON: "3.0.0", Name: about.Name, Description: about.Description, Attribution: about.Attribution,
		Version: "1.0.0", Scheme: "xyz", Tiles: []string{s.BaseURL + s.basemapAddress()},
		MinZoom: about.MinZoom, MaxZoom: about.MaxZoom, Bounds: about.Bounds, VectorLayers: about.VectorLayers,
	})
	if err != nil {
		return err
	}
	return writeBody(w, "application/json", body)
}

// basemapAddress is the path of a tile of this version, with {z}, {x} and {y} in it.
func (s *Server) basemapAddress() string {
	about := s.Basemap.Info()
	return "/tiles/basemap/{z}/{x}/{y}." + string(about.Format) + "?v=" + url.QueryEscape(about.Version)
}

// clientBasemap says where the page at an address finds the basemap.
func (s *Server) clientBasemap(page string) ClientBasemap {
	about := s.Basemap.Info()
	b := ClientBasemap{
		Tiles: s.addresses.from(page, s.basemapAddress()), Vector: about.Format == tiles.MVT, MinZoom: about.MinZoom, MaxZoom: about.MaxZoom,
	}
	if s.boxes != nil {
		b.Boxes, b.MaxZoom = s.boxes, about.MinZoom+len(s.boxes)-1
	}
	return b
}

// basemapAttribution is the attribution of a basemap that the operator has brought, as plain text. That of the build every page
// names in its own language.
func (s *Server) basemapAttribution() string {
	said := s.Basemap.Info().Attribution
	if said == basemap.Attribution {
		return ""
	}
	return html.UnescapeString(s.renderer.bare.Sanitize(said))
}

// fixedHeaders are values of headers that the answers of files and tiles share; nobody changes them.
type fixedHeaders struct {
	kept, asked, any, gzip, vary, nosniff, crossOrigin, exposed, contentType []string
	// plainTag and packedTag are the ETags of tiles that are sent plain and compressed.
	plainTag, packedTag []string
	// query is the query of the addresses that may be kept for ever.
	query string
}

func newFixedHeaders(about tiles.Info) fixedHeaders {
	return fixedHeaders{
		kept: []string{keptForEver}, asked: []string{askedAgain},
		any: []string{"*"}, gzip: []string{"gzip"}, vary: []string{"Accept-Encoding"}, nosniff: []string{"nosniff"},
		crossOrigin: []string{"cross-origin"}, exposed: []string{"ETag"}, contentType: []string{about.Format.ContentType()},
		plainTag: []string{`"` + about.Version + `"`}, packedTag: []string{`"` + about.Version + gzipSuffix + `"`},
		query: "v=" + url.QueryEscape(about.Version),
	}
}

// tilesFirst answers the tiles that are asked for and are there before the table of URLs is looked through: a view of the
// map asks for a dozen at once, and none needs a header that is for pages. Everything else is left to the table.
func (s *Server) tilesFirst(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			if at, ok := tileOf(r.URL.Path, "/tiles/basemap/", s.Basemap.Info().Format); ok {
				if tile, err := s.Basemap.Tile(r.Context(), at.z, at.x, at.y); err == nil && s.sendTile(w, r, tile) == nil {
					return
				}
			} else if s.keptTile(w, r) {
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// basemapTile answers one tile, or why there is none.
func (s *Server) basemapTile(w http.ResponseWriter, r *http.Request) error {
	at, ok := tileOf(r.URL.Path, "/tiles/basemap/", s.Basemap.Info().Format)
	if !ok {
		return tiles.ErrOutOfRange
	}
	tile, err := s.Basemap.Tile(r.Context(), at.z, at.x, at.y)
	if errors.Is(err, tiles.ErrEmpty) {
		s.keepTile(w.Header(), r)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	if err != nil {
		return err
	}
	return s.sendTile(w, r, tile)
}

// keepTile says how long an answer may be kept. An address with the archive's version may be kept for ever; without it, or
// with that of another archive, it is asked for again.
func (s *Server) keepTile(h http.Header, r *http.Request) {
	t := &s.fixedHeaders
	h["X-Content-Type-Options"], h["Access-Control-Allow-Origin"] = t.nosniff, t.any
	h["Cross-Origin-Resource-Policy"], h["Access-Control-Expose-Headers"] = t.crossOrigin, t.exposed
	if h["Cache-Control"] = t.asked; r.URL.RawQuery == t.query {
		h["Cache-Control"] = t.kept
	}
}

// sendTile sends a tile compressed as it is stored, where the reader takes that. The error means that nothing was sent.
func (s *Server) sendTile(w http.ResponseWriter, r *http.Request, tile tiles.Tile) error {
	t, h := &s.fixedHeaders, w.Header()
	tag, body, encoding := t.plainTag, tile.Data, []string(nil)
	if tile.Gzipped {
		if accepts(r, "gzip") {
			tag, encoding = t.packedTag, t.gzip
		} else {
			var err error
			if body, err = tiles.Unzip(tile.Data); err != nil {
				return err
			}
		}
	}
	s.keepTile(h, r)
	h["Vary"], h["Etag"] = t.vary, tag
	if strings.Contains(r.Header.Get("If-None-Match"), tag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if encoding != nil {
		h["Content-Encoding"] = encoding
	}
	h["Content-Type"] = t.contentType
	h["Content-Length"] = []string{strconv.Itoa(len(body))} // else what is longer than a buffer goes out in chunks
	_, _ = w.Write(body)                                    // the reader is gone; nobody is left to tell
	return nil
}

// tileAddress is a tile's zoom, column and row, counted from the north-west.
type tileAddress struct{ z, x, y int }

// tileOf reads which tile a path that begins with a prefix means. What is written in another way than the one is not there.
func tileOf(path, prefix string, format tiles.Format) (at tileAddress, ok bool) {
	path, ok = strings.CutPrefix(path, prefix)
	if !ok {
		return at, false
	}
	z, path, _ := strings.Cut(path, "/")
	x, path, _ := strings.Cut(path, "/")
	y, extension, _ := strings.Cut(path, ".")
	if extension != string(format) {
		return at, false
	}
	var zOK, xOK, yOK bool
	at.z, zOK = plainNumber(z)
	at.x, xOK = plainNumber(x)
	at.y, yOK = plainNumber(y)
	return at, zOK && xOK && yOK
}

// plainNumber reads a number without a sign and without zeros before it.
func plainNumber(text string) (int, bool) {
	if text == "" || text[0] < '0' || text[0] > '9' || text[0] == '0' && len(text) > 1 {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
