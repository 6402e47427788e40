package download

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"corridor/routes"
)

// What QGIS reads from a GeoPackage besides its features: how a layer is drawn, and whose it is. Both are XML of QGIS's own.

// Dimension is that of a layer's geometries.
type Dimension int

// The dimensions.
const (
	Spots Dimension = iota
	Curves
	Surfaces
)

// Style is how QGIS draws a layer of one collection and dimension, as QML. Kinds have the names that term gives for codes.
func Style(c routes.Collection, d Dimension, term func(list, code string) string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>` + "\n" + `<qgis version="3.28.0" styleCategories="Symbology">` + "\n")
	all := looks(c)
	if attribute, categories := categoriesOf(c); attribute == "" {
		b.WriteString(`<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">` + "\n")
	} else {
		fmt.Fprintf(&b, `<renderer-v2 type="categorizedSymbol" attr="%s" symbollevels="0" enableorderby="0" forceraster="0">`+"\n<categories>\n", attribute)
		for _, one := range categories {
			symbol := len(all) - 1
			for i, l := range all {
				if l.name == lookOf(c, map[string]any{attribute: one.code}) {
					symbol = i
				}
			}
			fmt.Fprintf(&b, `<category value="%s" label="%s" symbol="%d" render="true"/>`+"\n", one.code, escaped(term(one.list, one.code)), symbol)
		}
		b.WriteString("</categories>\n")
	}
	b.WriteString("<symbols>\n")
	for i, l := range all {
		b.WriteString(l.symbol(i, d))
	}
	b.WriteString("</symbols>\n</renderer-v2>\n</qgis>\n")
	return b.String()
}

type category struct{ list, code string }

// categoriesOf gives the property by which a collection's features are drawn apart, with its codes; empty for none.
func categoriesOf(c routes.Collection) (attribute string, categories []category) {
	switch c {
	case routes.Legs:
		for _, t := range routes.Evidence("").Terms() {
			categories = append(categories, category{"evidence", t.Code})
		}
		return "evidence", categories
	case routes.Movements:
		for _, t := range routes.MovementKind("").Terms() {
			categories = append(categories, category{"movement_kind", t.Code})
		}
		return "kind", categories
	}
	return "", nil
}

// symbol writes a symbol of QGIS. Areas are hatched: the place is somewhere in there.
func (l look) symbol(n int, d Dimension) string {
	const millimetres = 0.26 // of a pixel
	colour := fmt.Sprintf("%d,%d,%d,255", l.colour>>16&0xff, l.colour>>8&0xff, l.colour&0xff)
	dash, width := "solid", strconv.FormatFloat(l.width*millimetres, 'f', 2, 64)
	if l.dashed {
		dash = "dash"
	}
	kind, class := "marker", "SimpleMarker"
	options := [][2]string{{"name", "circle"}, {"color", colour}, {"outline_color", "255,255,255,255"}, {"outline_width", "0.4"}, {"size", "3"}, {"size_unit", "MM"}}
	switch d {
	case Curves:
		kind, class = "line", "SimpleLine"
		options = [][2]string{{"line_color", colour}, {"line_style", dash}, {"line_width", width}, {"line_width_unit", "MM"}, {"capstyle", "round"}, {"joinstyle", "round"}}
	case Surfaces:
		kind, class = "fill", "SimpleFill"
		options = [][2]string{{"color", colour}, {"style", "b_diagonal"}, {"outline_color", colour}, {"outline_style", dash}, {"outline_width", width}, {"outline_width_unit", "MM"}}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<symbol type="%s" name="%d" alpha="1" clip_to_extent="1"><layer class="%s" enabled="1" locked="0" pass="0">`+"\n"+`<Option type="Map">`, kind, n, class)
	for _, o := range options {
		fmt.Fprintf(&b, `<Option type="QString" name="%s" value="%s"/>`, o[0], o[1])
	}
	b.WriteString("</Option>\n")
	for _, o := range options { // for QGIS before 3.24
		fmt.Fprintf(&b, `<prop k="%s" v="%s"/>`, o[0], o[1])
	}
	b.WriteString("\n</layer></symbol>\n")
	return b.String()
}

// Metadata is what QGIS shows of a layer's contents and rights, as QMD.
func (d Document) Metadata(l Layer) string {
	var b strings.Builder
	put := func(element, text string) {
		b.WriteString("<" + element + ">" + escaped(text) + "</" + element + ">\n")
	}
	b.WriteString(`<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>` + "\n" + `<qgis version="3.28.0">` + "\n")
	put("identifier", d.Address)
	put("language", d.Lang)
	put("type", "dataset")
	title := l.Title
	if d.Title != l.Title { // as that of a file of one collection is
		title = d.Title + ": " + l.Title
	}
	put("title", title)
	put("abstract", strings.Join(append([]string{l.Description}, d.Notes...), "\n"))
	for _, licence := range d.Licences {
		put("license", licence)
	}
	put("rights", d.rights())
	for _, s := range d.sources() {
		put("history", s.line())
	}
	b.WriteString("</qgis>\n")
	return b.String()
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}
