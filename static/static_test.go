package static_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"corridor/static"
)

func TestFormat(t *testing.T) {
	s := static.NewStrings("en", map[string]string{"steps": "Stop {seq} of {total}", "plain": "100 % {sure}"})
	tests := []struct {
		key   string
		pairs []any
		want  string
	}{
		{"steps", []any{"seq", 2, "total", 6}, "Stop 2 of 6"},
		{"steps", []any{"total", "{seq}", "seq", 1}, "Stop 1 of {seq}"},
		{"plain", nil, "100 % {sure}"},
		{"missing.key", nil, "missing.key"},
		{"steps", []any{"seq"}, "Stop {seq} of {total}"},
	}
	for _, tt := range tests {
		if got := s.Format(tt.key, tt.pairs...); got != tt.want {
			t.Errorf("Format(%q, %v) = %q, want %q", tt.key, tt.pairs, got, tt.want)
		}
	}
}

// The browser's texts follow the same rows, in test/unit/strings.test.ts.
func TestNumbersAndFormsFollowTheLanguage(t *testing.T) {
	raw, err := os.ReadFile("testdata/numbers.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		Lang, Written, Form string
		Number              int
	}
	if err := json.Unmarshal(raw, &rows); err != nil || len(rows) == 0 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for _, row := range rows {
		s := static.NewStrings(row.Lang, map[string]string{
			"stops": "{count} other", "stops.zero": "{count} zero", "stops.one": "{count} one", "stops.two": "{count} two",
			"stops.few": "{count} few", "stops.many": "{count} many",
		})
		want := row.Written + " " + row.Form
		if got := s.Format("stops", "count", row.Number); got != want {
			t.Errorf("%s: %d is %q, want %q", row.Lang, row.Number, got, want)
		}
	}
}

func TestFormsAndYears(t *testing.T) {
	s := static.NewStrings("en", map[string]string{"year": "as of {year}", "votes": "{count} votes", "at": "{seq} of {total}"})
	for _, tt := range []struct {
		key   string
		pairs []any
		want  string
	}{
		{"year", []any{"year", 2008}, "as of 2008"},
		{"votes", []any{"count", 1}, "1 votes"}, // has no other form
		{"at", []any{"seq", 1, "total", 1200}, "1 of 1,200"},
	} {
		if got := s.Format(tt.key, tt.pairs...); got != tt.want {
			t.Errorf("Format(%q, %v) = %q, want %q", tt.key, tt.pairs, got, tt.want)
		}
	}
}

func TestDirection(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "ltr", "my": "ltr", "zh-Hans": "ltr", "ar": "rtl", "ur": "rtl", "rhg-Rohg": "rtl", "ks-Deva": "ltr", "uz-Arab": "rtl",
	} {
		if got := static.NewStrings(tag, nil).Direction(); got != want {
			t.Errorf("%s is written %s, want %s", tag, got, want)
		}
	}
}

func TestTheBundleIsWhole(t *testing.T) {
	a, err := static.LoadAssets()
	if err != nil {
		t.Fatal(err)
	}
	for kind, names := range map[string][]string{
		"script": {"viewer", "viewer-map", "plain", "present", "live", "embed", "embed-map", "after-picture", "fonts-first", "resize", "data", "find"},
		"style":  {"present", "guide", "handout", "data", "find", "embed-auto", "embed-light", "embed-dark", "embed-map"},
	} {
		have := map[string]map[string]string{"script": a.Scripts, "style": a.Styles}[kind]
		if slices.Sort(names); !slices.Equal(names, slices.Sorted(maps.Keys(have))) {
			t.Errorf("the %ss are %v, want %v", kind, slices.Sorted(maps.Keys(have)), names)
		}
	}
	for _, address := range slices.Concat(slices.Collect(maps.Values(a.Scripts)), slices.Collect(maps.Values(a.Styles)), []string{a.Style}) {
		name, ok := strings.CutPrefix(address, "/assets/")
		if !ok {
			t.Errorf("%q lies outside /assets/", address)
			continue
		}
		for _, suffix := range []string{"", ".gz", ".br"} {
			if info, err := fs.Stat(static.Files(), name+suffix); err != nil || info.Size() == 0 {
				t.Errorf("%s%s: %v", name, suffix, err)
			}
		}
	}
}

func TestEveryLanguageNamesItself(t *testing.T) {
	all, err := static.Languages()
	if err != nil {
		t.Fatal(err)
	}
	tags := static.Tags(all)
	if len(tags) < 8 || tags[0] != "en" {
		t.Errorf("languages %v, English must come first", tags)
	}
	for _, tag := range tags {
		if name := all[tag].Format("language.self"); name == "language.self" {
			t.Errorf("%s does not name itself", tag)
		}
	}
}
