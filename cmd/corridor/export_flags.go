package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"corridor/draw"
	"corridor/server"
)

// The formats that are neither data nor pictures.
const (
	lessonFormat  = "lesson"
	handoutFormat = "handout"
	siteFormat    = "site"
)

// exportFlag says for which formats a flag is.
type exportFlag struct {
	name    string
	formats []string
}

// exportFlags are the flags that are not for every format.
func exportFlags() []exportFlag {
	data := []string{"geojson", "geojsons", "seq", "csv", "xlsx", "kml", "gpkg"}
	pictures, papers := []string{"svg", "png", "pdf"}, []string{handoutFormat}
	drawn := append([]string{lessonFormat, handoutFormat, siteFormat}, pictures...)
	return []exportFlag{
		{"out", slices.Concat(data, pictures, []string{lessonFormat, handoutFormat})},
		{"lesson", []string{lessonFormat, handoutFormat}},
		{"paper", papers},
		{"edition", papers},
		{"base-url", []string{lessonFormat, handoutFormat, siteFormat}},
		{"exit-url", []string{siteFormat}},
		{"contact", []string{siteFormat}},
		{"force", []string{siteFormat}},
		{"stop", pictures},
		{"width", []string{"svg", "png"}}, // a PDF is a page of A4
		{"theme", pictures},
		{"empty", pictures},
		{"layers", pictures},
		{"basemap", drawn},
	}
}

// applies says whether a flag is for the format that is written.
func (c exportCommand) applies(name string) bool {
	return !slices.ContainsFunc(exportFlags(), func(f exportFlag) bool { return f.name == name && !slices.Contains(f.formats, c.Format) })
}

// checkWritten refuses flags that were written and would do nothing. What the environment says is for every command, and passed over.
func (c exportCommand) checkWritten(written *kong.Context) error {
	for _, flag := range exportFlags() {
		if !c.applies(flag.name) && writtenOf(written, flag.name) != "" {
			return fmt.Errorf("--%s: it does nothing for --format %s, but for %s; leave it out", flag.name, c.Format, strings.Join(flag.formats, ", "))
		}
	}
	return nil
}

// writtenOf gives the first of some flags that was written, empty where none was.
func writtenOf(written *kong.Context, flags ...string) string {
	for _, name := range flags {
		if slices.ContainsFunc(written.Path, func(p *kong.Path) bool { return p.Flag != nil && p.Flag.Name == name }) {
			return name
		}
	}
	return ""
}

// check says which flags do not go together.
func (c exportCommand) check() error {
	if err := c.checkAddresses(); err != nil {
		return err
	}
	switch {
	case c.Out == "" && c.applies("out"):
		return errors.New("--out: it is missing; name the file to write")
	case c.applies("width") && (c.Width < draw.MinWidth || c.Width > draw.MaxWidth):
		return fmt.Errorf("--width %d: it must be from %d to %d pixels", c.Width, draw.MinWidth, draw.MaxWidth)
	case c.applies("layers") && c.Empty && len(c.Layers) > 0:
		return errors.New("--layers: an empty map has none; leave --layers or --empty out")
	case len(c.Lang) > 1 && c.Format != lessonFormat && c.Format != siteFormat:
		return errors.New("--lang: a picture, a handout and a file of data are in one language")
	}
	return nil
}

func (c exportCommand) checkAddresses() error {
	if c.BaseURL != "" && c.applies("base-url") {
		if err := server.CheckBaseURL(c.BaseURL, c.Format == siteFormat); err != nil {
			return fmt.Errorf("--base-url: %w", err)
		}
	}
	if err := server.CheckContact(c.Contact); err != nil && c.applies("contact") {
		return fmt.Errorf("--contact: %w", err)
	}
	if err := server.CheckExitURL(c.ExitURL); err != nil && c.applies("exit-url") {
		return fmt.Errorf("--exit-url: %w", err)
	}
	return nil
}
