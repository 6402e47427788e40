package main

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestExportDrawsARoute(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "x.db")
	if status, messages := corridor(t, "import", "--db", db, realPack); status != 0 {
		t.Fatal(messages)
	}
	for format, start := range map[string]string{
		"svg": "<svg ", "png": "\x89PNG", "pdf": "%PDF-", "handout": "%PDF-", "lesson": "<!doctype html>",
	} {
		out := filepath.Join(folder, "route."+format)
		args := []string{"export", "--db", db, "--format", format, "--lang", "my", "yunnan", "-o"}
		if format != "handout" && format != "lesson" {
			args = slices.Insert(args, 1, "--theme", "print")
		}
		status, messages := corridor(t, append(args, out)...)
		if status != 0 || !strings.Contains(messages, "wrote "+out) {
			t.Fatalf("%s: status %d, %s", format, status, messages)
		}
		body, err := os.ReadFile(out)
		if err != nil || !bytes.HasPrefix(body, []byte(start)) {
			t.Errorf("%s: %.10q, %v", format, body, err)
		}
		var piped, said bytes.Buffer
		if status := run(t.Context(), append(args, "-"), console{nil, &piped, &said}); status != 0 || !bytes.HasPrefix(piped.Bytes(), []byte(start)) || said.Len() > 0 {
			t.Errorf("%s on standard output: status %d, %.10q, %q", format, status, &piped, &said)
		}
		if format == "png" {
			if _, err := png.Decode(bytes.NewReader(body)); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestExportWritesData(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "x.db")
	if status, messages := corridor(t, "import", "--db", db, realPack); status != 0 {
		t.Fatal(messages)
	}
	for _, id := range []string{"yunnan", "legs"} {
		for format, start := range map[string]string{"geojson": `{"type":"FeatureCollection"`, "seq": "\x1e{", "geojsons": "\x1e{", "csv": "\ufeff", "kml": "<?xml ", "xlsx": "PK", "gpkg": "SQLite format 3\x00"} {
			file := filepath.Join(folder, id+"."+format)
			args := []string{"export", "--db", db, "--format", format, "--lang", "th", id, "-o"}
			if status, messages := corridor(t, append(args, file)...); status != 0 || !strings.Contains(messages, "wrote "+file) {
				t.Fatalf("%s: status %d, %s", format, status, messages)
			}
			body, err := os.ReadFile(file)
			if err != nil || !bytes.HasPrefix(body, []byte(start)) || format != "xlsx" && (!bytes.Contains(body, []byte("CC-BY-4.0")) || !bytes.Contains(body, []byte("ไทย"))) {
				t.Errorf("%s of %s: %.40q, %v", format, id, body, err)
			}
			var out, said bytes.Buffer
			if status := run(t.Context(), append(args, "-"), console{nil, &out, &said}); status != 0 || !bytes.Equal(out.Bytes(), body) && format != "gpkg" || said.Len() > 0 {
				t.Errorf("%s of %s on standard output: status %d, %d bytes, %q; want the same %d bytes and no word", format, id, status, out.Len(), &said, len(body))
			}
		}
	}
}

func TestExportSaysWhatIsWrongAndWritesNothing(t *testing.T) {
	folder := t.TempDir()
	db, out := filepath.Join(folder, "x.db"), filepath.Join(folder, "out.svg")
	if status, messages := corridor(t, "import", "--db", db, realPack); status != 0 {
		t.Fatal(messages)
	}
	tests := []struct {
		says   string
		status int
		args   []string
	}{
		{"has no route", 1, []string{"--format", "svg", "nowhere", "-o", out}},
		{"--stop", 1, []string{"--format", "svg", "--stop", "nowhere", "yunnan", "-o", out}},
		{"--width 5", 2, []string{"--format", "svg", "--width", "5", "yunnan", "-o", out}},
		{"--layers", 2, []string{"--format", "svg", "--layers", "stops", "yunnan", "-o", out}},
		{"--layers", 2, []string{"--format", "svg", "--layers", "sites", "--empty", "yunnan", "-o", out}},
		{"--format", 2, []string{"--format", "gif", "yunnan", "-o", out}},
		{"lesson \"nowhere\"", 1, []string{"--format", "handout", "--lesson", "nowhere", "yunnan", "-o", out}},
		{"--paper", 2, []string{"--format", "handout", "--paper", "a5", "yunnan", "-o", out}},
		{"participant", 2, []string{"--format", "handout", "--edition", "both", "yunnan", "-o", out}},
		{"short", 2, []string{"--format", "handout", "--edition", "both", "yunnan", "-o", out}},
		{"--theme", 2, []string{"--format", "svg", "--theme", "pink", "yunnan", "-o", out}},
		{"no language", 1, []string{"--format", "svg", "--lang", "xx", "yunnan", "-o", out}},
		{"no collection is called so", 1, []string{"--format", "csv", "nowhere", "-o", out}},
		{"no such language", 1, []string{"--format", "csv", "--lang", "1", "stops", "-o", out}},
		{"--lang", 2, []string{"--format", "csv", "--lang", "en,th", "stops", "-o", out}},
		{"--stop", 2, []string{"--format", "kml", "--stop", "bangkok", "yunnan", "-o", out}},
		{"--width: it does nothing", 2, []string{"--format", "site", "--width", "500", folder}},
		{"--theme: it does nothing for --format handout, but for svg, png, pdf", 2, []string{"--format", "handout", "--theme", "dark", "yunnan", "-o", out}},
		{"--theme", 2, []string{"--format", "lesson", "--theme", "light", "yunnan", "-o", out}}, // what it is without the flag, too
		{"--width", 2, []string{"--format", "pdf", "--width", "500", "yunnan", "-o", out}},
		{"--paper", 2, []string{"--format", "svg", "--paper", "letter", "yunnan", "-o", out}},
		{"--edition", 2, []string{"--format", "csv", "--edition", "trainer", "yunnan", "-o", out}},
		{"--lesson", 2, []string{"--format", "png", "--lesson", "x", "yunnan", "-o", out}},
		{"--base-url", 2, []string{"--format", "svg", "--base-url", "https://map.example.org", "yunnan", "-o", out}},
		{"--exit-url", 2, []string{"--format", "handout", "--exit-url", "", "yunnan", "-o", out}},
		{"--force", 2, []string{"--format", "svg", "--force", "yunnan", "-o", out}},
		{"--basemap", 2, []string{"--format", "csv", "--basemap", "build/basemap.mbtiles", "yunnan", "-o", out}},
		{"--out: it is missing", 2, []string{"--format", "svg", "yunnan"}},
		{"--basemap", 1, []string{"--format", "svg", "--basemap", "nowhere.mbtiles", "yunnan", "-o", out}},
		{"is no file", 2, []string{"--format", "svg", "yunnan", "-o", folder}},
		{"no such file", 1, []string{"--format", "svg", "yunnan", "-o", filepath.Join(folder, "none", "out.svg")}},
	}
	for _, tt := range tests {
		status, messages := corridor(t, append([]string{"export", "--db", db}, tt.args...)...)
		if status != tt.status || !strings.Contains(messages, tt.says) {
			t.Errorf("%v: status %d, %q; want %d, %q", tt.args, status, messages, tt.status, tt.says)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for _, args := range [][]string{{"--format", "site", filepath.Join(folder, "site")}, {"--format", "svg", "yunnan", "-o", out}} {
		var said bytes.Buffer
		if status := run(stopped, append([]string{"export", "--db", db}, args...), console{nil, io.Discard, &said}); status != 1 || said.String() != "interrupted; nothing was changed\n" {
			t.Errorf("%v, interrupted: status %d, %q", args, status, &said)
		}
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*.svg")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if left, err := filepath.Glob(filepath.Join(folder, ".corridor-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// What stands in the environment is for every command: it must not forbid those to which it means nothing.
func TestExportPassesOverWhatTheEnvironmentSaysToOthers(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "x.db")
	if status, messages := corridor(t, "import", "--db", db, realPack); status != 0 {
		t.Fatal(messages)
	}
	for name, value := range map[string]string{"BASE_URL": "https://example.org/maps", "THEME": "dark", "WIDTH": "5", "STOP": "nowhere", "FORCE": "true", "OUT": ""} {
		t.Setenv("CORRIDOR_"+name, value)
	}
	if status, messages := corridor(t, "export", "--db", db, "--format", "csv", "yunnan", "-o", filepath.Join(folder, "x.csv")); status != 0 {
		t.Errorf("status %d: %s", status, messages)
	}
}

// A file in the place of a device, such as /dev/null or /dev/stdout, would take that from every program.
func TestExportReplacesNothingButFiles(t *testing.T) {
	folder := t.TempDir()
	db, file, link := filepath.Join(folder, "x.db"), filepath.Join(folder, "stops.csv"), filepath.Join(folder, "link.csv")
	if status, messages := corridor(t, "import", "--db", db, realPack); status != 0 {
		t.Fatal(messages)
	}
	socket, err := new(net.ListenConfig).Listen(t.Context(), "unix", filepath.Join(folder, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	for _, format := range []string{"csv", "gpkg", "svg"} {
		status, messages := corridor(t, "export", "--db", db, "--format", format, "yunnan", "-o", socket.Addr().String())
		if status != exitUsage || !strings.Contains(messages, "is no file") {
			t.Errorf("%s: status %d, %q", format, status, messages)
		}
	}
	if info, err := os.Stat(socket.Addr().String()); err != nil || info.Mode().Type() != fs.ModeSocket {
		t.Errorf("it was replaced: %v, %v", info, err)
	}
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Symlink(file, link)); err != nil {
		t.Fatal(err)
	}
	if status, messages := corridor(t, "export", "--db", db, "--format", "csv", "stops", "-o", link); status != 0 {
		t.Fatal(messages)
	}
	if info, err := os.Lstat(file); err != nil || info.Size() == 0 {
		t.Errorf("the file that the link leads to was not written: %v, %v", info, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != fs.ModeSymlink {
		t.Errorf("the link was replaced: %v, %v", info, err)
	}
}
