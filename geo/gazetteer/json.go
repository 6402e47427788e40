package gazetteer

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo"
)

// Result is the answer to a query as the command line and the API give it.
type Result struct {
	Query    string   `json:"query"`
	Decision Decision `json:"decision"`
	// Problem says what is wrong with the query where the decision is to refuse.
	Problem string  `json:"problem,omitempty"`
	Places  []Found `json:"places"`
}

// Search answers a query: a name by [Index.Geocode], a border of countries by what the index knows of it, and where the
// query is thorough any other place expression by [Index.Resolve].
func (ix *Index) Search(q Query) Result {
	a := ix.Geocode(q)
	r := Result{Query: q.Text, Decision: a.Decision, Places: FoundOf(a.Candidates)}
	if r.Decision != Refuse {
		return r
	}
	found, err := ix.searchExpression(q)
	if err != nil {
		r.Problem = err.Error()
		return r
	}
	r.Decision, r.Places = Accept, []Found{found}
	return r
}

// SearchNames answers the names of one document by [Index.ResolveNames], and any other place expression among them as a thorough
// [Index.Search] does.
func (ix *Index) SearchNames(list []string, text string) []Result {
	out := make([]Result, len(list))
	for i, a := range ix.ResolveNames(list, text) {
		out[i] = Result{Query: a.Name, Decision: a.Decision, Places: FoundOf(a.Candidates)}
		if a.Decision == Refuse {
			out[i] = ix.Search(Query{Text: a.Name, Limit: mostCandidates, Whole: true, Thorough: true})
		}
	}
	return out
}

func (ix *Index) searchExpression(q Query) (Found, error) {
	e, err := parse(q.Text)
	switch {
	case err != nil:
		return Found{}, err
	case q.Thorough:
		p, err := ix.Resolve(q.Text)
		if err == nil && p.Geometry == nil {
			err = &GeometryError{"coordinates of unknown precision are nowhere on the map; write the precision that their source supports"}
		}
		if err != nil {
			return Found{}, err
		}
		return p.found(), q.keeps(p.Countries)
	case e.verb == verbBorder:
		return ix.searchBorder(q, e)
	case e.verb == verbCoordinates:
		degrees := func(axis int) string { return strconv.FormatFloat(rounded(e.stated.point[axis]), 'f', -1, 64) }
		return Found{}, &GeometryError{"these are coordinates and no name; ask what lies there with at=" + degrees(0) + "," + degrees(1) + " instead of q"}
	case e.verb != verbUnion || len(e.names) > 1:
		return Found{}, &GeometryError{"this joins several places; search for one of them, or resolve it with `corridor geocode`"}
	}
	if q.Country != "" {
		anywhere := q
		anywhere.Country = ""
		if ix.Geocode(anywhere).Decision != Refuse {
			return Found{}, &ElsewhereError{q.Text, q.Country}
		}
	}
	if _, err = ix.strict(e.names[0]); err == nil {
		err = &UnknownError{Name: q.Text}
	}
	return Found{}, err
}

// keeps says as an error that none of the countries of a place is the one to which the query keeps. Of coordinates none are known.
func (q Query) keeps(countries []string) error {
	if q.Country == "" || len(countries) == 0 || slices.Contains(countries, q.Country) {
		return nil
	}
	return &ElsewhereError{q.Text, q.Country}
}

// Found is a candidate as the command line and the API give it.
type Found struct {
	Name string `json:"name"`
	// Latitude and longitude in degrees: of a settlement where it is, of an area a point to stand for it.
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
	// BBox is west, south, east, north in degrees (RFC 7946); left out for a settlement.
	BBox      []float64 `json:"bbox,omitempty"`
	Kind      string    `json:"kind"`
	Precision string    `json:"precision"`
	// Country is an ISO 3166-1 alpha-2 code.
	Country string `json:"country,omitempty"`
	// Code is an ISO 3166 or GeoNames code; of a settlement GeoNamesID where known.
	Code       string `json:"code,omitempty"`
	GeoNamesID int    `json:"geonames_id,omitempty"`
	Population uint32 `json:"population,omitempty"`
	// Score is from 0 to 1, Fuzzy whether the name was misspelt.
	Score float64 `json:"score"`
	Fuzzy bool    `json:"fuzzy"`
	// Write is the expression that means this place alone.
	Write   string   `json:"write"`
	Reasons []string `json:"reasons,omitempty"`
	Origin  string   `json:"origin"`
	Licence string   `json:"licence"`
}

// FoundOf gives candidates for output.
func FoundOf(candidates []Candidate) []Found {
	list := make([]Found, len(candidates))
	for i, c := range candidates {
		list[i] = c.Found()
	}
	return list
}

// Found gives a candidate for output.
func (c Candidate) Found() Found {
	r := c.Record
	f := Found{
		Name: c.Name, Lat: rounded(r.Point[1]), Lon: rounded(r.Point[0]),
		Kind: r.Kind.String(), Precision: string(r.Kind.Precision()), Country: r.Country,
		Score: math.Round(c.Score*1000) / 1000, Fuzzy: c.Fuzzy, Write: c.Write, Reasons: c.Reasons,
		Origin: r.Origin.String(), Licence: r.Origin.Licence(),
	}
	if !r.Kind.division() {
		f.Population = r.Population // of a division only the towns in the data are counted
	}
	if id, err := strconv.Atoi(r.Code); err == nil && r.Kind == KindSettlement {
		f.GeoNamesID = id
	} else {
		f.Code = r.Code
	}
	if e := c.Extent; e.Min != e.Max {
		f.BBox = boxOf(e)
	}
	return f
}

// found gives a place of several records, or a border, for output.
func (p Place) found() Found {
	var at orb.Point
	switch g := p.Geometry.(type) {
	case orb.Point:
		at = g
	case orb.MultiLineString:
		at = geo.Midpoint(g)
	case orb.MultiPolygon:
		at = geo.Representative(g)
	}
	f := Found{
		Name: p.Name, Lat: rounded(at[1]), Lon: rounded(at[0]), BBox: boxOf(geo.Extent(p.Geometry)), Kind: string(p.Precision),
		Precision: string(p.Precision), Score: math.Round(p.Score*1000) / 1000, Write: p.Expression, Reasons: p.Reasons,
	}
	if len(p.Countries) == 1 {
		f.Country = p.Countries[0]
	}
	f.Origin, f.Licence = p.Origin(), p.licence()
	return f
}

func (p Place) licence() string {
	var licences []string
	for _, o := range p.Origins {
		licences = addOnce(licences, o.Licence())
	}
	return strings.Join(licences, "; ")
}

func boxOf(e orb.Bound) []float64 {
	return []float64{rounded(e.Min[0]), rounded(e.Min[1]), rounded(e.Max[0]), rounded(e.Max[1])}
}

// ParsePoint reads "longitude,latitude" in degrees. The error says what is wrong with it.
func ParsePoint(text string) (orb.Point, error) {
	first, second, ok := strings.Cut(text, ",")
	lon, errLon := strconv.ParseFloat(strings.TrimSpace(first), 64)
	lat, errLat := strconv.ParseFloat(strings.TrimSpace(second), 64)
	switch {
	case !ok || errLon != nil || errLat != nil || math.IsNaN(lon) || math.IsNaN(lat):
		return orb.Point{}, errors.New("it must be two numbers: longitude,latitude in degrees")
	case math.Abs(lon) > 180 || math.Abs(lat) > 90:
		return orb.Point{}, errors.New("it lies outside ±180 degrees of longitude and ±90 of latitude")
	}
	return orb.Point{lon, lat}, nil
}

func rounded(degrees float64) float64 { return math.Round(degrees*1e5) / 1e5 }
