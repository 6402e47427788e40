package main

import (
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/simplify"

	"corridor/geo"
)

type linesCommand struct {
	Shapes   string `help:"The folder of Natural Earth's shapefiles, as in Debian's libmagics++-data." default:"/usr/share/magics/10m" type:"existingdir"`
	Rivers   string `help:"The extract of rivers to write." default:"data/reference/rivers.geojson"`
	Disputed string `help:"The extract of disputed boundaries to write." default:"data/reference/disputed-lines.geojson"`
}

// The extracts keep the detail where the map is read and less elsewhere; tolerances are in degrees.
const (
	nearTolerance = 0.01
	farTolerance  = 0.04
	nearRank      = 9
	farRank       = 5
	decimals      = 3
)

// corridor is the region that is mapped closely.
func corridor() orb.Bound { return orb.Bound{Min: orb.Point{84, -8}, Max: orb.Point{124, 36}} }

// Run reads both shapefiles and writes the extracts.
func (c linesCommand) Run() error {
	rivers, err := readShapes(filepath.Join(c.Shapes, "ne_10m_rivers_lake_centerlines"))
	if err != nil {
		return err
	}
	if err := writeFeatures(c.Rivers, riverFeatures(rivers)); err != nil {
		return err
	}
	boundaries, err := readShapes(filepath.Join(c.Shapes, "ne_10m_admin_0_boundary_lines_land"))
	if err != nil {
		return err
	}
	return writeFeatures(c.Disputed, disputedFeatures(boundaries))
}

func riverFeatures(rivers []shape) *geojson.FeatureCollection {
	out := geojson.NewFeatureCollection()
	for _, s := range rivers {
		rank, tolerance, most := wholeNumber(s.Attributes["scalerank"]), farTolerance, farRank
		if corridor().Intersects(s.Lines.Bound()) {
			tolerance, most = nearTolerance, nearRank
		}
		g := thinned(s.Lines, tolerance)
		if rank > most || len(g) == 0 {
			continue
		}
		f := geojson.NewFeature(g)
		f.Properties = geojson.Properties{"name": wholeName(s.Attributes["name"]), "rank": rank}
		out.Append(f)
	}
	return out
}

// disputedFeatures are the boundaries on land that the data do not call agreed.
func disputedFeatures(boundaries []shape) *geojson.FeatureCollection {
	out := geojson.NewFeatureCollection()
	for _, s := range boundaries {
		class, _, _ := strings.Cut(s.Attributes["featurecla"], " (")
		switch class {
		case "Disputed", "Indefinite", "Line of control", "Indeterminant frontier":
		default:
			continue
		}
		if g := thinned(s.Lines, farTolerance); s.Attributes["type"] == "Land" && len(g) > 0 {
			f := geojson.NewFeature(g)
			f.Properties = geojson.Properties{"class": class, "left": s.Attributes["adm0_left"], "right": s.Attributes["adm0_right"]}
			out.Append(f)
		}
	}
	// The shapefiles are older than this line, which the newer countries have as an ordinary border.
	crimea := geojson.NewFeature(orb.MultiLineString{{{35, 45.73}, {34.81, 45.78}, {34.69, 45.97}, {34.46, 45.96}, {34.33, 46.07}, {33.8, 46.2}, {33.63, 46.12}}})
	crimea.Properties = geojson.Properties{"class": "Disputed", "left": "Ukraine", "right": "Russia"}
	return out.Append(crimea)
}

func thinned(lines orb.MultiLineString, tolerance float64) orb.MultiLineString {
	simple := simplify.DouglasPeucker(tolerance).MultiLineString(lines)
	g, _ := geo.Rounded(simple, decimals).(orb.MultiLineString)
	return g
}

// wholeNumber reads a whole number, which dBase may write with decimals; 0 where there is none.
func wholeNumber(text string) int {
	n, _ := strconv.ParseFloat(text, 64)
	return int(n)
}

func writeFeatures(path string, fc *geojson.FeatureCollection) error {
	out, err := json.Marshal(fc)
	if err != nil {
		return err
	}
	return writeWhole(path, append(out, '\n'))
}
