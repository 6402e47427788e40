package draw_test

import (
	"bytes"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"

	"corridor/draw"
)

// A map stands lower below a long title, and so does its ground, which all pages share.
func TestTheGroundOfAHandoutLiesUnderItsRoute(t *testing.T) {
	h := handoutIn(t, "en", draw.ParticipantEdition)
	for i := range h.Steps {
		if h.Steps[i].Stop == "myanmar" {
			h.Steps[i].Title = strings.Repeat("Across the mountains of eastern Myanmar ", 2)
		}
	}
	r := opened(t, handoutPDF(t, h, draw.A4))
	tops := map[int]bool{}
	for i := 1; i <= r.NumPage(); i++ {
		content := streamOf(t, r.Page(i).V.Key("Contents"))
		frame := regexp.MustCompile(`q ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re W n`).FindStringSubmatch(content)
		if frame == nil {
			continue
		}
		want := numbers(t, frame[1:])
		want[2], want[3] = want[0]+want[2], want[1]+want[3]
		if got := groundOn(t, r.Page(i), content); !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 0.1 }) {
			t.Errorf("page %d: its map is %v, the ground lies at %v", i, want, got)
		}
		tops[int(want[3])] = true
	}
	if len(tops) < 3 { // a short title, a long one, the empty map
		t.Errorf("the maps begin at %v: no title moves one", tops)
	}
}

// groundOn gives the corners of the ground that a page calls, in its points.
func groundOn(t *testing.T, page pdf.Page, content string) []float64 {
	t.Helper()
	call := regexp.MustCompile(`(?:q ([\d.]+) 0 0 ([\d.]+) ([\d.]+) ([\d.]+) cm )?/(M\d+) Do`).FindStringSubmatch(content)
	if call == nil {
		t.Fatal("the page has no ground")
	}
	to := []float64{1, 1, 0, 0}
	if call[1] != "" {
		to = numbers(t, call[1:5])
	}
	ground := streamOf(t, page.Resources().Key("XObject").Key(call[5]))
	sea := regexp.MustCompile(`([\d.]+) ([\d.]+) m (?:[\d.]+ [\d.]+ l )([\d.]+) ([\d.]+) l `).FindStringSubmatch(ground)
	if sea == nil {
		t.Fatalf("the ground begins %.60q", ground)
	}
	at := numbers(t, sea[1:]) // its left upper corner and its right lower one
	return []float64{at[0]*to[0] + to[2], at[3]*to[1] + to[3], at[2]*to[0] + to[2], at[1]*to[1] + to[3]}
}

func streamOf(t *testing.T, v pdf.Value) string {
	t.Helper()
	body, err := io.ReadAll(v.Reader())
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func numbers(t *testing.T, texts []string) []float64 {
	t.Helper()
	out := make([]float64, len(texts))
	for i, text := range texts {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = v
	}
	return out
}

func TestAStepsStopStandsOutBesideMovementsAndSitesToo(t *testing.T) {
	h := handoutIn(t, "en", draw.ParticipantEdition)
	step := slices.IndexFunc(h.Steps, func(s draw.HandoutStep) bool { return s.Stop == "myanmar" })
	for name, add := range map[string]func(*draw.HandoutStep){
		"movements": func(s *draw.HandoutStep) { s.Movements = []string{h.Route.Movements[0].Movement} },
		"sites":     func(s *draw.HandoutStep) { s.Sites = []string{h.Route.Sites[0].Site} },
	} {
		var maps [2][]byte
		for i, stop := range []string{"myanmar", ""} {
			h := h
			h.Steps = slices.Clone(h.Steps)
			h.Steps[step].Stop = stop
			add(&h.Steps[step])
			var err error
			if maps[i], err = painter(t).StepMap(t.Context(), h, words(t, "en"), step, 500); err != nil {
				t.Fatal(err)
			}
		}
		if bytes.Equal(maps[0], maps[1]) {
			t.Errorf("with %s its stop looks like the others", name)
		}
	}
}
