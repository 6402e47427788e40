package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A pack that was copied and kept the id of the first would take its place.
func TestAnImportThatWithdrawsARouteMustSaySo(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	corridor(t, "import", "--db", db, realPack)
	before := versionOf(t, db)
	copied := renamedRoute(t)
	status, messages := corridor(t, "import", "--db", db, copied)
	for _, want := range []string{"mekong was not imported; the database is as it was", `the route "yunnan", the lesson "yunnan"`, "--withdraw", "give the pack another id"} {
		if status != 1 || !strings.Contains(messages, want) {
			t.Errorf("status %d: %s, want %s", status, messages, want)
		}
	}
	if versionOf(t, db) != before {
		t.Error("the refused import changed the content")
	}
	status, messages = corridor(t, "import", "--db", db, "--withdraw", copied)
	if status != 0 || !strings.Contains(messages, `mekong: this import withdraws the route "yunnan", the lesson "yunnan"; a cache`) {
		t.Errorf("status %d: %s", status, messages)
	}
	after := versionOf(t, db)
	if status, messages := corridor(t, "import", "--db", db, copied); status != 0 || !strings.Contains(messages, "nothing has changed") || versionOf(t, db) != after {
		t.Errorf("once more: status %d: %s", status, messages)
	}
}

// A lesson has an address of its own, which trainers write down.
func TestAnImportThatWithdrawsALessonMustSaySo(t *testing.T) {
	db, pack := filepath.Join(t.TempDir(), "x.db"), copyPack(t)
	corridor(t, "import", "--db", db, realPack)
	before := versionOf(t, db)
	if err := os.Remove(filepath.Join(pack, "lessons", "yunnan.yaml")); err != nil {
		t.Fatal(err)
	}
	status, messages := corridor(t, "import", "--db", db, pack)
	if status != 1 || !strings.Contains(messages, `what the pack "mekong" had before: the lesson "yunnan"; if that is meant, import again with --withdraw`) || versionOf(t, db) != before {
		t.Errorf("status %d: %s", status, messages)
	}
	status, messages = corridor(t, "import", "--db", db, "--withdraw", pack)
	if status != 0 || !strings.Contains(messages, `mekong: this import withdraws the lesson "yunnan"`) || versionOf(t, db) == before {
		t.Errorf("with --withdraw: status %d: %s", status, messages)
	}
}

// A file of routes can replace a pack just so.
func TestAFileOfRoutesThatWithdrawsARouteMustSaySo(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	corridor(t, "import", "--db", db, realPack)
	before := versionOf(t, db)
	file := linesFile(t, func(text string) string {
		return strings.Replace(text, `{"route":{"id":"yunnan"`, `{"route":{"id":"other"`, 1)
	})
	status, messages := corridor(t, "import", "--db", db, file)
	if status != 1 || !strings.Contains(messages, `the route "yunnan", the lesson "yunnan"`) || !strings.Contains(messages, "--withdraw") || versionOf(t, db) != before {
		t.Errorf("status %d: %s", status, messages)
	}
	if status, messages := corridor(t, "import", "--db", db, "--withdraw", file); status != 0 || !strings.Contains(messages, "imported 1 routes") || versionOf(t, db) == before {
		t.Errorf("status %d: %s", status, messages)
	}
}

// What stands beside a route may go without more ado, and is told.
func TestAnImportTellsWhatItWithdrawsBesideRoutes(t *testing.T) {
	db, pack := filepath.Join(t.TempDir(), "x.db"), copyPack(t)
	corridor(t, "import", "--db", db, realPack)
	findings := filepath.Join(pack, "findings.yaml")
	if err := os.WriteFile(findings, []byte("findings: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, messages := corridor(t, "import", "--db", db, pack)
	if status != 0 || !strings.Contains(messages, "mekong: this import withdraws ") || !strings.Contains(messages, " findings") {
		t.Errorf("status %d: %s", status, messages)
	}
	if status, messages := corridor(t, "import", "--db", db, realPack); status != 0 || strings.Contains(messages, "withdraws") {
		t.Errorf("what is added is no withdrawal: status %d: %s", status, messages)
	}
}

// renamedRoute is a copy of the real pack whose route has another id, and that has no lesson.
func renamedRoute(t *testing.T) string {
	t.Helper()
	pack := copyPack(t)
	if err := os.RemoveAll(filepath.Join(pack, "lessons")); err != nil {
		t.Fatal(err)
	}
	old, renamed := filepath.Join(pack, "routes", "yunnan.yaml"), filepath.Join(pack, "routes", "other.yaml")
	replaceIn(t, old, "id: yunnan", "id: other")
	if err := os.Rename(old, renamed); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"movements.yaml", "sites.yaml", "findings.yaml"} {
		file := filepath.Join(pack, list)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(content), "  - yunnan\n", "  - other\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return pack
}
