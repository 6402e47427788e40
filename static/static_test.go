package static_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"corridor/static"
)

func TestFormat(t *testing.T) {
	s := static.Strings{"steps": "Stop {seq} of {total}", "plain": "100 % {sure}"}
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

func TestTheBundleIsWhole(t *testing.T) {
	a, err := static.LoadAssets()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"main", "present", "live"} {
		if a.Scripts[name] == "" {
			t.Errorf("there is no script %q", name)
		}
	}
	for _, address := range append(slices.Collect(maps.Values(a.Scripts)), a.Style) {
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
	if len(tags) < 4 || tags[0] != "en" {
		t.Errorf("languages %v, English must come first", tags)
	}
	for _, tag := range tags {
		if name := all[tag].Format("language.self"); name == "language.self" {
			t.Errorf("%s does not name itself", tag)
		}
	}
}
