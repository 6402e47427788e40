package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"corridor/geo/gazetteer"
)

// Which rivers go by their name alone, without the word for a river: those of this rank in Natural Earth, or with names in
// other languages, that are so many letters long. Of the smaller ones many a town has the name too, and Nu means much else.
const (
	greatRank    = 5
	shortestBare = 4
)

// addWaters adds the names of rivers and lakes: those that the map draws, in every language, and those of a table for the
// smaller ones.
func (a *atlas) addWaters(reference string) error {
	rivers, err := readCollection(filepath.Join(reference, "rivers.geojson"))
	if err != nil {
		return err
	}
	named, err := readRiverNames(filepath.Join(reference, "river-names.csv"))
	if err != nil {
		return err
	}
	for _, f := range rivers.Features {
		name := f.Properties.MustString("name", "")
		great := f.Properties.MustInt("rank", greatRank+1) <= greatRank || named[name] != nil
		for _, n := range riverNames(name, great) {
			a.addWater(gazetteer.River, n)
		}
	}
	for _, names := range named {
		for _, name := range names {
			a.addWater(gazetteer.River, name)
		}
	}
	lakes, err := readLakeNames(filepath.Join(reference, "lake-names.csv"))
	if err != nil {
		return err
	}
	for _, l := range lakes {
		for _, name := range l.names {
			a.addLake(name)
		}
	}
	return a.addSmallWaters(filepath.Join(reference, "water-names.csv"))
}

// addSmallWaters adds the names of a table as they stand there, and a lake's in both orders.
func (a *atlas) addSmallWaters(path string) error {
	return readRows(path, []string{"kind", "language", "name", "source"}, func(_ int, row map[string]string) error {
		if row["name"] == "" || row["source"] == "" {
			return errors.New("write a name and its source")
		}
		switch row["kind"] {
		case gazetteer.River.String():
			a.addWater(gazetteer.River, row["name"])
		case gazetteer.Lake.String():
			a.addLake(row["name"])
		default:
			return fmt.Errorf("kind %q is neither river nor lake", row["kind"])
		}
		return nil
	})
}

// addLake adds a lake's name with the word for it before and after: "Lake Tai" is "Tai Lake" too.
func (a *atlas) addLake(name string) {
	a.addWater(gazetteer.Lake, name)
	if core, ok := strings.CutPrefix(name, "Lake "); ok {
		a.addWater(gazetteer.Lake, core+" Lake")
	}
	if core, ok := strings.CutSuffix(name, " Lake"); ok {
		a.addWater(gazetteer.Lake, "Lake "+core)
	}
}

// riverNames are the ways in which a river of the extract is written, which has two names as "Lancang (Mekong)". Arms and
// deltas are no rivers.
func riverNames(name string, great bool) []string {
	for _, part := range []string{"Delta", "Canal", "Branch"} {
		if strings.HasSuffix(name, part) {
			return nil
		}
	}
	var list []string
	for core := range strings.SplitSeq(strings.TrimSuffix(name, ")"), "(") {
		if core = strings.TrimSpace(core); core == "" {
			continue
		}
		list = append(list, core+" River", "River "+core)
		if great && utf8.RuneCountInString(core) >= shortestBare {
			list = append(list, core)
		}
	}
	return list
}

// addWater adds a name, in traditional characters too.
func (a *atlas) addWater(is gazetteer.Water, name string) {
	a.builder.AddWater(is, name)
	for _, form := range a.traditional.of(name) {
		a.builder.AddWater(is, form)
	}
}
