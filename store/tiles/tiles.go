// Package tiles reads and writes archives of map tiles: MBTiles, which is SQLite, and PMTiles, one file in ranges. The
// server reads them through [Open]; the build writes the basemap with [Create].
package tiles

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrEmpty means that the archive covers the tile and has nothing there.
var ErrEmpty = errors.New("tiles: nothing there")

// ErrOutOfRange means that there is no such tile, or not at a zoom that the archive has.
var ErrOutOfRange = errors.New("tiles: no such tile")

// Format is what the tiles of an archive are.
type Format string

// The formats that the map can draw; each is also the extension of a tile's address.
const (
	MVT  Format = "mvt"
	PNG  Format = "png"
	JPEG Format = "jpg"
	WebP Format = "webp"
)

// ContentType is the format's media type.
func (f Format) ContentType() string {
	switch f {
	case MVT:
		return "application/vnd.mapbox-vector-tile"
	case PNG:
		return "image/png"
	case JPEG:
		return "image/jpeg"
	}
	return "image/webp"
}

// Info says what an archive holds.
type Info struct {
	Name, Description string
	// Attribution is whom to name; it may be HTML of the archive's maker.
	Attribution string
	Format      Format
	// MinZoom and MaxZoom are the zooms of the tiles.
	MinZoom, MaxZoom int
	// Bounds are west, south, east, north in degrees.
	Bounds [4]float64
	// VectorLayers is a list of [VectorLayer] in JSON, with all that the archive's maker says of each; empty for pictures.
	VectorLayers json.RawMessage
	// Version names the archive's content: another content has another version.
	Version string
}

// VectorLayer describes a layer of vector tiles as TileJSON 3.0 wants it.
type VectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

// Tile is one tile as the archive stores it.
type Tile struct {
	Data []byte
	// Gzipped says that the data are compressed with gzip.
	Gzipped bool
}

// source is an archive of one kind.
type source interface {
	info(ctx context.Context) (Info, error)
	// tile gives the data as stored; the error is ErrEmpty where there are none.
	tile(ctx context.Context, z, x, y int) ([]byte, error)
	// sample gives one tile that the archive has.
	sample(ctx context.Context) ([]byte, error)
	Close() error
}

// Archive is an open archive. It may be read by many at once.
type Archive struct {
	source source
	about  Info
	cache  *cache
}

// Open opens an archive and makes sure, by what it says of itself and by one of its tiles, that the map can draw it. The error
// says why a file is refused and what would do.
func Open(ctx context.Context, path string) (*Archive, error) {
	kind, err := kindOf(path)
	if err != nil {
		return nil, err
	}
	s, err := kind(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	a := &Archive{source: s, cache: newCache(cacheBytes)}
	if a.about, err = a.check(ctx); err == nil {
		a.about.Version, err = versionOf(path)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), s.Close())
	}
	return a, nil
}

type opener func(ctx context.Context, path string) (source, error)

// kindOf looks at a file's first bytes.
func kindOf(path string) (opener, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, 16)
	n, err := io.ReadFull(f, head)
	switch {
	case errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%s: the file is empty; name an MBTiles or PMTiles file", path)
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return nil, err
	case bytes.HasPrefix(head[:n], []byte("SQLite format 3\x00")):
		return openMBTiles, nil
	case bytes.HasPrefix(head[:n], []byte("PMTiles")):
		return openPMTiles, nil
	}
	return nil, fmt.Errorf("%s: neither MBTiles nor PMTiles; name a file of one of these", path)
}

// Info says what the archive holds.
func (a *Archive) Info() Info { return a.about }

// Close closes the file.
func (a *Archive) Close() error { return a.source.Close() }

// Tile gives a tile by its zoom, column and row, rows counted from the north. The error is [ErrOutOfRange] or [ErrEmpty]
// where there is none. The data must not be changed.
func (a *Archive) Tile(ctx context.Context, z, x, y int) (Tile, error) {
	if z < a.about.MinZoom || z > a.about.MaxZoom || x < 0 || y < 0 || x >= 1<<z || y >= 1<<z {
		return Tile{}, ErrOutOfRange
	}
	at := key(z, x, y)
	data, ok := a.cache.get(at)
	if !ok {
		var err error
		if data, err = a.source.tile(ctx, z, x, y); err != nil && !errors.Is(err, ErrEmpty) {
			return Tile{}, fmt.Errorf("tiles: %d/%d/%d: %w", z, x, y, err)
		}
		a.cache.put(at, data)
	}
	if len(data) == 0 {
		return Tile{}, ErrEmpty
	}
	return Tile{data, bytes.HasPrefix(data, gzipMagic)}, nil
}
