package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOtherNames(t *testing.T) {
	names, err := readOtherNames("../../data/reference/other-names.csv")
	if err != nil || len(names["MM"]) == 0 || names["MM"][0] != "Burma" {
		t.Errorf("%v, %v", names, err)
	}
}

func TestOtherNamesNeedAReason(t *testing.T) {
	for content, says := range map[string]string{
		"country,name,reason\nMM,Burma,\n":         ":2: write",
		"country,name,reason\nMyanmar,Burma,old\n": ":2: write",
		"country,name,reason\nMM,Burma\n":          "wrong number of fields",
	} {
		path := filepath.Join(t.TempDir(), "names.csv")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readOtherNames(path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: got %v, want %q", content, err, says)
		}
	}
}
