package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// A link that was passed on leads to the page, whatever was added to it on its way; the API refuses what it does not know.
func TestLinksThatWerePassedOn(t *testing.T) {
	s := serverOf(t, another)
	const added = "utm_source=letter&utm_campaign=a%26b&fbclid=Iw-_1&gclid=2&mc_eid=3"
	for _, address := range []string{
		"/?", "/routes/yunnan?", "/routes/yunnan/handout?edition=short&", "/routes/yunnan/lesson.html?", "/routes/yunnan/present?lang=th&",
		"/embed/yunnan?stop=bangkok&", "/embed/all?", "/search?q=bangkok&", "/guide?", "/routes/yunnan.svg?",
	} {
		plain, passed := get(t, s, strings.TrimRight(address, "?&")), get(t, s, address+added)
		if passed.StatusCode != http.StatusOK || passed.body != plain.body {
			t.Errorf("%s: %s, or another page", address+added, passed.Status)
		}
	}
	for _, address := range []string{"/api/collections?fbclid=1", "/tiles/stops.json?utm_source=x", "/embed/yunnan?utmost=1"} {
		if a := get(t, s, address); a.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", address, a.Status)
		}
	}
}

func TestASlashBehindAnAddress(t *testing.T) {
	s := serverOf(t, another)
	for address, want := range map[string]string{
		"/routes/yunnan/?lang=th": "/routes/yunnan?lang=th", "/guide/": "/guide", "//example.org/": "/example.org", "/a/..//b//": "/b",
	} {
		if a := get(t, s, address); a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != want {
			t.Errorf("%s: %s to %q, want %q", address, a.Status, a.Header.Get("Location"), want)
		}
	}
}
