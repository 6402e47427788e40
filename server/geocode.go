package server

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"time"
	"unicode/utf8"

	"github.com/go-chi/httprate"
	"github.com/paulmach/orb"
	"golang.org/x/text/language"

	"corridor/geo/gazetteer"
)

var (
	errNoGazetteer = errors.New("this server has no index of names; start it with --gazetteer")
	errTooMany     = errors.New("too many searches from one address; try again in a minute")
)

const (
	defaultGeocodeLimit = 10
	maxGeocodeLimit     = 50
	maxQuery            = 400 // bytes of a name that is looked for
	// reverseWithin is how far, in metres, from a point settlements are looked for.
	reverseWithin = 100_000
)

// geocodeParams are the query parameters of a search of places: q, or at.
type geocodeParams struct {
	// Query is q, a name or the beginning of one; with lang, country, limit and near.
	Query gazetteer.Query
	// At is a point (longitude and latitude in degrees) whose neighbourhood is asked for; nil where left out.
	At *orb.Point
}

// parseGeocode reads the parameters of a search of places. The error names the first that cannot be used.
func parseGeocode(q url.Values) (geocodeParams, error) {
	p := geocodeParams{Query: gazetteer.Query{Text: q.Get("q"), Limit: defaultGeocodeLimit}}
	if err := onlyParams(q, "q", "at", "lang", "limit", "country", "near"); err != nil {
		return p, err
	}
	var err error
	if p.At, err = pointParam(q, "at"); err != nil {
		return p, err
	}
	if p.Query.Near, err = pointParam(q, "near"); err != nil {
		return p, err
	}
	if q.Has("q") == q.Has("at") {
		return p, &paramError{"q", "write either a name into q or a point into at"}
	}
	if q.Has("q") {
		if err := nameProblem(p.Query.Text); err != nil {
			return p, err
		}
	}
	if p.Query.Lang, err = langParam(q); err != nil {
		return p, err
	}
	if q.Has("limit") {
		if p.Query.Limit, err = parseLimit(q.Get("limit"), maxGeocodeLimit); err != nil {
			return p, err
		}
	}
	p.Query.Country, err = countryParam(q)
	return p, err
}

// countryParam reads the code of a country, in letters of either case; empty where it is left out. Of one that was replaced it gives what
// stands for it now, as GB for UK.
func countryParam(q url.Values) (string, error) {
	if !q.Has("country") {
		return "", nil
	}
	code := q.Get("country")
	region, err := language.ParseRegion(code)
	if err != nil || len(code) != len("TH") || !region.IsCountry() {
		return "", &paramError{"country", "it must be a country's two-letter code (ISO 3166-1), such as TH"}
	}
	return region.Canonicalize().String(), nil
}

// nameProblem says why a text is no name to look for.
func nameProblem(text string) error {
	switch {
	case !utf8.ValidString(text):
		return &paramError{"q", "it is not UTF-8"}
	case len(text) > maxQuery:
		return &paramError{"q", fmt.Sprintf("it is longer than %d bytes", maxQuery)}
	case gazetteer.Normalise(text) == "":
		return &paramError{"q", "it holds no letter and no digit"}
	}
	return nil
}

func pointParam(q url.Values, name string) (*orb.Point, error) {
	if !q.Has(name) {
		return nil, nil
	}
	p, err := gazetteer.ParsePoint(q.Get(name))
	if err != nil {
		return nil, &paramError{name, err.Error()}
	}
	return &p, nil
}

// reverseAnswer is what lies near a point, and in what it lies.
type reverseAnswer struct {
	At          [2]float64  `json:"at"` // longitude, latitude
	Places      []nearPlace `json:"places"`
	Attribution string      `json:"attribution"`
}

// nearPlace is a settlement or crossing with its distance, or an area around the point, at none.
type nearPlace struct {
	gazetteer.Found
	Metres int `json:"metres"`
}

// searchAnswer is the answer to a search with whom to name.
type searchAnswer struct {
	gazetteer.Result
	Attribution string `json:"attribution"`
}

// geocode answers a search of places by name, or of what lies near a point.
func (s *Server) geocode(w http.ResponseWriter, r *http.Request) error {
	p, err := parseGeocode(r.URL.Query())
	if err != nil {
		return err
	}
	ix, err := s.index()
	if err != nil {
		return err
	}
	if s.unchanged(w, r, ix.Version()) {
		return nil
	}
	if p.At == nil {
		return writeJSON(w, searchAnswer{ix.Search(p.Query), attribution})
	}
	return writeJSON(w, reverseAnswer{At: *p.At, Places: lyingAt(ix, p), Attribution: attribution})
}

// lyingAt gives the settlements near a point and then the areas around it, for which as many are left out as the limit needs, but not the
// nearest.
func lyingAt(ix *gazetteer.Index, p geocodeParams) []nearPlace {
	areas := ix.Containing(*p.At, p.Query)
	q := p.Query
	q.Limit = max(q.Limit-len(areas), 1)
	places := make([]nearPlace, 0, p.Query.Limit)
	for _, n := range ix.Reverse(*p.At, q, reverseWithin) {
		places = append(places, nearPlace{n.Found(), int(n.Metres)})
	}
	for _, area := range areas[:min(len(areas), p.Query.Limit-len(places))] {
		places = append(places, nearPlace{Found: area.Found()})
	}
	return places
}

// index opens the index of names. The error is [errNoGazetteer] where there is none, or none of this version.
func (s *Server) index() (*gazetteer.Index, error) {
	if s.Gazetteer == nil {
		return nil, errNoGazetteer
	}
	ix, err := s.Gazetteer()
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, gazetteer.ErrIndex) {
		return nil, fmt.Errorf("%w: %w", errNoGazetteer, err)
	}
	return ix, err
}

// limited refuses more than so many requests a minute from one address; the addresses are kept in memory for two minutes
// and written nowhere.
func (s *Server) limited(most int) func(http.Handler) http.Handler {
	if most <= 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	return httprate.LimitBy(most, time.Minute, addressOf,
		httprate.WithLimitHandler(s.api(func(http.ResponseWriter, *http.Request) error { return errTooMany })),
	)
}

// addressOf is the address that a request came from: of IPv6 its first 64 bits, which one subscriber has for their own. A trusted proxy
// has named one without a port, see [Server.behindProxies].
func addressOf(r *http.Request) (string, error) {
	address, ok := parsePeer(r.RemoteAddr)
	if !ok {
		return r.RemoteAddr, nil // a listener of another kind: what it says of its peers tells them apart
	}
	if address.Is4() {
		return address.String(), nil
	}
	const subscriber = 64
	network, err := address.Prefix(subscriber)
	return network.String(), err
}
