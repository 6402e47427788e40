// Command geodata makes the reference files that lie beside the content: the index of the world's names, and the small
// extracts under data/reference. It runs at build time only and is the only importer of the rgeo data.
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

type commands struct {
	Gazetteer   gazetteerCommand   `cmd:"" help:"Make the index of names from the packages of reference data."`
	Prefectures prefecturesCommand `cmd:"" help:"Make the extract of Yunnan's prefectures from the ECharts package."`
	Lines       linesCommand       `cmd:"" help:"Make the extracts of rivers and disputed boundaries from Natural Earth's shapefiles."`
	Basemap     basemapCommand     `cmd:"" help:"Make the basemap's tiles."`
}

func main() {
	var c commands
	ctx := kong.Parse(&c, kong.Name("geodata"), kong.Description("Make Corridor's reference files."))
	if err := ctx.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "geodata:", err)
		os.Exit(1)
	}
}
