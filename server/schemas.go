package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"

	"corridor/static"
	"corridor/store"
)

// Programs such as GDAL and QGIS take the columns of a table from a collection's schema. Without one they guess them from the first
// few features, where what none of these has is missing.

const (
	schemaType = "application/schema+json"
	// schemaDialect is the JSON Schema that the schemas are written in.
	schemaDialect = "https://json-schema.org/draft/2020-12/schema"
	schemaRel     = "http://www.opengis.net/def/rel/ogc/1.0/schema"
	// describedBy is describedby. Letters of either case are the same in it (RFC 8288, 2.1.1), but GDAL 3.6 knows it as this alone.
	describedBy = "describedBy"
)

// members are those of a JSON object in an order: that in which programs show columns.
type members []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the object.
func (m members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, one := range m {
		b.WriteByte("{,"[min(i, 1)])
		name, err := json.Marshal(one.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(one.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	if len(m) == 0 {
		b.WriteByte('{')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// schemaLinks lead from a collection to its schemas.
func (s *Server) schemaLinks(c dataCollection, texts static.Strings) []link {
	at, title := s.BaseURL+schemaAddress(c), texts.Format("data.schema")
	return []link{
		{Href: at, Rel: schemaRel, Type: schemaType, Title: title},
		{Href: at + "?f=html", Rel: schemaRel, Type: htmlType, Title: title},
		{Href: at + "/feature", Rel: describedBy, Type: schemaType, Title: title + " (GeoJSON)"},
	}
}

// schemaAddress is that of a collection's schema, below the server's root.
func schemaAddress(c dataCollection) string { return "/api/collections/" + string(c.id) + "/schema" }

// schema answers what the features of a collection have, whatever they are written as (OGC API - Features - Part 5).
func (s *Server) schema(w http.ResponseWriter, r *http.Request, page bool) error {
	if page {
		return s.schemaPage(w, r)
	}
	return s.answerSchema(w, r, func(d describer, c dataCollection) members {
		properties := members{
			{"id", object{"type": "string", "description": d.T("data.parameter.id"), "x-ogc-role": "id", "x-ogc-propertySeq": 1}},
			{"geometry", object{"format": "geometry-any", "x-ogc-role": "primary-geometry", "x-ogc-propertySeq": 2}},
		}
		for _, p := range c.properties {
			one := d.columnSchema(p)
			one["x-ogc-propertySeq"] = len(properties) + 1
			properties = append(properties, member{p.name, one})
		}
		return members{{"properties", properties}, {"additionalProperties", false}}
	})
}

// featureSchema answers what a feature of a collection is in GeoJSON.
func (s *Server) featureSchema(w http.ResponseWriter, r *http.Request) error {
	return s.answerSchema(w, r, func(d describer, c dataCollection) members {
		var properties members
		for _, p := range c.properties {
			properties = append(properties, member{p.name, d.columnSchema(p)})
		}
		return members{
			{"required", []string{"type", "id", "geometry", "properties"}},
			{"properties", members{
				{"type", object{"type": "string", "enum": []string{"Feature"}}},
				{"id", object{"type": "string", "description": d.T("data.parameter.id")}},
				{"geometry", object{
					"type": []string{"object", "null"}, "required": []string{"type", "coordinates"},
					"properties": object{"type": object{"type": "string"}, "coordinates": object{"type": "array"}},
				}},
				{"properties", members{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}}},
			}},
		}
	})
}

// answerSchema answers a schema of the collection that the request names, which is written in the language asked for.
func (s *Server) answerSchema(w http.ResponseWriter, r *http.Request, rest func(describer, dataCollection) members) error {
	c, err := collectionOf(r)
	if err != nil {
		return err
	}
	texts, err := s.dataTexts(r)
	if err != nil || s.unchanged(w, r, "schema") {
		return err
	}
	body, err := json.Marshal(append(members{
		{"$schema", schemaDialect},
		{"$id", s.BaseURL + r.URL.EscapedPath()},
		{"title", texts.Format("data.collection." + string(c.id))},
		{"description", texts.Format("data.about." + string(c.id))},
		{"type", "object"},
	}, rest(describer{texts, s.BaseURL}, c)...))
	if err != nil {
		return err
	}
	return writeBody(w, schemaType, append(body, '\n'))
}

// columnSchema is what a property can be: of codes which there are, of degrees that they are.
func (d describer) columnSchema(p property) object {
	schema := d.propertySchema(p)
	if words := p.codes(); p.kind == codes && len(words) > 0 {
		for i, word := range words {
			words[i] = regexp.QuoteMeta(word)
		}
		one := "(" + strings.Join(words, "|") + ")"
		schema["pattern"] = "^" + one + "(; " + one + ")*$"
	}
	if p.name == "label_lon" || p.name == "label_lat" {
		schema["x-ogc-unit"], schema["x-ogc-unitLang"] = "deg", "UCUM"
	}
	return schema
}

// schemaPage answers the same as a page.
func (s *Server) schemaPage(w http.ResponseWriter, r *http.Request) error {
	c, err := collectionOf(r)
	if err != nil {
		return err
	}
	if _, err := s.dataTexts(r); err != nil {
		return err
	}
	return s.Store.View(r.Context(), func(v *store.View) error {
		return s.answerDataPage(w, r, v.Version, "api-schema.html", func(page *Page) (err error) {
			if page.Data.Collection, err = s.collectionView(r, v, page, c); err != nil {
				return err
			}
			shown := page.Data.Collection
			for i, p := range c.properties {
				for _, code := range p.codes() {
					shown.Properties[i].Codes = append(shown.Properties[i].Codes, OptionView{Code: code, Name: page.T("term." + p.list + "." + code)})
				}
			}
			page.titled(shown.About, collectionsCrumb(*page), LinkView{shown.Title, shown.URL}, LinkView{page.T("data.schema"), ""})
			page.Data.Formats = append(page.Data.Formats[:0],
				LinkView{"JSON Schema", with(r.URL, "f", "json")}, LinkView{"JSON Schema (GeoJSON)", schemaAddress(c) + "/feature"})
			return nil
		})
	})
}
