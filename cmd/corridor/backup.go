package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"corridor/store"
)

type backupCommand struct {
	DB  string `help:"The database." default:"data/corridor.db" placeholder:"FILE" type:"existingfile"`
	Out string `arg:"" help:"The file to write; it must not exist yet."`
}

// Run writes a whole copy; the server may run meanwhile.
func (c backupCommand) Run(ctx context.Context, con console) error {
	s, err := store.OpenToRead(ctx, c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	err = s.Backup(ctx, c.Out)
	switch {
	case errors.Is(err, fs.ErrExist):
		return usageError{fmt.Errorf("%s exists already; choose another name", c.Out)}
	case err != nil:
		return err
	}
	fmt.Fprintf(con.Err, "wrote %s\n", c.Out)
	return nil
}
