package server

import (
	"net/http"
	"slices"

	"golang.org/x/text/language"
)

func matcherOf(tags []string) language.Matcher {
	parsed := make([]language.Tag, len(tags))
	for i, tag := range tags {
		parsed[i] = language.Make(tag)
	}
	return language.NewMatcher(parsed)
}

// pageLanguage chooses the interface's language: ?lang=, then Accept-Language, then English. An ill-formed ?lang= is an
// error; a well-formed one that we do not have is answered with the nearest.
func (s *Server) pageLanguage(r *http.Request) (string, error) {
	var wanted []language.Tag
	if asked := r.URL.Query().Get("lang"); asked != "" {
		tag, err := parseLanguage(asked)
		if err != nil {
			return s.tags[0], err
		}
		wanted = append(wanted, tag)
	}
	accepted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err == nil {
		wanted = append(wanted, accepted...)
	}
	_, i, confidence := s.matcher.Match(wanted...)
	if confidence == language.No {
		return s.tags[0], nil
	}
	return s.tags[i], nil
}

// contentLanguage brings a wanted tag to one that the content has, where one is near; else it stays, and every feature
// comes in its pack's own language.
func contentLanguage(wanted string, have []string) string {
	if wanted == "" || slices.Contains(have, wanted) || len(have) == 0 {
		return wanted
	}
	_, i, confidence := matcherOf(have).Match(language.Make(wanted))
	if confidence == language.No {
		return wanted
	}
	return have[i]
}

func parseLanguage(value string) (language.Tag, error) {
	tag, err := language.Parse(value)
	if err != nil {
		return tag, &paramError{"lang", "it is no language tag; write one such as en, zh-Hans, th or my"}
	}
	return tag, nil
}
