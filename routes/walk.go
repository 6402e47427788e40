package routes

import (
	"reflect"
	"strings"
	"unicode"
)

// A visitor sees what a document says in words: its texts, and what stands in one language only, such as the title of a source.
type visitor struct {
	text  func(Text, spot)
	words func(string, spot)
}

// eachText visits all words of the pack with where they stand.
func (l *Loaded) eachText(visit visitor) {
	if l.spots.about != (spot{}) {
		visit.document(l.About, l.spots.about)
	}
	visitEach(visit, l.Sources, l.spots.sources)
	visitEach(visit, l.Organisations, l.spots.organisations)
	visitEach(visit, l.Places, l.spots.places)
	visitEach(visit, l.Routes, l.spots.routes)
	visitEach(visit, l.Movements, l.spots.movements)
	visitEach(visit, l.Sites, l.spots.sites)
	visitEach(visit, l.Findings, l.spots.findings)
	visitEach(visit, l.Contacts, l.spots.contacts)
	visitEach(visit, l.Lessons, l.spots.lessons)
}

func visitEach[D any](visit visitor, list []D, spots []spot) {
	for i, d := range list {
		visit.document(d, spots[i])
	}
}

func (visit visitor) document(document any, s spot) { visit.value(reflect.ValueOf(document), s) }

func (visit visitor) value(v reflect.Value, s spot) {
	switch {
	case v.Type() == reflect.TypeFor[Text]():
		if t, ok := v.Interface().(Text); ok && t != nil {
			visit.text(t, s)
		}
	case v.Kind() == reflect.String:
		visit.words(v.String(), s)
	case v.Kind() == reflect.Struct:
		for _, f := range fieldsOf(v.Type()).texts {
			if field := v.FieldByIndex(f.Index); maySay(field) {
				visit.value(field, s.field(f.name))
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			visit.value(v.Index(i), s.item(i))
		}
	}
}

// maySay says whether a value can say something that must not be published. Most strings cannot: those of one word of letters, a few
// digits and hyphens, which are ids, codes and days, and citations that name a paragraph by its number.
func maySay(v reflect.Value) bool {
	switch {
	case v.Type() == reflect.TypeFor[Citation]():
		_, locator, _ := strings.Cut(v.String(), " ")
		return strings.ContainsFunc(locator, unicode.IsLetter) || hasNumber(locator, 5)
	case v.Kind() == reflect.String:
		return strings.ContainsFunc(v.String(), func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && r != '-'
		}) || hasNumber(v.String(), 9)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			if maySay(v.Index(i)) {
				return true
			}
		}
		return false
	}
	return true
}

// hasNumber says whether a text has so many digits.
func hasNumber(text string, digits int) bool {
	for _, r := range text {
		if unicode.IsDigit(r) {
			if digits--; digits == 0 {
				return true
			}
		}
	}
	return false
}

// holdsText says whether a value of a type is or may hold words that are published. What is in name_exceptions is not, and
// what stands there is meant to look like a person.
func holdsText(t reflect.Type) bool {
	switch {
	case t == reflect.TypeFor[NameException]():
		return false
	case t == reflect.TypeFor[Text](), t == reflect.TypeFor[string](), t == reflect.TypeFor[Citation]():
		return true
	case t.Kind() == reflect.Struct:
		return len(fieldsOf(t).texts) > 0
	}
	return t.Kind() == reflect.Slice && holdsText(t.Elem())
}
