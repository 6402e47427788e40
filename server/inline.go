package server

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"maps"
	"slices"
	"strings"
)

// inline is a style sheet or a script of our own build that stands within a page: what it does is done when the page has come.
type inline struct {
	content string
	// hash lets the page's policy allow just this: a source expression of CSP Level 3.
	hash string
}

// inlineOf reads the file of an address of the bundle.
func inlineOf(address string) (inline, error) {
	content, err := builtFile(address)
	if err != nil {
		return inline{}, err
	}
	sum := sha256.Sum256(content)
	return inline{content: string(content), hash: "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}, nil
}

func (i inline) css() template.CSS {
	return template.CSS(i.content) //nolint:gosec // it is of our own build
}

func (i inline) js() template.JS {
	return template.JS(i.content) //nolint:gosec // it is of our own build
}

// embedSheets reads the style sheets of embeds, by theme: a frame is painted as soon as its page has come.
func (s *Server) embedSheets() (map[string]inline, error) {
	sheets := map[string]inline{}
	for _, theme := range embedThemes() {
		sheet, err := inlineOf(s.assets.Styles["embed-"+theme])
		if err != nil {
			return nil, err
		}
		sheets[theme] = sheet
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
