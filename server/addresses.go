package server

import "net/url"

// The addresses of what readers open, below the server's root; absolute puts the base URL before one.

func routeAddress(id, lang, stop string) string {
	return "/routes/" + id + query("lang", lang, "stop", stop)
}

func embedAddress(id, lang, stop string) string {
	return "/embed/" + id + query("lang", lang, "stop", stop)
}

func homeAddress(lang string) string { return "/" + query("lang", lang) }

func (s *Server) absolute(address string) string { return s.BaseURL + address }

// query writes pairs of name and value as a query, without those that are empty and in the order given.
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
		out += before + url.QueryEscape(pairs[i]) + "=" + url.QueryEscape(pairs[i+1])
	}
	return out
}
