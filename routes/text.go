package routes

import (
	"maps"
	"slices"
	"strings"
)

// Wording is one text as chosen for a reader.
type Wording struct {
	Text string
	// Lang is the BCP 47 tag of the text itself, which is not the one asked for where that is missing.
	Lang string
	// Draft says that the text is a translation that nobody has reviewed.
	Draft bool
}

// In chooses a text for a reader: in the language asked for, else in the language the pack was written in.
func (a About) In(t Text, lang string) Wording {
	if t[lang] == "" {
		lang = a.Original()
	}
	return Wording{Text: t[lang], Lang: lang, Draft: a.status(lang) == Draft}
}

// Nearest chooses a text in a language, else in English, else in any, which is always the same.
func (t Text) Nearest(lang string) string {
	for _, tag := range append([]string{lang, "en"}, slices.Sorted(maps.Keys(t))...) {
		if t[tag] != "" {
			return t[tag]
		}
	}
	return ""
}

// Only gives the text in some languages and no others.
func (t Text) Only(tags ...string) Text {
	if t == nil {
		return nil
	}
	some := Text{}
	for _, tag := range tags {
		if text, ok := t[tag]; ok {
			some[tag] = text
		}
	}
	return some
}

// Original is the language the pack was written in, "en" where the pack names none.
func (a About) Original() string {
	if len(a.Languages) == 0 {
		return "en"
	}
	return a.Languages[0].Code
}

// Tags lists the pack's languages.
func (a About) Tags() []string {
	tags := make([]string, len(a.Languages))
	for i, l := range a.Languages {
		tags[i] = l.Code
	}
	return tags
}

func (a About) status(lang string) TranslationStatus {
	i := slices.IndexFunc(a.Languages, func(l Language) bool { return l.Code == lang })
	if i < 0 {
		return Draft
	}
	return a.Languages[i].Status
}

// Source is the id of the source that a citation names.
func (c Citation) Source() string {
	source, _, _ := strings.Cut(string(c), " ")
	return source
}

// Locator is the place in the source that a citation names, such as "¶5".
func (c Citation) Locator() string {
	_, locator, _ := strings.Cut(string(c), " ")
	return strings.TrimSpace(locator)
}

// joinCitations gives "08BEIJING4697 ¶5; 08BEIJING4697 ¶6".
func joinCitations(list []Citation) string {
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = string(c)
	}
	return strings.Join(parts, "; ")
}

// joinCodes gives "transit; identification".
func joinCodes[C ~string](list []C) string {
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = string(c)
	}
	return strings.Join(parts, "; ")
}
