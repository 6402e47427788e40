package main

import (
	"os"
	"strings"
	"testing"
)

func TestNoRiverHasALetterLost(t *testing.T) {
	for name, want := range map[string]string{"Mekong": "Mekong", "God?vari": "Godāvari", "Unkn?wn": ""} {
		if got := wholeName(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	extract, err := os.ReadFile("../../data/reference/rivers.geojson")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(extract), "?") {
		t.Error("the extract has a question mark in a name")
	}
}
