package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corridor/routes"
	"corridor/store"
)

// linesFile writes the real pack's route as a file of lines and gives its path. A change is made to its text.
func linesFile(t *testing.T, change func(string) string) string {
	t.Helper()
	loaded, problems := routes.Load(os.DirFS(realPack))
	if len(problems.Errors()) > 0 {
		t.Fatal(problems)
	}
	var b bytes.Buffer
	for _, line := range []map[string]any{
		{"pack": loaded.About, "sources": loaded.Sources, "organisations": loaded.Organisations, "places": loaded.Places},
		{"route": loaded.Routes[0]},
	} {
		if err := json.NewEncoder(&b).Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "routes.jsonl")
	if err := os.WriteFile(file, []byte(change(b.String())), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func asItIs(text string) string { return text }

func TestImportOfAFileOfRoutes(t *testing.T) {
	db, file := filepath.Join(t.TempDir(), "x.db"), linesFile(t, asItIs)
	if status, messages := corridor(t, "check", file); status != 0 || !strings.Contains(messages, file+": fit for import") {
		t.Errorf("status %d: %s", status, messages)
	}
	status, messages := corridor(t, "import", "--db", db, file)
	if status != 0 || !strings.Contains(messages, file+": imported 1 routes, ") || !strings.Contains(messages, "reading "+file+": 100 %") {
		t.Fatalf("status %d: %s", status, messages)
	}
	if n := countStops(t, db); n != 6 {
		t.Errorf("%d stops", n)
	}
	if !strings.Contains(messages, file+`:1:1: warning: no document names the place "vietnam", so it is not published`) {
		t.Errorf("no warning of a place that no route names: %s", messages)
	}
	inView(t, db, func(v *store.View) error {
		p, err := v.Route(t.Context(), "yunnan")
		if len(p.Places) != 6 {
			t.Errorf("%d places are saved, want those of the stops", len(p.Places))
		}
		return err
	})
	before := versionOf(t, db)
	status, messages = corridor(t, "import", "--db", db, file)
	if status != 0 || !strings.Contains(messages, "nothing has changed since the last import") || versionOf(t, db) != before {
		t.Errorf("status %d: %s", status, messages)
	}
	changed := linesFile(t, func(text string) string { return strings.Replace(text, "drawn to Yunnan", "led to Yunnan", 1) })
	if status, messages := corridor(t, "import", "--db", db, changed); status != 0 || !strings.Contains(messages, "imported 1 routes") || versionOf(t, db) == before {
		t.Errorf("status %d: %s", status, messages)
	}
}

func TestABrokenFileOfRoutesChangesNothing(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(string) string
		says   string
	}{
		"a code":         {func(s string) string { return strings.Replace(s, `"roles":["origin"`, `"roles":["castle"`, 1) }, `:2:`},
		"a place":        {func(s string) string { return strings.Replace(s, `"query":"Myanmar"`, `"query":"Mianmar"`, 1) }, `no place is named "Mianmar"`},
		"a line":         {func(s string) string { return s + "{\n" }, `:3:1: the line is no JSON`},
		"nothing at all": {func(string) string { return "" }, "the file says nothing"},
		"a long line":    {func(s string) string { return s + strings.Repeat("x", longestLine) }, ":3: the line has more than"},
	} {
		t.Run(name, func(t *testing.T) {
			db, file := filepath.Join(t.TempDir(), "x.db"), linesFile(t, tt.change)
			for _, args := range [][]string{{"check", file}, {"import", "--db", db, file}} {
				status, messages := corridor(t, args...)
				if status != 1 || !strings.Contains(messages, tt.says) || !strings.Contains(messages, file) || !strings.Contains(messages, "nothing was changed") {
					t.Errorf("%s: status %d: %s", args[0], status, messages)
				}
			}
			if left, err := filepath.Glob(filepath.Join(filepath.Dir(db), "*")); err != nil || len(left) > 0 {
				t.Errorf("a database was made: %v, %v", left, err)
			}
		})
	}
}

// A server that is begun while a file is read makes the database first.
func TestAnImportAddsToADatabaseThatCameFirst(t *testing.T) {
	db, file := filepath.Join(t.TempDir(), "x.db"), linesFile(t, asItIs)
	var messages bytes.Buffer
	began := writerFunc(func(p []byte) (int, error) {
		if strings.Contains(string(p), "reading "+file+": 100 %") {
			if s, err := store.Open(t.Context(), db); err != nil {
				t.Error(err)
			} else if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
		return messages.Write(p)
	})
	status := run(t.Context(), []string{"import", "--db", db, file}, console{strings.NewReader(""), io.Discard, began})
	if status != 0 || !strings.Contains(messages.String(), "read once more") {
		t.Fatalf("status %d: %s", status, &messages)
	}
	if n := countStops(t, db); n != 6 {
		t.Errorf("%d stops", n)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(db), "*")); err != nil || len(left) != 1 {
		t.Errorf("left are %v, %v", left, err)
	}
}

// writerFunc is a writer that does what is written into it.
type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// A file of a hundred thousand broken lines must not fill the screen, nor take long.
func TestAFileOfBrokenLinesIsNotReadToItsEnd(t *testing.T) {
	file := linesFile(t, func(s string) string { return s + strings.Repeat("{}\n", 10_000) })
	status, messages := corridor(t, "check", file)
	if lines := strings.Count(messages, "the line says nothing"); status != 1 || lines != mostProblems {
		t.Errorf("status %d, %d problems", status, lines)
	}
	if !strings.Contains(messages, "the rest was not read") {
		t.Error("it does not say that more may follow")
	}
}

// A shelter's coordinates are coarsened before anything is stored: neither the database nor its log has the fine numbers, as text or as
// bytes of a geometry, whichever way a pack comes.
func TestFineCoordinatesReachNoByteOfTheDatabase(t *testing.T) {
	fine := []float64{25.04321, 101.55671, 13.71234, 100.51234}
	shelter := fmt.Sprintf("at %g N, %g E, precision province, source Survey", fine[0], fine[1])
	stop := fmt.Sprintf("at %g N, %g E, precision settlement, source Survey", fine[2], fine[3])
	folder := copyPack(t)
	replaceIn(t, filepath.Join(folder, "places.yaml"), "query: Yunnan, China", "query: "+shelter)
	replaceIn(t, filepath.Join(folder, "places.yaml"), "query: city of Bangkok, Thailand", "query: "+stop)
	lines := linesFile(t, func(text string) string {
		return strings.NewReplacer(`"Yunnan, China"`, `"`+shelter+`"`, "city of Bangkok, Thailand", stop).Replace(text)
	})
	for name, pack := range map[string]string{"a folder": folder, "a file of routes": lines} {
		for _, isNew := range []bool{true, false} {
			db := filepath.Join(t.TempDir(), "x.db")
			if !isNew { // and opened, so that its log stays
				s, err := store.Open(t.Context(), db)
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
			}
			if status, messages := corridor(t, "import", "--db", db, pack); status != 0 {
				t.Fatal(messages)
			}
			stored := databaseBytes(t, db)
			if !bytes.Contains(stored, []byte("at 13.715 N, 100.515 E, precision settlement")) {
				t.Errorf("%s, new %v: the coarse coordinates are missing", name, isNew)
			}
			for _, number := range fine {
				text, raw := fmt.Appendf(nil, "%g", number), binary.LittleEndian.AppendUint64(nil, math.Float64bits(number))
				if bytes.Contains(stored, text) || bytes.Contains(stored, raw) {
					t.Errorf("%s, new %v: the database holds %g", name, isNew, number)
				}
			}
		}
	}
}

// Numbers that stand after "source" are as fine as those before it, which are coarsened; so nothing of such a pack is stored.
func TestACoordinateInTheSourceOfOneReachesNoByteOfTheDatabase(t *testing.T) {
	shelter := "at 20.431234567 N, 99.880123456 E, precision province, source GPS 20.431234567 N 99.880123456 E"
	folder := copyPack(t)
	replaceIn(t, filepath.Join(folder, "places.yaml"), "query: Yunnan, China", "query: "+shelter)
	lines := linesFile(t, func(text string) string { return strings.ReplaceAll(text, `"Yunnan, China"`, `"`+shelter+`"`) })
	for name, pack := range map[string]string{"a folder": folder, "a file of routes": lines} {
		for _, isNew := range []bool{true, false} {
			db := filepath.Join(t.TempDir(), "x.db")
			if !isNew {
				s, err := store.Open(t.Context(), db)
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
			}
			status, messages := corridor(t, "import", "--db", db, pack)
			if status != 1 || !strings.Contains(messages, "name only who gives the coordinates") {
				t.Errorf("%s, new %v: status %d: %s", name, isNew, status, messages)
			}
			if stored := databaseBytes(t, db); bytes.Contains(stored, []byte("20.4312")) || bytes.Contains(stored, []byte("99.8801")) {
				t.Errorf("%s, new %v: the database holds the numbers", name, isNew)
			}
		}
	}
}

// databaseBytes gives the bytes of a database and of its log.
func databaseBytes(t *testing.T, db string) (all []byte) {
	t.Helper()
	files, err := filepath.Glob(db + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, content...)
	}
	return all
}
