package server

import (
	"encoding/json"
	"os"
	"testing"

	"corridor/routes"
)

// The presenter reads the same rows, in static/test/unit/markdown.test.ts.
func TestMarkdownIsReadAsThePresenterReadsIt(t *testing.T) {
	raw, err := os.ReadFile("../static/testdata/markdown.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct{ Markdown, HTML, Plain string }
	if err := json.Unmarshal(raw, &rows); err != nil || len(rows) == 0 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	r := newRenderer()
	about := routes.About{Languages: []routes.Language{{Code: "en"}}}
	for _, row := range rows {
		w := r.words(about, routes.Text{"en": row.Markdown}, "en")
		if string(w.HTML) != row.HTML || w.Plain != row.Plain {
			t.Errorf("%q is\n%q and\n%q, want\n%q and\n%q", row.Markdown, w.HTML, w.Plain, row.HTML, row.Plain)
		}
	}
}
