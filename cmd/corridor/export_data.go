package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"corridor/download"
	"corridor/server"
	"corridor/store"
)

// standardOutput stands for standard output where a file is named.
const standardOutput = "-"

// dataFormat gives the format of data that is named, by its own name or as addresses of files end; empty for another format.
func (c exportCommand) dataFormat() download.Format {
	if slices.Contains(download.Formats(), download.Format(c.Format)) {
		return download.Format(c.Format)
	}
	format, _ := download.ByExtension(c.Format)
	return format
}

// isData says whether the format is one of data.
func (c exportCommand) isData() bool { return c.dataFormat() != "" }

// exportData writes a file of data whole or not at all; on standard output it ends where it fails.
func (c exportCommand) exportData(ctx context.Context, con console) error {
	defer debug.SetGCPercent(debug.SetGCPercent(garbagePercent)) // as when a file is read, and far below its limit of memory
	db, err := store.OpenToRead(ctx, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	write := func(w io.Writer) error {
		o := server.ExportOptions{Format: c.dataFormat(), ID: c.Route, Now: time.Now()}
		if c.Out != standardOutput {
			o.Folder = filepath.Dir(c.Out)
		}
		if len(c.Lang) > 0 {
			o.Lang = c.Lang[0]
		}
		return server.Export(ctx, db, o, w)
	}
	if c.Out == standardOutput {
		return c.explainData(write(con.Out))
	}
	if err := fillWhole(c.Out, write); err != nil {
		return c.explainData(err)
	}
	fmt.Fprintln(con.Err, "wrote", c.Out)
	return nil
}

// explainData says of an error what to write instead.
func (c exportCommand) explainData(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%s has no route %q, and no collection is called so; corridor import brings routes in", c.DB, c.Route)
	}
	return c.explain(err)
}
