package store

import (
	"cmp"
	"encoding/json"
	"strconv"

	"github.com/paulmach/orb"

	"corridor/routes"
)

// shownFields are what tiles tell of a feature.
type shownFields struct {
	title, kind, schematic string // schematic is 0 or 1
	lon, lat               string // of the label, degrees, empty where it has none
}

const shownCount = 5

func (s shownFields) fields() []string { return []string{s.title, s.kind, s.schematic, s.lon, s.lat} }

// shownOf gives what tiles tell of a feature, in the pack's own language.
func shownOf(f routes.Feature) (shownFields, error) {
	told, ok := f.Tile()
	if !ok {
		var any struct {
			routes.TileProperties
			Evidence, Precision string
		}
		raw, err := json.Marshal(f.Properties[f.Default])
		if err == nil {
			err = json.Unmarshal(raw, &any)
		}
		if err != nil {
			return shownFields{}, err
		}
		told = any.TileProperties
		told.Kind = cmp.Or(any.Evidence, told.Kind, any.Precision)
	}
	s := shownFields{title: told.Title, kind: told.Kind, schematic: "0"}
	if told.Schematic {
		s.schematic = "1"
	}
	if told.Lon != nil && told.Lat != nil {
		s.lon, s.lat = strconv.FormatFloat(*told.Lon, 'f', -1, 64), strconv.FormatFloat(*told.Lat, 'f', -1, 64)
	}
	return s, nil
}

// label is nil where there is none.
func (s shownFields) label() *orb.Point {
	if s.lon == "" {
		return nil
	}
	lon, err := strconv.ParseFloat(s.lon, 64)
	lat, err2 := strconv.ParseFloat(s.lat, 64)
	if err != nil || err2 != nil {
		return nil
	}
	return &orb.Point{lon, lat}
}

// mark is the row as tiles show it.
func (r featureRow) mark(id int64, pack string) mark {
	return mark{
		id: id, fid: r.id, title: r.shown.title, kind: r.shown.kind, from: inPack(r.from, pack), to: inPack(r.to, pack),
		schematic: r.shown.schematic == "1", label: r.shown.label(),
	}
}

// inPack is the id of a place with its pack, empty where there is none.
func inPack(place, pack string) string {
	if place == "" {
		return ""
	}
	return pack + "." + place
}
