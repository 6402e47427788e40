package main

import (
	"slices"
	"strings"
	"testing"
)

func TestRiversAreWrittenInSeveralWays(t *testing.T) {
	for _, tt := range []struct {
		name  string
		great bool
		want  string
	}{
		{"Lancang (Mekong)", true, "Lancang River|River Lancang|Lancang|Mekong River|River Mekong|Mekong"},
		{"Nu (Salween)", true, "Nu River|River Nu|Salween River|River Salween|Salween"},
		{"Ying", false, "Ying River|River Ying"},
		{"Irrawaddy Delta", true, ""},
		{"", true, ""},
	} {
		if got := strings.Join(riverNames(tt.name, tt.great), "|"); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestWaterNamesSayWhatIsWrong(t *testing.T) {
	const head = "kind,language,name,source\n"
	for name, tt := range map[string]struct{ content, says string }{
		"a kind":    {head + "sea,en,Andaman Sea,x\n", `:2: kind "sea" is neither river nor lake`},
		"no source": {head + "lake,en,Inle Lake,\n", ":2: write a name and its source"},
	} {
		err := newAtlas(nil).addSmallWaters(tableOf(t, "water-names.csv", tt.content))
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
}

func TestNoSmallWaterStandsTwice(t *testing.T) {
	var names []string
	err := readRows("../../data/reference/water-names.csv", []string{"kind", "language", "name", "source"}, func(_ int, row map[string]string) error {
		names = append(names, row["kind"]+" "+row["name"])
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	if n := len(names); len(slices.Compact(names)) != n {
		t.Error("a name stands twice")
	}
}
