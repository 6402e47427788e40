package server

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"
)

// The drawing has a dark square exactly where the code has one, and a white border of four modules.
func TestQRCodeIsDrawnModuleByModule(t *testing.T) {
	for _, text := range []string{"https://map.example.org/routes/yunnan?lang=en", "x", strings.Repeat("é", 600)} {
		svg, err := qrSVG(text)
		if err != nil {
			t.Fatal(err)
		}
		var drawing struct {
			ViewBox string `xml:"viewBox,attr"`
			Paths   []struct {
				D string `xml:"d,attr"`
			} `xml:"path"`
		}
		if err := xml.Unmarshal(svg, &drawing); err != nil {
			t.Fatal(err)
		}
		dark := map[[2]int]bool{}
		for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1`).FindAllStringSubmatch(drawing.Paths[1].D, -1) {
			x, _ := strconv.Atoi(m[1])
			y, _ := strconv.Atoi(m[2])
			run, _ := strconv.Atoi(m[3])
			for i := range run {
				dark[[2]int{x + i, y}] = true
			}
		}
		code, err := qr.Encode(text, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		if side := strconv.Itoa(code.Size + 8); drawing.ViewBox != "0 0 "+side+" "+side {
			t.Errorf("a code of %d modules in a box %q", code.Size, drawing.ViewBox)
		}
		for y := -4; y < code.Size+4; y++ {
			for x := -4; x < code.Size+4; x++ {
				if dark[[2]int{x + 4, y + 4}] != code.Black(x, y) {
					t.Fatalf("%.20q: the module %d, %d is drawn otherwise", text, x, y)
				}
			}
		}
	}
}

func TestQRCodeOfTooMuch(t *testing.T) {
	if _, err := qrSVG(strings.Repeat("x", 3000)); err == nil {
		t.Error("no error for a text that no code holds")
	}
}
