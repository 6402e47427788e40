package main

import (
	"context"
	"errors"
	"fmt"

	"corridor/store"
)

type removeCommand struct {
	DB   string `help:"The database." default:"data/corridor.db" placeholder:"FILE" type:"existingfile"`
	Pack string `arg:"" help:"The id of the pack, as in its pack.yaml."`
}

// Run removes a pack; the server may run meanwhile and shows it no more.
func (c removeCommand) Run(ctx context.Context, con console) error {
	s, err := store.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	removed, err := s.RemovePack(ctx, c.Pack)
	var unknown *store.UnknownPackError
	switch {
	case errors.As(err, &unknown):
		return usageError{unknown}
	case err != nil && removed == store.Removed{}:
		return fmt.Errorf("%s was not removed; the database is as it was: %w", c.Pack, err)
	}
	fmt.Fprintf(con.Err, "%s: removed %d routes, %d documents, %d features; files that were made of it before still have it, such as backups, exports and lessons in one file; a cache in front of the server may have it for a year, so empty it\n",
		c.Pack, removed.Routes, removed.Documents, removed.Features)
	if err != nil {
		return fmt.Errorf("%w; nobody is shown it any more. It is gone from there after the next import, or when the server has stopped", err)
	}
	return nil
}
