package main

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corridor/server"
)

// filesOf makes files of names and texts.
func filesOf(pairs ...string) map[string]server.SiteFile {
	out := map[string]server.SiteFile{}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = server.SiteFile{Body: []byte(pairs[i+1])}
	}
	return out
}

// held are the files of a folder with their texts, without the manifest.
func held(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(folder, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == siteManifest {
			return err
		}
		body, err := os.ReadFile(name)
		relative, _ := filepath.Rel(folder, name)
		out[filepath.ToSlash(relative)] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAFolderIsBroughtToWhatItShouldHold(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "site")
	first := filesOf("index.html", "one", "th/a.html", "two", "th/deep/b.html", "three", "old/c.html", "four")
	change, err := writeSite(folder, first, false)
	if err != nil || len(change.written) != 4 {
		t.Fatal(change, err)
	}
	if err := os.WriteFile(filepath.Join(folder, "th", "theirs.txt"), []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	before := stamps(t, folder)
	if change, err = writeSite(folder, first, false); err != nil || len(change.written)+len(change.removed) != 0 {
		t.Fatal(change, err)
	}
	if !maps.Equal(before, stamps(t, folder)) {
		t.Error("files were touched that are the same")
	}
	second := filesOf("index.html", "one", "th/a.html", "changed", "my/d.html", "five")
	if change, err = writeSite(folder, second, false); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(change.written, []string{"my/d.html", "th/a.html"}) || !slices.Equal(change.removed, []string{"old/c.html", "th/deep/b.html"}) {
		t.Error(change)
	}
	want := map[string]string{"index.html": "one", "th/a.html": "changed", "my/d.html": "five", "th/theirs.txt": "theirs"}
	if got := held(t, folder); !maps.Equal(got, want) {
		t.Error(got)
	}
	if _, err := os.Stat(filepath.Join(folder, "old")); !errors.Is(err, os.ErrNotExist) {
		t.Error("an empty folder was left", err)
	}
	if stamps(t, folder)["index.html"] != before["index.html"] {
		t.Error("index.html was touched")
	}
}

// stamps are when each file was written, and which one it is.
func stamps(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name := range held(t, folder) {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = info.ModTime().String()
	}
	return out
}

// An export that is broken off leaves files of the site before and of its own. Both are known as the site's, so the next export, of
// whatever, removes those that it has not.
func TestAnExportThatIsBrokenOffIsRepeated(t *testing.T) {
	for at, left := range map[string]map[string]string{
		"a.html": {"a.html": "old", "old/c.html": "old"},
		"z.html": {"a.html": "new", "b.html": "new", "old/c.html": "old"},
	} {
		for name, last := range map[string]map[string]server.SiteFile{
			"the same": filesOf("a.html", "new", "b.html", "new", "z.html", "new"),
			"another":  filesOf("a.html", "newest", "z.html", "newest"),
			"smaller":  filesOf("z.html", "new"),
		} {
			folder := t.TempDir()
			if _, err := writeSite(folder, filesOf("a.html", "old", "old/c.html", "old"), false); err != nil {
				t.Fatal(err)
			}
			inTheWay := filepath.Join(folder, ".corridor-"+at) // where it would be written before it gets its place
			for _, text := range []string{"new", "newer", "new"} {
				if err := os.Mkdir(inTheWay, 0o700); err != nil {
					t.Fatal(err)
				}
				if _, err := writeSite(folder, filesOf("a.html", text, "b.html", text, "z.html", text), false); err == nil {
					t.Fatal("the export was not broken off")
				}
			}
			if got := held(t, folder); !maps.Equal(got, left) {
				t.Fatalf("after the export that was broken off at %s: %v", at, got)
			}
			change, err := writeSite(folder, last, false)
			if err != nil || len(change.spared) > 0 {
				t.Errorf("%s after %s: %+v, %v", name, at, change, err)
			}
			want := map[string]string{}
			for name, file := range last {
				want[name] = string(file.Body)
			}
			if got := held(t, folder); !maps.Equal(got, want) {
				t.Errorf("%s after %s: the folder holds %v, want %v", name, at, got, want)
			}
			if manifest, err := os.ReadFile(filepath.Join(folder, siteManifest)); err != nil || strings.Contains(string(manifest), "former") {
				t.Errorf("%s after %s: the manifest is %s, %v", name, at, manifest, err)
			}
		}
	}
}

func TestWhatOthersHaveWrittenStays(t *testing.T) {
	folder := t.TempDir()
	theirs := filepath.Join(folder, "index.html")
	if err := os.WriteFile(theirs, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := writeSite(folder, filesOf("a.html", "ours"), false); !errors.Is(err, errForeign) {
		t.Error(err)
	}
	if _, err := writeSite(folder, filesOf("a.html", "ours", "index.html", "ours"), true); !errors.Is(err, errTaken) {
		t.Error(err)
	}
	if got := held(t, folder); len(got) != 1 || got["index.html"] != "theirs" {
		t.Error(got)
	}
	if _, err := writeSite(folder, filesOf("a.html", "ours", "b.html", "ours"), true); err != nil {
		t.Error(err)
	}
	// What somebody has changed since is no longer only ours.
	if err := os.WriteFile(filepath.Join(folder, "b.html"), []byte("mended by hand"), 0o600); err != nil {
		t.Fatal(err)
	}
	change, err := writeSite(folder, filesOf("c.html", "ours"), false)
	if err != nil || !slices.Equal(change.spared, []string{"b.html"}) || !slices.Equal(change.removed, []string{"a.html"}) {
		t.Error(change, err)
	}
	if got := held(t, folder); got["index.html"] != "theirs" || got["b.html"] != "mended by hand" {
		t.Error(got)
	}
}

func TestAFileWithTheSameMarkIsLeft(t *testing.T) {
	folder := t.TempDir()
	for i, body := range []string{"drawn at one", "drawn at two"} {
		change, err := writeSite(folder, map[string]server.SiteFile{"a.pdf": {Body: []byte(body), Mark: "same"}}, false)
		if err != nil || len(change.written) != 1-i {
			t.Error(change, err)
		}
	}
	if change, err := writeSite(folder, map[string]server.SiteFile{"a.pdf": {Body: []byte("new"), Mark: "other"}}, false); err != nil || len(change.written) != 1 {
		t.Error(change, err)
	}
	if got := held(t, folder)["a.pdf"]; got != "new" {
		t.Error(got)
	}
}

func TestNoLinkLeadsOutOfTheFolder(t *testing.T) {
	parent := t.TempDir()
	folder, outside := filepath.Join(parent, "site"), filepath.Join(parent, "outside")
	for _, dir := range []string{folder, outside} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(folder, "th")); err != nil {
		t.Fatal(err)
	}
	if _, err := writeSite(folder, filesOf("th/a.html", "ours"), true); err == nil {
		t.Error("a file was written through a link")
	}
	if got := held(t, outside); len(got) != 0 {
		t.Error(got)
	}
	manifest := `{"files":{"../outside/b.html":{"sum":"x"}}}`
	if err := os.WriteFile(filepath.Join(folder, siteManifest), []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := writeSite(folder, filesOf("a.html", "ours"), false); err == nil || !strings.Contains(err.Error(), "--force") {
		t.Error(err)
	}
}

func TestExportWritesASite(t *testing.T) {
	folder := t.TempDir()
	db, out := filepath.Join(folder, "x.db"), filepath.Join(folder, "site")
	if status, messages := corridor(t, "import", "--db", db, realPack); status != 0 {
		t.Fatal(messages)
	}
	// It says so at once, and not when all pages are made.
	if status, messages := corridor(t, "export", "--db", db, "--format", "site", folder); status != 1 || !strings.Contains(messages, folder+": it holds files") ||
		strings.Contains(messages, "%") {
		t.Errorf("status %d, %s", status, messages)
	}
	if status, messages := corridor(t, "export", "--db", db, "--format", "site", out, "--lang", "en,xx"); status != 1 || !strings.Contains(messages, `--lang: no such language: "xx"; the interface has [en`) {
		t.Errorf("status %d, %s", status, messages)
	}
	for _, args := range [][]string{{"-o", "x"}, {"--stop", "bangkok"}} {
		if status, messages := corridor(t, append([]string{"export", "--db", db, "--format", "site", out}, args...)...); status != 2 {
			t.Errorf("%v: status %d, %s", args, status, messages)
		}
	}
	if status, messages := corridor(t, "export", "--db", db, "--format", "svg", "yunnan"); status != 2 || !strings.Contains(messages, "--out") {
		t.Errorf("status %d, %s", status, messages)
	}
	if status, messages := corridor(t, "export", "--db", db, "--format", "site", "--lang", "my,en", "--exit-url", "", out); status != 0 || !strings.Contains(messages, "without --base-url") {
		t.Fatalf("status %d, %s", status, messages)
	}
	if got := held(t, out); !strings.Contains(got["index.html"], "<html lang=\"my\">") || got["en/index.html"] == "" || got["th/index.html"] != "" || strings.Contains(got["index.html"], "data-leave") {
		t.Error("no first page, or one with an exit to nowhere")
	}
	if status, messages := corridor(t, "export", "--db", db, "--format", "site", "--lang", "my,en", "--exit-url", "", out); status != 0 || !strings.Contains(messages, "; 0 written, 0 removed") {
		t.Errorf("status %d, %s", status, messages)
	}
}
