package server

import (
	"fmt"
	"net/url"
	"strings"
)

// addresses is how what the site holds is reached: from a server by its URLs, or in a folder by the names of its files.
// Everything else in this package names things by the server's URLs.
type addresses interface {
	// absolute is the public address of a URL of the server; empty where it is not known.
	absolute(address string) string
	// from is a URL of the server as the page at another one asks for it. What stands in braces stays.
	from(page, address string) string
}

// CheckBaseURL says why an address cannot be the one under which readers reach a server, or a folder. A folder may lie below any path,
// since its pages link to each other by relative addresses; a server's pages and scripts name what they need from the root of its host.
func CheckBaseURL(address string, folder bool) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || !isWebAddress(address):
		return fmt.Errorf("the base URL %q is no http or https address", address)
	case u.User != nil || strings.ContainsAny(address, "?#"):
		return fmt.Errorf("the base URL %q says more than where the pages are; leave out what stands before @ and from ? or # on", address)
	case !folder && strings.Trim(u.Path, "/") != "":
		return fmt.Errorf("the base URL %q has a path, and a server needs the root of a host: give it a host name of its own, "+
			"or write the site as a folder, which works below any path (corridor export --format site)", address)
	}
	return nil
}

// CheckExitURL says what is wrong with where the quick exit goes: it must be an http or https address, or empty.
func CheckExitURL(address string) error {
	if address != "" && !isWebAddress(address) {
		return fmt.Errorf("%q is no http or https address; write one such as https://www.wikipedia.org/", address)
	}
	return nil
}

func isWebAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// served is reached under a base URL, without a slash at its end.
type served struct{ base string }

func (s served) absolute(address string) string { return s.base + address }

func (served) from(_, address string) string { return address }

// The addresses of what readers open, below the server's root; absolute makes them public.

func routeAddress(id, lang, stop string) string {
	return "/routes/" + id + query("lang", lang, "stop", stop)
}

func presentAddress(id, lesson, lang string) string {
	return "/routes/" + id + "/present" + query("lang", lang, "lesson", lesson)
}

func embedAddress(id, lang, stop string, options ...string) string {
	return "/embed/" + id + query(append([]string{"lang", lang, "stop", stop}, options...)...)
}

func homeAddress(lang string) string { return "/" + query("lang", lang) }

func (s *Server) absolute(address string) string { return s.addresses.absolute(address) }

// clientAddresses are those that the script of a page asks for or links to. With the edition of the data they may be kept
// for ever.
func (s *Server) clientAddresses(page, lang, route, edition string) ClientAddresses {
	items := func(collection string, more ...string) string {
		pairs := append([]string{"lang", lang, "limit", "1000", "f", "json", "v", edition}, more...)
		address := "/api/collections/" + collection + "/items" + query(pairs...)
		return s.addresses.from(page, address)
	}
	return ClientAddresses{
		Items: items("{collection}", "route", route), Parts: items("places", "pack", "{pack}", "part_of", "{place}"),
		Route: s.addresses.from(page, "/routes/{route}"+query("lang", lang)),
	}
}

// query writes pairs of name and value as a query, without those that are empty and in the order given. A value in braces stays.
func query(pairs ...string) string {
	out := ""
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		before := "&"
		if out == "" {
			before = "?"
		}
		value := url.QueryEscape(pairs[i+1])
		if strings.HasPrefix(pairs[i+1], "{") { // to be filled in
			value = pairs[i+1]
		}
		out += before + url.QueryEscape(pairs[i]) + "=" + value
	}
	return out
}
