package download_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"iter"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"corridor/download"
	"corridor/routes"
)

// document has two layers of a few columns each.
func document() download.Document {
	return download.Document{
		Name: "corridor-a", Title: "A <route>", Description: "Told & drawn", Notes: []string{"Lines are not paths."}, Lang: "en",
		Term: func(_, code string) string { return code }, Historical: "historical account", TooLong: "Too long for a cell; other files have it.", Licences: []string{"CC-BY-4.0"}, Attribution: "The authors",
		Address: "https://map.example.org/api/x?a=1&b=2",
		Sources: []routes.Source{
			{ID: "S1", Title: "A <source>", Author: routes.Text{"en": "An embassy", "th": "สถานทูต"}, Created: "2008-12-31", Nature: routes.Text{"en": "A visit"}},
			{ID: "S2", Title: "Another", Author: routes.Text{"km": "សាលា"}, Created: "2012-01-01", URL: "https://example.org/?a=1&b=2"},
		},
		Layers: []download.Layer{
			{Collection: routes.Stops, Title: "Stops", Columns: []download.Column{
				{Name: "title"}, {Name: "text"}, {Name: "as_of", Kind: download.Integer}, {Name: "label_lon", Kind: download.Number}, {Name: "licence"},
			}},
			{Collection: routes.Legs, Title: "Legs", Columns: []download.Column{
				{Name: "title"}, {Name: "evidence"}, {Name: "schematic", Kind: download.Truth}, {Name: "licence"},
			}},
		},
	}
}

func feature(c routes.Collection, id, geometry string, properties map[string]any) download.Feature {
	raw, err := json.Marshal(properties)
	if err != nil {
		panic(err)
	}
	f := download.Feature{Collection: c, ID: id, Geometry: geometry, Properties: string(raw)}
	if geometry != "" {
		f.BBox = "[1,2,3,4]"
	}
	return f
}

// shapes are one of each kind of geometry that there is.
func shapes() []string {
	return []string{
		"", `{"type":"Point","coordinates":[100.5,-13.75]}`, `{"type":"LineString","coordinates":[[1,2],[3,4.5]]}`,
		`{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}`, `{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`,
		`{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[2,1],[3,2],[3,1],[2,1]]]}`,
		`{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}`,
		`{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}`,
	}
}

// hostile are texts that a reader of a file must get as they are, and none may run.
func hostile() []string {
	return []string{`=HYPERLINK("http://evil.example")`, "+1", "-1+1", "@SUM(A1)", "\tx", "\rx", `<b>&"'</b>`, "two\nlines", "၂၀၀၈, ปี", "a;=1", "]]>", ""}
}

func sample() []download.Feature {
	var list []download.Feature
	for i, said := range hostile() {
		list = append(list, feature(routes.Stops, fmt.Sprintf("a.s%d", i), shapes()[i%len(shapes())],
			map[string]any{"title": said, "text": said, "as_of": 2008, "label_lon": -1.5, "licence": "CC-BY-4.0", "historical": true, "said_by": "A teller", "citation": "S1 ¶5"}))
	}
	for i, evidence := range []string{"documented", "inferred"} {
		list = append(list, feature(routes.Legs, fmt.Sprintf("a.l%d", i), shapes()[2],
			map[string]any{"title": "leg", "evidence": evidence, "schematic": i == 1, "licence": "CC-BY-4.0"}))
	}
	return list
}

// ending gives features and then, unless it is nil, an error.
func ending(list []download.Feature, err error) iter.Seq2[download.Feature, error] {
	return func(yield func(download.Feature, error) bool) {
		for _, f := range list {
			if !yield(f, nil) {
				return
			}
		}
		if err != nil {
			yield(download.Feature{}, err)
		}
	}
}

func written(t *testing.T, format download.Format) string {
	t.Helper()
	var out bytes.Buffer
	if err := download.Write(&out, format, document(), ending(sample(), nil)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

type geoFeature struct {
	ID         string
	Geometry   json.RawMessage
	Properties map[string]any
}

// same says whether features read are those that were written.
func same(t *testing.T, got []geoFeature) {
	t.Helper()
	want := sample()
	if len(got) != len(want) {
		t.Fatalf("%d features, want %d", len(got), len(want))
	}
	for i, f := range got {
		var properties map[string]any
		if err := json.Unmarshal([]byte(want[i].Properties), &properties); err != nil {
			t.Fatal(err)
		}
		if f.ID != want[i].ID || f.Properties["collection"] != string(want[i].Collection) || f.Properties["title"] != properties["title"] {
			t.Errorf("%+v, want %+v", f, want[i])
		}
		if geometry := want[i].Geometry; string(f.Geometry) != geometry && (geometry != "" || string(f.Geometry) != "null") {
			t.Errorf("%s: geometry %s, want %s", f.ID, f.Geometry, geometry)
		}
	}
}

func TestGeoJSON(t *testing.T) {
	var got struct {
		Type, Name, Attribution string
		Licences, Notes         []string
		Sources                 []map[string]string
		Features                []geoFeature
	}
	if err := json.Unmarshal([]byte(written(t, download.GeoJSON)), &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "FeatureCollection" || got.Attribution != "The authors" || !slices.Equal(got.Licences, []string{"CC-BY-4.0"}) || len(got.Notes) != 1 {
		t.Errorf("the head is %+v", got)
	}
	want := []map[string]string{
		{"id": "S1", "title": "A <source>", "author": "An embassy", "created": "2008-12-31"},
		{"id": "S2", "title": "Another", "author": "សាលា", "created": "2012-01-01", "url": "https://example.org/?a=1&b=2"},
	}
	if !slices.EqualFunc(got.Sources, want, maps.Equal) {
		t.Errorf("the sources are %v", got.Sources)
	}
	same(t, got.Features)
}

// Each record of a text sequence begins with a record separator and ends with a line feed, neither of which is in it.
func TestTextSequence(t *testing.T) {
	var got []geoFeature
	records := strings.Split(written(t, download.Seq), "\x1e")
	if records[0] != "" {
		t.Errorf("before the first separator stands %q", records[0])
	}
	for _, record := range records[1:] {
		var f geoFeature
		line, ended := strings.CutSuffix(record, "\n")
		if err := json.Unmarshal([]byte(line), &f); err != nil || !ended || strings.Contains(line, "\n") {
			t.Fatalf("%v: %q", err, record)
		}
		got = append(got, f)
	}
	same(t, got)
}

func TestCSV(t *testing.T) {
	body := written(t, download.CSV)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(body, "\ufeffcollection,id,title,text,as_of,label_lon,licence,evidence,schematic,lon,lat,wkt\r\n") {
		t.Errorf("the head is %.100q", body)
	}
	for i, f := range sample() {
		row := rows[i+1]
		if row[0] != string(f.Collection) || row[1] != f.ID || row[6] != "CC-BY-4.0" {
			t.Errorf("row %d is %q", i+1, row)
		}
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+@\t\r\n", rune(cell[0])) || strings.HasPrefix(cell, "-") && cell != "-1.5" && cell != "-13.75" {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	if point := rows[2]; point[9] != "100.5" || point[10] != "-13.75" || point[11] != "POINT(100.5 -13.75)" || point[5] != "-1.5" {
		t.Errorf("the point is %q", point)
	}
	if area := rows[6]; area[9] != "" || !strings.HasPrefix(area[11], "POLYGON((0 0,") {
		t.Errorf("an area has %q, %q: no point stands for it", area[9], area[11])
	}
	if none := rows[1]; none[11] != "" {
		t.Errorf("what has no place has %q", none[11])
	}
}

// A text that a spreadsheet would take for a formula bears an apostrophe, full-width signs too; all other texts stay as they are.
func TestNoTextBeginsAsAFormula(t *testing.T) {
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"} {
		if got, want := download.Harmless(sign+"SUM(1)"), "'"+sign+"SUM(1)"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, plain := range []string{"", "a=b", "曼谷", "\uff08=\uff09", "\xff"} {
		if got := download.Harmless(plain); got != plain {
			t.Errorf("%q becomes %q", plain, got)
		}
	}
}

// An id may be anything in a file, and is a cell like the others.
func TestNoIDBeginsAsAFormula(t *testing.T) {
	var list []download.Feature
	for _, id := range hostile() {
		list = append(list, feature(routes.Stops, id, "", map[string]any{"title": "x"}))
	}
	for _, layers := range []int{1, 2} { // the collection's name comes first where there are several
		d := document()
		d.Layers = d.Layers[:layers]
		var out bytes.Buffer
		if err := download.Write(&out, download.CSV, d, ending(list, nil)); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 1+len(list) {
			t.Fatal(len(rows), err)
		}
		for i, id := range hostile() {
			want := strings.ReplaceAll(download.Harmless(id), "\r", "") // which stands for an end of a line here
			if got := rows[i+1][layers-1]; got != want || strings.ContainsAny(got[:min(1, len(got))], "=+-@\t\r") {
				t.Errorf("%d collections: %q is the id %q, want %q", layers, id, got, want)
			}
		}
	}
}

type kmlStyle struct {
	ID string `xml:"id,attr"`
}

type kml struct {
	Document struct {
		Name, Description string `xml:",omitempty"`
		About             string `xml:"description"`
		Style             []kmlStyle
		Folder            []struct {
			Name      string `xml:"name"`
			Placemark []struct {
				Name        string `xml:"name"`
				Description string `xml:"description"`
				StyleURL    string `xml:"styleUrl"`
				Data        []struct {
					Name string `xml:"name,attr"`
					Text string `xml:",chardata"`
				} `xml:"ExtendedData>SchemaData>SimpleData"`
			}
		}
	}
}

func TestKML(t *testing.T) {
	body := written(t, download.KML)
	var got kml
	if err := xml.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Document.Folder) != 2 || got.Document.Folder[1].Name != "Legs" || len(got.Document.Folder[0].Placemark) != len(hostile()) {
		t.Fatalf("folders %+v", got.Document.Folder)
	}
	if about := html.UnescapeString(got.Document.About); !strings.Contains(about, "S1: A <source> · An embassy · 2008-12-31<br>") || !strings.Contains(about, "https://example.org/?a=1&b=2") ||
		!strings.Contains(about, "Lines are not paths.") {
		t.Errorf("the document says %q", about)
	}
	for i, p := range got.Document.Folder[0].Placemark {
		said := strings.NewReplacer("\t", "\t", "\r", "\r").Replace(hostile()[i])
		if p.Name != said {
			t.Errorf("%q is named %q", said, p.Name)
		}
		if strings.Contains(p.Description, "<b>") {
			t.Errorf("the description %q has markup of its text", p.Description)
		}
		if !strings.Contains(p.Description, "A teller · S1 ¶5 · 2008 · historical account") {
			t.Errorf("the description %q lacks who tells, where and of which year", p.Description)
		}
	}
	legs := got.Document.Folder[1].Placemark
	if legs[0].StyleURL == legs[1].StyleURL || !strings.Contains(legs[1].Name, "inferred") || strings.Contains(legs[0].Name, "inferred") {
		t.Errorf("an inferred leg looks like a documented one: %+v", legs)
	}
	for i, want := range []string{"0", "1"} { // GDAL reads "true" as 0
		schematic := ""
		for _, data := range legs[i].Data {
			if data.Name == "schematic" {
				schematic = data.Text
			}
		}
		if schematic != want {
			t.Errorf("whether leg %d is schematic is written %q, want %q", i, schematic, want)
		}
	}
	for _, f := range got.Document.Folder {
		for _, p := range f.Placemark {
			if !slices.ContainsFunc(got.Document.Style, func(s kmlStyle) bool { return "#"+s.ID == p.StyleURL }) {
				t.Errorf("there is no style %s", p.StyleURL)
			}
		}
	}
	if !strings.Contains(body, "<coordinates>100.5,-13.75</coordinates>") || strings.Count(body, "<innerBoundaryIs>") != 1 {
		t.Error("the point or the hole is not there")
	}
}

// What breaks off in the middle gives its error, and the file is not one that a reader would take for whole.
func TestWhatBreaksOffIsNoFile(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, format := range writers() {
		var out bytes.Buffer
		if err := download.Write(&out, format, document(), ending(sample(), broken)); !errors.Is(err, broken) {
			t.Errorf("%s: %v", format, err)
		}
		if format == download.GeoJSON && json.Valid(out.Bytes()) || format == download.KML && strings.Contains(out.String(), "</kml>") {
			t.Errorf("%s looks whole", format)
		}
	}
}

// A writer that takes no more ends the work.
func TestAFullDiskIsAnError(t *testing.T) {
	many := slices.Repeat(sample()[:len(hostile())], 1000)
	for _, format := range writers() {
		taken := 0
		counted := func(yield func(download.Feature, error) bool) {
			for f, err := range ending(many, nil) {
				taken++
				if !yield(f, err) {
					return
				}
			}
		}
		if err := download.Write(full{}, format, document(), counted); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: %v", format, err)
		}
		if taken == len(many) && format.Streams() {
			t.Errorf("%s reads to the end though nobody takes it", format)
		}
	}
}

// A disk may be full at any byte, the last ones too: what is written last, when all features have come, is written like the rest.
func TestADiskThatIsFullAtTheEndIsAnError(t *testing.T) {
	for name, features := range map[string][]download.Feature{
		"none": nil, "some": sample(), "more than a buffer holds": slices.Concat(slices.Repeat(sample()[:len(hostile())], 300), sample()[len(hostile()):]),
	} {
		for _, format := range writers() {
			var whole counting
			if err := download.Write(&whole, format, document(), ending(features, nil)); err != nil {
				t.Fatal(format, err)
			}
			for _, room := range []int{whole.bytes - 1, whole.bytes - whole.last, whole.bytes / 2, 1} {
				if room < 0 || room >= whole.bytes { // nothing is written of nothing
					continue
				}
				if err := download.Write(&narrow{room}, format, document(), ending(features, nil)); !errors.Is(err, io.ErrShortWrite) {
					t.Errorf("%s of %s: of %d bytes %d fit, and the error is %v", format, name, whole.bytes, room, err)
				}
			}
			if err := download.Write(&narrow{whole.bytes}, format, document(), ending(features, nil)); err != nil {
				t.Errorf("%s of %s fits and gives %v", format, name, err)
			}
		}
	}
}

// counting counts the bytes that it takes, and those of the last write.
type counting struct{ bytes, last int }

func (c *counting) Write(p []byte) (int, error) {
	c.bytes, c.last = c.bytes+len(p), len(p)
	return len(p), nil
}

// narrow has room for so many bytes.
type narrow struct{ room int }

func (n *narrow) Write(p []byte) (int, error) {
	taken := min(len(p), n.room)
	if n.room -= taken; taken < len(p) {
		return taken, io.ErrShortWrite
	}
	return taken, nil
}

// writers are the formats that are written here.
func writers() []download.Format {
	return slices.DeleteFunc(download.Formats(), func(f download.Format) bool { return !f.Streams() && f != download.XLSX })
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestFormatsAreFoundByTheirExtensions(t *testing.T) {
	for _, format := range download.Formats() {
		if found, ok := download.ByExtension(format.Extension()); !ok || found != format || format.ContentType() == "" || format.Name() == "" {
			t.Errorf("%s: %q, %q, %q", format, format.Extension(), format.ContentType(), format.Name())
		}
	}
	if err := download.Write(io.Discard, "shapefile", document(), ending(nil, nil)); !errors.Is(err, download.ErrFormat) {
		t.Errorf("an unknown format: %v", err)
	}
}

// Files are in the colours of the pages, each kind in its own.
func TestColoursAreThePages(t *testing.T) {
	tokens, err := os.ReadFile("../static/styles/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	light, _, _ := strings.Cut(string(tokens), "@media (prefers-color-scheme: dark)")
	d := document()
	d.Layers = nil
	for _, c := range routes.Collections() {
		d.Layers = append(d.Layers, download.Layer{Collection: c})
	}
	var out bytes.Buffer
	if err := download.Write(&out, download.KML, d, ending(nil, nil)); err != nil {
		t.Fatal(err)
	}
	styles := regexp.MustCompile(`<Style id="(.*?)">\s*<IconStyle><color>ff(..)(..)(..)</color>`).FindAllStringSubmatch(out.String(), -1)
	token := map[string]string{
		"stop": "route", "leg-documented": "route", "leg-inferred": "route", "movement-home": "return", "movement": "movement",
		"site": "site", "place": "ink-soft",
	}
	if len(styles) != len(token) {
		t.Errorf("%d styles, want %d: %v", len(styles), len(token), styles)
	}
	for _, style := range styles {
		name, hex := style[1], "#"+style[4]+style[3]+style[2] // KML has blue first
		if want := "--" + token[name] + ": " + hex + ";"; !strings.Contains(light, want) {
			t.Errorf("a %s is %s: no %q among the tokens", name, hex, want)
		}
	}
}

type qgisSymbol struct {
	Name       string `xml:"name,attr"`
	Properties []struct {
		Key   string `xml:"k,attr"`
		Value string `xml:"v,attr"`
	} `xml:"layer>prop"`
}

// What QGIS reads is XML, and an inferred leg does not look like a documented one there either.
func TestStylesOfQGIS(t *testing.T) {
	term := func(list, code string) string { return list + " <" + code + ">" }
	for _, c := range routes.Collections() {
		for _, d := range []download.Dimension{download.Spots, download.Curves, download.Surfaces} {
			var style struct {
				Renderer struct {
					Type       string `xml:"type,attr"`
					Categories []struct {
						Value  string `xml:"value,attr"`
						Label  string `xml:"label,attr"`
						Symbol string `xml:"symbol,attr"`
					} `xml:"categories>category"`
					Symbols []qgisSymbol `xml:"symbols>symbol"`
				} `xml:"renderer-v2"`
			}
			if err := xml.Unmarshal([]byte(download.Style(c, d, term)), &style); err != nil {
				t.Fatalf("%s: %v", c, err)
			}
			symbols := style.Renderer.Symbols
			looks := map[string]string{}
			for _, one := range style.Renderer.Categories {
				at := slices.IndexFunc(symbols, func(s qgisSymbol) bool { return s.Name == one.Symbol })
				if at < 0 || !strings.Contains(one.Label, "<"+one.Value+">") {
					t.Fatalf("%s: the category %+v has no symbol or another label", c, one)
				}
				for _, p := range symbols[at].Properties {
					if p.Key == "line_style" {
						looks[one.Value] = p.Value
					}
				}
			}
			if c == routes.Legs && d == download.Curves && (looks["documented"] != "solid" || looks["inferred"] != "dash") {
				t.Errorf("legs look like %v", looks)
			}
			if len(symbols) == 0 {
				t.Errorf("%s has no symbol", c)
			}
		}
	}
}

func TestMetadataOfQGIS(t *testing.T) {
	var got struct {
		Title   string   `xml:"title"`
		License []string `xml:"license"`
		Rights  string   `xml:"rights"`
	}
	d := document()
	if err := xml.Unmarshal([]byte(d.Metadata(d.Layers[0])), &got); err != nil {
		t.Fatal(err)
	}
	d.Title = "Stops" // as that of a file of one collection
	if one := d.Metadata(d.Layers[0]); !strings.Contains(one, "<title>Stops</title>") {
		t.Errorf("the metadata of one collection is %s", one)
	}
	if got.Title != "A <route>: Stops" || !slices.Equal(got.License, []string{"CC-BY-4.0"}) || !strings.Contains(got.Rights, "The authors") {
		t.Errorf("%+v", got)
	}
}

// A workbook has a sheet for each collection; numbers are numbers, and nothing in it is a formula.
func TestXLSX(t *testing.T) {
	d := document()
	long := feature(routes.Legs, "a.long", `{"type":"LineString","coordinates":[`+strings.Repeat("[100.12345,13.12345],", 4000)+`[1,2]]}`,
		map[string]any{"title": strings.Repeat("ก", 40000), "evidence": "inferred", "licence": "CC-BY-4.0"})
	var out bytes.Buffer
	if err := download.Write(&out, download.XLSX, d, ending(append(sample(), long), nil)); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if sheets := book.GetSheetList(); !slices.Equal(sheets, []string{"stops", "legs", "about"}) {
		t.Fatalf("sheets %v", sheets)
	}
	stops, err := book.GetRows("stops", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(stops[0], []string{"id", "title", "text", "as_of", "label_lon", "licence", "lon", "lat", "wkt", "wkt_note"}) || len(stops) != 1+len(hostile()) {
		t.Fatalf("%d rows under %v", len(stops), stops[0])
	}
	for i, said := range hostile() {
		row := stops[i+1]
		if row[1] != said || row[3] != "2008" || row[5] != "CC-BY-4.0" {
			t.Errorf("row %d is %q, want %q", i+1, row, said)
		}
		for column := range row {
			cell, err := excelize.CoordinatesToCellName(column+1, i+2)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := book.GetCellFormula("stops", cell); err != nil || formula != "" {
				t.Errorf("%s has the formula %q, %v", cell, formula, err)
			}
		}
	}
	if kind, err := book.GetCellType("stops", "D2"); err != nil || kind == excelize.CellTypeInlineString {
		t.Errorf("a year is of the type %v, %v", kind, err)
	}
	legs, err := book.GetRows("legs", excelize.Options{RawCellValue: true})
	if err != nil || len(legs) != 4 {
		t.Fatalf("%d rows of legs, %v", len(legs), err)
	}
	if last := legs[3]; !strings.HasSuffix(last[1], "ก…") || len(last) != 9 || last[7] != "" || last[8] != d.TooLong {
		t.Errorf("what is too long ends with %q and has the cells %q", last[1][len(last[1])-6:], last[2:])
	}
	if first := legs[1]; len(first) != 8 {
		t.Errorf("what fits has the cells %q", first)
	}
	about, err := book.GetRows("about")
	if err != nil || !slices.ContainsFunc(about, func(row []string) bool { return slices.Equal(row, d.Notes) }) || !strings.Contains(fmt.Sprint(about), "CC-BY-4.0. The authors") || !strings.Contains(fmt.Sprint(about), "S1 A <source> An embassy 2008-12-31") ||
		!slices.ContainsFunc(about, func(row []string) bool { return slices.Equal(row, []string{"wkt_note", d.TooLong, "1"}) }) {
		t.Errorf("about: %v, %v", about, err)
	}
}
