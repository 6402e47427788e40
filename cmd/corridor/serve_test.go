package main

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What is on the map was made by the import: an operator who upgrades the program alone goes on to show what the former one made.
func TestAfterAnUpgradeServeAsksForAnImport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	corridor(t, "import", "--db", path, realPack)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	digest := regexp.MustCompile(`\d:[0-9a-f]{64}`) // the number is the form of features
	if !digest.Match(file) {
		t.Fatal("the database has no digest of a pack")
	}
	if err := os.WriteFile(path, digest.ReplaceAllFunc(file, func(d []byte) []byte { d[0] = '1'; return d }), 0o600); err != nil {
		t.Fatal(err)
	}
	const asks = "import each again"
	for _, former := range []bool{true, false} {
		if _, messages := corridor(t, "serve", "--db", path, "--addr", "192.0.2.1:1"); strings.Contains(messages, asks) != former {
			t.Errorf("former: %t, %q", former, messages)
		}
		corridor(t, "import", "--db", path, realPack)
	}
}

// What cannot be used is said as wrong usage, before a database is made.
func TestServeSaysWhichFlagIsWrong(t *testing.T) {
	db := filepath.Join(t.TempDir(), "none.db")
	for _, args := range [][]string{
		{"--addr", "8080"},
		{"--addr", "127.0.0.1:80800"},
		{"--addr", ""},
		{"--share-addr", "x"},
		{"--metrics-addr", ":x"},
		{"--base-url", "maps.example.org"},
		{"--exit-url", "www.wikipedia.org"},
		{"--contact", "nobody"},
	} {
		status, messages := corridor(t, append([]string{"serve", "--db", db}, args...)...)
		if status != exitUsage || !strings.Contains(messages, args[0]+": ") {
			t.Errorf("%v: status %d, %s", args, status, messages)
		}
	}
	if _, err := os.Stat(db); !os.IsNotExist(err) {
		t.Errorf("a database was made: %v", err)
	}
}

// What an operator sets is what readers get: rates by the address that the proxy names, whom to write to, and where phones follow.
func TestServeDoesWhatItsFlagsSay(t *testing.T) {
	db := filepath.Join(t.TempDir(), "x.db")
	corridor(t, "import", "--db", db, realPack)
	_, said := serving(t, "--db", db, "--addr", "127.0.0.1:0", "--trusted-proxy", "127.0.0.1", "--geocode-rate", "2", "--search-rate", "3",
		"--contact", "maps@example.org", "--base-url", "https://maps.example.org/")
	web := addressIn(t, said, "listening on ")
	for path, rate := range map[string]int{"/api/geocode": 2, "/api/search": 3} {
		for _, reader := range []string{"192.0.2.1", "192.0.2.2"} {
			for i := range rate + 1 {
				want := http.StatusOK
				if i == rate {
					want = http.StatusTooManyRequests
				}
				if got := statusFor(t, web+path+"?q=Bangkok", reader); got != want {
					t.Errorf("%s, request %d of %s: status %d, want %d", path, i+1, reader, got, want)
				}
			}
		}
	}
	if page := fetch(t, web+"/?lang=en"); !strings.Contains(page, `href="mailto:maps@example.org"`) {
		t.Error("the first page does not say whom to write to")
	}
	var s session
	if s.ask(t, http.MethodPost, web+"/live", `{"route":"yunnan"}`); !strings.HasPrefix(s.URL, "https://maps.example.org/live/"+s.Code) {
		t.Errorf("phones follow at %s", s.URL)
	}
}

// serving starts a server in a process of its own, and gives what it says.
func serving(t *testing.T, flags ...string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := program(append([]string{"serve"}, flags...)...)
	messages, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd, bufio.NewReader(messages)
}

// statusFor asks as a proxy does for a reader.
func statusFor(t *testing.T, address, reader string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-For", reader)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}
