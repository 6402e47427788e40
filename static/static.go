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
	"maps"
	"path"
	"slices"
	"strconv"
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
	// Scripts are the pages' scripts by name: main, plain, present, live, embed, embed-map; resize is for pages of others.
	Scripts map[string]string `json:"scripts"`
	Style   string            `json:"style"`
	// Styles are those that only some pages load, by name: present, embed-auto, embed-light, embed-dark, embed-map.
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
		"number": number,
		"period": period,
	}
}

// number writes a count with commas between thousands: 40,000.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// period writes an ISO 8601 interval for readers: 1995–2008, with an ellipsis at an open end.
func period(p string) string {
	from, to, interval := strings.Cut(p, "/")
	if !interval {
		return p
	}
	return strings.ReplaceAll(from+"–"+to, "..", "…")
}

// Strings are the interface's texts in one language, by key.
type Strings map[string]string

// Format gives the text of a key with each {name} replaced from the pairs name, value…; the key itself where there is no
// such text.
func (s Strings) Format(key string, pairs ...any) string {
	text, ok := s[key]
	if !ok {
		return key
	}
	replacements := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		replacements = append(replacements, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(replacements...).Replace(text) // in one pass: a value's own braces stay
}

// Languages reads the interface's languages by BCP 47 tag, one file each.
func Languages() (map[string]Strings, error) {
	files, err := fs.Glob(languages, "lang/*.json")
	if err != nil {
		return nil, fmt.Errorf("static: %w", err)
	}
	all := make(map[string]Strings, len(files))
	for _, file := range files {
		raw, err := languages.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("static: %w", err)
		}
		var s Strings
		if err := json.Unmarshal(raw, &s); err != nil {
			return nil, fmt.Errorf("static: %s: %w", file, err)
		}
		all[strings.TrimSuffix(path.Base(file), ".json")] = s
	}
	return all, nil
}

// Tags lists the languages' tags, English first and the others in order.
func Tags(all map[string]Strings) []string {
	tags := slices.Sorted(maps.Keys(all))
	slices.SortStableFunc(tags, func(a, b string) int {
		switch {
		case a == b:
			return 0
		case a == "en":
			return -1
		case b == "en":
			return 1
		}
		return 0
	})
	return tags
}
