package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a draft has not been translated to must not hide what is wrong with it.
func TestMissingTranslationsAreFoldedAndErrorsComeLast(t *testing.T) {
	pack := copyPack(t)
	replaceIn(t, filepath.Join(pack, "pack.yaml"), "languages:\n", "languages:\n  - {code: en, status: original}\n  - {code: lo, status: draft}\n")
	replaceIn(t, filepath.Join(pack, "pack.yaml"), "  - code: en\n    status: original\n", "")
	status, messages := corridor(t, "check", pack)
	if status != 0 || !strings.Contains(messages, "sites.yaml:5:7: warning: 30 of 30 texts have no lo; the first is sites[0].title; add lo: …, or readers see en; --all names each") {
		t.Errorf("status %d: %s", status, messages)
	}
	lines := strings.Split(strings.TrimSpace(messages), "\n")
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, "mekong: fit for import; ") || !strings.HasSuffix(last, " warnings") || len(lines) > 10 {
		t.Errorf("%d lines, the last is %s", len(lines), last)
	}
	replaceIn(t, filepath.Join(pack, "findings.yaml"), "said_by:", "told_by:")
	status, messages = corridor(t, "check", pack)
	lines = strings.Split(strings.TrimSpace(messages), "\n")
	if last := lines[len(lines)-1]; status != 1 || !strings.HasPrefix(last, "2 problems and ") || !strings.HasSuffix(last, " warnings; nothing was changed") {
		t.Errorf("status %d: the last line is %s", status, last)
	}
	for _, line := range lines[len(lines)-3 : len(lines)-1] {
		if !strings.Contains(line, "findings.yaml:") || strings.Contains(line, "warning") {
			t.Errorf("before the last line stands %s", line)
		}
	}
	_, messages = corridor(t, "check", "--all", pack)
	if n := strings.Count(messages, " has no lo; add lo: …, or readers see en\n"); n < 200 || !strings.Contains(messages, "the text stops[2].text has no lo") {
		t.Errorf("--all names %d texts: %s", n, messages)
	}
}

// A file of many routes is folded over all of its lines.
func TestMissingTranslationsOfAFileOfRoutesAreFolded(t *testing.T) {
	file := linesFile(t, func(text string) string {
		return strings.Replace(text, `"languages":[`, `"languages":[{"code":"en","status":"original"},{"code":"lo","status":"draft"},`, 1)
	})
	file = linesFile(t, func(string) string {
		return strings.Replace(content(t, file), `,{"code":"en","status":"original"},{"code":"zh`, `,{"code":"zh`, 1)
	})
	status, messages := corridor(t, "check", file)
	if n := strings.Count(messages, "have no lo"); status != 0 || n != 1 || !strings.Contains(messages, file+":1:") || !strings.Contains(messages, "58 texts have no lo; the first is organisations[0].title") {
		t.Errorf("status %d, %d times: %s", status, n, messages)
	}
}

func content(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
