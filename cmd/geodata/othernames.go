package main

import (
	"encoding/csv"
	"fmt"
	"os"
)

// readOtherNames reads the reviewed list of former and other names of countries, by ISO 3166-1 alpha-2 code.
func readOtherNames(path string) (map[string][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = 3
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	names := map[string][]string{}
	for i, row := range rows {
		code, name, reason := row[0], row[1], row[2]
		if i == 0 {
			continue // the head
		}
		if isoOrNone(code) == "" || name == "" || reason == "" {
			return nil, fmt.Errorf("%s:%d: write a country's two-letter code, a name and the reason", path, i+1)
		}
		names[code] = append(names[code], name)
	}
	return names, nil
}
