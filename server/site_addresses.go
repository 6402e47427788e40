package server

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// folder is reached by the names of its files, which every static host serves as they are: no name needs a query, a rule of
// rewriting, or a host that answers a folder's address with a page.
type folder struct {
	// base is the folder's public address without a slash at its end; empty where it is not known.
	base string
	// standard is the language of addresses that name none.
	standard string
	rules    []folderRule
}

// folderRule says in which file lies what the server answers at a URL. Names in braces stand for parts of the path and for
// parameters: {lesson} for one that must be there, {.width} for ".1200" where it is there and for nothing where not.
type folderRule struct {
	path, file string
	// defaults are parameters that may be left out; those that the file's name has no place for make no difference to it.
	defaults string
	// keeps says that other parameters stay in the file's address, where its script reads them.
	keeps   bool
	pattern *regexp.Regexp
}

func folderRules() []folderRule {
	return []folderRule{
		{path: "/", file: "{lang}/index.html", keeps: true},
		{path: "/guide", file: "{lang}/guide.html"},
		{path: "/privacy", file: "{lang}/privacy.html"},
		{path: "/routes/{id}", file: "{lang}/routes/{id}.html", keeps: true},
		{path: "/routes/{id}/present", file: "{lang}/routes/{id}/{lesson}/present.html", keeps: true},
		{path: "/routes/{id}/notes", file: "{lang}/routes/{id}/{lesson}/notes.html", keeps: true},
		{path: "/routes/{id}/handout", file: "{lang}/routes/{id}/{lesson}/handout.{edition}.html", defaults: "edition=participant"},
		{path: "/routes/{id}/handout.pdf", file: "{lang}/routes/{id}/{lesson}/handout.{edition}.{paper}.pdf", defaults: "edition=participant&paper=a4"},
		{path: "/routes/{id}/handout/map.png", file: "{lang}/routes/{id}/{lesson}/map{.step}.png"},
		{path: "/routes/{id}/lesson.json", file: "routes/{id}/{lesson}.json"},
		{path: "/routes/{id}/lesson.html", file: "routes/{id}/{lesson}.html"},
		{path: "/routes/{id}/qr.svg", file: "{lang}/routes/{id}/qr{.stop}.svg"},
		{path: "/routes/{id}.{format}", file: "{lang}/routes/{id}{.width}{.theme}{.empty}.{format}"},
		{path: "/embed/{id}", file: "{lang}/embed/{id}.html", keeps: true},
		{path: "/embed/{id}.json", file: "{lang}/embed/{id}{.layers}.json", defaults: "route="},
		{path: "/embed/{id}.svg", file: "{lang}/embed/{id}.{shape}{.theme}.svg", defaults: "route="},
		{path: "/api/routes/{id}", file: "data/routes/{id}.json"},
		{path: "/api/routes/{id}/download.{extension}", file: "data/{lang}/routes/{id}.{extension}"},
		{path: "/api/collections/{collection}/items", file: "data/{lang}/{collection}{.route}{.pack}{.part_of}.json", defaults: "limit=&f=&v="},
		{path: "/tiles/basemap/{z}/{x}/{y}.{format}", file: "tiles/{z}/{x}/{y}.bin", keeps: true},
		{path: "/assets/{name}.{extension}", file: "assets/{name}.{extension}"},
		{path: "/embed.js", file: "embed.js"},
		{path: "/robots.txt", file: "robots.txt"},
		{path: "/sitemap.xml", file: "sitemap.xml"},
		{path: "/sitemap-{part}.xml", file: "sitemap-{part}.xml"},
	}
}

func newFolder(base, standard string) *folder {
	f := &folder{base: base, standard: standard, rules: folderRules()}
	name := regexp.MustCompile(`\\\{(\w+)\\\}`)
	for i, rule := range f.rules {
		f.rules[i].pattern = regexp.MustCompile("^" + name.ReplaceAllString(regexp.QuoteMeta(rule.path), `(?P<$1>[^/.]+)`) + "$")
	}
	return f
}

var (
	placeholder = regexp.MustCompile(`\{(\.?)(\w+)\}`)
	// fileName is what names of files are made of, on every host.
	fileName = regexp.MustCompile(`^[A-Za-z0-9{}][A-Za-z0-9{}._/-]*$`)
)

// errNotInFolder means that something can only be had from a server.
var errNotInFolder = errors.New("a folder has no file for it")

// place gives the file that holds what the server answers at a URL, with what stays of the URL's query.
func (f *folder) place(address string) (file, rest string, err error) {
	path, raw, _ := strings.Cut(address, "?")
	q, err := url.ParseQuery(raw)
	if err != nil {
		return "", "", fmt.Errorf("%s: %w", address, err)
	}
	if path == "/" && !q.Has("lang") {
		return "index.html", query(pairsOf(q)...), nil // where readers begin, in the standard language
	}
	for _, rule := range f.rules {
		match := rule.pattern.FindStringSubmatch(path)
		if match == nil {
			continue
		}
		for i, name := range rule.pattern.SubexpNames() {
			if i > 0 {
				q.Set(name, match[i])
			}
		}
		if file, err = f.nameOf(rule, q); err != nil {
			return "", "", fmt.Errorf("%s: %w", address, err)
		}
		if len(q) > 0 && !rule.keeps {
			return "", "", fmt.Errorf("%s: %w: %s", address, errNotInFolder, q.Encode())
		}
		return file, query(pairsOf(q)...), nil
	}
	return "", "", fmt.Errorf("%s: %w", address, errNotInFolder)
}

// nameOf fills in a file's name and takes what it has used out of the parameters.
func (f *folder) nameOf(rule folderRule, q url.Values) (string, error) {
	defaults, err := url.ParseQuery("lang=" + f.standard + "&" + rule.defaults)
	if err != nil {
		return "", err
	}
	for name, value := range defaults {
		if !q.Has(name) {
			q[name] = value
		}
	}
	missing := ""
	file := placeholder.ReplaceAllStringFunc(rule.file, func(found string) string {
		part := placeholder.FindStringSubmatch(found)
		dot, name := part[1], part[2]
		value := strings.ReplaceAll(q.Get(name), ",", "-")
		switch {
		case value == "" && dot == "":
			missing = name
		case value == "":
			return ""
		case value == "true":
			value = name
		}
		return dot + value
	})
	if missing != "" {
		return "", fmt.Errorf("%w: it names no %s", errNotInFolder, missing)
	}
	if !fileName.MatchString(file) || strings.Contains(file, "..") {
		return "", fmt.Errorf("%w: %q is no name for a file", errNotInFolder, file)
	}
	for name := range defaults {
		q.Del(name)
	}
	for _, part := range placeholder.FindAllStringSubmatch(rule.file, -1) {
		q.Del(part[2])
	}
	for _, name := range rule.pattern.SubexpNames() {
		q.Del(name)
	}
	return file, nil
}

// pairsOf writes parameters as names and values, in order.
func pairsOf(q url.Values) []string {
	var out []string
	for part := range strings.SplitSeq(q.Encode(), "&") {
		name, _, _ := strings.Cut(part, "=")
		if name != "" {
			out = append(out, name, q.Get(name))
		}
	}
	return out
}

func (f *folder) absolute(address string) string {
	file, rest, err := f.place(address)
	if f.base == "" || err != nil {
		return ""
	}
	return f.base + "/" + file + rest
}

func (f *folder) from(page, address string) string {
	at, _, err := f.place(page)
	if err != nil {
		return address
	}
	relative, err := f.link(at, address)
	if err != nil {
		return address
	}
	return relative
}

// link gives the address of what lies in the folder relative to a file in it.
func (f *folder) link(at, address string) (string, error) {
	address, fragment, within := strings.Cut(address, "#")
	file, rest, err := f.place(address)
	if err != nil {
		return "", err
	}
	relative := relativeTo(at, file) + rest
	if within {
		relative += "#" + fragment
	}
	return relative, nil
}

// relativeTo gives the way from one file to another, both by their names in the folder.
func relativeTo(at, file string) string {
	from, to := strings.Split(at, "/"), strings.Split(file, "/")
	same := 0
	for same < len(from)-1 && same < len(to)-1 && from[same] == to[same] {
		same++
	}
	return strings.Repeat("../", len(from)-1-same) + strings.Join(to[same:], "/")
}
