package server_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"corridor/server"
)

// askFrom asks as a peer does, with headers in pairs.
func askFrom(t *testing.T, s *server.Server, peer, path string, headers ...string) int {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.RemoteAddr = peer
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Code
}

func TestOnlyTrustedProxiesSayForWhomTheyAsk(t *testing.T) {
	var log bytes.Buffer
	s := serverWith(t, func(c *server.Config) {
		c.Log, c.LogAddresses, c.Gazetteer = slog.New(slog.NewTextHandler(&log, nil)), true, nil // a search fails, which the log tells
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/64")}
	})
	const proxy, common, standard = "10.0.0.1:4000", "X-Forwarded-For", "Forwarded"
	tests := []struct {
		name, peer string
		headers    []string
		want       string
	}{
		{"a reader without a proxy", "192.0.2.1:7", nil, "192.0.2.1:7"},
		{"a reader who names another", "192.0.2.1:7", []string{common, "198.51.100.1", standard, "for=198.51.100.1"}, "192.0.2.1:7"},
		{"a proxy", proxy, []string{common, "198.51.100.1"}, "198.51.100.1"},
		{"a proxy in IPv6", "[fd00::1]:7", []string{common, "2001:db8::7"}, "2001:db8::7"},
		{"a proxy in IPv4 within IPv6", "[::ffff:10.0.0.1]:7", []string{common, "198.51.100.1:99"}, "198.51.100.1"},
		{"a proxy that says nothing", proxy, nil, proxy},
		{"a reader who names another before the proxy does", proxy, []string{common, "203.0.113.9, 198.51.100.1"}, "198.51.100.1"},
		{"the same in a header of its own", proxy, []string{common, "203.0.113.9", common, "198.51.100.1"}, "198.51.100.1"},
		{"two proxies", proxy, []string{common, "203.0.113.9, 198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"a reader who names a proxy", proxy, []string{common, "10.0.0.3, 198.51.100.1"}, "198.51.100.1"},
		{"nothing but proxies", proxy, []string{common, "10.0.0.3, 10.0.0.2"}, proxy},
		{"what is no address", proxy, []string{common, "198.51.100.1, unknown"}, proxy},
		{"what is no address before one", proxy, []string{common, "evil\", 198.51.100.1"}, "198.51.100.1"},
		{"an empty header", proxy, []string{common, ""}, proxy},
		{"the standard header", proxy, []string{standard, `for=203.0.113.9, For="[2001:db8::7]:99";proto=https;by=_x`}, "2001:db8::7"},
		{"the standard header, quote open", proxy, []string{standard, `for="203.0.113.9, for=198.51.100.1`}, "198.51.100.1"},
		{"the standard header, hidden", proxy, []string{standard, "for=203.0.113.9, for=_hidden"}, proxy},
		{"both headers", proxy, []string{common, "198.51.100.1", standard, "for=198.51.100.1"}, "198.51.100.1"},
		{"one header from the reader", proxy, []string{common, "198.51.100.1", standard, "for=203.0.113.9"}, proxy},
		{"the other header from the reader", proxy, []string{common, "203.0.113.9", standard, "for=198.51.100.1"}, proxy},
	}
	for _, tt := range tests {
		log.Reset()
		askFrom(t, s, tt.peer, "/api/geocode?q=x", tt.headers...)
		if got := strings.Trim(between(log.String(), "address=", " "), `"`); got != tt.want {
			t.Errorf("%s: taken for %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestReadersBehindAProxyHaveRatesOfTheirOwn(t *testing.T) {
	s := serverWith(t, func(c *server.Config) {
		c.GeocodeRate, c.TrustedProxies = 1, []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	})
	for i, want := range []struct {
		reader string
		status int
	}{{"192.0.2.1", http.StatusOK}, {"192.0.2.2", http.StatusOK}, {"192.0.2.1", http.StatusTooManyRequests}, {"2001:db8::1", http.StatusOK}, {"2001:db8::2", http.StatusTooManyRequests}} {
		if got := askFrom(t, s, "127.0.0.1:9", "/api/geocode?q=Bangkok", "X-Forwarded-For", want.reader); got != want.status {
			t.Errorf("request %d, for %s: %d, want %d", i+1, want.reader, got, want.status)
		}
	}
}
