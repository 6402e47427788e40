package server_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"

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
