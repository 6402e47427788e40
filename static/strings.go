package static

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Strings are the interface's texts in one language, by key. A text with a {count} may have other forms beside it, under
// its key and the plural category of the Unicode CLDR: "legend.stops" holds the form "other", "legend.stops.one" the one
// for a single stop. src/strings.ts does the same in the browser.
type Strings struct {
	tag   language.Tag
	texts map[string]string
}

// NewStrings makes the texts of a language, which a BCP 47 tag names, from its file's.
func NewStrings(tag string, texts map[string]string) Strings {
	return Strings{language.Make(tag), texts}
}

// MarshalJSON writes the texts by key, as their file has them.
func (s Strings) MarshalJSON() ([]byte, error) { return json.Marshal(s.texts) }

// JSON is what MarshalJSON writes, for an attribute of a page.
func (s Strings) JSON() (string, error) {
	raw, err := s.MarshalJSON()
	return string(raw), err
}

// WithPrefixes gives those texts whose keys begin with one of some prefixes.
func (s Strings) WithPrefixes(prefixes []string) Strings {
	some := maps.Clone(s.texts)
	maps.DeleteFunc(some, func(key, _ string) bool {
		return !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
	})
	return Strings{s.tag, some}
}

// Format gives the text of a key with each {name} replaced from the pairs name, value…; the key itself where there is no
// such text. An int is written as the language groups digits, except a {year}; an int named count chooses the plural form.
func (s Strings) Format(key string, pairs ...any) string {
	replacements := make([]string, 0, len(pairs))
	var form string
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1])
		if n, ok := pairs[i+1].(int); ok && name != "year" {
			value = s.Number(n)
			if name == "count" {
				form = s.texts[key+"."+s.category(n)]
			}
		}
		replacements = append(replacements, "{"+name+"}", value)
	}
	text, ok := s.texts[key]
	switch {
	case form != "":
		text = form
	case !ok:
		return key
	}
	return strings.NewReplacer(replacements...).Replace(text) // in one pass: a value's own braces stay
}

// category names the plural category of a count of things: "one", "few", "other"…
func (s Strings) category(n int) string {
	names := map[plural.Form]string{
		plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
	}
	return names[plural.Cardinal.MatchPlural(s.tag, max(n, -n), 0, 0, 0, 0)]
}

// Number writes a number as the language groups digits: 40,000 or 40.000. The digits are 0 to 9 in every language, since
// those are on the map and in the citations that texts refer to.
func (s Strings) Number(n int) string {
	if -1000 < n && n < 1000 {
		return strconv.Itoa(n)
	}
	tag := s.tag
	if base, _ := tag.Base(); base.String() == "km" {
		tag = language.English // browsers have the newer CLDR, in which Khmer groups with commas
	}
	latin, err := tag.SetTypeForKey("nu", "latn")
	if err != nil {
		latin = tag
	}
	return message.NewPrinter(latin).Sprint(n)
}

// Direction is in which direction the language is written, as the attribute dir of HTML has it: "ltr" or "rtl".
func (s Strings) Direction() string { return Direction(s.tag) }

// Direction is in which direction a language is written, as the attribute dir of HTML has it: "ltr" or "rtl".
func Direction(tag language.Tag) string {
	switch script, _ := tag.Script(); script.String() {
	case "Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi":
		return "rtl"
	}
	return "ltr"
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
		var texts map[string]string
		if err := json.Unmarshal(raw, &texts); err != nil {
			return nil, fmt.Errorf("static: %s: %w", file, err)
		}
		tag := strings.TrimSuffix(path.Base(file), ".json")
		all[tag] = NewStrings(tag, texts)
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
