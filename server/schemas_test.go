package server_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"corridor/routes"
)

// compiled reads a JSON Schema.
func compiled(t testing.TB, body string) *validator.Schema {
	t.Helper()
	document, err := validator.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// Every feature fits the schemas of its collection, which a program finds by the links that it knows.
func TestFeaturesFitTheSchemasOfTheirCollection(t *testing.T) {
	s := realServer(t)
	for _, c := range routes.Collections() {
		at := "/api/collections/" + string(c)
		links := map[string]string{}
		for _, l := range linksIn(decoded[map[string]any](t, get(t, s, at))) {
			if l.Type == "application/schema+json" {
				links[l.Rel] = strings.TrimPrefix(l.Href, baseURL)
			}
		}
		logical, written := links["http://www.opengis.net/def/rel/ogc/1.0/schema"], links["describedBy"] // as GDAL 3.6 spells it
		if logical != at+"/schema" || written == "" {
			t.Fatalf("%s links to %v", c, links)
		}
		flat, whole := compiled(t, get(t, s, logical).body), compiled(t, get(t, s, written).body)
		features := decoded[struct{ Features []map[string]any }](t, get(t, s, at+"/items?limit=1000")).Features
		if len(features) == 0 {
			t.Fatalf("%s has no features", c)
		}
		for _, f := range features {
			if err := whole.Validate(f); err != nil {
				t.Errorf("%s %v: %v", c, f["id"], err)
			}
			properties := maps.Clone(f["properties"].(map[string]any))
			properties["id"], properties["geometry"] = f["id"], f["geometry"]
			if err := flat.Validate(properties); err != nil {
				t.Errorf("%s %v: %v", c, f["id"], err)
			}
		}
		if err := flat.Validate(map[string]any{"unheard": "of"}); err == nil {
			t.Errorf("%s: the schema lets everything be", c)
		}
	}
}

// A schema names its properties in the order of the table, with what they mean in the language asked for, their codes and units.
func TestASchemaSaysWhatColumnsMean(t *testing.T) {
	s := realServer(t)
	a := get(t, s, "/api/collections/stops/schema?lang=th")
	if kind := a.Header.Get("Content-Type"); kind != "application/schema+json" {
		t.Errorf("the type is %s", kind)
	}
	schema := decoded[struct {
		Schema     string `json:"$schema"`
		ID         string `json:"$id"`
		Type       string
		Properties json.RawMessage
	}](t, a)
	if schema.Schema != "https://json-schema.org/draft/2020-12/schema" || schema.ID != baseURL+"/api/collections/stops/schema" || schema.Type != "object" {
		t.Errorf("%+v", schema)
	}
	type column struct {
		Type, Description, Format, Pattern string
		Role                               string `json:"x-ogc-role"`
		Seq                                int    `json:"x-ogc-propertySeq"`
		Unit                               string `json:"x-ogc-unit"`
	}
	var columns map[string]column
	if err := json.Unmarshal(schema.Properties, &columns); err != nil {
		t.Fatal(err)
	}
	var order []string
	d := json.NewDecoder(bytes.NewReader(schema.Properties))
	_, _ = d.Token() // the brace
	for d.More() {
		name, err := d.Token()
		var skipped json.RawMessage
		if err != nil || d.Decode(&skipped) != nil {
			t.Fatal(err)
		}
		order = append(order, name.(string))
	}
	if want := []string{"id", "geometry", "route", "stop", "seq", "title"}; !slices.Equal(order[:len(want)], want) {
		t.Errorf("the columns begin with %v", order[:6])
	}
	for i, name := range order {
		if columns[name].Seq != i+1 || (columns[name].Type == "") != (name == "geometry") {
			t.Errorf("%d: %s is %+v", i, name, columns[name])
		}
	}
	if columns["geometry"].Role != "primary-geometry" || columns["id"].Role != "id" || columns["label_lon"].Unit != "deg" ||
		columns["title"].Description != "ชื่อ" || !strings.Contains(columns["role"].Pattern, "recruitment") {
		t.Errorf("%+v", columns)
	}
	page := get(t, s, "/api/collections/stops/schema?f=html&lang=en").body
	for _, want := range []string{"<code>label_lon</code>", "<code>recruitment</code>", `type="application/schema+json"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}
