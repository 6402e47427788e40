// Package static is the Leaflet front end as the binary carries it: the built bundle, the page templates and the
// interface's languages. It knows nothing of routes or the database.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
)

//go:embed all:dist
var dist embed.FS

//go:embed templates/*.html
var templates embed.FS

//go:embed lang/*.json
var languages embed.FS

// ErrNotBuilt means that the bundle is missing from the binary; `make build` makes it.
var ErrNotBuilt = errors.New("static: the front end was not built; run make build")

// Assets are the addresses of the built bundle, each with a hash of its content in its name.
type Assets struct {
	// Scripts are the pages' scripts by name; build.mjs lists them. resize is for pages of others.
	Scripts map[string]string `json:"scripts"`
	Style   string            `json:"style"`
	// Styles are those that only some pages load, by name; build.mjs lists them, with one for each theme of embeds and one for their map.
	Styles map[string]string `json:"styles"`
}

// LoadAssets reads the manifest of the built bundle. The error is [ErrNotBuilt] where there is none.
func LoadAssets() (Assets, error) {
	var a Assets
	raw, err := dist.ReadFile("dist/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return a, ErrNotBuilt
	}
	if err != nil {
		return a, fmt.Errorf("static: %w", err)
	}
	if err := json.Unmarshal(raw, &a); err != nil {
		return a, fmt.Errorf("static: manifest.json: %w", err)
	}
	return a, nil
}

// Files are the files of the built bundle, to be served below /assets/.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is a constant and valid
	}
	return sub
}

// DrawFonts are the fonts in which pictures of a route are drawn, one script and weight a file, such as thai-600.woff.
func DrawFonts() fs.FS {
	sub, err := fs.Sub(dist, "dist/draw")
	if err != nil {
		panic(err) // the name is a constant and valid
	}
	return sub
}

// Fingerprint names all that pages are made of: the templates, the interface's languages and the bundle. It is a
// hexadecimal SHA-256.
func Fingerprint() (string, error) {
	h := sha256.New()
	for _, files := range []fs.FS{templates, languages, dist} {
		for _, pattern := range []string{"templates/*.html", "lang/*.json", "dist/manifest.json"} {
			names, err := fs.Glob(files, pattern)
			if err != nil {
				return "", fmt.Errorf("static: %w", err)
			}
			for _, name := range names {
				content, err := fs.ReadFile(files, name)
				if err != nil {
					return "", fmt.Errorf("static: %w", err)
				}
				fmt.Fprintf(h, "%s %d\n%s", name, len(content), content)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Templates parses the pages' templates.
func Templates() (*template.Template, error) {
	t, err := template.New("").Funcs(functions()).ParseFS(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("static: %w", err)
	}
	return t, nil
}

// on is what a shared part of a template gets: the page, for its texts, and the thing the part shows.
type on struct{ Page, It any }

func functions() template.FuncMap {
	return template.FuncMap{
		"on":     func(page, it any) on { return on{page, it} },
		"list":   func(items ...string) []string { return items },
		"period": period,
	}
}

// period writes an ISO 8601 interval for readers: 1995–2008, with an ellipsis at an open end.
func period(p string) string {
	from, to, interval := strings.Cut(p, "/")
	if !interval {
		return p
	}
	return strings.ReplaceAll(from+"–"+to, "..", "…")
}
