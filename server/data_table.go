package server

import (
	"slices"
	"sync"

	"corridor/routes"
)

// What is told here of collections, properties and parameters is all that is: from it come the check of queries, the OpenAPI
// document, the pages for people and what the API says it conforms to.

// valueKind is what a property's values are.
type valueKind int

// The kinds of values.
const (
	// aText is one line of text in the language asked for; aLongText may be several and is neither filtered nor ordered by.
	aText valueKind = iota
	aLongText
	// aCode is a word of a vocabulary; codes are several joined by "; ".
	aCode
	codes
	anInteger
	aNumber
	aTruth
)

// property is a documented property of features. Its description is the interface's text "data.property." and its name.
type property struct {
	name string
	kind valueKind
	// list names the vocabulary of codes, whose names are under "term." and it.
	list string
	// vocabulary has the codes; nil for an open list.
	vocabulary []routes.Term
	// derived says that it is worked out when it is read, so that it is neither filtered nor ordered by.
	derived bool
}

// ordered says whether features can be filtered and ordered by it.
func (p property) ordered() bool { return p.kind != aLongText && !p.derived }

func (p property) numeric() bool { return p.kind >= anInteger }

// codes are those of its vocabulary, each once; none for what has no vocabulary.
func (p property) codes() []string {
	var words []string
	for _, term := range p.vocabulary {
		words = append(words, term.Code)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// dataCollection is a published collection. Its title and description are the interface's texts "data.collection." and
// "data.about." with its id.
type dataCollection struct {
	id         routes.Collection
	properties []property
	// columns are the properties that its page shows in a table, beside the title.
	columns []string
	// filters are the properties that are parameters, and known the names of all parameters of its items.
	filters []property
	known   []string
}

// parameter is a query parameter of the API. Its description is the interface's text "data.parameter." and its name.
type parameter struct {
	name string
	// schema is that of OpenAPI 3.0.
	schema map[string]any
	// list says that several values are joined by commas.
	list bool
}

func text(names ...string) []property { return propertiesOf(aText, names) }

func propertiesOf(kind valueKind, names []string) []property {
	list := make([]property, len(names))
	for i, name := range names {
		list[i] = property{name: name, kind: kind}
	}
	return list
}

func coded(name, list string, vocabulary []routes.Term) []property {
	return []property{{name: name, kind: aCode, list: list, vocabulary: vocabulary}}
}

// precision is no vocabulary of the formats: it is worked out from the geometry.
func precision(name string) []property { return coded(name, "precision", nil) }

func common() []property {
	return slices.Concat(text("title", "lang"), propertiesOf(aTruth, []string{"draft"}), text("pack"))
}

func cited() []property {
	return slices.Concat(
		propertiesOf(anInteger, []string{"as_of"}), []property{{name: "historical", kind: aTruth, derived: true}},
		text("time", "citation", "said_by", "licence"),
	)
}

func told() []property {
	return slices.Concat(propertiesOf(aLongText, []string{"text", "notes"}), cited())
}

func label() []property { return propertiesOf(aNumber, []string{"label_lon", "label_lat"}) }

func figures() []property {
	return slices.Concat(
		propertiesOf(anInteger, []string{"count"}), coded("count_unit", "unit", routes.Unit("").Terms()), text("count_text"),
		propertiesOf(aTruth, []string{"approximate"}), propertiesOf(aLongText, []string{"figures"}),
	)
}

func integer(name string) []property { return propertiesOf(anInteger, []string{name}) }

func truth(name string) []property { return propertiesOf(aTruth, []string{name}) }

func severalCodes(name, list string, vocabulary []routes.Term) []property {
	return []property{{name: name, kind: codes, list: list, vocabulary: vocabulary}}
}

// dataCollections is the table of collections, in the order in which they are published. Nobody changes it.
var dataCollections = sync.OnceValue(func() []dataCollection {
	return []dataCollection{
		newCollection(routes.Stops, slices.Concat(
			text("route", "stop"), integer("seq"), common(), text("place", "place_id"),
			severalCodes("role", "role", routes.Role("").Terms()), precision("precision"), truth("one_of"), integer("parts"), told(), label(),
		), "route", "seq", "place", "role", "precision", "as_of", "citation"),
		newCollection(routes.Legs, slices.Concat(
			text("route", "leg"), integer("seq"), common(), text("from", "to"), precision("from_precision"), precision("to_precision"),
			truth("from_one_of"), coded("evidence", "evidence", routes.Evidence("").Terms()), truth("schematic"),
			coded("crossing", "crossing", routes.Crossing("").Terms()), text("crossing_place", "crossing_place_id"),
			coded("transport", "transport", routes.Transport("").Terms()),
			severalCodes("means", "means", routes.Means("").Terms()), told(),
		), "route", "seq", "evidence", "crossing", "transport", "means", "as_of", "citation"),
		newCollection(routes.Sites, slices.Concat(
			text("route", "site"), coded("kind", "site_kind", routes.SiteKind("").Terms()), common(), text("organisations", "place", "place_id"),
			precision("precision"), integer("parts"), severalCodes("services", "service", routes.Service("").Terms()), figures(), told(), label(),
		), "kind", "organisations", "place", "precision", "time", "as_of", "citation"),
		newCollection(routes.Movements, slices.Concat(
			text("route", "movement"), coded("kind", "movement_kind", routes.MovementKind("").Terms()), common(),
			text("from", "to", "from_title", "to_title"), precision("from_precision"), precision("to_precision"), truth("schematic"), figures(), told(),
		), "kind", "from_title", "to_title", "count", "count_text", "time", "as_of", "citation"),
		newCollection(routes.Places, slices.Concat(
			text("place", "part_of"), common(), precision("precision"), text("query", "origin"), propertiesOf(aLongText, []string{"notes"}), label(),
		), "place", "part_of", "precision", "origin"),
	}
})

// newCollection gives a collection with what follows from its properties.
func newCollection(id routes.Collection, properties []property, columns ...string) dataCollection {
	c := dataCollection{id: id, properties: properties, columns: columns}
	// Those of the same name as a general parameter are none of their own.
	c.filters = slices.DeleteFunc(slices.Clone(properties), func(p property) bool {
		return !p.ordered() || p.name == "lang" || p.name == "route"
	})
	c.known = names(c.itemsParameters())
	return c
}

// property finds a property by its name.
func (c dataCollection) property(name string) (property, bool) {
	i := slices.IndexFunc(c.properties, func(p property) bool { return p.name == name })
	if i < 0 {
		return property{}, false
	}
	return c.properties[i], true
}

// sortable names the properties that features can be ordered by.
func (c dataCollection) sortable() []string {
	var list []string
	for _, p := range c.properties {
		if p.ordered() {
			list = append(list, p.name)
		}
	}
	return list
}

// The parameters that several resources have.
func formatParameter() parameter {
	return parameter{name: "f", schema: map[string]any{"type": "string", "enum": []string{"json", "html"}}}
}

func langParameter() parameter {
	return parameter{name: "lang", schema: map[string]any{"type": "string"}}
}

// editionParameter names the state of the content in an address that may be kept for ever.
func editionParameter() parameter {
	return parameter{name: "v", schema: map[string]any{"type": "string"}}
}

// limitParameter and cursorParameter lead through what does not fit on a page.
func limitParameter() parameter {
	return parameter{name: "limit", schema: map[string]any{"type": "integer", "minimum": 1, "maximum": maxLimit, "default": defaultLimit}}
}

func cursorParameter() parameter {
	return parameter{name: "cursor", schema: map[string]any{"type": "string"}}
}

// generalParameters are those that the items of every collection have.
func (dataCollection) generalParameters() []parameter {
	return []parameter{
		limitParameter(),
		{name: "offset", schema: map[string]any{"type": "integer", "minimum": 0, "default": 0}},
		{name: "bbox", list: true, schema: map[string]any{"type": "array", "items": map[string]any{"type": "number"}, "minItems": 4, "maxItems": 6}},
		{name: "datetime", schema: map[string]any{"type": "string"}},
		{name: "sortby", list: true, schema: map[string]any{"type": "array", "items": map[string]any{"type": "string"}, "minItems": 1}},
		cursorParameter(),
		langParameter(), formatParameter(), editionParameter(),
		{name: "route", schema: map[string]any{"type": "string"}},
	}
}

// itemsParameters is the table of all parameters of a collection's items.
func (c dataCollection) itemsParameters() []parameter {
	list := c.generalParameters()
	for _, p := range c.filters {
		list = append(list, parameter{name: p.name, schema: p.schema()})
	}
	return list
}

// schema is the property's in OpenAPI 3.0.
func (p property) schema() map[string]any {
	switch p.kind {
	case anInteger:
		return map[string]any{"type": "integer"}
	case aNumber:
		return map[string]any{"type": "number"}
	case aTruth:
		return map[string]any{"type": "boolean"}
	default:
		return map[string]any{"type": "string"}
	}
}

// conformanceClasses lists the classes of OGC API - Features that the API conforms to.
func conformanceClasses() []string {
	const part1, part5 = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/", "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/"
	return []string{part1 + "core", part1 + "oas30", part1 + "html", part1 + "geojson", part5 + "schemas", part5 + "core-roles-features"}
}
