package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"corridor/draw"
	"corridor/server"
	"corridor/store"
	"corridor/store/tiles"
)

type exportCommand struct {
	Route   string   `arg:"" help:"The id of the route."`
	Out     string   `short:"o" required:"" help:"The file to write; one that is there is replaced." placeholder:"FILE"`
	Format  string   `help:"What to write: svg, png or pdf for the route as a picture, handout for a lesson on paper (PDF)." enum:"svg,png,pdf,handout" required:""`
	Lesson  string   `help:"The id of the lesson of a handout; the route's first where left out."`
	Paper   string   `help:"The paper of a handout: a4 or letter." enum:"a4,letter" default:"a4"`
	Edition string   `help:"The edition of a handout: participant, or trainer with notes and answers." enum:"participant,trainer" default:"participant"`
	BaseURL string   `help:"The address under which readers reach the server, which a handout names and bears as a QR code." default:"http://localhost:8080" placeholder:"URL"`
	Lang    string   `help:"The language, such as en, zh-Hans, th or my." default:"en"`
	Stop    string   `help:"The id of the stop to frame; the whole route where left out."`
	Width   int      `help:"The width in pixels, from 320 to 2400; a PDF is a page of A4 whatever the width." default:"1200"`
	Theme   string   `help:"The colours: light, dark, or print, which is black and white." enum:"light,dark,print" default:"light"`
	Empty   bool     `help:"Leave the route out: a map of the same region to draw upon."`
	Layers  []string `help:"What to show besides the route: movements, sites, or both with a comma between them." enum:"movements,sites"`
	DB      string   `help:"The database." default:"data/corridor.db" placeholder:"FILE" type:"existingfile"`
	Basemap string   `help:"The map under the route." default:"build/basemap.mbtiles" placeholder:"FILE"`
}

// Run draws the picture and writes the file whole or not at all.
func (c exportCommand) Run(ctx context.Context, con console) error {
	if c.Width < draw.MinWidth || c.Width > draw.MaxWidth {
		return usageError{fmt.Errorf("--width %d: it must be from %d to %d pixels", c.Width, draw.MinWidth, draw.MaxWidth)}
	}
	if c.Empty && len(c.Layers) > 0 {
		return usageError{errors.New("--layers: an empty map has none; leave --layers or --empty out")}
	}
	s, err := store.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	basemap, err := tiles.Open(ctx, c.Basemap)
	if err != nil {
		return fmt.Errorf("--basemap: %w", err)
	}
	defer basemap.Close()
	painter, err := server.New(server.Config{Store: s, Basemap: basemap, BaseURL: c.BaseURL, Version: version()})
	if err != nil {
		return err
	}
	body, err := c.drawn(ctx, painter)
	switch {
	case errors.Is(err, store.ErrNotFound) && c.Format == handoutFormat:
		return fmt.Errorf("%s has no route %q with such a lesson; corridor import brings routes and lessons in", c.DB, c.Route)
	case errors.Is(err, store.ErrNotFound):
		return fmt.Errorf("%s has no route %q; corridor import brings routes in", c.DB, c.Route)
	case errors.Is(err, draw.ErrNoStop):
		return fmt.Errorf("--stop: the route %s has no stop %q", c.Route, c.Stop)
	case err != nil:
		return err
	}
	if err := writeWhole(c.Out, body); err != nil {
		return err
	}
	fmt.Fprintf(con.Err, "wrote %s, %d bytes\n", c.Out, len(body))
	return nil
}

// handoutFormat is the format of a lesson on paper.
const handoutFormat = "handout"

func (c exportCommand) drawn(ctx context.Context, painter *server.Server) ([]byte, error) {
	if c.Format == handoutFormat {
		return painter.Handout(ctx, c.Route, c.Lang, server.HandoutOptions{
			Lesson: c.Lesson, Trainer: c.Edition == "trainer", Paper: draw.PaperSize(c.Paper),
		})
	}
	return painter.Picture(ctx, c.Route, c.Lang, draw.Options{
		Format: draw.Format(c.Format), Width: c.Width, Theme: draw.Theme(c.Theme), Stop: c.Stop, Empty: c.Empty,
		Movements: slices.Contains(c.Layers, "movements"), Sites: slices.Contains(c.Layers, "sites"),
	})
}

// writeWhole writes a file beside its place and moves it there, so that no reader ever sees a part of it.
func writeWhole(path string, body []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".corridor-*")
	if err != nil {
		return err
	}
	_, err = f.Write(body)
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
