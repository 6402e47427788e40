package download_test

import (
	"archive/zip"
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"corridor/download"
	"corridor/routes"
)

// spreadsheet writes a workbook of stops.
func spreadsheet(t *testing.T, stops iter.Seq2[download.Feature, error]) *bytes.Reader {
	t.Helper()
	d := document()
	d.Layers = d.Layers[:1]
	var out bytes.Buffer
	if err := download.Write(&out, download.XLSX, d, stops); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(out.Bytes())
}

// A text comes out of a spreadsheet as it went in, also with signs that XML has not, and where it looks as if it stood for one.
func TestTextsOfASpreadsheet(t *testing.T) {
	texts := []string{"_x0041_", "_x000D", "a_b_xyz12_", "a\x01b", "a\r\nb\rc", "a\uffff", " led and ended ", "𠀀&#10;", "\n", `="1"`}
	var list []download.Feature
	for _, said := range texts {
		list = append(list, feature(routes.Stops, said, "", map[string]any{"title": said}))
	}
	book, err := excelize.OpenReader(spreadsheet(t, ending(list, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows("stops")
	if err != nil || len(rows) != 1+len(texts) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, said := range texts {
		if row := rows[i+1]; row[0] != said || row[1] != said {
			t.Errorf("%q became %q", said, row)
		}
	}
}

// A collection without features has its sheet, wherever it stands: who looks for it finds that there are none.
func TestACollectionWithoutFeaturesHasASheet(t *testing.T) {
	for name, features := range map[string][]download.Feature{
		"none": nil, "of the first": {sample()[0]}, "of the last": {sample()[len(sample())-1]},
	} {
		var out bytes.Buffer
		if err := download.Write(&out, download.XLSX, document(), ending(features, nil)); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		if sheets := book.GetSheetList(); !slices.Equal(sheets, []string{"stops", "legs", "about"}) {
			t.Errorf("features %s: sheets %v", name, sheets)
		}
		all := 0
		for _, sheet := range []string{"stops", "legs"} {
			rows, err := book.GetRows(sheet)
			if err != nil || len(rows) == 0 || rows[0][0] != "id" {
				t.Errorf("features %s: %s has the rows %v, %v", name, sheet, rows, err)
				continue
			}
			all += len(rows) - 1
		}
		if all != len(features) {
			t.Errorf("features %s: %d rows", name, all)
		}
		_ = book.Close()
	}
}

// What does not fit into a sheet goes on in another, under the same head.
func TestASheetThatIsFull(t *testing.T) {
	const features, most = 1<<20 + 5, 1 << 20
	one := feature(routes.Stops, "a.s", "", nil)
	file := spreadsheet(t, func(yield func(download.Feature, error) bool) {
		for range features {
			if !yield(one, nil) {
				return
			}
		}
	})
	book, err := zip.NewReader(file, file.Size())
	if err != nil {
		t.Fatal(err)
	}
	part := func(name string) string {
		opened, err := book.Open("xl/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = opened.Close() }()
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if names := part("workbook.xml"); !strings.Contains(names, `name="stops"`) || !strings.Contains(names, `name="stops 2"`) || strings.Contains(names, "stops 3") {
		t.Errorf("the sheets are %s", names)
	}
	first, second := part("worksheets/sheet1.xml"), part("worksheets/sheet2.xml")
	if n := strings.Count(first, "<row "); n != most {
		t.Errorf("the first sheet has %d rows, want %d", n, most)
	}
	if n := strings.Count(second, "<row "); n != 1+features-(most-1) {
		t.Errorf("the second sheet has %d rows, want %d", n, 1+features-(most-1))
	}
	if !strings.Contains(second, ">title<") {
		t.Errorf("the second sheet begins with %.200s", second)
	}
}
