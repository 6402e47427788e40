package store

import (
	"context"
	"encoding/json"
	"fmt"

	"corridor/routes"
)

// ToldFeature is a stored feature with its properties in every language of its pack.
type ToldFeature struct {
	Collection routes.Collection `json:"collection"`
	ID         string            `json:"id"`
	AsOf       int               `json:"-"`
	// Geometry is GeoJSON, null where there is none; Texts are the properties as JSON objects, by language.
	Geometry json.RawMessage            `json:"geometry"`
	Texts    map[string]json.RawMessage `json:"texts"`
}

// Told gives the features of a route and beside it, and the parts of the areas that these consist of, in the order in
// which collections page. Another pack may have a place of the same id. There are none where no such route exists.
func (v *View) Told(ctx context.Context, route string) ([]ToldFeature, error) {
	rows, err := v.tx.QueryContext(ctx, `WITH shown AS (SELECT feature AS id FROM feature_routes WHERE route = ?)
		SELECT f.id, f.collection, f.fid, f.as_of, coalesce(`+geometryText+`, 'null'), t.language, t.properties
		FROM features f JOIN feature_texts t ON t.feature = f.id
		WHERE f.id IN (SELECT id FROM shown) OR (f.pack, f.part_of) IN (
			SELECT s.pack, p.properties ->> 'place_id' FROM features s JOIN feature_texts p ON p.feature = s.id WHERE s.id IN (SELECT id FROM shown))
		ORDER BY f.id, t.language`, route)
	if err != nil {
		return nil, fmt.Errorf("store: features of %s: %w", route, err)
	}
	defer rows.Close()
	var list []ToldFeature
	for last := int64(0); rows.Next(); {
		var id int64
		var f ToldFeature
		var geometry, lang, properties string
		if err := rows.Scan(&id, &f.Collection, &f.ID, &f.AsOf, &geometry, &lang, &properties); err != nil {
			return nil, fmt.Errorf("store: features of %s: %w", route, err)
		}
		if id != last {
			f.Geometry, f.Texts = json.RawMessage(geometry), map[string]json.RawMessage{}
			list, last = append(list, f), id
		}
		list[len(list)-1].Texts[lang] = json.RawMessage(properties)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("store: features of %s: %w", route, err)
	}
	return list, nil
}
