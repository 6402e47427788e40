-- +goose Up
-- What tiles are drawn from, once more: sixteen ids in a row (id >> 4) in one row, since to read a row takes longer than to read
-- what is in it. It is derived from feature_shapes by each import; store/bundle.go tells its form.
CREATE TABLE feature_bundles (
  n INTEGER PRIMARY KEY, -- id >> 4 of its features
  west INTEGER NOT NULL, north INTEGER NOT NULL, east INTEGER NOT NULL, south INTEGER NOT NULL, -- in 1/2^32 of the square world of tiles, from its north-west
  data BLOB NOT NULL
) STRICT;

-- +goose Down
DROP TABLE feature_bundles;
DELETE FROM meta WHERE key = 'bundles_form';
