package store

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/buger/jsonparser"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
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

// wkbOf brings the text of a GeoJSON geometry to well-known binary, little-endian.
func wkbOf(text []byte) ([]byte, error) {
	g, err := readGeometry(text)
	if err != nil {
		return nil, fmt.Errorf("a geometry that begins with %.40q: %w", text, err)
	}
	return wkb.Marshal(g)
}

// readGeometry reads what [appendGeometry] writes. Orb's decoder takes several times as long.
func readGeometry(text []byte) (orb.Geometry, error) {
	kind, err := jsonparser.GetUnsafeString(text, "type")
	if err != nil {
		return nil, err
	}
	coordinates, _, _, err := jsonparser.Get(text, "coordinates")
	if err != nil && kind != "GeometryCollection" {
		return nil, err
	}
	switch kind {
	case "Point":
		return readPosition(coordinates)
	case "LineString":
		return readLine(coordinates)
	case "MultiLineString":
		return readList[orb.MultiLineString](coordinates, readLine)
	case "Polygon":
		return readPolygon(coordinates)
	case "MultiPolygon":
		return readList[orb.MultiPolygon](coordinates, readPolygon)
	}
	g, err := geojson.UnmarshalGeometry(text)
	if err != nil {
		return nil, err
	}
	return g.Geometry(), nil
}

func readPosition(text []byte) (p orb.Point, err error) {
	numbers, err := readList[[]float64](text, jsonparser.ParseFloat)
	if err == nil && len(numbers) != len(p) {
		err = errors.New("a position that has not two numbers")
	}
	copy(p[:], numbers)
	return p, err
}

func readLine(text []byte) (orb.LineString, error) {
	return readList[orb.LineString](text, readPosition)
}

func readRing(text []byte) (orb.Ring, error) { return readList[orb.Ring](text, readPosition) }

func readPolygon(text []byte) (orb.Polygon, error) { return readList[orb.Polygon](text, readRing) }

func readList[L ~[]T, T any](text []byte, each func([]byte) (T, error)) (list L, err error) {
	_, broken := jsonparser.ArrayEach(text, func(value []byte, _ jsonparser.ValueType, _ int, _ error) {
		if err != nil {
			return
		}
		var one T
		if one, err = each(value); err == nil {
			list = append(list, one)
		}
	})
	return list, cmp.Or(err, broken)
}
