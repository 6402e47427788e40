-- +goose Up
-- What tiles of the data are drawn from, so that nothing else is read for them: beside the geometry what a feature is
-- called and between which places it lies. There, that is at its place or between two, many features may be alike.
CREATE TABLE shapes (
  feature    INTEGER PRIMARY KEY REFERENCES features (id) ON DELETE CASCADE,
  fid        TEXT NOT NULL,
  title      TEXT NOT NULL,    -- in the pack's language
  kind       TEXT NOT NULL,    -- of legs the evidence, of movements and sites the kind, of the others the precision
  from_place TEXT NOT NULL,    -- the place that it is at or begins at, with the pack before it; empty where none is known
  to_place   TEXT NOT NULL,    -- where it ends
  schematic  INTEGER NOT NULL, -- whether an end of a line has no meaning
  label_lon  REAL, label_lat REAL, -- degrees
  wkb        BLOB NOT NULL     -- little-endian
) STRICT;

INSERT INTO shapes
  SELECT f.id, f.fid, coalesce(f.properties ->> 'title', ''),
    coalesce(f.properties ->> 'evidence', f.properties ->> 'kind', f.properties ->> 'precision', ''),
    coalesce(f.pack || '.' || coalesce(CASE f.collection
      WHEN 'legs' THEN (SELECT s.properties ->> 'place_id' FROM features s
        WHERE s.collection = 'stops' AND s.fid = (f.properties ->> 'route') || '.' || (f.properties ->> 'from'))
      WHEN 'movements' THEN f.properties ->> 'from'
      WHEN 'places' THEN f.properties ->> 'place'
      ELSE f.properties ->> 'place_id' END, ''), ''),
    coalesce(f.pack || '.' || CASE f.collection
      WHEN 'legs' THEN (SELECT s.properties ->> 'place_id' FROM features s
        WHERE s.collection = 'stops' AND s.fid = (f.properties ->> 'route') || '.' || (f.properties ->> 'to'))
      WHEN 'movements' THEN f.properties ->> 'to' END, ''),
    coalesce(f.properties ->> 'schematic', 0), f.properties ->> 'label_lon', f.properties ->> 'label_lat', s.wkb
  FROM feature_shapes s JOIN features f ON f.id = s.feature ORDER BY f.id;
DROP TABLE feature_shapes;
ALTER TABLE shapes RENAME TO feature_shapes;

-- Tiles of the lowest zooms that hold many features: to draw them would take the whole collection, so each import does.
CREATE TABLE feature_tiles (
  collection TEXT NOT NULL,
  z INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (collection, z, x, y)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE feature_tiles;
CREATE TABLE shapes (
  feature INTEGER PRIMARY KEY REFERENCES features (id) ON DELETE CASCADE,
  wkb     BLOB NOT NULL
) STRICT;
INSERT INTO shapes SELECT feature, wkb FROM feature_shapes ORDER BY feature;
DROP TABLE feature_shapes;
ALTER TABLE shapes RENAME TO feature_shapes;
