package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a new author is given passes the check as it is, and can be imported.
func TestANewPackIsFitForImport(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "packs", "first")
	if status, messages := corridor(t, "new", "first-one", folder); status != 0 || !strings.Contains(messages, "corridor check "+folder) {
		t.Fatalf("status %d: %s", status, messages)
	}
	if status, messages := corridor(t, "check", folder); status != 0 || strings.TrimSpace(messages) != "first-one: fit for import" {
		t.Errorf("status %d: %s", status, messages)
	}
	db := filepath.Join(t.TempDir(), "x.db")
	if status, messages := corridor(t, "import", "--db", db, folder); status != 0 || !strings.Contains(messages, "first-one: imported 1 routes") || countStops(t, db) != 2 {
		t.Errorf("status %d: %s", status, messages)
	}
	route := content(t, filepath.Join(folder, "routes", "first-one.yaml"))
	first, _, _ := strings.Cut(route, "\n")
	schema, said := strings.CutPrefix(first, "# yaml-language-server: $schema=")
	if _, err := os.Stat(filepath.Join(folder, "routes", schema)); !said || err != nil {
		t.Errorf("the first line is %s: %v", first, err)
	}
}

// An id may be what YAML reads as a number or as no text at all.
func TestANewPackOfAnyIDIsFitForImport(t *testing.T) {
	for _, id := range []string{"2019", "0x1f", "null", "true"} {
		folder := filepath.Join(t.TempDir(), id)
		if status, messages := corridor(t, "new", id, folder); status != 0 {
			t.Fatalf("%s: status %d: %s", id, status, messages)
		}
		if status, messages := corridor(t, "check", folder); status != 0 {
			t.Errorf("%s: status %d: %s", id, status, messages)
		}
	}
}

func TestANewPackReplacesNothing(t *testing.T) {
	folder := t.TempDir()
	if status, messages := corridor(t, "new", "first", folder); status != 2 || !strings.Contains(messages, "exists already") {
		t.Errorf("status %d: %s", status, messages)
	}
	for _, id := range []string{"First", "all", "a b"} {
		if status, messages := corridor(t, "new", id, filepath.Join(folder, "new")); status != 2 || !strings.Contains(messages, "is no id of a pack") {
			t.Errorf("%s: status %d: %s", id, status, messages)
		}
	}
}
