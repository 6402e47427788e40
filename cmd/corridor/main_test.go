package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corridor/store"
)

// asProgram makes the test binary run as the program itself, so that a test can kill a real process.
const asProgram = "CORRIDOR_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	if err := os.Chdir("../.."); err != nil { // the commands' defaults are relative to the repository
		panic(err)
	}
	os.Exit(m.Run())
}

const realPack = "data/content/mekong"

// corridor runs a command in this process.
func corridor(t testing.TB, args ...string) (status int, messages string) {
	t.Helper()
	var out, err bytes.Buffer
	status = run(context.Background(), args, console{strings.NewReader(""), &out, &err})
	if status == 0 && args[0] == "check" && !strings.Contains(out.String(), "bangkok: city of Bangkok, Thailand → city of Bangkok, Bangkok Metropolis, Thailand (settlement)") {
		t.Errorf("check does not say what Bangkok was resolved to:\n%s", &out)
	}
	return status, err.String()
}

func TestExitStatuses(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	broken := copyPack(t)
	replaceIn(t, filepath.Join(broken, "sites.yaml"), "kind: policy", "kind: castle")
	tests := []struct {
		name, says string
		status     int
		args       []string
	}{
		{"no command", "expected one of", 2, nil},
		{"an unknown command", "unexpected argument", 2, []string{"fly"}},
		{"an unknown flag", "unknown flag", 2, []string{"serve", "--colour=red"}},
		{"help", "", 0, []string{"serve", "--help"}},
		{"version", "", 0, []string{"version"}},
		{"no pack named", "expected", 2, []string{"check"}},
		{"no such pack", "is no folder of a content pack", 2, []string{"check", "nowhere"}},
		{"a good pack", "fit for import", 0, []string{"check", realPack}},
		{"a broken pack", `sites.yaml:`, 1, []string{"check", broken}},
		{"import of a broken pack", `unknown code "castle"`, 1, []string{"import", "--db", db, broken}},
		{"no index", "make the index", 1, []string{"check", "--gazetteer", "nowhere.idx", realPack}},
		{"a proxy that is none", "is no network", 2, []string{"serve", "--trusted-proxy", "10.0.0.1,nowhere"}},
		{"every reader a proxy", "every address would be trusted", 2, []string{"serve", "--trusted-proxy", "::/0"}},
		{"a database without a name", "the name of the database is empty", 1, []string{"import", "--db", "", realPack}},
		{"a database without a name to serve", "the name of the database is empty", 1, []string{"serve", "--db", "", "--addr", "192.0.2.1:1"}},
		{"an address without a name", "--addr: it is empty", 2, []string{"serve", "--db", db, "--addr", "", "--basemap", "nowhere.mbtiles"}},
		{"no database", "an empty one was made", 1, []string{"serve", "--db", filepath.Join(t.TempDir(), "mistyped.db"), "--addr", "192.0.2.1:1"}},
		{"an address of no network here", "--addr", 1, []string{"serve", "--db", db, "--addr", "192.0.2.1:1"}},
		{"a database without routes", "has no route", 1, []string{"serve", "--db", db, "--addr", "192.0.2.1:1", "--trusted-proxy", "127.0.0.1,fd00::/8"}},
		{"no basemap", "make build/basemap.mbtiles", 1, []string{"serve", "--db", db, "--basemap", "nowhere.mbtiles"}},
		{"a foreign basemap", "neither MBTiles nor PMTiles", 1, []string{"serve", "--db", db, "--basemap", "README.md"}},
		{"a bad base URL", "no http or https address", 2, []string{"serve", "--db", db, "--base-url", "map.example.org"}},
		{"a base URL with a path", "host name of its own", 2, []string{"serve", "--db", db, "--base-url", "https://map.example.org/maps"}},
		{"a base URL with a query", "? or #", 2, []string{"serve", "--db", db, "--base-url", "https://map.example.org/?q"}},
		{"a base URL with a user", "before @", 2, []string{"serve", "--db", db, "--base-url", "https://a:b@map.example.org"}},
		{"a handout below a path", "host name of its own", 2, []string{"export", "--db", "README.md", "--format", "handout", "yunnan", "-o", db, "--base-url", "https://map.example.org/maps"}},
		{"a folder with a query", "? or #", 2, []string{"export", "--db", "README.md", "--format", "site", db, "--base-url", "https://map.example.org/maps?q"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, messages := corridor(t, tt.args...)
			if status != tt.status || !strings.Contains(messages, tt.says) {
				t.Errorf("status %d, want %d; messages %q, want %q", status, tt.status, messages, tt.says)
			}
		})
	}
}

// Go notes no commit in a program of sources without their repository, nor in a test: two such programs must not share the addresses that
// browsers keep for ever.
func TestAProgramWithoutACommitIsNamedByItsBytes(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(program)); !strings.Contains(version(), sum[:12]) {
		t.Errorf("%s does not say %s", version(), sum[:12])
	}
}

func TestHelpSaysWhatIsTakenWhereAFlagIsLeftOut(t *testing.T) {
	var out bytes.Buffer
	if status := run(t.Context(), []string{"serve", "--help"}, console{nil, &out, io.Discard}); status != 0 {
		t.Fatal(status)
	}
	said := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{
		"The address to listen on; 127.0.0.1:8080 where left out ($CORRIDOR_ADDR).",
		"The database; data/corridor.db where left out, relative to the working directory ($CORRIDOR_DB).",
		"build/gazetteer.idx where left out", "build/basemap.mbtiles where left out", "https://www.wikipedia.org/ where left out",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing in %s", want, said)
		}
	}
}

func TestABrokenPackLeavesNoDatabase(t *testing.T) {
	broken := copyPack(t)
	replaceIn(t, filepath.Join(broken, "places.yaml"), "query: Myanmar", "query: Mianmar")
	db := filepath.Join(t.TempDir(), "x.db")
	status, messages := corridor(t, "import", "--db", db, broken)
	if status != 1 || !strings.Contains(messages, `no place is named "Mianmar"`) || !strings.Contains(messages, `"Myanmar"`) {
		t.Errorf("status %d, messages %s", status, messages)
	}
	if _, err := os.Stat(db); !os.IsNotExist(err) {
		t.Error("a database was made")
	}
}

// Of several packs none is imported before it is known that each can be.
func TestPacksThatShareARouteLeaveNoDatabase(t *testing.T) {
	second := copyPack(t)
	replaceIn(t, filepath.Join(second, "pack.yaml"), "id: mekong", "id: second")
	db := filepath.Join(t.TempDir(), "x.db")
	status, messages := corridor(t, "import", "--db", db, realPack, second)
	want := filepath.Join(second, "routes", "yunnan.yaml") + `:2:5: the pack "mekong" has a route of the id "yunnan" too; `
	if status != 1 || !strings.Contains(messages, want) || strings.Contains(messages, "imported") {
		t.Errorf("status %d: %s, want %s", status, messages, want)
	}
	if _, err := os.Stat(db); !os.IsNotExist(err) {
		t.Error("a database was made")
	}
}

// A contact that nobody has looked at for a year is shown to nobody: the check says so, though the pack is fit for import.
func TestTheCheckTellsOfContactsThatAreHidden(t *testing.T) {
	const contact = `contacts:
  - id: example
    title: {en: An example line, zh-Hans: 示例热线, th: สายตัวอย่าง, my: နမူနာလိုင်း}
    kind: hotline
    country: TH
    languages: [th]
    phone: "+66 2 000 0000"
    source: fixture of a test
    verified: `
	for verified, hidden := range map[string]bool{"2020-05-01": true, time.Now().UTC().AddDate(0, -1, 0).Format(time.DateOnly): false} {
		pack := copyPack(t)
		if err := os.WriteFile(filepath.Join(pack, "contacts.yaml"), []byte(contact+verified+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		status, messages := corridor(t, "check", pack)
		says := strings.Contains(messages, `contacts.yaml: the contact "example" was verified on `+verified+` and is hidden from readers`)
		if status != 0 || says != hidden || !strings.Contains(messages, "mekong: fit for import") {
			t.Errorf("verified on %s: status %d: %s", verified, status, messages)
		}
	}
}

func TestALanguageWithoutPagesIsWarnedOf(t *testing.T) {
	pack := copyPack(t)
	replaceIn(t, filepath.Join(pack, "pack.yaml"), "languages:\n", "languages:\n  - {code: shn, status: draft}\n")
	_, messages := corridor(t, "check", pack)
	if want := `mekong: warning: readers cannot choose "shn"; pages are in en, km, lo, ms, my, th, vi, zh-Hans`; !strings.Contains(messages, want) {
		t.Errorf("%s, want %s", messages, want)
	}
}

func TestImportIsRepeatable(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	if status, messages := corridor(t, "import", "--db", db, realPack); status != 0 || !strings.Contains(messages, "imported 1 routes") {
		t.Fatalf("status %d: %s", status, messages)
	}
	before := versionOf(t, db)
	if status, messages := corridor(t, "import", "--db", db, realPack); status != 0 || !strings.Contains(messages, "nothing has changed") {
		t.Errorf("status %d: %s", status, messages)
	}
	if versionOf(t, db) != before {
		t.Error("the second import changed the content")
	}
}

func TestBackup(t *testing.T) {
	dir := t.TempDir()
	db, copied := filepath.Join(dir, "x.db"), filepath.Join(dir, "copy.db")
	corridor(t, "import", "--db", db, realPack)
	if status, messages := corridor(t, "backup", "--db", db, copied); status != 0 {
		t.Fatal(messages)
	}
	if versionOf(t, copied) != versionOf(t, db) {
		t.Error("the copy holds other content")
	}
	if status, messages := corridor(t, "backup", "--db", db, copied); status != 2 || !strings.Contains(messages, "exists already") {
		t.Errorf("status %d: %s", status, messages)
	}
}

// An import that is killed at any moment leaves the old content or the new, and the next import works.
func TestAKilledImportLeavesOldOrNew(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "x.db")
	packs := [2]string{copyPack(t), copyPack(t)}
	replaceIn(t, filepath.Join(packs[1], "pack.yaml"), "Corridor contributors", "Other contributors")
	var versions [2]string
	var whole time.Duration
	for i, pack := range packs {
		start := time.Now()
		if out, err := program("import", "--db", db, pack).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		whole = time.Since(start)
		versions[i] = versionOf(t, db)
	}
	const kills = 20
	killed, turned := 0, 0
	last := versions[1]
	for i := range kills {
		cmd := program("import", "--db", db, packs[i%2])
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() {
			select {
			case <-time.After(time.Duration((0.4 + 0.7*rand.Float64()) * float64(whole))): // mostly while it writes
				_ = cmd.Process.Kill()
			case <-ended:
			}
		}()
		if err := cmd.Wait(); err != nil {
			killed++
		}
		close(ended)
		got := versionOf(t, db)
		if got != versions[0] && got != versions[1] {
			t.Fatalf("after kill %d the content is of version %s, neither old nor new", i, got)
		}
		if got != last {
			turned++
		}
		last = got
		if n := countStops(t, db); n != 6 {
			t.Fatalf("after kill %d there are %d stops", i, n)
		}
	}
	if killed == 0 {
		t.Error("no import was killed before it ended")
	}
	t.Logf("%d of %d imports killed, the content turned %d times", killed, kills, turned)
	if out, err := program("import", "--db", db, packs[0]).CombinedOutput(); err != nil || versionOf(t, db) != versions[0] {
		t.Errorf("the import after the kills: %v: %s", err, out)
	}
}

// A server goes on while another process imports, and shows the new content without a restart.
func TestImportWhileServing(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	corridor(t, "import", "--db", db, realPack)
	cmd, said := serving(t, "--db", db, "--addr", "127.0.0.1:0", "--metrics-addr", "127.0.0.1:0")
	metrics, web := addressIn(t, said, "metrics at "), addressIn(t, said, "listening on ")
	before := title(t, web)
	changed := copyPack(t)
	replaceIn(t, filepath.Join(changed, "routes", "yunnan.yaml"), before, "Another title")
	if status, out := corridor(t, "import", "--db", db, changed); status != 0 {
		t.Fatal(out)
	}
	if after := title(t, web); after != "Another title" {
		t.Errorf("after the import the title is %q", after)
	}
	if body := fetch(t, metrics); !strings.Contains(body, `{route="/api/routes",status="200"} 2`) || !strings.Contains(body, versionOf(t, db)) {
		t.Errorf("the metrics are %s", body)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("a graceful stop exits with %v", err)
	}
}

// addressIn is the address in the next line, which begins so.
func addressIn(t *testing.T, lines *bufio.Reader, begins string) string {
	t.Helper()
	line, err := lines.ReadString('\n')
	address, ok := strings.CutPrefix(line, begins)
	if err != nil || !ok {
		t.Fatalf("the server said %q, %v; want %q", line, err, begins)
	}
	return strings.TrimSpace(address)
}

// ask asks for what is at an address; the caller closes the answer's body.
func ask(ctx context.Context, t *testing.T, address string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// fetch gives what is at an address.
func fetch(t *testing.T, address string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	res := ask(ctx, t, address)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, res.Status, err)
	}
	return string(body)
}

func title(t *testing.T, address string) string {
	t.Helper()
	var list struct {
		Routes []struct{ Title map[string]string }
	}
	if err := json.Unmarshal([]byte(fetch(t, address+"/api/routes")), &list); err != nil || len(list.Routes) != 1 {
		t.Fatalf("%v, %d routes", err, len(list.Routes))
	}
	return list.Routes[0].Title["en"]
}

func program(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

func versionOf(t testing.TB, db string) (version string) {
	t.Helper()
	inView(t, db, func(v *store.View) error { version = v.Version; return nil })
	return version
}

func countStops(t testing.TB, db string) (n int) {
	t.Helper()
	inView(t, db, func(v *store.View) error {
		items, _, err := v.Items(context.Background(), store.ItemsQuery{Collection: "stops", Limit: 100})
		n = len(items)
		return err
	})
	return n
}

func inView(t testing.TB, db string, read func(v *store.View) error) {
	t.Helper()
	s, err := store.Open(context.Background(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.View(context.Background(), read); err != nil {
		t.Fatal(err)
	}
}

func copyPack(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pack")
	if err := os.CopyFS(dir, os.DirFS(realPack)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func replaceIn(t testing.TB, file, old, replacement string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), old) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	changed := strings.Replace(string(content), old, replacement, 1)
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}
