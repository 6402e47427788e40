package draw

import (
	"image/color"
	"strconv"
)

// Theme is a set of colours.
type Theme string

// The themes. Print is black on white and survives a copier.
const (
	Light Theme = "light"
	Dark  Theme = "dark"
	Print Theme = "print"
)

// Themes lists the themes.
func Themes() []Theme { return []Theme{Light, Dark, Print} }

// colour is 0xRRGGBB.
type colour uint32

// colours are the page's design tokens, in static/styles/tokens.css and print.css; a test holds them together.
type colours struct {
	page, ink, inkSoft, rule, route, homeward, movement, site                                       colour
	sea, land, built, coast, river, waterName, borderLine, provinceLine, country, province, townInk colour
	// hatch, tone and part are opacities.
	hatch, tone, part float64
}

func (t Theme) colours() colours {
	switch t {
	case Dark:
		return colours{
			page: 0x14171b, ink: 0xe9e6df, inkSoft: 0xa9adb3, rule: 0x363c44, route: 0xaebcff,
			homeward: 0x63cdc2, movement: 0xc2aecb, site: 0xe6b566,
			sea: 0x11161b, land: 0x262b31, built: 0x343b44, coast: 0x4b5863, river: 0x34454f, waterName: 0x7f9aa6, borderLine: 0x6b737b,
			provinceLine: 0x3a4148, country: 0xb1b4b6, province: 0x868c92, townInk: 0xc4c4c0,
			hatch: 0.38, tone: 0.09, part: 0.5,
		}
	case Print:
		return colours{
			page: 0xffffff, ink: 0x000000, inkSoft: 0x000000, rule: 0x888888, route: 0x000000,
			homeward: 0x000000, movement: 0x000000, site: 0x000000,
			sea: 0xffffff, land: 0xf4f4f4, built: 0xe2e2e2, coast: 0x888888, river: 0xbbbbbb, waterName: 0x555555, borderLine: 0x777777,
			provinceLine: 0xd0d0d0, country: 0x333333, province: 0x666666, townInk: 0x222222,
			hatch: 0.55, tone: 0.04, part: 0.7, // a copier loses a tone and keeps a line
		}
	}
	return colours{
		page: 0xfffdf9, ink: 0x1f2328, inkSoft: 0x565d66, rule: 0xddd6ca, route: 0x2b3a8c,
		homeward: 0x0b6b66, movement: 0x6c5a72, site: 0x865100,
		sea: 0xdbe6ea, land: 0xf7f3ea, built: 0xe9e0d2, coast: 0xa3b4ba, river: 0xb3cad3, waterName: 0x51707d, borderLine: 0xa2968a,
		provinceLine: 0xd6cdbd, country: 0x5f584d, province: 0x857c6e, townInk: 0x4b463e,
		hatch: 0.38, tone: 0.09, part: 0.5,
	}
}

// with is the colour at an opacity from 0 to 1.
func (c colour) with(opacity float64) color.NRGBA {
	return color.NRGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), uint8(opacity*0xff + 0.5)}
}

// css is the colour as a style sheet writes it.
func (c colour) css() string {
	hex := strconv.FormatUint(uint64(c)|1<<24, 16)
	return "#" + hex[1:]
}
