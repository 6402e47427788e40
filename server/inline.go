package server

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"maps"
	"slices"
	"strings"
)

// inlineStyle is a style sheet that stands within a page, so that the page is painted as soon as it has come.
type inlineStyle struct {
	css template.CSS
	// hash lets the page's policy allow just this: a source expression of CSP Level 3.
	hash string
}

// embedSheets reads the style sheets of embeds, by theme.
func (s *Server) embedSheets() (map[string]inlineStyle, error) {
	sheets := map[string]inlineStyle{}
	for _, theme := range embedThemes() {
		content, err := builtFile(s.assets.Styles["embed-"+theme])
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		sheets[theme] = inlineStyle{
			css:  template.CSS(content), //nolint:gosec // it is of our own build
			hash: "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		}
	}
	return sheets, nil
}

// sheetHashes are those that the policy of embeds allows.
func (s *Server) sheetHashes() string {
	var hashes []string
	for _, theme := range slices.Sorted(maps.Keys(s.sheets)) {
		hashes = append(hashes, s.sheets[theme].hash)
	}
	return strings.Join(hashes, " ")
}
