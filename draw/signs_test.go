package draw_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corridor/draw"
)

func TestEverySignOfTheInterfaceAndTheContentIsDrawn(t *testing.T) {
	p, known := painter(t), map[string]bool{}
	check := func(file, text string) {
		if boxes := draw.Boxes(p, text); len(boxes) > 0 {
			t.Errorf("%s: no font draws %q of %q", file, boxes, text)
		}
	}
	read := func(file string) []byte {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	languages, err := filepath.Glob("../static/lang/*.json")
	if err != nil || len(languages) == 0 {
		t.Fatal(languages, err)
	}
	for _, file := range languages {
		texts := map[string]any{}
		if err := json.Unmarshal(read(file), &texts); err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			if text, ok := text.(string); ok {
				check(file, text)
			}
		}
	}
	err = filepath.WalkDir("../data/content", func(file string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(file) == ".yaml" {
			for line := range strings.Lines(string(read(file))) {
				if line = strings.TrimSpace(line); !known[line] {
					known[line] = true
					check(file, line)
				}
			}
		}
		return err
	})
	if err != nil || len(known) == 0 {
		t.Fatal(len(known), err)
	}
}

func TestSignsOfMoneyAndPunctuationAreDrawn(t *testing.T) {
	p := painter(t)
	for text, want := range map[string]string{
		"₫ ฿ ៛ ₭ ¥ € £ ₩ ₹":             "",
		"“a” ‘b’ «c» … – — · • ′ ″ × ÷": "",
		"½ ± − ° § ¶ † ² ©":             "",
		"ราคา 500 ฿ ០៛ ၅၀၀ ₫":           "",
		"№ 5":                       "No 5",
		"Yunnan → Thailand":         "Yunnan -> Thailand",
		"5‑10 ≈ 7, ≤ 11\u202f%":     "5-10 ~ 7, <= 11 %",
		"\u200ba\u200d\ufe0f\u2060": "",
		"한":                         "한", // no font has it, nothing reads alike
	} {
		drawn := draw.DrawnAs(p, text)
		if want == "" && drawn != text || want != "" && drawn != want {
			t.Errorf("%q is drawn as %q", text, drawn)
		}
		if boxes := draw.Boxes(p, text); len(boxes) > 0 && want != text {
			t.Errorf("%q has boxes for %q", text, boxes)
		}
	}
}
