package download

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// values reads the properties into a map, which is emptied before.
func (f Feature) values(into map[string]any) error {
	clear(into)
	if err := json.Unmarshal([]byte(f.Properties), &into); err != nil {
		return fmt.Errorf("download: properties of %s %s: %w", f.Collection, f.ID, err)
	}
	return nil
}

// geometry reads the geometry, in longitude-latitude degrees; nil where there is none.
func (f Feature) geometry() (orb.Geometry, error) {
	if f.Geometry == "" {
		return nil, nil
	}
	g, err := geojson.UnmarshalGeometry([]byte(f.Geometry))
	if err != nil {
		return nil, fmt.Errorf("download: geometry of %s %s: %w", f.Collection, f.ID, err)
	}
	return g.Geometry(), nil
}

// written is a value as text, empty where there is none.
func written(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// text is a value that is text, empty for all else.
func text(value any) string {
	s, _ := value.(string)
	return s
}
