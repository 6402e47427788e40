package gazetteer

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// coordinatesStated are coordinates that an author writes, with how precise they are and who says so.
type coordinatesStated struct {
	point     orb.Point
	precision geo.Precision
	source    string
}

const coordinatesForm = `write "at 21.29 N, 99.61 E, precision settlement, source ..."`

// coordinates reads what follows "at". Latitude and longitude are told apart by their letters, so that none is taken for
// the other.
func (p *parser) coordinates() (expression, error) {
	var clauses [][]word
	start := 1
	for i := 1; i <= len(p.words); i++ {
		if i == len(p.words) || len(clauses) < 3 && p.words[i].text == "," && !p.words[i].quoted {
			clauses = append(clauses, p.words[start:i])
			start = i + 1
		}
	}
	if len(clauses) != 4 {
		return expression{}, p.fail(p.words[0].at, "coordinates need a latitude, a longitude, a precision and a source; "+coordinatesForm)
	}
	e := expression{verb: verbCoordinates}
	seen := [2]bool{}
	for _, clause := range clauses[:2] {
		axis, value, err := p.axis(clause)
		if err != nil {
			return e, err
		}
		e.stated.point[axis], seen[axis] = value, true
	}
	if !seen[0] || !seen[1] {
		return e, p.fail(p.words[1].at, "one number must be of latitude (N or S), the other of longitude (E or W); "+coordinatesForm)
	}
	e.stated.precision = precisionStated(clauses[2])
	if e.stated.precision == "" {
		return e, p.fail(p.words[0].at, "the precision must be one of exact, settlement, district, prefecture, province, country, region, unknown; "+coordinatesForm)
	}
	text := clauses[3]
	if len(text) < 2 || !text[0].is("source") {
		return e, p.fail(p.words[0].at, "the source is missing: who gives these coordinates; "+coordinatesForm)
	}
	e.stated.source = strings.TrimSpace(p.source[text[0].at+len(text[0].text):])
	if found := WrittenCoordinate(e.stated.source); found != "" { // the numbers before are coarsened; nothing coarsens these
		return e, p.fail(text[1].at, fmt.Sprintf("the source holds what looks like a coordinate, %q, and is published as it stands; "+
			"name only who gives the coordinates, such as \"source Survey of 1998, sheet 3\"", found))
	}
	return e, nil
}

// precisionStated reads "precision settlement"; empty where it is none of the ladder.
func precisionStated(words []word) geo.Precision {
	if len(words) != 2 || !words[0].is("precision") {
		return ""
	}
	p := geo.Precision(words[1].text)
	if p == geo.Border || !slices.Contains(geo.Precisions(), p) {
		return ""
	}
	return p
}

// axis reads "21.29 N" or "21.29N": 0 for longitude, 1 for latitude, and degrees.
func (p *parser) axis(words []word) (axis int, degrees float64, err error) {
	at := len(p.source)
	var b strings.Builder
	for i, w := range words {
		if i == 0 {
			at = w.at
		}
		b.WriteString(" " + strings.ToUpper(w.text))
	}
	text := strings.TrimSpace(b.String())
	if text == "" {
		return 0, 0, p.fail(at, "a number is missing; "+coordinatesForm)
	}
	number, letter := text[:len(text)-1], text[len(text)-1]
	number = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(number), "°")) // what stands between digits is no decimal: 1°5 is not 15
	limit := 180.0
	switch letter {
	case 'N', 'S':
		axis, limit = 1, 90
	case 'E', 'W':
	default:
		return 0, 0, p.fail(at, fmt.Sprintf("%q does not end in N, S, E or W; %s", text, coordinatesForm))
	}
	degrees, err = strconv.ParseFloat(number, 64)
	if err != nil || degrees < 0 || degrees > limit || degrees != degrees {
		return 0, 0, p.fail(at, fmt.Sprintf("%q is no number of degrees from 0 to %g; %s", number, limit, coordinatesForm))
	}
	if letter == 'S' || letter == 'W' {
		degrees = -degrees
	}
	return axis, degrees, nil
}

// coordinateCommas is how many commas coordinates have at least.
const coordinateCommas = 3

// Coarsened gives an expression of coordinates with numbers no finer than the precision that it states: what is kept of it
// cannot tell more. It finds the same place. Every other expression, and one that cannot be read, it gives as it is.
func Coarsened(expr string) string {
	if strings.Count(expr, ",") < coordinateCommas {
		return expr
	}
	e, err := parse(expr)
	if err != nil || e.verb != verbCoordinates {
		return expr
	}
	return e.stated.String()
}

// String is the expression that an author writes, with coarse numbers.
func (c coordinatesStated) String() string {
	at := c.coarse()
	return fmt.Sprintf("at %s, %s, precision %s, source %s",
		degreesWritten(at.Lat(), "N", "S"), degreesWritten(at.Lon(), "E", "W"), c.precision, c.source)
}

func degreesWritten(degrees float64, positive, negative string) string {
	letter := positive
	if degrees < 0 {
		letter = negative
	}
	return strconv.FormatFloat(math.Abs(degrees), 'f', -1, 64) + " " + letter
}

// coarse is the point, no finer than the precision that is stated.
func (c coordinatesStated) coarse() orb.Point {
	at, _ := geo.Coarsen(c.point, c.precision).(orb.Point)
	return at
}

// geometry is what the coordinates tell of: a point only where they are as fine as a town, for a point of anything coarser
// would be a place that nobody named; else the cell of the grid, and of an unknown precision nothing.
func (c coordinatesStated) geometry() orb.Geometry {
	switch {
	case c.precision == geo.Unknown:
		return nil
	case geo.Settlement.Finer(c.precision):
		return orb.MultiPolygon{geo.Cell(c.point, c.precision)}
	}
	return c.coarse()
}

func (c coordinatesStated) withExpression(expr string) Place {
	return Place{
		Expression: expr,
		Geometry:   c.geometry(), Precision: c.precision, Source: c.source,
		Score: 1, Reasons: []string{"coordinates stated by " + c.source},
	}
}
