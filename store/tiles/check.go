package tiles

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

var gzipMagic = []byte{0x1f, 0x8b}

// maxZoom is the deepest zoom that an archive may have; more is a damaged number.
const maxZoom = 24

// check reads what the archive says of itself and holds it against one of its tiles.
func (a *Archive) check(ctx context.Context) (Info, error) {
	about, err := a.source.info(ctx)
	if err != nil {
		return about, err
	}
	if about.MinZoom < 0 || about.MaxZoom > maxZoom || about.MinZoom > about.MaxZoom {
		return about, fmt.Errorf("it says zooms from %d to %d, which cannot be", about.MinZoom, about.MaxZoom)
	}
	tile, err := a.source.sample(ctx)
	if errors.Is(err, ErrEmpty) {
		return about, errors.New("it has no tiles")
	}
	if err != nil {
		return about, err
	}
	if found := formatOf(tile); found != about.Format {
		return about, fmt.Errorf("it says %q, and its tiles are %s", about.Format, named(found))
	}
	if about.Format != MVT {
		about.VectorLayers = nil
		return about, nil
	}
	if bytes.HasPrefix(tile, gzipMagic) {
		if _, err := Unzip(tile); err != nil {
			return about, fmt.Errorf("a tile is damaged: %w", err)
		}
	}
	return about, checkLayers(about.VectorLayers)
}

// checkLayers wants the layers of the Protomaps basemap schema, since the map's styles draw no others.
func checkLayers(raw json.RawMessage) error {
	var layers []struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(raw, &layers); err != nil {
		return fmt.Errorf("its list of vector layers is damaged or missing: %w", err)
	}
	var ids []string
	for _, l := range layers {
		ids = append(ids, l.ID)
	}
	if !slices.Contains(ids, "earth") {
		return fmt.Errorf("its layers are %s, and the map draws those of the Protomaps basemap schema (earth, water, boundaries, places); bring an extract of that", strings.Join(ids, ", "))
	}
	return nil
}

func named(f Format) string {
	if f == "" {
		return "of a form that the map cannot draw"
	}
	return string(f)
}

// formatOf tells a tile's format from its bytes. Vector tiles have no mark: the first field is a layer.
func formatOf(tile []byte) Format {
	switch {
	case bytes.HasPrefix(tile, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case bytes.HasPrefix(tile, []byte("\xff\xd8\xff")):
		return JPEG
	case len(tile) > 12 && string(tile[:4]) == "RIFF" && string(tile[8:12]) == "WEBP":
		return WebP
	case bytes.HasPrefix(tile, gzipMagic), len(tile) > 0 && tile[0] == 3<<3|2:
		return MVT
	}
	return ""
}

// maxTile is the largest tile that is unpacked, in bytes.
const maxTile = 16 << 20

// Unzip unpacks a tile that is stored compressed.
func Unzip(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxTile+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxTile {
		return nil, fmt.Errorf("more than %d bytes", maxTile)
	}
	return raw, nil
}

// hashed is up to which size a file's version is that of all its bytes; of larger ones it is that of the size, the time of
// the last change and the first bytes, so that starting stays quick.
const hashed = 64 << 20

func versionOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	stat, err := f.Stat()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	if stat.Size() > hashed {
		fmt.Fprintf(h, "%d %d\n", stat.Size(), stat.ModTime().UnixNano())
	}
	if _, err := io.Copy(h, io.LimitReader(f, hashed)); err != nil {
		return "", err
	}
	const digits = 12
	return hex.EncodeToString(h.Sum(nil))[:digits], nil
}

// Zip compresses a tile with gzip.
func Zip(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
