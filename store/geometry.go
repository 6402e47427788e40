package store

import (
	"encoding/json"
	"math"
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
	b = appendDegrees(append(b, '['), p[0])
	b = appendDegrees(append(b, ','), p[1])
	return append(b, ']')
}

// appendDegrees writes a number with as many decimals as it takes. Published positions have at most seven, and as a whole
// number they are written several times as fast.
func appendDegrees(b []byte, v float64) []byte {
	const decimals, unit = 7, 10_000_000
	n := int64(math.RoundToEven(v * unit))
	if float64(n)/unit != v {
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	}
	if n < 0 {
		b, n = append(b, '-'), -n
	}
	b = strconv.AppendInt(b, n/unit, 10)
	rest, written := n%unit, decimals
	if rest == 0 {
		return b
	}
	if rest%10_000 == 0 { // curves and areas have three
		rest, written = rest/10_000, decimals-4
	}
	for ; rest%10 == 0; written-- {
		rest /= 10
	}
	b = append(b, ".0000000"[:1+written]...)
	for i := len(b) - 1; rest > 0; i-- {
		b[i] = byte('0' + rest%10)
		rest /= 10
	}
	return b
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
