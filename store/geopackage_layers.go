package store

import (
	"context"

	"corridor/routes"
)

// fewFeatures is how many features of a collection are all looked at for the shapes that it has; of more, the first run of each group is:
// a group is of one class of extent, so those of another class are among them.
const fewFeatures = 2 << groupBits

// narrowed says whether the query leaves features of its collection out.
func (q ItemsQuery) narrowed() bool {
	return q.Route != "" || q.PartOf != "" || q.Box != nil || q.Time != nil || len(q.Where) > 0
}

// shapes are the kinds of geometries that a collection has. One that only a few among very many features have may be missing.
func (v *View) shapes(ctx context.Context, c routes.Collection) ([]Shape, error) {
	n, err := v.CountUpTo(ctx, fewFeatures, c)
	if err != nil {
		return nil, err
	}
	group, most := 1<<groupBits, 1<<groupBits
	if n == fewFeatures {
		most = 1 << runBits
	}
	names, err := collect[string](ctx, v, `SELECT DISTINCT coalesce(substr(kind, 1, instr(kind, '"') - 1), '') FROM (
		SELECT substr(`+geometryText+`, ?1, 20) AS kind FROM features f WHERE f.collection = ?2 AND f.id & ?3 < ?4)`,
		len(`{"type":"`)+1, string(c), group-1, most)
	if err != nil {
		return nil, err
	}
	list := make([]Shape, len(names))
	for i, name := range names {
		list[i] = shapeNamed(name)
	}
	return list, nil
}

// shapeNamed is the shape of GeoJSON's kind of geometries, of none where the name is empty.
func shapeNamed(kind string) Shape {
	for i, name := range []string{"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"} {
		if name == kind {
			return geometries()[i].shape
		}
	}
	return Untold
}

// complete adds the tables that the layer's collection has without its filter, so that a program finds them by their names whatever the
// filter leaves. A file of several collections is of what is told of a route, and has no empty ones.
func (w *geoPackageWriter) complete(v *View, l GeoPackageLayer, tables map[Shape]*geoPackageTable) error {
	if len(w.Layers) > 1 || !l.Query.narrowed() {
		return nil
	}
	shapes, err := v.shapes(w.ctx, l.Query.Collection)
	if err != nil {
		return err
	}
	for _, s := range shapes {
		if tables[s] == nil {
			if tables[s], err = w.table(l, s); err != nil {
				return err
			}
		}
	}
	return nil
}
