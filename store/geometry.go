package store

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

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
func wkbOf(text string) ([]byte, error) {
	g, err := readGeometry(text)
	if err != nil {
		return nil, fmt.Errorf("a geometry that begins with %.40q: %w", text, err)
	}
	return wkb.Marshal(g)
}

// readGeometry reads what [appendGeometry] writes. Orb's decoder takes twenty times as long, and a file of a million features reads a
// million.
func readGeometry(text string) (orb.Geometry, error) {
	kind, rest, _ := strings.Cut(strings.TrimPrefix(text, `{"type":"`), `","coordinates":`)
	r := &positionReader{rest: rest}
	var g orb.Geometry
	switch kind {
	case "Point":
		g = r.position()
	case "LineString":
		g = r.line()
	case "MultiLineString":
		g = orb.MultiLineString(listOf(r, r.line))
	case "Polygon":
		g = r.polygon()
	case "MultiPolygon":
		g = orb.MultiPolygon(listOf(r, r.polygon))
	default:
		other, err := geojson.UnmarshalGeometry([]byte(text))
		if err != nil {
			return nil, err
		}
		return other.Geometry(), nil
	}
	if r.broken || r.rest != "}" {
		return nil, fmt.Errorf("coordinates that end with %.40q", r.rest)
	}
	return g, nil
}

// positionReader reads coordinates in JSON without spaces.
type positionReader struct {
	rest   string
	broken bool
}

// take passes over a sign, if it is the next one.
func (r *positionReader) take(sign byte) bool {
	if len(r.rest) == 0 || r.rest[0] != sign {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

// need passes over a sign that must be the next one.
func (r *positionReader) need(sign byte) { r.broken = !r.take(sign) || r.broken }

// number reads a number as [appendDegrees] writes it: a whole number that a power of ten divides, both exact, so that the quotient
// is the nearest number there is.
func (r *positionReader) number() float64 {
	const most = 15 // digits that are exact
	text := r.rest
	whole, digits, point, end := int64(0), 0, -1, 0
	for ; end < len(text); end++ {
		c := text[end]
		if digit := c - '0'; digit <= 9 {
			whole = 10*whole + int64(digit)
			digits++
			continue
		}
		if c == '.' && point < 0 {
			point = digits
			continue
		}
		if c != '-' || end > 0 {
			break
		}
	}
	text, r.rest = text[:end], text[end:]
	decimals := 0
	if point >= 0 {
		decimals = digits - point
	}
	if digits == 0 || digits > most || decimals >= len(powers) {
		v, err := strconv.ParseFloat(text, 64)
		r.broken = r.broken || err != nil
		return v
	}
	v := float64(whole) / powers[decimals]
	if text[0] == '-' {
		return -v
	}
	return v
}

// powers are those of ten.
var powers = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7}

func (r *positionReader) position() (p orb.Point) {
	r.need('[')
	p[0] = r.number()
	r.need(',')
	p[1] = r.number()
	r.need(']')
	return p
}

func (r *positionReader) line() orb.LineString { return listOf(r, r.position) }

func (r *positionReader) ring() orb.Ring { return listOf(r, r.position) }

func (r *positionReader) polygon() orb.Polygon { return listOf(r, r.ring) }

func listOf[T any](r *positionReader, each func() T) []T {
	r.need('[')
	if r.take(']') {
		return nil
	}
	const usual = 16
	list := append(make([]T, 0, usual), each())
	for !r.broken && r.take(',') {
		list = append(list, each())
	}
	r.need(']')
	return list
}
