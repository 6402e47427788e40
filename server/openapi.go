package server

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"corridor/download"
	"corridor/routes"
	"corridor/static"
	"corridor/store"
	"corridor/store/tiles"
)

// object is an object of JSON.
type object = map[string]any

// openAPI answers the description of the whole API (OpenAPI 3.0), made of the tables.
func (s *Server) openAPI(w http.ResponseWriter, r *http.Request) error {
	if err := onlyParams(r.URL.Query(), "f"); err != nil {
		return err
	}
	if form := r.URL.Query().Get("f"); form != "" && form != "json" {
		return &paramError{"f", "there is JSON only; leave it out"}
	}
	var whose credit
	var version string
	err := s.Store.View(r.Context(), func(v *store.View) (err error) {
		version = v.Version
		whose, err = s.extents.credit(r.Context(), v)
		return err
	})
	if err != nil || s.unchanged(w, r, version) {
		return err
	}
	body, err := json.Marshal(s.openAPIDocument(whose))
	if err != nil {
		return err
	}
	return writeBody(w, openAPIType, append(body, '\n'))
}

func (s *Server) openAPIDocument(whose credit) object {
	d := describer{s.strings[s.tags[0]], s.BaseURL}
	return object{
		"openapi":  "3.0.3",
		"info":     d.info(s.Version, whose),
		"servers":  []object{{"url": s.BaseURL + "/api"}},
		"security": []object{},
		"tags": []object{
			{"name": "capabilities", "description": d.T("data.conformance")},
			{"name": "data", "description": d.T("data.collections")},
			{"name": "documents", "description": d.T("home.routes")},
		},
		"paths":      d.paths(),
		"components": object{"schemas": d.schemas(), "responses": d.failures()},
	}
}

// describer writes the tables as parts of an OpenAPI document.
type describer struct {
	texts static.Strings
	root  string // the server's address
}

// T gives one of the interface's texts.
func (d describer) T(key string) string { return d.texts.Format(key) }

// info says what the API is and whose its data is. The licence there is the data's, as the description says, and not the program's.
func (d describer) info(version string, whose credit) object {
	about := d.T("data.intro")
	info := object{"title": d.T("site.name"), "version": version}
	if licences := strings.Join(whose.licences, ", "); licences != "" {
		about += " " + d.T("data.property.licence") + ": " + licences + "."
		licence := object{"name": licences}
		if links := whose.links(); len(whose.licences) == 1 && len(links) == 1 { // there is room for one address
			licence["url"] = links[0].Href
		}
		info["license"] = licence
	}
	info["description"] = about + " " + d.T("data.property.attribution") + ": " + whose.attribution + "."
	return info
}

// operation is what can be asked at a path.
type operation struct {
	id, tag, summary string
	parameters       []object
	// answers are the schemas of what is answered, by content type.
	answers object
	// failures are the statuses beside 200, 304 and 500.
	failures []int
}

func (d describer) paths() object {
	formatAndLang := d.query(formatParameter(), langParameter())
	two := func(schema string) object {
		return object{jsonType: object{"schema": reference("schemas", schema)}, htmlType: object{"schema": object{"type": "string"}}}
	}
	anyJSON := object{jsonType: object{"schema": object{"type": "object"}}}
	id := object{"name": "id", "in": "path", "required": true, "schema": object{"type": "string"}, "description": d.T("data.parameter.id")}
	paths := object{
		"/":             d.get(operation{"getLandingPage", "capabilities", d.T("data.title"), formatAndLang, two("landingPage"), []int{400}}),
		"/conformance":  d.get(operation{"getConformance", "capabilities", d.T("data.conformance"), formatAndLang, two("conformance"), []int{400}}),
		"/openapi.json": d.get(operation{"getOpenAPI", "capabilities", d.T("data.openapi"), d.query(parameter{name: "f", schema: object{"type": "string", "enum": []string{"json"}}}), anyJSON, []int{400}}),
		"/collections":  d.get(operation{"getCollections", "capabilities", d.T("data.collections"), formatAndLang, two("collections"), []int{400}}),
		"/routes":       d.get(operation{"getRoutes", "documents", d.T("home.routes"), d.query(limitParameter(), cursorParameter()), answered(routeList{}), []int{400}}),
		"/routes/{id}": d.get(operation{
			"getRoute", "documents", d.T("footer.json"), append(d.query(langParameter()), id), answered(routeDocument{}), []int{400, 404},
		}),
		"/routes/{id}/download.{extension}": d.file(operation{
			"downloadRoute", "documents", d.T("footer.json"), append(d.query(langParameter(), editionParameter()), id, d.extension()), anyFile(), []int{400, 404, 503},
		}),
		"/lessons/{id}": d.get(operation{"getLesson", "documents", d.T("lesson.title"), []object{id}, answered(routes.Lesson{}), []int{400, 404}}),
		"/geocode":      d.get(operation{"geocode", "documents", d.T("data.geocode"), d.geocodeQuery(), answered(searchAnswer{}, reverseAnswer{}), []int{400, 429, 503}}),
		"/search":       d.get(operation{"search", "documents", d.T("find.label"), d.searchQuery(), answered(contentSearch{}), []int{400, 429}}),
	}
	for _, c := range dataCollections() {
		maps.Copy(paths, d.collectionPaths(c, formatAndLang))
	}
	return paths
}

// collectionPaths describes a collection's own paths.
func (d describer) collectionPaths(c dataCollection, formatAndLang []object) object {
	name := string(c.id)
	at, title := "/collections/"+name, d.T("data.collection."+name)
	form := func(contentType, schema string) object {
		return object{contentType: object{"schema": reference("schemas", schema)}, htmlType: object{"schema": object{"type": "string"}}}
	}
	fid := object{"name": "featureId", "in": "path", "required": true, "schema": object{"type": "string"}, "description": d.T("data.parameter.id")}
	one := append(d.query(langParameter(), formatParameter(), editionParameter()), fid)
	schema := title + ": " + d.T("data.schema")
	many := append(d.query(c.generalParameters()...), d.filters(c)...)
	paths := object{
		at: d.get(operation{"describe." + name, "capabilities", title, formatAndLang, form(jsonType, "collection"), []int{400}}),
		at + "/schema": d.get(operation{"schema." + name, "capabilities", schema, formatAndLang, object{
			schemaType: object{"schema": object{"type": "object"}}, htmlType: object{"schema": object{"type": "string"}},
		}, []int{400}}),
		at + "/schema/feature": d.get(operation{
			"schema.feature." + name, "capabilities", schema + " (GeoJSON)", d.query(langParameter(), parameter{name: "f", schema: object{"type": "string", "enum": []string{"json"}}}),
			object{schemaType: object{"schema": object{"type": "object"}}},
			[]int{400},
		}),
		at + "/items": d.get(operation{"get." + name, "data", title, many, form(geoJSONType, name), []int{400}}),
		at + "/download.{extension}": d.file(operation{
			"download." + name, "data", title, append(d.files(c), d.extension()), anyFile(), []int{400, 404, 503},
		}),
		at + "/items/{featureId}": d.get(operation{"get.one." + name, "data", title, one, form(geoJSONType, name+"Feature"), []int{400, 404}}),
	}
	maps.Copy(paths, d.tilePaths(name, title))
	return paths
}

// tilePaths describes a collection's vector tiles, which lie beside the API.
func (d describer) tilePaths(name, title string) object {
	title = d.T("data.tiles") + ": " + title
	address := d.query(editionParameter())
	for _, part := range []string{"z", "x", "y"} {
		address = append(address, object{
			"name": part, "in": "path", "required": true, "schema": object{"type": "integer", "minimum": 0}, "description": d.T("data.parameter." + part),
		})
	}
	binary := object{tiles.MVT.ContentType(): object{"schema": object{"type": "string", "format": "binary"}}}
	tile := d.get(operation{"get.tile." + name, "data", title, address, binary, []int{400, 404}})
	get := func(path object) object { return path["get"].(object) }
	get(tile)["responses"].(object)["204"] = object{"description": http.StatusText(http.StatusNoContent)}
	about := d.get(operation{"get.tileset." + name, "data", title, nil, object{jsonType: object{"schema": object{"type": "object"}}}, []int{400}})
	for _, path := range []object{about, tile} {
		get(path)["servers"] = []object{{"url": d.root}}
	}
	return object{"/tiles/" + name + ".json": about, "/tiles/" + name + "/{z}/{x}/{y}.mvt": tile}
}

// filters describes the parameters that narrow a collection.
func (d describer) filters(c dataCollection) []object {
	var list []object
	for _, p := range c.filters {
		list = append(list, object{"name": p.name, "in": "query", "required": false, "schema": p.schema(), "description": d.T("data.property." + p.name)})
	}
	return list
}

// files describes the parameters of a collection's files.
func (d describer) files(c dataCollection) []object {
	general := slices.DeleteFunc(c.generalParameters(), func(p parameter) bool { return slices.Contains(notOfFiles(), p.name) })
	return append(d.query(general...), d.filters(c)...)
}

// extension describes the part of an address that names a file's format.
func (d describer) extension() object {
	var list []string
	for _, format := range download.Formats() {
		list = append(list, format.Extension())
	}
	return object{
		"name": "extension", "in": "path", "required": true, "schema": object{"type": "string", "enum": list}, "description": d.T("data.parameter.extension"),
	}
}

// anyFile are the answers of a download, by content type.
func anyFile() object {
	answers := object{}
	for _, format := range download.Formats() {
		kind, _, _ := strings.Cut(format.ContentType(), ";")
		answers[kind] = object{"schema": object{"type": "string", "format": "binary"}}
	}
	return answers
}

// get describes an operation of GET; HEAD answers alike without a body.
func (d describer) get(o operation) object {
	responses := object{
		"200": object{"description": o.summary, "content": o.answers},
		"304": object{"description": http.StatusText(http.StatusNotModified)},
	}
	for _, status := range append([]int{http.StatusInternalServerError}, o.failures...) {
		responses[strconv.Itoa(status)] = reference("responses", "failure"+strconv.Itoa(status))
	}
	out := object{"operationId": o.id, "tags": []string{o.tag}, "summary": o.summary, "responses": responses}
	if len(o.parameters) > 0 {
		out["parameters"] = o.parameters
	}
	return object{"get": out}
}

// file describes an operation of GET that gives a file. Of one that is whole before it is sent, a part can be asked for.
func (d describer) file(o operation) object {
	path := d.get(o)
	responses := path["get"].(object)["responses"].(object)
	binary := object{"schema": object{"type": "string", "format": "binary"}}
	parts := object{"multipart/byteranges": binary}
	for _, format := range download.Formats() {
		if !format.Streams() {
			parts[format.ContentType()] = binary
		}
	}
	said := object{"text/plain": object{"schema": object{"type": "string"}}}
	for status, content := range map[int]object{
		http.StatusPartialContent: parts, http.StatusPreconditionFailed: nil, http.StatusRequestedRangeNotSatisfiable: said,
	} {
		response := object{"description": http.StatusText(status)}
		if content != nil {
			response["content"] = content
		}
		responses[strconv.Itoa(status)] = response
	}
	return path
}

// query describes query parameters.
func (d describer) query(parameters ...parameter) []object {
	list := make([]object, len(parameters))
	for i, p := range parameters {
		list[i] = object{"name": p.name, "in": "query", "required": false, "schema": p.schema, "description": d.T("data.parameter." + p.name)}
		if p.list {
			list[i]["style"], list[i]["explode"] = "form", false
		}
	}
	return list
}

func (d describer) geocodeQuery() []object {
	word := object{"type": "string"}
	point := object{"type": "string", "pattern": `^-?\d+(\.\d+)?,-?\d+(\.\d+)?$`}
	return append(d.query(langParameter()),
		d.own("geocode", "q", object{"type": "string", "minLength": 1, "maxLength": maxQuery}), d.own("geocode", "at", point), d.own("geocode", "near", point),
		d.own("geocode", "country", word), d.own("geocode", "limit", object{"type": "integer", "minimum": 1, "maximum": maxGeocodeLimit, "default": defaultGeocodeLimit}),
	)
}

func (d describer) searchQuery() []object {
	q := d.own("search", "q", object{"type": "string", "minLength": 1, "maxLength": maxSearch})
	q["required"] = true
	return append(d.query(langParameter()), q,
		d.own("search", "limit", object{"type": "integer", "minimum": 1, "maximum": maxSearchLimit, "default": defaultSearchLimit}),
		d.own("search", "offset", object{"type": "integer", "minimum": 0, "default": 0}),
	)
}

// own describes a query parameter that means another thing at one address than elsewhere.
func (d describer) own(where, name string, schema object) object {
	return object{"name": name, "in": "query", "required": false, "schema": schema, "description": d.T("data.parameter." + where + "." + name)}
}

func (d describer) failures() object {
	list := object{}
	for _, status := range []int{400, 404, 429, 500, 503} {
		list["failure"+strconv.Itoa(status)] = object{
			"description": http.StatusText(status),
			"content": object{
				"application/problem+json": object{"schema": reference("schemas", "problem")},
				htmlType:                   object{"schema": object{"type": "string"}},
			},
		}
	}
	return list
}

func reference(kind, name string) object { return object{"$ref": "#/components/" + kind + "/" + name} }

func (d describer) schemas() object {
	word, number := object{"type": "string"}, object{"type": "number"}
	links := listOf(reference("schemas", "link"))
	all := object{
		"link":        record(object{"href": word, "rel": word, "type": word, "title": word}, "href", "rel"),
		"landingPage": record(object{"title": word, "description": word, "attribution": word, "links": links}, "links"),
		"conformance": record(object{"conformsTo": listOf(word), "links": links}, "conformsTo"),
		"collections": record(object{"links": links, "collections": listOf(reference("schemas", "collection"))}, "links", "collections"),
		"collection": record(object{
			"id": word, "title": word, "description": word, "attribution": word, "itemType": word, "crs": listOf(word), "links": links,
			"extent": record(object{
				"spatial": record(object{"bbox": listOf(listOf(number)), "crs": word}),
				"temporal": record(object{
					"interval": listOf(listOf(object{"type": "string", "nullable": true})), "trs": word,
				}),
			}),
		}, "id", "links"),
		"problem": record(object{
			"type": word, "title": word, "status": object{"type": "integer"}, "detail": word, "parameter": word,
		}, "title", "status", "detail"),
		"geometry": object{
			"type": "object", "nullable": true, "required": []string{"type", "coordinates"},
			"properties": object{"type": word, "coordinates": object{"type": "array", "items": object{}}},
		},
	}
	for _, c := range dataCollections() {
		name := string(c.id)
		all[name+"Feature"] = d.featureSchema(c)
		all[name] = record(object{
			"type": object{"type": "string", "enum": []string{"FeatureCollection"}}, "numberReturned": object{"type": "integer"},
			"numberMatched": object{"type": "integer"}, "timeStamp": object{"type": "string", "format": "date-time"},
			"attribution": word, "links": links, "features": listOf(reference("schemas", name+"Feature")),
		}, "type", "features", "numberReturned", "links")
	}
	maps.Copy(all, answers())
	return all
}

func (d describer) featureSchema(c dataCollection) object {
	properties := object{}
	for _, p := range c.properties {
		properties[p.name] = d.propertySchema(p)
	}
	return record(object{
		"type": object{"type": "string", "enum": []string{"Feature"}}, "id": object{"type": "string"},
		"bbox": listOf(object{"type": "number"}), "geometry": reference("schemas", "geometry"), "properties": record(properties),
		"links": listOf(reference("schemas", "link")),
	}, "type", "id", "geometry", "properties")
}

// propertySchema describes what a property can be in an answer.
func (d describer) propertySchema(p property) object {
	schema := p.schema()
	schema["description"] = d.T("data.property." + p.name)
	if words := p.codes(); p.kind == aCode && len(words) > 0 {
		schema["enum"] = words
	}
	return schema
}

func listOf(of object) object { return object{"type": "array", "items": of} }

func record(properties object, required ...string) object {
	out := object{"type": "object", "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}
