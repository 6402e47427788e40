package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"corridor/routes"
)

// skeleton is a small pack that an author makes their own.
//
//go:embed skeleton
var skeleton embed.FS

// schemas is where the files lie that editors complete by, beside the program's own packs.
const schemas = "data/schema"

type newCommand struct {
	ID     string `arg:"" help:"The pack's id, of a-z, 0-9 and hyphens; its first route has the same."`
	Folder string `arg:"" optional:"" help:"The folder to write, which must not exist yet; one named by the id where left out."`
}

// Run writes the skeleton of a pack.
func (c newCommand) Run(con console) error {
	if !routes.IsRouteID(c.ID) {
		return usageError{fmt.Errorf("%q is no id of a pack; write 1 to 64 of a-z, 0-9 and hyphens, such as mae-sot-2019", c.ID)}
	}
	if c.Folder == "" {
		c.Folder = c.ID
	}
	if err := os.MkdirAll(filepath.Dir(c.Folder), 0o755); err != nil {
		return err
	}
	err := os.Mkdir(c.Folder, 0o755)
	if errors.Is(err, fs.ErrExist) {
		return usageError{fmt.Errorf("%s exists already; name a new folder", c.Folder)}
	}
	if err != nil {
		return err
	}
	if err := c.write(); err != nil {
		return errors.Join(err, os.RemoveAll(c.Folder)) // which was not there before
	}
	fmt.Fprintf(con.Err, "%s: a pack with one route, all of which is an example; write your own into it, then: corridor check %s\n", c.Folder, c.Folder)
	return nil
}

// write writes the files. Those that bear the name of what they hold bear the id.
func (c newCommand) write() error {
	files, err := fs.Sub(skeleton, "skeleton")
	if err != nil {
		return err
	}
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		kind := strings.TrimSuffix(path.Base(name), ".yaml")
		if folder := path.Dir(name); folder != "." {
			name = path.Join(folder, c.ID+".yaml")
		}
		file := filepath.Join(c.Folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		text := schemaLine(file, kind) + strings.ReplaceAll(string(content), "PACK", c.ID)
		return os.WriteFile(file, []byte(text), 0o644) //nolint:gosec // a pack is for everybody to read
	})
}

// schemaLine lets an editor complete a file of a kind, where the schemas are at hand.
func schemaLine(file, kind string) string {
	schema, err := filepath.Abs(filepath.Join(schemas, kind+".schema.json"))
	if err != nil {
		return ""
	}
	if _, err := os.Stat(schema); err != nil {
		return ""
	}
	folder, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return ""
	}
	way, err := filepath.Rel(folder, schema)
	if err != nil {
		return ""
	}
	return "# yaml-language-server: $schema=" + filepath.ToSlash(way) + "\n"
}
