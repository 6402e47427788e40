package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"corridor/store"
)

// A pack is imported, a text of it withdrawn, and then the whole pack removed, while something else has the database open.
func TestWhatIsWithdrawnOrRemovedIsNowhereInTheDatabase(t *testing.T) {
	db, folder := filepath.Join(t.TempDir(), "x.db"), copyPack(t)
	replaceIn(t, filepath.Join(folder, "sites.yaml"), "en: >-", "en: >-\n        Behind the old Qzxvwkmarket.")
	if status, messages := corridor(t, "import", "--db", db, folder); status != 0 {
		t.Fatal(messages)
	}
	s, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	holds := func(words string) bool {
		return bytes.Contains(bytes.ToLower(databaseBytes(t, db)), []byte(strings.ToLower(words)))
	}
	if !holds("Qzxvwkmarket") {
		t.Fatal("the text was not imported")
	}
	replaceIn(t, filepath.Join(folder, "sites.yaml"), "Behind the old Qzxvwkmarket.", "")
	if status, messages := corridor(t, "import", "--db", db, folder); status != 0 || holds("Qzxvwkmarket") || holds("vwkmarket") || !holds("Pingxiang") {
		t.Errorf("status %d, or the words are left, or others are gone: %s", status, messages)
	}
	status, messages := corridor(t, "remove", "mekongg", "--db", db)
	if want := "no pack has the id \"mekongg\"; the database has mekong\n"; status != exitUsage || !strings.HasSuffix(messages, want) {
		t.Errorf("status %d: %q", status, messages)
	}
	if countStops(t, db) == 0 {
		t.Error("another pack was removed")
	}
	status, messages = corridor(t, "remove", "mekong", "--db", db)
	if want := "mekong: removed 1 routes, "; status != 0 || !strings.HasPrefix(messages, want) {
		t.Errorf("status %d: %q", status, messages)
	}
	if holds("Pingxiang") || holds("ingxiang") || countStops(t, db) != 0 {
		t.Error("some of the pack is left")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if holds("ingxiang") {
		t.Error("some of the pack is left in the file that is closed")
	}
	if status, messages := corridor(t, "remove", "mekong", "--db", db); status != exitUsage || !strings.Contains(messages, "the database has none") {
		t.Errorf("a second time: status %d: %q", status, messages)
	}
	if status, messages := corridor(t, "remove", "mekong", "--db", filepath.Join(t.TempDir(), "none.db")); status != exitUsage {
		t.Errorf("from no database: status %d: %q", status, messages)
	}
}

// Whoever asked for it learns that what was removed is still in the log, since it may expose somebody.
func TestARemovalThatAReaderHoldsUpFails(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	corridor(t, "import", "--db", db, realPack)
	inView(t, db, func(*store.View) error {
		status, messages := corridor(t, "remove", "mekong", "--db", db)
		for _, want := range []string{
			"mekong: removed 1 routes, ", "somebody reads the former content; nobody is shown it any more",
			"It is gone from there after the next import, or when the server has stopped",
		} {
			if status != 1 || !strings.Contains(messages, want) {
				t.Errorf("status %d: %q, want %q", status, messages, want)
			}
		}
		return nil
	})
	if countStops(t, db) != 0 || bytes.Contains(databaseBytes(t, db), []byte("ingxiang")) {
		t.Error("some of the pack is left when nobody reads any more")
	}
}
