package server

import (
	"net/http"
	"net/url"
	"path"
	"strings"
)

// untracked takes out of an address what mailings and social networks add to every link that is passed on, such as utm_source and
// fbclid: nobody here reads it, and a page that refuses what it does not know would be lost to all who follow the link. The API keeps
// to the standard, by which what is unknown is refused.
func untracked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery != "" && !isData(r.URL.Path) {
			r.URL.RawQuery = withoutTracking(r.URL.RawQuery)
		}
		next.ServeHTTP(w, r)
	})
}

func isData(at string) bool {
	return at == "/api" || strings.HasPrefix(at, "/api/") || strings.HasPrefix(at, "/tiles/")
}

// withoutTracking gives a query without such parameters, all others as they were written.
func withoutTracking(query string) string {
	if !strings.Contains(query, "utm_") && !strings.Contains(query, "clid") &&
		!strings.Contains(query, "mc_") && !strings.Contains(query, "igsh") && !strings.Contains(query, "braid") {
		return query // nearly all
	}
	var kept []string
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if name, err := url.QueryUnescape(name); err != nil || !tracks(name) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(kept, "&")
}

// tracks says whether a parameter is one that is added to links to follow who passes them on.
func tracks(name string) bool {
	switch name {
	case "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "mc_cid", "mc_eid", "igsh", "igshid":
		return true
	}
	return strings.HasPrefix(name, "utm_")
}

// noPage answers where there is no page, and leads on from an address with a slash behind it, as some people and programs write one.
func noPage(w http.ResponseWriter, r *http.Request) error {
	if len(r.URL.Path) < 2 || !strings.HasSuffix(r.URL.Path, "/") {
		return errNoPage
	}
	plain := url.URL{Path: path.Clean("/" + r.URL.Path), RawQuery: r.URL.RawQuery} // one slash in front: two would be another site
	http.Redirect(w, r, plain.String(), http.StatusMovedPermanently)
	return nil
}
