package draw_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"corridor/draw"
)

// contentLanguages are those of the first pack.
func contentLanguages(t *testing.T) []string {
	t.Helper()
	p, err := firstPack()
	if err != nil {
		t.Fatal(err)
	}
	return p.About.Tags()
}

// pagesOf are the words of a PDF's pages, without spaces.
func pagesOf(t *testing.T, body []byte) []string {
	t.Helper()
	r := opened(t, body)
	var out []string
	for i := 1; i <= r.NumPage(); i++ {
		out = append(out, pageWords(t, r.Page(i)))
	}
	return out
}

func TestTheShortEditionIsOneSheetThatSaysWhatToKnow(t *testing.T) {
	for _, lang := range contentLanguages(t) {
		for _, size := range draw.PaperSizes() {
			t.Run(fmt.Sprint(lang, size), func(t *testing.T) {
				h, say := handoutIn(t, lang, draw.ShortEdition), words(t, lang)
				pages := pagesOf(t, handoutPDF(t, h, size))
				if len(pages) != 2 {
					t.Fatalf("it has %d pages, want the two sides of a sheet", len(pages))
				}
				front := []string{h.Title, h.Route.SaidBy, say("claim.asOf", "year", 2008), say("claim.historical"), say("map.notPath"), h.URL}
				for _, stop := range h.Route.Stops {
					front = append(front, stop.Title)
				}
				back := []string{say("handout.call"), say("handout.callWhy"), h.Sources[0].Brief, h.Rights, say("note.boundary"), say("claim.historical"), "08BEIJING4697 ¶2–¶9, ¶11, ¶12, ¶15"}
				kept, without := h.ShortSteps()
				for _, step := range kept {
					back = append(back, step.Title, step.Noticing, step.Protects, step.Help)
				}
				if lang != "en" {
					front = append(front, say("note.drafts"), say("mark.draft"))
				}
				if omits := say("handout.shortOmits", "name", say("lesson.protects")); without != strings.Contains(pages[0], spaceless(omits)) {
					t.Errorf("without what protects: %t, and it says %q: %t", without, omits, !without)
				}
				for i, texts := range [][]string{front, back} {
					for _, text := range texts {
						if !strings.Contains(pages[i], spaceless(text)) {
							t.Errorf("side %d does not say %q", i+1, text)
						}
					}
				}
			})
		}
	}
}

// Where the interface has a language and the content has not, names in the one stand before texts of the other.
func TestTheShortEditionIsOneSheetInTheLanguagesOfTheInterface(t *testing.T) {
	for _, lang := range []string{"km", "lo", "ms", "vi"} {
		for _, size := range draw.PaperSizes() {
			h := handoutIn(t, lang, draw.ShortEdition)
			h.StandIn = "English"
			if pages := pagesOf(t, handoutPDF(t, h, size)); len(pages) != 2 {
				t.Errorf("%s, %s: %d pages", lang, size, len(pages))
			}
		}
	}
}

func TestOnlyWhatIsTooLongForASideLeavesOutWhatProtects(t *testing.T) {
	for lang, want := range map[string]bool{"en": false, "th": false, "zh-Hans": false, "my": true} {
		h := handoutIn(t, lang, draw.ShortEdition)
		kept, without := h.ShortSteps()
		if without != want {
			t.Errorf("%s: without %t, want %t", lang, without, want)
		}
		for _, step := range kept {
			i := slices.IndexFunc(h.Steps, func(s draw.HandoutStep) bool { return s.ID == step.ID })
			if step.Noticing != h.Steps[i].Noticing || step.Help != h.Steps[i].Help || !want && step.Protects != h.Steps[i].Protects {
				t.Errorf("%s: %s is cut", lang, step.ID)
			}
		}
	}
}

func TestALongShortEditionGoesOnAndCutsNothing(t *testing.T) {
	h := handoutIn(t, "my", draw.ShortEdition)
	for i := range h.Steps {
		h.Steps[i].Help = strings.TrimSpace(strings.Repeat(h.Steps[i].Help+" ", 4))
	}
	body := handoutPDF(t, h, draw.Letter)
	pages := pagesOf(t, body)
	if len(pages) < 3 {
		t.Errorf("%d pages hold it", len(pages))
	}
	foot := spaceless(words(t, "my")("handout.source", "cited", "")) // a page may end within a text
	var all strings.Builder
	for _, page := range pages[1:] {
		text, _, _ := strings.Cut(page, foot)
		all.WriteString(text)
	}
	for _, step := range h.Steps {
		for _, text := range []string{step.Noticing, step.Protects, step.Help} {
			if !strings.Contains(all.String(), spaceless(text)) {
				t.Errorf("%s: it does not say %q", step.ID, text)
			}
		}
	}
	r := opened(t, body)
	for i := 1; i <= r.NumPage(); i++ {
		for _, line := range r.Page(i).Content().Text {
			if line.Y < 28 || line.Y > 792-28 {
				t.Fatalf("page %d: %q at %.0f, %.0f", i, line.S, line.X, line.Y)
			}
		}
	}
}

// The presenter names passages by the same rule in the browser.
func TestPassagesInARowAreNamedByTheFirstAndTheLast(t *testing.T) {
	raw, err := os.ReadFile("../static/testdata/citations.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct{ Cited, Passages []string }
	if err := json.Unmarshal(raw, &rows); err != nil || len(rows) == 0 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for _, row := range rows {
		if got := draw.Passages(row.Cited); !slices.Equal(got, row.Passages) {
			t.Errorf("%v: %q, want %q", row.Cited, got, row.Passages)
		}
	}
}
