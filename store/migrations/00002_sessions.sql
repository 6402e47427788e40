-- +goose Up
-- Lessons that are being presented to an audience: nothing of the audience but what is summed up in the body.
CREATE TABLE sessions (
  code  TEXT PRIMARY KEY,
  until INTEGER NOT NULL, -- Unix time in seconds from which the row may be dropped
  body  TEXT NOT NULL     -- JSON
) STRICT, WITHOUT ROWID;

-- Hashes of random tokens that have answered; which answer it was is not kept. They go when the session ends.
CREATE TABLE session_voters (
  code  TEXT NOT NULL REFERENCES sessions (code) ON DELETE CASCADE,
  voter BLOB NOT NULL,
  PRIMARY KEY (code, voter)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE session_voters;
DROP TABLE sessions;
