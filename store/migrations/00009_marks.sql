-- +goose Up
-- What tiles are drawn from is in feature_bundles. To make these anew, what they tell is worked out from the features: a table
-- of it was a fifth of the database, and each import wrote it for nothing.
DROP TABLE feature_shapes;

-- The outlines of areas, each once: hundreds of features may be in one province, whose outline is longer than all else that is said.
CREATE TABLE shapes (
  id       INTEGER PRIMARY KEY, -- of the text, by a digest: what has an id never changes
  geometry TEXT NOT NULL        -- GeoJSON
) STRICT;

ALTER TABLE features ADD COLUMN shape INTEGER; -- in shapes, where geometry is NULL but the feature has one
CREATE INDEX features_by_shape ON features (shape) WHERE shape IS NOT NULL;

-- The routes of features that have several, in the order in which imports write them; the index is sorted after a large one.
DROP VIEW feature_routes;
CREATE TABLE several_routes (
  feature INTEGER NOT NULL REFERENCES features (id) ON DELETE CASCADE,
  route   TEXT NOT NULL,
  PRIMARY KEY (feature, route)
) STRICT, WITHOUT ROWID;
INSERT INTO several_routes SELECT feature, route FROM feature_several_routes ORDER BY feature, route;
DROP TABLE feature_several_routes;
ALTER TABLE several_routes RENAME TO feature_several_routes;
CREATE INDEX feature_several_routes_by_route ON feature_several_routes (route);
CREATE VIEW feature_routes AS
  SELECT id AS feature, route FROM features WHERE route IS NOT NULL
  UNION ALL SELECT feature, route FROM feature_several_routes;

CREATE VIEW feature_marks AS
  SELECT f.id AS feature, f.pack, f.collection, f.fid, coalesce(f.properties ->> 'title', '') AS title,
    coalesce(f.properties ->> 'evidence', f.properties ->> 'kind', f.properties ->> 'precision', '') AS kind,
    coalesce(f.pack || '.' || CASE f.collection
      WHEN 'legs' THEN (SELECT s.properties ->> 'place_id' FROM features s
        WHERE s.collection = 'stops' AND s.fid = (f.properties ->> 'route') || '.' || (f.properties ->> 'from'))
      WHEN 'movements' THEN f.properties ->> 'from'
      WHEN 'places' THEN f.properties ->> 'place'
      ELSE f.properties ->> 'place_id' END, '') AS from_place, -- that it is at or begins at, with the pack before it
    coalesce(f.pack || '.' || CASE f.collection
      WHEN 'legs' THEN (SELECT s.properties ->> 'place_id' FROM features s
        WHERE s.collection = 'stops' AND s.fid = (f.properties ->> 'route') || '.' || (f.properties ->> 'to'))
      WHEN 'movements' THEN f.properties ->> 'to' END, '') AS to_place, -- where it ends
    coalesce(f.properties ->> 'schematic', 0) AS schematic, -- whether an end of a line has no meaning
    f.properties ->> 'label_lon' AS label_lon, f.properties ->> 'label_lat' AS label_lat, -- degrees
    f.shape, coalesce(f.geometry, (SELECT geometry FROM shapes WHERE id = f.shape)) AS geometry
  FROM features f WHERE f.bbox IS NOT NULL;

-- +goose Down
CREATE TABLE feature_shapes (
  feature    INTEGER PRIMARY KEY REFERENCES features (id) ON DELETE CASCADE,
  fid        TEXT NOT NULL,
  title      TEXT NOT NULL,
  kind       TEXT NOT NULL,
  from_place TEXT NOT NULL,
  to_place   TEXT NOT NULL,
  schematic  INTEGER NOT NULL,
  label_lon  REAL, label_lat REAL,
  wkb        BLOB NOT NULL
) STRICT;
INSERT INTO feature_shapes
  SELECT feature, fid, title, kind, from_place, to_place, schematic, label_lon, label_lat, wkb(geometry) FROM feature_marks ORDER BY feature;
DROP VIEW feature_marks;
DROP VIEW feature_routes;
CREATE TABLE several_routes (
  feature INTEGER NOT NULL REFERENCES features (id) ON DELETE CASCADE,
  route   TEXT NOT NULL,
  PRIMARY KEY (route, feature)
) STRICT, WITHOUT ROWID;
INSERT INTO several_routes SELECT feature, route FROM feature_several_routes ORDER BY route, feature;
DROP TABLE feature_several_routes;
ALTER TABLE several_routes RENAME TO feature_several_routes;
CREATE INDEX feature_several_routes_by_feature ON feature_several_routes (feature);
CREATE VIEW feature_routes AS
  SELECT id AS feature, route FROM features WHERE route IS NOT NULL
  UNION ALL SELECT feature, route FROM feature_several_routes;
UPDATE features SET geometry = (SELECT geometry FROM shapes WHERE id = shape) WHERE shape IS NOT NULL;
DROP INDEX features_by_shape;
ALTER TABLE features DROP COLUMN shape;
DROP TABLE shapes;
