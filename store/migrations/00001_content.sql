-- +goose Up
-- The state of the whole content: content_version changes with every import that changes anything.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta (key, value) VALUES ('content_version', 'empty');

CREATE TABLE packs (
  id     TEXT PRIMARY KEY,
  digest TEXT NOT NULL, -- of the documents and their features: an import of the same changes nothing
  about  TEXT NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;

-- The documents are the truth; features are derived from them in the same transaction.
CREATE TABLE documents (
  pack     TEXT NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
  kind     TEXT NOT NULL,
  id       TEXT NOT NULL,
  position INTEGER NOT NULL, -- order in the pack
  body     TEXT NOT NULL,    -- JSON
  PRIMARY KEY (pack, kind, id)
) STRICT, WITHOUT ROWID;

-- A route's id is its address, whichever pack it comes from.
CREATE UNIQUE INDEX route_ids ON documents (id) WHERE kind = 'route';

-- The routes beside which a movement, a site or a finding is shown.
CREATE TABLE document_routes (
  pack  TEXT NOT NULL,
  kind  TEXT NOT NULL,
  id    TEXT NOT NULL,
  route TEXT NOT NULL,
  PRIMARY KEY (route, kind, pack, id),
  FOREIGN KEY (pack, kind, id) REFERENCES documents (pack, kind, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX document_routes_by_document ON document_routes (pack, kind, id);

CREATE TABLE features (
  id         INTEGER PRIMARY KEY, -- stays with a feature from import to import: paging goes by it
  pack       TEXT NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
  collection TEXT NOT NULL,
  fid        TEXT NOT NULL,
  as_of      INTEGER NOT NULL,    -- 0 where the feature is no statement of a source
  part_of    TEXT,                -- of a part: the place it is a part of
  language   TEXT NOT NULL,       -- of the pack: what is shown where a text is missing
  geometry   TEXT,                -- GeoJSON
  west REAL, south REAL, east REAL, north REAL, -- degrees
  UNIQUE (collection, fid)
) STRICT;

CREATE INDEX features_in_order ON features (collection, id);
CREATE INDEX features_by_whole ON features (part_of, id) WHERE part_of IS NOT NULL;
CREATE INDEX features_by_pack ON features (pack);

CREATE TABLE feature_texts (
  feature    INTEGER NOT NULL REFERENCES features (id) ON DELETE CASCADE,
  language   TEXT NOT NULL,
  properties TEXT NOT NULL, -- JSON object
  PRIMARY KEY (feature, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE feature_routes (
  feature INTEGER NOT NULL REFERENCES features (id) ON DELETE CASCADE,
  route   TEXT NOT NULL,
  PRIMARY KEY (route, feature)
) STRICT, WITHOUT ROWID;

CREATE INDEX feature_routes_by_feature ON feature_routes (feature);

-- Boxes are 32-bit, rounded outwards: candidates are tested again by the columns of features.
CREATE VIRTUAL TABLE feature_boxes USING rtree (id, west, east, south, north);

-- +goose Down
DROP TABLE feature_boxes;
DROP TABLE feature_routes;
DROP TABLE feature_texts;
DROP TABLE features;
DROP TABLE document_routes;
DROP TABLE documents;
DROP TABLE packs;
DROP TABLE meta;
