package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/alecthomas/kong"

	"corridor/draw"
	"corridor/server"
	"corridor/store"
	"corridor/store/tiles"
)

type exportCommand struct {
	Route   string   `arg:"" name:"route-or-folder" help:"The id of the route; of data a route or a collection (stops, legs, sites, movements, places); of a site the folder to write."`
	Out     string   `short:"o" help:"The file to write, or - for standard output; a file that is there is replaced." placeholder:"FILE"`
	Format  string   `help:"What to write: the data (geojson, geojsons or seq for a GeoJSON text sequence, csv, xlsx, kml, gpkg for a GeoPackage), the route as a picture (svg, png, pdf), its lesson as one file to present (lesson), the lesson on paper (handout, a PDF), or the whole public site as a folder for any web host (site)." enum:"geojson,geojsons,seq,csv,xlsx,kml,gpkg,svg,png,pdf,lesson,handout,site" required:""`
	Lang    []string `help:"The language, such as en, zh-Hans, th or my; of a lesson and of a site the languages, all where left out." placeholder:"TAG"`
	Lesson  string   `help:"The id of the lesson; the route's first where left out." placeholder:"ID"`
	Paper   string   `help:"The paper of a handout: a4 or letter." enum:"a4,letter" default:"a4"`
	Edition string   `help:"The edition of a handout: participant, trainer with notes and answers, or short, which is one sheet printed on both sides to take home." enum:"participant,trainer,short" default:"participant"`
	BaseURL string   `help:"The address under which readers reach the server, which a handout names and bears as a QR code, and a lesson holds; without it a handout names none; of a site the folder's public address, below any path." placeholder:"URL"`
	ExitURL string   `help:"Where the quick exit of a site's pages goes; write it empty for pages without one." default:"https://www.wikipedia.org/" placeholder:"URL"`
	Contact string   `help:"Whom readers of a site may write to about what it says: an e-mail address or an https address; nobody where left out." placeholder:"ADDRESS"`
	Force   bool     `help:"Write a site into a folder that holds files of others; they stay as they are."`
	Stop    string   `help:"The id of the stop that a picture frames; the whole route where left out."`
	Width   int      `help:"The width of an SVG or PNG in pixels, from 320 to 2400." default:"1200"`
	Theme   string   `help:"The colours of a picture: light, dark, or print, which is black and white." enum:"light,dark,print" default:"light"`
	Empty   bool     `help:"Leave the route out of a picture: a map of the same region to draw upon."`
	Layers  []string `help:"What a picture shows besides the route: movements, sites, or both with a comma between them." enum:"movements,sites"`
	DB      string   `help:"The database." default:"data/corridor.db" placeholder:"FILE" type:"existingfile"`
	Basemap string   `help:"The map under the route." default:"build/basemap.mbtiles" placeholder:"FILE"`
}

// Run writes the file whole or not at all; a site only when all of it is made.
func (c exportCommand) Run(ctx context.Context, con console, written *kong.Context) error {
	if err := errors.Join(c.checkWritten(written), c.check()); err != nil {
		return usageError{err}
	}
	if c.applies("out") && c.Out != standardOutput {
		file, err := replaceable(c.Out)
		if err != nil {
			return usageError{fmt.Errorf("--out: %w", err)}
		}
		c.Out = file
	}
	err := c.export(ctx, con)
	if errors.Is(err, context.Canceled) && c.Out != standardOutput {
		return errors.New("interrupted; nothing was changed")
	}
	return err
}

func (c exportCommand) export(ctx context.Context, con console) error {
	switch {
	case c.Format == siteFormat:
		return c.exportSite(ctx, con)
	case c.isData():
		return c.exportData(ctx, con)
	}
	painter, done, err := c.painter(ctx)
	if err != nil {
		return err
	}
	defer done()
	body, err := c.made(ctx, painter)
	if err != nil {
		return c.explain(err)
	}
	if c.Out == standardOutput {
		_, err := con.Out.Write(body)
		return err
	}
	if err := writeWhole(c.Out, body); err != nil {
		return err
	}
	fmt.Fprintf(con.Err, "wrote %s, %d bytes\n", c.Out, len(body))
	if c.Format == handoutFormat && c.BaseURL == "" {
		fmt.Fprintln(con.Err, "it leads to no page on the web; with --base-url it has the address and its QR code")
	}
	return nil
}

// painter opens what is needed to make the file, or the site; done closes it.
func (c exportCommand) painter(ctx context.Context) (s *server.Server, done func(), err error) {
	db, err := store.OpenToRead(ctx, c.DB)
	if err != nil {
		return nil, nil, err
	}
	basemap, err := tiles.Open(ctx, c.Basemap)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("--basemap: %w", err), db.Close())
	}
	done = func() { basemap.Close(); db.Close() }
	config := server.Config{Store: db, Basemap: basemap, BaseURL: c.BaseURL, Version: version(), Folder: c.Format == siteFormat}
	switch {
	case config.Folder:
		config.ExitURL, config.Contact, config.Languages = c.ExitURL, c.Contact, c.Lang
	case config.BaseURL == "" || !c.applies("base-url"):
		config.BaseURL = "http://localhost:8080"
	}
	if s, err = server.New(config); err != nil {
		done()
		return nil, nil, c.explain(err)
	}
	return s, done, nil
}

// made makes the file's bytes.
func (c exportCommand) made(ctx context.Context, painter *server.Server) ([]byte, error) {
	switch c.Format {
	case lessonFormat:
		return painter.LessonFile(ctx, c.Route, c.Lesson, c.Lang)
	case handoutFormat:
		return painter.Handout(ctx, c.Route, c.lang(), server.HandoutOptions{
			Lesson: c.Lesson, Edition: draw.Edition(c.Edition), Paper: draw.PaperSize(c.Paper),
		})
	}
	return painter.Picture(ctx, c.Route, c.lang(), draw.Options{
		Format: draw.Format(c.Format), Width: c.Width, Theme: draw.Theme(c.Theme), Stop: c.Stop, Empty: c.Empty,
		Movements: slices.Contains(c.Layers, "movements"), Sites: slices.Contains(c.Layers, "sites"),
	})
}

// lang is the language of what is in one.
func (c exportCommand) lang() string {
	if len(c.Lang) == 0 {
		return "en"
	}
	return c.Lang[0]
}

// explain says of an error what to write instead.
func (c exportCommand) explain(err error) error {
	switch {
	case errors.Is(err, store.ErrNotFound) && (c.Format == lessonFormat || c.Format == handoutFormat):
		return fmt.Errorf("%s: %w; corridor import brings routes and lessons in", c.DB, err)
	case errors.Is(err, store.ErrNotFound):
		return fmt.Errorf("%s has no route %q; corridor import brings routes in", c.DB, c.Route)
	case errors.Is(err, draw.ErrNoStop):
		return fmt.Errorf("--stop: the route %s has no stop %q", c.Route, c.Stop)
	case errors.Is(err, server.ErrLanguage):
		return fmt.Errorf("--lang: %w", err)
	}
	return err
}

// replaceable gives the file that a path leads to, which a new one may take the place of. What is no file is refused: to put one in the
// place of a device or a pipe, such as /dev/null, would take it from all programs.
func replaceable(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path, nil
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is no file; name one, or write - for standard output", path)
	}
	return filepath.EvalSymlinks(path)
}

// writeWhole writes a file beside its place and moves it there, so that no reader ever sees a part of it.
func writeWhole(path string, body []byte) error {
	return fillWhole(path, func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	})
}

// fillWhole does the same with what a function writes.
func fillWhole(path string, fill func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".corridor-*")
	if err != nil {
		return err
	}
	err = fill(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
