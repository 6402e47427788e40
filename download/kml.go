package download

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"corridor/routes"
)

// writeKML writes KML 2.2: a folder for each collection, styled by kind, all properties as extended data.
func writeKML(w io.Writer, d Document, features iter.Seq2[Feature, error]) error {
	k := kmlWriter{Writer: bufio.NewWriterSize(w, bufferSize), document: d, values: map[string]any{}}
	k.head()
	at := -1 // the layer whose folder is open
	for f, err := range features {
		if err != nil {
			return err
		}
		for at < 0 || d.Layers[at].Collection != f.Collection {
			if at++; at == len(d.Layers) {
				return fmt.Errorf("download: %s %s comes out of order", f.Collection, f.ID)
			}
			k.open(at, d.Layers[at])
		}
		if err := k.placemark(d.Layers[at], f); err != nil {
			return err
		}
	}
	for at++; at < len(d.Layers); at++ {
		k.open(at, d.Layers[at])
	}
	k.put("</Folder>\n</Document>\n</kml>\n")
	return k.Flush()
}

type kmlWriter struct {
	*bufio.Writer
	document Document
	values   map[string]any
}

// put writes markup. An error stays with the buffer and comes with its next flush.
func (k kmlWriter) put(parts ...string) {
	for _, part := range parts {
		_, _ = k.WriteString(part)
	}
}

// text writes an element of plain text, and nothing for an empty one.
func (k kmlWriter) text(element, content string) {
	if content == "" {
		return
	}
	k.put("<", element, ">")
	_ = xml.EscapeText(k, []byte(content))
	k.put("</", element, ">\n")
}

// markup writes an element whose content programs show as HTML: the text as it is, each line its own.
func (k kmlWriter) markup(element string, lines ...string) {
	var kept []string
	for _, line := range lines {
		if line != "" {
			kept = append(kept, strings.ReplaceAll(html.EscapeString(line), "\n", "<br>"))
		}
	}
	k.text(element, strings.Join(kept, "<br>"))
}

func (k kmlWriter) head() {
	d := k.document
	k.put(xml.Header, `<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:atom="http://www.w3.org/2005/Atom">`, "\n<Document>\n")
	k.text("name", d.Title)
	k.put("<open>1</open>\n")
	if d.Address != "" {
		k.put(`<atom:link href="`)
		_ = xml.EscapeText(k, []byte(d.Address))
		k.put("\"/>\n")
	}
	said := append([]string{d.Description, d.rights()}, d.Notes...)
	for _, s := range d.sources() {
		said = append(said, s.line())
	}
	k.markup("description", said...)
	for _, l := range d.Layers {
		for _, look := range looks(l.Collection) {
			k.style(look)
		}
	}
	for _, l := range d.Layers {
		k.schema(l)
	}
}

// style writes how a kind is drawn. KML has no dashes: there a line's width sets kinds apart, and its name.
func (k kmlWriter) style(l look) {
	const outlineOpacity, fillOpacity = "ff", "33"
	colour := fmt.Sprintf("%02x%02x%02x", l.colour&0xff, l.colour>>8&0xff, l.colour>>16&0xff) // blue, green, red
	k.put(`<Style id="`, l.name, "\">\n<IconStyle><color>", outlineOpacity, colour, "</color></IconStyle>\n",
		"<LineStyle><color>", outlineOpacity, colour, "</color><width>", strconv.FormatFloat(l.width, 'f', -1, 64), "</width></LineStyle>\n",
		"<PolyStyle><color>", fillOpacity, colour, "</color></PolyStyle>\n</Style>\n")
}

func (k kmlWriter) schema(l Layer) {
	k.put(`<Schema name="`, string(l.Collection), `" id="`, schemaOf(l.Collection), "\">\n")
	for _, c := range append([]Column{{Name: "id"}}, l.Columns...) {
		k.put(`<SimpleField type="`, [...]string{Text: "string", Integer: "int", Number: "double", Truth: "bool"}[c.Kind], `" name="`, c.Name, `">`)
		k.text("displayName", c.Title)
		k.put("</SimpleField>\n")
	}
	k.put("</Schema>\n")
}

// schemaOf is the id of a collection's schema.
func schemaOf(c routes.Collection) string { return "schema-" + string(c) }

// open begins a layer's folder after the one before.
func (k kmlWriter) open(at int, l Layer) {
	if at > 0 {
		k.put("</Folder>\n")
	}
	k.put("<Folder>\n")
	k.text("name", l.Title)
	k.markup("description", l.Description)
}

func (k kmlWriter) placemark(l Layer, f Feature) error {
	g, err := f.geometry()
	if err != nil {
		return err
	}
	if err := f.values(k.values); err != nil {
		return err
	}
	name := text(k.values["title"])
	if text(k.values["evidence"]) == string(routes.Inferred) {
		name += " (" + k.document.Term("evidence", string(routes.Inferred)) + ")"
	}
	k.put("<Placemark>\n")
	k.text("name", name)
	k.markup("description", text(k.values["text"]), text(k.values["notes"]), k.said())
	k.put("<styleUrl>#", lookOf(f.Collection, k.values), "</styleUrl>\n", `<ExtendedData><SchemaData schemaUrl="#`, schemaOf(f.Collection), "\">\n")
	k.field("id", f.ID)
	for _, c := range l.Columns {
		k.field(c.Name, numbered(k.values[c.Name]))
	}
	k.put("</SchemaData></ExtendedData>\n")
	k.shape(g)
	k.put("</Placemark>\n")
	_, err = k.Write(nil) // what went wrong before
	return err
}

// said is who makes a statement, where, and as of which year.
func (k kmlWriter) said() string {
	var parts []string
	for _, name := range []string{"said_by", "citation", "as_of"} {
		if part := written(k.values[name]); part != "" {
			parts = append(parts, part)
		}
	}
	if k.values["historical"] == true {
		parts = append(parts, k.document.Historical)
	}
	return strings.Join(parts, " · ")
}

// numbered is a value as text, with a truth as 1 or 0: GDAL, and QGIS through it, reads these as numbers, and "true" as 0.
func numbered(value any) string {
	switch value {
	case true:
		return "1"
	case false:
		return "0"
	}
	return written(value)
}

func (k kmlWriter) field(name, value string) {
	if value == "" {
		return
	}
	k.put(`<SimpleData name="`, name, `">`)
	_ = xml.EscapeText(k, []byte(value))
	k.put("</SimpleData>\n")
}

// shape writes a geometry; nothing for one that is not there.
func (k kmlWriter) shape(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		k.put("<Point><coordinates>")
		k.positions([]orb.Point{g})
		k.put("</coordinates></Point>\n")
	case orb.LineString:
		k.line("LineString", "<tessellate>1</tessellate>", g)
	case orb.Polygon:
		k.put("<Polygon>")
		for i, ring := range g {
			side := "innerBoundaryIs"
			if i == 0 {
				side = "outerBoundaryIs"
			}
			k.put("<", side, ">")
			k.line("LinearRing", "", orb.LineString(ring))
			k.put("</", side, ">")
		}
		k.put("</Polygon>\n")
	case orb.MultiPoint:
		several(k, g)
	case orb.MultiLineString:
		several(k, g)
	case orb.MultiPolygon:
		several(k, g)
	case orb.Collection:
		several(k, g)
	}
}

func several[T orb.Geometry](k kmlWriter, parts []T) {
	k.put("<MultiGeometry>\n")
	for _, part := range parts {
		k.shape(part)
	}
	k.put("</MultiGeometry>\n")
}

func (k kmlWriter) line(element, before string, line orb.LineString) {
	k.put("<", element, ">", before, "<coordinates>")
	k.positions(line)
	k.put("</coordinates></", element, ">\n")
}

func (k kmlWriter) positions(list []orb.Point) {
	var b []byte
	for i, p := range list {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendFloat(b, p.Lon(), 'f', -1, 64)
		b = strconv.AppendFloat(append(b, ','), p.Lat(), 'f', -1, 64)
	}
	_, _ = k.Write(b)
}
