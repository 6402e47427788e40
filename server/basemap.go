package server

import (
	"encoding/json"
	"errors"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

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

func (s *Server) clientBasemap() ClientBasemap {
	about := s.Basemap.Info()
	return ClientBasemap{
		Tiles: s.basemapAddress(), Vector: about.Format == tiles.MVT, MinZoom: about.MinZoom, MaxZoom: about.MaxZoom,
	}
}

// ownAttribution is that of the basemap of the build, which every page names in its own language.
const ownAttribution = "Natural Earth, GeoNames (CC BY 4.0)"

// basemapAttribution is the attribution of a basemap that the operator has brought, as plain text.
func (s *Server) basemapAttribution() string {
	said := s.Basemap.Info().Attribution
	if said == ownAttribution {
		return ""
	}
	return html.UnescapeString(s.renderer.bare.Sanitize(said))
}

// basemapTile answers one tile, compressed as it is stored where the reader takes that. An address with the archive's
// version may be kept for ever; without it, or with that of another archive, it is asked for again.
func (s *Server) basemapTile(w http.ResponseWriter, r *http.Request) error {
	about := s.Basemap.Info()
	at, err := tileOf(r, about.Format)
	if err != nil {
		return err
	}
	tile, err := s.Basemap.Tile(r.Context(), at.z, at.x, at.y)
	if err != nil && !errors.Is(err, tiles.ErrEmpty) {
		return err
	}
	h := w.Header()
	if r.URL.RawQuery == "v="+about.Version {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	if errors.Is(err, tiles.ErrEmpty) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	h.Set("Vary", "Accept-Encoding")
	tag, body := about.Version, tile.Data
	if tile.Gzipped {
		if accepts(r, "gzip") {
			h.Set("Content-Encoding", "gzip")
			tag += gzipSuffix
		} else if body, err = tiles.Unzip(tile.Data); err != nil {
			return err
		}
	}
	tag = `"` + tag + `"`
	h.Set("ETag", tag)
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Length", strconv.Itoa(len(body))) // else what is longer than a buffer goes out in chunks
	return writeBody(w, about.Format.ContentType(), body)
}

// tileAddress is a tile's zoom, column and row, counted from the north-west.
type tileAddress struct{ z, x, y int }

// tileOf reads which tile is meant. What is written in another way than the one is not there.
func tileOf(r *http.Request, format tiles.Format) (at tileAddress, err error) {
	row, ok := strings.CutSuffix(chi.URLParam(r, "file"), "."+string(format))
	if !ok {
		return at, tiles.ErrOutOfRange
	}
	for into, text := range map[*int]string{&at.z: chi.URLParam(r, "z"), &at.x: chi.URLParam(r, "x"), &at.y: row} {
		if *into, err = strconv.Atoi(text); err != nil || strconv.Itoa(*into) != text {
			return at, tiles.ErrOutOfRange
		}
	}
	return at, nil
}
