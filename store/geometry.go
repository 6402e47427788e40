package store

import (
	"encoding/json"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// appendGeometry appends a geometry as GeoJSON, as orb's encoder writes it, which goes over the text three times; most of
// what an import writes are positions.
func appendGeometry(b []byte, g orb.Geometry) ([]byte, error) {
	head := func() []byte {
		return append(append(append(b, `{"type":"`...), g.GeoJSONType()...), `","coordinates":`...)
	}
	switch g := g.(type) {
	case orb.Point:
		b = appendPosition(head(), g)
	case orb.LineString:
		b = appendList(head(), g, appendPosition)
	case orb.MultiLineString:
		b = appendList(head(), g, appendLine)
	case orb.Polygon:
		b = appendList(head(), g, appendRing)
	case orb.MultiPolygon:
		b = appendList(head(), g, appendPolygon)
	default:
		raw, err := json.Marshal(geojson.NewGeometry(g))
		return append(b, raw...), err
	}
	return append(b, '}'), nil
}

func appendPosition(b []byte, p orb.Point) []byte {
	b = strconv.AppendFloat(append(b, '['), p[0], 'f', -1, 64)
	b = strconv.AppendFloat(append(b, ','), p[1], 'f', -1, 64)
	return append(b, ']')
}

func appendLine(b []byte, l orb.LineString) []byte { return appendList(b, l, appendPosition) }

func appendRing(b []byte, r orb.Ring) []byte { return appendList(b, r, appendPosition) }

func appendPolygon(b []byte, p orb.Polygon) []byte { return appendList(b, p, appendRing) }

func appendList[T any](b []byte, list []T, each func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, one := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = each(b, one)
	}
	return append(b, ']')
}
