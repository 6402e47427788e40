package server

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"corridor/routes"
	"corridor/store"
	"corridor/store/tiles"
)

// dataTilePath is the path of a tile of a collection, with {z}, {x} and {y} in it.
func dataTilePath(collection routes.Collection) string {
	return "/tiles/" + string(collection) + "/{z}/{x}/{y}.mvt"
}

// dataTilesInfo answers the TileJSON of a collection's tiles.
func (s *Server) dataTilesInfo(w http.ResponseWriter, r *http.Request) error {
	c, err := collectionOf(r)
	if err != nil {
		return err
	}
	if err := onlyParams(r.URL.Query()); err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		if s.unchanged(w, r, v.Version) {
			return nil
		}
		extent, err := s.extents.of(r.Context(), v, c.id)
		if err != nil {
			return err
		}
		whose, err := s.extents.credit(r.Context(), v)
		if err != nil {
			return err
		}
		about := s.strings[s.tags[0]].Format("data.about." + string(c.id))
		layers, err := json.Marshal([]tiles.VectorLayer{{ID: string(c.id), Description: about, MaxZoom: store.MaxTileZoom, Fields: store.TileFields(c.id)}})
		if err != nil {
			return err
		}
		t := tileJSON{
			TileJSON: "3.0.0", Name: s.strings[s.tags[0]].Format("data.collection." + string(c.id)), Description: about, Attribution: whose.attribution,
			Version: "1.0.0", Scheme: "xyz", Tiles: []string{s.BaseURL + dataTilePath(c.id) + "?v=" + s.edition(v.Version)},
			MaxZoom: store.MaxTileZoom, Bounds: [4]float64{-180, -85.051129, 180, 85.051129}, VectorLayers: layers,
		}
		if b := extent.Bound; b != nil {
			t.Bounds = [4]float64{b.Left(), b.Bottom(), b.Right(), b.Top()}
		}
		body, err := json.Marshal(t)
		if err != nil {
			return err
		}
		return writeBody(w, jsonType, body)
	})
}

// dataTile answers a tile of a collection, or why there is none.
func (s *Server) dataTile(w http.ResponseWriter, r *http.Request) error {
	c, err := collectionOf(r)
	if err != nil {
		return err
	}
	at, ok := tileOf(r.URL.Path, "/tiles/"+string(c.id)+"/", tiles.MVT)
	if !ok || at.z > store.MaxTileZoom || at.x >= 1<<at.z || at.y >= 1<<at.z {
		return tiles.ErrOutOfRange
	}
	if err := onlyParams(r.URL.Query(), "v"); err != nil {
		return err
	}
	var edition string
	if err := s.Store.View(r.Context(), func(v *store.View) error { edition = s.edition(v.Version); return nil }); err != nil {
		return err
	}
	tile, ok := s.dataTiles.get(edition, r.URL.Path, s.Now())
	if !ok {
		if tile, err = s.drawDataTile(r.Context(), c.id, at, r.URL.Path); err != nil {
			return err
		}
	}
	return s.sendDataTile(w, r, tile)
}

// drawDataTile draws a tile, once for all who ask at the same time: one who leaves meanwhile takes it from nobody else.
func (s *Server) drawDataTile(ctx context.Context, c routes.Collection, at tileAddress, path string) (*dataTile, error) {
	ctx = context.WithoutCancel(ctx)
	drawn, err, _ := s.drawing.Do(path, func() (tile any, err error) {
		err = s.Store.View(ctx, func(v *store.View) error {
			data, err := v.FeatureTile(ctx, c, at.z, at.x, at.y)
			if err != nil {
				return err
			}
			made := newDataTile(s.edition(v.Version), data)
			s.dataTiles.put(path, made)
			tile = made
			return nil
		})
		return tile, err
	})
	if err != nil {
		return nil, err
	}
	return drawn.(*dataTile), nil
}

// keptTile answers a tile in memory whose address names the edition of the content that it is of: that needs no look at the
// content, where somebody has just looked.
func (s *Server) keptTile(w http.ResponseWriter, r *http.Request) bool {
	edition, ok := strings.CutPrefix(r.URL.RawQuery, "v=")
	if !ok || !strings.HasPrefix(r.URL.Path, "/tiles/") {
		return false
	}
	tile, ok := s.dataTiles.getUnlooked(edition, r.URL.Path, s.Now())
	return ok && s.sendDataTile(w, r, tile) == nil
}

// sendDataTile sends a tile compressed where the reader takes that. The error means that nothing was sent.
func (s *Server) sendDataTile(w http.ResponseWriter, r *http.Request, t *dataTile) error {
	fixed, h := &s.fixedHeaders, w.Header()
	h["X-Content-Type-Options"], h["Access-Control-Allow-Origin"] = fixed.nosniff, fixed.any
	h["Cross-Origin-Resource-Policy"], h["Access-Control-Expose-Headers"] = fixed.crossOrigin, fixed.exposed
	if h["Cache-Control"] = fixed.asked; len(r.URL.RawQuery) == len(t.query) && r.URL.RawQuery == t.query {
		h["Cache-Control"] = fixed.kept
	}
	if len(t.plain) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	body, tag := t.plain, t.plainTag
	packed := accepts(r, "gzip")
	if packed {
		var err error
		if body, err = t.zipped(); err != nil {
			return err
		}
		tag = t.packedTag
	}
	h["Vary"], h["Etag"] = fixed.vary, tag
	if strings.Contains(r.Header.Get("If-None-Match"), tag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if packed {
		h["Content-Encoding"] = fixed.gzip
	}
	h["Content-Type"] = vectorTile
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	_, _ = w.Write(body) // the reader is gone; nobody is left to tell
	return nil
}

var vectorTile = []string{tiles.MVT.ContentType()}

// dataTile is a tile of one edition of the content.
type dataTile struct {
	edition, query      string
	plain               []byte
	plainTag, packedTag []string
	once                sync.Once
	packed              []byte
	err                 error
}

func newDataTile(edition string, data []byte) *dataTile {
	return &dataTile{
		edition: edition, query: "v=" + edition, plain: data,
		plainTag: []string{`"` + edition + `"`}, packedTag: []string{`"` + edition + gzipSuffix + `"`},
	}
}

// zipped is the tile compressed, once for all who ask.
func (t *dataTile) zipped() ([]byte, error) {
	t.once.Do(func() { t.packed, t.err = tiles.Zip(t.plain) })
	return t.packed, t.err
}

// dataTileBytes is how much of tiles stays in memory, before compression.
const dataTileBytes = 32 << 20

// dataTileCost is what a tile costs in memory besides its bytes, roughly.
const dataTileCost = 600

// dataTileTrust is how long the edition that the content has is taken for its edition still. What is withdrawn by an import of another
// process is not given out any longer.
const dataTileTrust = time.Second

// dataTileCache keeps the tiles of one edition that were asked for last. Another edition takes the place of all of them.
type dataTileCache struct {
	mu      sync.Mutex
	edition string
	looked  time.Time             // when the content was seen to have the edition
	kept    *lastAsked[*dataTile] // by their paths
}

func newDataTileCache() *dataTileCache {
	return &dataTileCache{kept: newLastAsked[*dataTile](dataTileBytes)}
}

// get gives a tile of the edition that the content has now.
func (c *dataTileCache) get(edition, path string, now time.Time) (*dataTile, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.edition != edition {
		c.edition = edition
		c.kept.clear()
	}
	c.looked = now
	return c.kept.get(path)
}

// getUnlooked gives a tile of an edition that somebody asks for, unless the content may have another by now.
func (c *dataTileCache) getUnlooked(edition, path string, now time.Time) (*dataTile, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if age := now.Sub(c.looked); c.edition != edition || age < 0 || age > dataTileTrust {
		return nil, false
	}
	return c.kept.get(path)
}

// put keeps a tile, unless the content has had another edition since.
func (c *dataTileCache) put(path string, t *dataTile) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.edition == t.edition {
		c.kept.put(path, t, len(t.plain)+dataTileCost)
	}
}
