package server_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"

	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"corridor/routes"
	"corridor/server"
)

// What features have and what is documented of them is the same: the one cannot change without the other.
func TestEveryPropertyIsDocumented(t *testing.T) {
	structs := map[string]any{
		"stops": routes.StopProperties{}, "legs": routes.LegProperties{}, "movements": routes.MovementProperties{}, "sites": routes.SiteProperties{},
		"places": routes.PlaceProperties{},
	}
	document := decoded[map[string]any](t, get(t, realServer(t), "/api/openapi.json"))
	schemas := document["components"].(map[string]any)["schemas"].(map[string]any)
	for name, of := range structs {
		documented := schemas[name+"Feature"].(map[string]any)["properties"].(map[string]any)["properties"].(map[string]any)["properties"].(map[string]any)
		have := propertyTypes(reflect.TypeOf(of))
		if name != "places" {
			have["historical"] = "boolean"
		}
		for property, kind := range have {
			said, _ := documented[property].(map[string]any)
			if said == nil || said["type"] != kind || said["description"] == "" || strings.HasPrefix(fmt.Sprint(said["description"]), "data.") {
				t.Errorf("%s.%s is a %s; documented is %v", name, property, kind, said)
			}
		}
		for property := range documented {
			if have[property] == "" {
				t.Errorf("%s.%s is documented and does not exist", name, property)
			}
		}
	}
}

// propertyTypes are the properties of a struct as JSON has them, with their types.
func propertyTypes(of reflect.Type) map[string]string {
	out := map[string]string{}
	for i := range of.NumField() {
		field := of.Field(i)
		if field.Anonymous {
			for name, kind := range propertyTypes(field.Type) {
				out[name] = kind
			}
			continue
		}
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		kind := field.Type
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		out[name] = map[reflect.Kind]string{
			reflect.String: "string", reflect.Int: "integer", reflect.Float64: "number", reflect.Bool: "boolean",
		}[kind.Kind()]
	}
	return out
}

// Whatever is asked, the status of the answer and its type are in the OpenAPI document.
func TestEveryStatusIsDocumented(t *testing.T) {
	s := serverWith(t, func(c *server.Config) { c.GeocodeRate = 1 })
	document := decoded[struct {
		Servers []struct{ URL string }
		Paths   map[string]map[string]struct {
			Parameters []struct{ Name, In string }
			Responses  map[string]any
		}
		Components struct{ Responses map[string]any }
	}](t, get(t, s, "/api/openapi.json"))
	if len(document.Servers) != 1 || document.Servers[0].URL != baseURL+"/api" {
		t.Errorf("servers %v", document.Servers)
	}
	asked := map[string]string{
		"/": "", "/?f=x": "/", "/?f=html": "/", "/conformance": "", "/conformance?x=1": "/conformance", "/openapi.json": "", "/openapi.json?x=1": "/openapi.json",
		"/collections": "", "/collections?lang=%00": "/collections", "/routes": "", "/routes?x": "/routes", "/routes/yunnan": "/routes/{id}",
		"/routes/none": "/routes/{id}", "/routes/yunnan/download.geojson": "/routes/{id}/download.{extension}",
		"/routes/none/download.csv": "/routes/{id}/download.{extension}", "/routes/yunnan/download.csv?x": "/routes/{id}/download.{extension}",
		"/routes/yunnan?x": "/routes/{id}", "/lessons/yunnan": "/lessons/{id}", "/lessons/none": "/lessons/{id}",
		"/geocode?q=bangkok": "/geocode", "/geocode?q=bangkok&again": "/geocode",
		"/search?q=bangkok": "/search", "/search": "/search",
	}
	for _, c := range routes.Collections() {
		at := "/collections/" + string(c)
		asked[at], asked[at+"?f=html"], asked[at+"?v=1"] = at, at, at
		asked[at+"/schema"], asked[at+"/schema?f=html"], asked[at+"/schema?x"], asked[at+"/schema/feature"] = at+"/schema", at+"/schema", at+"/schema", at+"/schema/feature"
		asked[at+"/items"], asked[at+"/items?f=html"], asked[at+"/items?limit=x"] = at+"/items", at+"/items", at+"/items"
		file := at + "/download.{extension}"
		asked[at+"/download.csv"], asked[at+"/download.kml?limit=1"], asked[at+"/download.txt"] = file, file, file
		asked[at+"/items/none"], asked[at+"/items/none?f=html"], asked[at+"/items/none?x=1"] = at+"/items/{featureId}", at+"/items/{featureId}", at+"/items/{featureId}"
	}
	for target, path := range asked {
		if path == "" {
			path = target
		}
		operation, ok := document.Paths[path]["get"]
		if !ok {
			t.Errorf("%s is not documented", path)
			continue
		}
		first := get(t, s, strings.TrimSuffix("/api"+target, "/"))
		for _, a := range []answer{first, get(t, s, strings.TrimSuffix("/api"+target, "/"), "If-None-Match", first.Header.Get("ETag"))} {
			response, ok := operation.Responses[strconv.Itoa(a.StatusCode)].(map[string]any)
			if !ok {
				t.Errorf("%s answers %s, which is not documented", target, a.Status)
				continue
			}
			if ref, ok := response["$ref"].(string); ok {
				response, _ = document.Components.Responses[ref[strings.LastIndex(ref, "/")+1:]].(map[string]any)
			}
			content, _ := response["content"].(map[string]any)
			kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
			if path == "/openapi.json" {
				continue // its type has a parameter
			}
			if a.StatusCode != http.StatusNotModified && content[kind] == nil {
				t.Errorf("%s answers %s as %s, documented is %v", target, a.Status, kind, content)
			}
		}
	}
}

// Of a file that is whole before it is sent a part can be asked for, and what is answered then is documented too.
func TestPartsOfFilesAreDocumented(t *testing.T) {
	s := realServer(t)
	responses := decoded[struct {
		Paths map[string]map[string]struct {
			Responses map[string]struct{ Content map[string]any }
		}
	}](t, get(t, s, "/api/openapi.json")).Paths["/collections/stops/download.{extension}"]["get"].Responses
	for _, header := range [][2]string{{"Range", "bytes=0-9"}, {"Range", "bytes=0-9,20-29"}, {"Range", "bytes=999999999-"}, {"If-Match", `"another"`}} {
		a := get(t, s, "/api/collections/stops/download.gpkg", header[0], header[1])
		response, ok := responses[strconv.Itoa(a.StatusCode)]
		if a.StatusCode == http.StatusOK || !ok {
			t.Errorf("%v answers %s, which is not documented", header, a.Status)
			continue
		}
		kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
		if response.Content[kind] == nil && a.body != "" {
			t.Errorf("%v answers %s as %s, documented is %v", header, a.Status, kind, response.Content)
		}
	}
}

// Every parameter says what it means, wherever it can be written.
func TestEveryParameterIsDescribed(t *testing.T) {
	document := decoded[struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, Description string }
		}
	}](t, get(t, realServer(t), "/api/openapi.json"))
	seen := 0
	for path, operations := range document.Paths {
		for _, p := range operations["get"].Parameters {
			if seen++; p.Description == "" || strings.HasPrefix(p.Description, "data.") {
				t.Errorf("%s: %s is described as %q", path, p.Name, p.Description)
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d parameters", seen)
	}
}

// What is answered fits the schema that the description of the API has of it, and has nothing that this does not tell.
func TestAnswersFitTheirSchemas(t *testing.T) {
	s := realServer(t)
	document := decoded[map[string]any](t, get(t, s, "/api/openapi.json"))
	closed(document["components"].(map[string]any)["schemas"])
	c := validator.NewCompiler()
	if err := c.AddResource("openapi.json", document); err != nil {
		t.Fatal(err)
	}
	for path, addresses := range map[string][]string{
		"/": {"/api"}, "/conformance": {"/api/conformance"}, "/collections": {"/api/collections"}, "/collections/stops": {"/api/collections/stops"},
		"/routes": {"/api/routes", "/api/routes?limit=1"}, "/routes/{id}": {"/api/routes/yunnan", "/api/routes/yunnan?lang=th"}, "/lessons/{id}": {"/api/lessons/yunnan"},
		"/search":  {"/api/search?q=the&limit=50", "/api/search?q=bangkok&lang=th&limit=2", "/api/search?q=qqqqzz"},
		"/geocode": {"/api/geocode?q=bangkok", "/api/geocode?q=san&limit=50", "/api/geocode?q=Pingxiang", "/api/geocode?q=qqqqzzzzxx", "/api/geocode?at=100.5,13.75", "/api/geocode?at=-30,0", "/api/geocode?q=the+Thai-Malaysian+border"},
	} {
		at := "openapi.json#/paths/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path) + "/get/responses/200/content/application~1json/schema"
		schema, err := c.Compile(at)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, address := range addresses {
			if err := schema.Validate(decoded[any](t, get(t, s, address))); err != nil {
				t.Errorf("%s: %v", address, err)
			}
		}
	}
	for _, collection := range routes.Collections() {
		schema, err := c.Compile("openapi.json#/components/schemas/" + string(collection))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(decoded[any](t, get(t, s, "/api/collections/"+string(collection)+"/items?limit=1000"))); err != nil {
			t.Errorf("%s: %v", collection, err)
		}
	}
}

// closed turns schemas of OpenAPI 3.0 into JSON Schema, in which null is a type, and lets objects have nothing that they do not tell.
func closed(schemas any) {
	switch v := schemas.(type) {
	case []any:
		for _, one := range v {
			closed(one)
		}
	case map[string]any:
		for _, one := range v {
			closed(one)
		}
		if v["nullable"] == true {
			v["type"] = []any{v["type"], "null"}
		}
		if _, tells := v["properties"].(map[string]any); tells && v["additionalProperties"] == nil && v["type"] == "object" {
			v["additionalProperties"] = false
		}
	}
}
