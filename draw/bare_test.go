package draw_test

import (
	"bytes"
	"encoding/xml"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"corridor/draw"
	"corridor/static"
)

// A bare map needs no font of the reader's and says who tells and as of when.
func TestABareMapBringsItsLetters(t *testing.T) {
	for _, lang := range []string{"en", "zh-Hans", "th", "my"} {
		for _, size := range [][2]int{{400, 420}, {760, 440}} {
			svg := drawn(t, lang, draw.Options{Format: draw.SVG, Width: size[0], Height: size[1], Theme: draw.Light})
			var root struct {
				Width  int `xml:"width,attr"`
				Height int `xml:"height,attr"`
			}
			if err := xml.Unmarshal(svg, &root); err != nil {
				t.Fatalf("%s: %v", lang, err)
			}
			if root.Width != size[0] || root.Height != size[1] || strings.Contains(string(svg), "<text") {
				t.Errorf("%s: %d×%d, with text %t", lang, root.Width, root.Height, strings.Contains(string(svg), "<text"))
			}
			if n := gzipped(svg); n > 46<<10 {
				t.Errorf("%s at %d: %d bytes compressed", lang, size[0], n)
			}
		}
	}
}

// A page shows a bare map in frames of other proportions: there the land goes on beyond the map's own frame, and ends at one edge.
func TestABareMapGoesOnBeyondItsFrame(t *testing.T) {
	svg := drawn(t, "en", draw.Options{Format: draw.SVG, Width: 760, Height: 440, Theme: draw.Light})
	var root struct {
		ViewBox string `xml:"viewBox,attr"`
		Ground  struct {
			ViewBox string `xml:"viewBox,attr"`
			Paths   []struct {
				D string `xml:"d,attr"`
			} `xml:"path"`
		} `xml:"g>svg"`
	}
	if err := xml.Unmarshal(svg, &root); err != nil {
		t.Fatal(err)
	}
	if root.ViewBox != "0 0 760 440" || root.Ground.ViewBox != "-70 -100 900 640" || len(root.Ground.Paths) < 2 {
		t.Fatalf("the frame is %q, the ground %q with %d paths", root.ViewBox, root.Ground.ViewBox, len(root.Ground.Paths))
	}
	for i, what := range []string{"sea", "land"} {
		if b := boundOfPath(t, root.Ground.Paths[i].D); b.Min[0] > -70 || b.Min[1] > -100 || b.Max[0] < 830 || b.Max[1] < 500 {
			t.Errorf("the %s reaches over %v", what, b)
		}
	}
}

// boundOfPath is the bound of a path that goes in steps from point to point, as the pen writes it.
func boundOfPath(t *testing.T, d string) orb.Bound {
	t.Helper()
	var start, at orb.Point
	bound := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for ring := range strings.SplitSeq(strings.TrimPrefix(d, "M0 0m"), "z") {
		numbers := regexp.MustCompile(`-?(\d*\.)?\d+`).FindAllString(ring, -1)
		for i := 0; i+1 < len(numbers); i += 2 {
			x, errX := strconv.ParseFloat(numbers[i], 64)
			y, errY := strconv.ParseFloat(numbers[i+1], 64)
			if errX != nil || errY != nil {
				t.Fatal(errX, errY)
			}
			if i == 0 {
				at = start // where the ring before began and closes
			}
			at = orb.Point{at[0] + x, at[1] + y}
			if i == 0 {
				start = at
			}
			bound = bound.Extend(at)
		}
	}
	return bound
}

// Routes of several years are dated by all of them, not by the oldest.
func TestABareMapOfSeveralRoutesSaysTheirYears(t *testing.T) {
	o := draw.Options{Format: draw.SVG, Width: 760, Height: 440, Theme: draw.Light}
	of := func(dated string) []byte {
		r := routeIn(t, "en")
		r.Dated = dated
		svg, err := painter(t).Draw(t.Context(), r, words(t, "en"), o)
		if err != nil {
			t.Fatal(err)
		}
		return svg
	}
	own := of("")
	if !bytes.Equal(of("as of 2008 · historical account"), own) {
		t.Error("the same words are another picture")
	}
	if bytes.Equal(of("Sources of 2008–2024 · some are historical accounts"), own) {
		t.Error("the years of several routes are not said")
	}
}

// On the smallest pictures labels are as wide as half of the map.
func TestNoLabelOfABareMapIsCovered(t *testing.T) {
	for _, lang := range []string{"en", "zh-Hans", "th", "my"} {
		for _, size := range [][2]int{{400, 420}, {760, 440}} {
			for _, stop := range []string{"", "xishuangbanna", "bangkok"} {
				o := draw.Options{Format: draw.SVG, Width: size[0], Height: size[1], Theme: draw.Light, Stop: stop}
				if found := draw.Covered(painter(t), routeIn(t, lang), words(t, lang), o); len(found) > 0 {
					t.Errorf("%s at %d, stop %q: %v", lang, size[0], stop, found)
				}
			}
		}
	}
}

// A label stands by what it is of, and nothing hides a stop, however long the words of a language are and wherever the map
// says who tells.
func TestLabelsOfABareMapStandByTheirStops(t *testing.T) {
	all, err := static.Languages()
	if err != nil {
		t.Fatal(err)
	}
	p := painter(t)
	for lang := range all {
		told := "en"
		if slices.Contains([]string{"zh-Hans", "th", "my"}, lang) { // those of the pack
			told = lang
		}
		r := routeIn(t, told)
		r.Lang = lang
		for _, size := range [][2]int{{400, 420}, {760, 440}} {
			for _, layers := range []bool{false, true} {
				o := draw.Options{Format: draw.SVG, Width: size[0], Height: size[1], Theme: draw.Light, Movements: layers, Sites: layers}
				if found := draw.Misplaced(p, r, words(t, lang), o); len(found) > 0 {
					t.Errorf("%s at %d, layers %t: %v", lang, size[0], layers, found)
				}
			}
		}
	}
}
