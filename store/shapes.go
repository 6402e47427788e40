package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// geometryText is the geometry of a feature f, wherever it stands.
const geometryText = `coalesce(f.geometry, (SELECT geometry FROM shapes WHERE id = f.shape))`

// sharedShapes are the shapes of an intake that several features may have, each once.
type sharedShapes struct {
	records map[int64]record
	read    memory[int64, *markShape]
}

// add adds a shape unless it is there.
func (s *sharedShapes) add(into *spool, shape shapeTexts) error {
	if _, ok := s.records[shape.id]; ok {
		return nil
	}
	r, err := into.add(appendField(appendField(nil, shape.geometry), shape.wkb))
	s.records[shape.id] = r
	return err
}

// texts gives the text of a shape and its well-known binary.
func (s *sharedShapes) texts(from *spool, id int64) (geometry, wkb string, err error) {
	fields, err := from.read(s.records[id])
	if err != nil {
		return "", "", err
	}
	if len(fields) != 2 {
		return "", "", errSpool
	}
	return fields[0], fields[1], nil
}

// mark gives a shape as marks have it.
func (s *sharedShapes) mark(from *spool, id int64) (*markShape, error) {
	if known, ok := s.read.get(id); ok {
		return known, nil
	}
	_, wkb, err := s.texts(from, id)
	if err != nil {
		return nil, err
	}
	made := &markShape{wkb: []byte(wkb)}
	s.read.keep(id, made, len(wkb), mostAreas)
	return made, nil
}

// saveShapes writes the shapes that features share.
func (w packWriter) saveShapes(in *Intake) error {
	for _, id := range slices.Sorted(maps.Keys(in.shapes.records)) {
		geometry, _, err := in.shapes.texts(in.spool, id)
		if err != nil {
			return err
		}
		if err := w.exec(`INSERT OR IGNORE INTO shapes (id, geometry) VALUES (?, ?)`, id, geometry); err != nil {
			return err
		}
	}
	return nil
}

// dropShapes removes those that no feature has any more.
func (w packWriter) dropShapes(known bool) error {
	if !known {
		return nil
	}
	return w.exec(`DELETE FROM shapes WHERE NOT EXISTS (SELECT 1 FROM features WHERE shape = shapes.id)`)
}

// mostShapes is how many bytes of the texts of shapes are kept for pages: over ten thousand outlines like those of provinces, which have 2 KB on average.
const mostShapes = 32 << 20

// shape gives the text of a shape.
func (v *View) shape(ctx context.Context, id int64) (string, error) {
	if text, ok := v.store.shapes.get(id); ok {
		return text, nil
	}
	var text string
	if err := v.tx.QueryRowContext(unwatched(ctx), `SELECT geometry FROM shapes WHERE id = ?`, id).Scan(&text); err != nil {
		return "", fmt.Errorf("store: shape %d: %w", id, err)
	}
	v.store.shapes.keep(id, text, len(text), mostShapes)
	return text, nil
}
