package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"corridor/geo/gazetteer"
	"corridor/routes"
	"corridor/static"
	"corridor/store"
)

// packFlags are what reading packs needs.
type packFlags struct {
	Gazetteer string   `help:"The index of names." default:"build/gazetteer.idx" placeholder:"FILE"`
	All       bool     `help:"Name each text that lacks a translation, instead of how many there are."`
	Packs     []string `arg:"" name:"pack" help:"Folders of content packs, or files of route documents, one a line (.jsonl)."`
}

type importCommand struct {
	packFlags
	DB       string `help:"The database." default:"data/corridor.db" placeholder:"FILE"`
	Withdraw bool   `help:"Let routes and lessons go that a pack had before and has no longer."`
}

type checkCommand struct {
	packFlags
}

// prepared is a pack that is fit to be imported.
type prepared struct {
	pack     routes.Pack
	places   map[string]gazetteer.Place
	warnings int
}

// Run checks every folder before it imports the first, then the files of many routes, one after the other.
func (c importCommand) Run(ctx context.Context, con console) error {
	packs, err := c.prepare(con.Err)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(c.DB), 0o755); err != nil {
		return fmt.Errorf("--db: %w", err)
	}
	for _, p := range packs {
		if err := c.save(ctx, con, p); err != nil {
			return err
		}
	}
	for _, file := range c.files() {
		if err := c.importLines(ctx, con, file); err != nil {
			return err
		}
	}
	return nil
}

func (c importCommand) save(ctx context.Context, con console, p prepared) error {
	s, err := store.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	defer s.Close()
	start := time.Now()
	features := routes.Compile(p.pack, p.places)
	in, err := s.IntakeOf(p.pack, features)
	if err != nil {
		return err
	}
	defer in.Close()
	in.MayWithdraw = c.Withdraw
	changed, err := s.Save(ctx, in)
	return report(con, p.pack.About.ID, changed, err, counts{len(p.pack.Routes), len(features), in.Withdrawn, start})
}

// counts are what an import read and what it withdrew, and when it began.
type counts struct {
	routes, features int
	withdrawn        store.Withdrawn
	start            time.Time
}

// report says what came of an import.
func report(con console, pack string, changed bool, err error, n counts) error {
	kept := errors.Is(err, store.ErrKept)
	var withdrawal *store.WithdrawalError
	switch {
	case errors.As(err, &withdrawal):
		return fmt.Errorf("%s was not imported; the database is as it was: %w; if that is meant, import again with --withdraw, else give the pack another id",
			pack, withdrawal)
	case err != nil && !kept:
		return fmt.Errorf("%s was not imported; the database is as it was: %w", pack, err)
	case !changed:
		fmt.Fprintf(con.Err, "%s: nothing has changed since the last import\n", pack)
	default:
		fmt.Fprintf(con.Err, "%s: imported %d routes, %d features in %d ms\n",
			pack, n.routes, n.features, time.Since(n.start).Milliseconds())
		if len(n.withdrawn) > 0 {
			fmt.Fprintf(con.Err, "%s: this import withdraws %s; a cache in front of the server may have it for a year, so empty it\n", pack, n.withdrawn)
		}
	}
	if kept {
		fmt.Fprintf(con.Err, "%s: warning: %v; nobody is shown it any more, and the next import of any pack overwrites it\n", pack, err)
	}
	return nil
}

// Run prints every problem, and what each place was resolved to.
func (c checkCommand) Run(ctx context.Context, con console) error {
	packs, err := c.prepare(con.Err)
	if err != nil {
		return err
	}
	for _, file := range c.files() {
		if err := c.checkLines(ctx, con, file); err != nil {
			return err
		}
	}
	for _, p := range packs {
		out := bufio.NewWriter(con.Out) // it remembers what could not be written
		for _, place := range p.pack.Places {
			printResolved(out, place, p.places[place.ID])
		}
		if err := out.Flush(); err != nil {
			return err
		}
		for _, hidden := range p.pack.HiddenContacts(time.Now()) {
			fmt.Fprintln(con.Err, hidden)
		}
		fmt.Fprintln(con.Err, fit(p.pack.About.ID, p.warnings))
	}
	return nil
}

// fit says that a pack can be imported, and of how much it is warned.
func fit(pack string, warnings int) string {
	if warnings == 0 {
		return pack + ": fit for import"
	}
	return fmt.Sprintf("%s: fit for import; %s", pack, counted(warnings, "warning"))
}

// counted gives "1 warning", "2 warnings".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func printResolved(out io.Writer, place routes.Place, found gazetteer.Place) {
	if place.Query == "" {
		fmt.Fprintf(out, "%s: its precision is unknown, so it is not on the map\n", place.ID)
		return
	}
	fmt.Fprintf(out, "%s: %s → %s (%s), %.0f%% sure: %s\n",
		place.ID, place.Query, found.Write(), found.Precision, 100*found.Score, strings.Join(found.Reasons, "; "))
}

// manyRoutes says whether a pack is a file of route documents.
func manyRoutes(pack string) bool { return filepath.Ext(pack) == ".jsonl" }

// files are the packs that are files of route documents.
func (f packFlags) files() []string {
	return slices.DeleteFunc(slices.Clone(f.Packs), func(pack string) bool { return !manyRoutes(pack) })
}

// prepare reads, checks and resolves the folders; every problem of every pack is printed, what forbids an import at the end, where it is
// seen.
func (f packFlags) prepare(messages io.Writer) ([]prepared, error) {
	ix, err := gazetteer.Open(f.Gazetteer)
	if err != nil {
		return nil, err
	}
	defer ix.Close()
	var packs []prepared
	found := heldProblems{all: f.All}
	taken := map[string]string{}
	for _, folder := range f.Packs {
		if manyRoutes(folder) {
			continue
		}
		p, problems, err := preparePack(folder, ix, taken)
		if err != nil {
			return nil, err
		}
		for _, problem := range problems {
			problem.File = filepath.Join(folder, problem.File)
			found.add(problem)
		}
		if err := unoffered(messages, p.pack.About); err != nil {
			return nil, err
		}
		p.warnings = len(problems) - len(problems.Errors())
		packs = append(packs, p)
	}
	found.print(messages)
	if len(found.errors) > 0 {
		return nil, fmt.Errorf("%s; nothing was changed", found.counted())
	}
	return packs, nil
}

// unoffered warns of languages in which there are no pages: a reader cannot choose what is written in them.
func unoffered(messages io.Writer, about routes.About) error {
	all, err := static.Languages()
	if err != nil {
		return err
	}
	for _, tag := range about.Tags() {
		if _, ok := all[tag]; !ok && tag != "" {
			fmt.Fprintf(messages, "%s: warning: readers cannot choose %q; pages are in %s\n", about.ID, tag, strings.Join(static.Tags(all), ", "))
		}
	}
	return nil
}

// preparePack reads a folder. Taken has the ids that packs before it have, see [routes.Loaded.Apart].
func preparePack(folder string, ix *gazetteer.Index, taken map[string]string) (prepared, routes.Problems, error) {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return prepared{}, nil, usageError{errors.New(folder + " is no folder of a content pack, and no file of route documents ending in .jsonl")}
	}
	loaded, problems := routes.Load(os.DirFS(folder))
	places, unresolved := loaded.Resolve(ix)
	return prepared{pack: loaded.Pack, places: places}, slices.Concat(problems, unresolved, loaded.Apart(taken)), nil
}
