package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// geometryText is the geometry of a feature f, wherever it stands.
const geometryText = `coalesce(f.geometry, (SELECT geometry FROM shapes WHERE id = f.shape))`

// sharedShapes are the shapes of an intake that several features may have, each once.
type sharedShapes struct {
	records map[int64]record
	// read are some that were read, of so many bytes.
	read map[int64]*markShape
	size int
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
	if known, ok := s.read[id]; ok {
		return known, nil
	}
	_, wkb, err := s.texts(from, id)
	if err != nil {
		return nil, err
	}
	if s.size += len(wkb); s.size > mostKept || s.read == nil {
		s.read, s.size = map[int64]*markShape{}, len(wkb)
	}
	made := &markShape{wkb: []byte(wkb)}
	s.read[id] = made
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

// shapeCache keeps shapes in memory, by id. What has an id never changes.
type shapeCache struct {
	mu    sync.Mutex
	texts map[int64]string
	size  int
}

// mostCached is how many bytes of shapes are kept: over ten thousand outlines like those of provinces, which have 2 KB on average.
const mostCached = 32 << 20

func (c *shapeCache) get(id int64) (text string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	text, ok = c.texts[id]
	return text, ok
}

func (c *shapeCache) set(id int64, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size += len(text); c.size > mostCached || c.texts == nil {
		c.texts, c.size = map[int64]string{}, len(text)
	}
	c.texts[id] = text
}

// shape gives the text of a shape.
func (v *View) shape(ctx context.Context, id int64) (string, error) {
	if text, ok := v.store.shapes.get(id); ok {
		return text, nil
	}
	var text string
	if err := v.tx.QueryRowContext(ctx, `SELECT geometry FROM shapes WHERE id = ?`, id).Scan(&text); err != nil {
		return "", fmt.Errorf("store: shape %d: %w", id, err)
	}
	v.store.shapes.set(id, text)
	return text, nil
}
