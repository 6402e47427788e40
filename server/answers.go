package server

import (
	"encoding/json"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"corridor/geo/gazetteer"
	"corridor/routes"
)

// answerSchemas writes what is answered as schemas of OpenAPI 3.0, from the types that it is written from: the one cannot change without
// the other.
type answerSchemas struct {
	// named are the schemas of structs by their names; of is the type that has a name.
	named object
	of    map[string]reflect.Type
	// texts say what those parts mean whose names do not tell it, by the schema and the name.
	texts map[string]string
}

// answers are the schemas of all answers about documents and searches, with those that they are made of.
func answers() object {
	a := answerSchemas{object{}, map[string]reflect.Type{}, documentTexts()}
	maps.Copy(a.texts, placeTexts())
	maps.Copy(a.texts, searchTexts())
	for _, one := range []any{routeList{}, routeDocument{}, routes.Lesson{}, searchAnswer{}, reverseAnswer{}, contentSearch{}} {
		a.reference(reflect.TypeOf(one))
	}
	return a.named
}

// answered refers to the schema of an answer; of several where it is one of these.
func answered(kinds ...any) object {
	list := make([]object, len(kinds))
	for i, kind := range kinds {
		list[i] = reference("schemas", schemaName(reflect.TypeOf(kind)))
	}
	schema := list[0]
	if len(list) > 1 {
		schema = object{"oneOf": list}
	}
	return object{jsonType: object{"schema": schema}}
}

// schemaName is what the schema of a struct is called: where another package has one of the same name, after its own.
func schemaName(t reflect.Type) string {
	name := strings.ToLower(t.Name()[:1]) + t.Name()[1:]
	if t.PkgPath() == reflect.TypeFor[routes.Route]().PkgPath() {
		return path.Base(t.PkgPath()) + t.Name() // a document as it was written
	}
	return name
}

// reference writes the schema of a struct once and refers to it.
func (a answerSchemas) reference(t reflect.Type) object {
	name := schemaName(t)
	if known := a.of[name]; known == nil {
		a.of[name] = t
		a.named[name] = a.record(t)
	} else if known != t {
		panic("two schemas are called " + name)
	}
	return reference("schemas", name)
}

// record is the schema of a struct: what it embeds stands in it, and what is not left out where it is empty is always there.
func (a answerSchemas) record(t reflect.Type) object {
	properties, required := object{}, []string{}
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous && name == "" {
			inner := a.record(field.Type)
			maps.Copy(properties, inner["properties"].(object))
			if more, ok := inner["required"].([]string); ok {
				required = append(required, more...)
			}
			continue
		}
		if name == "-" || !field.IsExported() {
			continue
		}
		schema := a.value(field.Type)
		if text := a.texts[schemaName(t)+"."+name]; text != "" {
			schema = described(schema, text)
		}
		properties[name] = schema
		if !slices.Contains(strings.Split(options, ","), "omitempty") {
			required = append(required, name)
		}
	}
	return record(properties, required...)
}

// described adds what a schema means; beside a reference nothing else is read.
func described(schema object, text string) object {
	if schema["$ref"] != nil {
		return object{"allOf": []object{schema}, "description": text}
	}
	schema["description"] = text
	return schema
}

// word is the schema of a text, of a code with the codes that there are.
func word(t reflect.Type) object {
	schema := object{"type": "string"}
	var list []string
	switch v := reflect.Zero(t).Interface().(type) {
	case interface{ Terms() []routes.Term }:
		list = property{vocabulary: v.Terms()}.codes()
	case routes.EntryKind:
		for _, kind := range routes.EntryKinds() {
			list = append(list, string(kind))
		}
	case gazetteer.Decision:
		list = []string{string(gazetteer.Accept), string(gazetteer.Ask), string(gazetteer.Refuse)}
	}
	if len(list) > 0 {
		schema["enum"] = list
	}
	return schema
}

// value is the schema of a value of a type.
func (a answerSchemas) value(t reflect.Type) object {
	if t == reflect.TypeFor[json.RawMessage]() {
		return object{"type": "object"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		schema := a.value(t.Elem())
		if schema["$ref"] == nil {
			schema["nullable"] = true
		}
		return schema
	case reflect.Struct:
		return a.reference(t)
	case reflect.Slice: // where it is empty it may be null
		list := listOf(a.value(t.Elem()))
		list["nullable"] = true
		return list
	case reflect.Array:
		list := listOf(a.value(t.Elem()))
		list["minItems"], list["maxItems"] = t.Len(), t.Len()
		return list
	case reflect.Map:
		return object{"type": "object", "nullable": true, "additionalProperties": a.value(t.Elem())}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Float64, reflect.Float32:
		return object{"type": "number"}
	case reflect.String:
		return word(t)
	default:
		return object{"type": "integer"}
	}
}

// placeTexts are those of searches of places.
func placeTexts() map[string]string {
	return map[string]string{
		"result.query": "What was looked for.",
		"result.decision": "accept: the first place is meant, as surely as names can tell; ask: it is the likeliest, but somebody should choose; " +
			"refuse: no place is known by the name.",
		"result.problem":  "What is wrong with the query, where the decision is to refuse.",
		"result.places":   "What may be meant, the likeliest first.",
		"found.name":      "The name, in the language asked for where one is known.",
		"found.lat":       "Latitude in degrees: of a settlement where it is, of an area of a point to stand for it.",
		"found.lon":       "Longitude in degrees, likewise.",
		"found.bbox":      "West, south, east and north in degrees; left out for a settlement.",
		"found.kind":      "What it is: country, province, city and so on.",
		"found.precision": "How precisely it is known where it is.",
		"found.country":   "A country's two-letter code (ISO 3166-1).",
		"found.code":      "A code of ISO 3166 or GeoNames.",
		"found.score":     "How sure it is, from 0 to 1.",
		"found.fuzzy":     "Whether the name was misspelt.",
		"found.write":     "What to write to mean this place alone.",
		"found.reasons":   "Why it comes where it does, in words.",
		"found.origin":    "The data set that it comes from.",
		"found.licence":   "The licence of that, as an SPDX identifier or in words.",

		"reverseAnswer.at":         "Longitude and latitude of the point, in degrees.",
		"reverseAnswer.places":     "The settlements and crossings near it, the nearest first, and then the province and the country in whose outlines it lies: those of the data, which are a few kilometres off at some borders.",
		"nearPlace.metres":         "How far it is from the point, in metres; 0 for an area that holds it.",
		"searchAnswer.attribution": "Whom to name for the places.", "reverseAnswer.attribution": "Whom to name for the places.",
	}
}

// searchTexts are those of searches of the content.
func searchTexts() map[string]string {
	const marks = "What was looked for, as from and to, the latter not included, in characters (Unicode code points) of the "
	return map[string]string{
		"contentSearch.query":          "What was looked for.",
		"contentSearch.results":        "What was found: titles first, then in the order of types.",
		"contentSearch.number_matched": "How many results there are on all pages; left out where they are too many to count.",
		"contentSearch.boundary_note":  "What lines and boundaries do not mean, in the language asked for.",
		"contentSearch.links":          "To this page, and with rel next to the one behind it, where there is one.",
		"searchResult.type":            "What was found.",
		"searchResult.kind":            "The type in words, in the language asked for or the nearest.",
		"searchResult.id":              "The document's id; of a stop its route's and its own.",
		"searchResult.lang":            "The language of the title.",
		"searchResult.draft":           "Whether the title is a draft translation.",
		"searchResult.title_marks":     marks + "title.",
		"searchResult.snippet":         "The passage in which it was found, or the beginning of the text; it may be empty.",
		"searchResult.snippet_lang":    "The language of the snippet, which may be another than the title's.",
		"searchResult.snippet_draft":   "Whether the snippet is a draft translation.",
		"searchResult.snippet_marks":   marks + "snippet.",
		"searchResult.as_of":           "The year that the source speaks of; left out where the entry is no statement.",
		"searchResult.historical":      "Whether that is more than ten years ago.",
		"searchResult.url":             "Where a reader finds it.",
	}
}

// documentTexts are those of routes.
func documentTexts() map[string]string {
	return map[string]string{
		"routeList.links":             "To this page, and with rel next to the one behind it, where there is one.",
		"routeSummary.title":          "By language.",
		"routeSummary.summary":        "By language.",
		"routeSummary.as_of":          "The year that the source speaks of.",
		"routeSummary.historical":     "Whether that is more than ten years ago.",
		"routeSummary.stops":          "How many stops it has.",
		"routeSummary.pack":           "The content pack that it comes from.",
		"routeSummary.licence":        "The licence of the content, as an SPDX identifier.",
		"routeSummary.languages":      "The languages of its texts, the first the one that it was written in.",
		"routeSummary.attribution":    "Whom to name when it is used.",
		"routeDocument.boundary_note": "What lines and boundaries do not mean, in the language asked for.",
		"routeDocument.route":         "The document as it was written.",
		"routeDocument.features":      "What is derived from the documents: FeatureCollections by the name of their collection, in the language asked for.",
	}
}
