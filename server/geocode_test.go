package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"corridor/server"
)

type geocodeReply struct {
	Decision string
	Problem  string
	Places   []struct {
		Name, Kind, Country, Write, Licence string
		Lat, Lon, Score                     float64
		Fuzzy                               bool
		Metre                               int
	}
	Attribution string
}

func geocoded(t *testing.T, s *server.Server, query string) geocodeReply {
	t.Helper()
	res := get(t, s, "/api/geocode?"+query)
	var reply geocodeReply
	if err := json.Unmarshal([]byte(res.body), &reply); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v: %s", query, res.StatusCode, err, res.body)
	}
	return reply
}

func TestGeocode(t *testing.T) {
	s := realServer(t)
	tests := []struct {
		query, name, kind, country, decision string
		fuzzy                                bool
	}{
		{"q=%E6%99%AF%E6%B4%AA", "Jinghong", "city", "CN", "accept", false},
		{"q=Benin+City", "Benin City", "city", "NG", "accept", false},
		{"q=bang&country=th", "Bangkok", "city", "TH", "ask", false}, // the beginning of it
		{"q=Bangkok&lang=th&country=TH", "กรุงเทพมหานคร", "city", "TH", "accept", false},
		{"q=Xishuangbana", "Xishuangbanna", "prefecture", "CN", "ask", true},
		{"q=London&near=-81,43", "London", "city", "CA", "accept", false},
		{"q=Pingxiang,+Guangxi", "Pingxiang", "city", "CN", "accept", false},
		{"q=the+Thai-Malaysian+border", "the Thai-Malaysian border", "border", "", "accept", false},
		{"at=100.5,13.75&lang=my", "ဘန်ကောက်", "city", "TH", "", false},
	}
	for _, tt := range tests {
		reply := geocoded(t, s, tt.query)
		if len(reply.Places) == 0 {
			t.Errorf("%s: nothing found: %s", tt.query, reply.Problem)
			continue
		}
		p := reply.Places[0]
		if p.Name != tt.name || p.Kind != tt.kind || p.Country != tt.country || reply.Decision != tt.decision || p.Fuzzy != tt.fuzzy {
			t.Errorf("%s: %s, %+v", tt.query, reply.Decision, p)
		}
		if p.Licence == "" || !strings.Contains(reply.Attribution, "GeoNames") {
			t.Errorf("%s: no licence or attribution", tt.query)
		}
	}
	if none := geocoded(t, s, "q=qqqqzzzzxx"); none.Decision != "refuse" || none.Problem == "" || none.Places == nil {
		t.Errorf("%+v", none)
	}
	for query, said := range map[string]string{ // the filter is what is in the way, and not the name
		"q=Bangkok&country=LA": `"Bangkok" is not in LA`, "q=Springfield&country=th": `"Springfield" is not in TH`, "q=qqqqzzzzxx&country=LA": "no place is named",
	} {
		if none := geocoded(t, s, query); none.Decision != "refuse" || !strings.Contains(none.Problem, said) {
			t.Errorf("%s: %+v", query, none)
		}
	}
	if uk := geocoded(t, s, "q=London&country=uk"); len(uk.Places) == 0 || uk.Places[0].Country != "GB" {
		t.Errorf("%+v", uk)
	}
	if list := geocoded(t, s, "q=san&limit=1000"); len(list.Places) != 50 {
		t.Errorf("%d places, want 50", len(list.Places))
	}
	if list := geocoded(t, s, "q=san&limit=3"); len(list.Places) != 3 {
		t.Errorf("%d places, want 3", len(list.Places))
	}
}

// Where no town is near, the areas around a point still say where it lies; no more are given than were asked for.
func TestAPointIsToldWithTheAreasAroundIt(t *testing.T) {
	s := realServer(t)
	for query, want := range map[string]string{
		"at=88,35":               "province Xizang, country China",
		"at=88,35&lang=th":       "province ทิเบต, country จีน",
		"at=88,35&country=TH":    "",
		"at=-30,0":               "",
		"at=100.5,13.75&limit=1": "city Bangkok",
		"at=100.5,13.75&limit=3": "city Bangkok, province Bangkok Metropolis, country Thailand",
		"at=179.5,-16.5&limit=2": "city Labasa, province Northern", // at the antimeridian
	} {
		var got []string
		for _, p := range geocoded(t, s, query).Places {
			got = append(got, p.Kind+" "+p.Name)
		}
		if list := strings.Join(got, ", "); list != want {
			t.Errorf("%s: %s, want %s", query, list, want)
		}
	}
}

func TestGeocodeRefusesWhatItCannotRead(t *testing.T) {
	s := realServer(t)
	for query, parameter := range map[string]string{
		"":                                 "q",
		"q=":                               "q",
		"q=%20%00%07":                      "q",
		"q=%E2%80%AE%E2%80%AC":             "q", // bidi marks alone
		"q=%ED%A0%80":                      "q", // a lone surrogate
		"q=%FF":                            "q",
		"q=" + strings.Repeat("a", 401):    "q",
		"q=" + strings.Repeat("a", 10_000): "q",
		"q=a&at=1,2":                       "q",
		"q=a&limit=0":                      "limit",
		"q=a&limit=ten":                    "limit",
		"q=a&country=Thailand":             "country",
		"q=a&country=XX":                   "country",
		"q=a&country=":                     "country",
		"q=a&country=419":                  "country",
		"q=a&near=1":                       "near",
		"q=a&near=13,100":                  "near", // latitude first
		"at=181,0":                         "at",
		"at=NaN,0":                         "at",
		"q=a&lang=xx-invalid-x-y-z-a":      "lang",
		"q=a&limt=3":                       "limt",
		"q=a&q=b":                          "q",
	} {
		res := get(t, s, "/api/geocode?"+query)
		var p struct{ Parameter, Detail string }
		if err := json.Unmarshal([]byte(res.body), &p); err != nil || res.StatusCode != http.StatusBadRequest || p.Parameter != parameter || p.Detail == "" {
			t.Errorf("%.60s: status %d, %v, %s, want 400 naming %q", query, res.StatusCode, err, res.body, parameter)
		}
	}
}

func TestGeocodeAnswersWhateverIsWritten(t *testing.T) {
	s := realServer(t)
	for _, q := range []string{
		"القاهرة", "Bang\x00kok", "\u202eBangkok\u202c", "Bangกรุงkok景洪", strings.Repeat("a ", 190), `""""`, "border of and", "at 1 N", "<script>", "'; DROP TABLE places;--",
		"../../etc/passwd", strings.Repeat("é", 200), "%", "a" + strings.Repeat("\u0301", 150),
	} {
		res := get(t, s, "/api/geocode?q="+url.QueryEscape(q))
		if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: status %d", q, res.StatusCode)
		}
	}
}

func TestGeocodeIsCachedByTheIndex(t *testing.T) {
	s := realServer(t)
	first := get(t, s, "/api/geocode?q=Bangkok")
	tag := first.Header.Get("ETag")
	again := get(t, s, "/api/geocode?q=Bangkok", "If-None-Match", tag)
	if tag == "" || again.StatusCode != http.StatusNotModified || again.body != "" {
		t.Errorf("ETag %q, status %d", tag, again.StatusCode)
	}
	if first.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Error("other origins may not read it")
	}
}

func TestSearchesAreLimitedByAddress(t *testing.T) {
	const rate = 5
	s := serverWith(t, func(c *server.Config) { c.GeocodeRate, c.SearchRate = rate, rate })
	ask := func(path, address string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.RemoteAddr = address
		res := httptest.NewRecorder()
		s.ServeHTTP(res, r)
		return res
	}
	for _, path := range []string{"/api/geocode?q=Bangkok", "/api/search?q=Bangkok"} {
		for range rate {
			if res := ask(path, "192.0.2.1:1000"); res.Code != http.StatusOK {
				t.Fatalf("%s: status %d", path, res.Code)
			}
		}
		last := ask(path, "192.0.2.1:1001")
		if last.Code != http.StatusTooManyRequests || last.Header().Get("Retry-After") == "" ||
			last.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: status %d, headers %v", path, last.Code, last.Header())
		}
		if other := ask(path, "192.0.2.2:1000"); other.Code != http.StatusOK {
			t.Errorf("%s: another address gets %d", path, other.Code)
		}
	}
	for _, path := range []string{"/api/routes", "/search?q=Bangkok"} {
		if res := ask(path, "192.0.2.1:1000"); res.Code != http.StatusOK {
			t.Errorf("%s: status %d", path, res.Code)
		}
	}
}

func TestAServerWithoutAnIndexSaysSo(t *testing.T) {
	s := serverWith(t, func(c *server.Config) { c.Gazetteer = nil })
	if res := get(t, s, "/api/geocode?q=Bangkok"); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(res.body, "--gazetteer") {
		t.Errorf("status %d: %s", res.StatusCode, res.body)
	}
}

func FuzzGeocode(f *testing.F) {
	s := realServer(f)
	for _, q := range []string{"q=Bangkok", "at=1,2", "q=%FF&lang=th", "q=a&near=1,2&limit=3&country=TH", "q=border+of+A+and+B"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		res := httptest.NewRecorder()
		s.ServeHTTP(res, &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/api/geocode", RawQuery: query}, Header: http.Header{}})
		if res.Code != http.StatusOK && res.Code != http.StatusBadRequest {
			t.Errorf("%q: status %d: %s", query, res.Code, res.Body)
		}
	})
}
