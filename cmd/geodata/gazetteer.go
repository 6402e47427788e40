package main

import (
	"fmt"
	"os"
	"path/filepath"

	"corridor/geo/gazetteer"
)

type gazetteerCommand struct {
	Packages    string `help:"The folder of npm packages." default:"node_modules" type:"existingdir"`
	Prefectures string `help:"The extract of Yunnan's prefectures." default:"data/reference/yunnan-prefectures.geojson" type:"existingfile"`
	Names       string `help:"Other names of countries." default:"data/reference/other-names.csv" type:"existingfile"`
	Out         string `help:"The index to write." default:"build/gazetteer.idx" short:"o"`
}

// Run gathers the records of every data set, the larger areas first, since settlements refer to them by code.
func (c gazetteerCommand) Run() error {
	var b gazetteer.Builder
	other, err := readOtherNames(c.Names)
	if err != nil {
		return err
	}
	provinces, err := addNaturalEarth(&b, other)
	if err != nil {
		return err
	}
	if err := addPrefectures(&b, c.Prefectures); err != nil {
		return err
	}
	if err := addSettlements(&b, c.Packages, provinces); err != nil {
		return err
	}
	if err := writeWhole(c.Out, b.Bytes()); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d records\n", c.Out, b.Len())
	return nil
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path+".part", content, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}
