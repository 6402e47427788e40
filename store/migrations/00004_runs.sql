-- +goose Up
-- Features in runs of consecutive ids. An import gives new features their ids along a Hilbert curve, so that a run of 64
-- ids (id >> 6) lies close together and has a small box, and so has a group of 64 runs (id >> 12). A page of a box's
-- features goes through groups, runs and features in the order of ids and stops when it is full.
CREATE TABLE former_features AS SELECT * FROM features;
CREATE TABLE former_texts AS SELECT * FROM feature_texts;
CREATE TABLE former_routes AS SELECT * FROM feature_routes;
CREATE INDEX former_routes_by_feature ON former_routes (feature);
DROP TABLE feature_boxes;
DROP TABLE feature_routes;
DROP TABLE feature_texts;
DROP TABLE features;

CREATE TABLE features (
  id         INTEGER PRIMARY KEY, -- stays with a feature from import to import: paging goes by it
  pack       TEXT NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
  collection TEXT NOT NULL,
  fid        TEXT NOT NULL,
  as_of      INTEGER NOT NULL,    -- 0 where the feature is no statement of a source
  begins TEXT, ends TEXT,         -- days told of, such as 2008-12-31; NULL where open, both NULL where no time is told of
  part_of    TEXT,                -- of a part: the place it is a part of
  route      TEXT,                -- where it belongs to one or is shown beside one only
  language   TEXT NOT NULL,       -- of the pack: what is shown where a text is missing
  west REAL, south REAL, east REAL, north REAL, -- degrees; NULL without geometry
  bbox       TEXT,                -- the same as a JSON array
  properties TEXT NOT NULL,       -- JSON object, in the pack's language
  geometry   TEXT                 -- GeoJSON
) STRICT;

CREATE UNIQUE INDEX features_by_fid ON features (collection, fid);
-- With the days, so that a search for a time need not read the features that it passes over.
CREATE INDEX features_in_order ON features (collection, id, begins, ends);
CREATE INDEX features_by_whole ON features (part_of, id) WHERE part_of IS NOT NULL;
CREATE INDEX features_by_route ON features (route) WHERE route IS NOT NULL;
CREATE INDEX features_by_pack ON features (pack);

-- The same geometry for drawing tiles, which read nothing else.
CREATE TABLE feature_shapes (
  feature INTEGER PRIMARY KEY REFERENCES features (id) ON DELETE CASCADE,
  wkb     BLOB NOT NULL
) STRICT;

-- The properties in the other languages of the pack.
CREATE TABLE feature_translations (
  feature    INTEGER NOT NULL REFERENCES features (id) ON DELETE CASCADE,
  language   TEXT NOT NULL,
  properties TEXT NOT NULL, -- JSON object
  PRIMARY KEY (feature, language)
) STRICT, WITHOUT ROWID;

CREATE VIEW feature_texts AS
  SELECT id AS feature, language, properties FROM features
  UNION ALL SELECT feature, language, properties FROM feature_translations;

-- The routes of features that have several.
CREATE TABLE feature_several_routes (
  feature INTEGER NOT NULL REFERENCES features (id) ON DELETE CASCADE,
  route   TEXT NOT NULL,
  PRIMARY KEY (route, feature)
) STRICT, WITHOUT ROWID;

CREATE INDEX feature_several_routes_by_feature ON feature_several_routes (feature);

CREATE VIEW feature_routes AS
  SELECT id AS feature, route FROM features WHERE route IS NOT NULL
  UNION ALL SELECT feature, route FROM feature_several_routes;

CREATE TABLE feature_groups (
  collection TEXT NOT NULL,
  n          INTEGER NOT NULL, -- id >> 12 of its features, which are all of this collection
  extent     INTEGER NOT NULL, -- how large its features are: those of each class have groups of their own
  west REAL, south REAL, east REAL, north REAL,
  PRIMARY KEY (collection, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE feature_runs (
  n INTEGER PRIMARY KEY, -- id >> 6 of its features
  west REAL, south REAL, east REAL, north REAL
) STRICT;

-- Former databases are small: their features stay in their order, those of each collection in groups of its own, of the
-- class for features of every extent.
CREATE TABLE renumbered (former INTEGER PRIMARY KEY, id INTEGER NOT NULL);
INSERT INTO renumbered
  WITH counted AS (SELECT collection, (count(*) + 4095) / 4096 AS groups FROM former_features GROUP BY collection)
  SELECT id, ((SELECT 1 + coalesce(sum(groups), 0) FROM counted WHERE counted.collection < f.collection) << 12)
    + row_number() OVER (PARTITION BY collection ORDER BY id) - 1
  FROM former_features f;

INSERT INTO features
  SELECT n.id, pack, collection, fid, as_of, first_day(t.properties ->> 'time'), last_day(t.properties ->> 'time'),
    part_of, (SELECT iif(count(*) = 1, min(route), NULL) FROM former_routes r WHERE r.feature = f.id), f.language,
    west, south, east, north,
    '[' || json_number(west) || ',' || json_number(south) || ',' || json_number(east) || ',' || json_number(north) || ']',
    coalesce(t.properties, '{}'), geometry
  FROM renumbered n JOIN former_features f ON f.id = n.former
  LEFT JOIN former_texts t ON t.feature = f.id AND t.language = f.language
  ORDER BY n.id;
INSERT INTO feature_shapes SELECT id, wkb(geometry) FROM features WHERE geometry IS NOT NULL ORDER BY id;
INSERT INTO feature_translations
  SELECT n.id, t.language, t.properties FROM former_texts t JOIN renumbered n ON n.former = t.feature
  JOIN features f ON f.id = n.id WHERE t.language <> f.language;
INSERT INTO feature_several_routes
  SELECT n.id, r.route FROM former_routes r JOIN renumbered n ON n.former = r.feature
  JOIN features f ON f.id = n.id WHERE f.route IS NULL;
INSERT INTO feature_runs
  SELECT id >> 6, min(west), min(south), max(east), max(north) FROM features GROUP BY id >> 6;
INSERT INTO feature_groups
  SELECT collection, id >> 12, 0, min(west), min(south), max(east), max(north) FROM features GROUP BY collection, id >> 12;

DROP TABLE renumbered;
DROP TABLE former_features;
DROP TABLE former_texts;
DROP TABLE former_routes;

-- +goose Down
CREATE VIRTUAL TABLE feature_boxes USING rtree (id, west, east, south, north);
INSERT INTO feature_boxes SELECT id, west, east, south, north FROM features WHERE geometry IS NOT NULL;
DROP VIEW feature_routes;
CREATE TABLE feature_routes (
  feature INTEGER NOT NULL REFERENCES features (id) ON DELETE CASCADE,
  route   TEXT NOT NULL,
  PRIMARY KEY (route, feature)
) STRICT, WITHOUT ROWID;
CREATE INDEX feature_routes_by_feature ON feature_routes (feature);
INSERT INTO feature_routes SELECT id, route FROM features WHERE route IS NOT NULL UNION ALL SELECT * FROM feature_several_routes;
DROP TABLE feature_several_routes;
DROP INDEX features_by_route;
ALTER TABLE features DROP COLUMN route;
DROP VIEW feature_texts;
CREATE TABLE feature_texts (
  feature    INTEGER NOT NULL REFERENCES features (id) ON DELETE CASCADE,
  language   TEXT NOT NULL,
  properties TEXT NOT NULL,
  PRIMARY KEY (feature, language)
) STRICT, WITHOUT ROWID;
INSERT INTO feature_texts SELECT id, language, properties FROM features UNION ALL SELECT * FROM feature_translations;
DROP TABLE feature_translations;
DROP TABLE feature_runs;
DROP TABLE feature_groups;
DROP TABLE feature_shapes;
DROP INDEX features_in_order;
CREATE INDEX features_in_order ON features (collection, id);
ALTER TABLE features DROP COLUMN begins;
ALTER TABLE features DROP COLUMN ends;
ALTER TABLE features DROP COLUMN bbox;
ALTER TABLE features DROP COLUMN properties;
