package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"corridor/geo/gazetteer"
)

// nameFacts are the reviewed names of data/reference/names.csv by the place they belong to.
type nameFacts struct {
	path    string
	byPlace map[string][]nameFact
}

type nameFact struct {
	gazetteer.Name
	line int
	used bool
}

// readNames reads place, language, name, use and source of each row. The error names file and line.
func readNames(path string) (*nameFacts, error) {
	facts := &nameFacts{path, map[string][]nameFact{}}
	err := readRows(path, []string{"place", "language", "name", "use", "source"}, func(line int, row map[string]string) error {
		if row["place"] == "" || row["name"] == "" || row["source"] == "" {
			return errors.New("write a place's code, a name and its source")
		}
		if !slices.Contains([]string{"current", "former", "variant"}, row["use"]) {
			return fmt.Errorf("use %q is none of current, former, variant", row["use"])
		}
		n := gazetteer.Name{Text: row["name"]}
		if row["use"] == "current" {
			n.Lang = row["language"]
		}
		facts.byPlace[row["place"]] = append(facts.byPlace[row["place"]], nameFact{Name: n, line: line})
		return nil
	})
	return facts, err
}

// of gives the names of a record and marks them as used. One that is itself a fact has no code where the packages lack it,
// and is named by name and country.
func (f *nameFacts) of(r gazetteer.Record) []gazetteer.Name {
	var keys []string
	if r.Code != "" && r.Kind != gazetteer.KindRegion {
		keys = append(keys, r.Code)
	}
	if r.Origin == gazetteer.OriginCorridor {
		keys = append(keys, "="+r.Name+"@"+r.Country)
	}
	var out []gazetteer.Name
	for _, key := range keys {
		list := f.byPlace[key]
		for i := range list {
			list[i].used = true
			out = append(out, list[i].Name)
		}
	}
	return out
}

// allUsed is an error where a row names a place that is in no data set.
func (f *nameFacts) allUsed() error {
	for place, list := range f.byPlace {
		for _, n := range list {
			if !n.used {
				return fmt.Errorf("%s:%d: no record has the code %q; write that of a country, a division or a settlement", f.path, n.line, place)
			}
		}
	}
	return nil
}

// A placeFact is a row of data/reference/places.csv: a record that the packages lack or have wrong.
type placeFact struct {
	kind, name, country, admin1, admin2 string
	farCountry                          string // of a crossing, that on the other side
	lat, lon                            float64
	others, replaces                    []string
	// What it takes over from the record it replaces.
	id         string
	population uint32
	names      []gazetteer.Name
}

// factKinds are what a row of the file may be, in the order in which the index takes them: a crossing needs to know the names
// of the towns.
func factKinds() []string { return []string{"district", "settlement", "crossing"} }

// readPlaces reads the districts, settlements and crossings that the packages lack. The error names file and line.
func readPlaces(path string) ([]placeFact, error) {
	columns := []string{"kind", "name", "country", "admin1", "admin2", "longitude", "latitude", "other_names", "replaces", "reason", "source"}
	var list []placeFact
	err := readRows(path, columns, func(_ int, row map[string]string) error {
		lat, lon, err := coordinates(row["latitude"], row["longitude"])
		if err != nil {
			return err
		}
		if !slices.Contains(factKinds(), row["kind"]) {
			return fmt.Errorf("kind %q is none of %s", row["kind"], strings.Join(factKinds(), ", "))
		}
		country, far, both := strings.Cut(row["country"], "|")
		if both && (row["kind"] != "crossing" || isoOrNone(far) == "") {
			return fmt.Errorf("country %q: a crossing alone has two countries, each with two letters", row["country"])
		}
		if row["name"] == "" || isoOrNone(country) == "" || row["reason"] == "" || row["source"] == "" {
			return errors.New("write a name, a country's two-letter code, the reason and the source")
		}
		list = append(list, placeFact{
			kind: row["kind"], name: row["name"], country: country, farCountry: far, admin1: row["admin1"], admin2: row["admin2"],
			lat: lat, lon: lon, others: splitList(row["other_names"]), replaces: splitList(row["replaces"]),
		})
		return nil
	})
	return list, err
}

func splitList(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// readRows reads a table whose head must be the columns, and gives each row by column.
func readRows(path string, columns []string, use func(line int, row map[string]string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = len(columns)
	rows, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return fmt.Errorf("%s:1: the head must be %s", path, strings.Join(columns, ","))
	}
	for i, cells := range rows[1:] {
		row := map[string]string{}
		for j, c := range columns {
			row[c] = strings.TrimSpace(cells[j])
		}
		if err := use(i+2, row); err != nil {
			return fmt.Errorf("%s:%s: %w", path, strconv.Itoa(i+2), err)
		}
	}
	return nil
}
