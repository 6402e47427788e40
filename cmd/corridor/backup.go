package main

import (
	"context"
	"fmt"
	"os"

	"corridor/store"
)

type backupCommand struct {
	DB  string `help:"The database." default:"data/corridor.db" placeholder:"FILE" type:"existingfile"`
	Out string `arg:"" help:"The file to write; it must not exist yet."`
}

// Run writes a whole copy; the server may run meanwhile.
func (c backupCommand) Run(ctx context.Context, con console) error {
	if _, err := os.Stat(c.Out); err == nil {
		return usageError{fmt.Errorf("%s exists already; choose another name", c.Out)}
	}
	s, err := store.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(ctx, c.Out); err != nil {
		return err
	}
	fmt.Fprintf(con.Err, "wrote %s\n", c.Out)
	return nil
}
